import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { VigieError } from '../domain/errors.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './schema.ts'

export interface OpenDatabase {
  readonly kysely: Kysely<Tables>
  /** Every page and index; an empty list when all is well. Slow on a large file. */
  integrityProblems(): readonly string[]
  close(): Promise<void>
}

/**
 * Opens or creates the file: WAL, `synchronous=FULL`, foreign keys, every migration run.
 * Throws VigieError `database-damaged`, `database-newer` or `database-unwritable`; it never repairs by deleting.
 */
export function openDatabase(file: string): OpenDatabase {
  const raw = openFile(file)
  try {
    raw.pragma('journal_mode = WAL')
    raw.pragma('busy_timeout = 5000')
    raw.pragma('foreign_keys = ON')
    quickCheck(raw, file)
    // better-sqlite3 is compiled to fall back to NORMAL in WAL mode, which may lose the last commits at a power cut.
    raw.pragma('synchronous = FULL')
    migrate(raw, file)
    assertDurable(raw)
  } catch (error) {
    raw.close()
    throw inWords(error, file)
  }
  const kysely = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => immediate(new SqliteDriver({ database: preparedOnce(raw) })),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  return {
    kysely,
    integrityProblems: () => {
      const rows = raw.pragma('integrity_check') as { integrity_check: string }[]
      return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok')
    },
    close: async () => {
      raw.pragma('wal_checkpoint(TRUNCATE)')
      await kysely.destroy()
    },
  }
}

/** Holds a file for this process alone until released; null when another process holds it. The system frees it at death. */
export function holdExclusively(file: string): { release(): void } | null {
  const raw = openFile(file)
  try {
    raw.pragma('busy_timeout = 0')
    raw.pragma('journal_mode = DELETE')
    raw.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    raw.close()
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) return null
    throw inWords(error, file)
  }
  return {
    release: () => {
      raw.exec('ROLLBACK')
      raw.close()
    },
  }
}

function openFile(file: string): Database.Database {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return new Database(file)
  } catch (error) {
    throw inWords(error, file)
  }
}

const statementsKept = 300

/** Kysely prepares every query anew; the same text gives the same statement here. */
function preparedOnce(raw: Database.Database): SqliteDatabase {
  const statements = new Map<string, Database.Statement>()
  return {
    close: () => raw.close(),
    prepare: (sql) => {
      const known = statements.get(sql)
      if (known && !known.busy) return known as never
      const statement = raw.prepare(sql)
      if (statements.size >= statementsKept) statements.clear()
      statements.set(sql, statement)
      return statement as never
    },
  }
}

/** A transaction takes the write lock when it begins: one that reads first would fail later with SQLITE_BUSY_SNAPSHOT. */
function immediate(driver: SqliteDriver): Driver {
  return {
    init: () => driver.init(),
    acquireConnection: () => driver.acquireConnection(),
    beginTransaction: async (connection: DatabaseConnection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'))
    },
    commitTransaction: (connection) => driver.commitTransaction(connection),
    rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
    releaseConnection: () => driver.releaseConnection(),
    destroy: () => driver.destroy(),
  }
}

function quickCheck(raw: Database.Database, file: string): void {
  const [first] = raw.pragma('quick_check(1)') as { quick_check: string }[]
  if (first?.quick_check === 'ok') return
  throw new VigieError(
    'database-damaged',
    `${file} is damaged (${first?.quick_check ?? 'unreadable'}): put a backup back with "vigie restore", and keep the damaged file`,
  )
}

function migrate(raw: Database.Database, file: string): void {
  const done = raw.pragma('user_version', { simple: true }) as number
  if (done > migrations.length) {
    throw new VigieError(
      'database-newer',
      `${file} was written by a newer Vigie (schema ${done}, this one knows ${migrations.length}): update Vigie`,
    )
  }
  for (const [index, step] of migrations.entries()) {
    if (index < done) continue
    raw
      .transaction(() => {
        raw.exec(step)
        raw.pragma(`user_version = ${index + 1}`)
      })
      .immediate()
  }
}

/** Written once and read back, because the setting that matters is the one after a write. */
function assertDurable(raw: Database.Database): void {
  raw
    .prepare(
      `INSERT INTO settings (name, value) VALUES ('opened', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
    )
    .run(new Date().toISOString())
  const synchronous = raw.pragma('synchronous', { simple: true })
  const journal = raw.pragma('journal_mode', { simple: true })
  if (synchronous !== 2 || journal !== 'wal') {
    throw new Error(
      `SQLite runs with synchronous=${synchronous}, journal_mode=${journal}; Vigie needs 2 and wal`,
    )
  }
}

function inWords(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new VigieError(
      'database-damaged',
      `${file} is no longer a sound database: put a backup back with "vigie restore", and keep the damaged file`,
      { cause: error },
    )
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'ENOTDIR' ||
    code === 'EEXIST'
  ) {
    return new VigieError(
      'database-unwritable',
      `${file} cannot be written: give this user the right to write in its folder`,
      { cause: error },
    )
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new VigieError('disk-full', `no room left to write ${file}: free some space`, { cause: error })
  }
  return error
}
