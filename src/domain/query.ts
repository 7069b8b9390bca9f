import { foldAccents, type Word, wordsOf } from './word.ts'

/**
 * The query language of watches and signals. See `parseQuery` for the grammar and `matchQuery` for what matches.
 * Precedence, tightest first: NEAR/n, NOT and `-`, AND (also when left out), OR.
 */
export type Query =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | { readonly kind: 'near'; readonly distance: number; readonly left: Query; readonly right: Query }
  | { readonly kind: 'phrase'; readonly phrase: Phrase }
  | { readonly kind: 'field'; readonly field: MetaField; readonly value: string }
  | { readonly kind: 'within'; readonly field: TextField; readonly part: Query }

export type TextField = 'title' | 'text' | 'author'
export type MetaField = 'site' | 'lang' | 'type' | 'url' | 'source'

/** Words that must follow each other. */
export interface Phrase {
  /** As the person typed it, for explanations. */
  readonly typed: string
  readonly words: readonly PhraseWord[]
  /** How many other words may stand among them, in any order, as in `"a b"~5`; null: none, in order. */
  readonly slop: number | null
  /** `@` or `#`: must stand directly before the first word, and nothing may continue the name. */
  readonly sigil: '' | '@' | '#'
  /** `+`, `++` or `#` directly after the last word, as in `C++`. */
  readonly suffix: string
  /** Compare upper and lower case too. */
  readonly caseSensitive: boolean
}

interface PhraseWord {
  readonly folded: string
  /** The word as typed, accents folded, case kept. */
  readonly cased: string
  /** `word*`: what begins so. */
  readonly prefix: boolean
  /** What stands between this word and the one before: `''` for loose white space or hyphen, else the symbols themselves. */
  readonly gap: string
}

