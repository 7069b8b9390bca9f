import type { Engagement, Entry } from '../domain/entry.ts'
import { parseDate } from './dates.ts'

type Given = Pick<Entry, 'id' | 'text'> & Partial<Entry>

/** An entry with nothing said where nothing is given. */
export function newEntry(given: Given): Entry {
  return {
    url: null,
    title: null,
    author: null,
    publishedAt: null,
    language: null,
    engagement: null,
    stars: null,
    ...given,
  }
}

/** Seconds since 1970. */
export function unixTime(seconds: number): Date {
  return new Date(seconds * 1000)
}

export function isoTime(text: string | null | undefined): Date | null {
  return parseDate(text ?? '')
}

type Counts = { readonly [Name in keyof Engagement]: number | null | undefined }

/** Counts without those that are not given; null when none is. */
export function engagementOf(counts: Counts): Engagement | null {
  const given = Object.entries(counts).filter(
    ([, count]) => typeof count === 'number' && Number.isFinite(count),
  )
  return given.length === 0 ? null : Object.fromEntries(given)
}

/** `fr-BE`, `FR`: the primary subtag, in lower case. */
export function languageOf(tag: string | null | undefined): string | null {
  return /^[a-z]{2,3}(?=$|[-_])/i.exec(tag ?? '')?.[0].toLowerCase() ?? null
}

export function starsOf(rating: number): number | null {
  return Number.isInteger(rating) && rating >= 1 && rating <= 5 ? rating : null
}
