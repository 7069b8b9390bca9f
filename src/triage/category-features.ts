import { mix } from '../classify/tokens.ts'
import { type Word, wordsOf } from '../domain/word.ts'
import { conceptsOf, negates } from './category-concepts.ts'
import { stemOf } from './category-stems.ts'

/** Hashed features of one text, reused from text to text. Feature k is `hash[k]`, caused by word `word[k]`. */
export interface CategoryFeatures {
  count: number
  words: readonly Word[]
  readonly hash: Int32Array
  readonly word: Uint16Array
  readonly family: Uint8Array
  /** What words gave that were read before. */
  readonly known: WordMemory
}

/** Families of features: each is brought to the same length before they are put together. */
export const Family = {
  word: 0,
  gram: 1,
  stem: 2,
  concept: 3,
  shape: 4,
  pair: 5,
  /** Two stems that stand apart: one or two words lie between. */
  apart: 6,
  /** Runs of signs: `?!`, `…`, `€`. */
  sign: 7,
} as const
export const familyCount = 8

/** The cause of a feature that no single word caused. */
export const noWord = 0xffff

export const maxFeatures = 1 << 15
/** A comment has said what it is about by then. */
const wordsRead = 400
const textRead = 6000
/** Pieces of 3 to 5 letters, three times as many, told no more. */
const gramLetters = 4
const lettersRead = 18
const signsRead = 100
const gapsRead = [2, 3]

/** The same words come again and again; beyond `mostKnown`, all are forgotten and read anew. */
export function categoryFeatureBuffer(mostKnown = 8_000): CategoryFeatures {
  return {
    count: 0,
    words: [],
    hash: new Int32Array(maxFeatures),
    word: new Uint16Array(maxFeatures),
    family: new Uint8Array(maxFeatures),
    known: { most: mostKnown, byLanguage: new Map() },
  }
}

/** Everything the category model looks at in a text. Training and choosing both call this. */
export function readFeatures(text: string, claimed: string | null, out: CategoryFeatures): void {
  out.count = 0
  const words = wordsOf(text.slice(0, textRead)).slice(0, wordsRead)
  const language = claimed ?? likelyLanguage(words)
  out.words = words
  const memory = memoryFor(language, out.known)
  let before = 0x1f0a
  const stems: number[] = [0x2e11]
  let denied = -10
  const concepts: number[] = []
  for (const [i, { folded }] of words.entries()) {
    const known = knownWord(folded, language, memory)
    add(out, Family.word, known.hash, i)
    add(out, Family.word, joined(before, known.hash), i)
    add(out, Family.stem, known.stem, i)
    add(out, Family.stem, joined(stems.at(-1) ?? 0, known.stem), i)
    for (const gap of gapsRead) {
      const earlier = i - gap < 0 ? undefined : stems.at(-gap)
      if (earlier !== undefined) add(out, Family.apart, joined(earlier, known.stem) ^ gap, i)
    }
    if (i - denied <= 3) add(out, Family.stem, known.stem ^ 0x6e6f74, i)
    for (const gram of known.grams) add(out, Family.gram, gram, i)
    for (const concept of known.concepts) {
      if (!onlyInPairs.has(concept))
        add(out, Family.concept, i - denied <= 3 ? concept ^ 0x6e6f74 : concept, i)
      if (!concepts.includes(concept)) concepts.push(concept)
    }
    if (negates(folded)) denied = i
    before = known.hash
    stems.push(known.stem)
  }
  addPairs(concepts, out)
  addSigns(text.slice(0, textRead), out)
  addShape(text, words, out)
}

/** Who speaks, and of whom, says something only beside what is said of them. */
const onlyInPairs = new Set(['me', 'you', 'they'].map(hashOf))

/** What a word gives by itself, the same wherever it stands. */
interface KnownWord {
  readonly hash: number
  readonly stem: number
  readonly grams: Int32Array
  readonly concepts: Int32Array
}

interface WordMemory {
  readonly most: number
  readonly byLanguage: Map<string | null, Map<string, KnownWord>>
}

function memoryFor(language: string | null, { most, byLanguage }: WordMemory): Map<string, KnownWord> {
  let size = 0
  for (const memory of byLanguage.values()) size += memory.size
  if (size > most) byLanguage.clear()
  const memory = byLanguage.get(language) ?? new Map<string, KnownWord>()
  byLanguage.set(language, memory)
  return memory
}

