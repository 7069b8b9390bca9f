import { constants } from 'node:fs'
import { access, copyFile, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Kysely, sql, type Transaction } from 'kysely'
import { VigieError } from '../domain/errors.ts'
import { forgetAgain } from './archive-forget.ts'
import { type OpenDatabase, openDatabase } from './database.ts'
import type { Tables } from './schema.ts'

export interface BackedUp {
  readonly bytes: number
  readonly mentions: number
  readonly tickets: number
}

/**
 * Writes a consistent copy while others go on writing, and checks every page of it before it takes its name. One
 * statement reads one state: SQLite's page-by-page backup begins again at every write of another process, for ever
 * when they are frequent. Throws VigieError `file-exists`, `backup-unwritable`, `disk-full`, or as `openDatabase`.
 */
export async function backupDatabase(database: string, target: string): Promise<BackedUp> {
  if (await isThere(target))
    throw new VigieError('file-exists', `${target} exists already: choose another name`)
  const part = `${target}.part`
  await removeDatabase(part)
  try {
    const source = openDatabase(database)
    try {
      await sql`VACUUM INTO ${part}`.execute(source.kysely)
    } catch (error) {
      throw unwritable(error, target)
    } finally {
      await source.close()
    }
    const counts = await soundCounts(part)
    await sync(part)
    await rename(part, target)
    await sync(path.dirname(path.resolve(target)))
    return { bytes: (await stat(target)).size, ...counts }
  } finally {
    await removeDatabase(part)
  }
}

function unwritable(error: unknown, target: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_FULL'))
    return new VigieError('disk-full', `no room left for ${target}: free some space`, { cause: error })
  if (!/^SQLITE_(CANTOPEN|READONLY|IOERR|ERROR)/.test(code)) return error
  return new VigieError('backup-unwritable', `${target} cannot be written: is its folder there, and yours?`, {
    cause: error,
  })
}

/** Opens, reads every page, counts. */
async function soundCounts(file: string): Promise<Omit<BackedUp, 'bytes'>> {
  const copy = openDatabase(file)
  try {
    const problems = copy.integrityProblems()
    if (problems.length > 0)
      throw new VigieError('database-damaged', `${file} is damaged: ${problems.slice(0, 3).join('; ')}`)
    return await countsOf(copy)
  } finally {
    await copy.close()
  }
}

async function countsOf({ kysely }: OpenDatabase): Promise<Omit<BackedUp, 'bytes'>> {
  const count = async (table: 'mentions' | 'tickets') => {
    const { n } = await kysely
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    return n
  }
  return { mentions: await count('mentions'), tickets: await count('tickets') }
}

export interface Restored {
  readonly mentions: number
  readonly tickets: number
  /** Where the former database lies now; null: there was none. */
  readonly former: string | null
  /** Mails that wait in the backup and that the former database knows to have left. */
  readonly alreadySent: number
  /** Texts that were forgotten since the backup, and now again. */
  readonly forgottenAgain: number
  /** Mails too old to leave without a word; the next digest names them. */
  readonly held: number
}

const holdAfterMs = 12 * 3_600_000
/** When the former database cannot say which numbers were used, so many are left out. */
const numbersLeftOut = 1000

/**
 * Puts a backup in place of the database; the caller holds the folder's lock. The backup is checked first, in a copy,
 * and the former database is kept beside. What the former one knows to have been sent is not sent again.
 * Throws VigieError `not-a-backup`, `database-damaged`, `database-newer`.
 */
export async function restoreDatabase(backup: string, database: string, now: Date): Promise<Restored> {
  await refuseForeign(backup)
  const part = `${database}.restoring`
  await removeDatabase(part)
  try {
    await copyFile(backup, part)
    // A file copied by hand may have its last commits beside it.
    if (await isThere(`${backup}-wal`)) await copyFile(`${backup}-wal`, `${part}-wal`)
    const restored = await prepare(part, database, now)
    await sync(part)
    const former = await setAside(database, now)
    await rename(part, database)
    await sync(path.dirname(database))
    return { ...restored, former }
  } finally {
    await removeDatabase(part)
  }
}

const headerBytes = 100

/** The header of the file format: its name, and the schema's version at byte 60. */
async function refuseForeign(file: string): Promise<void> {
  const refuse = (what: string) => new VigieError('not-a-backup', `${file} ${what}`)
  if (!(await isThere(file))) throw refuse('is not there')
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0)
    const isSqlite = bytesRead === headerBytes && buffer.toString('latin1', 0, 15) === 'SQLite format 3'
    if (!isSqlite) throw refuse('is not a database: give the file that "vigie backup" wrote')
    if (buffer.readUInt32BE(60) === 0 && !(await isThere(`${file}-wal`)))
      throw refuse('is a database, but not one of Vigie')
  } finally {
    await handle.close()
  }
}

