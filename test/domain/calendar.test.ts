import { describe, expect, it } from 'vitest'
import {
  type Calendar,
  deadline,
  instantOf,
  isOpen,
  localDate,
  parseHours,
  plusDays,
} from '../../src/domain/calendar.ts'
import { parseDuration } from '../../src/domain/duration.ts'

const week = parseHours('Mon-Fri 09:00-18:00') ?? []
const brussels: Calendar = { zone: 'Europe/Brussels', hours: week, isDayOff: (date) => date === '2026-12-25' }

function due(start: string, length: string, calendar = brussels, aroundTheClock = false): string {
  const duration = parseDuration(length)
  if (!duration) throw new Error(length)
  return deadline(new Date(start), duration, calendar, aroundTheClock).toISOString()
}

describe('working hours', () => {
  it.each([
    ['Mon-Fri 09:00-18:00', [1, 1, 1, 1, 1, 0, 0]],
    ['Mon-Fri 09:00-12:30 13:30-18:00, Sat 10:00-13:00', [2, 2, 2, 2, 2, 1, 0]],
    ['Sat-Mon 00:00-24:00', [1, 0, 0, 0, 0, 1, 1]],
  ])('reads %s', (source, ranges) => {
    expect(parseHours(source)?.map((day) => day.length)).toEqual(ranges)
  })

  it.each([
    '',
    'Mon',
    'Mon-Fri',
    'Mon-Fri 18:00-09:00',
    'Mon 09:00-25:00',
    'Lun-Ven 09:00-18:00',
    'Mon 09:00-12:00 11:00-13:00',
  ])('refuses "%s"', (source) => {
    expect(parseHours(source)).toBeNull()
  })

  it('knows whether the company works', () => {
    expect(isOpen(new Date('2026-11-20T16:59:00Z'), brussels)).toBe(true)
    expect(isOpen(new Date('2026-11-20T17:00:00Z'), brussels)).toBe(false)
    expect(isOpen(new Date('2026-12-25T10:00:00Z'), brussels)).toBe(false)
  })
})

describe('a deadline', () => {
  it.each([
    ['within the day', '2026-11-18T09:00:00Z', '4h', '2026-11-18T13:00:00.000Z'],
    ['over the night', '2026-11-18T15:00:00Z', '4h', '2026-11-19T10:00:00.000Z'],
    ['over the week-end', '2026-11-20T16:00:00Z', '4h', '2026-11-23T11:00:00.000Z'],
    ['from a Sunday', '2026-11-22T12:00:00Z', '30m', '2026-11-23T08:30:00.000Z'],
    ['over a public holiday', '2026-12-24T16:00:00Z', '2h', '2026-12-28T09:00:00.000Z'],
    ['of 24 working hours', '2026-11-18T08:00:00Z', '24h', '2026-11-20T14:00:00.000Z'],
    ['of working days', '2026-11-19T10:00:00Z', '2d', '2026-11-23T10:00:00.000Z'],
    ['of calendar months', '2026-11-30T10:00:00Z', '3mo', '2027-02-28T10:00:00.000Z'],
    ['over the change to summer time', '2026-03-27T16:00:00Z', '2h', '2026-03-30T08:00:00.000Z'],
    ['ending exactly at closing time', '2026-11-18T13:00:00Z', '4h', '2026-11-18T17:00:00.000Z'],
  ])('%s', (_name, start, length, expected) => {
    expect(due(start, length)).toBe(expected)
  })

  it('around the clock is plain time', () => {
    expect(due('2026-11-21T23:00:00Z', '30m', brussels, true)).toBe('2026-11-21T23:30:00.000Z')
    expect(due('2026-11-20T10:00:00Z', '72h', brussels, true)).toBe('2026-11-23T10:00:00.000Z')
  })

  it('ends even where nobody ever works', () => {
    const never = { ...brussels, isDayOff: () => true }

    expect(Date.parse(due('2026-11-20T10:00:00Z', '4h', never))).toBeGreaterThan(0)
  })
})

describe('local dates', () => {
  it('follow the zone', () => {
    expect(localDate(new Date('2026-11-22T23:30:00Z'), 'Europe/Brussels')).toBe('2026-11-23')
    expect(localDate(new Date('2026-11-22T03:30:00Z'), 'America/New_York')).toBe('2026-11-21')
    expect(plusDays('2026-02-28', 1)).toBe('2026-03-01')
  })

  it('move a time that daylight saving skips forward by the gap', () => {
    expect(instantOf('2026-03-29', 150, 'Europe/Brussels').toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(instantOf('2026-10-25', 150, 'Europe/Brussels').toISOString()).toBe('2026-10-25T00:30:00.000Z')
  })
})
