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
const wordsRead = 48
const longestPiece = 4
const pieceLetters = 12
/** A source's claim counts as much as this many log-odds. */
const claimWeight = 2

export interface LanguageFeatures {
  count: number
  words: number
  readonly hash: Int32Array
}

export function languageFeatureBuffer(): LanguageFeatures {
  return { count: 0, words: 0, hash: new Int32Array(wordsRead * (pieceLetters + 2) * longestPiece) }
}

/** Whole words and pieces of one to four letters. Links, user names, tags and numbers have no language. */
export function extractLanguage(tokens: Tokens, out: LanguageFeatures): void {
  out.count = 0
  out.words = 0
  const { letters } = tokens
  for (let i = 0; i < tokens.count && out.words < wordsRead; i++) {
    if (tokens.kind[i] !== Token.word || (tokens.flags[i] ?? 0) & 4) continue
    out.words++
    out.hash[out.count++] = tokens.hash[i] ?? 0
    const from = (tokens.from[i] ?? 1) - 1
    const to = Math.min((tokens.to[i] ?? 1) + 1, from + pieceLetters)
    for (let start = from; start < to; start++) {
      let hash = 0x3c6ef372
      const stop = Math.min(start + longestPiece, to)
      for (let end = start; end < stop; end++) {
        hash = Math.imul(hash ^ (letters[end] ?? 0), 0x5bd1e995)
        if (end > start || letters[end] !== 0) out.hash[out.count++] = mix(hash ^ (hash >>> 15))
      }
    }
  }
}

/** Says which language the features look like. `claim` is what the source says: a hint, overruled by the text. */
export function guessLanguage(
  features: LanguageFeatures,
  model: LanguageWeights,
  claim: string | null,
): LanguageGuess {
  const size = model.languages.length
  const sums = new Float64Array(size)
  const mask = (1 << model.bits) - 1
  for (let k = 0; k < features.count; k++) {
    const row = ((features.hash[k] ?? 0) & mask) * size
    for (let c = 0; c < size; c++) sums[c] = (sums[c] ?? 0) + (model.weights[row + c] ?? 0)
  }
  const scale = model.step * languageScale(features.count)
  const claimed = claim === null ? -1 : model.languages.indexOf(claim)
  let best = 0
  for (let c = 0; c < size; c++) {
    sums[c] = (sums[c] ?? 0) * scale + (c === claimed ? claimWeight : 0)
    if ((sums[c] ?? 0) > (sums[best] ?? 0)) best = c
  }
  const top = sums[best] ?? 0
  let total = 0
  for (let c = 0; c < size; c++) total += Math.exp((sums[c] ?? 0) - top)
  const known = features.count > 0 && (top > 0 || claimed === best)
  return {
    likely: known ? (model.languages[best] ?? null) : null,
    probability: 1 / total,
    words: features.words,
  }
}

/** Long texts have more pieces, not more certainty in proportion. */
export function languageScale(count: number): number {
  return 1 / Math.sqrt(count + 8)
}
