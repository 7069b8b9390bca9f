import { DateTime } from 'luxon'
import type { Config } from '../config.ts'
import { hourMs } from '../domain/duration.ts'
import type { JudgedMention } from '../domain/mention.ts'
import type { NewMessage, Notice } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import { bySeverity } from '../domain/playbook.ts'
import type { Evidence } from '../domain/judgement.ts'
import type { Ticket } from '../domain/ticket.ts'
import type { Store } from '../store/store.ts'
import { alertMail } from './alert-mail.tsx'
import { alertView, watchNameOf } from './alert-view.ts'
import { type MailEnvelope, renderMime, summaryMessageId, ticketThread } from './mime.ts'
import { summaryMail } from './summary-mail.tsx'
import type { MailText } from './views.ts'

export interface ComposeDeps {
  readonly store: Pick<
    Store,
    'dueNotices' | 'ticket' | 'ticketMentions' | 'countMessages' | 'lastMessageAt' | 'recordMessages' | 'foldNotices'
  >
  now(): Date
  evidenceOf(mention: JudgedMention): readonly Evidence[]
  /** Where answers to a ticket's mail go; null: replies are not read. */
  replyTo(ticket: number, person: string): string | null
  onFault(error: unknown, ticket: number): void
}

/** Older notices are left to the next digest: a restart never floods. */
const foldAfterMs = 12 * hourMs
const alertsAnHour = 6

/** Turns due notices into rendered messages in the outbox: at most six alerts an hour a person, the rest in one. */
export async function compose(config: Config, deps: ComposeDeps): Promise<number> {
  const now = deps.now()
  const due = await deps.store.dueNotices(now)
  const old = due.filter((notice) => now.getTime() - notice.createdAt.getTime() > foldAfterMs)
  await deps.store.foldNotices(old.map((notice) => notice.id))
  let written = 0
  for (const [id, notices] of Map.groupBy(
    due.filter((notice) => !old.includes(notice)),
    (notice) => notice.person,
  )) {
    const person = config.people.get(id)
    if (!person) await deps.store.foldNotices(notices.map((notice) => notice.id))
    else written += await composeFor(person, notices, config, now, deps)
  }
  return written
}

interface TicketNotices {
  readonly ticket: Ticket
  readonly notices: readonly Notice[]
}
