import { againAfter } from './failures.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** No source is visited more often than this, whatever is configured. */
export const FLOOR_MS = 15 * MINUTE_MS
/** Nor left alone longer than this, whatever it asks. */
export const CAP_MS = 24 * HOUR_MS
const JITTER = 0.1
/** A feed silent for a day is read every hour, one silent for a week every seven hours. */
const QUIET_PART = 24

export interface Visited {
  /** As configured. */
  readonly everyMs: number
  /**
   * A feed whose silence says that little is published there may be read less often. A search may not: it is quiet
   * because nobody speaks of us, and the day somebody does is what it is for.
   */
  readonly slowsDown: boolean
  /** The latest entry known; null when there never was one. */
  readonly lastEntryAt: Date | null
  /** Failures in a row before this visit. */
  readonly failuresBefore: number
  readonly outcome:
    | { readonly kind: 'read'; readonly notBefore: Date | null }
    | { readonly kind: 'failed'; readonly code: string; readonly retryAt: Date | null }
}

/** When to come back. `random` is in [0, 1): spreads the visits so that they do not march in step. */
export function nextPollAt(visited: Visited, now: Date, random: number): Date {
  const jittered = waitAfter(visited, now) * (1 - JITTER + 2 * JITTER * random)
  const wait = Math.min(Math.max(jittered, FLOOR_MS, askedMs(visited, now)), CAP_MS)
  return new Date(now.getTime() + Math.round(wait))
}

function waitAfter(visited: Visited, now: Date): number {
  const { outcome } = visited
  if (outcome.kind === 'read') return usualWait(visited, now)
  switch (againAfter(outcome.code)) {
    case 'usual':
      return usualWait(visited, now)
    case 'never':
      return CAP_MS
    case 'host':
    case 'back-off':
      // The exponent is bounded: two to the thousandth would be no number of milliseconds.
      return Math.min(HOUR_MS * 2 ** Math.min(visited.failuresBefore, 10), CAP_MS)
  }
}

function usualWait({ everyMs, slowsDown, lastEntryAt }: Visited, now: Date): number {
  if (!slowsDown || lastEntryAt === null) return everyMs
  return Math.max(everyMs, (now.getTime() - lastEntryAt.getTime()) / QUIET_PART)
}

/** What the site itself asks for: a wish we keep up to the cap. */
function askedMs({ outcome }: Visited, now: Date): number {
  const until = outcome.kind === 'read' ? outcome.notBefore : outcome.retryAt
  return until === null ? 0 : until.getTime() - now.getTime()
}
