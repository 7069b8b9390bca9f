import { contentHash, contentWords, hashWords } from '../domain/content-hash.ts'
import type { Mention } from '../domain/mention.ts'

/** Shorter texts ("Nul.") are the same by chance. */
const fewestWords = 6
const mostWords = 120

/**
 * What makes two mentions of a watch copies of one affair: the same words, or the same address. The first key that a
 * ticket holds decides.
 */
export function affairKeys(mention: Pick<Mention, 'entry' | 'canonicalUrl'>): string[] {
  const words = contentWords(mention.entry)
  const keys: string[] = []
  if (words.length >= fewestWords) keys.push(`text:${hashWords(words.slice(0, mostWords))}`)
  if (mention.canonicalUrl !== null) keys.push(`url:${mention.canonicalUrl}${anchorOf(mention.entry.url)}`)
  return keys
}

/** Comments of one page share its address but for the anchor. */
function anchorOf(url: string | null): string {
  const anchor = url?.split('#')[1]
  return anchor !== undefined && /\d/.test(anchor) ? `#${anchor}` : ''
}

/** Two people who each sign their own words under one address are two affairs: reviews of a place share its page. */
export function isSameAffair(one: Pick<Mention, 'entry'>, other: Pick<Mention, 'entry'>): boolean {
  const authors = [one.entry.author, other.entry.author]
  if (authors.includes(null) || authors[0] === authors[1]) return true
  return contentHash(one.entry) === contentHash(other.entry)
}
