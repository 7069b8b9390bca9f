import type { Config } from '../config.ts'
import { instantOf, localDate, plusDays } from '../domain/calendar.ts'
import { dayMs, hourMs, minuteMs } from '../domain/duration.ts'
import type { NewMessage } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import { dkimOf, envelopeOf } from '../notify/compose.ts'
import { digestMail } from '../notify/digest-mail.tsx'
import { digestMessageId, domainOf, renderMime } from '../notify/mime.ts'
import { reportMail } from '../notify/report-mail.tsx'
import type { MailText } from '../notify/views.ts'
import type { Store } from '../store/store.ts'
import { type DigestPeriod, digestView } from './digest-view.ts'
import { periodBefore, type ReportPeriod, reportView } from './report-view.ts'

export interface DigestDeps {
  readonly store: Store
  readonly folderId: string
  now(): Date
  /** When this folder was first started: no digest is owed for the time before. */
  readonly firstStartedAt: Date
  readonly refusedConfig: readonly string[]
}

/** Later than this, what a digest would have said is left to the next one. */
const mergeAfterMs = 12 * hourMs
const longestPeriodMs = 7 * dayMs
/** What was written for a day further ahead was written under a clock that was wrong. */
const believedDaysAhead = 2

/** Writes every digest whose hour has come, once a person and local date, into the outbox. Returns how many. */
export async function writeDigests(config: Config, deps: DigestDeps): Promise<number> {
  let written = 0
  for (const id of config.digest.to) {
    const person = config.people.get(id)
    const period = person ? await duePeriod(config, person, deps) : null
    if (!person || !period) continue
    const message = await digestMessage(config, person, period, deps)
    if (await deps.store.recordDigest(person.id, 'daily', period.localDate, message, deps.now())) written++
  }
  return written
}

/** Writes the weekly and monthly reports whose day and hour have come, for those who want them. Returns how many. */
export async function writeReports(config: Config, deps: DigestDeps): Promise<number> {
  let written = 0
  for (const person of config.people.values()) {
    for (const kind of person.reports) {
      const period = await dueReport(config, person, kind, deps)
      if (!period) continue
      const mail = reportMail(await reportView(config, person, period, deps.store), deps.now())
      const message = await periodicMessage(
        config,
        person,
        mail,
        { kind: 'report', key: `${kind}.${period.firstDate}` },
        deps,
      )
      if (await deps.store.recordDigest(person.id, kind, period.firstDate, message, deps.now())) written++
    }
  }
  return written
}

/** On the first day of the next week or month, at the digest's hour, or later that day after a stop. */
export async function dueReport(
  config: Pick<Config, 'digest'>,
  person: Person,
  kind: ReportPeriod['period'],
  deps: Pick<DigestDeps, 'store' | 'now' | 'firstStartedAt'>,
): Promise<ReportPeriod | null> {
  const now = deps.now()
  const today = localDate(now, person.timezone)
  const period = periodBefore(kind, today)
  const dueAt = instantOf(today, config.digest.at, person.timezone)
  if (!period || now < dueAt || dueAt < deps.firstStartedAt) return null
  const last = await lastBelieved(person, kind, today, deps.store)
  return last && last.localDate >= period.firstDate ? null : period
}

/** The last one that tells anything about today: a clock that stood years ahead silences nobody once it is right. */
async function lastBelieved(
  person: Person,
  kind: string,
  today: string,
  store: Pick<Store, 'lastDigest' | 'lastDigestUntil'>,
): Promise<{ localDate: string; at: Date } | null> {
  const latest = plusDays(today, believedDaysAhead)
  const last = await store.lastDigest(person.id, kind)
  return last && last.localDate > latest ? store.lastDigestUntil(person.id, kind, latest) : last
}

/** The period of today's digest when it is due and not yet written; null otherwise. */
export async function duePeriod(
  config: Pick<Config, 'digest'>,
  person: Person,
  deps: Pick<DigestDeps, 'store' | 'now' | 'firstStartedAt' | 'refusedConfig'>,
): Promise<DigestPeriod | null> {
  const now = deps.now()
  const today = localDate(now, person.timezone)
  const dueAt = instantOf(today, config.digest.at, person.timezone)
  const lateMs = now.getTime() - dueAt.getTime()
  if (lateMs < 0 || lateMs > mergeAfterMs || dueAt < deps.firstStartedAt) return null
  const last = await lastBelieved(person, 'daily', today, deps.store)
  // A clock set back does not make a day happen twice.
  if (last && last.localDate >= today) return null
  return {
    localDate: today,
    from: periodStart(last?.at ?? null, now),
    to: now,
    lateMinutes: lateMs < 15 * minuteMs ? 0 : Math.round(lateMs / minuteMs),
    refusedConfig: deps.refusedConfig,
  }
}

function periodStart(last: Date | null, now: Date): Date {
  if (last === null) return new Date(now.getTime() - dayMs)
  return new Date(Math.max(last.getTime(), now.getTime() - longestPeriodMs))
}

/** The digest as it would leave now, whether due or not. */
export async function digestNow(
  config: Config,
  person: Person,
  deps: Pick<DigestDeps, 'store' | 'now' | 'refusedConfig'>,
): Promise<{ mail: MailText; period: DigestPeriod }> {
  const now = deps.now()
  const today = localDate(now, person.timezone)
  const last = await lastBelieved(person, 'daily', today, deps.store)
  const period: DigestPeriod = {
    localDate: today,
    from: periodStart(last?.at ?? null, now),
    to: now,
    lateMinutes: 0,
    refusedConfig: deps.refusedConfig,
  }
  return { mail: digestMail(await digestView(config, person, period, deps.store), now), period }
}

async function digestMessage(
  config: Config,
  person: Person,
  period: DigestPeriod,
  deps: DigestDeps,
): Promise<NewMessage> {
  const mail = digestMail(await digestView(config, person, period, deps.store), deps.now())
  return digestEnvelope(config, person, mail, period.localDate, deps)
}

/** A digest ready for the outbox. `key` makes its identity: the local date, or more for one sent by hand. */
export function digestEnvelope(
  config: Config,
  person: Person,
  mail: MailText,
  key: string,
  deps: Pick<DigestDeps, 'folderId' | 'now'>,
): Promise<NewMessage> {
  return periodicMessage(config, person, mail, { kind: 'digest', key }, deps)
}

async function periodicMessage(
  config: Config,
  person: Person,
  mail: MailText,
  { kind, key }: { readonly kind: 'digest' | 'report'; readonly key: string },
  deps: Pick<DigestDeps, 'folderId' | 'now'>,
): Promise<NewMessage> {
  const messageId = digestMessageId(kind, key, person.id, domainOf(config.mail.from.address), deps.folderId)
  const bytes = await renderMime(
    mail,
    {
      ...envelopeOf(person, config, deps.now()),
      replyTo: null,
      messageId,
      thread: { inReplyTo: null, references: [] },
      list: { name: kind, unsubscribeUrl: null, unsubscribeMail: null },
      severity: null,
      category: null,
      watch: null,
    },
    dkimOf(config),
  )
  return {
    kind,
    ticket: null,
    person: person.id,
    recipient: person.email,
    messageId,
    subject: mail.subject,
    bytes,
  }
}
