import type { Insertable, Kysely, Transaction, Updateable } from 'kysely'
import { openStates, type Ticket, type TicketEvent } from '../domain/ticket.ts'
import { type JudgedRow, judgementColumns, toJudgedMention, toMention, toTicket } from './rows.ts'
import type { Tables } from './schema.ts'
import type { JudgementRecord, NewNotice, Store, TicketChange, TriageRecord } from './store.ts'

type TicketStore = Pick<
  Store,
  | 'unjudgedMentions'
  | 'recordJudgements'
  | 'untriagedMentions'
  | 'ticketByKeys'
  | 'recordTriages'
  | 'openTicket'
  | 'joinTicket'
  | 'ticket'
  | 'tickets'
  | 'ticketMentions'
  | 'lastAffairTexts'
  | 'ticketEvents'
  | 'changeTicket'
  | 'ticketsAnswered'
  | 'ticketsOpened'
  | 'countOpenTickets'
  | 'mention'
  | 'ticketsToWake'
  | 'mergeTickets'
  | 'splitTicket'
  | 'postedTexts'
>

/** From mention to ticket: verdicts, decisions, and what people do about them. */
export function ticketStore(db: Kysely<Tables>): TicketStore {
  return {
    async unjudgedMentions(limit) {
      const rows = await db
        .selectFrom('pending')
        .innerJoin('mentions', 'mentions.id', 'pending.mention')
        .selectAll('mentions')
        .where('pending.stage', '=', 'judge')
        .orderBy('pending.mention')
        .limit(limit)
        .execute()
      return rows.map(toMention)
    },

    async recordJudgements(judged) {
      if (judged.length === 0) return
      await db.transaction().execute(async (tx) => {
        for (let at = 0; at < judged.length; at += 50) {
          await tx
            .insertInto('judgements')
            .values(judged.slice(at, at + 50).map(judgementRow))
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        }
      })
    },

    async untriagedMentions(limit) {
      const rows = await db
        .selectFrom('pending')
        .innerJoin('mentions', 'mentions.id', 'pending.mention')
        .innerJoin('judgements', 'judgements.mention', 'pending.mention')
        .selectAll('mentions')
        .select(judgementColumns)
        .where('pending.stage', '=', 'triage')
        .orderBy('pending.mention')
        .limit(limit)
        .execute()
      return rows.map((row) => toJudgedMention(row as JudgedRow))
    },

    async ticketByKeys(watch, keys) {
      if (keys.length === 0) return null
      const rows = await db
        .selectFrom('ticket_keys')
        .innerJoin('tickets', 'tickets.id', 'ticket_keys.ticket')
        .selectAll('tickets')
        .select('ticket_keys.key')
        .where('ticket_keys.watch', '=', watch)
        .where('ticket_keys.key', 'in', keys)
        .execute()
      const byKey = new Map(rows.map((row) => [row.key, row]))
      const first = keys.map((key) => byKey.get(key)).find((row) => row !== undefined)
      return first ? toTicket(first) : null
    },

    recordTriages: (decisions) =>
      db.transaction().execute(async (tx) => {
        for (let at = 0; at < decisions.length; at += 50) {
          await tx
            .insertInto('triages')
            .values(decisions.slice(at, at + 50).map((decision) => triageRow(decision, null)))
            .execute()
        }
      }),

    openTicket: (opening) =>
      db.transaction().execute(async (tx) => {
        const { ticket, triage } = opening
        const row: Insertable<Tables['tickets']> = {
          watch: ticket.watch,
          category: ticket.category,
          category_confidence: ticket.categoryConfidence,
          alternatives: JSON.stringify(ticket.alternatives),
          severity: ticket.severity,
          approval: ticket.approval,
          state: 'new',
          owner: ticket.owner,
          title: ticket.title,
          language: ticket.language,
          opened_at: ticket.openedAt.getTime(),
          seen_by: ticket.seenBy.getTime(),
          answer_by: ticket.answerBy.getTime(),
          mention_count: 1,
          author_count: 1,
          drill: ticket.drill ? 1 : 0,
          reason: JSON.stringify(ticket.reason),
          changed_at: triage.at.getTime(),
        }
        const { id } = await tx.insertInto('tickets').values(row).returning('id').executeTakeFirstOrThrow()
        await insertTriage(tx, triage, id)
        await insertKeys(tx, ticket.watch, opening.keys, id, triage.at)
        await insertNotices(tx, id, opening.notices, triage.at)
        await insertEvent(tx, id, {
          at: triage.at,
          who: 'vigie',
          what: 'opened',
          detail: { mention: triage.mention, category: ticket.category, reason: triage.reason },
        })
        return requireTicket(tx, id)
      }),

    joinTicket: (joining) =>
      db.transaction().execute(async (tx) => {
        const { triage } = joining
        await insertTriage(tx, triage, joining.ticket)
        const ticket = await requireTicket(tx, joining.ticket)
        await insertKeys(tx, ticket.watch, joining.keys, joining.ticket, triage.at)
        await insertNotices(tx, joining.ticket, joining.notices, triage.at)
        await insertEvent(tx, joining.ticket, {
          at: triage.at,
          who: 'vigie',
          what: 'joined',
          detail: { mention: triage.mention },
        })
        await recount(tx, joining.ticket, triage.at)
        return requireTicket(tx, joining.ticket)
      }),

    async ticket(id) {
      const row = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? toTicket(row) : null
    },

    async tickets(filter) {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('drill', '=', filter.drill ? 1 : 0)
        .where('state', 'in', filter.states ?? openStates)
        .$if(filter.watch !== undefined, (query) => query.where('watch', '=', filter.watch ?? ''))
        .$if(filter.owner !== undefined, (query) => query.where('owner', '=', filter.owner ?? ''))
        .orderBy('answer_by')
        .orderBy('id')
        .limit(filter.limit)
        .execute()
      return rows.map(toTicket)
    },

    async lastAffairTexts(watch, since, limit) {
      const rows = await db
        .selectFrom('triages')
        .innerJoin('mentions', 'mentions.id', 'triages.mention')
        .select(['triages.ticket', 'mentions.title', 'mentions.text'])
        .where('triages.outcome', '=', 'ticket')
        .where('triages.decided_at', '>=', since.getTime())
        .where('mentions.watch', '=', watch)
        .where('mentions.drill', '=', 0)
        .where('triages.ticket', 'is not', null)
        .orderBy('triages.decided_at', 'desc')
        .orderBy('mentions.id', 'desc')
        .limit(limit)
        .execute()
      return rows.flatMap(({ ticket, title, text }) =>
        ticket === null ? [] : { ticket, entry: { title, text } },
      )
    },

    async ticketMentions(id, limit) {
      const rows = await db
        .selectFrom('triages')
        .innerJoin('mentions', 'mentions.id', 'triages.mention')
        .innerJoin('judgements', 'judgements.mention', 'mentions.id')
        .selectAll('mentions')
        .select(judgementColumns)
        .where('triages.ticket', '=', id)
        .orderBy('mentions.id')
        .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
        .execute()
      return rows.map((row) => toJudgedMention(row as JudgedRow))
    },

    async mention(id) {
      const row = await db
        .selectFrom('mentions')
        .leftJoin('judgements', 'judgements.mention', 'mentions.id')
        .selectAll('mentions')
        .select(judgementColumns)
        .where('mentions.id', '=', id)
        .executeTakeFirst()
      return row ? toJudgedMention(row as JudgedRow) : null
    },

    async ticketEvents(id) {
      const rows = await db
        .selectFrom('ticket_events')
        .selectAll()
        .where('ticket', '=', id)
        .orderBy('id')
        .execute()
      return rows.map(
        (row): TicketEvent => ({
          at: new Date(row.at),
          who: row.who,
          what: row.what as TicketEvent['what'],
          detail: JSON.parse(row.detail),
        }),
      )
    },

    async ticketsToWake(now) {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('drill', '=', 0)
        .where('state', 'in', ['snoozed', 'dismissed'])
        .where('again_at', '<=', now.getTime())
        .orderBy('id')
        .execute()
      return rows.map(toTicket)
    },

    async ticketsOpened(from, to) {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('drill', '=', 0)
        .where('opened_at', '>', from.getTime())
        .where('opened_at', '<=', to.getTime())
        .orderBy('id')
        .execute()
      return rows.map(toTicket)
    },

    async ticketsAnswered(from, to) {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('drill', '=', 0)
        .where('answered_at', '>', from.getTime())
        .where('answered_at', '<=', to.getTime())
        .orderBy('answered_at', 'desc')
        .execute()
      return rows.map(toTicket)
    },

    async countOpenTickets() {
      const { count } = await db
        .selectFrom('tickets')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('drill', '=', 0)
        .where('state', 'in', openStates)
        .executeTakeFirstOrThrow()
      return count
    },

    mergeTickets: (from, into, who, at) =>
      db.transaction().execute(async (tx) => {
        await tx.updateTable('triages').set({ ticket: into }).where('ticket', '=', from).execute()
        await tx.updateTable('ticket_keys').set({ ticket: into }).where('ticket', '=', from).execute()
        await tx
          .updateTable('notices')
          .set({ message: 0 })
          .where('ticket', '=', from)
          .where('message', 'is', null)
          .execute()
        await tx
          .updateTable('tickets')
          .set({
            state: 'dismissed',
            dismiss_reason: 'already-answered',
            again_at: null,
            changed_at: at.getTime(),
          })
          .where('id', '=', from)
          .execute()
        await insertEvent(tx, from, { at, who, what: 'merged', detail: { into } })
        await insertEvent(tx, into, { at, who, what: 'merged', detail: { from } })
        await recount(tx, from, at)
        await recount(tx, into, at)
        return requireTicket(tx, into)
      }),

    splitTicket: (id, mentions, who, at) =>
      db.transaction().execute(async (tx) => {
        const { id: _old, ...same } = await tx
          .selectFrom('tickets')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        const twin = await tx.insertInto('tickets').values(same).returning('id').executeTakeFirstOrThrow()
        await tx
          .updateTable('triages')
          .set({ ticket: twin.id })
          .where('ticket', '=', id)
          .where('mention', 'in', mentions)
          .execute()
        await insertEvent(tx, id, { at, who, what: 'split', detail: { into: twin.id, mentions } })
        await insertEvent(tx, twin.id, { at, who, what: 'split', detail: { from: id, mentions } })
        await recount(tx, id, at)
        await recount(tx, twin.id, at)
        return requireTicket(tx, twin.id)
      }),

    async postedTexts(canonicalUrl, exceptTicket) {
      if (canonicalUrl === null) return []
      const rows = await db
        .selectFrom('drafts')
        .innerJoin('triages', 'triages.ticket', 'drafts.ticket')
        .innerJoin('mentions', 'mentions.id', 'triages.mention')
        .select('drafts.text')
        .distinct()
        .where('drafts.state', '=', 'posted')
        .where('drafts.ticket', '!=', exceptTicket)
        .where('mentions.canonical_url', '=', canonicalUrl)
        .execute()
      return rows.map((row) => row.text)
    },

    changeTicket: (id, change) =>
      db.transaction().execute(async (tx) => {
        const updated = await tx
          .updateTable('tickets')
          .set({ ...columnsOf(change.set), changed_at: change.at.getTime() })
          .where('id', '=', id)
          .executeTakeFirst()
        if (updated.numUpdatedRows === 0n) return null
        await insertEvent(tx, id, change)
        await insertNotices(tx, id, change.notices ?? [], change.at)
        return requireTicket(tx, id)
      }),
  }
}

