import { DateTime } from 'luxon'
import { parseDuration } from '../domain/duration.ts'

/** `30d` before now, or a local date or date and time; null when it is neither. */
export function readPast(text: string, zone: string, now: Date): Date | null {
  return read(text, zone, now, -1)
}

/** `2d` from now, or a local date or date and time; null when it is neither. */
export function readComing(text: string, zone: string, now: Date): Date | null {
  return read(text, zone, now, 1)
}

export const instantForm = 'a length such as 30d, or a date such as 2026-12-01 or 2026-12-01T09:00'

function read(text: string, zone: string, now: Date, direction: 1 | -1): Date | null {
  const duration = parseDuration(text)
  const at = duration
    ? DateTime.fromJSDate(now).plus({ [duration.unit]: direction * duration.amount })
    : DateTime.fromISO(text, { zone })
  return at.isValid ? at.toJSDate() : null
}
