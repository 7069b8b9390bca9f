import { DateTime } from 'luxon'
import type { Duration } from './duration.ts'

/** When a company works: its zone, its hours by weekday, its days off. */
export interface Calendar {
  /** IANA name. */
  readonly zone: string
  readonly hours: WeekHours
  /** Public holidays and closed days, by local date `YYYY-MM-DD`. */
  isDayOff(localDate: string): boolean
}

/** Open ranges by ISO weekday: index 0 is Monday. */
export type WeekHours = readonly (readonly OpenRange[])[]

/** Minutes since local midnight, half-open; `to` may be 1440. */
export interface OpenRange {
  readonly from: number
  readonly to: number
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
export const hoursForm =
  'days and hours such as "Mon-Fri 09:00-18:00" or "Mon-Fri 09:00-12:30 13:30-18:00, Sat 10:00-13:00"'

/** Reads `Mon-Fri 09:00-18:00, Sat 10:00-13:00`; null when it is not of that form or opens never. */
export function parseHours(source: string): WeekHours | null {
  const week: OpenRange[][] = weekdays.map(() => [])
  for (const part of source.split(',')) {
    const [days = '', ...ranges] = part.trim().split(/\s+/)
    const span = daySpan(days)
    const open = ranges.map(openRange)
    if (!span || open.length === 0) return null
    for (const range of open) {
      if (!range) return null
      for (const day of span) week[day]?.push(range)
    }
  }
  for (const day of week) day.sort((a, b) => a.from - b.from)
  const overlaps = week.some((day) => day.some((range, index) => range.from < (day[index - 1]?.to ?? 0)))
  return overlaps ? null : week
}

function daySpan(source: string): number[] | null {
  const [first = '', last = first] = source.toLowerCase().split('-')
  const from = weekdays.indexOf(first.slice(0, 3))
  const to = weekdays.indexOf(last.slice(0, 3))
  if (from < 0 || to < 0) return null
  const count = ((to - from + 7) % 7) + 1
  return Array.from({ length: count }, (_, index) => (from + index) % 7)
}

function openRange(source: string): OpenRange | null {
  const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(source)
  if (!match) return null
  const [from, to] = [minuteOfDay(match[1], match[2]), minuteOfDay(match[3], match[4])]
  return from !== null && to !== null && from < to ? { from, to } : null
}

function minuteOfDay(hour: string | undefined, minute: string | undefined): number | null {
  const total = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && total <= 1440 ? total : null
}

/** Reads `08:00`; null when it is not a time of day. Minutes since midnight. */
export function parseTimeOfDay(source: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(source)
  const minutes = match ? minuteOfDay(match[1], match[2]) : null
  return minutes === 1440 ? null : minutes
}

export function isZone(zone: string): boolean {
  return DateTime.utc().setZone(zone).isValid
}

/**
 * When a duration that starts at `start` runs out. Around the clock it is plain time; otherwise minutes and hours count
 * only while the company works, and a day is the same time on the next day it works. Months and years are of the
 * calendar (a law's clock does not stop on Sundays).
 */
export function deadline(start: Date, duration: Duration, calendar: Calendar, aroundTheClock: boolean): Date {
  const known = asked.get(calendar) ?? new Map<string, number>()
  const question = `${start.getTime()} ${duration.amount} ${duration.unit} ${aroundTheClock}`
  const at = known.get(question) ?? reckon(start, duration, calendar, aroundTheClock).getTime()
  if (known.size >= mostAsked) known.clear()
  asked.set(calendar, known.set(question, at))
  return new Date(at)
}

/** The clocks of all open tickets are read again at every pass, and none of them has changed. */
const asked = new WeakMap<Calendar, Map<string, number>>()
const mostAsked = 20_000

function reckon(start: Date, duration: Duration, calendar: Calendar, aroundTheClock: boolean): Date {
  const { amount, unit } = duration
  const local = DateTime.fromJSDate(start, { zone: calendar.zone })
  if (unit === 'month' || unit === 'year' || aroundTheClock) return local.plus({ [unit]: amount }).toJSDate()
  if (unit === 'day') return addWorkingDays(local, amount, calendar).toJSDate()
  return addWorkingMinutes(local, unit === 'hour' ? amount * 60 : amount, calendar).toJSDate()
}

// Ten years of closed days in a row mean hours that never open: config refuses those, this only bounds the loop.
const maxDays = 3653

function addWorkingMinutes(start: DateTime, minutes: number, calendar: Calendar): DateTime {
  let left = minutes
  let day = start.startOf('day')
  for (let count = 0; count < maxDays; count++, day = day.plus({ days: 1 })) {
    for (const range of openRanges(day, calendar)) {
      const open = DateTime.max(atMinute(day, range.from), start)
      const available = atMinute(day, range.to).diff(open, 'minutes').minutes
      if (available <= 0) continue
      if (left <= available) return open.plus({ minutes: left })
      left -= available
    }
  }
  return day
}

function addWorkingDays(start: DateTime, days: number, calendar: Calendar): DateTime {
  let left = days
  let day = start
  for (let count = 0; count < maxDays && left > 0; count++) {
    day = day.plus({ days: 1 })
    if (openRanges(day.startOf('day'), calendar).length > 0) left--
  }
  return day
}

function openRanges(day: DateTime, calendar: Calendar): readonly OpenRange[] {
  if (calendar.isDayOff(day.toISODate() ?? '')) return []
  return calendar.hours[day.weekday - 1] ?? []
}

/** A local time of day; one that daylight saving skips is moved forward by the gap. */
function atMinute(day: DateTime, minute: number): DateTime {
  if (minute === 1440) return day.plus({ days: 1 }).startOf('day')
  return day.set({ hour: Math.floor(minute / 60), minute: minute % 60 })
}

/** Whether the company works at that instant. */
export function isOpen(at: Date, calendar: Calendar): boolean {
  const local = DateTime.fromJSDate(at, { zone: calendar.zone })
  const minute = local.hour * 60 + local.minute
  return openRanges(local.startOf('day'), calendar).some((range) => range.from <= minute && minute < range.to)
}

/** The local date in a zone, `YYYY-MM-DD`. */
export function localDate(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toISODate() ?? ''
}

/** The instant of a local time on a local date; a time that daylight saving skips is moved forward by the gap. */
export function instantOf(date: string, minute: number, zone: string): Date {
  return atMinute(DateTime.fromISO(date, { zone }), minute).toJSDate()
}

/** The local date some days later or, with a negative number, earlier. */
export function plusDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() ?? date
}
