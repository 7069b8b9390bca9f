import { fold, isCapital, Kind, kindOf } from './letters.ts'

/** What a token is. */
export const Token = { word: 1, number: 2, punctuation: 3, emoji: 4, user: 5, link: 6 } as const
/** What is special about how it was written. */
export const Flag = { capitals: 1, stretched: 2, hashtag: 4, title: 8 } as const

/**
 * The tokens of one text, as parallel arrays that are reused from text to text (no allocation for each token).
 * `letters` holds the folded letters of all tokens one after the other, each between two zeros.
 */
export interface Tokens {
  count: number
  readonly kind: Uint8Array
  readonly flags: Uint8Array
  /** Identity of the folded form. */
  readonly hash: Int32Array
  /** Where it stands in the original text, in UTF-16 code units. */
  readonly start: Int32Array
  readonly end: Int32Array
  /** Where its folded letters stand in `letters`. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly letters: Uint16Array
}

/** More is not read: a text is judged on its first tokens and on what surrounds the name. */
export const maxTokens = 4096
const maxLetters = 65_536
const maxWord = 40
const maxRun = 12

export function tokenBuffer(): Tokens {
  return {
    count: 0,
    kind: new Uint8Array(maxTokens),
    flags: new Uint8Array(maxTokens),
    hash: new Int32Array(maxTokens),
    start: new Int32Array(maxTokens),
    end: new Int32Array(maxTokens),
    from: new Int32Array(maxTokens),
    to: new Int32Array(maxTokens),
    letters: new Uint16Array(maxLetters),
  }
}

/** Whether a text begins with a user's name and goes on: it is said to somebody. */
export function isAddressed({ count, kind }: Tokens): boolean {
  return count > 1 && kind[0] === Token.user
}

/** Cuts a text into words, numbers, punctuation runs, emoji, user names and links. One pass, whatever the text. */
export function tokenize(text: string, out: Tokens): void {
  out.count = 0
  let used = 1
  let at = 0
  const length = text.length
  while (at < length && out.count < maxTokens - 2 && used < maxLetters - 2 * maxWord - 8) {
    const unit = text.charCodeAt(at)
    const kind = kindOf(unit)
    if (kind === Kind.space || kind === Kind.skipped) at++
    else if (kind === Kind.letter) at = readWord(text, at, out, 0)
    else if (kind === Kind.digit) at = readNumber(text, at, out)
    else if (kind === Kind.symbol) at = readSymbol(text, at, out)
    else at = readPunctuation(text, at, out)
    used = out.count > 0 ? (out.to[out.count - 1] ?? 0) + 1 : 1
  }
}

function readWord(text: string, start: number, out: Tokens, flags: number): number {
  if (isLink(text, start)) return readLink(text, start, out)
  const { letters } = out
  const from = nextFree(out)
  let to = from
  let at = start
  let capitals = 0
  let lower = 0
  let run = 0
  let stretched = 0
  let previous = -1
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const kind = kindOf(unit)
    if (kind === Kind.skipped) continue
    if (kind !== Kind.letter && kind !== Kind.digit && unit !== 95) break
    // A hashtag written #LikeThis is also its words.
    if (flags & Flag.hashtag && lower > 0 && isCapital(unit)) break
    if (isCapital(unit)) capitals++
    else if (kind === Kind.letter) lower++
    const folded = fold(unit)
    run = folded === previous ? run + 1 : 1
    previous = folded
    if (run > 2 && kind === Kind.letter) {
      stretched = Flag.stretched
      continue
    }
    if (to - from < maxWord) letters[to++] = folded
  }
  if (capitals > 1 && lower === 0) flags |= Flag.capitals
  else if (capitals > 0) flags |= Flag.title
  flags |= stretched
  const next = text.charCodeAt(at)
  if (fold(next) === 39 && at + 1 < text.length && kindOf(text.charCodeAt(at + 1)) === Kind.letter) {
    return readApostrophe(text, start, at, from, to, flags, out)
  }
  push(out, Token.word, flags, start, at, from, to)
  return at
}

