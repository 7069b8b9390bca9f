import type { ReaderLanguage } from '../domain/person.ts'
import type { CrisisSign } from '../triage/crisis.ts'
import { fr } from './mail-words.ts'
import type { DigestMention, DigestSource } from './views.ts'

const french = {
  allQuiet: 'Tout est calme',
  quietBut: (sources: string) => fr`Rien reçu, mais ${sources}`,
  nothingWaits: fr`Aucun ticket n'attend`,
  waiting: (count: string, one: boolean) =>
    one ? fr`${count} ticket attend` : fr`${count} tickets attendent`,
  overdue: (count: string) => fr`dont ${count} en retard`,
  unansweredShort: (count: string, one: boolean) =>
    one ? fr`${count} source n'a pas répondu` : fr`${count} sources n'ont pas répondu`,
  since: (instant: string) => fr`Depuis ${instant}`,
  news: (instant: string) => fr`Nouvelles depuis ${instant}.`,
  noMention: fr`aucune mention de vous`,
  allAnswered: (count: string, one: boolean) =>
    one ? fr`Votre source a répondu.` : fr`Vos ${count} sources ont toutes répondu.`,
  noSource: fr`Aucune source n'est réglée : Vigie n'écoute rien.`,
  lateBy: (much: string) =>
    fr`Ce point part avec ${much} de retard : Vigie ne tournait pas à l'heure prévue.`,
  crisis: {
    headline: (watches: string) => fr`Crise ouverte pour ${watches}`,
    open: (watch: string, since: string) => fr`Crise ouverte pour ${watch} depuis ${since}.`,
    closed: (watch: string, until: string) => fr`La crise ouverte pour ${watch} est close depuis ${until}.`,
    closedBy: (name: string, why: string) =>
      why === '' ? fr`Close par ${name}.` : fr`Close par ${name} : « ${why} ».`,
    closedItself: fr`Ses signes ont disparu et sa dernière échéance est passée.`,
    why: (reasons: string) => fr`Pourquoi : ${reasons}.`,
    leads: (leader: string) => fr`${leader} conduit la réponse.`,
    leadsWith: (leader: string, deputy: string) =>
      fr`${leader} conduit la réponse, ${deputy} peut remplacer.`,
    held: (count: string, none: boolean, one: boolean) => {
      if (none) return fr`Aucune alerte retenue.`
      return one
        ? fr`${count} alerte retenue : son ticket est dans la liste.`
        : fr`${count} alertes retenues : leurs tickets sont dans la liste.`
    },
    page: fr`Ouvrir la crise et ses tickets retenus`,
    heldList: fr`Voir les tickets dont l'alerte a été retenue`,
  },
  /** Why a crisis opened, one sign each. */
  sign: (sign: CrisisSign, titleOf: (category: string) => string): string => {
    switch (sign.kind) {
      case 'storm':
        return fr`${sign.spike.count} textes négatifs en 24 heures, hors de proportion avec d'ordinaire`
      case 'authors':
        return fr`${sign.authors} personnes écrivent sur le ticket ${sign.ticket}`
      case 'press':
        return fr`la presse s'en est saisie (ticket ${sign.ticket})`
      case 'grave-confirmed':
        return fr`« ${titleOf(sign.category)} » confirmé par une personne (ticket ${sign.ticket})`
      case 'coordinated':
        return fr`${sign.newAuthors} auteurs jamais vus emploient les mêmes mots`
    }
  },
  figures: {
    mentions: (one: boolean): string => (one ? 'mention' : 'mentions'),
    negative: (one: boolean): string => (one ? 'négative' : 'négatives'),
    opened: (one: boolean): string => (one ? 'nouveau ticket' : 'nouveaux tickets'),
    answered: (one: boolean): string => (one ? 'réponse' : 'réponses'),
  },
  also: {
    joined: (count: string, one: boolean) =>
      one
        ? fr`${count} mention jointe à un ticket ouvert`
        : fr`${count} mentions jointes à des tickets ouverts`,
    dismissed: (count: string, one: boolean) =>
      one ? fr`${count} ticket clos sans réponse` : fr`${count} tickets clos sans réponse`,
    unsure: (count: string) => fr`${count} sans verdict sûr`,
    unrelated: (count: string) => fr`${count} sans rapport avec vous`,
    otherLanguage: (count: string, one: boolean) =>
      one ? fr`${count} dans une langue non suivie` : fr`${count} dans des langues non suivies`,
  },
  alsoTitle: 'Aussi',
  refused: fr`Une modification de vos fichiers a été refusée ; les anciens restent en vigueur.`,
  undelivered: fr`Des mails ne sont pas arrivés.`,
  undeliveredOne: (subject: string, recipient: string, code: string, gaveUp: boolean) =>
    gaveUp
      ? fr`« ${subject} » à ${recipient} : abandonné (${code}).`
      : fr`« ${subject} » à ${recipient} : nouvel essai en cours (${code}).`,
  waitingTitle: 'Ce qui attend',
  waitingRest: (count: string, one: boolean) =>
    one
      ? fr`${count} autre ticket est dans le fichier joint.`
      : fr`${count} autres tickets sont dans le fichier joint.`,
  clocks: fr`Délais légaux qui courent`,
  clock: (title: string, instant: string, ticket: number) => fr`${title} : ${instant} (ticket ${ticket}).`,
  clocksNote: fr`Des repères à faire vérifier, pas un conseil juridique.`,
  toRead: 'À lire',
  toReadHint: fr`Vigie n'a pas su trancher : un coup d'œil suffit.`,
  reasons: {
    unsure: 'verdict incertain',
    'language-unknown': 'langue inconnue',
    'maybe-not-us': 'peut-être un homonyme',
  } satisfies Record<DigestMention['reason'], string>,
  answered: 'Réponses depuis le dernier point',
  week: 'Les sept derniers jours',
  weekMentions: 'mentions',
  weekNegative: 'dont négatives',
  weekDay: (day: string, mentions: string, negative: string, count: number) => {
    if (count === 0) return fr`${day} : ${mentions}, aucune négative`
    return count === 1
      ? fr`${day} : ${mentions}, dont ${negative} négative`
      : fr`${day} : ${mentions}, dont ${negative} négatives`
  },
  sources: 'Sources',
  sourcesWell: (count: string, one: boolean) =>
    one ? fr`${count} source va bien.` : fr`${count} sources vont bien.`,
  health: {
    well: 'va bien',
    silent: fr`répond, mais se tait plus longtemps que d'habitude`,
    failing: 'ne répond pas',
    gone: fr`n'existe plus ou a été arrêtée`,
    'never-polled': 'pas encore visitée',
  } satisfies Record<DigestSource['health'], string>,
  lastSuccess: (instant: string) => fr`Dernière réponse : ${instant}.`,
  lastEntry: (instant: string) => fr`Dernière publication : ${instant}.`,
  reason: fr`Vous recevez ce point chaque jour parce que vigie.yaml vous cite sous « digest ». Il part aussi quand il n'y a rien : son absence veut dire que Vigie est arrêtée.`,
  csvName: 'tickets',
  csvHeader: [
    'ticket',
    'niveau',
    'état',
    'titre',
    'catégorie',
    'nom suivi',
    'responsable',
    'réponse avant',
    'en retard',
    'mentions',
    'page',
  ],
  yes: 'oui',
  no: 'non',
  states: {
    new: 'nouveau',
    seen: 'vu',
    'in-approval': 'en relecture',
    answered: 'répondu',
    dismissed: 'clos sans réponse',
    snoozed: 'reporté',
  } as Readonly<Record<string, string>>,
}

