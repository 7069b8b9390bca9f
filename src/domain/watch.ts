import type { Duration } from './duration.ts'
import type { Query } from './query.ts'

export type WatchKind = 'brand' | 'person' | 'product' | 'competitor'

/** A name we look for, with its query and where to look. */
export interface Watch {
  /** The file's name without `.yaml`. */
  readonly id: string
  readonly name: string
  readonly kind: WatchKind
  readonly query: Query
  readonly querySource: string
  /** Clues that it is us, for ambiguous names. */
  readonly confirm: readonly Query[]
  /** Clues that it is not. */
  readonly deny: readonly Query[]
  /** ISO 639-1; mentions in other languages are kept and marked, not judged. Empty: all are judged. */
  readonly languages: readonly string[]
  readonly every: Duration
  /** Older entries open no ticket; null: no limit. */
  readonly alertSince: Duration | null
  readonly sources: readonly SourceSpec[]
}

/** A source as the person wrote it, read by the schema of its kind. */
export interface SourceSpec {
  /** Unique in the folder: `lumen:rss:https://news.example.org/feed.xml`. */
  readonly id: string
  readonly kind: string
  /** As the schema of the kind returned it. */
  readonly settings: unknown
  readonly every: Duration | null
}
