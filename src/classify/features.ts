import { type Concepts, conceptMarks, markConcepts } from './concepts.ts'
import { Flag, isAddressed, mix, Token, type Tokens } from './tokens.ts'
import { localSalt, negatorsOf, turnsOf } from './words.ts'

/** Hashed features of one text, reused from text to text. Feature k is `hash[k]`, caused by token `token[k]`. */
export interface Features {
  count: number
  /** Full 32-bit hashes; a model keeps as many bits as it has buckets. */
  readonly hash: Int32Array
  readonly token: Uint16Array
  readonly group: Uint8Array
}

/** Families of features; the trainer can weigh them and leave some out. */
export const Group = {
  bias: 0,
  word: 1,
  localWord: 2,
  pair: 3,
  triple: 4,
  skip: 5,
  negated: 6,
  gram: 7,
  localGram: 8,
  written: 9,
  shape: 10,
  turned: 11,
  edge: 12,
  idea: 13,
  feeling: 14,
  mood: 15,
  ideaPair: 16,
  addressed: 17,
} as const

/** Tokens that are read; beyond, a text has said what it thinks. */
export const maxRead = 4000
const longestPiece = 6
/** Letters of a word that its pieces are made of, boundaries included. */
export const lettersRead = 20
const negationScope = 4
/**
 * A post that begins with a user's name speaks to somebody, mostly a customer to a company: what it says counts once as
 * for all texts and once more as for such posts (Daumé III, 2007, "Frustratingly easy domain adaptation").
 */
const addressedSalt = 0x61646472

export function featureBuffer(size = 1 << 18): Features {
  return {
    count: 0,
    hash: new Int32Array(size),
    token: new Uint16Array(size),
    group: new Uint8Array(size),
  }
}

const marks = conceptMarks(maxRead + 8)

/** Told of each token whose pieces count, with the salt of its language. */
export type OnPieces = (token: number, local: number) => void

/**
 * Everything the model looks at. Training and inference both call this, so they cannot drift apart. With `onPieces` the
 * pieces of words are not listed but left to it: the same word has the same ones wherever it stands (see pieces.ts).
 */
export function extract(
  tokens: Tokens,
  language: string | null,
  concepts: Concepts,
  out: Features,
  onPieces: OnPieces = (i, local) => addPieces(tokens, i, local, out),
): void {
  out.count = 0
  const local = language === null ? 0 : localSalt(language)
  const count = Math.min(tokens.count, maxRead)
  const words = addShape(tokens, count, local, out)
  markConcepts(tokens, count, language, concepts, marks)
  const { idea: ideas, length: lengths } = marks
  const { feelings } = concepts
  // Negators inside an expression ("pas mal") negate nothing behind it.
  let expressionEnd = 0
  let good = 0
  let bad = 0
  let lastIdea = 0
  let lastAt = -9
  let lastFeeling = 0
  const toSomebody = isAddressed(tokens)
  // Only in English are there enough of them to know every piece of a word apart.
  const ofPieces = toSomebody && language === 'en' ? mix(local ^ addressedSalt) : local
  const turn = lastTurn(tokens, count, language)
  const negators = negatorsOf(language)
  let scope = 0
  let before = 0x1f0a
  let before2 = 0x2e11
  for (let i = 0; i < count; i++) {
    const hash = tokens.hash[i] ?? 0
    const kind = tokens.kind[i] ?? 0
    if (kind === Token.punctuation) scope = 0
    const isWord = kind === Token.word
    const idea = ideas[i] ?? 0
    if (idea !== 0 && (lengths[i] ?? 0) > 1) expressionEnd = i + (lengths[i] ?? 0)
    // Inside an expression words do not mean what they mean alone: "pas mal" is neither "pas" nor "mal".
    const isAlone = i >= expressionEnd
    if (isAlone) add(out, Group.word, hash, i)
    if (isAlone && local !== 0 && isWord) add(out, Group.localWord, mix(hash ^ local), i)
    const pair = Math.imul(before, 0x2c1b3c6d) ^ hash
    const skip = Math.imul(before2, 0x2c1b3c6d) ^ hash ^ 0x1234567
    add(out, Group.pair, mix(pair + 0x51), i)
    add(
      out,
      Group.triple,
      mix(Math.imul(Math.imul(before2, 0x297a2d39) ^ before, 0x2c1b3c6d) ^ hash ^ 0x77),
      i,
    )
    add(out, Group.skip, mix(skip), i)
    if (toSomebody) {
      if (isAlone) add(out, Group.addressed, mix(hash ^ addressedSalt), i)
      add(out, Group.addressed, mix((pair + 0x51) ^ addressedSalt), i)
      add(out, Group.addressed, mix(skip ^ addressedSalt), i)
      if (scope > 0) add(out, Group.addressed, mix(hash ^ 0x6e6f74 ^ addressedSalt), i)
    }
    if (i > turn && turn >= 0) add(out, Group.turned, mix(hash ^ 0x627574), i)
    if (idea !== 0) {
      const feeling = feelings[idea] ?? 0
      const turned = scope > 0 ? 1 : 0
      const meant = 0x1dea0000 + idea * 2 + turned
      add(out, Group.idea, mix(meant), i)
      if (toSomebody) add(out, Group.addressed, mix(meant ^ addressedSalt), i)
      if (i - lastAt <= 3) add(out, Group.ideaPair, mix(mix(0x1deb0000 + lastIdea * 2 + turned) ^ idea), i)
      if (feeling !== 0) {
        add(out, Group.feeling, mix(0x1dec0000 + (feeling + 4) * 2 + turned), i)
        if (feeling > 0 === (turned === 0)) good++
        else bad++
        lastFeeling = turned === 0 ? Math.sign(feeling) : -Math.sign(feeling)
      }
      lastIdea = idea
      lastAt = i
    }
    if (scope > 0) {
      if (isAlone) add(out, Group.negated, mix(hash ^ 0x6e6f74), i)
      scope--
    }
    if (isWord) addWritten(tokens, i, hash, out)
    if (isWord && isAlone && negators.has(hash)) scope = negationScope
    if (isAlone && (isWord || kind === Token.punctuation)) onPieces(i, ofPieces)
    before2 = before
    before = hash
  }
  const mood = Math.min(4, good) * 64 + Math.min(4, bad) * 8 + lastFeeling + 1
  if (toSomebody) {
    add(out, Group.mood, mix((0x1ded0000 + mood) ^ addressedSalt), 0)
    add(out, Group.bias, mix(0x0b1a5 ^ addressedSalt), 0)
  }
  // Emoji alone say it all; beside words they only help.
  add(out, Group.mood, mix((words === 0 ? 0x1dee0000 : 0x1ded0000) + mood), 0)
  if (count > 0) {
    add(out, Group.edge, mix((tokens.hash[0] ?? 0) ^ 0x66697273), 0)
    add(out, Group.edge, mix((tokens.hash[count - 1] ?? 0) ^ 0x6c617374), count - 1)
  }
}

