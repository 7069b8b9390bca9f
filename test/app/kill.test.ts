import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../helpers/built.ts'
import { type CountingServer, countingSmtp } from '../helpers/counting-smtp.ts'
import {
  contents,
  copies,
  differingCopies,
  ended,
  killAfter,
  killSite,
  killWhenStored,
  outcomeOf,
  publish,
  seeded,
  startAt,
  startUnsafe,
} from '../helpers/killing.ts'

// Enough to see each order go wrong; `npm run test:system` kills the daemon two hundred times.
const batches = 7
const batchSize = 8
const collect = ['collect', '--json']
const open: CountingServer[] = []

beforeAll(build, 120_000)
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function site() {
  const server = await countingSmtp()
  open.push(server)
  return killSite(server, batchSize)
}

describe('kill -9 at any moment', () => {
  it('loses nothing, and sends again only the same bytes under the same Message-ID', {
    timeout: 300_000,
  }, async () => {
    const shop = await site()
    const random = seeded(7)
    let kills = 0
    let wholeMs = 1000
    for (let batch = 0; batch < batches; batch++) {
      publish(shop, batch)
      const anyMoment = () => wholeMs * (0.3 + 0.6 * random())
      kills += await killAfter(startAt(shop, batch, collect), anyMoment())
      kills += await killAfter(startAt(shop, batch, collect), anyMoment())
      kills += await killWhenStored(startAt(shop, batch, collect), 1 + Math.floor(random() * 5), shop.server)
      const started = performance.now()
      const whole = startAt(shop, batch, collect)
      await ended(whole)
      wholeMs = performance.now() - started
      expect(whole.exitCode).toBe(0)
    }

    const { mentions, told, tickets, lost } = await contents(shop)
    expect(kills).toBeGreaterThanOrEqual(18)
    expect(mentions).toBe(batches * batchSize)
    expect(tickets).toBe(batches * batchSize)
    expect(told).toBe(tickets)
    expect(lost).toBe(0)
    expect(differingCopies(shop.server.received)).toEqual([])
    // The ambiguous moment was hit, or the sentence above says nothing.
    expect(copies(shop.server.received)).toBeGreaterThan(0)
    // A further pass has nothing left to say.
    const before = shop.server.received.length
    const last = await outcomeOf(startAt(shop, batches - 1, collect))
    expect(JSON.parse(last)).toMatchObject({
      mentions: { added: 0 },
      tickets: { opened: 0 },
      messages: { sent: 0, pending: 0 },
    })
    expect(shop.server.received.length).toBe(before)
  })

  it('would be noticed: a pipeline that sends before it records is caught', {
    timeout: 120_000,
  }, async () => {
    const shop = await site()
    for (let batch = 0; batch < 2; batch++) {
      publish(shop, batch)
      await killWhenStored(startUnsafe('send-first', shop, batch), 2, shop.server)
      await ended(startUnsafe('send-first', shop, batch))
    }

    expect(differingCopies(shop.server.received).length).toBeGreaterThan(0)
  })

  it('would be noticed: a pipeline that records before it sends loses mails', {
    timeout: 120_000,
  }, async () => {
    const shop = await site()
    publish(shop, 0)
    await killWhenStored(startUnsafe('record-first', shop, 0), 2, shop.server)
    await ended(startUnsafe('record-first', shop, 0))

    expect((await contents(shop)).lost).toBeGreaterThan(0)
  })
})
