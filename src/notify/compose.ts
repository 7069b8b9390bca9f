import type { Config } from '../config.ts'
import { localDate } from '../domain/calendar.ts'
import { hourMs } from '../domain/duration.ts'
import type { Evidence } from '../domain/judgement.ts'
import { canaryName, type JudgedMention } from '../domain/mention.ts'
import type { MessageKind, NewMessage, Notice, NoticeKind } from '../domain/message.ts'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import { bySeverity } from '../domain/playbook.ts'
import type { Ticket } from '../domain/ticket.ts'
import type { Store } from '../store/store.ts'
import { alertMail } from './alert-mail.tsx'
import { alertView, ticketLine } from './alert-view.ts'
import { digestMessageId, domainOf, renderMime, ticketMessageId, ticketThread } from './mime.ts'
import { type SummaryView, summaryMail } from './summary-mail.tsx'
import { renderWebhook, type WebhookKind } from './webhook-body.ts'

export interface ComposeDeps {
  readonly store: Pick<
    Store,
    | 'dueNotices'
    | 'ticket'
    | 'ticketMentions'
    | 'countMessages'
    | 'countTicketMessages'
    | 'recordMessages'
    | 'foldNotices'
    | 'openCrises'
    | 'countHeld'
    | 'personSettings'
    | 'drafts'
  >
  /** Tells this folder's mails from those of another on the same domain. */
  readonly folderId: string
  now(): Date
  evidenceOf(judged: JudgedMention): readonly Evidence[]
  /** Where answers to a ticket's mail go; null: replies are not read. */
  replyTo(ticket: number, person: string): string | null
  /** Where a person turns alerts into the digest by one click; null: no pages. */
  unsubscribeUrl(person: string): string | null
  unsubscribeMail(person: string): string | null
  readonly rooms: readonly ChatRoom[]
  onFault(error: unknown, ticket: number): void
}

/** A webhook of vigie.yaml. */
export interface ChatRoom {
  /** What notices and messages call it: no secret. */
  readonly name: string
  readonly kind: WebhookKind
  readonly url: string
  readonly language: ReaderLanguage
}

/** Older notices are left to the next digest: a restart never floods. */
const foldAfterMs = 12 * hourMs
const alertsAnHour = 6
const urgentKinds: readonly MessageKind[] = ['alert', 'update', 'reminder', 'escalation', 'summary']

interface TicketNotices {
  readonly ticket: Ticket
  readonly notices: readonly Notice[]
}

/**
 * Turns due notices into rendered messages in the outbox: one mail a ticket, at most six an hour a person, the rest
 * in one summary. Killed in between, a notice that has no message yet is told at the next pass. Returns how many mails.
 */
export async function compose(config: Config, deps: ComposeDeps): Promise<number> {
  const now = deps.now()
  const due = await deps.store.dueNotices(now)
  const isOld = (notice: Notice) => now.getTime() - notice.createdAt.getTime() > foldAfterMs
  await deps.store.foldNotices(due.filter(isOld).map(({ id }) => id))
  const fresh = due.filter((notice) => !isOld(notice))
  let written = 0
  for (const id of new Set(fresh.map((notice) => notice.person))) {
    const person = config.people.get(id)
    const own = fresh.filter((notice) => notice.person === id)
    const room = deps.rooms.find(({ name }) => name === id)
    if (room) written += await composeForRoom(room, own, config, now, deps)
    else if (person) written += await composeFor(person, own, config, now, deps)
    else await deps.store.foldNotices(own.map((notice) => notice.id))
  }
  return written
}

async function composeFor(
  person: Person,
  notices: readonly Notice[],
  config: Config,
  now: Date,
  deps: ComposeDeps,
): Promise<number> {
  const tickets = await withoutHeld(await wanted(person, await byTicket(notices, deps), deps), deps)
  // Who leads a crisis is told at its marks: whatever the hour, and however many alerts the storm has sent before.
  const [marks, others] = parted(tickets, ({ notices: own }) => own.some(({ kind }) => kind === 'crisis'))
  const audible = others.filter(({ ticket }) => isAudible(ticket, person, now))
  const lastHour = await sentLastHour(person, now, deps)
  const room = Math.max(0, alertsAnHour - lastHour)
  let written = 0
  for (const one of [...marks, ...audible.slice(0, room)])
    written += await composeAlert(person, one, config, now, deps)
  const rest = audible.slice(room)
  // One summary an hour: with the hour's room used up and a summary gone out, the rest waits for the next hour.
  if (rest.length === 0 || lastHour > alertsAnHour) return written
  await composeSummary(person, rest, config, now, deps)
  return written + 1
}

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))]
}

