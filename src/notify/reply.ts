import type { Attachment, ParsedMail, SimpleParserOptions } from 'mailparser'
import type { Person } from '../domain/person.ts'
import { domainOf, headerText, ticketOfMessageId } from './mime.ts'
import {
  type CommandProblem,
  type CommandsRead,
  maxNoteLength,
  type ReplyCommand,
  readCommands,
} from './reply-commands.ts'
import { ownWords } from './reply-text.ts'
import { readToken, tokensFor } from './reply-token.ts'

/** What became of a mail that came to Vigie's mailbox. Only `answer` and `unsubscribe` may act. */
export type Reply =
  | {
      readonly kind: 'answer'
      /** Null: the answer is to a mail about no ticket, as the digest; it holds a note at most. */
      readonly ticket: number | null
      readonly person: string
      readonly commands: readonly ReplyCommand[]
      readonly problems: readonly CommandProblem[]
      readonly note: string
      /** The mail's own Message-ID: the same answer handed over twice acts once. */
      readonly messageId: string | null
    }
  | { readonly kind: 'unsubscribe'; readonly person: string }
  /** Out of office. To be noted beside the ticket, nothing more. */
  | {
      readonly kind: 'absence'
      readonly ticket: number | null
      readonly person: string
      readonly text: string
      readonly messageId: string | null
    }
  /** A server could not deliver what we sent. To be believed only when `originalId` is one that we sent to `recipient`. */
  | {
      readonly kind: 'bounce'
      readonly originalId: string | null
      readonly ticket: number | null
      readonly recipient: string | null
      readonly isPermanent: boolean
      /** As the server put it, on one line. */
      readonly reason: string
    }
  | { readonly kind: 'ignored'; readonly why: IgnoreReason }

export type IgnoreReason =
  | 'too-large'
  | 'unreadable'
  /** Sent by a program: a receipt, a newsletter, an automatic answer of someone we do not know. */
  | 'automatic'
  /** Our own mail, come back. */
  | 'loop'
  | 'no-token'
  | 'unknown-sender'
  /** The token is not this sender's. */
  | 'bad-token'
  | 'empty'

export interface ReplyDeps {
  /** The store's key for tokens. */
  readonly key: Buffer
  readonly people: ReadonlyMap<string, Person>
  /** The address mails come from, and the one replies go to when it is another. */
  readonly ownAddresses: readonly string[]
  /** What stands in every mail of ours and in few words of people, as the address of the pages. */
  readonly ownMarks: readonly string[]
  now(): Date
}

export const maxReplyBytes = 1024 * 1024

/** Reads a mail from outside. Never throws: what cannot be read is ignored, with the reason. */
export async function readReply(rawMail: Buffer, deps: ReplyDeps): Promise<Reply> {
  if (rawMail.length > maxReplyBytes) return ignored('too-large')
  const mail = await parse(rawMail)
  if (mail === null) return ignored('unreadable')
  const headers = headersOf(mail)
  const bounce = readBounce(mail, headers, deps)
  if (bounce) return bounce
  const sender = senderOf(mail)
  if (isOurs(sender, headers, deps)) return ignored('loop')
  const people = [...deps.people.values()].filter((person) => person.email.toLowerCase() === sender)
  if (isAutomatic(mail, headers)) return readAbsence(mail, headers, people[0] ?? null, deps)
  return readAnswer(mail, headers, people, deps)
}

/** The lines of each header, by its name in lower case. */
type HeaderLines = ReadonlyMap<string, readonly string[]>

async function parse(rawMail: Buffer): Promise<ParsedMail | null> {
  if (headLength(rawMail) > maxHeadBytes) return null
  try {
    return await simpleParse(rawMail, {
      // Turning a large page into text takes seconds: only when there is nothing else to read, and only its beginning.
      skipHtmlToText: true,
      skipTextToHtml: true,
      keepCidLinks: true,
      keepDeliveryStatus: true,
    })
  } catch {
    return null
  }
}

/** Loads its library at the first answer: most commands read none. */
async function simpleParse(source: Buffer | string, options: SimpleParserOptions): Promise<ParsedMail> {
  const { default: mailparser } = await import('mailparser')
  return mailparser.simpleParser(source, options)
}

/** Postfix takes 102,400 bytes of headers; a mail with more was made to keep a reader busy. */
const maxHeadBytes = 128 * 1024

function headLength(rawMail: Buffer): number {
  const ends = [rawMail.indexOf('\r\n\r\n'), rawMail.indexOf('\n\n')].filter((end) => end >= 0)
  return ends.length === 0 ? rawMail.length : Math.min(...ends)
}

function headersOf(mail: ParsedMail): HeaderLines {
  const headers = new Map<string, string[]>()
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\s+/g, ' ')
      .trim()
    const values = headers.get(key)
    if (values) values.push(value)
    else headers.set(key, [value])
  }
  return headers
}

function header(headers: HeaderLines, name: string): string {
  return (headers.get(name)?.[0] ?? '').toLowerCase()
}

