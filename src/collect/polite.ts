import { VigieError } from '../domain/errors.ts'
import { isAllowedHost } from './address.ts'
import { failure } from './failures.ts'
import type { FetchAnswer, Fetcher, FetchRequest } from './fetcher.ts'

export interface PoliteSettings {
  /** Our own hosts: asked without waiting, and one page that is busy says nothing about the next. */
  readonly allow: readonly string[]
  /** Between the end of one request to a host and the start of the next. */
  readonly gapMs?: number
}

export interface PoliteDeps {
  readonly now: () => Date
  /** Resolves after `ms`, rejects when `signal` aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

const GAP_MS = 2000
const PAUSE_MS = 3_600_000
const LONGEST_PAUSE_MS = 24 * PAUSE_MS

interface Host {
  /** Ends when the last request in line is done. */
  line: Promise<unknown>
  freeAt: number
  pausedUntil: number
}

/**
 * A fetcher with manners: one request at a time to a host, two seconds apart, and none at all to a host that said it
 * has had enough until the time it named.
 */
export function politeFetcher(fetcher: Fetcher, settings: PoliteSettings, deps: PoliteDeps): Fetcher {
  const gapMs = settings.gapMs ?? GAP_MS
  const hosts = new Map<string, Host>()

  function fetch(request: FetchRequest): Promise<FetchAnswer> {
    const url = URL.canParse(request.url) ? new URL(request.url) : null
    if (url === null || isAllowedHost(settings.allow, url)) return fetcher.fetch(request)
    const host = hostOf(url.host)
    const turn = host.line.then(() => inTurn(host, request))
    host.line = turn.catch(() => {})
    return turn
  }

  function hostOf(name: string): Host {
    const known = hosts.get(name)
    if (known) return known
    const host: Host = { line: Promise.resolve(), freeAt: 0, pausedUntil: 0 }
    hosts.set(name, host)
    return host
  }

  async function inTurn(host: Host, request: FetchRequest): Promise<FetchAnswer> {
    request.signal.throwIfAborted()
    const now = deps.now().getTime()
    if (host.pausedUntil > now) {
      const retryAt = new Date(host.pausedUntil)
      throw failure('rate-limited', `${new URL(request.url).host} asked for a pause`, { retryAt })
    }
    if (host.freeAt > now) await deps.sleep(host.freeAt - now, request.signal)
    try {
      return await fetcher.fetch(request)
    } catch (error) {
      host.pausedUntil = pauseAfter(error, deps.now().getTime())
      throw error
    } finally {
      host.freeAt = deps.now().getTime() + gapMs
    }
  }

  return { fetch, close: () => fetcher.close() }
}

/** 429 means the host; 503 does only when it comes with a time. */
function pauseAfter(error: unknown, now: number): number {
  if (!(error instanceof VigieError)) return 0
  if (error.code !== 'rate-limited' && !(error.code === 'unavailable' && error.retryAt)) return 0
  return Math.min(error.retryAt?.getTime() ?? now + PAUSE_MS, now + LONGEST_PAUSE_MS)
}
