import { createRequire } from 'node:module'

/** Tells the days off of a country (`BE`, `FR-GES`, `GB-ENG`) and the company's own closed days, by local date. */
export function holidayCalendar(
  country: string | null,
  closed: readonly string[],
): (localDate: string) => boolean {
  const own = new Set(closed)
  if (country === null) return (localDate) => own.has(localDate)
  let byYear: ((year: number) => ReadonlySet<string>) | null = null
  return (localDate) => {
    byYear ??= publicHolidays(country)
    return own.has(localDate) || byYear(Number(localDate.slice(0, 4))).has(localDate)
  }
}

/** date-holidays reads 1.5 MB of rules when loaded, so it is loaded when a deadline first asks. */
function publicHolidays(country: string): (year: number) => ReadonlySet<string> {
  const Holidays = createRequire(import.meta.url)('date-holidays') as typeof import('date-holidays').default
  const [land = '', state, region] = country.split('-')
  const holidays = new Holidays(land, state ?? '', region ?? '')
  const known = new Map<number, ReadonlySet<string>>()
  return (year) => {
    const dates =
      known.get(year) ??
      new Set(
        holidays
          .getHolidays(year)
          .filter((day) => day.type === 'public')
          .map((day) => day.date.slice(0, 10)),
      )
    known.set(year, dates)
    return dates
  }
}
