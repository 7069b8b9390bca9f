import type { Duration } from './duration.ts'
import type { Bilingual } from './person.ts'
import type { Placeholder } from './placeholder.ts'
import type { Query } from './query.ts'
import type { Template } from './template.ts'

export type Severity = 'low' | 'normal' | 'high' | 'critical'
export type Approval = 'none' | 'responder' | 'owner' | 'adviser'

export const severities: readonly Severity[] = ['low', 'normal', 'high', 'critical']

/** How we answer one category of negative comment. */
export interface Playbook {
  /** The file's name without `.md`. */
  readonly category: string
  readonly title: Bilingual
  readonly severity: Severity
  readonly owner: string
  readonly deputy: string | null
  /** A person has acknowledged. */
  readonly seenWithin: Duration
  /** An answer, or the decision not to answer. */
  readonly answerWithin: Duration
  readonly aroundTheClock: boolean
  readonly approval: Approval
  /** By language (ISO 639-1). */
  readonly signals: ReadonlyMap<string, readonly Signal[]>
  readonly examples: ReadonlyMap<string, readonly string[]>
  readonly never: readonly Bilingual[]
  readonly fields: ReadonlyMap<string, Placeholder>
  readonly clocks: readonly LegalClock[]
  readonly letters: readonly Letter[]
  /** After a "no answer", when to look at it again. */
  readonly lookAgain: Duration | null
  /** Local date after which a person should have read the texts again. */
  readonly reviewBy: string | null
  /** A state laid over other categories (crisis), never chosen for a text. */
  readonly overlay: boolean
  /** For an overlay: when the next word is due after it opens. */
  readonly marks: readonly Duration[]
  /** By language (ISO 639-1); `fr` and `en` are always there. */
  readonly texts: ReadonlyMap<string, PlaybookText>
}

export interface Signal {
  readonly query: Query
  readonly source: string
}

export interface PlaybookText {
  readonly questions: readonly string[]
  readonly advice: string
  /** The main answer first; never empty. */
  readonly answers: readonly Answer[]
}

export interface Answer {
  /** Null for the main one. */
  readonly name: string | null
  /** The channel's limit in characters. */
  readonly maxLength: number | null
  /** Its blocks are resolved. */
  readonly template: Template
}

export type Letter = 'dsa-notice' | 'doubtful-review-report' | 'right-of-reply' | 'extortion-report'

/** A period some law sets. A pointer for counsel to read once, never advice. */
export interface LegalClock {
  readonly title: Bilingual
  readonly within: Duration
  readonly from: 'published' | 'seen'
  /** Where the law holds: FR, BE, EU, UK, US. */
  readonly where: string
  readonly note: Bilingual
}

/** The graver of two categories first. */
export function bySeverity(a: Pick<Playbook, 'severity'>, b: Pick<Playbook, 'severity'>): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity)
}
