import { createHash } from 'node:crypto'
import type { Entry } from './entry.ts'
import type { Prepared } from './query.ts'
import { fullText } from './relevance.ts'
import { wordsOf } from './word.ts'

/** The same for two texts that differ only in case, accents, punctuation and white space: 32 hexadecimal digits. */
export function contentHash(entry: Pick<Entry, 'title' | 'text'>): string {
  return hashWords(wordsOf(fullText(entry)).map((word) => word.folded))
}

/** As `contentHash`, of a text whose words were read already. */
export function preparedHash({ item, title, text }: Prepared): string {
  const words = text.words.map((word) => word.folded)
  if (item.title && !item.text.startsWith(item.title))
    words.unshift(...title.words.map((word) => word.folded))
  return hashWords(words)
}

function hashWords(words: readonly string[]): string {
  return createHash('sha256').update(words.join(' ')).digest('hex').slice(0, 32)
}