export class QuerySyntaxError extends Error {
  override readonly name = 'QuerySyntaxError'
  /** Offset in the query where the mistake is, in UTF-16 code units. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const textFields: Record<string, TextField> = {
  title: 'title',
  intitle: 'title',
  text: 'text',
  intext: 'text',
  author: 'author',
}
const metaFields: Record<string, MetaField> = {
  site: 'site',
  lang: 'lang',
  language: 'lang',
  type: 'type',
  url: 'url',
  inurl: 'url',
  source: 'source',
}
const maxLength = 4096
const maxDepth = 50

type Token =
  | { kind: '(' | ')' | 'AND' | 'OR' | 'NOT'; at: number }
  | { kind: 'NEAR'; distance: number; at: number }
  | { kind: 'field'; name: string; at: number }
  | { kind: 'term'; text: string; quoted: boolean; slop: number | null; at: number }

/**
 * Reads a query as people type it in search boxes: `a b` (both), `a OR b`, `NOT a` or `-a`, `"a b"`, `( )`, `word*`,
 * `a NEAR/5 b`, `"a b"~5`, `title:` `text:` `author:` `site:` `lang:` `type:` `url:` `source:` `case:`.
 * Operators are upper case; in lower case they are words. Throws QuerySyntaxError pointing at the character.
 */
export function parseQuery(source: string): Query {
  if (source.length > maxLength) {
    throw new QuerySyntaxError(`longer than ${maxLength} characters: cut it into several watches`, maxLength)
  }
  const tokens = tokenize(source)
  if (tokens.length === 0) throw new QuerySyntaxError('empty: write at least one word', 0)
  const parser = { tokens, next: 0, end: source.length, depth: 0 }
  const query = parseOr(parser)
  const rest = parser.tokens[parser.next]
  if (rest) {
    throw new QuerySyntaxError(
      rest.kind === ')'
        ? 'a ")" that closes nothing: remove it or open a "(" before'
        : `unexpected ${nameOf(rest)}`,
      rest.at,
    )
  }
  return query
}

interface Parser {
  readonly tokens: readonly Token[]
  next: number
  readonly end: number
  depth: number
}

function parseOr(parser: Parser): Query {
  const parts = [parseAnd(parser)]
  while (parser.tokens[parser.next]?.kind === 'OR') {
    const operator = parser.tokens[parser.next++] as Token
    requireOperand(parser, operator)
    parts.push(parseAnd(parser))
  }
  return oneOf('or', parts)
}

function parseAnd(parser: Parser): Query {
  const parts = [parseNot(parser)]
  for (;;) {
    const token = parser.tokens[parser.next]
    if (!token || token.kind === 'OR' || token.kind === ')') return oneOf('and', parts)
    if (token.kind === 'AND') {
      parser.next++
      requireOperand(parser, token)
    }
    parts.push(parseNot(parser))
  }
}

function parseNot(parser: Parser): Query {
  const token = parser.tokens[parser.next]
  if (token?.kind !== 'NOT') return parseNear(parser)
  parser.next++
  requireOperand(parser, token)
  if (++parser.depth > maxDepth) throw new QuerySyntaxError('too deeply nested', token.at)
  const part = parseNot(parser)
  parser.depth--
  return { kind: 'not', part }
}

function parseNear(parser: Parser): Query {
  let left = parsePrimary(parser)
  for (;;) {
    const token = parser.tokens[parser.next]
    if (token?.kind !== 'NEAR') return left
    parser.next++
    requireOperand(parser, token)
    const rightAt = parser.tokens[parser.next]?.at ?? token.at
    const right = parsePrimary(parser)
    if (!isPositional(left)) throw new QuerySyntaxError(nearNeedsWords, token.at)
    if (!isPositional(right)) throw new QuerySyntaxError(nearNeedsWords, rightAt)
    left = { kind: 'near', distance: token.distance, left, right }
  }
}

const nearNeedsWords = 'NEAR stands between words, phrases, or words joined by OR'

function isPositional(query: Query): boolean {
  switch (query.kind) {
    case 'phrase':
    case 'near':
      return true
    case 'or':
      return query.parts.every(isPositional)
    default:
      return false
  }
}

function parsePrimary(parser: Parser): Query {
  const token = parser.tokens[parser.next]
  if (!token) throw new QuerySyntaxError('something is missing at the end', parser.end)
  parser.next++
  switch (token.kind) {
    case '(':
      return parseGroup(parser, token)
    case 'field':
      return parseField(parser, token)
    case 'term':
      return phraseQuery(token, false)
    default:
      throw new QuerySyntaxError(
        token.kind === ')'
          ? 'a ")" that closes nothing: remove it or open a "(" before'
          : `${nameOf(token)} needs something on both sides; in lower case it is a word`,
        token.at,
      )
  }
}

function parseGroup(parser: Parser, open: Token): Query {
  if (++parser.depth > maxDepth) throw new QuerySyntaxError('too deeply nested', open.at)
  if (parser.tokens[parser.next]?.kind === ')') throw new QuerySyntaxError('empty "( )"', open.at)
  if (!parser.tokens[parser.next]) throw new QuerySyntaxError('this "(" is never closed: add a ")"', open.at)
  const inside = parseOr(parser)
  if (parser.tokens[parser.next]?.kind !== ')') {
    throw new QuerySyntaxError('this "(" is never closed: add a ")"', open.at)
  }
  parser.next++
  parser.depth--
  return inside
}

function parseField(parser: Parser, field: Token & { kind: 'field' }): Query {
  const value = parser.tokens[parser.next]
  if (!value || (value.kind !== 'term' && value.kind !== '(')) {
    throw new QuerySyntaxError(`${field.name}: needs a word, a phrase or a "( )" right after it`, field.at)
  }
  const meta = metaFields[field.name]
  if (meta) return metaQuery(parser, meta)
  if (field.name === 'case') {
    parser.next++
    if (value.kind !== 'term')
      throw new QuerySyntaxError('case: takes one word or one quoted phrase', value.at)
    return phraseQuery(value, true)
  }
  const part = parsePrimary(parser)
  return { kind: 'within', field: textFields[field.name] ?? 'text', part }
}

function metaQuery(parser: Parser, field: MetaField): Query {
  const value = parser.tokens[parser.next++] as Token
  if (value.kind === 'term') return { kind: 'field', field, value: value.text.toLowerCase() }
  const parts: Query[] = []
  for (;;) {
    const token = parser.tokens[parser.next++]
    if (!token) throw new QuerySyntaxError('this "(" is never closed: add a ")"', value.at)
    if (token.kind === ')') break
    if (token.kind === 'OR') continue
    if (token.kind !== 'term') throw new QuerySyntaxError(`${field}:( ) takes values joined by OR`, token.at)
    parts.push({ kind: 'field', field, value: token.text.toLowerCase() })
  }
  if (parts.length === 0) throw new QuerySyntaxError('empty "( )"', value.at)
  return oneOf('or', parts)
}

function requireOperand(parser: Parser, operator: Token): void {
  const next = parser.tokens[parser.next]
  if (next && next.kind !== ')' && next.kind !== 'OR' && next.kind !== 'AND' && next.kind !== 'NEAR') return
  throw new QuerySyntaxError(
    `nothing to the right of ${nameOf(operator)}: add a word, or write it in lower case if it is one`,
    operator.at,
  )
}

function oneOf(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const [first] = parts
  return parts.length === 1 && first ? first : { kind, parts }
}

function nameOf(token: Token): string {
  return token.kind === 'NEAR' ? `NEAR/${token.distance}` : token.kind === 'NOT' ? 'NOT (or -)' : token.kind
}

// --- reading characters -------------------------------------------------------------------------------------------

function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const char = source[at] as string
    if (/\s/.test(char)) at++
    else if (char === '(' || char === ')') tokens.push({ kind: char, at: at++ })
    else if (isQuote(char)) at = quotedTerm(source, at, tokens)
    else if (char === '-' && /[^\s\-)]/.test(source[at + 1] ?? ' ') && isBoundary(source[at - 1])) {
      tokens.push({ kind: 'NOT', at: at++ })
    } else at = bareTerm(source, at, tokens)
  }
  return tokens
}

