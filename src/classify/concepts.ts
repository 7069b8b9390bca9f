import { mix, Token, type Tokens, tokenBuffer, tokenize } from './tokens.ts'
import { localSalt } from './words.ts'

/**
 * Words of seven languages that stand for one idea, as an open-addressed table: the same idea has the same features
 * in all of them, so what English texts teach helps the languages with few.
 */
export interface Concepts {
  /** Hashes of words, beginnings and expressions with their language; 0 is an empty slot. */
  readonly keys: Int32Array
  readonly values: Uint16Array
  /** How each idea feels, -4 to 4. */
  readonly feelings: Int8Array
}

/** What `markConcepts` found: for each token its idea (0 for none) and how many tokens its expression has. */
export interface ConceptMarks {
  readonly idea: Uint16Array
  readonly length: Uint8Array
}

const shortestBeginning = 2
const longestBeginning = 14
const longestExpression = 4
const beginningSalt = 0x2a2a
const columns = ['en', 'fr', 'nl', 'de', 'es', 'it', 'pt']
/** Emoticons and emoji mean the same everywhere. */
const everywhere = 0x7e7e

export function conceptMarks(size: number): ConceptMarks {
  return { idea: new Uint16Array(size), length: new Uint8Array(size) }
}

/** Finds the ideas of a text: the longest expression first, then the word, then its longest known beginning. */
export function markConcepts(
  tokens: Tokens,
  count: number,
  language: string | null,
  concepts: Concepts,
  out: ConceptMarks,
): void {
  const local = language === null ? 0 : localSalt(language)
  for (let i = 0; i < count; i++) {
    out.idea[i] = 0
    out.length[i] = 0
  }
  for (let i = 0; i < count; i++) {
    if (local === 0 || tokens.kind[i] !== Token.word) {
      if (isSign(tokens.kind[i] ?? 0)) out.idea[i] = find(concepts, (tokens.hash[i] ?? 0) ^ everywhere)
      if (out.idea[i] !== 0) out.length[i] = 1
      continue
    }
    const expression = findExpression(tokens, i, count, local, concepts)
    const idea = expression > 0 ? expression >>> 4 : findWord(tokens, i, local, concepts)
    if (idea === 0) continue
    const length = expression > 0 ? expression & 15 : 1
    out.idea[i] = idea
    out.length[i] = length
    for (let k = 1; k < length; k++) {
      out.idea[i + k] = 0
      out.length[i + k] = 0
    }
    i += length - 1
  }
}

/** The idea and, in the low four bits, the number of tokens; 0 for none. */
function findExpression(tokens: Tokens, i: number, count: number, local: number, concepts: Concepts): number {
  let hash = tokens.hash[i] ?? 0
  let found = 0
  const stop = Math.min(count, i + longestExpression)
  for (let k = i + 1; k < stop; k++) {
    hash = mix(Math.imul(hash, 31) ^ (tokens.hash[k] ?? 0))
    const idea = find(concepts, hash ^ local)
    if (idea !== 0) found = (idea << 4) | (k - i + 1)
  }
  return found
}

function findWord(tokens: Tokens, i: number, local: number, concepts: Concepts): number {
  const exact = find(concepts, (tokens.hash[i] ?? 0) ^ local)
  if (exact !== 0) return exact
  const { letters } = tokens
  const from = tokens.from[i] ?? 0
  const stop = Math.min(tokens.to[i] ?? 0, from + longestBeginning)
  let state = beginningSalt
  let found = 0
  for (let k = from; k < stop; k++) {
    state = Math.imul(state ^ (letters[k] ?? 0), 0x01000193)
    if (k - from + 1 < shortestBeginning) continue
    const idea = find(concepts, mix(state) ^ local)
    if (idea !== 0) found = idea
  }
  return found
}

function find(concepts: Concepts, key: number): number {
  const { keys, values } = concepts
  const mask = keys.length - 1
  for (let slot = key & mask; ; slot = (slot + 1) & mask) {
    const here = keys[slot] ?? 0
    if (here === 0) return 0
    if (here === key) return values[slot] ?? 0
  }
}

/** Reads the list of ideas (its form stands at its head). A word that stands twice keeps its first idea. */
export function buildConcepts(list: string): Concepts {
  const entries = new Map<number, number>()
  const feelings = [0]
  for (const line of list.split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue
    const [feeling = '0', ...cells] = line.split('|')
    feelings.push(Number(feeling))
    for (const [c, cell] of cells.entries()) {
      const language = columns[c]
      if (language === undefined || cell.trim() === '-') continue
      for (const word of cell.trim().split(/\s+/))
        addEntry(entries, word, localSalt(language), feelings.length - 1)
    }
  }
  let size = 1024
  while (size < entries.size * 2) size *= 2
  const keys = new Int32Array(size)
  const values = new Uint16Array(size)
  for (const [key, idea] of entries) {
    let slot = key & (size - 1)
    while (keys[slot] !== 0) slot = (slot + 1) & (size - 1)
    keys[slot] = key
    values[slot] = idea
  }
  return { keys, values, feelings: Int8Array.from(feelings) }
}

function isSign(kind: number): boolean {
  return kind === Token.punctuation || kind === Token.emoji
}

const scratch = tokenBuffer()

function addEntry(entries: Map<number, number>, word: string, local: number, idea: number): void {
  const isBeginning = word.endsWith('*')
  tokenize(isBeginning ? word.slice(0, -1) : word.replaceAll('_', ' '), scratch)
  const first = scratch.hash[0] ?? 0
  if (scratch.count === 0) return
  let key = first ^ local
  if (isBeginning && scratch.count === 1) key = mix(beginningState()) ^ local
  else if (scratch.count > 1) {
    let hash = first
    for (let k = 1; k < Math.min(scratch.count, longestExpression); k++)
      hash = mix(Math.imul(hash, 31) ^ (scratch.hash[k] ?? 0))
    key = hash ^ local
  } else if (isSign(scratch.kind[0] ?? 0)) key = first ^ everywhere
  if (key !== 0 && !entries.has(key)) entries.set(key, idea)
}

function beginningState(): number {
  let state = beginningSalt
  for (let k = scratch.from[0] ?? 0; k < (scratch.to[0] ?? 0); k++)
    state = Math.imul(state ^ (scratch.letters[k] ?? 0), 0x01000193)
  return state
}
