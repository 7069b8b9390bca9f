import type { Insertable, Kysely, Transaction } from 'kysely'
import { withoutForgotten } from './archive-marks.ts'
import { toSourceState } from './rows.ts'
import type { Tables } from './schema.ts'
import type { NewMention, PollFailure, PollRecord, PollRecorded, PollSummary, Store } from './store.ts'

type PollStore = Pick<
  Store,
  'sourceState' | 'sourceStates' | 'recordPoll' | 'recordPollFailure' | 'pollsSince' | 'prune'
>

/** What the sources gave, and when they are visited next. */
export function pollStore(db: Kysely<Tables>): PollStore {
  return {
    async sourceState(id) {
      const row = await db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? toSourceState(row) : null
    },

    async sourceStates() {
      const rows = await db.selectFrom('sources').selectAll().orderBy('id').execute()
      return rows.map(toSourceState)
    },

    recordPoll: (poll) =>
      db.transaction().execute(async (tx) => recordPoll(tx, await withoutForgotten(tx, poll))),

    recordPollFailure: (failure) => db.transaction().execute((tx) => recordFailure(tx, failure)),

    async pollsSince(since) {
      const rows = await db
        .selectFrom('polls')
        .select(['source', 'at', 'status', 'code', 'entries', 'added'])
        .where('at', '>=', since.getTime())
        .orderBy('at', 'desc')
        .execute()
      return rows.map((row) => ({
        ...row,
        at: new Date(row.at),
        status: row.status as PollSummary['status'],
      }))
    },

    async prune({ unrelatedBefore, neutralBefore, pollsBefore }) {
      await db.deleteFrom('unrelated').where('collected_at', '<', unrelatedBefore.getTime()).execute()
      await db.deleteFrom('polls').where('at', '<', pollsBefore.getTime()).execute()
      // What a ticket holds is kept as long as the ticket.
      await db
        .deleteFrom('mentions')
        .where('collected_at', '<', neutralBefore.getTime())
        .where('id', 'in', (select) =>
          select.selectFrom('triages').select('mention').where('ticket', 'is', null),
        )
        .execute()
    },
  }
}

async function recordPoll(tx: Transaction<Tables>, poll: PollRecord): Promise<PollRecorded> {
  const known = await knownMentions(tx, poll)
  const fresh: NewMention[] = []
  let edited = 0
  for (const mention of poll.mentions) {
    const before = known.get(mention.entry.id)
    if (!before) fresh.push(mention)
    else if (before.content_hash !== mention.contentHash)
      edited += await recordEdit(tx, before, mention, poll.at)
  }
  const added = await insertMentions(tx, poll, await withoutRenamed(tx, poll, distinct(fresh)))
  await insertUnrelated(tx, poll)
  await saveSource(tx, poll)
  await tx
    .insertInto('polls')
    .values({
      source: poll.source.id,
      at: poll.at.getTime(),
      status: poll.status,
      code: null,
      entries: poll.entries,
      added,
      took_ms: Math.round(poll.tookMs),
    })
    .execute()
  return { added, edited }
}

interface KnownMention {
  readonly id: number
  readonly external_id: string
  readonly content_hash: string
  readonly title: string | null
  readonly text: string
}

// SQLite takes 32,766 values a statement; statements of one size are prepared once.
const chunk = 50

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) =>
    items.slice(index * chunk, (index + 1) * chunk),
  )
}

/** What the source gave before under the identifiers of this document. */
async function knownMentions(tx: Transaction<Tables>, poll: PollRecord): Promise<Map<string, KnownMention>> {
  const known = new Map<string, KnownMention>()
  for (const ids of chunks(poll.mentions.map((mention) => mention.entry.id))) {
    const rows = await tx
      .selectFrom('mentions')
      .select(['id', 'external_id', 'content_hash', 'title', 'text'])
      .where('source', '=', poll.source.id)
      .where('external_id', 'in', ids)
      .execute()
    for (const row of rows) known.set(row.external_id, row)
  }
  return known
}

/** A document that names two entries alike means the later one to be an edit of the first: one is kept. */
function distinct(mentions: readonly NewMention[]): NewMention[] {
  return [...new Map(mentions.map((mention) => [mention.entry.id, mention])).values()]
}

/**
 * A source that changes its identifiers shows nothing new: the same text at the same address, under an identifier that
 * has left the document, is the mention we have. Two in one document are two.
 */
