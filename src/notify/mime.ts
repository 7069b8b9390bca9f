import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { VigieError } from '../domain/errors.ts'
import type { Severity } from '../domain/playbook.ts'
import type { Attachment, MailText } from './views.ts'

export interface Mailbox {
  readonly name: string
  readonly address: string
}

/** Everything a mail says in its headers. */
export interface MailEnvelope {
  readonly from: Mailbox
  readonly to: Mailbox
  /** Where an answer goes; null: to `from`. */
  readonly replyTo: string | null
  /** With its angle brackets, from the functions below. */
  readonly messageId: string
  readonly thread: MailThread
  readonly date: Date
  readonly list: MailList
  readonly severity: Severity | null
  readonly category: string | null
  /** The watch's name. */
  readonly watch: string | null
}

export interface MailThread {
  readonly inReplyTo: string | null
  readonly references: readonly string[]
}

/** What mail programs file and unsubscribe by. */
export interface MailList {
  /** `alerts` becomes `List-Id: Vigie alerts <alerts.lumen.example>`. */
  readonly name: string
  /** Shows a page at GET, acts at POST without a cookie (RFC 8058). */
  readonly unsubscribeUrl: string | null
  readonly unsubscribeMail: string | null
}

export interface DkimKey {
  readonly domain: string
  readonly selector: string
  /** RSA, PEM. */
  readonly privateKey: string
}

/**
 * The mail as bytes. The same arguments give the same bytes.
 *
 * The signature is made here and not by the transport: what the store keeps is what leaves, at the first try and at
 * every later one, whatever happens to the key in between.
 */
export async function renderMime(
  mail: MailText,
  envelope: MailEnvelope,
  dkim: DkimKey | null = null,
): Promise<Buffer> {
  // Loaded at the first mail: most commands write none.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const composer = new MailComposer({
    from: checkedMailbox(envelope.from),
    to: checkedMailbox(envelope.to),
    ...(envelope.replyTo === null
      ? {}
      : { replyTo: checkedMailbox({ name: '', address: envelope.replyTo }) }),
    subject: headerText(mail.subject),
    messageId: checkedId(envelope.messageId),
    ...(envelope.thread.inReplyTo === null ? {} : { inReplyTo: checkedId(envelope.thread.inReplyTo) }),
    ...(envelope.thread.references.length === 0
      ? {}
      : { references: envelope.thread.references.map(checkedId) }),
    date: envelope.date,
    headers: ownHeaders(envelope),
    text: bodyText(mail.text),
    html: bodyText(mail.html),
    attachments: (mail.attachments ?? []).map(composerAttachment),
    // No line reaches 998 octets, and no relay has a reason to re-encode what we signed.
    encoding: 'quoted-printable',
    newline: 'win',
    // `=_` cannot stand in quoted-printable text, and the rest depends on every word of the mail: no comment, however
    // it was written, contains the line that would end its part.
    boundaryPrefix: '=_vigie',
    baseBoundary: fingerprint(mail, envelope.messageId),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const bytes = await composer.compile().build()
  return dkim === null ? bytes : signMime(bytes, dkim)
}

// RFC 8058 wants List-Unsubscribe and List-Unsubscribe-Post signed; the library's own list has only the first.
const signedFields = [
  'From',
  'To',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Auto-Submitted',
].join(':')

/** The same bytes under a DKIM signature (RFC 6376). RSA signatures carry no clock and no chance: they repeat. */
export async function signMime(bytes: Buffer, key: DkimKey): Promise<Buffer> {
  const { default: DKIM } = await import('nodemailer/lib/dkim')
  const signer = new DKIM({
    domainName: key.domain,
    keySelector: key.selector,
    privateKey: key.privateKey,
    headerFieldNames: signedFields,
  })
  const chunks: Buffer[] = []
  for await (const chunk of signer.sign(bytes)) chunks.push(chunk as Buffer)
  const signed = Buffer.concat(chunks)
  // The library leaves a mail unsigned when the key is unusable, without a word.
  if (signed.length === bytes.length)
    throw new VigieError('dkim-key', 'mail.dkim.key is not an RSA private key in PEM')
  return signed
}

/**
 * The identity of the nth mail (the first is 1) to a person about a ticket.
 * `folder` tells two Vigie folders of one domain, or two lives of one folder, apart: mail programs drop a mail whose
 * identity they have seen before.
 */
export function ticketMessageId(
  ticket: number,
  person: string,
  n: number,
  domain: string,
  folder = '',
): string {
  return `<t${ticket}.${n}.${shortHash(folder, person)}@${domain}>`
}

