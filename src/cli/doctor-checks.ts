import { once } from 'node:events'
import { createConnection } from 'node:net'
import { DateTime } from 'luxon'
import type { Config } from '../config.ts'
import { approximateMs, dayMs, hourMs, minuteMs } from '../domain/duration.ts'
import { VigieError } from '../domain/errors.ts'
import { canaryName } from '../domain/mention.ts'
import { isLost, readCanary } from '../notify/canary.ts'
import { broken, type DoctorDeps, type Finding, fine, type Opened, warning } from './doctor-finding.ts'
import { type SourceHealth, sourcesHealth } from './source-health.ts'
import { relative, sourceInWords } from './sources.ts'
import type { Terminal } from './terminal.ts'

/** The address of the pages: answered by the daemon, or free for it. */
export async function pagesChecks({ pages }: Config, isRunning: boolean): Promise<Finding[]> {
  const place = `${pages.host}:${pages.port}`
  const answers = await isListening(pages.host, pages.port)
  if (isRunning && !answers)
    return [broken('pages', `nothing answers at ${place}`, 'restart the daemon and look at its log')]
  if (!isRunning && answers)
    return [
      broken(
        'pages',
        `another program listens at ${place}`,
        'give pages: { listen: … } of vigie.yaml another port',
      ),
    ]
  const isOpen = !/^(127\.|::1$|localhost$)/.test(pages.host)
  if (isOpen && pages.url.startsWith('http:'))
    return [
      warning(
        'pages',
        `${place} is open to the network without encryption`,
        'put a proxy with TLS before it, and write its address as pages.url',
      ),
    ]
  return [fine('pages', isRunning ? pages.url : `${place} is free; they will be at ${pages.url}`)]
}

const connectTimeoutMs = 2000

