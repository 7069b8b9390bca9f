import {
  addPieces,
  type Features,
  featureBuffer,
  lettersRead,
  type OnPieces,
  piecesFrom,
  piecesTo,
} from './features.ts'
import type { Tokens } from './tokens.ts'

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

/** Words kept: a power of two. Each has one place; a newcomer takes it. */
const places = 8192

/**
 * Five of six features of a text are pieces of its words, and the same word has the same pieces wherever it stands:
 * their sum is reckoned once (by `sum`) and kept. Words are compared letter by letter, so that no verdict depends on what
 * was read before. Answers the function that adds the pieces of one of the tokens to its sums.
 */
export function pieceMemory(
  tokens: Tokens,
  to: TokenSums,
  sum: (pieces: Features, to: TokenSums) => void,
): OnPieces {
  const pieces = featureBuffer(4 * lettersRead * lettersRead)
  const letters = new Uint16Array(places * lettersRead)
  const sizes = new Uint8Array(places)
  const locals = new Int32Array(places)
  const kept = tokenSums(places)

  function isKept(place: number, from: number, size: number, local: number): boolean {
    if (sizes[place] !== size || locals[place] !== local) return false
    const at = place * lettersRead
    for (let k = 0; k < size; k++) if (letters[at + k] !== tokens.letters[from + k]) return false
    return true
  }

  function keep(place: number, from: number, size: number, token: number, local: number): void {
    for (let k = 0; k < size; k++) letters[place * lettersRead + k] = tokens.letters[from + k] ?? 0
    sizes[place] = size
    locals[place] = local
    kept.count[place] = 0
    kept.negative[place] = 0
    kept.positive[place] = 0
    pieces.count = 0
    addPieces(tokens, token, local, pieces)
    pieces.token.fill(place, 0, pieces.count)
    sum(pieces, kept)
  }

  return (token, local) => {
    const place = ((tokens.hash[token] ?? 0) ^ local) & (places - 1)
    const from = piecesFrom(tokens, token)
    const size = piecesTo(tokens, token) - from
    if (!isKept(place, from, size, local)) keep(place, from, size, token, local)
    to.count[token] = (to.count[token] ?? 0) + (kept.count[place] ?? 0)
    to.negative[token] = (to.negative[token] ?? 0) + (kept.negative[place] ?? 0)
    to.positive[token] = (to.positive[token] ?? 0) + (kept.positive[place] ?? 0)
  }
}
