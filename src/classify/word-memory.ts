import { lettersRead, piecesFrom, piecesTo } from './features.ts'
import type { Tokens } from './tokens.ts'

/** Words kept: a power of two. Each has one place; a newcomer takes it. */
export const wordPlaces = 1 << 15
/** A place is 64 bytes, one cache line: hash, salt, size, three numbers of whoever asks, two letters a number. */
const firstNumber = 3
const firstLetters = 6
const placeNumbers = firstLetters + lettersRead / 2

export interface WordMemory {
  /** Of place p the numbers are `numbers[at(p)]` and the two behind it. */
  readonly numbers: Int32Array
  /** The place of a token (with a salt, for words that mean something else elsewhere). */
  place(token: number, salt: number): number
  at(place: number): number
}

/**
 * The same word has the same pieces wherever it stands, so what they come to is reckoned once and kept. When the word of
 * a token is not the one at its place, `reckon` is called to fill the place. Words are compared letter by letter, so that
 * no verdict depends on what was read before.
 */
export function wordMemory(
  tokens: Tokens,
  reckon: (place: number, token: number, salt: number) => void,
): WordMemory {
  const bytes = new ArrayBuffer(4 * placeNumbers * wordPlaces)
  const numbers = new Int32Array(bytes)
  const letters = new Uint16Array(bytes)

  function isKept(place: number, from: number, size: number, hash: number, salt: number): boolean {
    const at = place * placeNumbers
    if (numbers[at] !== hash || numbers[at + 1] !== salt || numbers[at + 2] !== size) return false
    const first = 2 * (at + firstLetters)
    for (let k = 0; k < size; k++) if (letters[first + k] !== tokens.letters[from + k]) return false
    return true
  }

  function keep(place: number, from: number, size: number, hash: number, salt: number): void {
    const at = place * placeNumbers
    numbers[at] = hash
    numbers[at + 1] = salt
    numbers[at + 2] = size
    const first = 2 * (at + firstLetters)
    for (let k = 0; k < size; k++) letters[first + k] = tokens.letters[from + k] ?? 0
  }

  return {
    numbers,
    at: (place) => place * placeNumbers + firstNumber,
    place(token, salt) {
      const hash = tokens.hash[token] ?? 0
      const place = (hash ^ salt) & (wordPlaces - 1)
      const from = piecesFrom(tokens, token)
      const size = piecesTo(tokens, token) - from
      if (!isKept(place, from, size, hash, salt)) {
        keep(place, from, size, hash, salt)
        reckon(place, token, salt)
      }
      return place
    },
  }
}
