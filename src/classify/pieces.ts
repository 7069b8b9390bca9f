import { addPieces, type Features, featureBuffer, lettersRead, type OnPieces } from './features.ts'
import type { Tokens } from './tokens.ts'
import { wordMemory } from './word-memory.ts'

/** What the features of each token of a text say together, in steps of the model: whole numbers, so sums are exact. */
export interface TokenSums {
  /** How many features it has. */
  readonly count: Int32Array
  readonly negative: Int32Array
  readonly positive: Int32Array
}

export function tokenSums(size: number): TokenSums {
  return { count: new Int32Array(size), negative: new Int32Array(size), positive: new Int32Array(size) }
}

export function clearSums({ count, negative, positive }: TokenSums, size: number): void {
  count.fill(0, 0, size)
  negative.fill(0, 0, size)
  positive.fill(0, 0, size)
}

/**
 * Five of six features of a text are pieces of its words: their sum is reckoned once for each word (by `sum`) and kept.
 * Answers the function that adds the pieces of one of the tokens to its sums.
 */
export function pieceMemory(
  tokens: Tokens,
  to: TokenSums,
  sum: (pieces: Features, to: TokenSums) => void,
): OnPieces {
  const pieces = featureBuffer(4 * lettersRead * lettersRead)
  const ofWord = tokenSums(1)
  const memory = wordMemory(tokens, (place, token, local) => {
    clearSums(ofWord, 1)
    pieces.count = 0
    addPieces(tokens, token, local, pieces)
    pieces.token.fill(0, 0, pieces.count)
    sum(pieces, ofWord)
    const at = memory.at(place)
    memory.numbers[at] = ofWord.count[0] ?? 0
    memory.numbers[at + 1] = ofWord.negative[0] ?? 0
    memory.numbers[at + 2] = ofWord.positive[0] ?? 0
  })
  const { numbers } = memory

  return (token, local) => {
    const at = memory.at(memory.place(token, local))
    to.count[token] = (to.count[token] ?? 0) + (numbers[at] ?? 0)
    to.negative[token] = (to.negative[token] ?? 0) + (numbers[at + 1] ?? 0)
    to.positive[token] = (to.positive[token] ?? 0) + (numbers[at + 2] ?? 0)
  }
}
