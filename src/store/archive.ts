import type { Kysely, Selectable } from 'kysely'
import type { TriageOutcome } from '../domain/ticket.ts'
import { authorsCalled, storedAbout } from './archive-author.ts'
import { forgetAuthor } from './archive-forget.ts'
import type { ArchivedMention, ArchiveFilter, ArchiveStore } from './archive-store.ts'
import { openDatabase } from './database.ts'
import { type JudgedRow, judgementColumns, toJudgedMention, toTicket } from './rows.ts'
import type { Tables } from './schema.ts'

/** The archive of a database file, for commands. Throws what `openDatabase` throws. */
export function openArchive(file: string): ArchiveStore & { close(): Promise<void> } {
  const database = openDatabase(file)
  return { ...archiveStore(database.kysely), close: database.close }
}

/** Export, access and erasure over the store's own tables. */
export function archiveStore(db: Kysely<Tables>): ArchiveStore {
  return {
    archivedMentions: (filter, after, limit) => mentionsAfter(db, filter, after, limit),

    async archivedTickets({ since, watch }, after, limit) {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('drill', '=', 0)
        .where('id', '>', after)
        .$if(since !== null, (query) => query.where('opened_at', '>=', since?.getTime() ?? 0))
        .$if(watch !== null, (query) => query.where('watch', '=', watch ?? ''))
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toTicket)
    },

    async comingSilences(now) {
      const rows = await db
        .selectFrom('silences')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('until_at', '>', now.getTime())
        .orderBy('from_at')
        .execute()
      return rows.map(({ id, query, watch, reason, who, from_at, until_at }) => ({
        id,
        query,
        watch,
        reason,
        who,
        from: new Date(from_at),
        until: new Date(until_at),
      }))
    },

    async oldestWaiting() {
      const row = await db
        .selectFrom('messages')
        .select(['id', 'created_at', 'last_code', 'last_reply'])
        .where('state', '=', 'pending')
        .orderBy('created_at')
        .executeTakeFirst()
      return row
        ? {
            id: row.id,
            createdAt: new Date(row.created_at),
            lastCode: row.last_code,
            lastReply: row.last_reply,
          }
        : null
    },

    authorsCalled: (name) => authorsCalled(db, name),
    storedAbout: (name) => storedAbout(db, name),
    forgetAuthor: (name, at) => forgetAuthor(db, name, at),
  }
}

type ArchivedRow = JudgedRow &
  Selectable<Tables['mentions']> & {
    outcome: string | null
    decided_category: string | null
    ticket: number | null
  }

async function mentionsAfter(
  db: Kysely<Tables>,
  { since, watch }: ArchiveFilter,
  after: number,
  limit: number,
): Promise<readonly ArchivedMention[]> {
  const rows = await db
    .selectFrom('mentions')
    .leftJoin('judgements', 'judgements.mention', 'mentions.id')
    .leftJoin('triages', 'triages.mention', 'mentions.id')
    .selectAll('mentions')
    .select(judgementColumns)
    .select(['triages.outcome', 'triages.category as decided_category', 'triages.ticket'])
    .where('mentions.drill', '=', 0)
    .where('mentions.id', '>', after)
    .$if(since !== null, (query) => query.where('mentions.collected_at', '>=', since?.getTime() ?? 0))
    .$if(watch !== null, (query) => query.where('mentions.watch', '=', watch ?? ''))
    .orderBy('mentions.id')
    .limit(limit)
    .execute()
  const numbers = [...new Set(rows.flatMap((row) => row.ticket ?? []))]
  const tickets =
    numbers.length === 0
      ? []
      : await db.selectFrom('tickets').selectAll().where('id', 'in', numbers).execute()
  const byNumber = new Map(tickets.map((row) => [row.id, toTicket(row)]))
  return (rows as ArchivedRow[]).map((row) => ({
    ...toJudgedMention(row),
    outcome: row.outcome as TriageOutcome | null,
    category: row.decided_category,
    ticket: byNumber.get(row.ticket ?? 0) ?? null,
  }))
}