async function prepare(part: string, former: string, now: Date): Promise<Omit<Restored, 'former'>> {
  const copy = openCopy(part)
  try {
    const problems = copy.integrityProblems()
    if (problems.length > 0)
      throw new VigieError('database-damaged', `the backup is damaged: ${problems.slice(0, 3).join('; ')}`)
    const alreadySent = await takeOverSent(copy.kysely, former)
    const forgottenAgain = await forgetAgain(copy.kysely, now)
    const held = await holdOld(copy.kysely, now)
    return { ...(await countsOf(copy)), alreadySent, forgottenAgain, held }
  } finally {
    await copy.close()
  }
}

function openCopy(file: string): OpenDatabase {
  try {
    return openDatabase(file)
  } catch (error) {
    if (error instanceof VigieError) throw error
    throw new VigieError('not-a-backup', 'the file is a database, but not one of Vigie', { cause: error })
  }
}

/**
 * From the former database: which mails left, which digests were written, who was forgotten, which numbers were used.
 * Message-IDs are made of the numbers of tickets, and a mail program hides a mail whose identity it has seen. A former database that cannot
 * be read tells nothing: then numbers are left out.
 */
async function takeOverSent(db: Kysely<Tables>, former: string): Promise<number> {
  if (await isThere(former)) {
    try {
      await sql`ATTACH ${former} AS former`.execute(db)
      try {
        return await db.transaction().execute(copySent)
      } finally {
        await sql`DETACH former`.execute(db)
      }
    } catch {
      // Damaged, or of another schema: that may be why it is replaced.
    }
  }
  for (const table of numbered) await leaveOutNumbers(db, table, numbersLeftOut)
  return 0
}

const numbered = ['tickets', 'messages', 'drafts'] as const
const messageColumns = sql.raw(
  'kind, ticket, person, recipient, message_id, subject, bytes, state, created_at, attempts, next_attempt_at, last_code, last_reply, sent_at',
)

async function copySent(tx: Transaction<Tables>): Promise<number> {
  const sent = await sql`
    UPDATE main.messages SET state = 'sent', next_attempt_at = NULL, last_code = NULL,
      sent_at = (SELECT sent_at FROM former.messages AS f WHERE f.message_id = messages.message_id)
    WHERE state = 'pending'
      AND message_id IN (SELECT message_id FROM former.messages WHERE state = 'sent')`.execute(tx)
  await sql`
    INSERT INTO main.messages (${messageColumns})
    SELECT ${messageColumns} FROM former.messages
    WHERE id IN (SELECT message FROM former.digests)
      AND message_id NOT IN (SELECT message_id FROM main.messages)`.execute(tx)
  await sql`
    INSERT OR IGNORE INTO main.digests (person, kind, local_date, message)
    SELECT d.person, d.kind, d.local_date, own.id FROM former.digests AS d
    JOIN former.messages AS f ON f.id = d.message
    JOIN main.messages AS own ON own.message_id = f.message_id`.execute(tx)
  await sql`
    INSERT OR IGNORE INTO main.settings (name, value)
    SELECT name, value FROM former.settings WHERE name LIKE 'forgotten:%'`.execute(tx)
  for (const table of numbered) {
    const { rows } = await sql<{ seq: number }>`
      SELECT seq FROM former.sqlite_sequence WHERE name = ${table}`.execute(tx)
    const { rows: own } = await sql<{ seq: number }>`
      SELECT seq FROM main.sqlite_sequence WHERE name = ${table}`.execute(tx)
    await leaveOutNumbers(tx, table, Math.max(0, (rows[0]?.seq ?? 0) - (own[0]?.seq ?? 0)))
  }
  return Number(sent.numAffectedRows ?? 0n)
}

async function leaveOutNumbers(
  db: Kysely<Tables> | Transaction<Tables>,
  table: string,
  count: number,
): Promise<void> {
  const done = await sql`
    UPDATE main.sqlite_sequence SET seq = seq + ${count} WHERE name = ${table}`.execute(db)
  if (Number(done.numAffectedRows ?? 0n) > 0 || count === 0) return
  await sql`INSERT INTO main.sqlite_sequence (name, seq) VALUES (${table}, ${count})`.execute(db)
}

async function holdOld(db: Kysely<Tables>, now: Date): Promise<number> {
  const done = await db
    .updateTable('messages')
    .set({
      state: 'gave-up',
      next_attempt_at: null,
      last_code: 'held-after-restore',
      last_reply: 'waited in the backup for more than 12 hours: it may have left since',
    })
    .where('state', '=', 'pending')
    .where('created_at', '<', now.getTime() - holdAfterMs)
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** With the files that belong to it: its journal would otherwise be taken for that of the restored one. */
async function setAside(database: string, now: Date): Promise<string | null> {
  if (!(await isThere(database))) {
    await removeDatabase(database)
    return null
  }
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '')
  const former = await freeName(`${database}.before-${stamp}`)
  await rename(database, former)
  for (const ending of ['-wal', '-shm']) {
    if (await isThere(`${database}${ending}`)) await rename(`${database}${ending}`, `${former}${ending}`)
  }
  return former
}

async function freeName(name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`
    if (!(await isThere(candidate))) return candidate
  }
}

async function removeDatabase(file: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm', '-journal']) await rm(`${file}${ending}`, { force: true })
}

async function sync(name: string): Promise<void> {
  const handle = await open(name, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  )
}
