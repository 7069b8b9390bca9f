import type { Mention } from '../domain/mention.ts'
import { fullText } from '../domain/relevance.ts'

/** Shorter texts ("Nul.") are the same by chance. */
const fewestWords = 6

/**
 * What makes two mentions of a watch copies of one affair: the same words, or the same address. The first key that a
 * ticket holds decides.
 */
export function affairKeys(mention: Pick<Mention, 'entry' | 'canonicalUrl' | 'contentHash'>): string[] {
  const keys: string[] = []
  const words = fullText(mention.entry).trim().split(/\s+/, fewestWords)
  if (words.length >= fewestWords) keys.push(`text:${mention.contentHash}`)
  if (mention.canonicalUrl !== null) keys.push(`url:${mention.canonicalUrl}${anchorOf(mention.entry.url)}`)
  return keys
}

/** Comments of one page share its address but for the anchor. */
function anchorOf(url: string | null): string {
  const anchor = url?.split('#')[1]
  return anchor !== undefined && /\d/.test(anchor) ? `#${anchor}` : ''
}

/** Two people who each sign their own words under one address are two affairs: reviews of a place share its page. */
export function isSameAffair(
  one: Pick<Mention, 'entry' | 'contentHash'>,
  other: Pick<Mention, 'entry' | 'contentHash'>,
): boolean {
  const authors = [one.entry.author, other.entry.author]
  return authors.includes(null) || authors[0] === authors[1] || one.contentHash === other.contentHash
}
