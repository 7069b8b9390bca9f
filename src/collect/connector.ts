import type { z } from 'zod'
import type { FeedParser } from './feed-parser.ts'
import type { Fetcher } from './fetcher.ts'
import type { SearchTerms } from './search-terms.ts'
import type { Source } from './source.ts'

/** A kind of source that a watch may name: how its settings are read, and how it is built. */
export interface Connector {
  /** As written in `sources:`. */
  readonly kind: string
  readonly schema: z.ZodType
  /** Settings that are keys: without them `check` says so, and they never show. */
  readonly secrets: readonly string[]
  /** Asks for the words of the watch: its silence means that nobody speaks of us, not that it is broken. */
  readonly isSearch: boolean
  build(settings: unknown, watch: ConnectorWatch, deps: ConnectorDeps): Source
}

/** What a connector needs of the watch it works for. */
export interface ConnectorWatch {
  /** Of the source to build. */
  readonly sourceId: string
  readonly terms: SearchTerms
  /** ISO 639-1; empty: any. */
  readonly languages: readonly string[]
}

export interface ConnectorDeps {
  readonly fetcher: Pick<Fetcher, 'fetch'>
  readonly parser: Pick<FeedParser, 'parse'>
  readonly now: () => Date
  /** The Vigie folder and the others that a `file:` may be read from. */
  readonly folder: string
  readonly allowFiles: readonly string[]
}

interface ConnectorOf<Schema extends z.ZodType> {
  readonly kind: string
  readonly schema: Schema
  readonly secrets?: readonly string[]
  readonly isSearch?: boolean
  build(settings: z.output<Schema>, watch: ConnectorWatch, deps: ConnectorDeps): Source
}

/** A connector whose `build` is checked against its own schema. */
export function connector<Schema extends z.ZodType>(given: ConnectorOf<Schema>): Connector {
  return {
    kind: given.kind,
    schema: given.schema,
    secrets: given.secrets ?? [],
    isSearch: given.isSearch ?? false,
    // The configuration hands back what this very schema returned.
    build: (settings, watch, deps) => given.build(settings as z.output<Schema>, watch, deps),
  }
}
