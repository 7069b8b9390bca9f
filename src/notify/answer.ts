import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import type { Config } from '../config.ts'
import { localDate, plusDays } from '../domain/calendar.ts'
import type { Person } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import { TicketActionError } from '../triage/act.ts'
import type { Desk } from '../triage/desk.ts'
import { dkimOf, envelopeOf } from './compose.ts'
import { type ConfirmationView, confirmationMail } from './confirmation-mail.tsx'
import { confirmationWords } from './mail-words-confirmation.ts'
import { digestMessageId, domainOf, renderMime, ticketMessageId, ticketThread } from './mime.ts'
import { type Reply, readReply } from './reply.ts'
import type { ReplyCommand } from './reply-commands.ts'

export interface AnswerDeps {
  readonly store: Pick<
    Store,
    | 'setting'
    | 'setSetting'
    | 'ticket'
    | 'ticketMessages'
    | 'countTicketMessages'
    | 'recordMessages'
    | 'setPersonSetting'
    | 'markBadAddress'
  >
  readonly desk: Desk
  readonly folderId: string
  /** The key of the tokens. */
  readonly key: Buffer
  now(): Date
  /** Told what became of each mail, for the log. */
  onRead(reply: Reply): void
}

/** An absence whose end is not told lasts so long. */
const absenceDays = 7

/**
 * Deals with one mail that came to Vigie's mailbox: does what it asks, keeps what else it says as a note, and confirms
 * once. The same mail handed over twice acts once. Nothing acts without a known sender and a valid token.
 */
export async function handleAnswer(rawMail: Buffer, config: Config, deps: AnswerDeps): Promise<void> {
  const reply = await readReply(rawMail, {
    key: deps.key,
    people: config.people,
    ownAddresses: [config.mail.from.address, ...(config.mail.replyTo ? [config.mail.replyTo] : [])],
    ownMarks: [config.pages.url],
    now: deps.now,
  })
  deps.onRead(reply)
  switch (reply.kind) {
    case 'answer':
      if (!(await isNew(reply.messageId, deps))) return
      await obey(reply, config, deps)
      // After it, so that a fault in between has the mail read again: better told twice than not done.
      await remember(reply.messageId, deps)
      return
    case 'unsubscribe':
      await unsubscribe(reply.person, config, deps)
      return
    case 'absence':
      await noteAbsence(reply.person, config, deps)
      return
    case 'bounce':
      if (reply.originalId !== null && reply.recipient !== null && reply.isPermanent) {
        await deps.store.markBadAddress(reply.originalId, reply.recipient, reply.reason, deps.now())
      }
      return
    case 'ignored':
      return
  }
}

/** However often a mail program asks, one confirmation a person and day says so. */
async function unsubscribe(person: string, config: Config, deps: AnswerDeps): Promise<void> {
  await deps.store.setPersonSetting(person, 'alerts', 'digest', deps.now())
  const name = `unsubscribed:${person}`
  const today = localDate(deps.now(), config.calendar.zone)
  if ((await deps.store.setting(name)) === today) return
  const say = ({ language }: Person) => ({ done: [confirmationWords[language].unsubscribed], notDone: [] })
  await confirm(person, null, say, config, deps)
  await deps.store.setSetting(name, today)
}

/** A mail without a Message-ID cannot be told from its double: it is taken as new. */
async function isNew(messageId: string | null, deps: AnswerDeps): Promise<boolean> {
  return messageId === null || (await deps.store.setting(nameOf(messageId))) === null
}

async function remember(messageId: string | null, deps: AnswerDeps): Promise<void> {
  if (messageId !== null) await deps.store.setSetting(nameOf(messageId), deps.now().toISOString())
}

function nameOf(messageId: string): string {
  return `reply:${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}`
}

