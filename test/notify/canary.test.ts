import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { hourMs } from '../../src/domain/duration.ts'
import { canaryName } from '../../src/domain/mention.ts'
import { meetCanary, readCanary } from '../../src/notify/canary.ts'
import { configOf, folderWith, smallFolder } from '../helpers/folder.ts'

const monday = new Date('2026-11-16T09:00:00Z')

async function shopWithCanary(more = '', mail = '') {
  const folder = folderWith({
    ...smallFolder,
    'vigie.yaml': `${smallFolder['vigie.yaml'].replace('mail: {', `mail: {${mail}`)}canary: { every: 24h, to: vigie@shop.example }\n${more}`,
  })
  const clock = { now: monday }
  const app = await openApp(configOf(folder), { now: () => clock.now, log: pino({ level: 'silent' }) })
  onTestFinished(() => app.close())
  const passAt = async (hours: number) => {
    clock.now = new Date(monday.getTime() + hours * hourMs)
    const signal = new AbortController().signal
    return app.pass({ signal, groupWaitMs: 0, isDaemon: true })
  }
  return { app, folder, clock, passAt, state: async () => readCanary(await app.store.setting(canaryName)) }
}

async function canariesOf(app: App) {
  return (await app.store.messages(null, 100)).filter(({ kind }) => kind === 'canary')
}

describe('the canary', () => {
  it('goes the whole way once a day, to its own mailbox alone, and leaves no trace among the real', async () => {
    const { app, folder, passAt, state } = await shopWithCanary()
    for (const hour of [0, 1, 23, 24, 25]) await passAt(hour)

    const canaries = await canariesOf(app)
    expect(canaries.map(({ recipient, state }) => [recipient, state])).toEqual([
      ['vigie@shop.example', 'sent'],
      ['vigie@shop.example', 'sent'],
    ])
    expect(await app.store.messages(null, 100)).toHaveLength(2)
    expect(await state()).toMatchObject({ isTold: false, seenAt: new Date(monday.getTime() + 24 * hourMs) })
    expect(await app.store.tickets({ limit: 10 })).toEqual([])
    expect(await app.store.countOpenTickets()).toBe(0)
    expect(readdirSync(path.join(folder, 'data/outbox'))).toHaveLength(2)
  })

  it('that does not come out is told on another road, once', async () => {
    const heard: string[] = []
    const room = createServer((request, response) => {
      request.on('data', (part) => heard.push(String(part)))
      request.on('end', () => response.end('ok'))
    })
    await new Promise<void>((resolve) => room.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void room.close())
    const { port } = room.address() as AddressInfo
    const { passAt, state } = await shopWithCanary(
      `webhooks: [{ kind: slack, url: "http://127.0.0.1:${port}/", severity: critical, language: fr }]\n`,
      'smtp: "smtp://127.0.0.1:1",',
    )
    for (const hour of [0, 0.5, 2, 3]) await passAt(hour)
    await passAt(3.1)

    expect(heard.filter((body) => body.includes('n’est pas revenu'))).toHaveLength(1)
    expect(await state()).toMatchObject({ isTold: true, seenAt: null })
  })

  it('is known again in the mailbox it was sent to, and no other mail is taken for it', async () => {
    const { app, folder, clock, passAt, state } = await shopWithCanary('', 'imap: "imap://127.0.0.1:1",')
    await passAt(0)
    expect(await state()).toMatchObject({ seenAt: null })
    const [file = ''] = readdirSync(path.join(folder, 'data/outbox'))
    const rawMail = readFileSync(path.join(folder, 'data/outbox', file))
    const bounce = Buffer.from(`Message-ID: <other@example.org>\r\nSubject: bounce\r\n\r\n${rawMail}`)
    clock.now = new Date(monday.getTime() + 60_000)
    const deps = { store: app.store, now: () => clock.now }

    expect(await meetCanary(bounce, deps)).toBe(false)
    expect(await meetCanary(rawMail, deps)).toBe(true)
    expect(await state()).toMatchObject({ seenAt: clock.now })
  })
})
