import { setTimeout as sleep } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import { z } from 'zod'
import { dayMs, minuteMs } from '../domain/duration.ts'
import { VigieError } from '../domain/errors.ts'
import { headerText } from './mime.ts'
import { isLoopback, type MailServer, readServerUrl } from './smtp.ts'

export interface ImapSettings {
  /** `imaps://user:password@host`, or `imap://` with STARTTLS when offered; `?tls=required` and `?tls=never` decide. */
  readonly url: string
  /** INBOX when not given. */
  readonly folder?: string
  /** How often to look when the server says nothing by itself. */
  readonly pollMs?: number
}

export interface ImapDeps {
  /** What is remembered between visits; written after each mail that was dealt with. */
  readonly memory: { read(): Promise<string | null>; write(value: string): Promise<void> }
  now(): Date
  /** Told of every failure of the server, with the time until the next try. */
  onFailure(error: VigieError, waitMs: number): void
  /** Told when the handler failed on a mail; `isLast` when it will not be handed over again. */
  onMailFailure(error: unknown, isLast: boolean): void
  /** For tests; rejects when the signal aborts. */
  wait?(ms: number, signal: AbortSignal): Promise<void>
}

/** Deals with one mail. Called again with the same mail when it throws, or when we were killed before we could note it. */
export type MailHandler = (rawMail: Buffer) => Promise<void>

/** A mailbox that is read and never emptied. */
export interface ReplyMailbox {
  /** Hands over what is new, once, and ends. Throws VigieError when the server fails. Returns how many were dealt with. */
  visit(handle: MailHandler, signal: AbortSignal): Promise<number>
  /** Hands over what is new as it comes, until the signal aborts; comes back after any failure. */
  watch(handle: MailHandler, signal: AbortSignal): Promise<void>
}

const maxMailBytes = 1024 * 1024
const maxMailsAVisit = 500
const firstLookBackMs = 14 * dayMs
const maxTries = 5
const firstWaitMs = 5_000
const longestWaitMs = 5 * minuteMs
/** Accounts are locked by those who try wrong passwords often. */
const refusedLoginWaitMs = 15 * minuteMs
/** Beside our own memory, for a database that was put back from a copy. Other programs do not show it. */
const mark = '$VigieRead'

/** Reads answers from a mailbox over IMAP: told of new mail by IDLE, looking by itself where that does not exist. */
export function imapMailbox(settings: ImapSettings, deps: ImapDeps): ReplyMailbox {
  const server = readServerUrl(settings.url, ['imap', 143], ['imaps', 993])
  // The address holds a password: it is not repeated here.
  if (!server) throw new VigieError('bad-url', 'mail.imap is not an imap:// or imaps:// address')
  const wait = deps.wait ?? ((ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }))
  const pollMs = settings.pollMs ?? minuteMs

  async function visit(handle: MailHandler, signal: AbortSignal): Promise<number> {
    return withClient(server, settings.folder, signal, (client) => readNew(client, handle, signal, deps))
  }

  async function watch(handle: MailHandler, signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        await withClient(server, settings.folder, signal, async (client) => {
          const news = newsOf(client)
          while (!signal.aborted) {
            await readNew(client, handle, signal, deps)
            failures = 0
            await news.next(pollMs)
          }
        })
      } catch (error) {
        if (signal.aborted) return
        // Ours or the server's: answers wait in the mailbox, and reading goes on.
        const failure =
          error instanceof VigieError
            ? error
            : new VigieError('fault', 'reading the mailbox failed', { cause: error })
        const waitMs =
          failure.code === 'imap-login'
            ? refusedLoginWaitMs
            : Math.min(firstWaitMs * 2 ** Math.min(failures, 10), longestWaitMs)
        failures++
        deps.onFailure(failure, waitMs)
        await wait(waitMs, signal).catch(() => {})
      }
    }
  }

  return { visit, watch }
}

async function withClient<T>(
  server: MailServer | null,
  folder: string | undefined,
  signal: AbortSignal,
  use: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  // Loaded at the first visit: a third of a second that most commands need not spend.
  const { ImapFlow } = await import('imapflow')
  const client = new ImapFlow(clientOptions(server))
  const stop = () => client.close()
  signal.addEventListener('abort', stop, { once: true })
  // Without a listener a lost connection would end the process; the command under way fails by itself.
  client.on('error', () => {})
  try {
    await asVigieError(client.connect())
    await asVigieError(client.mailboxOpen(folder ?? 'INBOX'))
    return await use(client)
  } finally {
    signal.removeEventListener('abort', stop)
    if (client.usable)
      await Promise.race([client.logout().catch(() => {}), sleep(2_000, undefined, { ref: false })])
    client.close()
  }
}

function clientOptions(server: MailServer | null) {
  if (!server) throw new VigieError('bad-url', 'mail.imap is not an imap:// or imaps:// address')
  return {
    host: server.host,
    port: server.port,
    secure: server.secure,
    ...(server.secure || server.tls === 'offered' ? {} : { doSTARTTLS: server.tls === 'required' }),
    tls: { minVersion: 'TLSv1.2' as const, rejectUnauthorized: !isLoopback(server.host) },
    ...(server.login === null ? {} : { auth: server.login }),
    logger: false as const,
    disableAutoIdle: true,
    maxIdleTime: 5 * minuteMs,
    connectionTimeout: 30_000,
    maxLiteralSize: 2 * maxMailBytes,
    maxResponseSize: 3 * maxMailBytes,
  }
}

