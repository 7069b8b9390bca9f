import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/app.ts'
import { build, startVigie, vigie } from '../helpers/built.ts'
import { type CountingServer, countingSmtp, type Received } from '../helpers/counting-smtp.ts'
import { feedOf, folderWith, type Item, smallFolder, writeFiles } from '../helpers/folder.ts'

const start = Date.parse('2026-11-20T09:00:00Z')
const batches = 20
const batchSize = 15
let server: CountingServer

beforeAll(build, 60_000)
beforeAll(async () => {
  server = await countingSmtp()
})
afterAll(() => server.close())

describe('kill -9 at any moment', () => {
  it('loses nothing, and sends again only the same bytes under the same Message-ID', {
    timeout: 600_000,
  }, async () => {
    const folder = shopFolder()
    const random = seeded(7)
    let kills = 0
    for (let batch = 0; batch < batches; batch++) {
      writeFiles(folder, { 'feeds/shop.xml': feedOf(items((batch + 1) * batchSize)) })
      const args = ['--now', instantOf(batch), 'collect', '--json']
      kills += await killAtRandom(startVigie(folder, args, { SMTP: server.url }), 200 + random() * 800)
      kills += await killAtRandom(startVigie(folder, args, { SMTP: server.url }), 200 + random() * 800)
      kills += await killWhenStored(
        startVigie(folder, args, { SMTP: server.url }),
        1 + Math.floor(random() * 5),
      )
      const { code, err } = await vigie(folder, args, { env: { SMTP: server.url } })
      expect(err).toBe('')
      expect(code).toBe(0)
    }

    const { mentions, told, tickets } = await contents(folder)
    expect(kills).toBeGreaterThanOrEqual(50)
    expect(mentions).toBe(batches * batchSize)
    expect(tickets).toBeGreaterThan(200)
    expect(told).toBe(tickets)
    expect(differingCopies(server.received)).toEqual([])
    // The ambiguous moment was hit, or the sentence above says nothing.
    expect(server.received.length).toBeGreaterThan(
      new Set(server.received.map((mail) => mail.messageId)).size,
    )
    // A further pass has nothing left to say.
    const before = server.received.length
    const last = await vigie(folder, ['--now', instantOf(batches), 'collect', '--json'], {
      env: { SMTP: server.url },
    })
    expect(JSON.parse(last.out)).toMatchObject({
      mentions: { added: 0 },
      tickets: { opened: 0 },
      messages: { sent: 0, pending: 0 },
    })
    expect(server.received.length).toBe(before)
  })

  it('would be noticed: a pipeline that sends before it records is caught', {
    timeout: 240_000,
  }, async () => {
    const control = await countingSmtp()
    const folder = shopFolder()
    for (let batch = 0; batch < 3; batch++) {
      writeFiles(folder, { 'feeds/shop.xml': feedOf(items((batch + 1) * batchSize)) })
      await killWhenStored(sendFirst(folder, control.url, instantOf(batch)), 2, control)
      await ended(sendFirst(folder, control.url, instantOf(batch)))
    }

    expect(differingCopies(control.received).length).toBeGreaterThan(0)
    await control.close()
  })
})

function shopFolder(): string {
  return folderWith({
    ...smallFolder,
    'vigie.yaml': smallFolder['vigie.yaml'].replace('mail: {', 'mail: { smtp: "${SMTP}",'),
  })
}

/** Complaints, each in its own words, so that each is its own affair. */
function items(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `c${index}`,
    author: `customer${index}@example.com (Customer ${index})`,
    text: `Terrible service at Shop, order number ${index}: it never arrived, nobody answers and they refuse the refund. Very disappointed, worst shop ever, article ${index * 7919}.`,
  }))
}

function instantOf(batch: number): string {
  return new Date(start + batch * 61 * 60_000).toISOString()
}

async function killAtRandom(child: ChildProcess, afterMs: number): Promise<number> {
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
  await ended(child)
  clearTimeout(timer)
  return child.signalCode === 'SIGKILL' ? 1 : 0
}

/** Kills when the server has stored the nth mail, before it answers. */
async function killWhenStored(child: ChildProcess, nth: number, at = server): Promise<number> {
  let stored = 0
  at.onStored(() => {
    if (++stored === nth) child.kill('SIGKILL')
  })
  await ended(child)
  at.onStored(null)
  return child.signalCode === 'SIGKILL' ? 1 : 0
}

function ended(child: ChildProcess): Promise<void> {
  child.stdin?.end()
  child.stdout?.resume()
  child.stderr?.resume()
  return new Promise((resolve) => child.once('close', () => resolve()))
}

function sendFirst(folder: string, smtp: string, now: string): ChildProcess {
  const script = path.join(path.dirname(fileURLToPath(import.meta.url)), '../helpers/send-first.ts')
  return spawn(process.execPath, ['--import', 'tsx', script, folder, smtp, now], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

async function contents(folder: string) {
  const store = openStore({ folder })
  const tickets = await store.tickets({ limit: 10_000 })
  const { mentions } = await store.activity(new Date(0), new Date('2030-01-01'))
  await store.close()
  const told = tickets.filter(({ id }) => server.received.some((mail) => mentionsTicket(mail, id)))
  return { mentions, tickets: tickets.length, told: told.length }
}

function mentionsTicket(mail: Received, id: number): boolean {
  return new RegExp(`tickets/${id}(?!\\d)`).test(mail.text.replace(/=\r?\n/g, ''))
}

/** Message-IDs that came with more than one content. */
function differingCopies(mails: readonly Received[]): string[] {
  const hashes = new Map<string, Set<string>>()
  for (const { messageId, hash } of mails)
    hashes.set(messageId, (hashes.get(messageId) ?? new Set()).add(hash))
  return [...hashes].filter(([, seen]) => seen.size > 1).map(([messageId]) => messageId)
}

/** Numbers from 0 to 1, the same at every run (Lehmer). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
