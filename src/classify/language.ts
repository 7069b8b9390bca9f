import { Flag, mix, Token, type Tokens } from './tokens.ts'
import { wordMemory, wordPlaces } from './word-memory.ts'

/** Weights of the language identifier: one row of `languages.length` bytes for each bucket. */
export interface LanguageWeights {
  readonly languages: readonly string[]
  readonly bits: number
  readonly step: number
  readonly weights: Int8Array
}

export interface LanguageGuess {
  /** The best guess, however weak; null when nothing in the text is known. */
  readonly likely: string | null
  /** Probability of the best guess, 0 to 1. */
  readonly probability: number
  /** Words that were read. */
  readonly words: number
}

/** Enough to know; more costs time and adds nothing. */
const wordsRead = 24
/** The class of all languages that no training set has. */
export const anotherLanguage = 'xx'
const longestPiece = 4
const pieceLetters = 10
/** A source's claim counts as much as this many log-odds. */
const claimWeight = 2

export interface LanguageFeatures {
  count: number
  words: number
  /** Cyrillic letters that Bulgarian, the one such language with a training set, does not have. */
  foreignLetters: number
  readonly hash: Int32Array
}

export function languageFeatureBuffer(): LanguageFeatures {
  return {
    count: 0,
    words: 0,
    foreignLetters: 0,
    hash: new Int32Array(wordsRead * (pieceLetters + 2) * longestPiece),
  }
}

/** Whole words and pieces of one to four letters. Links, user names, tags and numbers have no language. */
export function extractLanguage(tokens: Tokens, out: LanguageFeatures): void {
  clear(out)
  for (let i = 0; i < tokens.count && out.words < wordsRead; i++)
    if (isSpoken(tokens, i)) addWord(tokens, i, out)
}

function clear(out: LanguageFeatures): void {
  out.count = 0
  out.words = 0
  out.foreignLetters = 0
}

function isSpoken(tokens: Tokens, i: number): boolean {
  return tokens.kind[i] === Token.word && ((tokens.flags[i] ?? 0) & Flag.hashtag) === 0
}

function addWord(tokens: Tokens, i: number, out: LanguageFeatures): void {
  const { letters } = tokens
  out.words++
  out.hash[out.count++] = tokens.hash[i] ?? 0
  const from = (tokens.from[i] ?? 1) - 1
  const to = Math.min((tokens.to[i] ?? 1) + 1, from + pieceLetters)
  for (let start = from; start < to; start++) {
    if (isForeignCyrillic(letters[start] ?? 0)) out.foreignLetters++
    let hash = 0x3c6ef372
    const stop = Math.min(start + longestPiece, to)
    for (let end = start; end < stop; end++) {
      hash = Math.imul(hash ^ (letters[end] ?? 0), 0x5bd1e995)
      if (end > start || letters[end] !== 0) out.hash[out.count++] = mix(hash ^ (hash >>> 15))
    }
  }
}

/** ы э (Russian, Belarusian), є і ї ґ (Ukrainian), ђ ј љ њ ћ џ (Serbian, Macedonian). */
function isForeignCyrillic(letter: number): boolean {
  if (letter < 0x44b || letter > 0x491) return false
  return letter === 0x44b || letter === 0x44d || letter === 0x491 || (letter >= 0x452 && letter <= 0x45f)
}

export type GuessLanguage = (claim: string | null) => LanguageGuess

/**
 * Makes the function that says which language the tokens look like. `claim` is what the source says: a hint, overruled by
 * the text. What the pieces of a word say is reckoned once and kept.
 */
export function languageGuesser(model: LanguageWeights, tokens: Tokens): GuessLanguage {
  const { languages, bits, step, weights } = model
  const size = languages.length
  const mask = (1 << bits) - 1
  const features = languageFeatureBuffer()
  const ofWord = new Int32Array(size)
  // What a word says for each language: at most some fifty pieces of at most 127 steps.
  const kept = new Int16Array(wordPlaces * size)
  const memory = wordMemory(tokens, (place, token) => {
    clear(features)
    addWord(tokens, token, features)
    ofWord.fill(0)
    for (let k = 0; k < features.count; k++) {
      const row = ((features.hash[k] ?? 0) & mask) * size
      for (let c = 0; c < size; c++) ofWord[c] = (ofWord[c] ?? 0) + (weights[row + c] ?? 0)
    }
    kept.set(ofWord, place * size)
    memory.numbers[memory.at(place)] = features.count
    memory.numbers[memory.at(place) + 1] = features.foreignLetters
  })
  const { numbers } = memory
  const sums = new Int32Array(size)

  return (claim) => {
    sums.fill(0)
    let count = 0
    let words = 0
    let foreign = 0
    for (let i = 0; i < tokens.count && words < wordsRead; i++) {
      if (!isSpoken(tokens, i)) continue
      words++
      const place = memory.place(i, 0)
      const at = memory.at(place)
      count += numbers[at] ?? 0
      foreign += numbers[at + 1] ?? 0
      const from = place * size
      for (let c = 0; c < size; c++) sums[c] = (sums[c] ?? 0) + (kept[from + c] ?? 0)
    }
    const scale = step * languageScale(count)
    const claimed = claim === null ? -1 : languages.indexOf(claim)
    // The claim in the units of the sums.
    if (claimed >= 0) sums[claimed] = (sums[claimed] ?? 0) + Math.round(claimWeight / scale)
    let best = 0
    for (let c = 1; c < size; c++) if ((sums[c] ?? 0) > (sums[best] ?? 0)) best = c
    const top = sums[best] ?? 0
    let odds = 0
    for (let c = 0; c < size; c++) odds += Math.exp(((sums[c] ?? 0) - top) * scale)
    const isKnown = count > 0 && (top > 0 || claimed === best)
    const isOther = languages[best] === anotherLanguage || (foreign > 0 && languages[best] === 'bg')
    const likely = isKnown && !isOther ? (languages[best] ?? null) : null
    return { likely, probability: 1 / odds, words }
  }
}

/** Long texts have more pieces, not more certainty in proportion. */
export function languageScale(count: number): number {
  return 1 / Math.sqrt(count + 8)
}
