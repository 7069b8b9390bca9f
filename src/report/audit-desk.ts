import type { Logger } from 'pino'
import { z } from 'zod'
import type { Sources } from '../collect/sources.ts'
import type { Config } from '../config.ts'
import { fold, wordsOf } from '../domain/word.ts'
import type { Store } from '../store/store.ts'
import { type Audit, auditName, type NetworkSearch, ownSites } from './audit.ts'
import { citations, watchNamed } from './audit-citations.ts'
import { directories, ownSite } from './audit-networks.ts'

/** Asks where a name is present, and keeps the last answer of each name. */
export interface AuditDesk {
  /** The whole name of a watch for its short one; any other name as it is. */
  nameOf(written: string): string
  /** Asks every network now and keeps what they say. Takes a minute at most. */
  run(
    name: string,
    signal: AbortSignal,
    onAnswer?: (network: string, done: number, total: number) => void,
  ): Promise<KeptAudit>
  /** Starts that and comes back at once. False when too many names are being asked. */
  ask(name: string): boolean
  /** How many networks have answered; null when the name is not being asked. */
  progress(name: string): { readonly done: number; readonly total: number } | null
  last(name: string): Promise<KeptAudit | null>
  /** Names with a kept answer, the latest first. */
  names(): Promise<readonly string[]>
  /** Gives up what is being asked. */
  close(): void
}

export interface KeptAudit extends Audit {
  readonly at: Date
}

export interface AuditDeskDeps {
  readonly searches: readonly NetworkSearch[]
  readonly store: Pick<Store, 'setting' | 'setSetting'>
  now(): Date
  readonly log: Pick<Logger, 'error'>
}

const wholeMs = 60_000
const mostAtOnce = 2
const mostNames = 20

export function auditDesk(
  config: Pick<Config, 'people' | 'mail' | 'watches'>,
  deps: AuditDeskDeps,
): AuditDesk {
  const running = new Map<string, { done: number; total: number }>()
  const closing = new AbortController()
  const official = officialSites(config)

  function nameOf(written: string): string {
    return watchNamed(written, config.watches)?.name ?? written.trim()
  }

  async function run(
    written: string,
    signal: AbortSignal,
    onAnswer: (network: string, done: number, total: number) => void = () => {},
  ): Promise<KeptAudit> {
    const name = nameOf(written)
    const limit = AbortSignal.any([signal, closing.signal, AbortSignal.timeout(wholeMs)])
    const audit = await auditName({ name, official }, deps.searches, limit, onAnswer)
    const kept = { ...audit, at: deps.now() }
    if (!closing.signal.aborted) await keep(kept)
    return kept
  }

  async function keep(audit: KeptAudit): Promise<void> {
    const before = await names()
    const after = [audit.name, ...before.filter((name) => keyOf(name) !== keyOf(audit.name))]
    for (const gone of after.slice(mostNames)) await deps.store.setSetting(keyOf(gone), '')
    await deps.store.setSetting(keyOf(audit.name), JSON.stringify(trimmed(audit)))
    await deps.store.setSetting(namesKey, JSON.stringify(after.slice(0, mostNames)))
  }

  async function names(): Promise<readonly string[]> {
    return readAs(z.array(z.string()), await deps.store.setting(namesKey)) ?? []
  }

  return {
    nameOf,
    run,
    names,
    ask: (name) => {
      const key = keyOf(nameOf(name))
      if (running.has(key)) return true
      if (running.size >= mostAtOnce) return false
      const state = { done: 0, total: deps.searches.length }
      running.set(key, state)
      run(name, closing.signal, (_network, done) => {
        state.done = done
      })
        .catch((error: unknown) => {
          if (!closing.signal.aborted) deps.log.error({ err: error }, 'a name could not be looked for')
        })
        .finally(() => running.delete(key))
      return true
    },
    progress: (name) => running.get(keyOf(nameOf(name))) ?? null,
    last: async (name) => readAs(keptAudit, await deps.store.setting(keyOf(nameOf(name)))),
    close: () => closing.abort(),
  }
}

/** Everywhere a name can be asked for, with the keys the watches have. */
export function searchesFor(
  config: Pick<Config, 'people' | 'mail' | 'watches' | 'language'>,
  sources: Pick<Sources, 'configured' | 'fetcher'>,
): NetworkSearch[] {
  const languages = [
    ...new Set([config.language, 'en', ...config.watches.flatMap((watch) => watch.languages)]),
  ]
  return [
    ...officialSites(config).map((site) => ownSite(site, sources)),
    ...directories(languages.slice(0, 4), sources),
    ...citations({ watches: config.watches, languages }, sources),
  ]
}

/** A name needs a letter or a digit, and a line of bounded length. */
export function isAuditable(name: string): boolean {
  return name.length <= 100 && wordsOf(name).length > 0
}

function officialSites({ mail, people }: Pick<Config, 'people' | 'mail'>): string[] {
  // An adviser's site is the adviser's.
  const own = [...people.values()].filter(({ role }) => role !== 'adviser')
  return ownSites([mail.from.address, ...own.map(({ email }) => email)])
}

const namesKey = 'presence'

function keyOf(name: string): string {
  return `presence:${fold(name).trim()}`
}

const textKept = 300

/** Enough to recognise what was said; the rest is where it was published. */
function trimmed(audit: KeptAudit): KeptAudit {
  const short = <One extends { readonly text: string }>(one: One): One => ({
    ...one,
    text: one.text.slice(0, textKept),
  })
  const networks = audit.networks.map((network) => ({
    ...network,
    accounts: network.accounts.map(short),
    communities: network.communities.map(short),
    citations: network.citations.map(short),
  }))
  return { ...audit, networks }
}

const sighting = z.object({
  url: z.string(),
  title: z.string().nullable(),
  text: z.string(),
  author: z.string().nullable(),
  publishedAt: z.coerce.date().nullable(),
  followers: z.number().exactOptional(),
})
const standing = sighting.extend({ standing: z.enum(['official', 'linked', 'unproven']) })
const keptAudit = z.object({
  name: z.string(),
  at: z.coerce.date(),
  networks: z.array(
    z.object({
      network: z.string(),
      accounts: z.array(standing),
      communities: z.array(standing),
      citations: z.array(sighting),
      failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
})

/** What an older Vigie kept in another shape is as good as nothing: it is asked for again. */
function readAs<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null || text === '') return null
  try {
    const read = schema.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
