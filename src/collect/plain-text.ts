import { decodeEntities } from './entities.ts'
import { finder } from './finder.ts'

/**
 * The words of a piece of HTML, all of them and in order: a negation in bold must not get lost. Blocks become lines.
 * Only what a browser would not show goes (scripts, styles, comments, tags). A `<` that opens no known element is
 * text: "x < y", "<3". Every search is remembered when it finds nothing, so the pass is linear on any input.
 */
export function plainText(html: string): string {
  if (!html.includes('<')) return fold(html)
  const scan = scanner(html)
  const parts: string[] = []
  let at = 0
  for (let open = html.indexOf('<'); open !== -1; open = html.indexOf('<', at)) {
    if (open > at) parts.push(html.slice(at, open))
    const piece = scan.pieceAt(open)
    if (piece.text !== '') parts.push(piece.text)
    at = piece.end
  }
  parts.push(html.slice(at))
  return fold(parts.join(''))
}

/** The same on one line, for titles. */
export function plainLine(html: string): string {
  return plainText(html).replaceAll('\n', ' ')
}

/** Where a block begins or ends: the one white space that stays apart from the rest until the end. */
const BREAK = '\v'
/** Every run of white space but the single plain space, which is most of them. */
const WHITE_SPACE = /\s{2,}|[^\S ]/g

function fold(text: string): string {
  return decodeEntities(text)
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(WHITE_SPACE, (run) => (run.includes(BREAK) ? '\n' : ' '))
    .trim()
}

interface Piece {
  readonly text: string
  readonly end: number
}

const LITERAL = '<'
const NAME = /[A-Za-z][A-Za-z0-9:-]{0,40}/y
/** A quoted attribute longer than this is taken for a forgotten quote. */
const LONGEST_ATTRIBUTE = 16_384

function scanner(html: string) {
  const find = finder(html)

  /** What stands at a `<`, and where it ends. */
  function pieceAt(open: number): Piece {
    const next = html[open + 1] ?? ''
    if (next === '!') return declaration(open)
    if (next === '?') return upTo('>', open, 2)
    const closing = next === '/'
    NAME.lastIndex = open + (closing ? 2 : 1)
    const name = NAME.exec(html)?.[0].toLowerCase()
    if (name === undefined || !isElement(name)) return { text: LITERAL, end: open + 1 }
    const end = tagEnd(open + 1 + name.length)
    if (end === -1) return { text: LITERAL, end: open + 1 }
    if (closing) return { text: BLOCKS.has(name) ? BREAK : '', end }
    if (HIDDEN.has(name) && html[end - 2] !== '/') return hidden(name, end)
    if (name === 'img') return { text: emojiOf(html.slice(open, end)), end }
    return { text: BLOCKS.has(name) ? BREAK : SPACED.has(name) ? ' ' : '', end }
  }

  function declaration(open: number): Piece {
    if (html.startsWith('<!--', open)) return upTo(find('-->', open + 4) === -1 ? '>' : '-->', open, 4)
    if (!html.startsWith('<![CDATA[', open)) return upTo('>', open, 2)
    const end = find(']]>', open)
    if (end === -1) return { text: '', end: open + 9 }
    return { text: html.slice(open + 9, end), end: end + 3 }
  }

  /** Leaves out everything to `mark`; when it never comes, this was text. */
  function upTo(mark: string, open: number, skipped: number): Piece {
    const end = find(mark, open + skipped)
    return end === -1 ? { text: LITERAL, end: open + 1 } : { text: '', end: end + mark.length }
  }

  function hidden(name: string, from: number): Piece {
    const close = find(`</${name}`, from)
    if (close === -1) return { text: '', end: from }
    const end = find('>', close)
    return { text: ' ', end: end === -1 ? html.length : end + 1 }
  }

  /** After the tag's `>`; -1 when another tag opens first, so that this one was text. */
  function tagEnd(from: number): number {
    for (let at = from; at < html.length; at++) {
      const char = html.charCodeAt(at)
      if (char === 62) return at + 1
      if (char === 60) return -1
      if (at - from > LONGEST_ATTRIBUTE * 4) return -1
      if (char !== 61) continue
      let quoteAt = at + 1
      while (html.charCodeAt(quoteAt) <= 32 && quoteAt - at < 100) quoteAt++
      const quote = html[quoteAt]
      if (quote !== '"' && quote !== "'") continue
      const close = find(quote, quoteAt + 1)
      if (close !== -1 && close - quoteAt < LONGEST_ATTRIBUTE) at = close
    }
    return -1
  }

  return { pieceAt }
}

/** WordPress and Mastodon turn 😡 into an image; the mood of a comment often is nowhere else. */
function emojiOf(tag: string): string {
  const alt = /\balt\s{0,3}=\s{0,3}["']([^"'<>]{1,24})["']/.exec(tag)?.[1]
  if (alt === undefined || !/\p{Extended_Pictographic}/u.test(alt)) return ''
  return alt
}

function isElement(name: string): boolean {
  return name.includes(':') || name.includes('-') || ELEMENTS.has(name)
}

const HIDDEN = new Set(['script', 'style', 'applet', 'template'])
const SPACED = new Set(['td', 'th', 'option', 'wbr'])
const BLOCKS = new Set(
  (
    'address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol optgroup p pre search ' +
    'section summary table tbody tfoot thead title tr ul'
  ).split(' '),
)
/** Elements of HTML, old and new, and the usual ones of SVG and MathML. */
const ELEMENTS = new Set([
  ...BLOCKS,
  ...HIDDEN,
  ...SPACED,
  ...(
    'a abbr acronym area audio b base basefont bdi bdo bgsound big blink button canvas cite code col colgroup command ' +
    'content data datalist del dfn em embed event-source font frame frameset i iframe image img input ins isindex ' +
    'kbd keygen label layer link listing map mark marquee menuitem meta meter multicol nobr noembed noframes noscript ' +
    'object output param picture plaintext progress q rb rp rt rtc ruby s samp select slot small sound source spacer ' +
    'span strike strong sub sup textarea time track tt u var video xml xmp ' +
    'animate animatecolor animatemotion animatetransform circle clippath defs desc ellipse filter foreignobject g ' +
    'glyph line lineargradient marker mask metadata missing-glyph mpath path pattern polygon polyline radialgradient ' +
    'rect set stop svg switch symbol text textpath tspan use view ' +
    'annotation maction math menclose merror mfenced mfrac mglyph mi mmultiscripts mn mo mover mpadded mphantom ' +
    'mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics'
  ).split(' '),
])
