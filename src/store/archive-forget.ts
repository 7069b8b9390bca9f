import { randomBytes } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { authorKey } from '../domain/author-key.ts'
import { contentHash } from '../domain/content-hash.ts'
import type { Entry } from '../domain/entry.ts'
import { type AuthorPlaces, groupedBy, inParts, placesOf } from './archive-author.ts'
import { entryHash, forgottenPlaces, rememberForgotten } from './archive-marks.ts'
import { erasedMark, type Forgotten } from './archive-store.ts'
import { scrubbed, scrubbedJson, speaksOf, type Traces, tracesOf } from './archive-traces.ts'
import type { Tables } from './schema.ts'

type MentionRow = Selectable<Tables['mentions']>

/** Erases in one transaction; then rewrites the file, because SQLite leaves what it frees where it stood. */
export async function forgetAuthor(db: Kysely<Tables>, name: string, at: Date): Promise<Forgotten> {
  await sql`PRAGMA secure_delete = ON`.execute(db)
  const erased = await db.transaction().execute(async (tx) => erase(tx, await placesOf(tx, name), name, at))
  const { audits, ...counts } = erased
  const found = counts.mentions + counts.unrelated + audits > 0
  return { ...counts, swept: found ? await sweep(db) : true }
}

/** Erases once more what was forgotten before and came back with a backup. Returns how many texts. */
export async function forgetAgain(db: Kysely<Tables>, at: Date): Promise<number> {
  await sql`PRAGMA secure_delete = ON`.execute(db)
  const texts = await db.transaction().execute(async (tx) => {
    let count = 0
    for (const places of await forgottenPlaces(tx)) {
      const { mentions, unrelated } = await erase(tx, places, '', at)
      count += mentions + unrelated
    }
    return count
  })
  if (texts > 0) await sweep(db)
  return texts
}

async function erase(
  tx: Transaction<Tables>,
  places: AuthorPlaces,
  name: string,
  at: Date,
): Promise<Omit<Forgotten, 'swept'> & { readonly audits: number }> {
  const rows = await inParts(places.mentions, (ids) =>
    tx.selectFrom('mentions').selectAll().where('id', 'in', ids).orderBy('id').execute(),
  )
  const triages = await inParts(places.mentions, (ids) =>
    tx
      .selectFrom('triages')
      .select(['mention', 'ticket', 'reason'])
      .where('mention', 'in', ids)
      .where('ticket', 'is not', null)
      .execute(),
  )
  const tickets = [...new Set(triages.flatMap((triage) => triage.ticket ?? []))]
  const traces = tracesOf(name, rows)
  await keepOut(tx, rows, at)
  const messages = await eraseMessages(tx, tickets, traces, rows)
  await eraseMentions(tx, rows)
  await eraseAuthorKeys(tx, rows)
  for (const ticket of tickets) await eraseTicket(tx, ticket, rows, traces)
  const counts = {
    versions: await eraseVersions(tx, places.mentions),
    corrections: await eraseCorrections(tx, places.mentions),
    evidence: await eraseEvidence(tx, places.mentions, at),
    unrelated: await eraseUnrelated(tx, places.unrelated, at),
    audits: await eraseAudits(tx),
  }
  return {
    names: [...new Set(rows.flatMap((row) => row.author ?? []))],
    mentions: rows.length,
    tickets: tickets.length,
    ...counts,
    ...messages,
  }
}

/** The words of a text also stand in the index; told to, it forgets them at once and not at its next merge. */
async function eraseMentions(tx: Transaction<Tables>, rows: readonly MentionRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`INSERT INTO mention_words (mention_words, rank) VALUES ('secure-delete', 1)`.execute(tx)
  // One new name for all the texts of this author, so that authors are still counted right.
  const nobody = `${erasedMark} ${randomBytes(3).toString('hex')}`
  for (const row of rows) {
    const match = { ...(JSON.parse(row.match) as object), spans: [], confirmedBy: [], deniedBy: [] }
    await tx
      .updateTable('mentions')
      .set({
        external_id: `erased:${entryHash(row.source, row.external_id)}`,
        url: null,
        canonical_url: null,
        title: null,
        text: erasedMark,
        author: nobody,
        engagement: null,
        content_hash: `erased:${row.id}`,
        match: JSON.stringify(match),
      })
      .where('id', '=', row.id)
      .execute()
    const triage = await tx
      .selectFrom('triages')
      .select('reason')
      .where('mention', '=', row.id)
      .executeTakeFirst()
    if (!triage) continue
    await tx
      .updateTable('triages')
      .set({ reason: withoutWords(triage.reason) })
      .where('mention', '=', row.id)
      .execute()
  }
  await sql`INSERT INTO mention_words (mention_words, rank) VALUES ('secure-delete', 0)`.execute(tx)
  await sql`INSERT INTO ticket_words (ticket_words) VALUES ('optimize')`.execute(tx)
}