function isQuote(char: string | undefined): boolean {
  return char === '"' || char === '“' || char === '”' || char === '«' || char === '»' || char === '„'
}

function isBoundary(before: string | undefined): boolean {
  return before === undefined || /[\s(]/.test(before)
}

function quotedTerm(source: string, at: number, tokens: Token[]): number {
  let end = at + 1
  while (end < source.length && !isQuote(source[end])) end++
  if (end >= source.length) throw new QuerySyntaxError('this quote is never closed: add a "', at)
  const slop = /^~(\d{1,3})/.exec(source.slice(end + 1, end + 5))
  const text = source.slice(at + 1, end).trim()
  tokens.push({ kind: 'term', text, quoted: true, slop: slop ? Number(slop[1]) : null, at })
  return end + 1 + (slop ? slop[0].length : 0)
}

function bareTerm(source: string, at: number, tokens: Token[]): number {
  let end = at
  while (end < source.length && !/[\s()]/.test(source[end] as string) && !isQuote(source[end])) end++
  const text = source.slice(at, end)
  const field = /^([a-z]+):/.exec(text)
  const name = field?.[1] ?? ''
  if (field && (name in textFields || name in metaFields || name === 'case')) {
    tokens.push({ kind: 'field', name, at })
    return at + field[0].length
  }
  if (field && !/^[a-z]+:\/\//.test(text)) {
    throw new QuerySyntaxError(
      `no field "${name}:": the fields are title, text, author, site, lang, type, url, source, case; put quotes around a word with a colon`,
      at,
    )
  }
  if (text === 'AND' || text === 'OR' || text === 'NOT') tokens.push({ kind: text, at })
  else if (/^NEAR\b/.test(text)) tokens.push({ kind: 'NEAR', distance: nearDistance(text, at), at })
  else tokens.push({ kind: 'term', text, quoted: false, slop: null, at })
  return end
}

function nearDistance(text: string, at: number): number {
  const number = /^NEAR\/(\d{1,3})$/.exec(text)
  if (!number) throw new QuerySyntaxError('write NEAR/ with a number of words, as in NEAR/5', at)
  return Number(number[1])
}

function phraseQuery(token: Token & { kind: 'term' }, caseSensitive: boolean): Query {
  const { text } = token
  const words = wordsOf(text)
  if (words.length === 0)
    throw new QuerySyntaxError(`no word in "${text}": put quotes around what belongs together`, token.at)
  const first = words[0] as Word
  const last = words.at(-1) as Word
  const sigil = text[first.start - 1]
  const suffix = /^(\+{1,2}|#)/.exec(text.slice(last.end))?.[0] ?? ''
  const phrase: Phrase = {
    typed: text,
    words: words.map((word, index) => phraseWord(text, word, words[index - 1], token)),
    slop: token.slop,
    sigil: sigil === '@' || sigil === '#' ? sigil : '',
    suffix,
    caseSensitive,
  }
  return { kind: 'phrase', phrase }
}

function phraseWord(
  text: string,
  word: Word,
  before: Word | undefined,
  token: Token & { kind: 'term' },
): PhraseWord {
  const prefix = text[word.end] === '*'
  if (prefix && word.folded.length < 2) {
    throw new QuerySyntaxError('at least two letters before a *', token.at)
  }
  const between = before ? text.slice(before.end, word.start) : ''
  return {
    folded: word.folded,
    cased: foldAccents(text.slice(word.start, word.end)),
    prefix,
    gap: before && between === '' ? 'none' : between.replace(loose, '').replace('*', ''),
  }
}

/** What may stand between two words of a phrase without a meaning of its own. */
const loose = /[\s\-\u2010-\u2014'\u2018\u2019\u02BC"“”«»„*]/g

// --- matching ------------------------------------------------------------------------------------------------------

/** What a query is held against. */
export interface Searchable {
  readonly title?: string | null
  readonly text: string
  readonly author?: string | null
  readonly url?: string | null
  readonly language?: string | null
  /** The kind of source (`rss`, `mastodon` …), for `type:`. */
  readonly type?: string | null
  readonly source?: string | null
}

/** Where a query matched; offsets in UTF-16 code units of that field. */
export interface MatchSpan {
  readonly field: 'title' | 'text'
  readonly start: number
  readonly end: number
  /** The words of the query that stand there, as typed. */
  readonly term: string
}

export interface Match {
  readonly matched: boolean
  /** In order of field (title first) and place, without repeats; empty when nothing matched. */
  readonly spans: readonly MatchSpan[]
  /** When everything but a NOT matched: what the NOT found, as typed. */
  readonly excludedBy: string | null
}

/** A text read once, to be held against many queries. */
export interface Prepared {
  readonly item: Searchable
  readonly title: PreparedText
  readonly text: PreparedText
  readonly author: PreparedText
}

interface PreparedText {
  readonly original: string
  readonly words: readonly Word[]
  /** Where each folded word stands first. */
  readonly first: ReadonlyMap<string, number>
  /** For each position that of the same word's next one, or -1. */
  readonly next: Int32Array
  /** The different words in order, for `word*`; made when first asked for. */
  sorted: readonly string[] | null
}

/** Reads the words once; hold the result against as many queries as wanted. */
export function prepare(item: Searchable): Prepared {
  return {
    item,
    title: prepareText(item.title),
    text: prepareText(item.text),
    author: prepareText(item.author),
  }
}

function prepareText(original: string | null | undefined): PreparedText {
  const words = original ? wordsOf(original) : []
  const first = new Map<string, number>()
  const next = new Int32Array(words.length)
  for (let position = words.length - 1; position >= 0; position--) {
    const { folded } = words[position] as Word
    next[position] = first.get(folded) ?? -1
    first.set(folded, position)
  }
  return { original: original ?? '', words, first, next, sorted: null }
}

/** Holds a text against a query. Whole words, whatever their case and accents; elisions and hyphens set apart. */
export function matchQuery(query: Query, target: Prepared): Match {
  const hits: MatchSpan[] = []
  const matched = evaluate(query, target, hits, null)
  if (matched) return { matched, spans: distinct(hits), excludedBy: null }
  if (!hasNot(query)) return noMatch
  const vetoes: string[] = []
  const without: MatchSpan[] = []
  const butForNot = evaluate(query, target, without, vetoes)
  return { matched, spans: [], excludedBy: butForNot ? (vetoes[0] ?? null) : null }
}

const noMatch: Match = { matched: false, spans: [], excludedBy: null }
const withNot = new WeakMap<Query, boolean>()

function hasNot(query: Query): boolean {
  const known = withNot.get(query)
  if (known !== undefined) return known
  const found = query.kind === 'not' || partsOf(query).some(hasNot)
  withNot.set(query, found)
  return found
}

function partsOf(query: Query): readonly Query[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.parts
    case 'not':
    case 'within':
      return [query.part]
    default:
      return []
  }
}

/** `vetoes` given: a NOT that would refuse is noted there and let pass. */
function evaluate(query: Query, target: Prepared, hits: MatchSpan[], vetoes: string[] | null): boolean {
  switch (query.kind) {
    case 'and':
      return evaluateAll(query.parts, target, hits, vetoes)
    case 'or':
      return evaluateAny(query.parts, target, hits, vetoes)
    case 'not':
      return evaluateNot(query.part, target, vetoes)
    case 'field':
      return matchesField(query.field, query.value, target.item)
    case 'within':
      return evaluateWithin(query.field, query.part, target, hits, vetoes)
    default:
      return evaluatePositions(query, target, hits)
  }
}

function evaluateAll(
  parts: readonly Query[],
  target: Prepared,
  hits: MatchSpan[],
  vetoes: string[] | null,
): boolean {
  const inside: MatchSpan[] = []
  for (const part of parts) if (!evaluate(part, target, inside, vetoes)) return false
  hits.push(...inside)
  return true
}

/** Every alternative is looked at, so that all the matched words can be marked. */
function evaluateAny(
  parts: readonly Query[],
  target: Prepared,
  hits: MatchSpan[],
  vetoes: string[] | null,
): boolean {
  let matched = false
  for (const part of parts) if (evaluate(part, target, hits, vetoes)) matched = true
  return matched
}

function evaluateNot(part: Query, target: Prepared, vetoes: string[] | null): boolean {
  const found: MatchSpan[] = []
  if (!evaluate(part, target, found, null)) return true
  vetoes?.push(found[0]?.term ?? describe(part))
  return vetoes !== null
}

function evaluateWithin(
  field: TextField,
  part: Query,
  target: Prepared,
  hits: MatchSpan[],
  vetoes: string[] | null,
): boolean {
  const nothing = prepareText('')
  const narrowed: Prepared = {
    item: target.item,
    title: field === 'title' ? target.title : nothing,
    text: field === 'text' ? target.text : field === 'author' ? target.author : nothing,
    author: nothing,
  }
  const inside: MatchSpan[] = []
  const matched = evaluate(part, narrowed, inside, vetoes)
  if (field !== 'author') hits.push(...inside)
  return matched
}

const fieldsSearched = ['title', 'text'] as const

function evaluatePositions(query: Query, target: Prepared, hits: MatchSpan[]): boolean {
  let matched = false
  for (const field of fieldsSearched) {
    for (const found of positionsOf(query, target[field])) {
      matched = true
      for (const range of found.ranges)
        hits.push({ field, ...spanOf(range, target[field]), term: range.term })
    }
  }
  return matched
}

interface Range {
  readonly first: number
  readonly last: number
  readonly term: string
}

interface Found extends Range {
  readonly ranges: readonly Range[]
}

const nowhere: readonly Found[] = []

function positionsOf(query: Query, text: PreparedText): readonly Found[] {
  switch (query.kind) {
    case 'phrase': {
      const ranges = phrasePositions(query.phrase, text)
      return ranges.length === 0 ? nowhere : ranges.map((range) => ({ ...range, ranges: [range] }))
    }
    case 'or':
      return query.parts.flatMap((part) => positionsOf(part, text))
    case 'near': {
      const left = positionsOf(query.left, text)
      return left.length === 0 ? nowhere : nearPositions(left, positionsOf(query.right, text), query.distance)
    }
    default:
      return nowhere
  }
}

/** At most `distance` words stand between the two, in either order; each left hit keeps its nearest right one. */
function nearPositions(left: readonly Found[], right: readonly Found[], distance: number): Found[] {
  const byPlace = [...right].sort((a, b) => a.first - b.first)
  const pairs: Found[] = []
  for (const one of left) {
    const after = byPlace[lowerBound(byPlace, one.last + 1, firstOf)]
    const before = byPlace[lowerBound(byPlace, one.first, firstOf) - 1]
    const near = [after, before].find((other) => other && wordsBetween(one, other) <= distance)
    if (near) {
      pairs.push({
        first: Math.min(one.first, near.first),
        last: Math.max(one.last, near.last),
        term: `${one.term} … ${near.term}`,
        ranges: [...one.ranges, ...near.ranges],
      })
    }
  }
  return pairs
}

/** The index of the first element whose place is at or after `place`. */
function lowerBound<T>(sorted: readonly T[], place: number, placeOf: (element: T) => number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (placeOf(sorted[middle] as T) < place) low = middle + 1
    else high = middle
  }
  return low
}

function firstOf(range: Range): number {
  return range.first
}

function wordsBetween(one: Range, other: Range): number {
  return one.first <= other.first ? other.first - one.last - 1 : one.first - other.last - 1
}

function phrasePositions(phrase: Phrase, text: PreparedText): Range[] {
  if (phrase.slop !== null && phrase.words.length > 1) return slopPositions(phrase, text, phrase.slop)
  const starts = startsOf(phrase.words[0] as PhraseWord, text)
  const found: Range[] = []
  for (const first of starts) {
    const last = first + phrase.words.length - 1
    if (follows(phrase, text, first) && sigilFits(phrase, text, first, last)) {
      found.push({ first, last, term: phrase.typed })
    }
  }
  return found
}

const noStart: readonly number[] = []

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function firstNotBefore(sorted: readonly string[], prefix: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as string) < prefix) low = middle + 1
    else high = middle
  }
  return low
}