async function obey(reply: Reply & { kind: 'answer' }, config: Config, deps: AnswerDeps): Promise<void> {
  const { ticket, person: who } = reply
  const done: ((person: Person) => string)[] = []
  const notDone: ((person: Person) => string)[] = []
  for (const command of reply.commands) {
    try {
      if (ticket === null) throw new TicketActionError('no ticket')
      await carryOut(ticket, command, who, deps.desk)
      done.push((person) => sayDone(command, person, config))
    } catch (error) {
      if (!(error instanceof TicketActionError)) throw error
      notDone.push(() => error.message)
    }
  }
  if (reply.note.trim() !== '' && ticket !== null) {
    await deps.desk.note(ticket, who, reply.note)
    done.push((person) => confirmationWords[person.language].note)
  }
  for (const { line, why } of reply.problems) {
    notDone.push((person) => `${line.slice(0, 80)}: ${confirmationWords[person.language].problem[why]}`)
  }
  const say = (person: Person) => ({
    done: done.map((tell) => tell(person)),
    notDone: notDone.map((tell) => tell(person)),
  })
  await confirm(who, ticket, say, config, deps)
}

async function carryOut(ticket: number, command: ReplyCommand, who: string, desk: Desk): Promise<void> {
  switch (command.kind) {
    case 'seen':
      await desk.act(ticket, { verb: 'seen' }, who)
      return
    case 'answered':
      await desk.posted(ticket, who, command.url, null)
      return
    case 'dismiss':
      await desk.act(ticket, { verb: 'dismiss', reason: `${command.reason}: ${command.detail}` }, who)
      return
    case 'assign':
      await desk.act(ticket, { verb: 'assign', value: command.to }, who)
      return
    case 'snooze':
      await desk.act(ticket, { verb: 'snooze', value: command.until.toISOString() }, who)
  }
}

function sayDone(command: ReplyCommand, person: Person, config: Config): string {
  const words = confirmationWords[person.language]
  switch (command.kind) {
    case 'seen':
      return words.seen
    case 'answered':
      return words.answered(command.url)
    case 'dismiss':
      return words.dismiss[command.reason]
    case 'assign':
      return words.assign(config.people.get(command.to)?.name ?? command.to)
    case 'snooze': {
      const until = DateTime.fromJSDate(command.until, { zone: person.timezone }).setLocale(person.language)
      return words.snooze(until.toLocaleString(DateTime.DATETIME_FULL))
    }
  }
}

/** Out of office hands tickets over to the deputy for a week, unless the person is back sooner and says so. */
async function noteAbsence(person: string, config: Config, deps: AnswerDeps): Promise<void> {
  const today = localDate(deps.now(), config.calendar.zone)
  await deps.store.setPersonSetting(person, 'away-from', today, deps.now())
  await deps.store.setPersonSetting(person, 'away-to', plusDays(today, absenceDays), deps.now())
}

async function confirm(
  who: string,
  ticketId: number | null,
  say: (person: Person) => Pick<ConfirmationView, 'done' | 'notDone'>,
  config: Config,
  deps: AnswerDeps,
): Promise<void> {
  const person = config.people.get(who)
  if (!person) return
  const now = deps.now()
  const ticket = ticketId === null ? null : await deps.store.ticket(ticketId)
  const [first] = ticket ? await deps.store.ticketMessages(ticket.id, who) : []
  const about = ticket && {
    title: ticket.title,
    page: `${config.pages.url}/tickets/${ticket.id}`,
    subject: first?.subject ?? ticket.title,
  }
  const mail = confirmationMail({ reader: person, ticket: about, ...say(person) })
  const domain = domainOf(config.mail.from.address)
  const n = ticket ? (await deps.store.countTicketMessages(ticket.id, who)) + 1 : 0
  const messageId = ticket
    ? ticketMessageId(ticket.id, who, n, domain, deps.folderId)
    : digestMessageId('confirmation', now.toISOString(), who, domain, deps.folderId)
  const bytes = await renderMime(
    mail,
    {
      ...envelopeOf(person, config, now),
      replyTo: null,
      messageId,
      thread: ticket
        ? ticketThread(ticket.id, who, n, domain, deps.folderId)
        : { inReplyTo: null, references: [] },
      list: { name: 'alerts', unsubscribeUrl: null, unsubscribeMail: null },
      severity: null,
      category: null,
      watch: null,
    },
    dkimOf(config),
  )
  const message = {
    kind: 'confirmation',
    ticket: ticket?.id ?? null,
    person: who,
    recipient: person.email,
    messageId,
    subject: mail.subject,
    bytes,
  } as const
  await deps.store.recordMessages([message], [], now)
}
