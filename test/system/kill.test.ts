import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  publish,
  seeded,
  startAt,
} from '../helpers/killing.ts'

const isWanted = process.env['VIGIE_SYSTEM'] === '1'
const batches = 67
const batchSize = 23

describe.runIf(isWanted)('the daemon, killed two hundred times over fifteen hundred mentions', () => {
  let server: CountingServer
  beforeAll(build, 120_000)
  beforeAll(async () => {
    server = await countingSmtp()
  })
  afterAll(() => server.close())

  it('loses nothing, and sends again only the same bytes', { timeout: 1_800_000 }, async () => {
    const shop = killSite(server, batchSize)
    const random = seeded(11)
    let kills = 0
    let wholeMs = 1500
    for (let batch = 0; batch < batches; batch++) {
      publish(shop, batch)
      for (let kill = 0; kill < 2; kill++) {
        kills += await killAfter(startAt(shop, batch, ['start']), wholeMs * (0.3 + 0.7 * random()))
      }
      const nth = 1 + Math.floor(random() * 6)
      kills += await killWhenStored(startAt(shop, batch, ['start']), nth, server, 1.5 * wholeMs)
      const started = performance.now()
      const daemon = startAt(shop, batch, ['start'])
      await firstPass(daemon)
      wholeMs = performance.now() - started
      // Left alone it says everything once: what was ambiguous before has been sent again by now.
      const settled = copies(server.received)
      daemon.kill('SIGTERM')
      await ended(daemon)
      expect([daemon.exitCode, copies(server.received)]).toEqual([0, settled])
    }

    const found = await contents(shop)
    console.info(`${kills} kills, ${server.received.length} mails, ${copies(server.received)} of them copies`)
    expect(kills).toBeGreaterThanOrEqual(200)
    expect(found).toEqual({
      mentions: batches * batchSize,
      tickets: batches * batchSize,
      told: batches * batchSize,
      lost: 0,
    })
    expect(differingCopies(server.received)).toEqual([])
    expect(copies(server.received)).toBeGreaterThan(0)
    expect(copies(server.received)).toBeLessThanOrEqual(kills)
  })
})

/** The daemon says where to look once its first pass is through. */
async function firstPass(daemon: ChildProcess): Promise<void> {
  if (!daemon.stderr) throw new Error('the daemon has no standard error')
  for await (const line of createInterface({ input: daemon.stderr })) if (/^ {2}try /.test(line)) return
}
