/** An answer as a person wrote it for a ticket, and what became of it. */
export interface WrittenDraft {
  readonly id: number
  readonly ticket: number
  readonly at: Date
  readonly who: string
  readonly language: string
  /** The candidate it started from; null: the main one. */
  readonly name: string | null
  readonly text: string
  readonly state: DraftState
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  /** Why it was refused, or what the approver added. */
  readonly reason: string | null
}

export type DraftState = 'working' | 'proposed' | 'approved' | 'refused' | 'posted'

/** A person's word on one of our decisions. */
export interface Correction {
  readonly id: number
  readonly mention: number
  readonly ticket: number | null
  readonly watch: string
  readonly at: Date
  readonly who: string
  readonly kind: CorrectionKind
  readonly text: string
  readonly language: string | null
  /** The right category, for `category`. */
  readonly category: string | null
}

export type CorrectionKind = 'not-negative' | 'negative' | 'not-us' | 'category'

/** Expected words for a while: what matches is kept and grouped, and alerts nobody. */
export interface Silence {
  readonly id: number
  readonly query: string
  /** Null: for every watch. */
  readonly watch: string | null
  readonly from: Date
  readonly until: Date
  readonly reason: string
  readonly who: string
}

/** Several signs of a crisis at once, led by one person with a deputy. */
export interface Crisis {
  readonly id: number
  readonly watch: string
  readonly openedAt: Date
  readonly reason: readonly string[]
  readonly leader: string
  readonly deputy: string | null
  readonly closedAt: Date | null
  /** Individual mails that were held while it lasts. */
  readonly held: number
}

/** What was seen of a publication at an instant; the hash covers the record before it. */
export interface EvidenceRecord {
  readonly id: number
  readonly mention: number
  readonly at: Date
  readonly kind: 'first-seen' | 'unchanged' | 'edited' | 'deleted' | 'unreachable'
  readonly payload: Readonly<Record<string, unknown>>
  readonly sha256: string
  readonly previous: string
}
