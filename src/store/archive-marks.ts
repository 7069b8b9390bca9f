import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { contentHash } from '../domain/content-hash.ts'
import type { Entry } from '../domain/entry.ts'
import { type AuthorPlaces, groupedBy, inParts } from './archive-author.ts'
import type { Tables } from './schema.ts'
import type { PollRecord } from './store.ts'

/** Among the settings, a row for each way to know a forgotten entry again; nothing can be read back from it. */
const prefix = 'forgotten:'
const afterPrefix = 'forgotten;'

/** Keeps an entry out from now on: its identifier in its source, and the same words under the same name anywhere. */
export async function rememberForgotten(
  tx: Transaction<Tables>,
  entry: SourcedEntry,
  contents: readonly string[],
  at: Date,
): Promise<void> {
  const names = contents.flatMap((content) => marksOf(entry, content))
  await tx
    .insertInto('settings')
    .values([...new Set(names)].map((name) => ({ name, value: at.toISOString() })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

interface SourcedEntry {
  readonly source: string
  readonly externalId: string
  readonly author: string | null
}

function marksOf({ source, externalId, author }: SourcedEntry, content: string): string[] {
  const byWords = author === null ? [] : [digest('words', author, content)]
  return [entryHash(source, externalId), ...byWords].map((hash) => `${prefix}${hash}`)
}

/** What takes the place of an identifier, which may hold a name. */
export function entryHash(source: string, externalId: string): string {
  return digest('entry', source, externalId)
}

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}

type PolledEntries = Pick<PollRecord, 'source' | 'mentions' | 'unrelated'>

/** A visit without what was forgotten. To be asked inside the transaction that stores it. */
export async function withoutForgotten<Poll extends PolledEntries>(
  tx: Transaction<Tables>,
  poll: Poll,
): Promise<Poll> {
  if (!(await isAnyForgotten(tx))) return poll
  const marks = ({ id, author }: Entry, content: string) =>
    marksOf({ source: poll.source.id, externalId: id, author }, content)
  const mentions = poll.mentions.map((one) => ({ one, marks: marks(one.entry, one.contentHash) }))
  const unrelated = poll.unrelated.map((one) => ({ one, marks: marks(one.entry, contentHash(one.entry)) }))
  const forgotten = await forgottenAmong(tx, [...mentions, ...unrelated])
  return {
    ...poll,
    mentions: mentions.filter((entry) => !forgotten.has(entry)).map(({ one }) => one),
    unrelated: unrelated.filter((entry) => !forgotten.has(entry)).map(({ one }) => one),
  }
}

async function isAnyForgotten(db: Kysely<Tables> | Transaction<Tables>): Promise<boolean> {
  const first = await db
    .selectFrom('settings')
    .select('name')
    .where('name', '>=', prefix)
    .where('name', '<', afterPrefix)
    .limit(1)
    .executeTakeFirst()
  return first !== undefined
}

async function forgottenAmong<Marked extends { readonly marks: readonly string[] }>(
  db: Kysely<Tables> | Transaction<Tables>,
  entries: readonly Marked[],
): Promise<ReadonlySet<Marked>> {
  const rows = await inParts(
    entries.flatMap(({ marks }) => marks),
    (names) => db.selectFrom('settings').select('name').where('name', 'in', names).execute(),
  )
  const found = new Set(rows.map((row) => row.name))
  return new Set(entries.filter(({ marks }) => marks.some((mark) => found.has(mark))))
}

const pageSize = 2000

/** Where texts stand that were forgotten once, by author: a backup that is put back brings them again. */
export async function forgottenPlaces(tx: Transaction<Tables>): Promise<readonly AuthorPlaces[]> {
  if (!(await isAnyForgotten(tx))) return []
  const mentions: { id: number; author: string | null }[] = []
  for (let after = 0; ; ) {
    const rows = await tx
      .selectFrom('mentions')
      .select(['id', 'source', 'external_id as externalId', 'author', 'content_hash'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    const marked = rows.map((row) => ({ ...row, marks: marksOf(row, row.content_hash) }))
    mentions.push(...(await forgottenAmong(tx, marked)))
    if (rows.length < pageSize) break
    after = rows.at(-1)?.id ?? after
  }
  const entries = await tx
    .selectFrom('unrelated')
    .select(['id', 'source', 'external_id as externalId', 'entry'])
    .execute()
  const unrelated = entries.map((row) => {
    const entry = JSON.parse(row.entry) as Entry
    const { author } = entry
    return { id: row.id, author, marks: marksOf({ ...row, author }, contentHash(entry)) }
  })
  const places = groupedBy(mentions, ({ author }) => author)
  const asides = groupedBy([...(await forgottenAmong(tx, unrelated))], ({ author }) => author)
  return [...new Set([...places.keys(), ...asides.keys()])].map((author) => ({
    mentions: (places.get(author) ?? []).map(({ id }) => id),
    unrelated: (asides.get(author) ?? []).map(({ id }) => id),
  }))
}
