import type { ReaderLanguage } from '../domain/person.ts'

/** French sets a no-break space before `: ; ! ? % »` and after `«`; written here as plain ones. */
export function fr(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: parts.map((part) => frenchSpaces(part).replaceAll("'", '’')) }, ...values)
}

/** The same for what people wrote in a playbook, where a line must not begin with a colon either. */
export function frenchSpaces(text: string): string {
  return text.replace(/ (?=[:;!?%»])/g, '\u00A0').replaceAll('« ', '«\u00A0')
}

const french = {
  severity: { critical: 'Critique', high: 'Élevé', normal: 'Normal', low: 'Faible' },
  drill: 'Exercice',
  ticket: (id: number) => fr`ticket ${id}`,
  quote: (text: string) => fr`« ${text} »`,
  mentions: (count: string, one: boolean) => (one ? `${count} mention` : `${count} mentions`),
  authors: (count: string, one: boolean) => (one ? `${count} auteur` : `${count} auteurs`),
  openTicket: 'Ouvrir le ticket',
  openPost: 'Voir la publication',
  openInbox: 'Ouvrir Vigie',
  cut: (count: string) => fr`[coupé ici : encore ${count} caractères]`,
  cutMore: 'Lire la suite sur la page du ticket',
  more: (count: string) => fr`Et ${count} de plus, sur la page de Vigie.`,
  page: (address: string) => fr`Page du ticket : ${address}`,
  inbox: (address: string) => fr`Vigie : ${address}`,
  zone: (zone: string) => fr`Les heures sont celles de ${zone}.`,
  publishesNothing: fr`Vigie ne publie rien : la réponse part de vos mains.`,
  late: (much: string) => fr`en retard de ${much}`,
  overdue: 'en retard',
  overdueSince: (instant: string) => fr`en retard depuis ${instant}`,
  isNew: 'nouveau',
  owner: (name: string) => fr`responsable : ${name}`,
  before: (instant: string) => fr`avant ${instant}`,
  beginning: 'Début',
  untitled: '(sans titre)',
}

const english: typeof french = {
  severity: { critical: 'Critical', high: 'High', normal: 'Normal', low: 'Low' },
  drill: 'Drill',
  ticket: (id) => `ticket ${id}`,
  quote: (text) => `“${text}”`,
  mentions: (count, one) => (one ? `${count} mention` : `${count} mentions`),
  authors: (count, one) => (one ? `${count} author` : `${count} authors`),
  openTicket: 'Open the ticket',
  openPost: 'Open the post',
  openInbox: 'Open Vigie',
  cut: (count) => `[cut here: ${count} more characters]`,
  cutMore: 'Read the rest on the ticket’s page',
  more: (count) => `And ${count} more, on Vigie’s page.`,
  page: (address) => `The ticket’s page: ${address}`,
  inbox: (address) => `Vigie: ${address}`,
  zone: (zone) => `Times are those of ${zone}.`,
  publishesNothing: 'Vigie publishes nothing: the answer leaves from your hands.',
  late: (much) => `${much} late`,
  overdue: 'overdue',
  overdueSince: (instant) => `overdue since ${instant}`,
  isNew: 'new',
  owner: (name) => `owner: ${name}`,
  before: (instant) => `by ${instant}`,
  beginning: 'Beginning',
  untitled: '(no title)',
}

/** What every mail may say. */
export const mailWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

/** Whether a count takes the singular: in French zero does too. */
export function isOne(count: number, language: ReaderLanguage): boolean {
  return language === 'fr' ? count < 2 : count === 1
}