/** A decision's reason without the words of the text; the signals are the playbook's own. */
function withoutWords(reason: string): string {
  return JSON.stringify({ ...(JSON.parse(reason) as object), words: [] })
}

async function eraseVersions(tx: Transaction<Tables>, ids: readonly number[]): Promise<number> {
  const gone = await inParts(ids, (part) =>
    tx.deleteFrom('mention_versions').where('mention', 'in', part).returning('mention').execute(),
  )
  return gone.length
}

async function eraseCorrections(tx: Transaction<Tables>, ids: readonly number[]): Promise<number> {
  const gone = await inParts(ids, (part) =>
    tx
      .updateTable('corrections')
      .set({ text: '', content_hash: '' })
      .where('mention', 'in', part)
      .returning('id')
      .execute(),
  )
  return gone.length
}

async function eraseEvidence(tx: Transaction<Tables>, ids: readonly number[], at: Date): Promise<number> {
  const payload = JSON.stringify({ erased: at.toISOString() })
  const gone = await inParts(ids, (part) =>
    tx.updateTable('evidence').set({ payload }).where('mention', 'in', part).returning('id').execute(),
  )
  return gone.length
}

async function eraseUnrelated(tx: Transaction<Tables>, ids: readonly number[], at: Date): Promise<number> {
  const rows = await inParts(ids, (part) =>
    tx.selectFrom('unrelated').selectAll().where('id', 'in', part).execute(),
  )
  for (const row of rows) {
    const entry = JSON.parse(row.entry) as Entry
    const known = { source: row.source, externalId: row.external_id, author: entry.author }
    await rememberForgotten(tx, known, [contentHash(entry)], at)
    const hidden = { ...entry, id: '', url: null, title: null, text: '', author: null, engagement: null }
    const hash = entryHash(row.source, row.external_id)
    await tx
      .updateTable('unrelated')
      .set({ external_id: `erased:${hash}`, entry: JSON.stringify({ ...hidden, id: `erased:${hash}` }) })
      .where('id', '=', row.id)
      .execute()
  }
  return rows.length
}

/** What was found about names on the networks: texts and accounts of anyone, asked again in a minute. */
async function eraseAudits(tx: Transaction<Tables>): Promise<number> {
  const gone = await tx
    .deleteFrom('settings')
    .where((eb) => eb.or([eb('name', '=', 'presence'), eb('name', 'like', 'presence:%')]))
    .returning('name')
    .execute()
  return gone.length
}

