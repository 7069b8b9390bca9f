import type { ReaderLanguage } from '../domain/person.ts'

/** The plain part of a mail: paragraphs and lists of at most 76 columns, in an order that can be read aloud. */

const columns = 76
const maxUnbroken = 2000

/** A paragraph. Its own line breaks stay. */
export function paragraph(text: string): string {
  return wrap(text, '', '')
}

/** One point of a list. */
export function point(text: string, mark = '- '): string {
  return wrap(text, mark, ' '.repeat(mark.length))
}

/** What somebody else wrote: each line begins with `> `, so that nothing in it can pass for our words. */
export function quoted(text: string): string {
  return wrap(text, '> ', '> ')
}

/** A heading is a line of its own with a colon: read aloud it announces what comes. */
export function heading(title: string, language: ReaderLanguage): string {
  return paragraph(`${title}${colon(language)}`)
}

export function colon(language: ReaderLanguage): string {
  return language === 'fr' ? '\u00A0:' : ':'
}

/** Joins what is there with an empty line between. */
export function blocks(...parts: readonly (string | readonly string[] | null)[]): string {
  return parts
    .flat()
    .filter((part): part is string => part !== null && part !== '')
    .join('\n\n')
}

/** Joins lines that belong together. */
export function lines(...parts: readonly (string | null)[]): string {
  return parts.filter((part): part is string => part !== null && part !== '').join('\n')
}

function wrap(text: string, first: string, next: string): string {
  const out: string[] = []
  let lead = first
  for (const line of text.split('\n')) {
    for (const wrapped of wrapLine(line, columns - lead.length)) {
      out.push((lead + wrapped).trimEnd())
      lead = next
    }
  }
  return out.join('\n')
}

function wrapLine(line: string, room: number): string[] {
  const out: string[] = []
  let current = ''
  let width = 0
  for (const word of line.split(' ').flatMap((word) => breakable(word, room))) {
    const wide = widthOf(word)
    if (current !== '' && width + 1 + wide > room) {
      out.push(current)
      current = word
      width = wide
    } else {
      current = current === '' ? word : `${current} ${word}`
      width += current === word ? wide : wide + 1
    }
  }
  out.push(current)
  return out
}

/** A word that fits on a line, or its parts; an address stays whole, or it could not be followed. */
function breakable(word: string, room: number): string[] {
  if (widthOf(word) <= room) return [word]
  if (/^\(?https?:\/\//.test(word) && word.length <= maxUnbroken) return [word]
  const parts: string[] = []
  let part = ''
  let width = 0
  let isJoined = false
  for (const letter of word) {
    const wide = widthOf(letter)
    // Marks and what a joiner holds stay with the letter before: an accent or an emoji is not cut in two.
    const stays = wide === 0 || isJoined
    if ((width + wide > room && !stays) || part.length > 4 * room) {
      parts.push(part)
      part = ''
      width = 0
    }
    part += letter
    width += isJoined ? 0 : wide
    isJoined = letter === '\u200D'
  }
  parts.push(part)
  return parts
}

// Characters that take two columns in a fixed-width font; marks take none.
const wide = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60]/u
const narrow = /[\p{M}\u200C\u200D]/u

function widthOf(text: string): number {
  if (/^[\x20-\u02FF]*$/.test(text)) return text.length
  let width = 0
  for (const letter of text) width += narrow.test(letter) ? 0 : wide.test(letter) ? 2 : 1
  return width
}
