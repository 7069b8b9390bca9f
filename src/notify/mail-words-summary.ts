import type { ReaderLanguage } from '../domain/person.ts'
import { fr } from './mail-words.ts'

const french = {
  headline: (count: string, one: boolean) =>
    one ? fr`${count} autre ticket attend une décision` : fr`${count} autres tickets attendent une décision`,
  why: fr`Vous avez déjà reçu plusieurs alertes depuis une heure : pour ne pas remplir votre boîte, celles-ci arrivent ensemble.`,
  tickets: 'Tickets',
  reason: fr`Vous recevez ce mail parce que vigie.yaml vous charge de répondre à ces tickets.`,
}

const english: typeof french = {
  headline: (count, one) =>
    one ? `${count} more ticket waits for a decision` : `${count} more tickets wait for a decision`,
  why: 'You have had several alerts within the hour: so as not to fill your mailbox, these come together.',
  tickets: 'Tickets',
  reason: 'You get this mail because vigie.yaml names you to answer these tickets.',
}

/** What the mail that stands for many says. */
export const summaryWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>
