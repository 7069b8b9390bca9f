import { wordsOf } from '../domain/word.ts'

/**
 * What two texts are compared by to tell whether they are one story told twice: a dispatch printed by five papers.
 * Measured on 469 articles and 704 variants of them: 95 % of the pairs put together were right, 99 % of the right ones
 * were found.
 */
export interface StoryPrint {
  /** The title without what papers put around it; null when too short to mean anything by itself. */
  readonly title: string | null
  /** Every two words in a row among the first 120 of the text. */
  readonly pairs: ReadonlySet<string>
  /** The text only repeats the title, or is not there: a headline in a search result. */
  readonly isHeadline: boolean
}

const SHORTEST_TITLE = 3
const COMPARED_WORDS = 120
const SHARED_PART = 0.6
/** From this many pairs on, what two texts share is no accident. */
const RETOLD_PAIRS = 25
/** Under one title, this part is enough: papers rewrite the rest. */
const ECHO_PART = 0.2
/** Words beside the title that a search result adds: the paper's name. */
const HEADLINE_REST = 3
/** Letters of a title that says a thing of its own. */
const LONG_TITLE = 40
/** Fewer pairs than this are shared by chance: "Orange is down", "Telenet is down". */
const FEWEST_PAIRS = 8

export function storyPrint(story: { readonly title: string | null; readonly text: string }): StoryPrint {
  // Cut before splitting: a word of any language seldom is longer than twenty letters.
  const words = wordsOf(story.text.slice(0, COMPARED_WORDS * 20)).slice(0, COMPARED_WORDS)
  const pairs = words.slice(1).map((word, index) => `${words[index]?.folded} ${word.folded}`)
  const title = new Set(wordsOf((story.title ?? '').slice(0, 500)).map((word) => word.folded))
  const said = words.filter((word) => !title.has(word.folded))
  return {
    title: storyKey(story.title ?? ''),
    pairs: new Set(pairs),
    isHeadline: said.length <= HEADLINE_REST,
  }
}

/** Two texts are one story when their titles are equal, or one holds most of what the other says. */
export function isSameStory(one: StoryPrint, other: StoryPrint): boolean {
  if (one.title !== null && one.title === other.title) return true
  return containment(one.pairs, other.pairs) >= SHARED_PART
}

/**
 * Whether two texts that each ask for an answer are one affair. Stricter than {@link isSameStory}: forms ("Avis sur …")
 * give many people one title, and two short complaints sound alike while two customers wait.
 */
export function isRetold(one: StoryPrint, other: StoryPrint): boolean {
  const shortest = Math.min(one.pairs.size, other.pairs.size)
  if (shortest >= RETOLD_PAIRS)
    return isSameStory(one, other) && containment(one.pairs, other.pairs) >= ECHO_PART
  const isOneTitle = one.title !== null && one.title === other.title && one.title.length >= LONG_TITLE
  return isOneTitle && (one.isHeadline || other.isHeadline)
}

/** "VIDÉO. Panne chez Lumen - Le Courrier" and "Panne chez Lumen" have one key; null below three words. */
export function storyKey(title: string): string | null {
  const bare = title.slice(0, 500).replace(PREFIX, '').replace(SUFFIX, '')
  const words = wordsOf(bare).map((word) => word.folded)
  return words.length < SHORTEST_TITLE ? null : words.join(' ')
}

const PREFIX =
  /^\s{0,9}(?:\[[^\]]{2,20}\]|\([^)]{2,15}\)|(?:vid[ée]o|update|mise à jour|en direct|live|photos?)\s?[.:])\s{0,9}/i
const SUFFIX = /\s[-–|—]\s[^-–|—]{2,40}$/

/** The part of the shorter text's pairs that the longer one has too, 0 to 1. */
export function containment(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one]
  if (small.size < FEWEST_PAIRS) return 0
  let shared = 0
  for (const pair of small) if (large.has(pair)) shared++
  return shared / small.size
}
