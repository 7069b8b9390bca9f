import { createHash } from 'node:crypto'
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely'
import type { Correction, Crisis, EvidenceRecord, Silence, WrittenDraft } from '../domain/answer.ts'
import { minuteMs } from '../domain/duration.ts'
import { openStates } from '../domain/ticket.ts'
import { toDate, toTicket } from './rows.ts'
import type { Tables } from './schema.ts'
import type { CrisisRecord, NewNotice, Store } from './store.ts'
import { insertEvent, insertNotices } from './tickets.ts'

type WorkStore = Pick<
  Store,
  | 'lastDigestUntil'
  | 'silencedTickets'
  | 'levelsReached'
  | 'crisesSince'
  | 'crisis'
  | 'ticketsHeld'
  | 'drafts'
  | 'saveDraft'
  | 'decideDraft'
  | 'ticks'
  | 'setTick'
  | 'corrections'
  | 'recordCorrection'
  | 'undoCorrection'
  | 'correctedBefore'
  | 'silences'
  | 'addSilence'
  | 'endSilence'
  | 'escalate'
  | 'evidenceOf'
  | 'recordEvidence'
  | 'mentionsWithoutEvidence'
  | 'openCrises'
  | 'openCrisis'
  | 'closeCrisis'
  | 'countHeld'
  | 'watchedEvidence'
  | 'brokenEvidence'
  | 'negativeTexts'
  | 'personSettings'
  | 'setPersonSetting'
>

/** What fell due shortly before a crisis opened was still waiting for its turn, and was held with the rest. */
const heldBeforeMs = 15 * minuteMs

