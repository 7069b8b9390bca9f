import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * What ties an answer to its ticket and its person: `12-` and 128 bits of HMAC-SHA256 in base32, which survives
 * programs that fold the case of addresses. Ticket 0 stands for mails about none, as the digest.
 */
export function replyToken(key: Buffer, ticket: number, person: string): string {
  return `${ticket}-${base32(mac(key, ticket, person))}`
}

/** The ticket that a token gives this person a say about; null when it is not theirs, or nobody's. */
export function readToken(key: Buffer, token: string, person: string): number | null {
  const match = /^(\d{1,15})-([a-z2-7]{26})$/i.exec(token)
  if (!match) return null
  const ticket = Number(match[1])
  const expected = Buffer.from(base32(mac(key, ticket, person)))
  const given = Buffer.from((match[2] ?? '').toLowerCase())
  return given.length === expected.length && timingSafeEqual(given, expected) ? ticket : null
}

/** `vigie@lumen.example` with the token after a +. */
export function replyAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}+${token}${address.slice(at)}`
}

/** The tokens in header lines that name one of our addresses. */
export function tokensFor(addresses: readonly string[], headerLines: readonly string[]): readonly string[] {
  const text = headerLines.join('\n').slice(0, 20_000).toLowerCase()
  const found = new Set<string>()
  for (const address of addresses) {
    const at = address.lastIndexOf('@')
    const before = `${address.slice(0, at)}+`.toLowerCase()
    const after = address.slice(at).toLowerCase()
    for (let from = text.indexOf(before); from >= 0; from = text.indexOf(before, from + 1)) {
      const rest = text.slice(from + before.length, from + before.length + 64)
      const token = /^\d{1,15}-[a-z2-7]{26}(?=@)/.exec(rest)?.[0]
      if (token && text.startsWith(after, from + before.length + token.length)) found.add(token)
    }
  }
  return [...found].slice(0, 10)
}

function mac(key: Buffer, ticket: number, person: string): Buffer {
  return createHmac('sha256', key).update(`vigie reply\0${ticket}\0${person}`).digest().subarray(0, 16)
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 base32 in lower case, without padding. */
function base32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += letters.charAt((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + letters.charAt((held << (5 - bits)) & 31) : text
}