function knownWord(folded: string, language: string | null, memory: Map<string, KnownWord>): KnownWord {
  const seen = memory.get(folded)
  if (seen !== undefined) return seen
  const plain = plainForm(folded, language)
  const known = {
    hash: hashOf(folded),
    stem: hashOf(stemOf(plain, language)),
    grams: gramsOf(folded),
    concepts: Int32Array.from(conceptsOf(plain, language), hashOf),
  }
  memory.set(folded, known)
  return known
}

/** As it would be spelt with care: `nuuul` is `nul`, `jconnais` is `connais`; no French word begins with j and a consonant. */
function plainForm(folded: string, language: string | null): string {
  const calm = folded.replace(/(\p{L})\1{2,}/gu, '$1')
  return language === 'fr' ? calm.replace(/^j(?=[b-df-hk-np-tv-xz])/, '') : calm
}

const frenchWords = new Set(
  'le la les des du un une et est pas je vous que qui dans pour sur en au ce il elle on nous c d l j n'.split(
    ' ',
  ),
)
const englishWords = new Set(
  'the a an and is are was to of in it you i for on that this with at they my we be not s t'.split(' '),
)

/** Which of the two we have examples in; null when the little words do not tell. */
function likelyLanguage(words: readonly Word[]): string | null {
  let balance = 0
  for (const { folded } of words) {
    if (frenchWords.has(folded)) balance++
    if (englishWords.has(folded)) balance--
  }
  return balance === 0 ? null : balance > 0 ? 'fr' : 'en'
}

function add(out: CategoryFeatures, family: number, hash: number, word: number): void {
  const k = out.count
  if (k >= maxFeatures) return
  out.hash[k] = mix(hash ^ Math.imul(family + 1, 0x9e3779b1))
  out.word[k] = word
  out.family[k] = family
  out.count = k + 1
}

function joined(one: number, other: number): number {
  return Math.imul(one, 0x2c1b3c6d) ^ other
}

/** FNV-1a over UTF-16 units. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** Pieces of the word with its edges: they know endings and compounds, and forgive misspellings. */
function gramsOf(folded: string): Int32Array {
  const letters = ` ${folded.slice(0, lettersRead)} `
  const grams = new Int32Array(Math.max(0, letters.length - gramLetters + 1))
  for (let start = 0; start < grams.length; start++)
    grams[start] = hashOf(letters.slice(start, start + gramLetters))
  return grams
}

/** Which concepts stand in one text together. */
function addPairs(concepts: readonly number[], out: CategoryFeatures): void {
  for (const one of concepts)
    for (const other of concepts) if (one < other) add(out, Family.pair, joined(one, other), noWord)
}

function addSigns(text: string, out: CategoryFeatures): void {
  let count = 0
  for (const [run] of text.matchAll(/[^\p{L}\p{N}\s]+/gu)) {
    if (++count > signsRead) return
    add(out, Family.sign, hashOf(run.slice(0, 8)), noWord)
  }
}

function addShape(text: string, words: readonly Word[], out: CategoryFeatures): void {
  const shape = (name: string) => add(out, Family.shape, hashOf(name), noWord)
  shape(`length ${Math.min(10, Math.floor(Math.log2(words.length + 1) * 2))}`)
  const capitals = countOf(text, /\b\p{Lu}{3,}\b/gu)
  shape(`capitals ${Math.min(3, capitals)}`)
  shape(`questions ${Math.min(2, countOf(text, /\?/g))}`)
  shape(`exclamations ${Math.min(3, countOf(text, /!/g))}`)
  shape(`emoji ${Math.min(3, countOf(text, /\p{Extended_Pictographic}/gu))}`)
  shape(`numbers ${Math.min(3, countOf(text, /\d+/g))}`)
  shape(`names ${Math.min(3, countOf(text, /[^.!?…\s] \p{Lu}\p{Ll}/gu))}`)
  if (/[€£$]|\b(?:euros?|pounds?|quid|balles)\b/i.test(text)) shape('money')
  if (/["«“]/.test(text)) shape('quotes')
  if (/@\w|#\w/.test(text)) shape('tag')
  if (/\b\d{1,2}\s?(?:h|am|pm|:)\s?\d{0,2}\b/i.test(text)) shape('hour')
  if (/^\p{Ll}/u.test(text)) shape('begins lower')
  if (!/[.!?…]\s*$/.test(text)) shape('ends open')
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0
  for (const _ of text.matchAll(pattern)) if (++count >= 12) break
  return count
}
