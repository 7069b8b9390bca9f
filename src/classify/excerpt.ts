import type { Span } from '../domain/span.ts'

/** The part of a text that is judged, and where the name stands in it. */
export interface Excerpt {
  readonly text: string
  readonly spans: readonly Span[]
  /** From a position in the excerpt to one in the whole text. */
  originalAt(position: number): number
}

const longest = 20_000
/** With a name far down, this much of the beginning and of both sides of the name is read. */
const beginning = 4000
const around = 4000

/** Long texts are judged on their beginning and on what surrounds the first name beyond it. */
export function excerptOf(text: string, spans: readonly Span[]): Excerpt {
  if (text.length <= longest) return { text, spans, originalAt: (position) => position }
  const inside = spans.filter((span) => span.end <= longest)
  const first = spans[0]
  if (first === undefined || inside.length > 0) {
    return { text: text.slice(0, longest), spans: inside, originalAt: (position) => position }
  }
  const from = Math.max(beginning, first.start - around)
  const to = Math.min(text.length, first.end + around)
  const shift = from - beginning - 1
  return {
    text: `${text.slice(0, beginning)}\n${text.slice(from, to)}`,
    spans: spans
      .filter((span) => span.start >= from && span.end <= to)
      .map((span) => ({ start: span.start - shift, end: span.end - shift })),
    originalAt: (position) => (position > beginning ? position + shift : position),
  }
}
