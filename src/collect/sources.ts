import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { VigieError } from '../domain/errors.ts'
import type { SourceSpec, Watch } from '../domain/watch.ts'
import type { ConnectorDeps } from './connector.ts'
import { connectors } from './connectors.ts'
import { feedParser } from './feed-parser.ts'
import { fetcher } from './fetch.ts'
import type { Fetcher } from './fetcher.ts'
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

/** The ways out to the world: one fetcher and one parser for all sources. */
export interface Sources {
  /** The source a watch names. Throws VigieError `unknown-source`. */
  configured(spec: SourceSpec, watch: Watch): Source
  /** A source for an address or a file that a person named on the command line. */
  named(place: string): Source
  readonly fetcher: Pick<Fetcher, 'fetch'>
  close(): Promise<void>
}

/** The kinds of source a watch may name, with how to read their settings. */
export const sourceKinds = connectors

export function openSources(settings: SourcesSettings, clock: { now(): Date }): Sources {
  const direct = fetcher(settings.fetch, clock)
  const polite = politeFetcher(
    direct,
    { allow: settings.fetch.allow },
    { now: clock.now, sleep: (ms, signal) => sleep(ms, undefined, { signal }) },
  )
  const parser = feedParser()
  const deps: ConnectorDeps = {
    fetcher: polite,
    parser,
    now: clock.now,
    folder: settings.folder,
    allowFiles: settings.allowFiles,
  }
  return {
    fetcher: polite,
    configured: (spec, watch) => {
      const connector = connectors.get(spec.kind)
      if (!connector) throw new VigieError('unknown-source', `no source of the kind "${spec.kind}"`)
      const terms = searchTerms(watch.query, watch.querySource)
      return connector.build(spec.settings, { sourceId: spec.id, terms, languages: watch.languages }, deps)
    },
    named: (place) => {
      if (/^https?:\/\//i.test(place)) return rssSource({ id: place, url: place }, deps)
      const file = path.resolve(place)
      const where = { folder: settings.folder, allow: [path.dirname(file)] }
      return fileSource({ id: place, path: file, ...where }, deps)
    },
    close: async () => {
      await parser.close()
      await direct.close()
    },
  }
}

/** Whether a kind of source asks for the watch's words: its silence means that nobody speaks of us. */
export function isSearch(kind: string): boolean {
  return connectors.get(kind)?.isSearch ?? false
}
