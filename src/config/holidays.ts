import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { ownProgram } from '../program.ts'

/** Keeps the public holidays of a country and year; losing them only costs the time to reckon them again. */
export interface HolidayCache {
  read(key: string): readonly string[] | null
  write(dates: Readonly<Record<string, readonly string[]>>): void
}

/** Tells the days off of a country (`BE`, `FR-GES`, `GB-ENG`) and the company's own closed days, by local date. */
export function holidayCalendar(
  country: string | null,
  closed: readonly string[],
  cache: HolidayCache,
): (localDate: string) => boolean {
  const own = new Set(closed)
  if (country === null) return (localDate) => own.has(localDate)
  const byYear = new Map<number, ReadonlySet<string>>()
  return (localDate) => {
    if (own.has(localDate)) return true
    const year = Number(localDate.slice(0, 4))
    const known = byYear.get(year) ?? new Set(publicHolidays(country, year, cache))
    byYear.set(year, known)
    return known.has(localDate)
  }
}

const yearsAtOnce = 5
const timeLimitMs = 20_000

/**
 * The rules of all countries take 20 MB of memory for as long as they are loaded, and 0.3 s to load, so a process of
 * its own reads them once for some years and ends.
 */
function publicHolidays(country: string, year: number, cache: HolidayCache): readonly string[] {
  const version = libraryVersion()
  const keyOf = (of: number) => `${country} ${of} ${version}`
  const kept = cache.read(keyOf(year))
  if (kept !== null) return kept
  const { file, flags } = ownProgram('config/holiday-dates.ts')
  const last = year + yearsAtOnce - 1
  const args = [...flags, fileURLToPath(file), country, String(year), String(last)]
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8', timeout: timeLimitMs })
  const dates = JSON.parse(printed) as string[]
  const datesIn = (of: number) => dates.filter((date) => date.startsWith(`${of}-`))
  const years = Array.from({ length: yearsAtOnce }, (_, index) => year + index)
  cache.write(Object.fromEntries(years.map((of) => [keyOf(of), datesIn(of)])))
  return datesIn(year)
}

/** Governments change their holidays, and the library follows: another version is asked again. */
function libraryVersion(): string {
  const { version } = createRequire(import.meta.url)('date-holidays/package.json') as { version: string }
  return version
}
