import type { Kysely, Transaction } from 'kysely'
import { dayMs } from '../domain/duration.ts'
import type { MessageState, NewMessage, Notice } from '../domain/message.ts'
import { type JudgedRow, judgementColumns, toJudgedMention, toMessage, toMessageSummary } from './rows.ts'
import type { Tables } from './schema.ts'
import type { Store } from './store.ts'

type MessageStore = Pick<
  Store,
  | 'dueNotices'
  | 'countMessages'
  | 'countTicketMessages'
  | 'ticketMessages'
  | 'markBadAddress'
  | 'recordMessages'
  | 'foldNotices'
  | 'dueMessages'
  | 'recordSent'
  | 'recordDeliveryFailure'
  | 'messageCounts'
  | 'messages'
  | 'message'
  | 'lastMessageTo'
  | 'recordDigest'
  | 'lastDigest'
  | 'activity'
>

const summaryColumns = [
  'id',
  'kind',
  'ticket',
  'person',
  'recipient',
  'message_id',
  'subject',
  'state',
  'created_at',
  'attempts',
  'next_attempt_at',
  'last_code',
  'last_reply',
  'sent_at',
] as const

/** The outbox: what is to be told, what was rendered, what left. */
export function messageStore(db: Kysely<Tables>): MessageStore {
  return {
    async dueNotices(now) {
      const rows = await db
        .selectFrom('notices')
        .selectAll()
        .where('message', 'is', null)
        .where((eb) => eb.or([eb('due_at', '<=', now.getTime()), eb('created_at', '>', now.getTime())]))
        .orderBy('due_at')
        .orderBy('id')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        ticket: row.ticket,
        person: row.person,
        kind: row.kind as Notice['kind'],
        createdAt: new Date(row.created_at),
        dueAt: new Date(row.due_at),
      }))
    },

    async countMessages(person, kinds, since, until) {
      const { count } = await db
        .selectFrom('messages')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('person', '=', person)
        .where('kind', 'in', kinds)
        .where('created_at', '>', since.getTime())
        .where('created_at', '<=', until.getTime())
        .executeTakeFirstOrThrow()
      return count
    },

    async ticketMessages(ticket, person) {
      const rows = await db
        .selectFrom('messages')
        .select(summaryColumns)
        .where('ticket', '=', ticket)
        .where('person', '=', person)
        .orderBy('id')
        .execute()
      return rows.map(toMessageSummary)
    },

    async markBadAddress(messageId, recipient, reason) {
      const marked = await db
        .updateTable('messages')
        .set({
          state: 'gave-up',
          next_attempt_at: null,
          last_code: 'bounced',
          last_reply: reason.slice(0, 500),
        })
        .where('message_id', '=', messageId)
        .where('recipient', '=', recipient)
        .executeTakeFirst()
      return marked.numUpdatedRows > 0n
    },

    async countTicketMessages(ticket, person) {
      const { count } = await db
        .selectFrom('messages')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('ticket', '=', ticket)
        .where('person', '=', person)
        .executeTakeFirstOrThrow()
      return count
    },

    recordMessages: (messages, notices, now) =>
      db.transaction().execute(async (tx) => {
        const ids: number[] = []
        for (const message of messages) ids.push(await insertMessage(tx, message, now))
        if (notices.length > 0) {
          await tx
            .updateTable('notices')
            .set({ message: ids[0] ?? 0 })
            .where('id', 'in', notices)
            .execute()
        }
        return ids
      }),

    async foldNotices(notices) {
      if (notices.length === 0) return
      await db.updateTable('notices').set({ message: 0 }).where('id', 'in', notices).execute()
    },

    async dueMessages(now, limit) {
      const rows = await db
        .selectFrom('messages')
        .selectAll()
        .where('state', '=', 'pending')
        // No wait is longer than a day: one that is was counted from a clock that has been set back since.
        .where((eb) =>
          eb.or([
            eb('next_attempt_at', '<=', now.getTime()),
            eb('next_attempt_at', '>', now.getTime() + 2 * dayMs),
          ]),
        )
        .orderBy('next_attempt_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toMessage)
    },

    async recordSent(id, reply, now) {
      await db
        .updateTable('messages')
        .set((eb) => ({
          state: 'sent',
          sent_at: now.getTime(),
          attempts: eb('attempts', '+', 1),
          next_attempt_at: null,
          last_code: null,
          last_reply: reply.slice(0, 500),
        }))
        .where('id', '=', id)
        .execute()
    },

    async recordDeliveryFailure(id, { code, reply, nextAttemptAt }) {
      await db
        .updateTable('messages')
        .set((eb) => ({
          state: nextAttemptAt === null ? 'gave-up' : 'pending',
          attempts: eb('attempts', '+', 1),
          next_attempt_at: nextAttemptAt?.getTime() ?? null,
          last_code: code,
          last_reply: reply.slice(0, 500),
        }))
        .where('id', '=', id)
        .execute()
    },

    async messageCounts() {
      const rows = await db
        .selectFrom('messages')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute()
      const counts: Record<MessageState, number> = { pending: 0, sent: 0, 'gave-up': 0 }
      for (const row of rows) counts[row.state as MessageState] = row.count
      return counts
    },

    async messages(state, limit) {
      const rows = await db
        .selectFrom('messages')
        .select(summaryColumns)
        .$if(state !== null, (query) => query.where('state', '=', state ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toMessageSummary)
    },

    async lastMessageTo(person) {
      const row = await db
        .selectFrom('messages')
        .select(summaryColumns)
        .where('person', '=', person)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row ? toMessageSummary(row) : null
    },

    async message(id) {
      const row = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? toMessage(row) : null
    },

    recordDigest: (person, kind, localDate, message, now) =>
      db.transaction().execute(async (tx) => {
        const there = await tx
          .selectFrom('digests')
          .select('message')
          .where('person', '=', person)
          .where('kind', '=', kind)
          .where('local_date', '=', localDate)
          .executeTakeFirst()
        if (there) return false
        const id = await insertMessage(tx, message, now)
        await tx.insertInto('digests').values({ person, kind, local_date: localDate, message: id }).execute()
        return true
      }),

    async lastDigest(person, kind) {
      const row = await db
        .selectFrom('digests')
        .innerJoin('messages', 'messages.id', 'digests.message')
        .select(['digests.local_date', 'messages.created_at'])
        .where('digests.person', '=', person)
        .where('digests.kind', '=', kind)
        .orderBy('digests.local_date', 'desc')
        .executeTakeFirst()
      return row ? { localDate: row.local_date, at: new Date(row.created_at) } : null
    },

    async activity(from, to) {
      const [start, end] = [from.getTime(), to.getTime()]
      const days = await db
        .selectFrom('mentions')
        .leftJoin('judgements', 'judgements.mention', 'mentions.id')
        .select(['watch', 'collected_at', 'polarity', 'sure', 'judgements.mention as judged'])
        .where('drill', '=', 0)
        .where('collected_at', '>', start)
        .where('collected_at', '<=', end)
        .orderBy('collected_at')
        .execute()
      const events = await db
        .selectFrom('ticket_events')
        .innerJoin('tickets', 'tickets.id', 'ticket_events.ticket')
        .select((eb) => ['what', eb.fn.countAll<number>().as('count')])
        .where('tickets.drill', '=', 0)
        .where('at', '>', start)
        .where('at', '<=', end)
        .groupBy('what')
        .execute()
      const countOf = (what: string) => events.find((event) => event.what === what)?.count ?? 0
      const toRead = await db
        .selectFrom('triages')
        .innerJoin('mentions', 'mentions.id', 'triages.mention')
        .innerJoin('judgements', 'judgements.mention', 'mentions.id')
        .selectAll('mentions')
        .select(judgementColumns)
        .where('outcome', '=', 'to-read')
        .where('drill', '=', 0)
        .where('decided_at', '>', start)
        .where('decided_at', '<=', end)
        .orderBy('mentions.id')
        .execute()
      const { unrelated } = await db
        .selectFrom('unrelated')
        .select((eb) => eb.fn.countAll<number>().as('unrelated'))
        .where('collected_at', '>', start)
        .where('collected_at', '<=', end)
        .executeTakeFirstOrThrow()
      return {
        mentions: days.length,
        negative: days.filter((day) => day.polarity === 'negative' && day.sure === 1).length,
        unsure: days.filter((day) => day.polarity !== null && day.sure === 0).length,
        otherLanguage: days.filter((day) => day.judged !== null && day.polarity === null).length,
        opened: countOf('opened'),
        joined: countOf('joined'),
        answered: countOf('answered'),
        dismissed: countOf('dismissed'),
        unrelated,
        toRead: toRead.map((row) => toJudgedMention(row as JudgedRow)),
        days: days.map((day) => ({
          collectedAt: new Date(day.collected_at),
          watch: day.watch,
          isNegative: day.polarity === 'negative' && day.sure === 1,
        })),
      }
    },
  }
}

async function insertMessage(tx: Transaction<Tables>, message: NewMessage, now: Date): Promise<number> {
  const { id } = await tx
    .insertInto('messages')
    .values({
      kind: message.kind,
      ticket: message.ticket,
      person: message.person,
      recipient: message.recipient,
      message_id: message.messageId,
      subject: message.subject,
      bytes: message.bytes,
      state: 'pending',
      created_at: now.getTime(),
      next_attempt_at: now.getTime(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
