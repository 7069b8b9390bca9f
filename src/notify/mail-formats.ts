import type { ReaderLanguage } from '../domain/person.ts'

/** Whose words and whose clock a mail is written in. */
export interface Reading {
  readonly language: ReaderLanguage
  /** IANA name. */
  readonly zone: string
  readonly now: Date
}

const locales = { fr: 'fr-FR', en: 'en-GB' } satisfies Record<ReaderLanguage, string>

/** `mardi 24 novembre à 15:04`; with the year when it is not this one. */
export function dayAndTime(at: Date, reading: Reading): string {
  return `${day(at, reading)} ${reading.language === 'fr' ? 'à' : 'at'} ${time(at, reading)}`
}

export function day(at: Date, reading: Reading): string {
  const year = yearOf(at, reading.zone) === yearOf(reading.now, reading.zone) ? {} : yearToo
  return write(at, reading, { weekday: 'long', day: 'numeric', month: 'long', ...year })
}

/** `mar. 24 nov. 15:04`, where there is little room. */
export function shortDayAndTime(at: Date, reading: Reading): string {
  return `${write(at, reading, { weekday: 'short', day: 'numeric', month: 'short' })}, ${time(at, reading)}`
}

export function time(at: Date, reading: Reading): string {
  return write(at, reading, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** `mardi 24 novembre 2026` of a local date `YYYY-MM-DD`. */
export function localDay(date: string, language: ReaderLanguage): string {
  return writeDate(date, language, { weekday: 'long', day: 'numeric', month: 'long', ...yearToo })
}

/** `mardi 24 novembre` of a local date. */
export function weekdayOf(date: string, language: ReaderLanguage): string {
  return writeDate(date, language, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** `mar. 24`, under a column of a chart. */
export function columnDay(date: string, language: ReaderLanguage): string {
  return writeDate(date, language, { weekday: 'short', day: 'numeric' })
}

/** `24 nov.` of a local date. */
export function columnDate(date: string, language: ReaderLanguage): string {
  return writeDate(date, language, { day: 'numeric', month: 'short' })
}

/** `novembre 2026` of a local date. */
export function localMonth(date: string, language: ReaderLanguage): string {
  return writeDate(date, language, { month: 'long', ...yearToo })
}

const yearToo = { year: 'numeric' } as const

function writeDate(date: string, language: ReaderLanguage, options: Intl.DateTimeFormatOptions): string {
  const at = new Date(`${date}T12:00:00Z`)
  if (Number.isNaN(at.getTime())) return date
  return write(at, { language, zone: 'UTC' }, options)
}

function write(
  at: Date,
  { language, zone }: Pick<Reading, 'language' | 'zone'>,
  options: Intl.DateTimeFormatOptions,
): string {
  return dateFormat(language, zone, options).format(at).replace(',', '')
}

// Building a format takes longer than a hundred uses of it. There are as many as zones in the configuration.
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(
  language: ReaderLanguage,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  const known = dateFormats.get(key)
  if (known) return known
  const format = new Intl.DateTimeFormat(locales[language], { ...options, timeZone: zone })
  dateFormats.set(key, format)
  return format
}

function yearOf(at: Date, zone: string): string {
  return dateFormat('en', zone, yearToo).format(at)
}

const minuteMs = 60_000

/** `dans 3 h`, `il y a 2 j`; what is less than a minute away is now. */
export function fromNow(at: Date, reading: Reading): string {
  const minutes = Math.round((at.getTime() - reading.now.getTime()) / minuteMs)
  const much = howLong(Math.abs(minutes), reading.language)
  if (minutes === 0) return reading.language === 'fr' ? 'maintenant' : 'now'
  if (reading.language === 'fr') return minutes > 0 ? `dans ${much}` : `il y a ${much}`
  return minutes > 0 ? `in ${much}` : `${much} ago`
}

/** `25 min`, `2 h 40 min`, `17 h`, `4 jours`: as exact as it matters. */
export function howLong(minutes: number, language: ReaderLanguage): string {
  const [min, hour, days] =
    language === 'fr' ? (['min', 'h', 'jours'] as const) : (['min', 'h', 'days'] as const)
  const space = '\u00A0'
  if (minutes < 60) return `${Math.round(minutes)}${space}${min}`
  const hours = Math.floor(minutes / 60)
  const rest = Math.floor((minutes % 60) / 5) * 5
  if (hours < 10)
    return rest === 0 ? `${hours}${space}${hour}` : `${hours}${space}${hour} ${rest}${space}${min}`
  if (hours < 48) return `${hours}${space}${hour}`
  return `${Math.floor(hours / 24)}${space}${days}`
}

const numberFormats = {
  fr: new Intl.NumberFormat(locales.fr),
  en: new Intl.NumberFormat(locales.en),
} satisfies Record<ReaderLanguage, Intl.NumberFormat>

export function number(value: number, language: ReaderLanguage): string {
  return numberFormats[language].format(value)
}

/** `93 %`; never 100 for what is only nearly certain. */
export function percent(share: number, language: ReaderLanguage): string {
  const rounded = Math.round(share * 100)
  const shown = share < 1 ? Math.min(rounded, 99) : rounded
  return language === 'fr' ? `${shown}\u00A0%` : `${shown}%`
}

/** `+2,1`: a weight with its sign. */
export function signed(value: number, language: ReaderLanguage): string {
  const figure = Math.abs(value).toFixed(1)
  return `${value < 0 ? '\u2212' : '+'}${language === 'fr' ? figure.replace('.', ',') : figure}`
}

/** `a, b et c`. */
export function list(items: readonly string[], language: ReaderLanguage): string {
  return new Intl.ListFormat(locales[language]).format(items)
}

/** `a, b ou c`. */
export function choice(items: readonly string[], language: ReaderLanguage): string {
  return new Intl.ListFormat(locales[language], { type: 'disjunction' }).format(items)
}

/** The name of a language in the reader's: `anglais`. */
export function languageName(code: string, language: ReaderLanguage): string {
  if (!/^[a-z]{2,3}$/i.test(code)) return code
  return new Intl.DisplayNames(locales[language], { type: 'language' }).of(code) ?? code
}
