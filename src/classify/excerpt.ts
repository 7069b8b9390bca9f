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
  if (text.length <= longest) return wholeOf(text, spans)
  const first = spans[0]
  if (first === undefined || spans.some((span) => span.end <= longest))
    return excerptOfParts(text, spans, [{ start: 0, end: longest }])
  const start = Math.max(beginning, first.start - around)
  const end = Math.min(text.length, first.end + around)
  return excerptOfParts(text, spans, [
    { start: 0, end: beginning },
    { start, end },
  ])
}

export function wholeOf(text: string, spans: readonly Span[]): Excerpt {
  return { text, spans, originalAt: (position) => position }
}

/** Some parts of a text, in order and apart, a line each; spans that lie in none are left out. */
export function excerptOfParts(text: string, spans: readonly Span[], parts: readonly Span[]): Excerpt {
  return {
    text: parts.map(({ start, end }) => text.slice(start, end)).join('\n'),
    spans: moved(spans, parts),
    originalAt: (position) => originalIn(parts, position),
  }
}

function moved(spans: readonly Span[], parts: readonly Span[]): Span[] {
  let offset = 0
  const found: Span[] = []
  for (const part of parts) {
    for (const span of spans) {
      if (span.start >= part.start && span.end <= part.end) {
        found.push({ start: span.start - part.start + offset, end: span.end - part.start + offset })
      }
    }
    offset += part.end - part.start + 1
  }
  return found
}

function originalIn(parts: readonly Span[], position: number): number {
  let offset = 0
  for (const { start, end } of parts) {
    if (position <= offset + end - start) return position - offset + start
    offset += end - start + 1
  }
  return parts.at(-1)?.end ?? position
}
