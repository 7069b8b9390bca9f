import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Correction, EvidenceRecord } from '../domain/answer.ts'
import type { TriageOutcome } from '../domain/ticket.ts'
import { answersTo, type NamedAuthor, type StoredAbout, type StoredMention } from './archive-store.ts'
import { type JudgedRow, judgementColumns, toJudgedMention, toMessageSummary, toTicket } from './rows.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables> | Transaction<Tables>

const pageSize = 5000
/** SQLite takes some thirty thousand values in one statement. */
const valuesAtOnce = 500

/** Where an author's texts stand. */
export interface AuthorPlaces {
  readonly mentions: readonly number[]
  readonly unrelated: readonly number[]
}

interface SignedText {
  readonly id: number
  readonly author: string | null
  readonly url: string | null
}

/** Reads every name once; the names are folded here, which SQLite cannot. */
export async function placesOf(db: Db, name: string): Promise<AuthorPlaces> {
  const mentions: number[] = []
  const unrelated: number[] = []
  for await (const { id, author, url } of signedMentions(db))
    if (answersTo(name, author, url)) mentions.push(id)
  for await (const { id, author, url } of signedUnrelated(db))
    if (answersTo(name, author, url)) unrelated.push(id)
  return { mentions, unrelated }
}

export async function authorsCalled(db: Db, name: string): Promise<readonly NamedAuthor[]> {
  const counts = new Map<string, number>()
  for (const texts of [signedMentions(db), signedUnrelated(db)]) {
    for await (const { author, url } of texts) {
      if (!answersTo(name, author, url)) continue
      const shown = author ?? url ?? name
      counts.set(shown, (counts.get(shown) ?? 0) + 1)
    }
  }
  return [...counts].map(([shown, texts]) => ({ name: shown, texts })).sort((a, b) => b.texts - a.texts)
}

async function* signedMentions(db: Db): AsyncGenerator<SignedText> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('mentions')
      .select(['id', 'author', 'url'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    yield* rows
    if (rows.length < pageSize) return
    after = rows.at(-1)?.id ?? after
  }
}

async function* signedUnrelated(db: Db): AsyncGenerator<SignedText> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('unrelated')
      .select(['id', 'entry'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const row of rows) {
      const { author, url } = JSON.parse(row.entry) as { author: string | null; url: string | null }
      yield { id: row.id, author, url }
    }
    if (rows.length < pageSize) return
    after = rows.at(-1)?.id ?? after
  }
}

