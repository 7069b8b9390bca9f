import { createHash } from 'node:crypto'
import type { Entry } from './entry.ts'
import { fullText } from './relevance.ts'
import { wordsOf } from './word.ts'

/** The same for two texts that differ only in case, accents, punctuation and white space: 32 hexadecimal digits. */
export function contentHash(entry: Pick<Entry, 'title' | 'text'>): string {
  return hashWords(contentWords(entry))
}

/** The folded words of title and text. */
export function contentWords(entry: Pick<Entry, 'title' | 'text'>): string[] {
  return wordsOf(fullText(entry)).map((word) => word.folded)
}

export function hashWords(words: readonly string[]): string {
  return createHash('sha256').update(words.join(' ')).digest('hex').slice(0, 32)
}
