import type { Query } from '../domain/query.ts'

/**
 * What a watch's query asks for, as search services understand it. Never narrower than the query: what they give is
 * held against the query itself afterwards, so asking too much costs a little and asking too little loses a mention.
 */
export interface SearchTerms {
  /** One of these must be there; each is words and phrases that must all be there. */
  readonly any: readonly (readonly string[])[]
  /** Words and phrases that must not be there. */
  readonly none: readonly string[]
  /** The query as the person wrote it. */
  readonly text: string
}

const MOST_ALTERNATIVES = 64

export function searchTerms(query: Query, text: string): SearchTerms {
  const any = alternatives(query)
    .filter((all) => all.length > 0)
    .slice(0, MOST_ALTERNATIVES)
  return { any: distinct(any), none: exclusions(query), text }
}

/** The query in disjunctive form, without what cannot be asked for (fields, absences): that only widens it. */
function alternatives(query: Query): readonly (readonly string[])[] {
  switch (query.kind) {
    case 'phrase':
      return [[termOf(query.phrase.typed)]]
    case 'or':
      return query.parts.flatMap(alternatives)
    case 'and':
      return query.parts.map(alternatives).reduce(both, [[]])
    case 'near':
      return both(alternatives(query.left), alternatives(query.right))
    case 'within':
      return alternatives(query.part)
    case 'not':
    case 'field':
      return [[]]
  }
}

/** Every alternative of one with every one of the other; when that is too many, the side that asks for more words. */
function both(
  one: readonly (readonly string[])[],
  other: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  if (one.length * other.length > MOST_ALTERNATIVES) return one.length <= other.length ? one : other
  return one.flatMap((left) => other.map((right) => [...left, ...right]))
}

/** Only what is excluded whatever else is said: `a NOT b`, not `a OR (c NOT b)`. */
function exclusions(query: Query): readonly string[] {
  if (query.kind === 'and') return query.parts.flatMap(exclusions)
  if (query.kind !== 'not') return []
  const { part } = query
  if (part.kind === 'phrase') return part.phrase.caseSensitive ? [] : [termOf(part.phrase.typed)]
  if (part.kind === 'or') return part.parts.flatMap((one) => exclusions({ kind: 'not', part: one }))
  return []
}

/** `word*` is asked for as `word`: services stem, and none knows the star. */
function termOf(typed: string): string {
  return typed.replace(/["*]/g, ' ').replace(/\s+/g, ' ').trim()
}

function distinct(any: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const seen = new Set<string>()
  return any.filter((all) => {
    const key = all.join('\n').toLowerCase()
    return !seen.has(key) && seen.add(key)
  })
}

export interface QueryStyle {
  /** Between alternatives; null when the service has no such operator: then each is asked for by itself. */
  readonly or: string | null
  /** Before an excluded term; null when there is none. */
  readonly not: string | null
  /** Longest query the service takes. */
  readonly longest: number
  /** Most questions to ask in one visit. */
  readonly most: number
}

/** The queries to send, each as long as allowed, no more than allowed. Quotes keep phrases together everywhere. */
export function queriesFor(terms: SearchTerms, style: QueryStyle): readonly string[] {
  const without = style.not === null ? '' : terms.none.map((term) => ` ${style.not}${quoted(term)}`).join('')
  // Exclusions too long to leave room for the question are left to the local check.
  const tail = without.length < style.longest / 3 ? without : ''
  const room = style.longest - tail.length - 2
  const queries: string[] = []
  let current: string[] = []
  for (const alternative of terms.any.map((all) => all.map(quoted).join(' '))) {
    const joined = [...current, alternative].join(style.or ?? '')
    if (current.length > 0 && (style.or === null || joined.length > room)) {
      queries.push(grouped(current, style.or) + tail)
      current = []
    }
    current.push(alternative)
  }
  if (current.length > 0) queries.push(grouped(current, style.or) + tail)
  return queries.slice(0, style.most)
}

function grouped(alternatives: readonly string[], or: string | null): string {
  return alternatives.length === 1 ? (alternatives[0] ?? '') : `(${alternatives.join(or ?? ' ')})`
}

/** A single plain word needs no quotes, and some services then forgive an accent. */
function quoted(term: string): string {
  return /^[\p{L}\p{N}]+$/u.test(term) ? term : `"${term}"`
}
