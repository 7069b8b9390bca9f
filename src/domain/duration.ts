/** A length of time as people write it. Days, months and years depend on the calendar, so they stay what they are. */
export interface Duration {
  readonly amount: number
  readonly unit: DurationUnit
}

export type DurationUnit = 'minute' | 'hour' | 'day' | 'month' | 'year'

const units: Record<string, DurationUnit> = { m: 'minute', h: 'hour', d: 'day', mo: 'month', y: 'year' }

export const durationForm = 'a number and a unit: 30m, 4h, 2d, 3mo or 1y'

/** Reads `30m`, `4h`, `2d`, `3mo`, `1y`; null for anything else, zero and more than 100 years included. */
export function parseDuration(source: string): Duration | null {
  const match = /^(\d{1,6}) ?(mo|m|h|d|y)$/.exec(source.trim())
  if (!match) return null
  const amount = Number(match[1])
  const unit = units[match[2] ?? '']
  if (!unit || amount === 0) return null
  const duration = { amount, unit }
  return approximateMs(duration) <= 100 * 366 * dayMs ? duration : null
}

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The length in milliseconds, a month taken as 30 days and a year as 365: for retention and limits, never for a law. */
export function approximateMs(duration: Duration): number {
  return (
    duration.amount *
    { minute: minuteMs, hour: hourMs, day: dayMs, month: 30 * dayMs, year: 365 * dayMs }[duration.unit]
  )
}