function startsOf(word: PhraseWord, text: PreparedText): readonly number[] {
  if (!word.prefix) return positionsOfWord(word.folded, text)
  text.sorted ??= [...text.first.keys()].sort(byCodeUnit)
  const starts: number[] = []
  let at = firstNotBefore(text.sorted, word.folded)
  for (let key = text.sorted[at]; key?.startsWith(word.folded); key = text.sorted[++at]) {
    starts.push(...positionsOfWord(key, text))
  }
  return starts.sort((a, b) => a - b)
}

function positionsOfWord(folded: string, { first, next }: PreparedText): readonly number[] {
  let position = first.get(folded) ?? -1
  if (position < 0) return noStart
  const positions: number[] = []
  for (; position >= 0; position = next[position] ?? -1) positions.push(position)
  return positions
}

function follows(phrase: Phrase, text: PreparedText, first: number): boolean {
  return phrase.words.every((wanted, offset) => {
    const word = text.words[first + offset]
    if (!word || !sameWord(wanted, word, text, phrase.caseSensitive)) return false
    const before = text.words[first + offset - 1]
    return offset === 0 || (before !== undefined && gapFits(wanted.gap, before, word, text))
  })
}

function sameWord(wanted: PhraseWord, word: Word, text: PreparedText, caseSensitive: boolean): boolean {
  const fits = wanted.prefix ? word.folded.startsWith(wanted.folded) : word.folded === wanted.folded
  if (!fits || !caseSensitive) return fits
  const cased = foldAccents(text.original.slice(word.start, word.end))
  return wanted.prefix ? cased.startsWith(wanted.cased) : cased === wanted.cased
}

