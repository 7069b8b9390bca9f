import type { Entry } from './entry.ts'
import { wordsOf } from './word.ts'

/** Names that many share: they say nothing about who speaks. */
const sharedName =
  /\b(?:anonym\w*|clients?|customers?|user|utilisat\w*|guest|invite|visit\w*|admin|redaction|newsroom|staff|edit\w*|afp|belga|reuters)\b/

/** One person on one site; null where nobody in particular signs. */
export function authorKey(entry: Pick<Entry, 'author' | 'url'>): string | null {
  const name = wordsOf(entry.author?.slice(0, 200) ?? '')
    .map((word) => word.folded)
    .join(' ')
  const site = entry.url !== null && URL.canParse(entry.url) ? new URL(entry.url).hostname : null
  if (name.length < 3 || site === null || sharedName.test(name)) return null
  // A paper that signs with its own name.
  if (site.replaceAll(/[^a-z]/g, '').includes(name.replaceAll(/[^a-z]/g, '') || '-')) return null
  return `author:${site}:${name}`
}
