import { mix, Token, type Tokens } from './tokens.ts'

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
  out.count = 0
  out.words = 0
  out.foreignLetters = 0
  const { letters } = tokens
  for (let i = 0; i < tokens.count && out.words < wordsRead; i++) {
    if (tokens.kind[i] !== Token.word || (tokens.flags[i] ?? 0) & 4) continue
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
}

/** ы э (Russian, Belarusian), є і ї ґ (Ukrainian), ђ ј љ њ ћ џ (Serbian, Macedonian). */
function isForeignCyrillic(letter: number): boolean {
  if (letter < 0x44b || letter > 0x491) return false
  return letter === 0x44b || letter === 0x44d || letter === 0x491 || (letter >= 0x452 && letter <= 0x45f)
}

/** Sums of two lanes of 16 bits do not run over in so many steps of at most 255. */
const blockSize = 256

export type GuessLanguage = (features: LanguageFeatures, claim: string | null) => LanguageGuess

/**
 * Makes the function that says which language the features look like. `claim` is what the source says: a hint,
 * overruled by the text. The rows are kept two languages to a number: half the additions, the same sums.
 */
export function languageGuesser(model: LanguageWeights): GuessLanguage {
  const { languages, bits, step } = model
  const size = languages.length
  const lanes = (size + 1) >> 1
  const packed = packRows(model, lanes)
  const block = new Int32Array(lanes)
  const sums = new Int32Array(2 * lanes)
  const mask = (1 << bits) - 1

  return (features, claim) => {
    const { hash, count } = features
    sums.fill(0)
    for (let from = 0; from < count; from += blockSize)
      addBlock(hash, from, Math.min(count, from + blockSize))
    const scale = step * languageScale(count)
    const claimed = claim === null ? -1 : languages.indexOf(claim)
    // The claim in the units of the sums.
    if (claimed >= 0) sums[claimed] = (sums[claimed] ?? 0) + Math.round(claimWeight / scale)
    let best = 0
    for (let c = 1; c < size; c++) if ((sums[c] ?? 0) > (sums[best] ?? 0)) best = c
    const top = sums[best] ?? 0
    let total = 0
    for (let c = 0; c < size; c++) total += Math.exp(((sums[c] ?? 0) - top) * scale)
    const isKnown = count > 0 && (top > 0 || claimed === best)
    const isOther =
      languages[best] === anotherLanguage || (features.foreignLetters > 0 && languages[best] === 'bg')
    const likely = isKnown && !isOther ? (languages[best] ?? null) : null
    return { likely, probability: 1 / total, words: features.words }
  }

  function addBlock(hash: Int32Array, from: number, to: number): void {
    block.fill(0)
    for (let k = from; k < to; k++) {
      const row = ((hash[k] ?? 0) & mask) * lanes
      for (let lane = 0; lane < lanes; lane++) block[lane] = (block[lane] ?? 0) + (packed[row + lane] ?? 0)
    }
    const bias = 128 * (to - from)
    for (let lane = 0; lane < lanes; lane++) {
      const both = block[lane] ?? 0
      sums[2 * lane] = (sums[2 * lane] ?? 0) + (both & 0xffff) - bias
      sums[2 * lane + 1] = (sums[2 * lane + 1] ?? 0) + (both >>> 16) - bias
    }
  }
}

function packRows({ languages, bits, weights }: LanguageWeights, lanes: number): Int32Array {
  const size = languages.length
  const packed = new Int32Array(lanes << bits)
  for (let row = 0; row < 1 << bits; row++) {
    for (let lane = 0; lane < lanes; lane++) {
      const low = (weights[row * size + 2 * lane] ?? 0) + 128
      const high = 2 * lane + 1 < size ? (weights[row * size + 2 * lane + 1] ?? 0) + 128 : 128
      packed[row * lanes + lane] = low | (high << 16)
    }
  }
  return packed
}

/** Long texts have more pieces, not more certainty in proportion. */
export function languageScale(count: number): number {
  return 1 / Math.sqrt(count + 8)
}
