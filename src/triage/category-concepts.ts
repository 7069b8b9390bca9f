import { english, french, negators } from './category-lexicon.ts'

interface Lexicon {
  readonly whole: ReadonlyMap<string, readonly string[]>
  /** Beginnings of words, by their first four letters. */
  readonly begun: ReadonlyMap<string, readonly { readonly start: string; readonly concept: string }[]>
}

const none: readonly string[] = []
const lexicons: Readonly<Record<string, Lexicon>> = { fr: lexiconOf(french), en: lexiconOf(english) }
const both = lexiconOf(merged(french, english))

/** What a word speaks of, whatever its language and form: `brûlé` and `scalded` both speak of fire. */
export function conceptsOf(folded: string, language: string | null): readonly string[] {
  const lexicon = lexicons[language ?? ''] ?? both
  const whole = lexicon.whole.get(folded)
  const begun = lexicon.begun.get(folded.slice(0, 4))
  if (begun === undefined) return whole ?? none
  const found = begun.filter(({ start }) => folded.startsWith(start)).map(({ concept }) => concept)
  return whole === undefined ? found : [...whole, ...found]
}

const negating = new Set(negators.split(' '))

/** Whether what follows within a few words is denied. */
export function negates(folded: string): boolean {
  return negating.has(folded)
}

function lexiconOf(lists: Readonly<Record<string, string>>): Lexicon {
  const whole = new Map<string, string[]>()
  const begun = new Map<string, { start: string; concept: string }[]>()
  for (const [concept, list] of Object.entries(lists)) {
    for (const entry of list.split(/\s+/)) {
      if (entry === '') continue
      if (!entry.endsWith('*')) {
        whole.set(entry, [...(whole.get(entry) ?? []), concept])
        continue
      }
      const start = entry.slice(0, -1)
      const key = start.slice(0, 4)
      begun.set(key, [...(begun.get(key) ?? []), { start, concept }])
    }
  }
  return { whole, begun }
}

function merged(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.keys(one).map((concept) => [concept, `${one[concept]} ${other[concept]}`]))
}
