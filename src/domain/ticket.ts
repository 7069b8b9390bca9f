import type { Approval, Severity } from './playbook.ts'

/**
 * What a ticket is in. `snoozed` and `dismissed` come back by themselves (a date, an affair that grows);
 * `answered` does not.
 */
export type TicketState = 'new' | 'seen' | 'in-approval' | 'answered' | 'dismissed' | 'snoozed'

export const openStates: readonly TicketState[] = ['new', 'seen', 'in-approval']

/** Why a ticket needs no answer. */
export type DismissReason = 'no-answer' | 'not-us' | 'not-negative' | 'already-answered'

export const dismissReasons: readonly DismissReason[] = [
  'no-answer',
  'not-us',
  'not-negative',
  'already-answered',
]

/** The work one affair asks for: one or more mentions of the same thing, one playbook, one owner. */
export interface Ticket {
  readonly id: number
  readonly watch: string
  readonly category: string
  /** Of how sure the category is, 0 to 1; 1 once a person chose it. */
  readonly categoryConfidence: number
  /** Next best categories, the likeliest first. */
  readonly alternatives: readonly string[]
  readonly severity: Severity
  readonly approval: Approval
  readonly state: TicketState
  readonly owner: string
  /** One line that says what it is about: the title or the beginning of the first mention. */
  readonly title: string
  /** ISO 639-1 language of the first mention; null when unknown. */
  readonly language: string | null
  readonly openedAt: Date
  readonly seenBy: Date
  readonly answerBy: Date
  readonly seenAt: Date | null
  readonly answeredAt: Date | null
  readonly answerUrl: string | null
  readonly dismissReason: DismissReason | null
  /** When a snoozed or dismissed ticket is looked at again. */
  readonly againAt: Date | null
  readonly mentionCount: number
  readonly authorCount: number
  /** A rehearsal: never in a list, a statistic or a clock of the real ones. */
  readonly drill: boolean
  /** Why this category, as it was decided. */
  readonly reason: TriageReason
}

/** What decided: kept with every decision, shown in mail and page. */
export interface TriageReason {
  /** Words that decided the category, with their weights. */
  readonly words: readonly { readonly text: string; readonly weight: number }[]
  /** Signals of the playbook that matched, as written. */
  readonly signals: readonly string[]
  /** The rule that had the last word, as in `graver-of-two`. */
  readonly rule: string
  /** Between the first and the second category, in probability. */
  readonly margin: number
}

/** One thing that happened to a ticket: who, when, what, why. */
export interface TicketEvent {
  readonly at: Date
  /** A person's id, or `vigie`. */
  readonly who: string
  readonly what: TicketEventKind
  readonly detail: Readonly<Record<string, unknown>>
}

export type TicketEventKind =
  | 'opened'
  | 'joined'
  | 'mailed'
  | 'seen'
  | 'assigned'
  | 'categorised'
  | 'draft-changed'
  | 'approval-asked'
  | 'approved'
  | 'refused'
  | 'answered'
  | 'dismissed'
  | 'snoozed'
  | 'reopened'
  | 'looked-again'
  | 'crisis'
  | 'reminded'
  | 'escalated'
  | 'merged'
  | 'split'
  | 'note'
  | 'question'

export type TriageOutcome =
  /** A ticket was opened or joined. */
  | 'ticket'
  /** A person should read it: no ticket, no alert. */
  | 'to-read'
  /** Nothing to do. */
  | 'none'
  /** Negative, but older than the watch alerts on. */
  | 'late'
  /** Not judged: its language is not one of the watch's. */
  | 'other-language'
