import { contextOf } from '../classify/judge.ts'
import type { Mention } from '../domain/mention.ts'
import { fullText, isInPassing } from '../domain/relevance.ts'
import type { Span } from '../domain/span.ts'

/** A passage that is shorter goes on with what follows: a heading names, the paragraph under it tells. */
const shortestPassage = 200
/** Of a paragraph without end this much is read on each side of the name. */
const around = 600

/**
 * What a mention's category is chosen from. A comment, or an article about us, is read whole; of an article that names
 * us in passing only the paragraph that does.
 */
export function whatIsCategorised(mention: Pick<Mention, 'entry' | 'match'>): string {
  const text = fullText(mention.entry)
  const [name] = contextOf(mention).about ?? []
  return name !== undefined && isInPassing(mention) ? passageAt(text, name) : text
}

/** The paragraph around a place, which is a line; with the next ones while it is short. */
function passageAt(text: string, { start, end }: Span): string {
  const from = text.lastIndexOf('\n', start - 1) + 1
  let to = endOfLine(text, end)
  while (to < text.length && to - from < shortestPassage) to = endOfLine(text, to + 1)
  return text.slice(Math.max(from, start - around), Math.min(to, end + around)).trim()
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at < 0 ? text.length : at
}
