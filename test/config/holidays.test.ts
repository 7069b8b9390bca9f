import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type HolidayCache, holidayCalendar } from '../../src/config/holidays.ts'
import { configOf, folderWith, smallFolder } from '../helpers/folder.ts'

const noCache: HolidayCache = { read: () => null, write: () => {} }

describe('days off', () => {
  it.each([
    ['BE', '2026-07-21', '2026-07-14'],
    ['FR', '2026-07-14', '2026-07-21'],
    ['GB-ENG', '2026-12-28', '2026-07-14'],
    ['US', '2026-11-26', '2026-11-25'],
  ])('of %s', (country, off, working) => {
    const isDayOff = holidayCalendar(country, [], noCache)

    expect(isDayOff(off)).toBe(true)
    expect(isDayOff(working)).toBe(false)
  })

  it("are the company's own too", () => {
    const isDayOff = holidayCalendar(null, ['2026-08-03'], noCache)

    expect(isDayOff('2026-08-03')).toBe(true)
    expect(isDayOff('2026-12-25')).toBe(false)
  })

  it('are reckoned once for five years, and kept', () => {
    const kept = new Map<string, readonly string[]>()
    const cache: HolidayCache = {
      read: (key) => kept.get(key) ?? null,
      write: (dates) => {
        for (const [key, list] of Object.entries(dates)) kept.set(key, list)
      },
    }

    holidayCalendar('BE', [], cache)('2026-07-21')

    expect([...kept.keys()].map((key) => key.slice(0, 7))).toEqual(
      [2026, 2027, 2028, 2029, 2030].map((year) => `BE ${year}`),
    )
    for (const [key] of kept) kept.set(key, [`${key.slice(3, 7)}-02-03`])
    const isDayOff = holidayCalendar('BE', [], cache)
    expect(isDayOff('2028-02-03')).toBe(true)
    expect(isDayOff('2028-07-21')).toBe(false)
  })

  it.each(['null', '{', '{"BE 2026 1":7}'])('are reckoned again when what was kept is %s', (kept) => {
    const folder = folderWith({
      ...smallFolder,
      'vigie.yaml': `${smallFolder['vigie.yaml']}holidays: BE\n`,
      'data/holidays.json': kept,
    })

    expect(configOf(folder).calendar.isDayOff('2026-07-21')).toBe(true)

    expect(readFileSync(path.join(folder, 'data/holidays.json'), 'utf8')).toContain('"2026-07-21"')
    expect(configOf(folder).calendar.isDayOff('2026-07-21')).toBe(true)
  })
})
