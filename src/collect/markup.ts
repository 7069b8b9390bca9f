import { decodeEntities } from './entities.ts'
import { finder } from './finder.ts'

export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly isEmpty: boolean
  /** After the `>`. */
  readonly end: number
}

/** Where the inside of an element ends, and where reading goes on. */
export interface Inside {
  readonly end: number
  readonly next: number
}

const NAME = /[A-Za-z_][\w:.-]*/y
/** A quoted value longer than this is taken for a forgotten quote. */
const LONGEST_VALUE = 8192
const MOST_ATTRIBUTES = 64
/** Times that one entry is read again because an element in it was never closed. */
const MOST_REREADS = 8

/**
 * Reads markup as it is found, not as it should be: no quotes, no closing tags, stray `<` and `&`. All that looks ahead
 * is remembered or bounded, so that a whole document costs time in proportion to its length.
 */
export function markupReader(source: string) {
  const find = finder(source)
  let rereads = 0

  function nameAt(at: number): string | null {
    NAME.lastIndex = at
    return NAME.exec(source)?.[0] ?? null
  }

  /** The opening tag at `<`; null when it is only a `<`, or the document stops in it. */
  function tagAt(open: number): Tag | null {
    const name = nameAt(open + 1)
    if (name === null) return null
    const attributes = new Map<string, string>()
    let at = open + 1 + name.length
    for (;;) {
      at = skipSpace(at)
      const char = source[at]
      if (char === undefined) return null
      if (char === '>') return { name, attributes, isEmpty: false, end: at + 1 }
      if (char === '/' && source[at + 1] === '>') return { name, attributes, isEmpty: true, end: at + 2 }
      if (char === '<') return { name, attributes, isEmpty: false, end: at }
      at = attributeAt(at, attributes)
    }
  }

  /** Reads one attribute into `attributes`, first of a name wins, and gives where it ends. */
  function attributeAt(at: number, attributes: Map<string, string>): number {
    const key = nameAt(at)
    if (key === null) return at + 1
    const afterKey = at + key.length
    const equals = skipSpace(afterKey)
    if (source[equals] !== '=') return afterKey
    const value = valueAt(skipSpace(equals + 1))
    if (attributes.size < MOST_ATTRIBUTES && !attributes.has(key.toLowerCase())) {
      attributes.set(key.toLowerCase(), decodeEntities(source.slice(value.from, value.end)))
    }
    return value.next
  }

  function valueAt(at: number): { from: number; end: number; next: number } {
    const quote = source[at]
    if (quote === '"' || quote === "'") {
      const close = find(quote, at + 1)
      if (close !== -1 && close - at <= LONGEST_VALUE) return { from: at + 1, end: close, next: close + 1 }
      const end = find('>', at)
      const stop = end === -1 ? source.length : end
      return { from: at + 1, end: Math.min(stop, at + LONGEST_VALUE), next: stop }
    }
    let end = at
    while (end < source.length && source.charCodeAt(end) > 32 && source[end] !== '>') end++
    return { from: at, end, next: end }
  }

  function skipSpace(from: number): number {
    let at = from
    while (at < source.length && source.charCodeAt(at) <= 32) at++
    return at
  }

  /** End of the CDATA section that starts at `open`, `]]>` included; -1 when it was never closed. */
  function cdataEnd(open: number): number {
    return closedBefore(']]>', '<![CDATA[', open + 9)
  }

  function commentEnd(open: number): number {
    return closedBefore('-->', '<!--', open + 4)
  }

  /** After `close`, unless it is missing or another `opening` comes first: then this one was left open. */
  function closedBefore(close: string, opening: string, from: number): number {
    const end = find(close, from)
    if (end === -1) return -1
    const again = find(opening, from)
    return again !== -1 && again < end ? -1 : end + close.length
  }

  /** After a DOCTYPE and all that it declares, none of which is ever used. */
  function doctypeEnd(open: number): number {
    let depth = 0
    let quote = ''
    for (let at = open + 2; at < source.length; at++) {
      const char = source[at] ?? ''
      if (quote !== '') quote = char === quote ? '' : quote
      else if (char === '"' || char === "'") quote = char
      else if (char === '[') depth++
      else if (char === ']') depth--
      else if (char === '>' && depth <= 0) return at + 1
    }
    return source.length
  }

  /**
   * The inside of an element that holds text or HTML, opened just before `from`. `isEdge` names what it can never hold
   * (an entry); `isSibling` what more likely stands beside it. An element never closed ends at the first sibling.
   */
  function insideFrom(
    from: number,
    name: string,
    isEdge: (name: string) => boolean,
    isSibling: (name: string) => boolean,
  ): Inside {
    const hasPatience = rereads < MOST_REREADS
    let depth = 1
    let firstSibling = -1
    let at = from
    for (;;) {
      const open = source.indexOf('<', at)
      if (open === -1) return lost(firstSibling, source.length)
      at = open + 1
      const char = source[open + 1]
      if (char === '!') {
        at = skipDeclaration(open)
        continue
      }
      const isClosing = char === '/'
      const found = nameAt(open + (isClosing ? 2 : 1))
      if (found === null) continue
      at = open + found.length + 1
      if (sameName(found, name)) {
        if (isClosing && --depth === 0) return { end: open, next: closeEnd(open) }
        if (!isClosing && !hasPatience) return { end: open, next: open }
        if (!isClosing && !isEmptyTag(open)) depth++
        if (firstSibling === -1 && !isClosing) firstSibling = open
        continue
      }
      if (isEdge(found)) return lost(firstSibling, open)
      if (isClosing || !isSibling(found)) continue
      if (!hasPatience) return { end: open, next: open }
      if (firstSibling === -1) firstSibling = open
    }
  }

  function lost(firstSibling: number, edge: number): Inside {
    if (firstSibling === -1) return { end: edge, next: edge }
    rereads++
    return { end: firstSibling, next: firstSibling }
  }

  function skipDeclaration(open: number): number {
    if (source.startsWith('<![CDATA[', open)) {
      const end = cdataEnd(open)
      return end === -1 ? open + 9 : end
    }
    if (!source.startsWith('<!--', open)) return open + 2
    const end = commentEnd(open)
    return end === -1 ? open + 4 : end
  }

  function isEmptyTag(open: number): boolean {
    const end = find('>', open)
    return end > 0 && source[end - 1] === '/'
  }

  function closeEnd(open: number): number {
    const end = find('>', open)
    return end === -1 ? source.length : end + 1
  }

  /** Each entry has its own allowance: one broken entry must not make the next ones be read less well. */
  function beginEntry(): void {
    rereads = 0
  }

  return { beginEntry, nameAt, tagAt, cdataEnd, commentEnd, doctypeEnd, closeEnd, insideFrom }
}

function sameName(one: string, other: string): boolean {
  return one.length === other.length && one.toLowerCase() === other.toLowerCase()
}