/** `don't` is `do` and `n't`; `it's` is `it` and `'s`; `l'hôtel` is `l'` and `hotel`. */
function readApostrophe(
  text: string,
  start: number,
  quote: number,
  from: number,
  to: number,
  flags: number,
  out: Tokens,
): number {
  const { letters } = out
  let end = quote + 1
  while (end < text.length && kindOf(text.charCodeAt(end)) === Kind.letter) end++
  const first = fold(text.charCodeAt(quote + 1))
  const size = end - quote - 1
  if (size === 1 && first === 116 && letters[to - 1] === 110) {
    if (to - 1 > from) {
      push(out, Token.word, flags, start, quote - 1, from, to - 1)
      from = nextFree(out)
    }
    letters[from] = 110
    letters[from + 1] = 39
    letters[from + 2] = 116
    push(out, Token.word, flags & Flag.capitals, quote - 1, end, from, from + 3)
    return end
  }
  const isEnglishEnding =
    (size === 1 && (first === 115 || first === 109 || first === 100)) ||
    (size === 2 && (first === 114 || first === 118 || first === 108))
  if (isEnglishEnding && to > from) {
    push(out, Token.word, flags, start, quote, from, to)
    const begin = nextFree(out)
    letters[begin] = 39
    letters[begin + 1] = first
    push(out, Token.word, 0, quote, end, begin, begin + 2)
    return end
  }
  if (to - from < maxWord) letters[to++] = 39
  push(out, Token.word, flags, start, quote + 1, from, to)
  return quote + 1
}

/** Numbers keep their shape, not their value. */
function readNumber(text: string, start: number, out: Tokens): number {
  const from = nextFree(out)
  let to = from
  let at = start
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const kind = kindOf(unit)
    if (kind === Kind.letter) break
    const isInside = (unit === 44 || unit === 46) && kindOf(text.charCodeAt(at + 1)) === Kind.digit
    if (kind !== Kind.digit && !isInside) break
    if (to - from < maxRun) out.letters[to++] = isInside ? unit : 48
  }
  push(out, Token.number, 0, start, at, from, to)
  return at
}

function readSymbol(text: string, start: number, out: Tokens): number {
  const { letters } = out
  const unit = text.charCodeAt(start)
  const low = unit >= 0xd800 && unit < 0xdc00 ? text.charCodeAt(start + 1) : 0
  const size = low >= 0xdc00 && low < 0xe000 ? 2 : 1
  // Skin tones say nothing about the opinion.
  if (unit === 0xd83c && low >= 0xdffb && low <= 0xdfff) return start + size
  const from = nextFree(out)
  letters[from] = unit
  if (size === 2) letters[from + 1] = low
  push(out, Token.emoji, 0, start, start + size, from, from + size)
  return start + size
}

function readPunctuation(text: string, start: number, out: Tokens): number {
  const unit = text.charCodeAt(start)
  const next = text.charCodeAt(start + 1)
  if (unit === 64 && isWordUnit(next)) return readUser(text, start, out)
  if (unit === 35 && isWordUnit(next) && kindOf(next) === Kind.letter) return readHashtag(text, start, out)
  const from = nextFree(out)
  let to = from
  let at = start
  let run = 0
  let previous = -1
  let stretched = 0
  for (; at < text.length; at++) {
    const here = text.charCodeAt(at)
    const kind = kindOf(here)
    if (kind === Kind.skipped) continue
    if (kind !== Kind.punctuation) break
    const after = text.charCodeAt(at + 1)
    if (at > start && (here === 64 || here === 35) && isWordUnit(after)) break
    const folded = fold(here)
    run = folded === previous ? run + 1 : 1
    previous = folded
    if (run > 3) {
      stretched = Flag.stretched
      continue
    }
    if (to - from < maxRun) out.letters[to++] = folded
  }
  at = takeMouth(text, at, out, to, from)
  const grown = out.letters[to] !== 0 && at > start && isMouth(text.charCodeAt(at - 1)) ? to + 1 : to
  push(out, Token.punctuation, stretched, start, at, from, grown)
  return at
}

