/** How often a source usually speaks, learnt from the times of its own entries. */
export interface Rhythm {
  readonly usualGapMs: number
  /** Silence longer than this is not usual for this source. */
  readonly longestUsualMs: number
}

const DAY_MS = 86_400_000
/** Below this many gaps nothing is known, and nothing is said. */
const FEWEST_GAPS = 5
/** Of gaps that come at random one in 150 is longer than five times the usual one. */
const UNUSUAL_TIMES = 5
const USUAL_PART = 0.95

/** Null when there are too few entries to tell. The order of `times` does not matter. */
export function rhythmOf(times: readonly Date[]): Rhythm | null {
  const sorted = times.map((time) => time.getTime()).sort((a, b) => a - b)
  const gaps = sorted.slice(1).map((time, index) => time - (sorted[index] ?? time))
  if (gaps.length < FEWEST_GAPS) return null
  gaps.sort((a, b) => a - b)
  const usualGapMs = quantile(gaps, 0.5)
  const rareGapMs = quantile(gaps, USUAL_PART)
  return { usualGapMs, longestUsualMs: Math.max(UNUSUAL_TIMES * usualGapMs, 1.5 * rareGapMs, DAY_MS) }
}

/** Since when a source has been silent for longer than it ever is; null while its silence is usual. */
export function unusualSilence(rhythm: Rhythm | null, lastEntryAt: Date | null, now: Date): Date | null {
  if (rhythm === null || lastEntryAt === null) return null
  return now.getTime() - lastEntryAt.getTime() > rhythm.longestUsualMs ? lastEntryAt : null
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
