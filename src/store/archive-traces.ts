import { wordsOf } from '../domain/word.ts'
import { erasedMark } from './archive-store.ts'

/** What gives an author away in other texts of ours: drafts, notes, mails. */
export interface Traces {
  /** Names and addresses as written, in one pattern; null: none long enough. */
  readonly pattern: RegExp | null
  /** Beginnings of their texts and their names, as folded words with a space around. */
  readonly phrases: readonly string[]
}

interface Signed {
  readonly author: string | null
  readonly url: string | null
  readonly title: string | null
  readonly text: string
}

/** Shorter names, and texts of fewer words, stand anywhere by chance. */
const shortestName = 3
const fewestWords = 4
const wordsCompared = 8

export function tracesOf(wanted: string, texts: readonly Signed[]): Traces {
  const written = [wanted, ...texts.flatMap(({ author }) => author ?? [])]
  const names = new Set(
    written
      .flatMap((name) => [name, ...name.split(/[()<>]/)])
      .flatMap((name) => [name.trim(), name.trim().replace(/^@/, '')])
      .filter((name) => name.length >= shortestName),
  )
  const urls = new Set(texts.flatMap(({ url }) => url ?? []))
  const phrases = texts.flatMap(({ title, text }) => [title ?? '', text]).map((text) => beginning(text))
  const needles = [...urls, ...names].sort((a, b) => b.length - a.length).map(escaped)
  return {
    pattern:
      needles.length === 0
        ? null
        : new RegExp(`(?<![\\p{L}\\p{N}])(?:${needles.join('|')})(?![\\p{L}\\p{N}])`, 'giu'),
    phrases: [
      ...new Set([...phrases, ...[...names].map((name) => folded(name, Number.POSITIVE_INFINITY))]),
    ].filter((phrase) => phrase !== ''),
  }
}

function beginning(text: string): string {
  const words = wordsOf(text.slice(0, 400))
  return words.length < fewestWords ? '' : folded(text.slice(0, 400), wordsCompared)
}

/** Words with a space around each, so that a part of a word is not a word. */
function folded(text: string, most: number): string {
  const words = wordsOf(text)
    .slice(0, most)
    .map((word) => word.folded)
  return words.length === 0 ? '' : ` ${words.join(' ')} `
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** A text of ours without the author's names and addresses. */
export function scrubbed(text: string, { pattern }: Traces): string {
  return pattern === null ? text : text.replace(pattern, erasedMark)
}

/** The same for every text inside a value of JSON. */
export function scrubbedJson(value: unknown, traces: Traces): unknown {
  if (typeof value === 'string') return scrubbed(value, traces)
  if (Array.isArray(value)) return value.map((one) => scrubbedJson(one, traces))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scrubbedJson(one, traces)]))
}

/** Whether a mail quotes the author: words are compared, since a mail wraps and marks the text it quotes. */
export function speaksOf(subject: string, mail: Buffer, { pattern, phrases }: Traces): boolean {
  const text = `${subject}\n${fromQuotedPrintable(mail)}`
  const words = folded(text, Number.POSITIVE_INFINITY)
  return phrases.some((phrase) => words.includes(phrase)) || (pattern !== null && text.search(pattern) !== -1)
}

/** RFC 2045 §6.7, over the whole mail: its headers hold no such sequence that would mislead. */
function fromQuotedPrintable(mail: Buffer): string {
  const joined = mail.toString('latin1').replace(/=\r?\n/g, '')
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
