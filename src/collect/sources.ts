import path from 'node:path'
import { z } from 'zod'
import { VigieError } from '../domain/errors.ts'
import type { SourceSpec, Watch } from '../domain/watch.ts'
import { type FeedParser, feedParser } from './feed-parser.ts'
import { fetcher } from './fetch.ts'
import type { Fetcher } from './fetcher.ts'
import { fileSource } from './file.ts'
import { rssSource } from './rss.ts'
import type { Source } from './source.ts'

/** What the ways out need of the configuration. */
export interface SourcesSettings {
  /** The Vigie folder. */
  readonly folder: string
  readonly fetch: { readonly allow: readonly string[]; readonly contact: string | null }
  readonly allowFiles: readonly string[]
}

export interface Sources {
  /** The source a watch names. Throws VigieError `unknown-source`. */
  configured(spec: SourceSpec, watch: Watch): Source
  /** A source for an address or a file that a person named on the command line. */
  named(place: string): Source
  close(): Promise<void>
}

interface Shared {
  readonly settings: SourcesSettings
  readonly fetcher: Fetcher
  readonly parser: FeedParser
  now(): Date
}

interface Connector {
  readonly schema: z.ZodType
  build(id: string, settings: never, shared: Shared): Source
}

const connectors: Readonly<Record<string, Connector>> = {
  rss: {
    schema: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
    build: (id, url: string, shared) => rssSource({ id, url }, shared),
  },
  file: {
    schema: z.string().min(1),
    build: (id, file: string, { settings, parser }) =>
      fileSource({ id, path: file, folder: settings.folder, allow: settings.allowFiles }, { parser }),
  },
}

/** The kinds of source a watch may name, with how to read their settings. */
export const sourceKinds: ReadonlyMap<string, { readonly schema: z.ZodType }> = new Map(
  Object.entries(connectors),
)

/** One fetcher and one parser for all sources. */
export function openSources(settings: SourcesSettings, deps: { now(): Date }): Sources {
  const shared: Shared = {
    settings,
    fetcher: fetcher(settings.fetch, deps),
    parser: feedParser(),
    now: deps.now,
  }
  return {
    configured: (spec) => {
      const connector = connectors[spec.kind]
      if (!connector) throw new VigieError('unknown-source', `no source of the kind "${spec.kind}"`)
      return connector.build(spec.id, spec.settings as never, shared)
    },
    named: (place) => {
      if (/^https?:\/\//i.test(place)) return rssSource({ id: place, url: place }, shared)
      const file = path.resolve(place)
      return fileSource(
        { id: place, path: file, folder: settings.folder, allow: [path.dirname(file)] },
        shared,
      )
    },
    close: async () => {
      await shared.parser.close()
      await shared.fetcher.close()
    },
  }
}