async function withoutRenamed(
  tx: Transaction<Tables>,
  poll: PollRecord,
  fresh: readonly NewMention[],
): Promise<readonly NewMention[]> {
  const documentIds = new Set(poll.documentIds)
  const renamed = new Set<NewMention>()
  for (const some of chunks(fresh)) {
    const twins = await tx
      .selectFrom('mentions')
      .select(['id', 'external_id', 'content_hash', 'canonical_url'])
      .where('source', '=', poll.source.id)
      .where(
        'content_hash',
        'in',
        some.map((mention) => mention.contentHash),
      )
      .execute()
    for (const twin of twins) {
      if (documentIds.has(twin.external_id)) continue
      const mention = some.find(
        (candidate) =>
          !renamed.has(candidate) &&
          candidate.contentHash === twin.content_hash &&
          candidate.canonicalUrl === twin.canonical_url,
      )
      if (!mention) continue
      renamed.add(mention)
      await tx
        .updateTable('mentions')
        .set({ external_id: mention.entry.id })
        .where('id', '=', twin.id)
        .execute()
    }
  }
  return fresh.filter((mention) => !renamed.has(mention))
}

async function insertMentions(
  tx: Transaction<Tables>,
  poll: PollRecord,
  mentions: readonly NewMention[],
): Promise<number> {
  for (const some of chunks(mentions)) {
    await tx
      .insertInto('mentions')
      .values(some.map((mention) => mentionRow(poll, mention)))
      .execute()
  }
  return mentions.length
}

function mentionRow(poll: PollRecord, mention: NewMention): Insertable<Tables['mentions']> {
  const { entry } = mention
  return {
    watch: poll.source.watch,
    source: poll.source.id,
    source_kind: poll.source.kind,
    external_id: entry.id,
    url: entry.url,
    canonical_url: mention.canonicalUrl,
    title: entry.title,
    text: entry.text,
    author: entry.author,
    published_at: entry.publishedAt?.getTime() ?? null,
    collected_at: poll.at.getTime(),
    language: entry.language,
    engagement: entry.engagement === null ? null : JSON.stringify(entry.engagement),
    stars: entry.stars,
    content_hash: mention.contentHash,
    match: JSON.stringify(mention.match),
    drill: mention.drill ? 1 : 0,
  }
}

async function insertUnrelated(tx: Transaction<Tables>, poll: PollRecord): Promise<void> {
  for (const some of chunks(poll.unrelated)) {
    await tx
      .insertInto('unrelated')
      .values(
        some.map(({ entry, reason }) => ({
          watch: poll.source.watch,
          source: poll.source.id,
          source_kind: poll.source.kind,
          external_id: entry.id,
          entry: JSON.stringify(entry),
          collected_at: poll.at.getTime(),
          reason,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Keeps the former text as a version and shows the new one. */
async function recordEdit(
  tx: Transaction<Tables>,
  known: KnownMention,
  mention: NewMention,
  at: Date,
): Promise<number> {
  await tx
    .insertInto('mention_versions')
    .values({
      mention: known.id,
      seen_at: at.getTime(),
      title: known.title,
      text: known.text,
      content_hash: known.content_hash,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx
    .updateTable('mentions')
    .set({
      title: mention.entry.title,
      text: mention.entry.text,
      content_hash: mention.contentHash,
      match: JSON.stringify(mention.match),
    })
    .where('id', '=', known.id)
    .execute()
  return 1
}

async function saveSource(tx: Transaction<Tables>, poll: PollRecord): Promise<void> {
  const at = poll.at.getTime()
  const seen = {
    watch: poll.source.watch,
    kind: poll.source.kind,
    cursor: poll.cursor === null ? null : JSON.stringify(poll.cursor),
    definition: poll.source.definition,
    next_poll_at: poll.nextPollAt.getTime(),
    last_poll_at: at,
    last_success_at: at,
    last_status: poll.status,
    last_code: poll.partly?.code ?? null,
    last_message: poll.partly?.message ?? null,
    failures: 0,
    disabled: 0,
    ...(poll.title === null ? {} : { title: poll.title }),
    ...(poll.link === null ? {} : { link: poll.link }),
    ...(!poll.rhythm ? {} : { rhythm: JSON.stringify(poll.rhythm) }),
    ...(poll.lastEntryAt === null ? {} : { last_entry_at: poll.lastEntryAt.getTime() }),
  }
  await tx
    .insertInto('sources')
    .values({ id: poll.source.id, ...seen })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(seen))
    .execute()
}

async function recordFailure(tx: Transaction<Tables>, failure: PollFailure): Promise<void> {
  const { source } = failure
  const at = failure.at.getTime()
  const seen = {
    watch: source.watch,
    kind: source.kind,
    next_poll_at: failure.nextPollAt.getTime(),
    last_poll_at: at,
    last_status: 'failed',
    last_code: failure.code,
    last_message: failure.message.slice(0, 500),
    disabled: failure.disable ? 1 : 0,
  }
  await tx
    .insertInto('sources')
    .values({ id: source.id, cursor: null, definition: source.definition, failures: 1, ...seen })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ ...seen, failures: eb('sources.failures', '+', 1) })),
    )
    .execute()
  await tx
    .insertInto('polls')
    .values({
      source: source.id,
      at,
      status: 'failed',
      code: failure.code,
      entries: 0,
      added: 0,
      took_ms: Math.round(failure.tookMs),
    })
    .execute()
}
