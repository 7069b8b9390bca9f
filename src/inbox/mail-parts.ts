/** A mail of ours, taken apart to be looked at. */
export interface MailParts {
  readonly html: string | null
  readonly text: string | null
  readonly attachments: readonly { readonly name: string; readonly bytes: number }[]
}

interface Part {
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

const deepest = 6
const mostParts = 60
const largestPicture = 3_000_000

/**
 * Reads the MIME that Vigie writes (RFC 2045 and 2046: multipart, quoted-printable, base64). Pictures named by `cid:` are
 * put into the HTML, so that it shows by itself.
 */
export function mailParts(bytes: Buffer): MailParts {
  const leaves: Part[] = []
  collect(partOf(bytes.toString('latin1')), 0, leaves)
  const text = leaves.find((part) => isInline(part, 'text/plain'))
  const html = leaves.find((part) => isInline(part, 'text/html'))
  return {
    text: text ? decoded(text).toString('utf8') : null,
    html: html ? withPictures(decoded(html).toString('utf8'), leaves) : null,
    attachments: leaves
      .filter((part) => /^attachment/i.test(part.headers.get('content-disposition') ?? ''))
      .map((part) => ({ name: fileName(part), bytes: decoded(part).length })),
  }
}

function partOf(source: string): Part {
  const end = /\r?\n\r?\n/.exec(source)
  const head = end ? source.slice(0, end.index) : source
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ')
  const headers = new Map<string, string>()
  for (const line of unfolded.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return { headers, body: end ? source.slice(end.index + end[0].length) : '' }
}

function collect(part: Part, depth: number, leaves: Part[]): void {
  if (depth > deepest || leaves.length >= mostParts) return
  const type = part.headers.get('content-type') ?? 'text/plain'
  const boundary = /^multipart\//i.test(type) ? (parameter(type, 'boundary') ?? '') : ''
  if (boundary === '') {
    leaves.push(part)
    return
  }
  for (const piece of `\n${part.body}`.split(`\n--${boundary}`).slice(1)) {
    if (piece.startsWith('--')) break
    collect(partOf(piece.replace(/^[ \t]*\r?\n/, '')), depth + 1, leaves)
  }
}

function isInline(part: Part, type: string): boolean {
  const isType = (part.headers.get('content-type') ?? 'text/plain').toLowerCase().startsWith(type)
  return isType && !/^attachment/i.test(part.headers.get('content-disposition') ?? '')
}

function decoded(part: Part): Buffer {
  const encoding = (part.headers.get('content-transfer-encoding') ?? '').toLowerCase()
  if (encoding === 'base64') return Buffer.from(part.body, 'base64')
  if (encoding !== 'quoted-printable') return Buffer.from(part.body, 'latin1')
  const bytes = part.body
    .replace(/[ \t]+(?=\r?\n)/g, '')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}

function parameter(value: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}\\*?=(?:"([^"]{0,200})"|([^;\\s]{1,200}))`, 'i').exec(value)
  return match?.[1] ?? match?.[2] ?? null
}

function fileName(part: Part): string {
  const name =
    parameter(part.headers.get('content-disposition') ?? '', 'filename') ??
    parameter(part.headers.get('content-type') ?? '', 'name') ??
    'file'
  return name.slice(0, 120)
}

function withPictures(html: string, leaves: readonly Part[]): string {
  let page = html
  for (const part of leaves) {
    const id = /<([^<>]{1,200})>/.exec(part.headers.get('content-id') ?? '')?.[1]
    const type = /^image\/(?:png|jpeg|gif|webp)/i.exec(part.headers.get('content-type') ?? '')?.[0]
    if (id === undefined || type === undefined) continue
    const bytes = decoded(part)
    if (bytes.length > largestPicture) continue
    page = page.replaceAll(`cid:${id}`, `data:${type};base64,${bytes.toString('base64')}`)
  }
  return page
}
