import { mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { lockFolder } from '../../src/store/lock.ts'
import { migrations } from '../../src/store/migrations.ts'
import { folderWith } from '../helpers/folder.ts'

function fileIn(name = 'vigie.db'): string {
  const folder = path.join(folderWith({}), 'data')
  mkdirSync(folder)
  return path.join(folder, name)
}

describe('the database', () => {
  it('keeps what it committed through a power cut: WAL, synchronous FULL after a write', async () => {
    const file = fileIn()
    const database = openDatabase(file)
    const pragmas = await database.kysely.selectFrom('settings').select('name').execute()
    await database.close()
    const raw = new Database(file)

    expect(pragmas).toEqual([{ name: 'opened' }])
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(raw.pragma('user_version', { simple: true })).toBe(migrations.length)
    raw.close()
  })

  it('takes the write lock when a transaction begins', async () => {
    const file = fileIn()
    const one = openDatabase(file)
    const other = new Database(file, { timeout: 0 })
    await one.kysely.transaction().execute(async () => {
      expect(() => other.exec("INSERT INTO settings VALUES ('x', 'y')")).toThrow('locked')
    })
    other.close()
    await one.close()
  })

  it.each([
    [
      'junk',
      'database-damaged',
      (file: string) => writeFileSync(file, 'not a database, but long enough to be read as one'.repeat(100)),
    ],
    ['a damaged page', 'database-damaged', damage],
    ['a newer schema', 'database-newer', newer],
  ])('refuses %s', (_name, code, spoil) => {
    const file = fileIn()
    spoil(file)

    expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code }))
  })

  it('says that a folder cannot be written', () => {
    const file = fileIn()
    writeFileSync(path.join(path.dirname(file), 'file'), '')

    expect(() => openDatabase(path.join(path.dirname(file), 'file', 'vigie.db'))).toThrow(
      expect.objectContaining({ code: 'database-unwritable' }),
    )
  })
})

describe('the lock of a folder', () => {
  it('lets one in, and names it to the second', () => {
    const file = fileIn('vigie.lock')
    const lock = lockFolder(file, '"vigie start", process 1')

    expect(() => lockFolder(file, 'second')).toThrow('"vigie start", process 1')
    lock.release()
    lockFolder(file, 'third').release()
  })
})

function newer(file: string): void {
  const raw = new Database(file)
  raw.pragma('user_version = 9999')
  raw.close()
}

function damage(file: string): void {
  const raw = new Database(file)
  raw.exec('CREATE TABLE a (b TEXT); CREATE INDEX c ON a (b)')
  const insert = raw.prepare('INSERT INTO a VALUES (?)')
  raw.transaction(() => {
    for (let row = 0; row < 2000; row++) insert.run(`row ${row}`)
  })()
  raw.close()
  const handle = openSync(file, 'r+')
  for (let page = 2; page < 12; page++) writeSync(handle, Buffer.alloc(64, 0xff), 0, 64, page * 4096)
}
