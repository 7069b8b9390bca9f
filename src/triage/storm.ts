/**
 * Whether today's count is out of the ordinary for this watch, with the statistics of small numbers.
 *
 * The history gives a mean and a spread. Counts that spread more than a Poisson process follow a negative binomial
 * with the same mean and variance; otherwise Poisson. One pseudo-day with one mention is added, so that a watch that
 * never had a negative comment is not in a storm at its second one.
 */
export interface Spike {
  /** In the last 24 hours. */
  readonly count: number
  readonly expected: number
  /** Probability of so many or more on an ordinary day. */
  readonly probability: number
  /** One such day in how many, by chance. */
  readonly onceInDays: number
}

/** `history`: daily counts of comparable days, the latest last. Pure. */
export function spikeOf(count: number, history: readonly number[]): Spike {
  const days = [...history, 1]
  const mean = days.reduce((sum, day) => sum + day, 0) / days.length
  const variance = days.reduce((sum, day) => sum + (day - mean) ** 2, 0) / Math.max(1, days.length - 1)
  const probability = variance > mean ? negativeBinomialTail(count, mean, variance) : poissonTail(count, mean)
  return { count, expected: mean, probability, onceInDays: 1 / Math.max(probability, 1e-12) }
}

/** P(X >= count) for X ~ Poisson(mean). */
export function poissonTail(count: number, mean: number): number {
  let term = Math.exp(-mean)
  let below = 0
  for (let k = 0; k < count; k++) {
    below += term
    term *= mean / (k + 1)
  }
  return clamp(1 - below)
}

/** P(X >= count) for the negative binomial of that mean and variance (variance > mean), by its recurrence. */
export function negativeBinomialTail(count: number, mean: number, variance: number): number {
  const size = (mean * mean) / (variance - mean)
  const success = mean / variance
  let term = success ** size
  let below = 0
  for (let k = 0; k < count; k++) {
    below += term
    term *= ((k + size) / (k + 1)) * (1 - success)
  }
  return clamp(1 - below)
}

function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability))
}

/** A day as rare as this is a sign of a storm: once in about three years. */
export const stormProbability = 1 / 1100
/** Fewer are never a storm, however rare. */
export const fewestInStorm = 4

export function isStorm(spike: Spike): boolean {
  return spike.count >= fewestInStorm && spike.probability <= stormProbability
}

/** `4 negatives in 24 h: by chance about once in 3 years`. */
export function sayRarity(onceInDays: number): { amount: number; unit: 'day' | 'week' | 'month' | 'year' } {
  if (onceInDays < 14) return { amount: Math.max(1, Math.round(onceInDays)), unit: 'day' }
  if (onceInDays < 60) return { amount: Math.round(onceInDays / 7), unit: 'week' }
  if (onceInDays < 700) return { amount: Math.round(onceInDays / 30), unit: 'month' }
  return { amount: Math.min(1000, Math.round(onceInDays / 365)), unit: 'year' }
}