/** The one address it comes from, in lower case; empty when there is none or more than one. */
function senderOf(mail: ParsedMail): string {
  const from = mail.from?.value ?? []
  return from.length === 1 ? (from[0]?.address ?? '').toLowerCase() : ''
}

// --- answers ------------------------------------------------------------------------------------------------------

const recipientHeaders = [
  'to',
  'cc',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-forwarded-to',
  'x-delivered-to',
]

async function readAnswer(
  mail: ParsedMail,
  headers: HeaderLines,
  people: readonly Person[],
  deps: ReplyDeps,
): Promise<Reply> {
  const addressed = recipientHeaders.flatMap((name) => headers.get(name) ?? [])
  const tokens = tokensFor(deps.ownAddresses, addressed)
  if (tokens.length === 0) return ignored('no-token')
  if (people.length === 0) return ignored('unknown-sender')
  const claim = claimOf(tokens, people, deps.key)
  if (!claim) return ignored('bad-token')
  if (
    /^(?:re: ?)?(?:unsubscribe|désinscription|désabonner|désabonnement)$/i.test((mail.subject ?? '').trim())
  ) {
    return { kind: 'unsubscribe', person: claim.person.id }
  }
  const { text, isCertain } = ownWords(await textOf(mail))
  // However it was quoted, our mail is still in it, and with it the words of the public author.
  const holdsOurs = deps.ownMarks.some((mark) => text.includes(mark))
  const { commands, problems, note } = obeyable(
    readCommands(text, { people: deps.people, author: claim.person, now: deps.now() }),
    text,
    claim.ticket === 0 ? 'no-ticket' : isCertain && !holdsOurs ? null : 'unclear-quote',
  )
  if (commands.length === 0 && note === '') return ignored('empty')
  return {
    kind: 'answer',
    ticket: claim.ticket || null,
    person: claim.person.id,
    commands,
    problems,
    note,
    messageId: messageIdOf(mail),
  }
}

/** The commands as read, or none when there is a reason not to obey any: then every line stays in the note. */
function obeyable(read: CommandsRead, text: string, objection: CommandProblem['why'] | null): CommandsRead {
  if (objection === null || read.commands.length === 0) return read
  return { commands: [], problems: [{ line: '', why: objection }], note: text.slice(0, maxNoteLength) }
}

function claimOf(
  tokens: readonly string[],
  people: readonly Person[],
  key: Buffer,
): { ticket: number; person: Person } | null {
  for (const token of tokens) {
    for (const person of people) {
      const ticket = readToken(key, token, person.id)
      if (ticket !== null) return { ticket, person }
    }
  }
  return null
}

// People write above what they answer to: the rest of a long page is our own mail.
const maxHtmlLength = 60_000

async function textOf(mail: ParsedMail): Promise<string> {
  const text = mail.text ?? ''
  if (text.trim() !== '' || mail.html === false) return text
  const body = Math.max(0, mail.html.search(/<body/i))
  const page = `Content-Type: text/html; charset=utf-8\r\n\r\n${mail.html.slice(body, body + maxHtmlLength)}`
  try {
    return (await simpleParse(page, { skipTextToHtml: true, keepCidLinks: true })).text ?? ''
  } catch {
    return ''
  }
}

function messageIdOf(mail: ParsedMail): string | null {
  const id = mail.messageId?.trim() ?? ''
  return id !== '' && id.length <= 998 ? headerText(id) : null
}

function ignored(why: IgnoreReason): Reply {
  return { kind: 'ignored', why }
}

// --- mails that programs send -------------------------------------------------------------------------------------

function isOurs(sender: string, headers: HeaderLines, { ownAddresses }: ReplyDeps): boolean {
  const own = ownAddresses.some((address) => address.toLowerCase() === sender || isTagged(sender, address))
  return (
    own ||
    [...headers.keys()].some((name) => name.startsWith('x-vigie-')) ||
    (headers.get('received')?.length ?? 0) > 50
  )
}

function isTagged(sender: string, address: string): boolean {
  const at = address.lastIndexOf('@')
  return (
    sender.startsWith(`${address.slice(0, at)}+`.toLowerCase()) &&
    sender.endsWith(address.slice(at).toLowerCase())
  )
}

// What automatic answers put before the subject when they carry no header that says what they are.
const absenceSubject =
  /^(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|r[ée]ponse automatique|absen(?:ce|t)\b|absence du bureau|automatische antwort|abwesen|automatisch antwoord|afwezig|respuesta autom|fuera de (?:la )?oficina|risposta automatica|fuori sede|resposta autom|autosvar|automatiskt svar|automaattinen|odpowiedź automatyczna|автоответ|自动答复|自動回覆|自動返信)/i

/** RFC 3834, and what servers did before it. */
function isAutomatic(mail: ParsedMail, headers: HeaderLines): boolean {
  const submitted = header(headers, 'auto-submitted')
  return (
    (submitted !== '' && submitted !== 'no') ||
    /^(?:bulk|junk|auto_reply)$/.test(header(headers, 'precedence')) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-response-suppress'].some((name) =>
      headers.has(name),
    ) ||
    header(headers, 'return-path') === '<>' ||
    absenceSubject.test(mail.subject?.trim() ?? '')
  )
}

