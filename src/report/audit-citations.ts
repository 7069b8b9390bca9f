import type { Sources } from '../collect/sources.ts'
import { isSearch, sourceKinds } from '../collect/sources.ts'
import type { Entry } from '../domain/entry.ts'
import { parseQuery } from '../domain/query.ts'
import { relevanceOf } from '../domain/relevance.ts'
import type { SourceSpec, Watch } from '../domain/watch.ts'
import { fold } from '../domain/word.ts'
import type { NetworkSearch, Sighting } from './audit.ts'
import { networkName } from './numbers-networks.ts'

interface CitationSettings {
  readonly watches: readonly Watch[]
  /** For names that no watch bears. */
  readonly languages: readonly string[]
}

/** What can be asked for any name without a key, whatever the watches name. */
const always: readonly (readonly [kind: string, settings: unknown])[] = [
  ['google-news', {}],
  ['bing-news', {}],
  ['hacker-news', {}],
  ['dailymotion', {}],
  ['lemmy', { instance: 'lemmy.world' }],
  ['mastodon', { instance: 'mastodon.social', tag: 'any' }],
]

/** Who speaks of a name: the sources that search, those of the watches with their keys and the open ones. */
export function citations(
  { watches, languages }: CitationSettings,
  sources: Pick<Sources, 'configured'>,
): NetworkSearch[] {
  const own = watches.flatMap((watch) => watch.sources).filter(({ kind }) => isSearch(kind))
  const specs = [...own.map(({ kind, settings }) => ({ kind, settings })), ...openKinds(own)]
  const distinct = new Map(
    specs.map(({ kind, settings }) => [`${kind} ${placeOf(settings)}`, { kind, settings }]),
  )
  return [...distinct.values()].map(({ kind, settings }) => ({
    network: networkName(kind, 'en'),
    search: async (name, signal) => {
      const watch = watchFor(name, watches, languages)
      const spec: SourceSpec = { id: `audit:${kind}`, kind, settings: about(name, settings), every: null }
      const { entries } = await sources.configured(spec, watch).poll(null, signal)
      return entries
        .filter((entry) => relevanceOf(watch, entry, kind).kind === 'mention')
        .flatMap((entry) => sightingOf(entry))
    },
  }))
}

function openKinds(own: readonly SourceSpec[]): { kind: string; settings: unknown }[] {
  return always
    .filter(([kind]) => !own.some((spec) => spec.kind === kind))
    .flatMap(([kind, written]) => {
      const settings = sourceKinds.get(kind)?.schema.safeParse(written)
      return settings?.success ? [{ kind, settings: settings.data }] : []
    })
}

/** The watch that bears the name, with its clues; else any text with the name as it is written. */
export function watchFor(name: string, watches: readonly Watch[], languages: readonly string[]): Watch {
  const known = watchNamed(name, watches)
  if (known) return known
  const querySource = `"${name.replaceAll('"', ' ').trim()}"`
  return {
    ...{ id: 'audit', name, kind: 'brand', query: parseQuery(querySource), querySource },
    ...{
      confirm: [],
      deny: [],
      languages,
      every: { amount: 1, unit: 'hour' },
      alertSince: null,
      sources: [],
    },
  }
}

export function watchNamed(name: string, watches: readonly Watch[]): Watch | undefined {
  const wanted = fold(name)
  return watches.find((watch) => fold(watch.id) === wanted || fold(watch.name) === wanted)
}

/** Where a network has no search of words, its tag of that name. */
function about(name: string, settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null || !('tag' in settings)) return settings
  return { ...settings, tag: fold(name).replace(/[^\p{L}\p{N}]/gu, '') }
}

/** Two watches may name the same place with tags of their own; for a name it is one place. */
function placeOf(settings: unknown): string {
  if (typeof settings !== 'object' || settings === null) return String(settings)
  return JSON.stringify(settings, (key, value: unknown) => (key === 'tag' ? '' : value))
}

function sightingOf(entry: Entry): Sighting[] {
  if (entry.url === null) return []
  const { url, title, text, author, publishedAt } = entry
  return [{ url, title, text, author, publishedAt, kind: 'post' }]
}
