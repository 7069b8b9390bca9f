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

const sums = new Int32Array(64)

/** Says which language the features look like. `claim` is what the source says: a hint, overruled by the text. */
export function guessLanguage(
  features: LanguageFeatures,
  model: LanguageWeights,
  claim: string | null,
): LanguageGuess {
  const size = model.languages.length
  sums.fill(0, 0, size)
  const { hash, count } = features
  const { weights } = model
  const mask = (1 << model.bits) - 1
  for (let k = 0; k < count; k++) {
    const row = ((hash[k] ?? 0) & mask) * size
    for (let c = 0; c < size; c++) sums[c] = (sums[c] ?? 0) + (weights[row + c] ?? 0)
  }
  const scale = model.step * languageScale(count)
  const claimed = claim === null ? -1 : model.languages.indexOf(claim)
  // The claim in the units of the sums.
  if (claimed >= 0) sums[claimed] = (sums[claimed] ?? 0) + Math.round(claimWeight / scale)
  let best = 0
  for (let c = 1; c < size; c++) if ((sums[c] ?? 0) > (sums[best] ?? 0)) best = c
  const top = sums[best] ?? 0
  let total = 0
  for (let c = 0; c < size; c++) total += Math.exp(((sums[c] ?? 0) - top) * scale)
  const known = features.count > 0 && (top > 0 || claimed === best)
  const name =
    known && !(features.foreignLetters > 0 && model.languages[best] === 'bg')
      ? model.languages[best]
      : undefined
  return {
    likely: name === undefined || name === anotherLanguage ? null : name,
    probability: 1 / total,
    words: features.words,
  }
}

/** Long texts have more pieces, not more certainty in proportion. */
export function languageScale(count: number): number {
  return 1 / Math.sqrt(count + 8)
}
