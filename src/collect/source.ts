import type { Entry } from '../domain/entry.ts'

/** What a source remembers between two visits: JSON, opaque to everyone else. Null at the first visit. */
export type Cursor = { readonly [key: string]: unknown } | null

export interface PollResult {
  /** `unchanged`: the source said so (304, same bytes); `entries` is then empty. */
  readonly status: 'fetched' | 'unchanged'
  /** In the order of the document. */
  readonly entries: readonly Entry[]
  /** To be stored in the same transaction as the entries. */
  readonly cursor: Cursor
  readonly title: string | null
  readonly link: string | null
  /** Entries that could not be read, left out and counted. */
  readonly skipped: number
  /** Of a source made of several: the parts that failed while others answered. */
  readonly failedParts?: readonly { readonly id: string; readonly code: string }[]
  /** The source asks not to be visited before (ttl, max-age, skipHours); a hint, capped by the scheduler. */
  readonly notBefore: Date | null
}

/** Somewhere mentions come from. Throws VigieError when the outside world fails. */
export interface Source {
  /** Unique in the folder, stable as long as its settings are: `lumen:rss:https://news.example.org/feed.xml`. */
  readonly id: string
  /** One visit. Stores nothing. Aborts at `signal`; never takes longer or reads more than its limits. */
  poll(cursor: Cursor, signal: AbortSignal): Promise<PollResult>
}
