import { describe, expect, it } from 'vitest'
import {
  columnDay,
  dayAndTime,
  fromNow,
  howLong,
  languageName,
  localDay,
  localMonth,
  number,
  percent,
  signed,
  weekdayOf,
} from '../../src/notify/mail-formats.ts'

const now = new Date('2026-11-24T08:00:00Z')
const fr = { language: 'fr', zone: 'Europe/Brussels', now } as const
const en = { language: 'en', zone: 'America/New_York', now } as const

it('instants are of the reader’s zone, with weekday', () => {
  expect(dayAndTime(new Date('2026-11-24T23:30:00Z'), fr)).toBe('mercredi 25 novembre à 00:30')
  expect(dayAndTime(new Date('2026-11-24T23:30:00Z'), en)).toBe('Tuesday 24 November at 18:30')
})

it('another year is said', () => {
  expect(dayAndTime(new Date('2027-02-24T08:00:00Z'), fr)).toBe('mercredi 24 février 2027 à 09:00')
  expect(dayAndTime(new Date('2027-02-24T08:00:00Z'), en)).toBe('Wednesday 24 February 2027 at 03:00')
})

it.each([
  [0, 'maintenant', 'now'],
  [25, 'dans 25 min', 'in 25 min'],
  [180, 'dans 3 h', 'in 3 h'],
  [163, 'dans 2 h 40 min', 'in 2 h 40 min'],
  [17.5 * 60, 'dans 17 h', 'in 17 h'],
  [4 * 1440 + 60, 'dans 4 jours', 'in 4 days'],
  [-180, 'il y a 3 h', '3 h ago'],
])('%d minutes from now', (minutes, french, english) => {
  const at = new Date(now.getTime() + minutes * 60_000)

  expect(fromNow(at, fr).replaceAll('\u00A0', ' ')).toBe(french)
  expect(fromNow(at, en).replaceAll('\u00A0', ' ')).toBe(english)
})

it('a length of time does not break over lines between figure and unit', () => {
  expect(howLong(200, 'fr')).toBe('3\u00A0h 20\u00A0min')
})

describe('local dates', () => {
  it('are written without a zone', () => {
    expect(localDay('2026-11-24', 'fr')).toBe('mardi 24 novembre 2026')
    expect(localDay('2026-11-24', 'en')).toBe('Tuesday 24 November 2026')
    expect(weekdayOf('2026-11-24', 'en')).toBe('Tuesday 24 November')
    expect(columnDay('2026-11-24', 'fr')).toBe('mar. 24')
    expect(localMonth('2026-10-01', 'fr')).toBe('octobre 2026')
  })

  it('that are none stay as they are', () => {
    expect(localDay('soon', 'fr')).toBe('soon')
  })
})

it('figures follow the language', () => {
  expect(number(12345, 'en')).toBe('12,345')
  expect(number(12345, 'fr')).toMatch(/^12\s345$/)
  expect(signed(2.14, 'fr')).toBe('+2,1')
  expect(signed(-0.63, 'en')).toBe('−0.6')
})

it('nothing uncertain is a hundred per cent', () => {
  expect(percent(0.9999, 'en')).toBe('99%')
  expect(percent(1, 'fr')).toBe('100\u00A0%')
})

it('languages are named in the reader’s', () => {
  expect(languageName('nl', 'fr')).toBe('néerlandais')
  expect(languageName('nl', 'en')).toBe('Dutch')
  expect(languageName('<b>', 'en')).toBe('<b>')
})