/** `:D`, `:P`, `<3`: the letter after the eyes belongs to the face, if no word goes on behind it. */
function takeMouth(text: string, at: number, out: Tokens, to: number, from: number): number {
  out.letters[to] = 0
  const unit = text.charCodeAt(at)
  if (!isMouth(unit) || isWordUnit(text.charCodeAt(at + 1))) return at
  let eyes = out.letters[to - 1]
  if ((eyes === 45 || eyes === 39 || eyes === 94) && to - 1 > from) eyes = out.letters[to - 2]
  const isFace = eyes === 58 || eyes === 59 || eyes === 61 || (eyes === 60 && unit === 51)
  if (!isFace) return at
  out.letters[to] = fold(unit)
  return at + 1
}

function isMouth(unit: number): boolean {
  // D P p d o O 0 3 S s x X c C
  return (
    unit === 68 ||
    unit === 80 ||
    unit === 112 ||
    unit === 100 ||
    unit === 111 ||
    unit === 79 ||
    unit === 48 ||
    unit === 51 ||
    unit === 83 ||
    unit === 115 ||
    unit === 120 ||
    unit === 88 ||
    unit === 99 ||
    unit === 67
  )
}

function readUser(text: string, start: number, out: Tokens): number {
  let at = start + 1
  while (at < text.length && (isWordUnit(text.charCodeAt(at)) || isHandlePart(text, at))) at++
  const from = nextFree(out)
  out.letters[from] = 64
  push(out, Token.user, 0, start, at, from, from + 1)
  return at
}

/** The dot or at sign inside `@name@server.example`. */
function isHandlePart(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return (unit === 64 || unit === 46 || unit === 45) && isWordUnit(text.charCodeAt(at + 1))
}

function readHashtag(text: string, start: number, out: Tokens): number {
  let at = readWord(text, start + 1, out, Flag.hashtag)
  while (at < text.length && out.count < maxTokens - 4 && isWordUnit(text.charCodeAt(at))) {
    at = kindOf(text.charCodeAt(at)) === Kind.letter ? readWord(text, at, out, Flag.hashtag) : at + 1
  }
  return at
}

function isLink(text: string, at: number): boolean {
  const unit = text.charCodeAt(at) | 32
  if (unit === 104) return /^https?(?:[:/]|$|[^\p{L}\d])/iu.test(text.substring(at, at + 7))
  return unit === 119 && /^www\./i.test(text.substring(at, at + 4))
}

function readLink(text: string, start: number, out: Tokens): number {
  let at = start
  while (at < text.length && kindOf(text.charCodeAt(at)) !== Kind.space) at++
  const from = nextFree(out)
  out.letters[from] = 104
  out.letters[from + 1] = 47
  push(out, Token.link, 0, start, at, from, from + 2)
  return at
}

function isWordUnit(unit: number): boolean {
  const kind = kindOf(unit)
  return kind === Kind.letter || kind === Kind.digit || unit === 95
}

function nextFree(out: Tokens): number {
  return out.count > 0 ? (out.to[out.count - 1] ?? 0) + 1 : 1
}

function push(
  out: Tokens,
  kind: number,
  flags: number,
  start: number,
  end: number,
  from: number,
  to: number,
): void {
  const i = out.count++
  out.kind[i] = kind
  out.flags[i] = flags
  out.start[i] = start
  out.end[i] = end
  out.from[i] = from
  out.to[i] = to
  out.letters[from - 1] = 0
  out.letters[to] = 0
  let hash = 0x811c9dc5 ^ kind
  for (let k = from; k < to; k++) hash = Math.imul(hash ^ (out.letters[k] ?? 0), 0x01000193)
  out.hash[i] = mix(hash)
}

/** Spreads a hash over all its bits (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let h = value
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
