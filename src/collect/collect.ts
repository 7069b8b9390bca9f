import { createHash } from 'node:crypto'
import { preparedHash } from '../domain/content-hash.ts'
import type { Entry } from '../domain/entry.ts'
import { codeOf, VigieError } from '../domain/errors.ts'
import { describe, prepare } from '../domain/query.ts'
import { preparedRelevance } from '../domain/relevance.ts'
import type { SourceSpec, Watch } from '../domain/watch.ts'
import type { NewMention, SourceState, Store, UnrelatedEntry } from '../store/store.ts'
import { canonicalUrl } from './canonical-url.ts'
import { rhythmOf } from './rhythm.ts'
import type { PollResult, Source } from './source.ts'

/** A source with the watch it listens for. */
export interface WatchedSource {
  readonly watch: Watch
  readonly spec: SourceSpec
  readonly source: Source
}

export interface CollectDeps {
  readonly store: Pick<Store, 'sourceState' | 'recordPoll' | 'recordPollFailure'>
  now(): Date
  /** When to come back after a visit. */
  nextPollAt(visit: Visit): Date
  /** Told of each source as it ends; for logs and progress. */
  onSource?(result: SourceResult, done: number, total: number): void
  /** Told of a fault of ours; the pass goes on. */
  onFault(error: unknown, source: string): void
}

export interface Visit {
  readonly watched: WatchedSource
  readonly state: SourceState | null
  readonly at: Date
  readonly outcome: PollResult | VigieError
}

/** How one source did in a pass: the shape of `collect --json`, with what a person reads. */
export interface SourceResult {
  readonly id: string
  readonly status: 'fetched' | 'unchanged' | 'failed'
  readonly entries: number
  readonly added: number
  readonly code?: string
  readonly message?: string
}

export interface PassOptions {
  /** Only these, whether due or not. */
  readonly only?: readonly string[]
  readonly signal: AbortSignal
}

const concurrency = 8

/**
 * One pass: visits every source that is due, keeps what matches, moves the cursors. Results in the order of `sources`;
 * a source that is not due yet is reported `unchanged` with the code `not-due`. A source that fails stops no other.
 */
