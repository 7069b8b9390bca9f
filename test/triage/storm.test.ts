import { describe, expect, it } from 'vitest'
import { isStorm, negativeBinomialTail, poissonTail, sayRarity, spikeOf } from '../../src/triage/storm.ts'

describe('tails of small numbers', () => {
  it.each([
    [0, 2, 1],
    [1, 2, 0.8647],
    [4, 1, 0.019],
    [10, 2, 0.0000465],
  ])('Poisson: P(X >= %i) at mean %f is %f', (count, mean, expected) => {
    expect(poissonTail(count, mean)).toBeCloseTo(expected, 4)
  })

  it('a spread beyond Poisson makes the same count less surprising', () => {
    // Mean 2, variance 6: size 1, success 1/3, so P(X >= k) is (2/3)^k.
    expect(negativeBinomialTail(4, 2, 6)).toBeCloseTo((2 / 3) ** 4, 6)
    expect(negativeBinomialTail(6, 2, 6)).toBeGreaterThan(poissonTail(6, 2))
  })
})

describe('a storm', () => {
  const quiet = Array.from({ length: 56 }, () => 0)
  const busy = Array.from({ length: 56 }, (_, day) => [3, 5, 2, 8, 4, 6, 7][day % 7] ?? 0)

  it('is out of the ordinary for this watch, not for others', () => {
    expect(isStorm(spikeOf(5, quiet))).toBe(true)
    expect(isStorm(spikeOf(9, busy))).toBe(false)
    expect(isStorm(spikeOf(30, busy))).toBe(true)
  })

  it('is never three comments', () => {
    expect(isStorm(spikeOf(3, quiet))).toBe(false)
  })

  it.each([
    [1, { amount: 1, unit: 'day' }],
    [21, { amount: 3, unit: 'week' }],
    [90, { amount: 3, unit: 'month' }],
    [1100, { amount: 3, unit: 'year' }],
  ])('once in %i days is said as %j', (days, expected) => {
    expect(sayRarity(days)).toEqual(expected)
  })
})
