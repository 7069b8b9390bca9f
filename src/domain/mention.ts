import type { Entry } from './entry.ts'
import type { Judgement } from './judgement.ts'
import type { MatchSpan } from './query.ts'

/** The kind of source of the daily canary, and the name of the reader it is sent to. */
export const canaryName = 'canary'

/** One published text that matched a watch. Never changed after it was stored; an edit is another version. */
export interface Mention {
  readonly id: number
  readonly watch: string
  /** The source's id, and the kind it is of. */
  readonly source: string
  readonly sourceKind: string
  readonly entry: Entry
  /** The address without tracking and mirrors: a key, never shown. */
  readonly canonicalUrl: string | null
  /** The same for two texts that differ only in case, accents, punctuation and white space. */
  readonly contentHash: string
  /** Our clock: it decides. */
  readonly collectedAt: Date
  readonly match: MentionMatch
  /** A rehearsal: an affair that Vigie made up. */
  readonly isDrill: boolean
}

/** Why a mention is thought to be about us. */
export interface MentionMatch {
  readonly spans: readonly MatchSpan[]
  /** Clues of the watch that were found, as typed. */
  readonly confirmedBy: readonly string[]
  readonly deniedBy: readonly string[]
  /** False when the name is ambiguous and no clue says that it is us. */
  readonly certain: boolean
}

/** A mention with its verdict. */
export interface JudgedMention {
  readonly mention: Mention
  /** Null when its language is not one the watch judges. */
  readonly judgement: Judgement | null
}
