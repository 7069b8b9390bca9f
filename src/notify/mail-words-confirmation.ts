import type { ReaderLanguage } from '../domain/person.ts'
import { fr } from './mail-words.ts'
import type { CommandProblem } from './reply-commands.ts'

const french = {
  title: fr`C'est noté`,
  refusedTitle: fr`Rien n'a été fait`,
  preheader: (title: string) => fr`Votre réponse à propos de : ${title}`,
  done: fr`Fait`,
  notDone: fr`Pas fait`,
  seen: fr`Le ticket est marqué comme vu.`,
  answered: (url: string | null) =>
    url === null ? fr`Le ticket est marqué comme répondu.` : fr`Le ticket est marqué comme répondu : ${url}`,
  dismiss: {
    'no-answer': fr`Le ticket est fermé sans réponse.`,
    'not-us': fr`Le ticket est fermé : il ne s'agit pas de nous. Ce texte ne reviendra pas.`,
    'not-negative': fr`Le ticket est fermé : ce n'est pas négatif. Ce texte ne reviendra pas.`,
    'already-answered': fr`Le ticket est fermé : une réponse existe déjà.`,
  },
  assign: (name: string) => fr`Le ticket est confié à ${name}.`,
  snooze: (when: string) => fr`Le ticket reviendra ${when}.`,
  note: fr`Votre texte est gardé comme note à côté du ticket.`,
  unsubscribed: fr`Les alertes ne vous sont plus envoyées une à une : elles attendent le point quotidien.`,
  problem: {
    'unknown-word': fr`ce mot n'est pas une commande`,
    'unknown-person': fr`cette personne n'est pas dans vigie.yaml`,
    'bad-address': fr`ce n'est pas l'adresse d'une page`,
    'bad-time': fr`ce n'est pas une durée (2j, 4h) ni une date`,
    'not-alone': fr`une commande est seule sur sa ligne`,
    'too-many': fr`trop de commandes à la fois`,
    'unclear-quote': fr`impossible de savoir si c'est vous qui l'écrivez ou le mail cité`,
    'no-ticket': fr`le mail auquel vous répondez ne concerne aucun ticket`,
  },
  open: fr`Ouvrir le ticket`,
  footer: fr`Vous recevez ce mail parce que vous avez répondu à Vigie. Une réponse, une confirmation.`,
} satisfies Words

const english: Words = {
  title: 'Noted',
  refusedTitle: 'Nothing was done',
  preheader: (title) => `Your answer about: ${title}`,
  done: 'Done',
  notDone: 'Not done',
  seen: 'The ticket is marked as seen.',
  answered: (url) =>
    url === null ? 'The ticket is marked as answered.' : `The ticket is marked as answered: ${url}`,
  dismiss: {
    'no-answer': 'The ticket is closed without an answer.',
    'not-us': 'The ticket is closed: it is not about us. This text will not come back.',
    'not-negative': 'The ticket is closed: it is not negative. This text will not come back.',
    'already-answered': 'The ticket is closed: it was answered already.',
  },
  assign: (name) => `The ticket now belongs to ${name}.`,
  snooze: (when) => `The ticket comes back ${when}.`,
  note: 'Your text is kept as a note beside the ticket.',
  unsubscribed: 'Alerts no longer come to you one by one: they wait for the daily digest.',
  problem: {
    'unknown-word': 'this word is no command',
    'unknown-person': 'this person is not in vigie.yaml',
    'bad-address': 'this is not the address of a page',
    'bad-time': 'this is neither a length (2d, 4h) nor a date',
    'not-alone': 'a command stands alone on its line',
    'too-many': 'too many commands at once',
    'unclear-quote': 'it cannot be told whether you write this or the mail you quote',
    'no-ticket': 'the mail you answer is about no ticket',
  },
  open: 'Open the ticket',
  footer: 'You get this mail because you answered Vigie. One answer, one confirmation.',
}

interface Words {
  readonly title: string
  readonly refusedTitle: string
  readonly preheader: (title: string) => string
  readonly done: string
  readonly notDone: string
  readonly seen: string
  readonly answered: (url: string | null) => string
  readonly dismiss: Readonly<Record<'no-answer' | 'not-us' | 'not-negative' | 'already-answered', string>>
  readonly assign: (name: string) => string
  readonly snooze: (when: string) => string
  readonly note: string
  readonly unsubscribed: string
  readonly problem: Readonly<Record<CommandProblem['why'], string>>
  readonly open: string
  readonly footer: string
}

export const confirmationWords = { fr: french, en: english } satisfies Record<ReaderLanguage, Words>
