import { describe, expect, it } from 'vitest'
import { holidayCalendar } from '../../src/config/holidays.ts'

describe('days off', () => {
  it.each([
    ['BE', '2026-07-21', '2026-07-14'],
    ['FR', '2026-07-14', '2026-07-21'],
    ['GB-ENG', '2026-12-28', '2026-07-14'],
    ['US', '2026-11-26', '2026-11-25'],
  ])('of %s', (country, off, working) => {
    const isDayOff = holidayCalendar(country, [])

    expect(isDayOff(off)).toBe(true)
    expect(isDayOff(working)).toBe(false)
  })

  it("are the company's own too", () => {
    const isDayOff = holidayCalendar(null, ['2026-08-03'])

    expect(isDayOff('2026-08-03')).toBe(true)
    expect(isDayOff('2026-12-25')).toBe(false)
  })
})