function gapFits(gap: string, before: Word, word: Word, text: PreparedText): boolean {
  if (word.start - before.end > 40) return false
  const between = text.original.slice(before.end, word.start)
  if (gap === 'none') return between === ''
  if (gap === '') return between !== '' && between.replace(loose, '').replace(/[_/]/g, '') === ''
  return between.replace(/\s/g, '') === gap
}

function sigilFits(phrase: Phrase, text: PreparedText, first: number, last: number): boolean {
  const start = (text.words[first] as Word).start
  const end = (text.words[last] as Word).end
  if (phrase.suffix !== '' && !text.original.startsWith(phrase.suffix, end)) return false
  if (phrase.sigil === '') return true
  return text.original[start - 1] === phrase.sigil && text.original[end] !== '_'
}

/** All the words of the phrase within a window that leaves room for `slop` others, in any order. */
function slopPositions(phrase: Phrase, text: PreparedText, slop: number): Range[] {
  const lists = phrase.words.map((word) =>
    startsOf(word, text).filter((at) => sameWord(word, text.words[at] as Word, text, phrase.caseSensitive)),
  )
  if (lists.some((list) => list.length === 0)) return []
  const width = phrase.words.length + slop
  const found: Range[] = []
  let nextFree = 0
  for (const anchor of [...new Set(lists.flat())].sort((a, b) => a - b)) {
    if (anchor < nextFree) continue
    const used = new Set<number>()
    for (const list of lists) {
      const at = firstFree(list, anchor, anchor + width, used)
      if (at === null) break
      used.add(at)
    }
    if (used.size !== lists.length || !used.has(anchor)) continue
    const last = Math.max(...used)
    found.push({ first: anchor, last, term: phrase.typed })
    nextFree = last + 1
  }
  return found
}

