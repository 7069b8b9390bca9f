/**
 * The instant a feed means, or null. What sites write: RFC 822, ISO 8601, "02/01/2024" (day first), French, Dutch and
 * German month names, zones by letters, no zone at all (then UTC: the process zone must not decide).
 */
export function parseDate(written: string): Date | null {
  const text = written.slice(0, 100).replace(/\s+/g, ' ').trim()
  if (text === '') return null
  const time = isoTime(text) ?? dayFirst(text) ?? wordyTime(text) ?? epochTime(text)
  if (time === null || Number.isNaN(time)) return null
  const date = new Date(time)
  const year = date.getUTCFullYear()
  return year >= 1970 && year <= 2200 ? date : null
}

const ISO =
  /^(\d{4})-?(\d{2})?-?(\d{2})?(?:[T ,]{1,2}(\d{1,2}):?(\d{2})?(?::?(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|GMT|UT|[+-]\d{2}:?\d{0,2})?$/i

function isoTime(text: string): number | null {
  const found = ISO.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, second, fraction, zone] = found
  if (month === undefined && zone !== undefined) return null
  return instant({
    year: Number(year),
    month: Number(month ?? 1),
    day: Number(day ?? 1),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0,
    zoneMinutes: zoneMinutes(zone ?? ''),
  })
}

const DAY_FIRST =
  /^(?:\p{L}{2,12}\.?,? )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T,]? ?(?:à |om |at )?(\d{1,2})[:h](\d{2})(?::(\d{2}))?)? ?(\S{1,8})?$/iu

function dayFirst(text: string): number | null {
  const found = DAY_FIRST.exec(text)
  if (!found) return null
  const [, first, second, year, hour, minute, seconds, zone] = found
  // 12/31/2024 can only be the American order.
  const american = Number(second) > 12 && Number(first) <= 12
  return instant({
    year: Number(year),
    month: Number(american ? first : second),
    day: Number(american ? second : first),
    hour: Number(hour ?? 0) + (/^pm$/i.test(zone ?? '') && Number(hour) < 12 ? 12 : 0),
    minute: Number(minute ?? 0),
    second: Number(seconds ?? 0),
    millisecond: 0,
    zoneMinutes: zoneMinutes(zone ?? ''),
  })
}

/** Dates with a month in letters: picks day, month, year, time and zone wherever they stand. */
function wordyTime(text: string): number | null {
  const month = monthIn(text)
  if (month === null) return null
  const clock = /(\d{1,2})\s?[:h]\s?(\d{2})(?:\s?[:m]\s?(\d{2})(?:[.,](\d{1,6}))?)?/i.exec(text)
  const beforeClock = clock ? text.slice(0, clock.index) : text
  const afterClock = clock ? text.slice(clock.index + clock[0].length) : ''
  const numbers = [...`${beforeClock} ${afterClock}`.matchAll(/(?<![\d:+]|[\d ]-)\d{1,4}(?!\d)/g)].map(
    ([n]) => n,
  )
  const year = numbers.find((n) => n.length === 4) ?? twoDigitYear(numbers)
  const day = numbers.find((n) => n.length <= 2)
  if (year === undefined || day === undefined) return null
  const half = /\b([ap])\.?m\b/i.exec(afterClock)?.[1]?.toLowerCase()
  return instant({
    year: fullYear(year),
    month,
    day: Number(day),
    hour: twelveHours(Number(clock?.[1] ?? 0), half),
    minute: Number(clock?.[2] ?? 0),
    second: Number(clock?.[3] ?? 0),
    millisecond: 0,
    zoneMinutes: zoneMinutes(zoneIn(afterClock)),
  })
}

function twoDigitYear(numbers: readonly string[]): string | undefined {
  return numbers.filter((n) => n.length <= 2)[1]
}

function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length > 2) return year
  return year < 70 ? 2000 + year : 1900 + year
}

function twelveHours(hour: number, half: string | undefined): number {
  if (half === 'p' && hour < 12) return hour + 12
  return half === 'a' && hour === 12 ? 0 : hour
}

/** Seconds or milliseconds since 1970, as some generators print them. */
function epochTime(text: string): number | null {
  if (/^\d{10}$/.test(text)) return Number(text) * 1000
  return /^\d{13}$/.test(text) ? Number(text) : null
}

const MONTHS: readonly (readonly string[])[] = [
  ['january', 'jan', 'janvier', 'janv', 'januari', 'januar', 'jän', 'jänner'],
  ['february', 'feb', 'février', 'fevrier', 'fév', 'févr', 'fevr', 'fev', 'februari', 'februar'],
  ['march', 'mar', 'mars', 'mrt', 'maart', 'märz', 'maerz', 'mär'],
  ['april', 'apr', 'avril', 'avr'],
  ['may', 'mai', 'mei'],
  ['june', 'jun', 'juin', 'juni'],
  ['july', 'jul', 'juillet', 'juil', 'juli'],
  ['august', 'aug', 'août', 'aout', 'aoû', 'augustus'],
  ['september', 'sep', 'sept', 'septembre'],
  ['october', 'oct', 'octobre', 'oktober', 'okt'],
  ['november', 'nov', 'novembre'],
  ['december', 'dec', 'décembre', 'decembre', 'déc', 'dezember', 'dez'],
]
const MONTH_OF = new Map(MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)))

function monthIn(text: string): number | null {
  for (const [word] of text.toLowerCase().matchAll(/\p{L}{3,12}/gu)) {
    const month = MONTH_OF.get(word)
    if (month !== undefined) return month
  }
  return null
}

function zoneIn(afterClock: string): string {
  const offset = /(?:GMT|UTC)?\s?([+-]\d{1,2}:?(?:\d{2})?)(?!\d)/.exec(afterClock)
  if (offset?.[1]) return offset[1]
  for (const [word] of afterClock.matchAll(/[A-Za-z]{1,5}/g)) {
    if (ZONES.has(word.toUpperCase())) return word
  }
  return ''
}

/** Zones written in letters, in minutes east of Greenwich; the American ones are in RFC 822 itself. */
const ZONES = new Map(
  Object.entries({
    ...{
      Z: 0,
      UT: 0,
      UTC: 0,
      GMT: 0,
      WET: 0,
      WEST: 60,
      BST: 60,
      CET: 60,
      CEST: 120,
      MET: 60,
      MEST: 120,
      EET: 120,
    },
    ...{ EEST: 180, MSK: 180, IST: 330, JST: 540, KST: 540, AEST: 600, AEDT: 660, NZST: 720, NZDT: 780 },
    ...{ AST: -240, ADT: -180, EST: -300, EDT: -240, ET: -300, CST: -360, CDT: -300, MST: -420, MDT: -360 },
    ...{ PST: -480, PDT: -420, AKST: -540, HST: -600 },
  }),
)

function zoneMinutes(zone: string): number {
  const named = ZONES.get(zone.toUpperCase())
  if (named !== undefined) return named
  const offset = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (!offset) return 0
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
  return offset[1] === '-' ? -minutes : minutes
}

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  readonly zoneMinutes: number
}

function instant(parts: Parts): number {
  const { year, month, day, hour, minute, second, millisecond } = parts
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60)
    return Number.NaN
  return Date.UTC(year, month - 1, day, hour, minute - parts.zoneMinutes, second, millisecond)
}
