import type { Span } from '../domain/span.ts'

/** A text from outside cut to length, in pieces that are marked or not. Each piece is clean. */
export interface Shown {
  /** The first is an ellipsis where the text was too long for what is marked in it to be reached from its beginning. */
  readonly pieces: readonly Piece[]
  /** Characters left out at the end; 0 when all is there. */
  readonly hidden: number
}

export interface Piece {
  readonly text: string
  readonly marked: boolean
}

const maxSpans = 200

/** Cuts and cleans a text whose spans are to be marked. Spans point into the text as it came, so pieces are cut first. */
export function shown(text: string, limit: number, spans: readonly Span[] = []): Shown {
  return shownFrom(0, text, limit, spans)
}

/** As `shown`; but a text too long for its first mark to be reached begins with the line of that mark. */
export function quoted(text: string, limit: number, spans: readonly Span[]): Shown {
  return shownFrom(beginAt(text, limit, spans), text, limit, spans)
}

function shownFrom(begin: number, text: string, limit: number, spans: readonly Span[]): Shown {
  const end = begin + cutAt(text.slice(begin), limit)
  const pieces: Piece[] = begin > 0 ? [{ text: '[…] ', marked: false }] : []
  const add = (from: number, to: number, marked: boolean) => {
    const piece = clean(text.slice(from, to))
    if (piece !== '') pieces.push({ text: piece, marked })
  }
  let at = begin
  for (const span of [...spans].sort((a, b) => a.start - b.start).slice(0, maxSpans)) {
    const [from, to] = [Math.max(span.start, at), Math.min(span.end, end)]
    if (!(from < to)) continue
    add(at, from, false)
    add(from, to, true)
    at = to
  }
  add(at, end, false)
  return { pieces, hidden: text.length - end }
}

/** At most this much leads up to the first mark, and never so much that the mark itself is cut off. */
const leadUp = 300

function beginAt(text: string, limit: number, spans: readonly Span[]): number {
  let first = text.length
  for (const { start, end } of spans) if (start >= 0 && start < end && start < first) first = start
  if (text.length <= limit || first < limit || first === text.length) return 0
  const earliest = first - Math.min(leadUp, Math.floor(limit / 3))
  const line = text.lastIndexOf('\n', first - 1) + 1
  if (line >= earliest) return line
  const space = text.indexOf(' ', earliest)
  return space >= 0 && space < first ? space + 1 : earliest
}

/** Where to cut so that no more than `limit` stands before it: after a whole word when one ends near. */
function cutAt(text: string, limit: number): number {
  if (text.length <= limit) return text.length
  const space = text.lastIndexOf(' ', limit)
  if (space > limit - 30 && space > 0) return space
  return isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

/** Line breaks of every kind, so that none of them survives as an unexpected one. */
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g
const controls = /[\0-\x08\x0E-\x1F\x7F-\x9F]/g
// Overrides, isolates and marks of direction: they reorder what stands around the text they came in.
const directions = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
// Characters of no width, fillers that look like nothing, invisible tags and noncharacters. Joiners stay: emoji need them.
const unseen =
  /[\u00AD\u115F\u1160\u180E\u200B\u2060-\u2065\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\uFFFE\uFFFF\u{E0000}-\u{E0FFF}]|\u034F/gu
const joinerRuns = /[\u200C\u200D]{2,}/g
// Accents piled up until they cover the lines above and below.
const towers = /(\p{M}{4})\p{M}+/gu
const loneSurrogates = /\p{Cs}/gu

/** A text as it may be shown: every visible word, nothing that hides, reorders or overflows. Line breaks are `\n`. */
export function clean(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text) && !text.includes('  ')) return text
  return text
    .replace(loneSurrogates, '\uFFFD')
    .replace(lineBreaks, '\n')
    .replace(/\t/g, ' ')
    .replace(controls, '')
    .replace(directions, '')
    .replace(unseen, '')
    .replace(joinerRuns, '\u200D')
    .replace(towers, '$1')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
}

/** A title, a name, a word: clean, on one line, cut with an ellipsis. */
export function oneLine(text: string, limit: number): string {
  const near = text.slice(0, limit * 4)
  const line = clean(near)
    .replace(/[ \n]+/g, ' ')
    .trim()
  const end = cutAt(line, limit)
  return end < line.length || near.length < text.length ? `${line.slice(0, end).trimEnd()}…` : line
}

const maxAddress = 2000

/** An address that a person may follow: http or https, without a name and password before the host; else null. */
export function webAddress(url: string | null): string | null {
  if (url === null || url.length > maxAddress || !URL.canParse(url)) return null
  const address = new URL(url)
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return null
  address.username = ''
  address.password = ''
  return address.href.length > maxAddress ? null : address.href
}

/** A language as an HTML attribute takes it; undefined when it is none. */
export function languageTag(language: string | null): string | undefined {
  return language !== null && /^[a-z]{2,3}$/i.test(language) ? language.toLowerCase() : undefined
}

/** A subject on one line, at most 200 characters; `=?` would be read as an encoded word, so it is parted. */
export function subjectLine(text: string): string {
  return oneLine(text.replaceAll('=?', '= ?'), 195)
}

/** The first characters of a text, as mail programs show them beside the subject. */
export function preheaderOf(text: string): string {
  return oneLine(text, 90)
}

/** Tries to render with less and less text until the page is small enough: Gmail cuts near 102 kB. */
export function fitted(render: (share: number) => string): string {
  for (const share of [1, 0.6, 0.3, 0.15]) {
    const page = render(share)
    if (Buffer.byteLength(page) <= maxPageBytes) return page
  }
  return render(0.05)
}

export const maxPageBytes = 98_000