/** The first position of a sorted list in `[from, to)` that no other word of the phrase took. */
function firstFree(
  sorted: readonly number[],
  from: number,
  to: number,
  used: ReadonlySet<number>,
): number | null {
  for (let index = lowerBound(sorted, from, (at) => at); index < sorted.length; index++) {
    const position = sorted[index] as number
    if (position >= to) return null
    if (!used.has(position)) return position
  }
  return null
}

function spanOf(range: Range, text: PreparedText): { start: number; end: number } {
  return {
    start: (text.words[range.first] as Word).start,
    end: (text.words[range.last] as Word).end,
  }
}

function distinct(hits: readonly MatchSpan[]): MatchSpan[] {
  const seen = new Map<string, MatchSpan>()
  for (const hit of hits) seen.set(`${hit.field}:${hit.start}:${hit.end}`, hit)
  return [...seen.values()].sort(
    (a, b) => (a.field === b.field ? 0 : a.field === 'title' ? -1 : 1) || a.start - b.start || a.end - b.end,
  )
}

function matchesField(field: MetaField, value: string, item: Searchable): boolean {
  switch (field) {
    case 'site':
      return onSite(value, item.url)
    case 'lang':
      return item.language?.toLowerCase().split('-')[0] === value
    case 'type':
      return item.type?.toLowerCase() === value
    case 'source':
      return item.source?.toLowerCase().includes(value) ?? false
    case 'url':
      return item.url?.toLowerCase().includes(value) ?? false
  }
}