async function isListening(host: string, port: number): Promise<boolean> {
  const socket = createConnection({ host: host === '0.0.0.0' ? '127.0.0.1' : host, port })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(connectTimeoutMs) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

const mailTimeoutMs = 10_000

/** Connects, greets and signs in; no mail is sent. */
export async function mailChecks(config: Config, deps: DoctorDeps, terminal: Terminal): Promise<Finding[]> {
  const { smtp, from } = config.mail
  if (smtp === null)
    return [
      warning(
        'mail',
        'no mail server: each mail becomes a file in data/outbox/',
        'set mail.smtp of vigie.yaml, or VIGIE_SMTP_URL',
      ),
    ]
  if (deps.tryMailServer === null)
    return [warning('mail', 'the mail server was not asked', 'vigie digest --send sends one mail')]
  terminal.progress('asking the mail server')
  try {
    await deps.tryMailServer({ url: smtp.reveal(), from: from.address, connectTimeoutMs: mailTimeoutMs })
    return [fine('mail', 'the mail server greets us and takes our name')]
  } catch (error) {
    if (!(error instanceof VigieError)) throw error
    return [broken('mail', `the mail server: ${error.message} [${error.code}]`, mailTodo(error.code))]
  }
}

function mailTodo(code: string): string {
  if (/^(EAUTH|ENOAUTH|EOAUTH2)/.test(code)) return 'look at the name and the password in mail.smtp'
  if (/^ETLS/.test(code))
    return 'smtps:// on port 465, smtp:// on port 587; ?tls=never for a server of your own without TLS'
  if (/^EDNS/.test(code)) return 'look at the name of the host in mail.smtp'
  if (code === 'bad-url') return 'write it as smtp://user:password@host:587'
  return 'look at host and port in mail.smtp, and whether this machine may reach them'
}

const patienceMs = hourMs
const recentMs = 7 * dayMs

/** What waits to leave, and what was given up. */
export async function outboxChecks({ store, archive, now }: Opened): Promise<Finding[]> {
  const counts = await store.messageCounts()
  const oldest = await archive.oldestWaiting()
  const [lost] = await store.messages('gave-up', 1)
  const findings: Finding[] = []
  if (oldest && now.getTime() - oldest.createdAt.getTime() > patienceMs) {
    const why = oldest.lastCode === null ? '' : `: ${oldest.lastReply ?? ''} [${oldest.lastCode}]`
    findings.push(
      broken(
        'outbox',
        `${waiting(counts.pending)}, the oldest since ${relative(oldest.createdAt, now)}${why}`,
        'mend the mail server; what waits leaves by itself',
      ),
    )
  } else findings.push(fine('outbox', `${counts.sent} sent, ${waiting(counts.pending)}`))
  if (lost) {
    const said = `${counts['gave-up']} given up, the last to ${lost.recipient}: ${lost.lastReply ?? ''} [${lost.lastCode ?? ''}]`
    const todo = 'look at the address in vigie.yaml; the tickets themselves are in "vigie tickets"'
    const isRecent =
      now.getTime() - lost.createdAt.getTime() < recentMs && lost.lastCode !== 'held-after-restore'
    findings.push(isRecent ? broken('outbox', said, todo) : warning('outbox', said, todo))
  }
  return findings
}

function waiting(count: number): string {
  return count === 1 ? '1 waits' : `${count} wait`
}

const toleratedMs = 2 * minuteMs

/** Our clock against the instants we stored: it must not have gone back. */
export async function clockChecks(config: Config, { store, now }: Opened): Promise<Finding[]> {
  const [last] = await store.messages(null, 1)
  const instants = (await store.sourceStates()).map(({ lastPollAt }) => lastPollAt?.getTime() ?? 0)
  const latest = Math.max(last?.createdAt.getTime() ?? 0, ...instants)
  const local = DateTime.fromJSDate(now, { zone: config.calendar.zone })
  if (latest > now.getTime() + toleratedMs) {
    const said = `the clock says ${now.toISOString()}, but something was stored at ${new Date(latest).toISOString()}`
    return [broken('clock', said, 'set the clock of this machine, and let it be kept by NTP')]
  }
  return [fine('clock', `${local.toFormat('yyyy-MM-dd HH:mm')} in ${config.calendar.zone}`)]
}

const digestLateMs = 36 * hourMs

/** Silence can be trusted only while the digest leaves each day. */
export async function digestChecks(config: Config, { store, now, isRunning }: Opened): Promise<Finding[]> {
  const startedAt = new Date((await store.setting('first-started-at')) ?? now)
  const findings: Finding[] = []
  for (const id of config.digest.to) {
    const last = await store.lastDigest(id, 'daily')
    const since = last?.at ?? startedAt
    const said = last ? `the last for ${id} was of ${last.localDate}` : `none was written for ${id} yet`
    if (now.getTime() - since.getTime() <= digestLateMs) findings.push(fine('digest', said))
    else if (isRunning)
      findings.push(broken('digest', said, 'the daemon runs but writes none: look at its log'))
    else findings.push(warning('digest', said, 'vigie start: the digest leaves each day while it runs'))
  }
  return findings
}

/** The made-up complaint that goes round each day to prove that the chain holds. */
export async function canaryChecks({ canary }: Config, { store, now }: Opened): Promise<Finding[]> {
  if (!canary) return []
  const state = readCanary(await store.setting(canaryName))
  if (!state)
    return [warning('canary', 'none has left yet', 'vigie start: one leaves each day while it runs')]
  const said = state.seenAt
    ? `the last came back ${relative(state.seenAt, now)}`
    : `none has come back yet; one left ${relative(state.sentAt, now)}`
  const isStopped = now.getTime() - state.sentAt.getTime() > 2 * approximateMs(canary.every)
  if (isLost(state, now)) {
    return [
      broken('canary', said, 'mail leaves or arrives no more: send one by hand and look at the mailbox'),
    ]
  }
  return isStopped
    ? [broken('canary', said, 'no other was let go since: is vigie start running?')]
    : [fine('canary', said)]
}

const levels = {
  well: 'ok',
  silent: 'warning',
  'never-polled': 'warning',
  failing: 'warning',
  gone: 'broken',
} as const
/** A source that fails now and then mends itself. */
const toleratedFailures = 3

export async function sourceChecks(config: Config, { store, now }: Opened): Promise<Finding[]> {
  const healths = await sourcesHealth(config, store, now)
  return healths.map((source) => ({
    check: 'source',
    level: levelOf(source),
    message: sourceInWords({ ...source, todo: null }, now).slice(2),
    todo: source.todo,
  }))
}

function levelOf({ health, failures }: SourceHealth): Finding['level'] {
  return health === 'failing' && failures >= toleratedFailures ? 'broken' : levels[health]
}