/** What people do around a ticket, and what they teach. */
export function workStore(db: Kysely<Tables>): WorkStore {
  return {
    async drafts(ticket) {
      const rows = await db
        .selectFrom('drafts')
        .selectAll()
        .where('ticket', '=', ticket)
        .orderBy('id')
        .execute()
      return rows.map(toDraft)
    },

    saveDraft: (draft) =>
      db.transaction().execute(async (tx) => {
        const { at, who, ticket } = draft
        const working = await tx
          .selectFrom('drafts')
          .select('id')
          .where('ticket', '=', ticket)
          .where('who', '=', who)
          .where('state', '=', 'working')
          .where('name', draft.name === null ? 'is' : '=', draft.name)
          .executeTakeFirst()
        const columns = { at: at.getTime(), language: draft.language, text: draft.text, state: draft.state }
        const row = working
          ? await tx
              .updateTable('drafts')
              .set(columns)
              .where('id', '=', working.id)
              .returningAll()
              .executeTakeFirstOrThrow()
          : await tx
              .insertInto('drafts')
              .values({ ...columns, ticket, who, name: draft.name })
              .returningAll()
              .executeTakeFirstOrThrow()
        await insertEvent(tx, ticket, {
          at,
          who,
          what: 'draft-changed',
          detail: { draft: row.id, state: draft.state },
        })
        return toDraft(row)
      }),

    decideDraft: (id, decision) =>
      db.transaction().execute(async (tx) => {
        const { at, who, state, reason } = decision
        const row = await tx
          .updateTable('drafts')
          .set({ state, decided_at: at.getTime(), decided_by: who, reason })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst()
        return row ? toDraft(row) : null
      }),

    async ticks(ticket) {
      const rows = await db
        .selectFrom('ticks')
        .select('question')
        .where('ticket', '=', ticket)
        .orderBy('question')
        .execute()
      return rows.map((row) => row.question)
    },

    setTick: (ticket, question, isDone, who, at) =>
      db.transaction().execute(async (tx) => {
        if (isDone) {
          await tx
            .insertInto('ticks')
            .values({ ticket, question, at: at.getTime(), who })
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        } else {
          await tx.deleteFrom('ticks').where('ticket', '=', ticket).where('question', '=', question).execute()
        }
        await insertEvent(tx, ticket, { at, who, what: 'question', detail: { question, isDone } })
      }),

    async corrections(watch) {
      const rows = await db
        .selectFrom('corrections')
        .selectAll()
        .where('undone_at', 'is', null)
        .$if(watch !== null, (query) => query.where('watch', '=', watch ?? ''))
        .orderBy('id')
        .execute()
      return rows.map(toCorrection)
    },

    async recordCorrection(correction, contentHash) {
      const row = await db
        .insertInto('corrections')
        .values({
          mention: correction.mention,
          ticket: correction.ticket,
          watch: correction.watch,
          at: correction.at.getTime(),
          who: correction.who,
          kind: correction.kind,
          text: correction.text,
          language: correction.language,
          category: correction.category,
          content_hash: contentHash,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toCorrection(row)
    },

    async undoCorrection(id, at) {
      const done = await db
        .updateTable('corrections')
        .set({ undone_at: at.getTime() })
        .where('id', '=', id)
        .where('undone_at', 'is', null)
        .executeTakeFirst()
      return done.numUpdatedRows > 0n
    },

    async correctedBefore(watch, contentHash) {
      const row = await db
        .selectFrom('corrections')
        .selectAll()
        .where('watch', '=', watch)
        .where('content_hash', '=', contentHash)
        .where('kind', 'in', ['not-negative', 'not-us'])
        .where('undone_at', 'is', null)
        .orderBy('id', 'desc')
        .executeTakeFirst()
      return row ? toCorrection(row) : null
    },

    async silences(now) {
      const rows = await db
        .selectFrom('silences')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('from_at', '<=', now.getTime())
        .where('until_at', '>', now.getTime())
        .orderBy('id')
        .execute()
      return rows.map(toSilence)
    },

    async addSilence(silence, at) {
      const row = await db
        .insertInto('silences')
        .values({
          query: silence.query,
          watch: silence.watch,
          from_at: silence.from.getTime(),
          until_at: silence.until.getTime(),
          reason: silence.reason,
          who: silence.who,
          at: at.getTime(),
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toSilence(row)
    },

    async endSilence(id, at) {
      const done = await db
        .updateTable('silences')
        .set({ ended_at: at.getTime() })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      return done.numUpdatedRows > 0n
    },

    async silencedTickets(watch) {
      const rows = await db
        .selectFrom('ticket_keys')
        .select('ticket')
        .where('watch', '=', watch)
        .where('key', '>=', 'silence:')
        .where('key', '<', 'silence;')
        .execute()
      return new Set(rows.map((row) => row.ticket))
    },

    async levelsReached() {
      const rows = await db
        .selectFrom('escalations')
        .innerJoin('tickets', 'tickets.id', 'escalations.ticket')
        .select(['escalations.ticket', 'escalations.level'])
        .where('tickets.state', 'in', openStates)
        .execute()
      const reached = new Map<number, Set<string>>()
      for (const { ticket, level } of rows) {
        const levels = reached.get(ticket) ?? new Set()
        reached.set(ticket, levels.add(level))
      }
      return reached
    },

    async lastDigestUntil(person, kind, localDate) {
      const row = await db
        .selectFrom('digests')
        .innerJoin('messages', 'messages.id', 'digests.message')
        .select(['digests.local_date', 'messages.created_at'])
        .where('digests.person', '=', person)
        .where('digests.kind', '=', kind)
        .where('digests.local_date', '<=', localDate)
        .orderBy('digests.local_date', 'desc')
        .executeTakeFirst()
      return row ? { localDate: row.local_date, at: new Date(row.created_at) } : null
    },

    escalate: (ticket, level, change) =>
      db.transaction().execute(async (tx) => {
        const { at, what, notices } = change
        const added = await tx
          .insertInto('escalations')
          .values({ ticket, level, at: at.getTime() })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        if ((added.numInsertedOrUpdatedRows ?? 0n) === 0n) return false
        await insertEvent(tx, ticket, {
          at,
          who: 'vigie',
          what,
          detail: { level, to: notices.map((notice: NewNotice) => notice.person) },
        })
        await insertNotices(tx, ticket, notices, at)
        return true
      }),

    async evidenceOf(mention) {
      const rows = await db
        .selectFrom('evidence')
        .selectAll()
        .where('mention', '=', mention)
        .orderBy('id')
        .execute()
      return rows.map(toEvidence)
    },

    recordEvidence: (record) => db.transaction().execute((tx) => appendEvidence(tx, record)),

    async watchedEvidence(since) {
      const rows = await db
        .selectFrom('evidence')
        .innerJoin('mentions', 'mentions.id', 'evidence.mention')
        .select((eb) => [
          'evidence.mention',
          'mentions.url',
          eb.fn.min<number>('evidence.at').as('first_at'),
          eb.fn.max<number>('evidence.at').as('last_at'),
          eb.fn.max(eb.case().when('evidence.kind', '=', 'deleted').then(1).else(0).end()).as('deleted'),
        ])
        .where('mentions.drill', '=', 0)
        .groupBy(['evidence.mention', 'mentions.url'])
        .having((eb) => eb(eb.fn.min<number>('evidence.at'), '>', since.getTime()))
        .execute()
      return rows.map((row) => ({
        mention: row.mention,
        firstAt: new Date(row.first_at),
        lastAt: new Date(row.last_at),
        isOver: row.deleted === 1 || !/^https?:/i.test(row.url ?? ''),
      }))
    },

    async brokenEvidence() {
      let previous = ''
      for await (const row of db.selectFrom('evidence').selectAll().orderBy('id').stream()) {
        // What was erased at someone's request keeps its hash; anything else must still have it.
        const isErased = 'erased' in JSON.parse(row.payload)
        const isIntact = isErased || row.payload_sha256 === sha256Of(row.payload)
        if (!isIntact || row.previous !== previous || row.sha256 !== evidenceHash(row)) return row.id
        previous = row.sha256
      }
      return null
    },

    async mentionsWithoutEvidence(limit) {
      const rows = await db
        .selectFrom('pending')
        .select('mention')
        .where('stage', '=', 'evidence')
        .orderBy('mention')
        .limit(limit)
        .execute()
      return rows.map((row) => row.mention)
    },

    async openCrises() {
      const rows = await db
        .selectFrom('crises')
        .selectAll()
        .where('closed_at', 'is', null)
        .orderBy('id')
        .execute()
      return rows.map(toCrisis)
    },

    async openCrisis(crisis) {
      const row = await db
        .insertInto('crises')
        .values({
          watch: crisis.watch,
          opened_at: crisis.openedAt.getTime(),
          reason: JSON.stringify(crisis.reason),
          leader: crisis.leader,
          deputy: crisis.deputy,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toCrisis(row)
    },

    async crisesSince(since) {
      const rows = await db
        .selectFrom('crises')
        .selectAll()
        .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>', since.getTime())]))
        .orderBy('id')
        .execute()
      return Promise.all(rows.map((row) => toCrisisRecord(db, row)))
    },

    async crisis(id) {
      const row = await db.selectFrom('crises').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? toCrisisRecord(db, row) : null
    },

    async ticketsHeld(crisis, limit) {
      const held = db
        .selectFrom('notices')
        .select('ticket')
        .where('message', '=', 0)
        .where('kind', 'in', ['opened', 'joined', 'reminder'])
        .where('due_at', '>=', crisis.openedAt.getTime() - heldBeforeMs)
        .where('due_at', '<=', crisis.closedAt?.getTime() ?? Number.MAX_SAFE_INTEGER)
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('id', 'in', held)
        .where('watch', '=', crisis.watch)
        .where('severity', '!=', 'critical')
        .where('drill', '=', 0)
        .orderBy('opened_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toTicket)
    },

    closeCrisis: (id: number, who: string, at: Date, why = '') =>
      db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('crises')
          .set({ closed_at: at.getTime(), closed_by: who })
          .where('id', '=', id)
          .where('closed_at', 'is', null)
          .returningAll()
          .executeTakeFirst()
        if (!row) return false
        const opening = await crisisEvent(tx, row.opened_at, 'crisis', id)
        if (!opening) return true
        await tx
          .updateTable('notices')
          .set({ message: 0 })
          .where('ticket', '=', opening.ticket)
          .where('kind', '=', 'crisis')
          .where('message', 'is', null)
          .execute()
        await insertEvent(tx, opening.ticket, {
          at,
          who,
          what: 'crisis',
          detail: { closed: id, reason: why },
        })
        return true
      }),

    async countHeld(id, mails) {
      await db
        .updateTable('crises')
        .set((eb) => ({ held: eb('held', '+', mails) }))
        .where('id', '=', id)
        .execute()
    },

    async negativeTexts(since, until, wordsSince) {
      const rows = await db
        .selectFrom('mentions')
        .innerJoin('judgements', 'judgements.mention', 'mentions.id')
        .leftJoin('triages', 'triages.mention', 'mentions.id')
        .select((eb) => [
          'mentions.watch',
          'mentions.author',
          'mentions.collected_at',
          eb
            .case()
            .when('mentions.collected_at', '>', wordsSince.getTime())
            .then(eb.ref('mentions.text'))
            .else('')
            .end()
            .as('text'),
        ])
        .where('mentions.drill', '=', 0)
        .where('mentions.collected_at', '>', since.getTime())
        .where('mentions.collected_at', '<=', until.getTime())
        .where((eb) =>
          eb.or([
            eb('triages.ticket', 'is not', null),
            eb.and([eb('judgements.polarity', '=', 'negative'), eb('judgements.sure', '=', 1)]),
          ]),
        )
        .orderBy('mentions.collected_at')
        .execute()
      return rows.map(({ watch, author, text, collected_at }) => ({
        watch,
        author,
        text,
        collectedAt: new Date(collected_at),
      }))
    },

    async personSettings(person) {
      const rows = await db
        .selectFrom('person_settings')
        .select(['name', 'value'])
        .where('person', '=', person)
        .execute()
      return new Map(rows.map((row) => [row.name, row.value]))
    },

    async setPersonSetting(person, name, value, at) {
      await db
        .insertInto('person_settings')
        .values({ person, name, value, at: at.getTime() })
        .onConflict((conflict) =>
          conflict.columns(['person', 'name']).doUpdateSet({ value, at: at.getTime() }),
        )
        .execute()
    },
  }
}

/** Each record's hash covers its content and the hash of the record before it, whatever mention that was about. */
async function appendEvidence(
  tx: Transaction<Tables>,
  record: Parameters<Store['recordEvidence']>[0],
): Promise<EvidenceRecord> {
  const last = await tx.selectFrom('evidence').select('sha256').orderBy('id', 'desc').executeTakeFirst()
  const previous = last?.sha256 ?? ''
  const payload = JSON.stringify(record.payload)
  const at = record.at.getTime()
  const payload_sha256 = sha256Of(payload)
  const sha256 = evidenceHash({ previous, mention: record.mention, at, kind: record.kind, payload_sha256 })
  const values: Insertable<Tables['evidence']> = {
    mention: record.mention,
    at,
    kind: record.kind,
    payload,
    payload_sha256,
    sha256,
    previous,
  }
  return toEvidence(await tx.insertInto('evidence').values(values).returningAll().executeTakeFirstOrThrow())
}

type Hashed = Pick<Selectable<Tables['evidence']>, 'previous' | 'mention' | 'at' | 'kind' | 'payload_sha256'>

function evidenceHash({ previous, mention, at, kind, payload_sha256 }: Hashed): string {
  return sha256Of([previous, mention, at, kind, payload_sha256].join('\n'))
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function toDraft(row: Selectable<Tables['drafts']>): WrittenDraft {
  return {
    id: row.id,
    ticket: row.ticket,
    at: new Date(row.at),
    who: row.who,
    language: row.language,
    name: row.name,
    text: row.text,
    state: row.state as WrittenDraft['state'],
    decidedAt: toDate(row.decided_at),
    decidedBy: row.decided_by,
    reason: row.reason,
  }
}

function toCorrection(row: Selectable<Tables['corrections']>): Correction {
  return {
    id: row.id,
    mention: row.mention,
    ticket: row.ticket,
    watch: row.watch,
    at: new Date(row.at),
    who: row.who,
    kind: row.kind as Correction['kind'],
    text: row.text,
    language: row.language,
    category: row.category,
  }
}

function toSilence(row: Selectable<Tables['silences']>): Silence {
  const { id, query, watch, reason, who } = row
  return { id, query, watch, reason, who, from: new Date(row.from_at), until: new Date(row.until_at) }
}

function toEvidence(row: Selectable<Tables['evidence']>): EvidenceRecord {
  const { id, mention, sha256, previous } = row
  return {
    id,
    mention,
    sha256,
    previous,
    at: new Date(row.at),
    kind: row.kind as EvidenceRecord['kind'],
    payload: JSON.parse(row.payload),
  }
}

/** What the history of a ticket says of a crisis at the instant it was opened or closed. */
async function crisisEvent(
  db: Kysely<Tables>,
  at: number,
  name: 'crisis' | 'closed',
  id: number,
): Promise<{ ticket: number; detail: Record<string, unknown> } | null> {
  const rows = await db
    .selectFrom('ticket_events')
    .select(['ticket', 'detail'])
    .where('at', '=', at)
    .where('what', '=', 'crisis')
    .execute()
  const events = rows.map(({ ticket, detail }) => ({
    ticket,
    detail: JSON.parse(detail) as Record<string, unknown>,
  }))
  return events.find(({ detail }) => detail[name] === id) ?? null
}

async function toCrisisRecord(db: Kysely<Tables>, row: Selectable<Tables['crises']>): Promise<CrisisRecord> {
  const opening = await crisisEvent(db, row.opened_at, 'crisis', row.id)
  const closing = row.closed_at === null ? null : await crisisEvent(db, row.closed_at, 'closed', row.id)
  const { signs } = opening?.detail ?? {}
  const { reason } = closing?.detail ?? {}
  return {
    ...toCrisis(row),
    ticket: opening?.ticket ?? null,
    signs: Array.isArray(signs) ? signs : [],
    closedBy: row.closed_by,
    closedWhy: typeof reason === 'string' ? reason : '',
  }
}

function toCrisis(row: Selectable<Tables['crises']>): Crisis {
  return {
    id: row.id,
    watch: row.watch,
    openedAt: new Date(row.opened_at),
    reason: JSON.parse(row.reason),
    leader: row.leader,
    deputy: row.deputy,
    closedAt: toDate(row.closed_at),
    held: row.held,
  }
}