/** Twice as many features are not twice as much certainty. */
export function lengthScale(count: number, power: number): number {
  return (100 / (count + 20)) ** power
}

function add(out: Features, group: number, hash: number, token: number): void {
  const k = out.count
  if (k >= out.hash.length) return
  out.hash[k] = hash
  out.token[k] = token
  out.group[k] = group
  out.count = k + 1
}

/** Lists the pieces of a word, its boundaries included: they know endings, compounds, and misspelt words. */
export function addPieces(tokens: Tokens, i: number, local: number, out: Features): void {
  const { letters } = tokens
  const from = piecesFrom(tokens, i)
  const to = piecesTo(tokens, i)
  for (let start = from; start < to - 1; start++) {
    let hash = Math.imul(0x9747b28c ^ (letters[start] ?? 0), 0x5bd1e995)
    const stop = Math.min(start + longestPiece, to)
    for (let end = start + 1; end < stop; end++) {
      hash = Math.imul(hash ^ (letters[end] ?? 0), 0x5bd1e995)
      const spread = hash ^ (hash >>> 15)
      add(out, Group.gram, mix(spread), i)
      if (local !== 0) add(out, Group.localGram, mix(spread ^ local), i)
    }
  }
}

/** Where in `letters` the pieces of a token begin: with the boundary before it. */
export function piecesFrom(tokens: Tokens, i: number): number {
  return (tokens.from[i] ?? 1) - 1
}

/** Behind its last letter that is read: the boundary after it, unless the word is long. */
export function piecesTo(tokens: Tokens, i: number): number {
  return Math.min((tokens.to[i] ?? 1) + 1, piecesFrom(tokens, i) + lettersRead)
}

function addWritten(tokens: Tokens, i: number, hash: number, out: Features): void {
  const flags = tokens.flags[i] ?? 0
  if (flags & Flag.capitals) add(out, Group.written, mix(hash ^ 0x43415053), i)
  if (flags & Flag.stretched) add(out, Group.written, mix(hash ^ 0x4c4f4e47), i)
  if (flags & Flag.hashtag) add(out, Group.written, mix(hash ^ 0x23), i)
}

function addShape(tokens: Tokens, count: number, local: number, out: Features): number {
  let words = 0
  let capitals = 0
  let stretched = 0
  let users = 0
  let links = 0
  let tags = 0
  let emoji = 0
  let numbers = 0
  for (let i = 0; i < count; i++) {
    const kind = tokens.kind[i]
    const flags = tokens.flags[i] ?? 0
    if (kind === Token.word) words++
    else if (kind === Token.user) users++
    else if (kind === Token.link) links++
    else if (kind === Token.emoji) emoji++
    else if (kind === Token.number) numbers++
    if (flags & Flag.capitals) capitals++
    if (flags & Flag.stretched) stretched++
    if (flags & Flag.hashtag) tags++
  }
  add(out, Group.bias, 0x0b1a5, 0)
  if (local !== 0) add(out, Group.bias, mix(0x0b1a5 ^ local), 0)
  addCount(out, 1, Math.min(12, Math.floor(Math.log2(words + 1) * 2)), local)
  addCount(out, 2, Math.min(3, capitals), 0)
  addCount(out, 3, Math.min(2, stretched), 0)
  addCount(out, 4, Math.min(2, users), local)
  addCount(out, 5, Math.min(2, links), local)
  addCount(out, 6, Math.min(3, tags), local)
  addCount(out, 7, Math.min(3, emoji), 0)
  addCount(out, 8, Math.min(2, numbers), local)
  return words
}

function addCount(out: Features, what: number, value: number, local: number): void {
  add(out, Group.shape, mix(what * 64 + value + 0x5a0000), 0)
  if (local !== 0) add(out, Group.shape, mix((what * 64 + value + 0x5a0000) ^ local), 0)
}

function lastTurn(tokens: Tokens, count: number, language: string | null): number {
  const turns = turnsOf(language)
  for (let i = count - 2; i > 0; i--) if (turns.has(tokens.hash[i] ?? 0)) return i
  return -1
}
