import type { ImapFlow } from 'imapflow'
import type { Secret } from '../config/secret.ts'
import { failure } from './failures.ts'
import type { Mail } from './mail-entries.ts'
import type { MailBatch, MailReader, MailRequest } from './mail-reader.ts'

const TIMEOUT_MS = 30_000
const MOST_BYTES = 500_000

/** Reads a folder over IMAP, without changing anything in it. Loads its libraries only when used. */
export function imapMailReader(settings: { readonly url: Secret }): MailReader {
  async function read(request: MailRequest, signal: AbortSignal): Promise<MailBatch> {
    signal.throwIfAborted()
    const client = await clientFor(settings.url)
    const stop = () => client.close()
    signal.addEventListener('abort', stop, { once: true })
    try {
      await client.connect()
      const lock = await client.getMailboxLock(request.folder, { readOnly: true })
      try {
        return await readFolder(client, request)
      } finally {
        lock.release()
      }
    } catch (error) {
      signal.throwIfAborted()
      throw translated(error, request.folder)
    } finally {
      signal.removeEventListener('abort', stop)
      // Not worth waiting for: the messages are read.
      client.logout().catch(() => client.close())
    }
  }

  return { read }
}

async function clientFor(url: Secret): Promise<ImapFlow> {
  const { ImapFlow } = await import('imapflow')
  const { protocol, hostname, port, username, password } = new URL(url.reveal())
  const secure = protocol === 'imaps:'
  const client = new ImapFlow({
    host: hostname,
    port: Number(port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
  // The same failure rejects the running command; without a listener it would also end the process.
  client.on('error', () => {})
  return client
}

async function readFolder(client: ImapFlow, { last, since, most }: MailRequest): Promise<MailBatch> {
  const uidValidity = client.mailbox === false ? '' : String(client.mailbox.uidValidity)
  const isSame = last !== null && last.uidValidity === uidValidity
  const found = await client.search(isSame ? { uid: `${last.uid + 1}:*` } : { since }, { uid: true })
  // `n:*` holds the last message of the folder even when it is older than n.
  const uids = (found || [])
    .filter((uid) => !isSame || uid > last.uid)
    .sort((a, b) => a - b)
    .slice(0, most)
  const mails: Mail[] = []
  let unreadable = 0
  if (uids.length > 0) {
    for await (const message of client.fetch(uids, { source: { maxLength: MOST_BYTES } }, { uid: true })) {
      const mail = message.source === undefined ? null : await parseMail(message.source)
      if (mail === null) unreadable++
      else mails.push(mail)
    }
  }
  const lastUid = uids.at(-1) ?? (isSame ? last.uid : Math.max(0, nextUid(client) - 1))
  return { uidValidity, mails, lastUid, unreadable }
}

function nextUid(client: ImapFlow): number {
  return client.mailbox === false ? 1 : client.mailbox.uidNext
}

export async function parseMail(source: Buffer): Promise<Mail | null> {
  const { default: mailparser } = await import('mailparser')
  const parsed = await mailparser
    .simpleParser(source, {
      skipImageLinks: true,
      skipTextToHtml: true,
      skipHtmlToText: true,
    })
    .catch(() => null)
  if (parsed === null) return null
  const [from] = parsed.from?.value ?? []
  return {
    messageId: parsed.messageId ?? null,
    subject: parsed.subject ?? null,
    from: from?.name || from?.address || null,
    sentAt: parsed.date ?? null,
    html: parsed.html || null,
    text: parsed.text ?? '',
  }
}

function translated(error: unknown, folder: string): unknown {
  if (!(error instanceof Error)) return error
  const isRefused = 'authenticationFailed' in error && error.authenticationFailed === true
  if (isRefused)
    return failure('unauthorized', 'the mail server refuses the name or the password', { cause: error })
  const said =
    'responseText' in error && typeof error.responseText === 'string' ? error.responseText : error.message
  return failure('mailbox', `the folder ${folder} cannot be read: ${said.slice(0, 200)}`, { cause: error })
}
