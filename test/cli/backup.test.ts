import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { backupCommand, restoreCommand } from '../../src/cli/backup.ts'
import { collectCommand } from '../../src/cli/collect.ts'
import type { NewMessage } from '../../src/domain/message.ts'
import { databaseFile, lockFile } from '../../src/folder.ts'
import { lockFolder } from '../../src/store/lock.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { feedOf, folderWith, smallFolder, writeFiles } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const hourMs = 3_600_000
const saturday = new Date('2026-11-21T10:00:00Z')
const sunday = new Date('2026-11-22T10:00:00Z')

let folder: string

beforeEach(async () => {
  folder = folderWith({
    ...smallFolder,
    'feeds/shop.xml': feedOf([
      { id: '1', text: 'Never buy from shop: three weeks and nothing, I want a refund. Terrible.' },
    ]),
  })
  expect(await collectCommand(folder, {}, fakeTerminal({ now: saturday }))).toBe(0)
})

describe('backup', () => {
  it('writes a copy that has everything, while the database is open elsewhere', async () => {
    const store = opened()
    await store.setSetting('before', 'yes')
    const file = path.join(folder, 'copy.db')
    const terminal = fakeTerminal()

    expect(await backupCommand(folder, file, terminal)).toBe(0)

    expect(terminal.text()).toContain('1 mentions and 1 tickets')
    expect(terminal.text()).toContain('vigie.yaml, feeds/ and playbooks/')
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
    writeFiles(folder, {})
    expect(await restoreCommand(folder, file, fakeTerminal())).toBe(0)
    expect(await opened().setting('before')).toBe('yes')
  })

  it('ends, with one consistent state, while another process never stops writing', async () => {
    const writer = spawn(process.execPath, ['-e', neverStops, databaseFile(folder)], { stdio: 'pipe' })
    onTestFinished(() => void writer.kill())
    await once(writer.stdout, 'data')
    const file = path.join(folder, 'copy.db')

    expect(await backupCommand(folder, file, fakeTerminal())).toBe(0)

    writer.kill()
    await once(writer, 'exit')
    expect(await restoreCommand(folder, file, fakeTerminal())).toBe(0)
    const [one, other] = [await opened().setting('one'), await opened().setting('other')]
    expect(Number(one)).toBeGreaterThan(0)
    expect(other).toBe(one)
  })

  it('overwrites nothing', async () => {
    writeFiles(folder, { 'copy.db': 'mine' })
    const terminal = fakeTerminal()

    expect(await backupCommand(folder, path.join(folder, 'copy.db'), terminal)).toBe(2)

    expect(terminal.told.join()).toContain('exists already')
    expect(readFileSync(path.join(folder, 'copy.db'), 'utf8')).toBe('mine')
  })

  it('says when there is nothing yet, or nowhere to write', async () => {
    const terminal = fakeTerminal()

    expect(await backupCommand(folderWith(smallFolder), 'copy.db', terminal)).toBe(2)
    expect(await backupCommand(folder, path.join(folder, 'no', 'copy.db'), terminal)).toBe(2)

    expect(terminal.told[0]).toContain('nothing is stored yet')
    expect(terminal.told[1]).toContain('cannot be written')
  })
})