export async function collect(
  sources: readonly WatchedSource[],
  options: PassOptions,
  deps: CollectDeps,
): Promise<readonly SourceResult[]> {
  const chosen = sources.filter(({ source }) => options.only?.includes(source.id) ?? true)
  const results = new Map<string, SourceResult>()
  const queue = [...chosen]
  const worker = async () => {
    for (let next = queue.shift(); next && !options.signal.aborted; next = queue.shift()) {
      const result = await visit(next, options, deps)
      results.set(next.source.id, result)
      deps.onSource?.(result, results.size, chosen.length)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return chosen.flatMap(({ source }) => results.get(source.id) ?? [])
}

async function visit(watched: WatchedSource, options: PassOptions, deps: CollectDeps): Promise<SourceResult> {
  const { id } = watched.source
  try {
    const state = await deps.store.sourceState(id)
    const named = options.only !== undefined
    if (!named && !isDue(watched, state, deps.now())) {
      return { id, status: 'unchanged', entries: 0, added: 0, code: state?.disabled ? 'disabled' : 'not-due' }
    }
    return await poll(watched, state, options.signal, deps)
  } catch (error) {
    deps.onFault(error, id)
    return { id, status: 'failed', entries: 0, added: 0, code: codeOf(error), message: String(error) }
  }
}

/** A file costs nothing to look at, so it is looked at each time. A changed definition makes a source new. */
function isDue({ watch, spec }: WatchedSource, state: SourceState | null, now: Date): boolean {
  if (state === null || spec.kind === 'file' || state.definition !== definitionOf(watch, spec)) return true
  // A visit in the future means that the clock was set back since: its next one would be as far.
  const wasSetBack = state.lastPollAt !== null && state.lastPollAt > now
  return !state.disabled && (state.nextPollAt <= now || wasSetBack)
}

async function poll(
  watched: WatchedSource,
  state: SourceState | null,
  signal: AbortSignal,
  deps: CollectDeps,
): Promise<SourceResult> {
  const { watch, spec, source } = watched
  const at = deps.now()
  const started = performance.now()
  const definition = definitionOf(watch, spec)
  const cursor = state?.definition === definition ? state.cursor : null
  const about = { id: source.id, watch: watch.id, kind: spec.kind, definition }
  let result: PollResult
  try {
    result = await source.poll(cursor, signal)
  } catch (error) {
    // Told to stop: no fault of the source's, which is due again at the next start.
    if (signal.aborted) return { id: source.id, status: 'failed', entries: 0, added: 0, code: 'stopped' }
    if (!(error instanceof VigieError)) throw error
    const nextPollAt = deps.nextPollAt({ watched, state, at, outcome: error })
    const tookMs = performance.now() - started
    const disable = error.code === 'gone'
    const { code, message } = error
    await deps.store.recordPollFailure({ source: about, at, tookMs, nextPollAt, code, message, disable })
    return { id: source.id, status: 'failed', entries: 0, added: 0, code, message }
  }
  const sorted = sortEntries(watch, spec.kind, result.entries)
  const { added } = await deps.store.recordPoll({
    source: about,
    at,
    tookMs: performance.now() - started,
    nextPollAt: deps.nextPollAt({ watched, state, at, outcome: result }),
    status: result.status,
    cursor: result.cursor,
    title: result.title,
    link: result.link,
    entries: result.entries.length,
    documentIds: result.entries.map((entry) => entry.id),
    ...sorted,
    ...(result.failedParts?.length ? { partly: sayPartly(result.failedParts) } : {}),
    lastEntryAt: latest(result.entries, at),
    rhythm: rhythmOf(result.entries.flatMap((entry) => entry.publishedAt ?? [])),
  })
  const [part] = result.failedParts ?? []
  const partly = part ? { code: 'partly', message: sayPartly(result.failedParts ?? []).message } : {}
  return { id: source.id, status: result.status, entries: result.entries.length, added, ...partly }
}

function sortEntries(
  watch: Watch,
  kind: string,
  entries: readonly Entry[],
): { mentions: NewMention[]; unrelated: UnrelatedEntry[] } {
  const mentions: NewMention[] = []
  const unrelated: UnrelatedEntry[] = []
  for (const entry of entries) {
    const target = prepare({ ...entry, type: kind, source: kind })
    const relevance = preparedRelevance(watch, target)
    if (relevance.kind === 'unrelated') unrelated.push({ entry, reason: relevance.reason })
    if (relevance.kind !== 'mention') continue
    mentions.push({
      entry,
      canonicalUrl: entry.url === null ? null : canonicalUrl(entry.url),
      contentHash: preparedHash(target),
      match: relevance.match,
    })
  }
  return { mentions, unrelated }
}

/** Changes when what the source is asked or held against changes: what it remembers then no longer counts. */
export function definitionOf(watch: Watch, spec: SourceSpec): string {
  const held = [
    watch.kind,
    watch.querySource,
    ...watch.confirm.map(describe),
    '/',
    ...watch.deny.map(describe),
  ]
  const text = JSON.stringify([spec.kind, spec.settings, held])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function sayPartly(parts: NonNullable<PollResult['failedParts']>) {
  const named = parts.slice(0, 5).map(({ id, code }) => `${id} (${code})`)
  return { code: 'partly', message: `${parts.length} of its parts did not answer: ${named.join(', ')}` }
}

function latest(entries: readonly Entry[], now: Date): Date | null {
  const times = entries.flatMap((entry) =>
    entry.publishedAt && entry.publishedAt <= now ? [entry.publishedAt.getTime()] : [],
  )
  return times.length > 0 ? new Date(Math.max(...times)) : null
}
