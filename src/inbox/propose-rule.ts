import type { Mention } from '../domain/mention.ts'
import { fullText } from '../domain/relevance.ts'
import type { Watch } from '../domain/watch.ts'
import { type Word, wordsOf } from '../domain/word.ts'
import type { ListStore } from './pages-store.ts'

/** A rule that would keep texts like this one away, and what it would have taken with it. */
export interface ProposedRule {
  /** `deny` is a clue that it is not us; `not` is a name to exclude in the query. */
  readonly kind: 'deny' | 'not'
  readonly words: string
  /** How many other mentions of the watch hold the words, counted up to `countedTo`. */
  readonly others: number
}

const mostAsked = 24
const mostProposed = 5
const countedTo = 20

/**
 * What tells this text from the others of its watch: a longer name that begins with ours ("Lumen Technologies"), and
 * words that hardly any other mention holds.
 */
export async function proposeRules(
  mention: Mention,
  watch: Watch,
  store: Pick<ListStore, 'countMentionsWith'>,
): Promise<ProposedRule[]> {
  const text = fullText(mention.entry).slice(0, 5000)
  const words = wordsOf(text)
  const rules: ProposedRule[] = []
  for (const name of longerNames(text, words, mention)) {
    const others = await othersWith(watch, `"${name}"`, store)
    rules.push({ kind: 'not', words: name.toLowerCase(), others })
  }
  for (const word of tellingWords(words, watch)) {
    if (rules.length >= mostProposed) break
    const others = await othersWith(watch, word, store)
    if (others <= 2) rules.push({ kind: 'deny', words: word, others })
  }
  return rules.filter(({ others }) => others < countedTo).slice(0, mostProposed)
}

/** The matched name with the capitalised word after it. */
function longerNames(text: string, words: readonly Word[], mention: Mention): string[] {
  const names = mention.match.spans.flatMap(({ field, start, end }) => {
    const source = field === 'title' ? mention.entry.title : mention.entry.text
    const matched = source?.slice(start, end) ?? ''
    const at = text.indexOf(matched)
    const next = words.find((word) => at >= 0 && word.start >= at + matched.length)
    const name = next === undefined ? '' : text.slice(next.start, next.end)
    return /^\p{Lu}/u.test(name) && next !== undefined && text.slice(at + matched.length, next.start) === ' '
      ? [`${matched} ${name}`]
      : []
  })
  return [...new Set(names)].slice(0, 2)
}

/** Long words first: short ones are everywhere. What the query itself asks for says nothing. */
function tellingWords(words: readonly Word[], watch: Watch): string[] {
  const asked = new Set(wordsOf(watch.querySource).map(({ folded }) => folded))
  const telling = new Set(
    words
      .map(({ folded }) => folded)
      .filter((word) => word.length >= 6 && !asked.has(word) && !/\d/.test(word)),
  )
  return [...telling].sort((a, b) => b.length - a.length).slice(0, mostAsked)
}

async function othersWith(
  watch: Watch,
  words: string,
  store: Pick<ListStore, 'countMentionsWith'>,
): Promise<number> {
  return Math.max(0, (await store.countMentionsWith(watch.id, words, countedTo + 1)) - 1)
}