describe('restore', () => {
  it('puts a backup back and keeps the former database beside', async () => {
    const file = await backup()
    const store = opened()
    await store.setSetting('since', 'yes')
    await store.close()
    const terminal = fakeTerminal({ now: sunday })

    expect(await restoreCommand(folder, file, terminal)).toBe(0)

    expect(await opened().setting('since')).toBeNull()
    expect(await opened().tickets({ limit: 10 })).toHaveLength(1)
    expect(terminal.text()).toContain('data/vigie.db.before-20261122T100000')
    expect(readdirSync(path.join(folder, 'data')).filter((name) => /restoring/.test(name))).toEqual([])
    const former = path.join(folder, 'data', 'vigie.db.before-20261122T100000')
    expect(await restoreCommand(folder, former, fakeTerminal())).toBe(0)
    expect(await opened().setting('since')).toBe('yes')
  })

  it('refuses while a daemon works', async () => {
    const file = await backup()
    const lock = lockFolder(lockFile(folder), '"vigie start", process 4711')
    onTestFinished(() => lock.release())

    await expect(restoreCommand(folder, file, fakeTerminal())).rejects.toThrow('process 4711')
  })

  it.each([
    ['is not there', (file: string) => `${file}.none`, 'is not there'],
    [
      'is no database',
      (file: string) => changed(file, () => Buffer.from('PK\u0003\u0004 something else')),
      'is not a database',
    ],
    [
      'is of another program',
      (file: string) => changed(file, (bytes) => withVersion(bytes, 0)),
      'not one of Vigie',
    ],
    [
      'is of a newer Vigie',
      (file: string) => changed(file, (bytes) => withVersion(bytes, 9999)),
      'newer Vigie',
    ],
    [
      'was cut',
      (file: string) => changed(file, (bytes) => bytes.subarray(0, bytes.length / 2)),
      'sound database|damaged',
    ],
    ['was overwritten in the middle', (file: string) => changed(file, scribbled), 'damaged|sound database'],
  ])('refuses a file that %s, and leaves all as it was', async (_, spoil, said) => {
    const file = spoil(await backup())
    const before = readFileSync(databaseFile(folder))
    const terminal = fakeTerminal()

    expect(await restoreCommand(folder, file, terminal)).toBe(2)

    expect(terminal.told.join()).toMatch(new RegExp(said))
    expect(readFileSync(databaseFile(folder)).equals(before)).toBe(true)
    expect(readdirSync(path.join(folder, 'data')).filter((name) => /before|restoring/.test(name))).toEqual([])
  })

  it('takes a file that was copied by hand with its journal', async () => {
    const store = opened()
    await store.setSetting('in-the-journal', 'yes')
    for (const ending of ['', '-wal'])
      copyFileSync(`${databaseFile(folder)}${ending}`, path.join(folder, `hand${ending}`))
    await store.close()

    expect(await restoreCommand(folder, path.join(folder, 'hand'), fakeTerminal())).toBe(0)

    expect(await opened().setting('in-the-journal')).toBe('yes')
  })

  it('sends no mail again that left after the backup', async () => {
    const store = opened()
    const [id = 0] = await store.recordMessages([mail('left')], [], saturday)
    const file = await backup()
    await store.recordSent(id, '250 ok', saturday)
    await store.close()
    const terminal = fakeTerminal({ now: new Date(saturday.getTime() + hourMs) })

    expect(await restoreCommand(folder, file, terminal)).toBe(0)

    expect(terminal.text()).toContain('1 mail waited in the backup and left since')
    expect((await opened().messages('pending', 10)).map(({ subject }) => subject)).toEqual([])
  })

  it('writes no digest again that was written after the backup', async () => {
    const file = await backup()
    const store = opened()
    await store.recordDigest('ada', 'daily', '2026-11-22', mail('digest'), sunday)
    await store.close()

    expect(await restoreCommand(folder, file, fakeTerminal({ now: sunday }))).toBe(0)

    expect(await opened().lastDigest('ada', 'daily')).toMatchObject({ localDate: '2026-11-22' })
  })

  it('holds mails that waited for more than 12 hours when nothing is known of them, and sends the younger', async () => {
    const store = opened()
    await store.recordMessages([mail('old')], [], new Date(sunday.getTime() - 13 * hourMs))
    await store.recordMessages([mail('young')], [], new Date(sunday.getTime() - hourMs))
    const file = await backup()
    await store.close()
    writeFileSync(databaseFile(folder), 'lost to the disk')
    const terminal = fakeTerminal({ now: sunday })

    expect(await restoreCommand(folder, file, terminal)).toBe(0)

    expect(terminal.text()).toContain('1 mail waited in the backup for more than 12 hours')
    const restored = opened()
    expect((await restored.dueMessages(sunday, 10)).map(({ subject }) => subject)).toEqual(['young'])
    expect(await restored.messages('gave-up', 10)).toMatchObject([
      { subject: 'old', lastCode: 'held-after-restore' },
    ])
  })

  it('never gives a ticket a number that was used after the backup', async () => {
    const file = await backup()
    writeFiles(folder, {
      'feeds/shop.xml': feedOf([
        { id: '2', text: 'The shop sent me a broken lamp and refuses a refund, disappointed.' },
      ]),
    })
    await collectCommand(folder, {}, fakeTerminal({ now: saturday }))
    expect(await numbers()).toEqual([1, 2])

    expect(await restoreCommand(folder, file, fakeTerminal())).toBe(0)
    await collectCommand(folder, {}, fakeTerminal({ now: saturday }))

    expect(await numbers()).toEqual([1, 3])
  })

  it('restores into a folder that holds nothing yet', async () => {
    const file = await backup()
    const fresh = folderWith(smallFolder)

    expect(await restoreCommand(fresh, file, fakeTerminal())).toBe(0)

    expect(existsSync(databaseFile(fresh))).toBe(true)
  })
})

/** Two rows that always say the same, in one transaction each time. */
const neverStops = `
  const db = new (require('better-sqlite3'))(process.argv[1])
  db.pragma('busy_timeout = 5000')
  const set = db.prepare('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
  const both = db.transaction((n) => { set.run('one', String(n)); set.run('other', String(n)) })
  let n = 0
  const write = () => { for (let i = 0; i < 20; i++) both.immediate(++n); if (n === 20) console.log('on'); setImmediate(write) }
  write()
`

async function backup(): Promise<string> {
  const file = path.join(folder, 'copy.db')
  expect(await backupCommand(folder, file, fakeTerminal())).toBe(0)
  return file
}

function opened(): Store {
  const store = openStore({ folder })
  onTestFinished(() => store.close().catch(() => {}))
  return store
}

async function numbers(): Promise<readonly number[]> {
  const store = opened()
  const tickets = await store.tickets({ limit: 10 })
  await store.close()
  return tickets.map(({ id }) => id).sort()
}

function mail(subject: string): NewMessage {
  return {
    kind: 'alert',
    ticket: null,
    person: 'ada',
    recipient: 'ada@shop.example',
    messageId: `<${subject}@shop.example>`,
    subject,
    bytes: Buffer.from(`Subject: ${subject}\r\n\r\n`),
  }
}

function changed(file: string, change: (bytes: Buffer) => Buffer): string {
  writeFileSync(`${file}.changed`, change(readFileSync(file)))
  return `${file}.changed`
}

function withVersion(bytes: Buffer, version: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt32BE(version, 60)
  return copy
}

function scribbled(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let page = 1; page < copy.length / 4096; page++) copy.fill(0xaa, page * 4096, page * 4096 + 64)
  return copy
}