const memorySchema = z.object({
  uidValidity: z.string(),
  /** Every mail up to here was dealt with, but those in `failing`. */
  lastUid: z.number().int().nonnegative(),
  /** Mails the handler failed on, with how often. */
  failing: z.record(z.string(), z.number().int()),
})

type Memory = z.infer<typeof memorySchema>

async function readNew(
  client: ImapFlow,
  handle: MailHandler,
  signal: AbortSignal,
  deps: ImapDeps,
): Promise<number> {
  const uidValidity = client.mailbox === false ? '' : client.mailbox.uidValidity.toString()
  let memory = recall(await deps.memory.read(), uidValidity)
  const again = Object.keys(memory.failing).map(Number)
  let handled = 0
  for (const uid of [...again, ...(await newUids(client, memory, deps.now()))]) {
    if (signal.aborted) break
    const rawMail = await fetchMail(client, uid)
    const isDone = rawMail === null || (await tryHandler(rawMail, memory.failing[uid] ?? 0))
    memory = note(memory, uid, isDone)
    if (isDone && rawMail !== null) {
      handled++
      await setMark(client, uid)
    }
    await deps.memory.write(JSON.stringify(memory))
  }
  return handled

  /** True: the mail is dealt with, well or for the last time. */
  async function tryHandler(rawMail: Buffer, triesBefore: number): Promise<boolean> {
    try {
      await handle(rawMail)
      return true
    } catch (error) {
      const isLast = triesBefore + 1 >= maxTries
      deps.onMailFailure(error, isLast)
      return isLast
    }
  }
}

/** A server that numbers its mails anew (another UIDVALIDITY) is met as at the first visit. */
function recall(stored: string | null, uidValidity: string): Memory {
  const fresh: Memory = { uidValidity, lastUid: 0, failing: {} }
  if (stored === null) return fresh
  try {
    const memory = memorySchema.parse(JSON.parse(stored))
    return memory.uidValidity === uidValidity ? memory : fresh
  } catch {
    return fresh
  }
}

function note(memory: Memory, uid: number, isDone: boolean): Memory {
  const { [uid]: tries = 0, ...others } = memory.failing
  return {
    ...memory,
    lastUid: Math.max(memory.lastUid, uid),
    failing: isDone ? others : { ...others, [uid]: tries + 1 },
  }
}

/** The oldest first. At the first visit the mails of two weeks; later what came after the last one. */
async function newUids(client: ImapFlow, { lastUid }: Memory, now: Date): Promise<readonly number[]> {
  const range =
    lastUid === 0 ? { since: new Date(now.getTime() - firstLookBackMs) } : { uid: `${lastUid + 1}:*` }
  const unmarked = canMark(client) ? { unKeyword: mark } : {}
  const found = await asVigieError(client.search({ ...range, ...unmarked }, { uid: true }))
  if (!Array.isArray(found)) throw new VigieError('imap-server', 'the mail server could not search')
  // `n:*` always names the last mail, however old.
  const uids = found.filter((uid) => uid > lastUid).sort((a, b) => a - b)
  return lastUid === 0 ? uids.slice(-maxMailsAVisit) : uids.slice(0, maxMailsAVisit)
}

/** The mail, cut to what answers need: their words come first, photographs after. Null when it is gone. */
async function fetchMail(client: ImapFlow, uid: number): Promise<Buffer | null> {
  const query = { source: { start: 0, maxLength: maxMailBytes } }
  const fetched = await asVigieError(client.fetchOne(String(uid), query, { uid: true }))
  return fetched ? (fetched.source ?? null) : null
}

function canMark(client: ImapFlow): boolean {
  return client.mailbox !== false && (client.mailbox.permanentFlags?.has('\\*') ?? false)
}

/** Only a help: our memory is what decides. */
async function setMark(client: ImapFlow, uid: number): Promise<void> {
  if (canMark(client)) await client.messageFlagsAdd(String(uid), [mark], { uid: true }).catch(() => {})
}

interface News {
  /** Ends when mail may have come, after `pollMs` at the latest. Throws when the connection is lost. */
  next(pollMs: number): Promise<void>
}

function newsOf(client: ImapFlow): News {
  let wake = () => {}
  let hasNews = false
  const tell = () => {
    hasNews = true
    wake()
  }
  client.on('exists', tell)
  client.on('close', tell)
  return {
    async next(pollMs) {
      // Any command ends IDLE, so it is begun anew each time; a refusal leaves the polling.
      client.idle().catch(() => {})
      if (!hasNews) {
        const timer = new AbortController()
        await Promise.race([
          new Promise<void>((resolve) => {
            wake = resolve
          }),
          sleep(pollMs, undefined, { signal: timer.signal }),
        ])
        timer.abort()
      }
      hasNews = false
      if (!client.usable) throw new VigieError('imap-connection', 'the mail server closed the connection')
    },
  }
}

async function asVigieError<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { authenticationFailed, responseText } = error as {
      authenticationFailed?: boolean
      responseText?: string
    }
    const code = authenticationFailed
      ? 'imap-login'
      : responseText === undefined
        ? 'imap-connection'
        : 'imap-server'
    throw new VigieError(code, headerText(responseText ?? error.message), { cause: error })
  }
}
