import { readdirSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runDaemon } from '../../src/daemon.ts'
import { configStamp, outboxFolder } from '../../src/folder.ts'
import { openStore } from '../../src/store/open-store.ts'
import { configOf, feedOf, folderWith, type Item, smallFolder, writeFiles } from '../helpers/folder.ts'

// A Wednesday, ten in the morning in Brussels: two hours after the digest.
const start = new Date('2026-11-18T09:00:00Z')
const minute = 60_000
const yaml = `${smallFolder['vigie.yaml']}digest: { at: "08:00", to: [ada] }\npages: { listen: "127.0.0.1:0" }\n`

let stop: (() => Promise<void>) | null = null

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    now: start,
  })
})

afterEach(async () => {
  await stop?.()
  vi.useRealTimers()
})

function complaint(id: string): Item {
  const text = `Order ${id} never arrived, the shop refuses my refund. Terrible, I am very disappointed by ${id}.`
  return { id, text, author: `author of ${id}`, at: new Date().toISOString() }
}

/** A daemon in this process, its first pass done; its clock is the fake one. */
async function daemon(files: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ ...smallFolder, 'vigie.yaml': yaml, ...files })
  const logged: { msg: string; problems?: string[] }[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) })
  let end = () => {}
  const stopped = new Promise<void>((resolve) => {
    end = resolve
  })
  let ready = () => {}
  const isReady = new Promise<void>((resolve) => {
    ready = resolve
  })
  const ended = runDaemon({
    now: () => new Date(),
    log,
    readConfig: () => configOf(folder),
    configStamp: () => configStamp(folder),
    onStart: () => {},
    onReady: () => ready(),
    showLink: () => {},
    stopped,
  })
  stop = async () => {
    end()
    await ended
    stop = null
  }
  await Promise.race([isReady, ended])
  return {
    folder,
    logged,
    said: (message: string) => logged.filter(({ msg }) => msg === message).length,
    mails: () => mailsIn(folder),
    edit: (name: string, text: string) => {
      writeFiles(folder, { [name]: text })
      // Two edits within a tick of the disk's clock would look like one.
      const at = new Date(statSync(path.join(folder, name)).mtimeMs + 1000 * ++edits)
      utimesSync(path.join(folder, name), at, at)
    },
  }
}

let edits = 0

function mailsIn(folder: string, kind = ''): string[] {
  try {
    return readdirSync(outboxFolder(folder)).filter((name) => name.includes(kind))
  } catch {
    return []
  }
}

/** Lets time go by, a tick of the daemon at once. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 15_000) {
    await vi.advanceTimersByTimeAsync(15_000)
    // What the tick began ends in real time.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 40 && !isSo(); tries++) {
    await pass(15_000)
    for (let turn = 0; turn < 50 && !isSo(); turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(isSo()).toBe(true)
}

describe('the daemon', () => {
  it('finds what is published while it runs, and mails it once', async () => {
    const { folder, edit } = await daemon()
    edit('feeds/shop.xml', feedOf([complaint('one')]))

    await pass(16 * minute)
    await until(() => mailsIn(folder, 'alert').length > 0)
    await pass(16 * minute)

    expect(mailsIn(folder, 'alert')).toHaveLength(1)
  })

  it('takes a changed watch into force without a restart', async () => {
    const { folder, edit, said } = await daemon({ 'feeds/shop.xml': feedOf([complaint('one')]) })
    const before = mailsIn(folder, 'alert').length

    edit(
      'playbooks/dissatisfied-customer.md',
      smallFolder['playbooks/dissatisfied-customer.md'].replace('severity: normal', 'severity: high'),
    )
    await until(() => said('the new configuration is in force') === 1)
    edit('feeds/shop.xml', feedOf([complaint('one'), complaint('two')]))
    await pass(16 * minute)
    await until(() => mailsIn(folder, 'alert').length > before)
    await stop?.()

    const store = openStore({ folder })
    expect((await store.tickets({ limit: 10 })).map(({ severity }) => severity).sort()).toEqual([
      'high',
      'normal',
    ])
    await store.close()
  })

  it('keeps the old files in force when the new ones are broken, says so once and in the digest, and goes on', async () => {
    const { folder, edit, said, logged } = await daemon()
    edit('vigie.yaml', `${yaml}nonsense: true\n`)

    await until(() => said('the changed files were refused; the former ones stay in force') === 1)
    edit('feeds/shop.xml', feedOf([complaint('one')]))
    await pass(16 * minute)
    await until(() => mailsIn(folder, 'alert').length === 1)

    expect(said('the changed files were refused; the former ones stay in force')).toBe(1)
    expect(logged.find(({ problems }) => problems)?.problems?.join()).toContain('nonsense')
    vi.setSystemTime(new Date('2026-11-19T07:00:30Z'))
    await until(() => mailsIn(folder, 'digest').length === 1)
    edit('vigie.yaml', `${yaml}company: Shop\n`)
    await until(() => said('the new configuration is in force') === 1)
  })

  it('leaves each digest once when the clock jumps forward over nights, and back again', async () => {
    const { folder } = await daemon()
    vi.setSystemTime(new Date('2026-11-21T09:00:00Z'))
    await until(() => mailsIn(folder, 'digest').length === 1)
    vi.setSystemTime(new Date('2026-11-19T07:30:00Z'))
    await pass(5 * minute)
    vi.setSystemTime(new Date('2026-11-21T10:00:00Z'))
    await pass(5 * minute)

    expect(mailsIn(folder, 'digest')).toHaveLength(1)
  })

  it('is not held up by a clock that jumps over years', async () => {
    const { folder, edit } = await daemon()
    edit('feeds/shop.xml', feedOf([complaint('one')]))
    vi.setSystemTime(new Date('2031-11-18T09:00:05Z'))
    const started = process.cpuUsage()

    await until(() => mailsIn(folder, 'alert').length === 1)

    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(3)
  })

  it('goes on finding things after the clock was set back by a day', async () => {
    const { folder, edit } = await daemon()
    await pass(minute)
    vi.setSystemTime(new Date(start.getTime() - 24 * 60 * minute))
    edit('feeds/shop.xml', feedOf([complaint('one')]))

    await pass(60 * minute)

    expect(mailsIn(folder, 'alert')).toHaveLength(1)
  })
})