/** A chat room gets one message a ticket, without the limits of a mailbox: rooms have their own. */
async function composeForRoom(
  room: ChatRoom,
  notices: readonly Notice[],
  config: Config,
  now: Date,
  deps: ComposeDeps,
): Promise<number> {
  let written = 0
  for (const { ticket, notices: own } of await byTicket(notices, deps)) {
    const mentions = await deps.store.ticketMentions(ticket.id)
    const evidence = new Map(mentions.map((judged) => [judged.mention.id, deps.evidenceOf(judged)]))
    const { name, language } = room
    const reader = madeUpReader({ id: name, name, email: '', language }, config)
    const kind = weightiest(own)
    const view = alertView(
      { ticket, kind, reader, mentions, evidence, replyTo: null, drafts: [] },
      config,
      now,
    )
    if (!view) continue
    const n = (await deps.store.countTicketMessages(ticket.id, room.name)) + 1
    const message: NewMessage = {
      kind: 'webhook',
      ticket: ticket.id,
      person: room.name,
      recipient: room.name,
      messageId: ticketMessageId(ticket.id, room.name, n, domainOf(config.mail.from.address), deps.folderId),
      subject: view.ticket.title,
      bytes: renderWebhook(room, view, now),
    }
    await deps.store.recordMessages([message], idsOf(own), now)
    written++
  }
  return written
}

/** A reader who is no person of the company: a chat room, a mailbox of our own. */
export function madeUpReader(
  given: Pick<Person, 'id' | 'name' | 'email' | 'language'>,
  config: Pick<Config, 'calendar'>,
): Person {
  return {
    ...given,
    role: 'reader',
    title: null,
    timezone: config.calendar.zone,
    deputy: null,
    quiet: null,
    away: [],
    alerts: true,
    reports: [],
  }
}

/** The gravest first, then the oldest. */
async function byTicket(notices: readonly Notice[], deps: ComposeDeps): Promise<TicketNotices[]> {
  const groups: TicketNotices[] = []
  for (const id of new Set(notices.map((notice) => notice.ticket))) {
    const ticket = await deps.store.ticket(id)
    const own = notices.filter((notice) => notice.ticket === id)
    if (ticket) groups.push({ ticket, notices: own })
  }
  return groups.sort((a, b) => bySeverity(a.ticket, b.ticket) || a.ticket.id - b.ticket.id)
}

/** Someone who unsubscribed from alerts is told by the digest. */
async function wanted(person: Person, tickets: TicketNotices[], deps: ComposeDeps): Promise<TicketNotices[]> {
  if (!(await readsDigestOnly(person, deps))) return tickets
  await deps.store.foldNotices(tickets.flatMap(({ notices }) => idsOf(notices)))
  return []
}

/** While a crisis lasts, the affairs around it are counted, not mailed one by one; the critical ones still are. */
async function withoutHeld(tickets: TicketNotices[], deps: ComposeDeps): Promise<TicketNotices[]> {
  const crises = await deps.store.openCrises()
  const told: TicketNotices[] = []
  for (const one of tickets) {
    const crisis = crises.find(({ watch }) => watch === one.ticket.watch)
    const isOrdinary = one.notices.every(
      ({ kind }) => kind === 'opened' || kind === 'joined' || kind === 'reminder',
    )
    const isUrgent = one.ticket.severity === 'critical' || one.ticket.drill
    if (!crisis || !isOrdinary || isUrgent) told.push(one)
    else {
      await deps.store.foldNotices(idsOf(one.notices))
      await deps.store.countHeld(crisis.id, 1)
    }
  }
  return told
}

/** What keeps a person's mail about a ticket from leaving at once. */
export type Hold = 'digest-only' | 'quiet-hours' | 'hourly-limit'

/** Null when nothing does. */
export async function whatHolds(
  person: Person,
  ticket: Pick<Ticket, 'severity'>,
  deps: Pick<ComposeDeps, 'store' | 'now'>,
): Promise<Hold | null> {
  if (!person.alerts || (await readsDigestOnly(person, deps))) return 'digest-only'
  const now = deps.now()
  if (!isAudible(ticket, person, now)) return 'quiet-hours'
  return (await sentLastHour(person, now, deps)) >= alertsAnHour ? 'hourly-limit' : null
}

async function readsDigestOnly(person: Person, { store }: Pick<ComposeDeps, 'store'>): Promise<boolean> {
  return (await store.personSettings(person.id)).get('alerts') === 'digest'
}

async function sentLastHour(
  person: Person,
  now: Date,
  { store }: Pick<ComposeDeps, 'store'>,
): Promise<number> {
  return store.countMessages(person.id, urgentKinds, new Date(now.getTime() - hourMs), now)
}

function isAudible({ severity }: Pick<Ticket, 'severity'>, person: Person, now: Date): boolean {
  return severity === 'critical' || !isQuiet(person, now)
}

function isQuiet(person: Person, now: Date): boolean {
  if (person.quiet === null) return false
  const minute = minuteOfDay(now, person.timezone)
  const { from, to } = person.quiet
  return from <= to ? from <= minute && minute < to : minute >= from || minute < to
}

function minuteOfDay(now: Date, zone: string): number {
  const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(now)
    .split(':')
    .map(Number)
  return hour * 60 + minute
}

