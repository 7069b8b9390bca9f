import { describe, expect, it } from 'vitest'
import { failure } from '../../src/collect/failures.ts'
import type { FetchAnswer, FetchRequest } from '../../src/collect/fetcher.ts'
import { politeFetcher } from '../../src/collect/polite.ts'

const never = new AbortController().signal

/** A polite fetcher over a site where each request takes a second of a clock made by hand. */
function politeOver(outcomes: Record<string, Error> = {}) {
  let time = Date.parse('2026-11-22T10:00:00Z')
  const log: string[] = []
  const began = time
  let running = 0
  const inner = {
    fetch: async (request: FetchRequest) => {
      running++
      log.push(`${(time - began) / 1000}s ${new URL(request.url).host} (${running} at once)`)
      await Promise.resolve()
      time += 1000
      running--
      const error = outcomes[request.url]
      if (error) throw error
      // Only what the wrapper hands on; nothing here looks inside.
      return { status: 200 } as FetchAnswer
    },
    close: async () => {},
  }
  const deps = {
    now: () => new Date(time),
    sleep: async (ms: number) => {
      time += ms
    },
  }
  const polite = politeFetcher(inner, { allow: ['127.0.0.1:8099'] }, deps)
  return {
    log,
    advance: (ms: number) => (time += ms),
    fetch: (url: string, signal = never) => polite.fetch({ url, signal }),
  }
}

describe('politeFetcher', () => {
  it('asks a host one thing at a time, two seconds apart', async () => {
    const { fetch, log } = politeOver()

    await Promise.all([
      fetch('https://a.example/1'),
      fetch('https://a.example/2'),
      fetch('https://a.example/3'),
    ])

    expect(log).toEqual(['0s a.example (1 at once)', '3s a.example (1 at once)', '6s a.example (1 at once)'])
  })

  it('does not make one host wait for another, nor ours at all', async () => {
    const { fetch, log } = politeOver()

    await Promise.all([fetch('https://a.example/'), fetch('https://b.example/')])
    await Promise.all([fetch('http://127.0.0.1:8099/1'), fetch('http://127.0.0.1:8099/2')])

    expect(log.map((line) => line.split(' ')[1])).toEqual([
      'a.example',
      'b.example',
      '127.0.0.1:8099',
      '127.0.0.1:8099',
    ])
    expect(log[3]).toContain('(2 at once)')
  })

  it('leaves a host alone until the time it named', async () => {
    const retryAt = new Date('2026-11-22T10:30:00Z')
    const { fetch, log, advance } = politeOver({
      'https://a.example/busy': failure('rate-limited', '429', { retryAt }),
    })

    await expect(fetch('https://a.example/busy')).rejects.toMatchObject({ code: 'rate-limited' })
    await expect(fetch('https://a.example/other')).rejects.toMatchObject({ code: 'rate-limited', retryAt })
    advance(3_600_000)
    await fetch('https://a.example/other')

    expect(log).toHaveLength(2)
  })

  it('gives a host that names no time an hour, and takes 503 without a time for one page’s', async () => {
    const { fetch, log } = politeOver({
      'https://a.example/': failure('rate-limited', '429'),
      'https://b.example/': failure('unavailable', '503'),
    })

    await fetch('https://a.example/').catch(() => {})
    await fetch('https://b.example/').catch(() => {})
    await expect(fetch('https://a.example/2')).rejects.toMatchObject({
      retryAt: new Date('2026-11-22T11:00:01Z'),
    })
    await fetch('https://b.example/2')

    expect(log).toHaveLength(3)
  })

  it('lets those in line go on when one fails or gives up', async () => {
    const { fetch, log } = politeOver({ 'https://a.example/bad': failure('timeout', 'slow') })

    const results = await Promise.allSettled([
      fetch('https://a.example/bad'),
      fetch('https://a.example/', AbortSignal.abort(new Error('stopping'))),
      fetch('https://a.example/good'),
    ])

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(log).toHaveLength(2)
  })
})
