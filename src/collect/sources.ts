import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { z } from 'zod'
import { VigieError } from '../domain/errors.ts'
import type { SourceSpec, Watch } from '../domain/watch.ts'
import type { ConnectorDeps } from './connector.ts'
import { connectors } from './connectors.ts'
import { feedParser } from './feed-parser.ts'
import { fetcher } from './fetch.ts'
import { fileSource } from './file.ts'
import { politeFetcher } from './polite.ts'
import { rssSource } from './rss.ts'
import { searchTerms } from './search-terms.ts'
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

/** The kinds of source a watch may name, with how to read their settings. */
export const sourceKinds: ReadonlyMap<string, { readonly schema: z.ZodType }> = connectors

/** One polite fetcher and one parser for all sources. */
export function openSources(settings: SourcesSettings, deps: { now(): Date }): Sources {
  const outside = politeFetcher(fetcher(settings.fetch, deps), settings.fetch, {
    now: deps.now,
    sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
  })
  const parser = feedParser()
  const { folder, allowFiles } = settings
  const shared: ConnectorDeps = { fetcher: outside, parser, now: deps.now, folder, allowFiles }
  return {
    configured: (spec, watch) => {
      const connector = connectors.get(spec.kind)
      if (!connector) throw new VigieError('unknown-source', `no source of the kind "${spec.kind}"`)
      const terms = searchTerms(watch.query, watch.querySource)
      return connector.build(spec.settings, { sourceId: spec.id, terms, languages: watch.languages }, shared)
    },
    named: (place) => {
      if (/^https?:\/\//i.test(place)) return rssSource({ id: place, url: place }, shared)
      const file = path.resolve(place)
      return fileSource({ id: place, path: file, folder, allow: [path.dirname(file)] }, shared)
    },
    close: async () => {
      await parser.close()
      await outside.close()
    },
  }
}
