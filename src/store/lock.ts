import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { VigieError } from '../domain/errors.ts'

export interface FolderLock {
  release(): void
}

/**
 * Only one process collects and sends for a folder. The lock is an exclusive transaction on a small database beside
 * the real one: the system frees it when the process dies, however it dies. Throws VigieError `locked`, naming the
 * process that holds it.
 */
export function lockFolder(file: string, holder: string): FolderLock {
  mkdirSync(dirname(file), { recursive: true })
  const database = new Database(file, { timeout: 0 })
  try {
    database.pragma('journal_mode = DELETE')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')))
      throw error
    throw new VigieError(
      'locked',
      `another Vigie works in this folder: ${holderOf(file)}. Stop it first, or let it do the work`,
      { cause: error },
    )
  }
  writeFileSync(`${file}.txt`, `${holder}\n`)
  return {
    release: () => {
      database.exec('ROLLBACK')
      database.close()
    },
  }
}

function holderOf(file: string): string {
  try {
    return readFileSync(`${file}.txt`, 'utf8').trim()
  } catch {
    return 'its name could not be read'
  }
}