async function composeAlert(
  person: Person,
  { ticket, notices }: TicketNotices,
  config: Config,
  now: Date,
  deps: ComposeDeps,
): Promise<number> {
  try {
    const message = await alertMessage(person, ticket, weightiest(notices), config, now, deps)
    if (message) await deps.store.recordMessages([message], idsOf(notices), now)
    else await deps.store.foldNotices(idsOf(notices))
    return message ? 1 : 0
  } catch (error) {
    deps.onFault(error, ticket.id)
    return 0
  }
}

async function alertMessage(
  person: Person,
  ticket: Ticket,
  kind: NoticeKind,
  config: Config,
  now: Date,
  deps: ComposeDeps,
): Promise<NewMessage | null> {
  const mentions = await deps.store.ticketMentions(ticket.id)
  const evidence = new Map(mentions.map((judged) => [judged.mention.id, deps.evidenceOf(judged)]))
  const replyTo = deps.replyTo(ticket.id, person.id)
  const drafts = await deps.store.drafts(ticket.id)
  const view = alertView({ ticket, kind, reader: person, mentions, evidence, replyTo, drafts }, config, now)
  if (!view) return null
  const mail = alertMail(view, now)
  const n = (await deps.store.countTicketMessages(ticket.id, person.id)) + 1
  const domain = domainOf(config.mail.from.address)
  const messageId = ticketMessageId(ticket.id, person.id, n, domain, deps.folderId)
  const bytes = await renderMime(
    mail,
    {
      ...envelopeOf(person, config, now),
      replyTo,
      messageId,
      thread: ticketThread(ticket.id, person.id, n, domain, deps.folderId),
      list: alertList(person, deps),
      severity: ticket.severity,
      category: ticket.category,
      watch: view.ticket.watchName,
    },
    dkimOf(config),
  )
  return {
    kind: person.id === canaryName ? 'canary' : messageKind(kind),
    ticket: ticket.id,
    person: person.id,
    recipient: person.email,
    messageId,
    subject: mail.subject,
    bytes,
  }
}

async function composeSummary(
  person: Person,
  rest: readonly TicketNotices[],
  config: Config,
  now: Date,
  deps: ComposeDeps,
): Promise<void> {
  const view: SummaryView = {
    reader: person,
    language: person.language,
    tickets: rest.map(({ ticket }) => ticketLine(ticket, config, person.language)),
    inbox: `${config.pages.url}/`,
  }
  const mail = summaryMail(view, now)
  const newest = Math.max(...rest.map(({ ticket }) => ticket.id))
  const date = `${localDate(now, person.timezone)}.${newest}`
  const messageId = digestMessageId(
    'summary',
    date,
    person.id,
    domainOf(config.mail.from.address),
    deps.folderId,
  )
  const bytes = await renderMime(
    mail,
    {
      ...envelopeOf(person, config, now),
      replyTo: null,
      messageId,
      thread: { inReplyTo: null, references: [] },
      list: alertList(person, deps),
      severity: rest[0]?.ticket.severity ?? null,
      category: null,
      watch: null,
    },
    dkimOf(config),
  )
  const message: NewMessage = {
    kind: 'summary',
    ticket: null,
    person: person.id,
    recipient: person.email,
    messageId,
    subject: mail.subject,
    bytes,
  }
  await deps.store.recordMessages(
    [message],
    rest.flatMap(({ notices }) => idsOf(notices)),
    now,
  )
}

/** Unsubscribing from alerts means to be told by the digest. */
function alertList(person: Person, deps: ComposeDeps) {
  return {
    name: 'alerts',
    unsubscribeUrl: deps.unsubscribeUrl(person.id),
    unsubscribeMail: deps.unsubscribeMail(person.id),
  }
}

/** From us, to one person. */
export function envelopeOf(person: Person, config: Pick<Config, 'mail'>, now: Date) {
  return { from: config.mail.from, to: { name: person.name, address: person.email }, date: now }
}

export function dkimOf({ mail }: Pick<Config, 'mail'>) {
  return mail.dkim === null ? null : { ...mail.dkim, privateKey: mail.dkim.key.reveal() }
}

/** Of several notices about one ticket, what the mail says it is about. */
function weightiest(notices: readonly Notice[]): NoticeKind {
  const order: readonly NoticeKind[] = [
    'crisis',
    'opened',
    'escalation',
    'approval',
    'refused',
    'approved',
    'reopened',
    'reminder',
    'assigned',
    'joined',
  ]
  return order.find((kind) => notices.some((notice) => notice.kind === kind)) ?? 'joined'
}

function messageKind(kind: NoticeKind): MessageKind {
  switch (kind) {
    case 'opened':
    case 'reopened':
    case 'assigned':
      return 'alert'
    case 'joined':
    case 'approval':
    case 'approved':
    case 'refused':
    case 'crisis':
      return 'update'
    case 'reminder':
    case 'escalation':
      return kind
  }
}

function idsOf(notices: readonly Notice[]): number[] {
  return notices.map((notice) => notice.id)
}