/** Runs a question about many values in parts that SQLite takes. */
export async function inParts<Value, Row>(
  values: readonly Value[],
  ask: (part: readonly Value[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = 0; start < values.length; start += valuesAtOnce) {
    rows.push(...(await ask(values.slice(start, start + valuesAtOnce))))
  }
  return rows
}

export function groupedBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

/** Everything of an author that the tables hold, in the order it came. */
export function storedAbout(db: Kysely<Tables>, name: string): Promise<StoredAbout> {
  return db.transaction().execute(async (tx) => {
    const places = await placesOf(tx, name)
    const mentions = await storedMentions(tx, places.mentions)
    const tickets = [...new Set(mentions.flatMap(({ decision }) => decision?.ticket ?? []))]
    const names = mentions.flatMap(({ mention }) => mention.entry.author ?? [])
    const unrelated = await inParts(places.unrelated, (ids) =>
      tx.selectFrom('unrelated').selectAll().where('id', 'in', ids).execute(),
    )
    return {
      names: [...new Set(names)],
      mentions,
      unrelated: unrelated.map(({ watch, source, collected_at, reason, entry }) => ({
        watch,
        source,
        collectedAt: new Date(collected_at),
        reason,
        entry: JSON.parse(entry),
      })),
      tickets: await ticketsWithAnswers(tx, tickets),
      corrections: await correctionsOf(tx, places.mentions),
      mails: await mailsAbout(tx, tickets),
    }
  })
}

async function storedMentions(tx: Db, ids: readonly number[]): Promise<readonly StoredMention[]> {
  const rows = await inParts(ids, (part) =>
    tx
      .selectFrom('mentions')
      .leftJoin('judgements', 'judgements.mention', 'mentions.id')
      .selectAll('mentions')
      .select(judgementColumns)
      .where('mentions.id', 'in', part)
      .orderBy('mentions.id')
      .execute(),
  )
  const versions = await inParts(ids, (part) =>
    tx.selectFrom('mention_versions').selectAll().where('mention', 'in', part).orderBy('seen_at').execute(),
  )
  const triages = await inParts(ids, (part) =>
    tx.selectFrom('triages').selectAll().where('mention', 'in', part).execute(),
  )
  const evidence = await inParts(ids, (part) =>
    tx.selectFrom('evidence').selectAll().where('mention', 'in', part).orderBy('id').execute(),
  )
  const versionsOf = groupedBy(versions, (version) => version.mention)
  const triageOf = new Map(triages.map((triage) => [triage.mention, triage]))
  const evidenceOf = groupedBy(evidence, (record) => record.mention)
  return rows.map((row) => ({
    ...toJudgedMention(row as JudgedRow),
    versions: (versionsOf.get(row.id) ?? []).map(({ seen_at, title, text }) => ({
      seenAt: new Date(seen_at),
      title,
      text,
    })),
    decision: decisionOf(triageOf.get(row.id)),
    evidence: (evidenceOf.get(row.id) ?? []).map((record) => ({
      ...record,
      at: new Date(record.at),
      kind: record.kind as EvidenceRecord['kind'],
      payload: JSON.parse(record.payload),
    })),
  }))
}

function decisionOf(triage: Selectable<Tables['triages']> | undefined): StoredMention['decision'] {
  if (!triage) return null
  const { decided_at, outcome, category, ticket, reason } = triage
  return {
    at: new Date(decided_at),
    outcome: outcome as TriageOutcome,
    category,
    ticket,
    reason: JSON.parse(reason),
  }
}

async function ticketsWithAnswers(tx: Db, ids: readonly number[]): Promise<StoredAbout['tickets']> {
  const rows = await inParts(ids, (part) =>
    tx.selectFrom('tickets').selectAll().where('id', 'in', part).orderBy('id').execute(),
  )
  const drafts = await inParts(ids, (part) =>
    tx.selectFrom('drafts').selectAll().where('ticket', 'in', part).orderBy('id').execute(),
  )
  const draftsOf = groupedBy(drafts, (draft) => draft.ticket)
  return rows.map((row) => ({
    ...toTicket(row),
    answers: (draftsOf.get(row.id) ?? []).map(({ at, state, text }) => ({ at: new Date(at), state, text })),
  }))
}

async function correctionsOf(tx: Db, ids: readonly number[]): Promise<StoredAbout['corrections']> {
  const rows = await inParts(ids, (part) =>
    tx.selectFrom('corrections').selectAll().where('mention', 'in', part).orderBy('id').execute(),
  )
  return rows.map(({ id, mention, ticket, watch, at, kind, text, language, category }) => ({
    id,
    mention,
    ticket,
    watch,
    at: new Date(at),
    kind: kind as Correction['kind'],
    text,
    language,
    category,
  }))
}

async function mailsAbout(tx: Db, tickets: readonly number[]): Promise<StoredAbout['mails']> {
  const rows = await inParts(tickets, (part) =>
    tx
      .selectFrom('messages')
      .select(['id', 'kind', 'ticket', 'person', 'recipient', 'message_id', 'subject', 'state', 'created_at'])
      .select(['attempts', 'next_attempt_at', 'last_code', 'last_reply', 'sent_at'])
      .where('ticket', 'in', part)
      .orderBy('id')
      .execute(),
  )
  return rows.map(toMessageSummary).map(({ kind, ticket, subject, state, createdAt, sentAt }) => ({
    kind,
    ticket,
    subject,
    state,
    createdAt,
    sentAt,
  }))
}
