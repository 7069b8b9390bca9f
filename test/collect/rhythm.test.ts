import { describe, expect, it } from 'vitest'
import { rhythmOf, unusualSilence } from '../../src/collect/rhythm.ts'

const HOUR = 3_600_000
const NOW = new Date('2026-11-22T10:00:00Z')
const hoursAgo = (...hours: number[]) => hours.map((count) => new Date(NOW.getTime() - count * HOUR))
const every = (step: number, count = 20) =>
  hoursAgo(...Array.from({ length: count }, (_, index) => (index + 1) * step))

describe('rhythmOf', () => {
  it('learns the usual gap, whatever the order', () => {
    expect(rhythmOf(every(6))?.usualGapMs).toBe(6 * HOUR)
    expect(rhythmOf(every(6).reverse())?.usualGapMs).toBe(6 * HOUR)
  })

  it('says nothing about a source it hardly knows', () => {
    expect(rhythmOf(every(6, 5))).toBeNull()
    expect(rhythmOf([])).toBeNull()
  })

  it('allows for the long gaps a source does have', () => {
    const weekly = hoursAgo(1, 2, 3, 4, 5, 169, 170, 171, 172, 173, 337, 338, 339)

    expect(rhythmOf(weekly)?.longestUsualMs).toBeGreaterThan(164 * HOUR)
  })
})

describe('unusualSilence', () => {
  it.each([
    ['an hourly source silent for a day and a half', 1, 36, true],
    ['an hourly source silent for half a day', 1, 12, false],
    ['a daily source silent for three days', 24, 72, false],
    ['a daily source silent for a week', 24, 168, true],
    ['a weekly source silent for three weeks', 168, 504, false],
  ])('%s', (_what, step, silentHours, isUnusual) => {
    const [last] = hoursAgo(silentHours)

    expect(unusualSilence(rhythmOf(every(step)), last ?? null, NOW)).toEqual(isUnusual ? last : null)
  })

  it('is not told of a source that never spoke', () => {
    expect(unusualSilence(null, null, NOW)).toBeNull()
  })
})