/** The identity of a digest, or of any mail that a person gets once for a date or another key. */
export function digestMessageId(
  kind: string,
  date: string,
  person: string,
  domain: string,
  folder = '',
): string {
  const readable = `${kind}.${date}`
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .replace(/\.{2,}|^\.|\.$/g, '-')
  return `<${readable}.${shortHash(folder, person, kind, date)}@${domain}>`
}

/** The first mail to a person about a ticket is the root of its thread; the later ones refer to it. */
export function ticketThread(
  ticket: number,
  person: string,
  n: number,
  domain: string,
  folder = '',
): MailThread {
  if (n <= 1) return { inReplyTo: null, references: [] }
  const root = ticketMessageId(ticket, person, 1, domain, folder)
  return { inReplyTo: root, references: [root] }
}

/** The ticket that one of our Message-IDs is about; null for a digest and for an identity that is not ours. */
export function ticketOfMessageId(messageId: string, domain: string): number | null {
  const match = /^<?t(\d{1,15})\.\d{1,9}\.[0-9a-f]{16}@([^<>@\s]{1,255})>?$/i.exec(messageId.trim())
  return match && match[2]?.toLowerCase() === domain.toLowerCase() ? Number(match[1]) : null
}

/** The part of an address after the @, as it may stand in a Message-ID. */
export function domainOf(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || 'localhost.localdomain'
}

/** An address as config accepts it: no quotes, no comments, nothing that could begin another header or recipient. */
export function isAddress(text: string): boolean {
  return (
    /^[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,252}[\p{L}\p{N}])?$/u.test(
      text,
    ) && !text.includes('..')
  )
}

const maxHeaderLength = 200

/** One line for a header: without controls or hidden direction marks, not mistakable for an encoded word. */
export function headerText(text: string): string {
  const line = text
    .slice(0, 10 * maxHeaderLength)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/=\?/g, '= ?')
    .replace(/ {2,}/g, ' ')
    .trim()
  const letters = [...line]
  if (letters.length <= maxHeaderLength) return line
  return `${letters.slice(0, maxHeaderLength - 1).join('')}…`
}

function ownHeaders(envelope: MailEnvelope): Record<string, string> {
  const headers: Record<string, string> = {
    // RFC 3834: nobody's out-of-office answers a mail that says this.
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'List-Id': listId(envelope.list.name, domainOf(envelope.from.address)),
  }
  const ways = [webAddress(envelope.list.unsubscribeUrl), mailAddress(envelope.list.unsubscribeMail)]
  const unsubscribe = ways.filter((way) => way !== null).map((way) => `<${way}>`)
  if (unsubscribe.length > 0) headers['List-Unsubscribe'] = unsubscribe.join(', ')
  // One click needs an https address (RFC 8058, 3.1); without one the mail's own address is the way.
  if (ways[0]?.startsWith('https:')) headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click'
  if (envelope.severity) headers['X-Vigie-Severity'] = envelope.severity
  if (envelope.category) headers['X-Vigie-Category'] = headerText(envelope.category)
  if (envelope.watch) headers['X-Vigie-Watch'] = headerText(envelope.watch)
  return headers
}

function listId(name: string, domain: string): string {
  const label = name.toLowerCase().replace(/[^a-z0-9-]/g, '-')
  return `Vigie ${label} <${label}.${domain}>`
}

function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  // A comma separates the ways to unsubscribe (RFC 2369).
  return protocol === 'https:' || protocol === 'http:' ? href.replaceAll(',', '%2C') : null
}

function mailAddress(address: string | null): string | null {
  if (address === null || !isAddress(address)) return null
  return `mailto:${encodeURI(address).replace(/[?&#,]/g, encodeURIComponent)}?subject=unsubscribe`
}

/** A bare CR ends a line for some servers and not for others; no other control has a business in a mail. */
function bodyText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, ' ')
}

function composerAttachment({ filename, contentType, content, contentId }: Attachment) {
  return {
    filename: headerText(filename),
    contentType,
    content,
    ...(contentId === undefined ? {} : { cid: contentId }),
  }
}

function checkedMailbox({ name, address }: Mailbox): Mailbox {
  if (!isAddress(address))
    throw new VigieError('bad-address', `"${headerText(address)}" is not a mail address`)
  return { name: headerText(name), address }
}

function checkedId(messageId: string): string {
  if (/^<[\x21-\x3B\x3D\x3F-\x7E]{3,250}>$/.test(messageId)) return messageId
  throw new Error(`not a Message-ID: ${headerText(messageId)}`)
}

function fingerprint(mail: MailText, messageId: string): string {
  const hash = createHash('sha256').update(`${messageId}\0${mail.subject}\0${mail.text}\0${mail.html}`)
  for (const { filename, content } of mail.attachments ?? []) hash.update(`\0${filename}\0`).update(content)
  return hash.digest('hex').slice(0, 32)
}

function shortHash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}
