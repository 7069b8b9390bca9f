import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ownProgram } from '../program.ts'

/** Tells the days off of a country (`BE`, `FR-GES`, `GB-ENG`) and the company's own closed days, by local date. */
export function holidayCalendar(
  country: string | null,
  closed: readonly string[],
): (localDate: string) => boolean {
  const own = new Set(closed)
  if (country === null) return (localDate) => own.has(localDate)
  const byYear = new Map<number, ReadonlySet<string>>()
  return (localDate) => {
    if (own.has(localDate)) return true
    const year = Number(localDate.slice(0, 4))
    if (!byYear.has(year))
      for (const [known, dates] of publicHolidays(country, year)) byYear.set(known, dates)
    return byYear.get(year)?.has(localDate) ?? false
  }
}

const yearsAtOnce = 5
const timeLimitMs = 20_000

/**
 * The rules of all countries take 20 MB of memory for as long as they are loaded, so a process of its own reads them
 * once for some years and ends.
 */
function publicHolidays(country: string, year: number): Map<number, ReadonlySet<string>> {
  const { file, flags } = ownProgram('config/holiday-dates.ts')
  const last = year + yearsAtOnce - 1
  const args = [...flags, fileURLToPath(file), country, String(year), String(last)]
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8', timeout: timeLimitMs })
  const dates = JSON.parse(printed) as string[]
  const years = Array.from({ length: yearsAtOnce }, (_, index) => year + index)
  return new Map(years.map((one) => [one, new Set(dates.filter((date) => date.startsWith(`${one}-`)))]))
}
