import type { Entry } from './entry.ts'
import type { Mention, MentionMatch } from './mention.ts'
import { matchQuery, type Prepared, prepare, type Query } from './query.ts'
import type { Watch } from './watch.ts'

/** Whether an entry is about a watch, and why. */
export type Relevance =
  | { readonly kind: 'mention'; readonly match: MentionMatch }
  /** The name is there, but a NOT or a clue against it removed it; kept a while so that the rule can be undone. */
  | { readonly kind: 'unrelated'; readonly reason: string }
  | { readonly kind: 'no-match' }

/**
 * Holds an entry against a watch's query and clues. A clue against removes an entry unless a clue for it stands there
 * too. People share their names: for a person with clues to confirm, an entry without any is kept but not certain.
 */
export function relevanceOf(watch: Watch, entry: Entry, sourceKind: string): Relevance {
  return preparedRelevance(watch, prepare({ ...entry, type: sourceKind, source: sourceKind }))
}

/** As `relevanceOf`, of an entry whose words were read already. */
export function preparedRelevance(watch: Watch, target: Prepared): Relevance {
  const match = matchQuery(watch.query, target)
  if (!match.matched) {
    return match.excludedBy === null
      ? { kind: 'no-match' }
      : { kind: 'unrelated', reason: `not:${match.excludedBy}` }
  }
  const confirmedBy = cluesFound(watch.confirm, target)
  const deniedBy = cluesFound(watch.deny, target)
  const [denial] = deniedBy
  if (denial !== undefined && confirmedBy.length === 0) return { kind: 'unrelated', reason: `deny:${denial}` }
  const certain = watch.kind !== 'person' || watch.confirm.length === 0 || confirmedBy.length > 0
  return { kind: 'mention', match: { spans: match.spans, confirmedBy, deniedBy, certain } }
}

function cluesFound(clues: readonly Query[], target: Prepared): string[] {
  return clues.flatMap((clue) => {
    const match = matchQuery(clue, target)
    return match.matched ? [match.spans[0]?.term ?? ''] : []
  })
}

/** The text that is judged and shown: the title, then what it does not already say. */
export function fullText(entry: Pick<Entry, 'title' | 'text'>): string {
  const { title, text } = entry
  if (title === null || title === '' || text.startsWith(title)) return text
  return text === '' ? title : `${title}\n\n${text}`
}

/** Up to this many characters a text is a comment; above, an article. */
export const longestComment = 1500
/** Whoever is named in the first lines is what the article is about. */
const lead = 250

/**
 * Whether an article names us once, far down, and is about something else: often grave, and not ours. A review (it has
 * stars) is about us however rarely it names us.
 */
export function isInPassing({ entry, match }: Pick<Mention, 'entry' | 'match'>): boolean {
  const [name, ...others] = match.spans
  if (name === undefined || others.length > 0 || name.field === 'title' || entry.stars !== null) return false
  return fullText(entry).length > longestComment && name.start >= lead
}

/** Where `text` begins inside `fullText`. */
export function textOffset(entry: Pick<Entry, 'title' | 'text'>): number {
  const full = fullText(entry)
  return full.length - entry.text.length
}