/** `site:example.org` is that host and every host below it; `site:example.org/blog` also asks for the path's beginning. */
function onSite(value: string, url: string | null | undefined): boolean {
  if (!url || !URL.canParse(url)) return false
  const { hostname, pathname } = new URL(url)
  const [host = '', ...path] = value
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .split('/')
  const fits = hostname === host || hostname.endsWith(`.${host}`)
  return fits && (path.length === 0 || pathname.toLowerCase().startsWith(`/${path.join('/')}`))
}

// --- saying what a query asks ---------------------------------------------------------------------------------------

/** The query in its own language, with the parentheses that make its reading plain. */
export function describe(query: Query): string {
  switch (query.kind) {
    case 'and':
      return query.parts.map(describeInside).join(' AND ')
    case 'or':
      return query.parts.map(describeInside).join(' OR ')
    case 'not':
      return `NOT ${describeInside(query.part)}`
    case 'near':
      return `${describeInside(query.left)} NEAR/${query.distance} ${describeInside(query.right)}`
    case 'phrase':
      return describePhrase(query.phrase)
    case 'field':
      return `${query.field}:${query.value}`
    case 'within':
      return `${query.field}:${describeInside(query.part)}`
  }
}

function describeInside(query: Query): string {
  const text = describe(query)
  return query.kind === 'and' || query.kind === 'or' || query.kind === 'near' ? `(${text})` : text
}

function describePhrase(phrase: Phrase): string {
  const text = phrase.words.length > 1 || phrase.slop !== null ? `"${phrase.typed}"` : phrase.typed
  return `${phrase.caseSensitive ? 'case:' : ''}${text}${phrase.slop === null ? '' : `~${phrase.slop}`}`
}

/** Whether some text without any of the query's words would match, as with `NOT lumen` alone: a mistake in a watch. */
export function matchesNothingInParticular(query: Query): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every(matchesNothingInParticular)
    case 'or':
      return query.parts.some(matchesNothingInParticular)
    case 'not':
      return true
    default:
      return false
  }
}