const english: typeof french = {
  allQuiet: 'All is quiet',
  quietBut: (sources) => `Nothing came in, but ${sources}`,
  nothingWaits: 'No ticket is waiting',
  waiting: (count, one) => (one ? `${count} ticket waits` : `${count} tickets wait`),
  overdue: (count) => `${count} overdue`,
  unansweredShort: (count, one) =>
    one ? `${count} source did not answer` : `${count} sources did not answer`,
  since: (instant) => `Since ${instant}`,
  news: (instant) => `News since ${instant}.`,
  noMention: 'no mention of you',
  allAnswered: (count, one) => (one ? 'Your source answered.' : `All ${count} of your sources answered.`),
  noSource: 'No source is set up: Vigie listens to nothing.',
  lateBy: (much) => `This digest leaves ${much} late: Vigie was not running at its hour.`,
  crisis: {
    headline: (watches) => `Crisis open for ${watches}`,
    open: (watch, since) => `A crisis is open for ${watch} since ${since}.`,
    closed: (watch, until) => `The crisis that was open for ${watch} is closed since ${until}.`,
    closedBy: (name, why) => (why === '' ? `Closed by ${name}.` : `Closed by ${name}: “${why}”.`),
    closedItself: 'Its signs are gone and its last mark is past.',
    why: (reasons) => `Why: ${reasons}.`,
    leads: (leader) => `${leader} leads the answer.`,
    leadsWith: (leader, deputy) => `${leader} leads the answer, ${deputy} stands in.`,
    held: (count, none, one) => {
      if (none) return 'No alert was held.'
      return one
        ? `${count} alert held: its ticket is in the list.`
        : `${count} alerts held: their tickets are in the list.`
    },
    page: 'Open the crisis and the tickets it holds',
    heldList: 'See the tickets whose alert was held',
  },
  sign: (sign, titleOf) => {
    switch (sign.kind) {
      case 'storm':
        return `${sign.spike.count} negative texts in 24 hours, out of all proportion to usual`
      case 'authors':
        return `${sign.authors} people write about ticket ${sign.ticket}`
      case 'press':
        return `the press has taken it up (ticket ${sign.ticket})`
      case 'grave-confirmed':
        return `“${titleOf(sign.category)}” confirmed by a person (ticket ${sign.ticket})`
      case 'coordinated':
        return `${sign.newAuthors} authors never seen before use the same words`
    }
  },
  figures: {
    mentions: (one) => (one ? 'mention' : 'mentions'),
    negative: () => 'negative',
    opened: (one) => (one ? 'new ticket' : 'new tickets'),
    answered: (one) => (one ? 'answer' : 'answers'),
  },
  also: {
    joined: (count, one) =>
      one ? `${count} mention joined an open ticket` : `${count} mentions joined open tickets`,
    dismissed: (count, one) =>
      one ? `${count} ticket closed without an answer` : `${count} tickets closed without an answer`,
    unsure: (count) => `${count} without a sure verdict`,
    unrelated: (count) => `${count} not about you`,
    otherLanguage: (count, one) =>
      one ? `${count} in a language not followed` : `${count} in languages not followed`,
  },
  alsoTitle: 'Also',
  refused: 'A change of your files was refused; the earlier ones stay in force.',
  undelivered: 'Some mails did not arrive.',
  undeliveredOne: (subject, recipient, code, gaveUp) =>
    gaveUp
      ? `“${subject}” to ${recipient}: given up (${code}).`
      : `“${subject}” to ${recipient}: trying again (${code}).`,
  waitingTitle: 'What waits',
  waitingRest: (count, one) =>
    one ? `${count} more ticket is in the attached file.` : `${count} more tickets are in the attached file.`,
  clocks: 'Legal time limits that run',
  clock: (title, instant, ticket) => `${title}: ${instant} (ticket ${ticket}).`,
  clocksNote: 'Pointers for counsel to check, not advice.',
  toRead: 'To read',
  toReadHint: 'Vigie could not decide: a glance is enough.',
  reasons: {
    unsure: 'verdict not sure',
    'language-unknown': 'language unknown',
    'maybe-not-us': 'perhaps a namesake',
  },
  answered: 'Answered since the last digest',
  week: 'The last seven days',
  weekMentions: 'mentions',
  weekNegative: 'of them negative',
  weekDay: (day, mentions, negative, count) =>
    `${day}: ${mentions}, ${count === 0 ? 'none' : negative} of them negative`,
  sources: 'Sources',
  sourcesWell: (count, one) => (one ? `${count} source is well.` : `${count} sources are well.`),
  health: {
    well: 'is well',
    silent: 'answers, but has been silent for longer than usual',
    failing: 'does not answer',
    gone: 'is gone or was switched off',
    'never-polled': 'not visited yet',
  },
  lastSuccess: (instant) => `Last answer: ${instant}.`,
  lastEntry: (instant) => `Last publication: ${instant}.`,
  reason:
    'You get this every day because vigie.yaml names you under “digest”. It leaves on empty days too: when it stays away, Vigie has stopped.',
  csvName: 'tickets',
  csvHeader: [
    'ticket',
    'severity',
    'state',
    'title',
    'category',
    'watch',
    'owner',
    'answer by',
    'overdue',
    'mentions',
    'page',
  ],
  yes: 'yes',
  no: 'no',
  states: {
    new: 'new',
    seen: 'seen',
    'in-approval': 'being read',
    answered: 'answered',
    dismissed: 'closed without an answer',
    snoozed: 'snoozed',
  },
}

/** What a digest says. */
export const digestWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>
