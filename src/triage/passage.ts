import { contextOf } from '../classify/judge.ts'
import type { Mention } from '../domain/mention.ts'
import { fullText } from '../domain/relevance.ts'
import type { Span } from '../domain/span.ts'

/** Up to this many characters a text is a comment, and read whole. */
const longestComment = 1500
/** Named this often, or in its title, an article is about us. */
const namedOften = 2
/** A passage that is shorter goes on with what follows: a heading names, the paragraph under it tells. */
const shortestPassage = 200
/** Of a paragraph without end this much is read on each side of the name. */
const around = 600

/**
 * What a mention's category is chosen from. A comment, or an article about us, is read whole. An article that names us
 * once is about something else, often grave, that is not ours: only the paragraph that names us counts.
 */
export function whatIsCategorised(mention: Pick<Mention, 'entry' | 'match'>): string {
  const text = fullText(mention.entry)
  const [name, ...others] = contextOf(mention).about ?? []
  const isAboutUs =
    others.length >= namedOften - 1 || mention.match.spans.some(({ field }) => field === 'title')
  if (text.length <= longestComment || name === undefined || isAboutUs) return text
  return passageAt(text, name)
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
