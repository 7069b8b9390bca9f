import iconv from 'iconv-lite'
import { decodeEntities } from './entities.ts'
import { guessCharset } from './guess-charset.ts'

/**
 * Bytes to text, in the order that was right most often on real feeds: byte order mark, the look of UTF-16 and UTF-32,
 * valid UTF-8 whatever is declared, the document's own declaration before a server's blanket default, then a guess.
 * Control characters 128 to 159 were meant as windows-1252, whoever encoded them.
 * Never `TextDecoder` for single-byte charsets: on Node 20 it turns € and ’ of windows-1252 into control characters.
 */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  return decodeAny(bytes, contentType).replace(/[\u0080-\u009f]/g, (char) =>
    decodeEntities(`&#${char.charCodeAt(0)};`),
  )
}

function decodeAny(bytes: Uint8Array, contentType: string | null): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = wideCharset(buffer)
  // Through UTF-8 and back: half a surrogate pair becomes a replacement character.
  if (wide !== null) return Buffer.from(decodeAs(buffer, wide)).toString()
  if (buffer.subarray(0, 3).equals(UTF8_MARK))
    return utf8(buffer.subarray(3)) ?? decodeAs(buffer.subarray(3), 'windows-1252')

  const declared = declarations(buffer, contentType)
  const asUtf8 = utf8(buffer)
  const isPlainAscii = asUtf8 !== null && !/[^\0-\x7f]/.test(asUtf8)
  if (asUtf8 !== null && !isPlainAscii && !declared.some(isSevenBit)) return asUtf8
  for (const charset of declared) {
    const text = decodeAs(buffer, charset)
    if (!text.includes('\ufffd') && !/[\u0080-\u009f]/.test(text)) return text
  }
  if (asUtf8 !== null) return asUtf8.includes('\u001b$') ? decodeIso2022(buffer) : asUtf8
  if (declared[0] !== undefined) return decodeAs(buffer, declared[0])
  return undeclared(buffer)
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** UTF-16 and UTF-32, by their mark or by the zeros around the first `<`. */
function wideCharset(buffer: Buffer): string | null {
  const start = buffer.subarray(0, 4).toString('hex')
  if (start === '0000feff' || start === '0000003c') return 'utf-32be'
  if (start === 'fffe0000' || start === '3c000000') return 'utf-32le'
  if (start.startsWith('feff') || /^003c00/.test(start)) return 'utf-16be'
  if (start.startsWith('fffe') || /^3c00..00/.test(start)) return 'utf-16le'
  return null
}

/** The charsets the document and the server claim, the more trustworthy first; UTF-8 was tried already. */
function declarations(buffer: Buffer, contentType: string | null): string[] {
  const head = buffer.subarray(0, 1024).toString('latin1')
  const xml =
    /<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/.exec(head)?.[1] ??
    /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(head)?.[1]
  const http = /charset\s{0,9}[=:]\s{0,9}["']?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1]
  const isBlanket = http !== undefined && /^(iso-?8859-?1|latin-?1|us-ascii|ascii|windows-1252)$/i.test(http)
  const ordered = isBlanket ? [xml, http] : [http, xml]
  const charsets = ordered.flatMap((name) => (name === undefined ? [] : (knownCharset(name) ?? [])))
  return [...new Set(charsets)].filter((charset) => charset !== 'utf-8' && !charset.startsWith('utf-16'))
}

const ALIASES = new Map([
  ['utf8', 'utf-8'],
  ['utf8mb4', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['x-sjis', 'shift_jis'],
  ['x-mac-roman', 'macintosh'],
  ['ansi', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['unicode', 'utf-16le'],
  ['ucs-2', 'utf-16le'],
  // Browsers read these three as their supersets, and sites rely on it.
  ['gb2312', 'gbk'],
  ['gb_2312-80', 'gbk'],
  ['ks_c_5601-1987', 'euc-kr'],
])

function knownCharset(name: string): string | null {
  const label = name.toLowerCase()
  const charset =
    ALIASES.get(label) ?? (/^(iso-?8859-?1|iso_8859-1|latin-?1)$/.test(label) ? 'windows-1252' : label)
  if (charset.startsWith('utf-') || charset === 'iso-2022-jp' || iconv.encodingExists(charset)) return charset
  return null
}

function isSevenBit(charset: string): boolean {
  return charset.startsWith('iso-2022') || charset.startsWith('hz') || charset === 'utf-7'
}

function undeclared(buffer: Buffer): string {
  // A few broken bytes in what otherwise is UTF-8: keep it, lose those.
  const sample = buffer.subarray(firstHighByte(buffer)).subarray(0, SAMPLE_BYTES).toString('utf8')
  if (count(sample, /[\u0080-\ufffc]/g) > count(sample, /\ufffd/g)) return buffer.toString('utf8')
  return decodeAs(buffer, guessCharset(buffer, decodeAs))
}

const SAMPLE_BYTES = 65_536

function firstHighByte(buffer: Buffer): number {
  return Math.max(
    0,
    buffer.findIndex((byte) => byte >= 0x80),
  )
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function utf8(buffer: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer)
  } catch {
    return null
  }
}

function decodeAs(buffer: Buffer, charset: string): string {
  if (charset === 'iso-2022-jp') return decodeIso2022(buffer)
  // The table is from before 1998, when the euro took the place of the currency sign.
  if (charset === 'macintosh') return iconv.decode(buffer, charset).replaceAll('¤', '€')
  if (iconv.encodingExists(charset)) return iconv.decode(buffer, charset)
  return iconv.decode(buffer, 'windows-1252')
}

/** iconv-lite has no ISO-2022-JP; Node's own decoder has, and reads this one right. */
function decodeIso2022(buffer: Buffer): string {
  return new TextDecoder('iso-2022-jp').decode(buffer)
}