function judgementRow({
  mention,
  judgement,
  language,
  at,
}: JudgementRecord): Insertable<Tables['judgements']> {
  return {
    mention,
    judged_at: at.getTime(),
    language,
    polarity: judgement?.polarity ?? null,
    confidence: judgement?.confidence ?? null,
    sure: judgement?.sure ? 1 : 0,
    negative: judgement?.scores.negative ?? null,
    neutral: judgement?.scores.neutral ?? null,
    positive: judgement?.scores.positive ?? null,
  }
}

async function insertTriage(db: Kysely<Tables>, decision: TriageRecord, ticket: number | null) {
  await db.insertInto('triages').values(triageRow(decision, ticket)).execute()
}

function triageRow(decision: TriageRecord, ticket: number | null): Insertable<Tables['triages']> {
  return {
    mention: decision.mention,
    decided_at: decision.at.getTime(),
    outcome: decision.outcome,
    category: decision.category,
    confidence: decision.confidence,
    alternatives: JSON.stringify(decision.alternatives),
    reason: JSON.stringify(decision.reason),
    ticket,
  }
}

async function insertKeys(
  tx: Transaction<Tables>,
  watch: string,
  keys: readonly string[],
  ticket: number,
  at: Date,
) {
  if (keys.length === 0) return
  await tx
    .insertInto('ticket_keys')
    .values(keys.map((key) => ({ watch, key, ticket, at: at.getTime() })))
    .onConflict((conflict) => conflict.columns(['watch', 'key']).doUpdateSet({ ticket, at: at.getTime() }))
    .execute()
}

