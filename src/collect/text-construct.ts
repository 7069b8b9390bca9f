import { decodeEntities } from './entities.ts'

/** How the inside of an element is to be read, as Atom's `type` and `mode` say; RSS only knows `escaped`. */
export type Writing = 'escaped' | 'text' | 'markup' | 'base64' | 'unsaid'

/** What Atom 0.3 (`mode`) and 1.0 (`type`) say about an element. */
export function atomWriting(type: string | undefined, mode: string | undefined): Writing {
  const kind = (type ?? '').trim().toLowerCase()
  if (mode?.toLowerCase() === 'base64') return 'base64'
  if (mode?.toLowerCase() === 'escaped') return kind.includes('html') ? 'escaped' : 'unsaid'
  if (kind === '') return 'unsaid'
  if (kind === 'text' || kind === 'text/plain') return 'text'
  if (kind === 'html' || kind === 'text/html') return 'escaped'
  if (kind === 'xhtml' || kind.endsWith('xml')) return 'markup'
  return kind.startsWith('text/') || !kind.includes('/') ? 'unsaid' : 'base64'
}

/** The inside of an element as HTML, however it was written. */
export function asHtml(inside: string, writing: Writing): string {
  return withParagraphs(htmlOf(inside, writing))
}

function htmlOf(inside: string, writing: Writing): string {
  const { text, hasTags } = unwrap(inside)
  if (hasTags || writing === 'markup' || writing === 'escaped') return text
  if (writing === 'base64') return fromBase64(text) ?? text
  if (writing === 'unsaid' && looksLikeHtml(text)) return text
  return escapeHtml(text)
}

/** The inside of an element that is not HTML: an identifier, a date, an address. */
export function asPlain(inside: string): string {
  return unwrap(inside).text.trim()
}

/**
 * CDATA opened up, entities decoded once; except that beside bare tags they belong to the markup and stay. Removing
 * comments too: they are nobody's words.
 */
function unwrap(inside: string): { text: string; hasTags: boolean } {
  const pieces = splitCdata(inside)
  const hasTags = pieces.some((piece) => !piece.isCdata && /<[A-Za-z/]/.test(piece.text))
  const text = pieces
    .map((piece) => (piece.isCdata || hasTags ? piece.text : decodeEntities(piece.text)))
    .join('')
  return { text, hasTags }
}

function splitCdata(inside: string): { text: string; isCdata: boolean }[] {
  const pieces: { text: string; isCdata: boolean }[] = []
  let at = 0
  for (;;) {
    const open = inside.indexOf('<![CDATA[', at)
    if (open === -1) break
    const close = inside.indexOf(']]>', open + 9)
    pieces.push({ text: inside.slice(at, open), isCdata: false })
    pieces.push({ text: inside.slice(open + 9, close === -1 ? undefined : close), isCdata: true })
    if (close === -1) return pieces
    at = close + 3
  }
  pieces.push({ text: inside.slice(at), isCdata: false })
  return pieces
}

function looksLikeHtml(text: string): boolean {
  return /<\/(?:a|b|div|em|i|li|p|span|strong|ul)>|<(?:br|p|img|div|a)[\s/>]/i.test(text)
}

function fromBase64(text: string): string | null {
  const compact = text.replace(/\s+/g, '')
  if (compact === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null
  const decoded = Buffer.from(compact, 'base64').toString('utf8')
  return decoded.includes('\ufffd') ? null : decoded
}

/** Without a single tag, as in most of what RSS calls HTML, blank lines are what parts the paragraphs of a text. */
function withParagraphs(html: string): string {
  return /<[A-Za-z/!]/.test(html) ? html : html.replace(/\n[ \t\r]*\n\s*/g, '$&<br>')
}

/** Plain text as HTML, its lines kept. */
export function linesAsHtml(text: string): string {
  return escapeHtml(text).replace(/\r\n?|\n/g, '<br>')
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
