import { type Kysely, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Correction } from '../domain/answer.ts'
import { contentHash } from '../domain/content-hash.ts'
import type { Entry } from '../domain/entry.ts'
import type { Ticket, TriageOutcome } from '../domain/ticket.ts'
import type {
  ListedMention,
  ListStore,
  MentionListFilter,
  Page,
  PageRequest,
  TicketCounts,
  TicketListFilter,
} from '../inbox/pages-store.ts'
import { searchExpression } from '../inbox/search-words.ts'
import { type JudgedRow, judgementColumns, toJudgedMention, toTicket } from './rows.ts'
import type { Tables } from './schema.ts'
import { insertEvent, insertNotices } from './tickets.ts'

/** Lists that answer in the same time whatever they hold: every page begins at a key, and no search reads without end. */
export function listStore(db: Kysely<Tables>): ListStore {
  return {
    ticketPage: (filter, page) =>
      isOpenTab(filter) ? openTicketPage(db, filter, page) : otherTicketPage(db, filter, page),

    async countTickets(filter, limit) {
      const found = await sql<{ count: number }>`
        SELECT count(*) AS count FROM (
          SELECT 1 FROM tickets WHERE ${ticketConditions(filter)} LIMIT ${limit}
        )`.execute(db)
      return found.rows[0]?.count ?? 0
    },

    ticketCounts: () => ticketCounts(db),

    async excerptsOf(tickets) {
      if (tickets.length === 0) return new Map()
      const rows = await db
        .selectFrom('mentions')
        .innerJoin('triages', 'triages.mention', 'mentions.id')
        .select(['triages.ticket', 'author', 'url', sql<string>`substr(text, 1, 400)`.as('text')])
        .where('mentions.id', 'in', (select) =>
          select
            .selectFrom('triages')
            .select((eb) => eb.fn.min('mention').as('first'))
            .where('ticket', 'in', tickets)
            .groupBy('ticket'),
        )
        .execute()
      return new Map(rows.map(({ ticket, text, author, url }) => [ticket ?? 0, { text, author, url }]))
    },

    async ticketsOpened({ from, to }, limit) {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('drill', '=', 0)
        .where('opened_at', '>=', from.getTime())
        .where('opened_at', '<', to.getTime())
        .orderBy(sql`CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END`)
        .orderBy('mention_count', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toTicket)
    },

    mentionPage: (filter, page) => mentionPage(db, filter, page),

    async unrelatedPage({ watch }, { after, limit }) {
      const rows = await db
        .selectFrom('unrelated')
        .selectAll()
        .$if(after !== null, (query) => query.where('id', '<', keyOf(after)))
        .$if(watch !== null, (query) => query.where('watch', '=', watch ?? ''))
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const items = rows.map((row) => ({
        id: row.id,
        watch: row.watch,
        source: row.source,
        entry: toEntry(row.entry),
        collectedAt: new Date(row.collected_at),
        reason: row.reason,
      }))
      return paged(items, limit, ({ id }) => String(id))
    },

    async countToRead() {
      const { count } = await db
        .selectFrom('triages')
        .innerJoin('mentions', 'mentions.id', 'triages.mention')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('outcome', '=', 'to-read')
        .where('drill', '=', 0)
        .where(notCorrected)
        .executeTakeFirstOrThrow()
      return count
    },

    async listedMention(id) {
      const [found] = await listed(db, [id], [])
      return found ?? null
    },

    async versionsOf(mention) {
      const rows = await db
        .selectFrom('mention_versions')
        .selectAll()
        .where('mention', '=', mention)
        .orderBy('seen_at')
        .limit(50)
        .execute()
      return rows.map(({ seen_at, title, text }) => ({ seenAt: new Date(seen_at), title, text }))
    },

    correctionsOf: (mentions) => correctionsOf(db, mentions),

    adopt: (unrelated, at) =>
      db.transaction().execute(async (tx) => {
        const row = await tx
          .deleteFrom('unrelated')
          .where('id', '=', unrelated)
          .returningAll()
          .executeTakeFirst()
        if (!row) return null
        const entry = toEntry(row.entry)
        const { id } = await tx
          .insertInto('mentions')
          .values({
            watch: row.watch,
            source: row.source,
            source_kind: row.source_kind,
            external_id: row.external_id,
            url: entry.url,
            canonical_url: entry.url,
            title: entry.title,
            text: entry.text,
            author: entry.author,
            published_at: entry.publishedAt?.getTime() ?? null,
            collected_at: at.getTime(),
            language: entry.language,
            engagement: entry.engagement === null ? null : JSON.stringify(entry.engagement),
            stars: entry.stars,
            content_hash: contentHash(entry),
            match: JSON.stringify({ spans: [], confirmedBy: [], deniedBy: [], certain: true }),
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        return id
      }),

    openTicketByHand: (opening) =>
      db.transaction().execute(async (tx) => {
        const { mention, who, at, ticket } = opening
        const triage = await tx
          .selectFrom('mentions')
          .leftJoin('triages', 'triages.mention', 'mentions.id')
          .select(['mentions.id', 'triages.ticket'])
          .where('mentions.id', '=', mention)
          .executeTakeFirst()
        if (!triage || triage.ticket !== null) return null
        const row = await tx
          .insertInto('tickets')
          .values({
            watch: ticket.watch,
            category: ticket.category,
            category_confidence: 1,
            alternatives: '[]',
            severity: ticket.severity,
            approval: ticket.approval,
            state: 'new',
            owner: ticket.owner,
            title: ticket.title,
            language: ticket.language,
            opened_at: at.getTime(),
            seen_by: ticket.seenBy.getTime(),
            answer_by: ticket.answerBy.getTime(),
            mention_count: 1,
            author_count: 1,
            reason: JSON.stringify(ticket.reason),
            changed_at: at.getTime(),
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        const decision = {
          decided_at: at.getTime(),
          outcome: 'ticket',
          category: ticket.category,
          confidence: 1,
          reason: JSON.stringify(ticket.reason),
        }
        // Two steps, because the words of a ticket are read again when a mention comes to it.
        await tx.deleteFrom('triages').where('mention', '=', mention).execute()
        await tx
          .insertInto('triages')
          .values({ mention, alternatives: '[]', ...decision, ticket: row.id })
          .execute()
        for (const key of opening.keys) {
          await tx
            .insertInto('ticket_keys')
            .values({ watch: ticket.watch, key, ticket: row.id, at: at.getTime() })
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        }
        await insertNotices(tx, row.id, opening.notices, at)
        await insertEvent(tx, row.id, { at, who, what: 'opened', detail: { mention, byHand: true } })
        return toTicket(row)
      }),

    async countMentionsWith(watch, words, limit) {
      const match = mentionMatch(words, watch)
      if (match === null) return 0
      const found = await sql<{ count: number }>`
        SELECT count(*) AS count
        FROM (SELECT 1 FROM mention_words WHERE mention_words MATCH ${match} LIMIT ${limit})`.execute(db)
      return found.rows[0]?.count ?? 0
    },

    async noteWriter(ticket, person, at) {
      await db
        .insertInto('writers')
        .values({ ticket, person, at: at.getTime() })
        .onConflict((conflict) => conflict.columns(['ticket', 'person']).doUpdateSet({ at: at.getTime() }))
        .execute()
    },

    async writersOf(tickets, since) {
      if (tickets.length === 0) return []
      const rows = await db
        .selectFrom('writers')
        .selectAll()
        .where('ticket', 'in', tickets)
        .where('at', '>', since.getTime())
        .orderBy('at', 'desc')
        .execute()
      return rows.map(({ ticket, person, at }) => ({ ticket, person, at: new Date(at) }))
    },
  }
}

// --- tickets -------------------------------------------------------------------------------------------------------

const dueAt = sql<number>`(CASE state WHEN 'new' THEN seen_by ELSE answer_by END)`
const isOpen = sql<SqlBool>`state IN ('new', 'seen', 'in-approval')`

function isOpenTab({ tab }: TicketListFilter): boolean {
  return tab === 'open' || tab === 'mine' || tab === 'approval'
}

function ticketConditions(filter: TicketListFilter): RawBuilder<SqlBool> {
  const { tab, owner, watch, category, severity } = filter
  const conditions: RawBuilder<SqlBool>[] = [sql`drill = ${sql.lit(tab === 'drill' ? 1 : 0)}`]
  if (isOpenTab(filter)) conditions.push(isOpen)
  if (tab === 'approval') conditions.push(sql`state = 'in-approval'`)
  if (tab === 'snoozed' || tab === 'answered' || tab === 'dismissed')
    conditions.push(sql`state = ${sql.lit(tab)}`)
  if (owner !== null) conditions.push(sql`owner = ${owner}`)
  if (watch !== null) conditions.push(sql`watch = ${watch}`)
  if (category !== null) conditions.push(sql`category = ${category}`)
  if (severity !== null) conditions.push(sql`severity = ${severity}`)
  const match = searchExpression(filter.words)
  if (match !== null)
    conditions.push(sql`id IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH ${match})`)
  return sql.join<SqlBool>(conditions, sql` AND `)
}

async function openTicketPage(
  db: Kysely<Tables>,
  filter: TicketListFilter,
  { after, limit }: PageRequest,
): Promise<Page<Ticket>> {
  const [due, id] = keysOf(after)
  const beyond = after === null ? sql`1` : sql`${dueAt} >= ${due} AND (${dueAt} > ${due} OR id > ${id})`
  const found = await sql<Selectable<Tables['tickets']> & { due: number }>`
    SELECT *, ${dueAt} AS due FROM tickets INDEXED BY tickets_by_due
    WHERE ${ticketConditions(filter)} AND ${beyond}
    ORDER BY ${dueAt}, id LIMIT ${limit + 1}`.execute(db)
  const page = paged(found.rows, limit, (row) => `${row.due}.${row.id}`)
  return { ...page, items: page.items.map(toTicket) }
}

/** Closed tickets by their last change; all of them together, and drills, by their number. */
async function otherTicketPage(
  db: Kysely<Tables>,
  filter: TicketListFilter,
  { after, limit }: PageRequest,
): Promise<Page<Ticket>> {
  const byNumber = filter.tab === 'all' || filter.tab === 'drill'
  const [changed, id] = keysOf(after)
  const order = byNumber ? sql`id DESC` : sql`changed_at DESC, id DESC`
  const beyond =
    after === null
      ? sql`1`
      : byNumber
        ? sql`id < ${id}`
        : sql`changed_at <= ${changed} AND (changed_at < ${changed} OR id < ${id})`
  const found = await sql<Selectable<Tables['tickets']>>`
    SELECT * FROM tickets WHERE ${ticketConditions(filter)} AND ${beyond}
    ORDER BY ${order} LIMIT ${limit + 1}`.execute(db)
  const page = paged(found.rows, limit, (row) => `${row.changed_at}.${row.id}`)
  return { ...page, items: page.items.map(toTicket) }
}

async function ticketCounts(db: Kysely<Tables>): Promise<TicketCounts> {
  const states = await db
    .selectFrom('tickets')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('drill', '=', 0)
    .where('state', 'in', ['new', 'seen', 'in-approval', 'snoozed'])
    .groupBy('state')
    .execute()
  const owners = await db
    .selectFrom('tickets')
    .select((eb) => ['owner', eb.fn.countAll<number>().as('count')])
    .where('drill', '=', 0)
    .where('state', 'in', ['new', 'seen', 'in-approval'])
    .groupBy('owner')
    .execute()
  return {
    states: Object.fromEntries(states.map((row) => [row.state, row.count])),
    owners: new Map(owners.map((row) => [row.owner, row.count])),
  }
}

// --- mentions ------------------------------------------------------------------------------------------------------

/** How many candidates one page looks at before it stops and says where to go on. */
const mostCandidates = 20_000
const steps = [128, 512, 2048, 4096, 8192]

/**
 * Reads candidates by number, the latest first, in growing steps, until the page is full. What drives is what the filter
 * has an index for; the rest is held against each candidate.
 */
async function mentionPage(
  db: Kysely<Tables>,
  filter: MentionListFilter,
  { after, limit }: PageRequest,
): Promise<Page<ListedMention>> {
  const bounds = await numbersFound(db, filter)
  let below = Math.min(after === null ? Number.MAX_SAFE_INTEGER : keyOf(after), bounds.below)
  const items: ListedMention[] = []
  let looked = 0
  for (let step = 0; looked < mostCandidates; step++) {
    const size = Math.min(steps[step] ?? mostCandidates, mostCandidates - looked)
    const ids = await candidates(db, filter, bounds.from, below, size)
    items.push(...(await listed(db, ids, mentionConditions(filter), limit + 1 - items.length)))
    if (items.length > limit) return paged(items, limit, ({ mention }) => String(mention.id))
    if (ids.length < size) return { items, next: null }
    looked += ids.length
    below = ids.at(-1) ?? 0
  }
  return { items, next: String(below) }
}

/** Numbers follow the order in which mentions were found, so a period is a range of numbers. */
async function numbersFound(
  db: Kysely<Tables>,
  { from, to }: MentionListFilter,
): Promise<{ from: number; below: number }> {
  const firstSince = async (at: Date) => {
    const row = await db
      .selectFrom('mentions')
      .select('id')
      .where('collected_at', '>=', at.getTime())
      .orderBy('collected_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    return row?.id ?? Number.MAX_SAFE_INTEGER
  }
  return {
    from: from === null ? 0 : await firstSince(from),
    below: to === null ? Number.MAX_SAFE_INTEGER : await firstSince(to),
  }
}

async function candidates(
  db: Kysely<Tables>,
  filter: MentionListFilter,
  from: number,
  below: number,
  size: number,
): Promise<number[]> {
  const match = mentionMatch(filter.words, filter.watch)
  const found =
    match !== null
      ? await sql<{ id: number }>`
          SELECT rowid AS id FROM mention_words
          WHERE mention_words MATCH ${match} AND rowid < ${below} AND rowid >= ${from}
          ORDER BY rowid DESC LIMIT ${size}`.execute(db)
      : await sql<{ id: number }>`
          SELECT ${driver(filter)} AND id < ${below} AND id >= ${from} ORDER BY id DESC LIMIT ${size}`.execute(
          db,
        )
  return found.rows.map((row) => row.id)
}

function driver({ kind, source }: MentionListFilter): RawBuilder<unknown> {
  switch (kind) {
    case 'negative':
    case 'neutral':
    case 'positive':
      return sql`mention AS id FROM judgements WHERE polarity = ${kind} AND sure = 1`
    case 'to-read':
    case 'late':
    case 'other-language':
      return sql`mention AS id FROM triages WHERE outcome = ${kind}`
    case 'all':
    case 'waiting':
      return source === null ? sql`id FROM mentions WHERE 1` : sql`id FROM mentions WHERE source = ${source}`
  }
}

function mentionConditions({ kind, watch, source }: MentionListFilter): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [sql`mentions.drill = 0`]
  if (watch !== null) conditions.push(sql`mentions.watch = ${watch}`)
  if (source !== null) conditions.push(sql`mentions.source = ${source}`)
  if (kind === 'negative' || kind === 'neutral' || kind === 'positive')
    conditions.push(sql`judgements.polarity = ${kind} AND judgements.sure = 1`)
  if (kind === 'to-read') conditions.push(sql`triages.outcome = 'to-read'`, notCorrected)
  if (kind === 'late' || kind === 'other-language') conditions.push(sql`triages.outcome = ${kind}`)
  if (kind === 'waiting') conditions.push(sql`triages.mention IS NULL`)
  return conditions
}

const notCorrected = sql<SqlBool>`NOT EXISTS (
  SELECT 1 FROM corrections WHERE corrections.mention = mentions.id AND corrections.undone_at IS NULL
)`

/** Mentions by number, the latest first, with their decisions; only those that meet every condition. */
async function listed(
  db: Kysely<Tables>,
  ids: readonly number[],
  conditions: readonly RawBuilder<SqlBool>[],
  limit: number = ids.length,
): Promise<ListedMention[]> {
  if (ids.length === 0 || limit <= 0) return []
  let query = db
    .selectFrom('mentions')
    .leftJoin('judgements', 'judgements.mention', 'mentions.id')
    .leftJoin('triages', 'triages.mention', 'mentions.id')
    .selectAll('mentions')
    .select(judgementColumns)
    .select(['triages.outcome', 'triages.category', 'triages.ticket', 'triages.reason as triage_reason'])
    .where('mentions.id', 'in', sql<number>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .orderBy('mentions.id', 'desc')
    .limit(limit)
  for (const condition of conditions) query = query.where(condition)
  const rows = await query.execute()
  const corrections = await correctionsOf(
    db,
    rows.map((row) => row.id),
  )
  const lastWord = new Map(corrections.map((correction) => [correction.mention, correction]))
  return rows.map((row) => ({
    ...toJudgedMention(row as JudgedRow),
    outcome: row.outcome as TriageOutcome | null,
    category: row.category,
    ticket: row.ticket,
    reason: row.triage_reason === null ? null : JSON.parse(row.triage_reason),
    correction: lastWord.get(row.id) ?? null,
  }))
}

async function correctionsOf(db: Kysely<Tables>, mentions: readonly number[]): Promise<Correction[]> {
  if (mentions.length === 0) return []
  const rows = await db
    .selectFrom('corrections')
    .selectAll()
    .where('mention', 'in', mentions)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ content_hash: _hash, undone_at: _undone, ...row }) => ({
    ...row,
    at: new Date(row.at),
    kind: row.kind as Correction['kind'],
  }))
}

function mentionMatch(words: string, watch: string | null): string | null {
  const match = searchExpression(words)
  if (match === null) return null
  const wanted = `{title text author} : (${match})`
  return watch === null ? wanted : `watch : "${watch.replaceAll('"', ' ')}" AND ${wanted}`
}

function toEntry(json: string): Entry {
  const entry = JSON.parse(json) as Omit<Entry, 'publishedAt'> & { publishedAt: string | null }
  return { ...entry, publishedAt: entry.publishedAt === null ? null : new Date(entry.publishedAt) }
}

// --- paging --------------------------------------------------------------------------------------------------------

function paged<Item>(items: readonly Item[], limit: number, keyOf: (last: Item) => string): Page<Item> {
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown, next: items.length > limit && last !== undefined ? keyOf(last) : null }
}

/** The numbers of a `next`, which comes back from outside; what is none begins anew. */
function keysOf(after: string | null): [number, number] {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(after ?? '')
  return [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)]
}

function keyOf(after: string | null): number {
  return /^\d{1,15}$/.test(after ?? '') ? Number(after) : Number.MAX_SAFE_INTEGER
}
