import type { OpenRange } from './calendar.ts'

/** The languages that mails, pages and playbooks are written in. */
export type ReaderLanguage = 'fr' | 'en'

/** A text that exists in both. */
export interface Bilingual {
  readonly fr: string
  readonly en: string
}

export type Role = 'owner' | 'responder' | 'approver' | 'adviser' | 'reader'

export interface Person {
  /** The key in vigie.yaml. */
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  /** What answers are signed with beside the name: "gérante", "customer care". */
  readonly title: string | null
  readonly language: ReaderLanguage
  /** IANA name; deadlines are shown in it. */
  readonly timezone: string
  /** Who stands in when this person is away or silent. */
  readonly deputy: string | null
  /** No alert but a critical one leaves in these minutes of the day; `from` after `to` spans midnight. */
  readonly quiet: OpenRange | null
  /** First and last local dates of absences, both included. */
  readonly away: readonly Absence[]
  /** What the person is mailed beside the digest: alerts as they come, or none. */
  readonly alerts: boolean
  /** Regular reports beside the daily digest. */
  readonly reports: readonly ('weekly' | 'monthly')[]
}

export interface Absence {
  readonly from: string
  readonly to: string
}

export function isAway(person: Person, localDate: string): boolean {
  return person.away.some(({ from, to }) => from <= localDate && localDate <= to)
}