async function eraseTicket(
  tx: Transaction<Tables>,
  id: number,
  rows: readonly MentionRow[],
  traces: Traces,
): Promise<void> {
  const ticket = await tx
    .selectFrom('tickets')
    .select(['title', 'reason'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const isQuoted = rows.some((row) => isBeginningOf(ticket.title, row))
  await tx
    .updateTable('tickets')
    .set({
      title: isQuoted ? erasedMark : scrubbed(ticket.title, traces),
      reason: withoutWords(ticket.reason),
    })
    .where('id', '=', id)
    .execute()
  await eraseEvents(tx, id, new Set(rows.map((row) => row.id)), traces)
  await eraseDrafts(tx, id, traces)
  await eraseKeys(tx, id, rows)
}

/** The addresses that gather an affair, but for those where others spoke too. */
async function eraseKeys(
  tx: Transaction<Tables>,
  ticket: number,
  rows: readonly MentionRow[],
): Promise<void> {
  const others = await tx
    .selectFrom('triages')
    .innerJoin('mentions', 'mentions.id', 'triages.mention')
    .select('mentions.canonical_url')
    .where('triages.ticket', '=', ticket)
    .where('mentions.canonical_url', 'is not', null)
    .execute()
  const shared = new Set(others.map((other) => other.canonical_url))
  const keys = await tx
    .selectFrom('ticket_keys')
    .select(['watch', 'key'])
    .where('ticket', '=', ticket)
    .execute()
  const own = new Set(rows.flatMap((row) => row.canonical_url ?? []).filter((url) => !shared.has(url)))
  for (const { watch, key } of keys) {
    const address = key.startsWith('url:') ? key.slice('url:'.length).replace(/#[^#]*$/, '') : null
    if (address === null || !own.has(address)) continue
    await tx.deleteFrom('ticket_keys').where('watch', '=', watch).where('key', '=', key).execute()
  }
}

/** The name by which a further text of the same author joins an affair. */
async function eraseAuthorKeys(tx: Transaction<Tables>, rows: readonly MentionRow[]): Promise<void> {
  const keys = [...new Set(rows.flatMap((row) => authorKey(row) ?? []))]
  await inParts(keys, (part) =>
    tx.deleteFrom('ticket_keys').where('key', 'in', part).returning('key').execute(),
  )
}

function isBeginningOf(title: string, row: Pick<MentionRow, 'title' | 'text'>): boolean {
  const line = (text: string | null) => (text ?? '').slice(0, 500).replace(/\s+/g, ' ').trim()
  const shown = line(title).replace(/…$/, '')
  return shown !== '' && (line(row.title).startsWith(shown) || line(row.text).startsWith(shown))
}

async function eraseEvents(
  tx: Transaction<Tables>,
  ticket: number,
  erased: ReadonlySet<number>,
  traces: Traces,
): Promise<void> {
  const events = await tx
    .selectFrom('ticket_events')
    .select(['id', 'detail'])
    .where('ticket', '=', ticket)
    .execute()
  for (const event of events) {
    const detail = JSON.parse(event.detail) as Record<string, unknown>
    const reason = detail['reason']
    const isOfText = erased.has(Number(detail['mention'])) && typeof reason === 'object' && reason !== null
    const told = isOfText ? { ...detail, reason: { ...reason, words: [] } } : detail
    const cleaned = JSON.stringify(scrubbedJson(told, traces))
    if (cleaned === event.detail) continue
    await tx.updateTable('ticket_events').set({ detail: cleaned }).where('id', '=', event.id).execute()
  }
}

async function eraseDrafts(tx: Transaction<Tables>, ticket: number, traces: Traces): Promise<void> {
  const drafts = await tx
    .selectFrom('drafts')
    .select(['id', 'text', 'reason'])
    .where('ticket', '=', ticket)
    .execute()
  for (const { id, text, reason } of drafts) {
    await tx
      .updateTable('drafts')
      .set({ text: scrubbed(text, traces), reason: reason === null ? null : scrubbed(reason, traces) })
      .where('id', '=', id)
      .execute()
  }
}

type ErasedMessages = Pick<Forgotten, 'withdrawn' | 'emptied'>

/** What waits is withdrawn and written anew; of what left, the copy is emptied. */
async function eraseMessages(
  tx: Transaction<Tables>,
  tickets: readonly number[],
  traces: Traces,
  rows: readonly MentionRow[],
): Promise<ErasedMessages> {
  const emptied: string[] = []
  let withdrawn = 0
  for (const id of await messagesAbout(tx, tickets, traces, rows)) {
    const message = await tx
      .selectFrom('messages')
      .select(['state', 'message_id'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (message.state === 'pending') {
      await withdraw(tx, id)
      withdrawn++
    } else {
      await tx
        .updateTable('messages')
        .set({ subject: erasedMark, bytes: emptyMail })
        .where('id', '=', id)
        .execute()
      emptied.push(message.message_id)
    }
  }
  return { withdrawn, emptied }
}

const emptyMail = Buffer.from('Subject: [erased]\r\n\r\n[erased]\r\n')

/** Every mail about the tickets, and of the others (digests, summaries, reports) those that quote the author. */
async function messagesAbout(
  tx: Transaction<Tables>,
  tickets: readonly number[],
  traces: Traces,
  rows: readonly MentionRow[],
): Promise<readonly number[]> {
  if (rows.length === 0) return []
  const since = Math.min(...rows.map((row) => row.collected_at))
  const about = await inParts(tickets, (part) =>
    tx
      .selectFrom('messages')
      .select('id')
      .where('ticket', 'in', part)
      .where('created_at', '>=', since)
      .execute(),
  )
  const others = await tx
    .selectFrom('messages')
    .select('id')
    .where('ticket', 'is', null)
    .where('created_at', '>=', since)
    .execute()
  const found = about.map(({ id }) => id)
  for (const { id } of others) {
    const { subject, bytes } = await tx
      .selectFrom('messages')
      .select(['subject', 'bytes'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (speaksOf(subject, Buffer.from(bytes), traces)) found.push(id)
  }
  return found
}

async function withdraw(tx: Transaction<Tables>, id: number): Promise<void> {
  await tx.updateTable('notices').set({ message: null }).where('message', '=', id).execute()
  await tx.deleteFrom('digests').where('message', '=', id).execute()
  await tx.deleteFrom('messages').where('id', '=', id).execute()
}

/** The file anew, without its free space; then its journal emptied. Another process at work forbids both. */
async function sweep(db: Kysely<Tables>): Promise<boolean> {
  try {
    await sql`VACUUM`.execute(db)
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db)
    return rows[0]?.busy === 0
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (/^SQLITE_(BUSY|LOCKED|FULL)/.test(code)) return false
    throw error
  }
}

async function keepOut(tx: Transaction<Tables>, rows: readonly MentionRow[], at: Date): Promise<void> {
  const versions = await inParts(
    rows.map((row) => row.id),
    (part) =>
      tx
        .selectFrom('mention_versions')
        .select(['mention', 'content_hash'])
        .where('mention', 'in', part)
        .execute(),
  )
  const formerOf = groupedBy(versions, (version) => version.mention)
  for (const row of rows) {
    const former = (formerOf.get(row.id) ?? []).map((version) => version.content_hash)
    const entry = { source: row.source, externalId: row.external_id, author: row.author }
    await rememberForgotten(tx, entry, [row.content_hash, ...former], at)
  }
}