function readAbsence(mail: ParsedMail, headers: HeaderLines, person: Person | null, deps: ReplyDeps): Reply {
  const saysAbsent =
    header(headers, 'auto-submitted').startsWith('auto-replied') ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond') ||
    absenceSubject.test(mail.subject?.trim() ?? '')
  if (person === null || !saysAbsent) return ignored('automatic')
  return {
    kind: 'absence',
    person: person.id,
    ticket: ticketOf([...(headers.get('in-reply-to') ?? []), ...(headers.get('references') ?? [])], deps),
    text: ownWords(mail.text ?? '').text.slice(0, 2000),
    messageId: messageIdOf(mail),
  }
}

/** Servers answer to the envelope's sender, which carries no token: our Message-ID leads back to the ticket. */
function ticketOf(headerValues: readonly string[], { ownAddresses }: ReplyDeps): number | null {
  const ids =
    headerValues
      .join(' ')
      .slice(0, 20_000)
      .match(/<[^<>\s]{1,300}>/g) ?? []
  for (const address of ownAddresses) {
    for (const id of ids) {
      const ticket = ticketOfMessageId(id, domainOf(address))
      if (ticket !== null) return ticket
    }
  }
  return null
}

// --- bounces ------------------------------------------------------------------------------------------------------

function readBounce(mail: ParsedMail, headers: HeaderLines, deps: ReplyDeps): Reply | null {
  const report = header(headers, 'content-type')
  if (
    report.includes('report-type=disposition-notification') ||
    report.includes('report-type="disposition-notification')
  ) {
    return ignored('automatic')
  }
  const status = partsOf(mail, 'message/delivery-status').join('\n')
  if (status === '' && !looksLikeBounce(mail, headers)) return null
  const action = field(status, 'Action').toLowerCase()
  if (['delivered', 'relayed', 'expanded'].includes(action)) return ignored('automatic')
  const text = mail.text ?? ''
  const original = [
    ...partsOf(mail, 'message/rfc822'),
    ...partsOf(mail, 'text/rfc822-headers'),
    text.slice(0, 100_000),
  ]
  const originalId =
    original.map((part) => /^Message-ID:\s{0,5}(<[^<>\s]{1,300}>)/im.exec(part)?.[1]).find(Boolean) ?? null
  const code =
    field(status, 'Status') || (/\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(text.slice(0, 20_000))?.[0] ?? '')
  const reason = field(status, 'Diagnostic-Code').replace(/^smtp;\s*/i, '') || code || (mail.subject ?? '')
  return {
    kind: 'bounce',
    originalId,
    ticket: originalId === null ? null : ticketOf([originalId], deps),
    recipient: bouncedRecipient(status, headers, text, deps),
    isPermanent: action !== 'delayed' && !code.startsWith('4.'),
    reason: headerText(reason),
  }
}

/** Servers from before RFC 3464 say it in words only. */
function looksLikeBounce(mail: ParsedMail, headers: HeaderLines): boolean {
  if (headers.has('x-failed-recipients')) return true
  const fromServer = /^(?:mailer-daemon|postmaster|mail-daemon|maildaemon)@/.test(senderOf(mail))
  return (
    (fromServer || header(headers, 'return-path') === '<>') &&
    /undeliver|undelivered|not be delivered|delivery (?:status|fail|has failed|incomplete|delayed)|failure notice|returned mail|non remis|non distribu|échec|unzustellbar|onbestelbaar|no se puede entregar|mancata consegna/i.test(
      mail.subject ?? '',
    )
  )
}

function bouncedRecipient(
  status: string,
  headers: HeaderLines,
  text: string,
  deps: ReplyDeps,
): string | null {
  const named = field(status, 'Original-Recipient') || field(status, 'Final-Recipient')
  const address =
    (named.split(';').at(-1)?.trim() || header(headers, 'x-failed-recipients').split(',')[0]?.trim()) ?? ''
  if (address !== '') return headerText(address.replace(/^<|>$/g, '').toLowerCase())
  const known = [...deps.people.values()].map(({ email }) => email.toLowerCase())
  const said = text.slice(0, 20_000).toLowerCase()
  return known.find((email) => said.includes(email)) ?? null
}

/** The text of the parts of a type, each cut to what headers need. */
function partsOf(mail: ParsedMail, contentType: string): string[] {
  return mail.attachments
    .filter((part: Attachment) => part.contentType === contentType)
    .map((part) => part.content.subarray(0, 100_000).toString('utf8'))
}

function field(status: string, name: string): string {
  const match = new RegExp(
    `^${name}:[ \\t]*([^\\r\\n]{0,500}(?:\\r?\\n[ \\t][^\\r\\n]{0,500}){0,5})`,
    'im',
  ).exec(status)
  return (match?.[1] ?? '').replace(/\s+/g, ' ').trim()
}