export async function insertNotices(
  tx: Transaction<Tables>,
  ticket: number,
  notices: readonly NewNotice[],
  at: Date,
) {
  if (notices.length === 0) return
  await tx
    .insertInto('notices')
    .values(
      notices.map((notice) => ({
        ticket,
        person: notice.person,
        kind: notice.kind,
        created_at: at.getTime(),
        due_at: notice.dueAt.getTime(),
        message: null,
      })),
    )
    .execute()
}

export async function insertEvent(tx: Transaction<Tables>, ticket: number, event: TicketEvent) {
  await tx
    .insertInto('ticket_events')
    .values({
      ticket,
      at: event.at.getTime(),
      who: event.who,
      what: event.what,
      detail: JSON.stringify(event.detail),
    })
    .execute()
}

async function recount(tx: Transaction<Tables>, ticket: number, at: Date) {
  const counts = await tx
    .selectFrom('triages')
    .innerJoin('mentions', 'mentions.id', 'triages.mention')
    .select((eb) => [
      eb.fn.countAll<number>().as('mentions'),
      eb.fn.count<number>('mentions.author').distinct().as('named'),
    ])
    .where('triages.ticket', '=', ticket)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('tickets')
    .set({
      mention_count: counts.mentions,
      author_count: Math.max(1, counts.named),
      changed_at: at.getTime(),
    })
    .where('id', '=', ticket)
    .execute()
}

function columnsOf(set: TicketChange['set']): Updateable<Tables['tickets']> {
  const time = (date: Date | null | undefined) =>
    date === undefined ? undefined : date === null ? null : date.getTime()
  const columns = {
    state: set.state,
    category: set.category,
    category_confidence: set.categoryConfidence,
    severity: set.severity,
    approval: set.approval,
    owner: set.owner,
    seen_at: time(set.seenAt),
    answered_at: time(set.answeredAt),
    answer_url: set.answerUrl,
    dismiss_reason: set.dismissReason,
    again_at: time(set.againAt),
    seen_by: time(set.seenBy),
    answer_by: time(set.answerBy),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

async function requireTicket(tx: Transaction<Tables>, id: number): Promise<Ticket> {
  return toTicket(await tx.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
}
