import type { Span } from './span.ts'

/** One word of a text: folded for comparison, with its place in the original. */
export interface Word extends Span {
  /** Lower case, without accents; ligatures and `ß` spelt out. */
  readonly folded: string
}

// Soft hyphens and zero-width characters stand inside words without being seen.
const invisible = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g
// Scripts written without spaces: every character is a word, so that a name is found inside a sentence.
const wordPattern =
  /\p{Extended_Pictographic}|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Thai}]|[[\p{L}\p{N}\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Thai}]]+/gv

const spelled: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

// Language repeats its words: most of them were folded before.
const folded = new Map<string, string>()
const foldedKept = 50_000

function foldedWord(word: string): string {
  const known = folded.get(word)
  if (known !== undefined) return known
  const result = fold(word)
  if (folded.size >= foldedKept) folded.clear()
  if (word.length <= 40) folded.set(word, result)
  return result
}

/** The words of a text in order. Apostrophes, hyphens and underscores separate: `l'Oréal` is `l` and `oreal`. */
export function wordsOf(text: string): Word[] {
  return wordsOfKnown(text) ?? wordsOfAny(text)
}

/** Letters below this are looked up. */
const known = 0x2100
const Place = { between: 0, inside: 1, special: 2 } as const
let places: Uint8Array | null = null

/** What `wordPattern` makes of each of the first letters of Unicode: between words, inside one, or a case of its own. */
function learnPlaces(): Uint8Array {
  return Uint8Array.from({ length: known }, (_, unit) => {
    const twice = String.fromCharCode(unit, unit)
    const [first, second] = twice.match(wordPattern) ?? []
    if (first === undefined) return Place.between
    return first.length === 2 && second === undefined ? Place.inside : Place.special
  })
}

/** The same as `wordsOfAny`, nearly twice as fast, for texts of letters that are looked up; null for others. */
function wordsOfKnown(text: string): Word[] | null {
  places ??= learnPlaces()
  const words: Word[] = []
  let start = -1
  for (let at = 0; at <= text.length; at++) {
    const place = at === text.length ? Place.between : (places[text.charCodeAt(at)] ?? Place.special)
    if (place === Place.special) return null
    if (place === Place.inside) {
      if (start < 0) start = at
    } else if (start >= 0) {
      const word = foldedWord(text.slice(start, at))
      if (word !== '') words.push({ folded: word, start, end: at })
      start = -1
    }
  }
  return words
}

function wordsOfAny(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(wordPattern)) {
    const word = foldedWord(match[0])
    if (word !== '') words.push({ folded: word, start: match.index, end: match.index + match[0].length })
  }
  return words
}

/** Folds case, accents, ligatures and compatibility forms. The length may change. */
export function fold(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text.toLowerCase()
  return foldAccents(text)
    .toLowerCase()
    .replace(/[œæßøłđðþı]/g, (letter) => spelled[letter] ?? letter)
}

/** Folds accents and compatibility forms, keeps case: what `case:` compares. */
export function foldAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(invisible, '')
    .replace(/[\u2018\u2019\u02BC\u00B4`]/g, "'")
}
