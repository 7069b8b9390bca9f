import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { collect, type WatchedSource } from '../../src/collect/collect.ts'
import { feedParser } from '../../src/collect/feed-parser.ts'
import { fetcher } from '../../src/collect/fetch.ts'
import { rssSource } from '../../src/collect/rss.ts'
import { nextPollAt } from '../../src/collect/schedule.ts'
import { parseQuery } from '../../src/domain/query.ts'
import type { Watch } from '../../src/domain/watch.ts'
import type { PollFailure, PollRecord } from '../../src/store/store.ts'
import { answer, type Handler, type LocalServer, localServer, RSS } from './local-server.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const WATCH: Watch = {
  id: 'lumen',
  name: 'Lumen',
  kind: 'brand',
  query: parseQuery('premier OR second'),
  querySource: 'premier OR second',
  confirm: [],
  deny: [],
  languages: [],
  every: { amount: 60, unit: 'minute' },
  alertSince: null,
  sources: [],
}

/** A page of the hostile site, what a pass says of it, and how many minutes until the next visit. */
const PAGES: Readonly<Record<string, readonly [Handler, string, number]>> = {
  '/never': [() => {}, 'timeout', 60],
  '/endless': [endless, 'too-large', 60],
  '/bomb': [answer(200, { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(3_000_000))), 'too-large', 60],
  '/inside': [answer(302, { location: 'http://127.0.0.1:1/' }), 'blocked-address', 60],
  '/metadata': [answer(302, { location: 'http://169.254.169.254/latest/' }), 'blocked-address', 60],
  '/loop': [answer(302, { location: '/loop' }), 'redirect-loop', 60],
  '/busy': [answer(429, { 'retry-after': '7200' }), 'rate-limited', 120],
  '/gone': [answer(410, {}), 'gone', 1440],
  '/picture': [answer(200, { 'content-type': 'image/png' }, 'PNG'), 'not-a-feed', 60],
  '/cut': [cut, 'truncated', 60],
  '/empty': [answer(200, {}), 'empty', 60],
  '/page': [
    answer(200, { 'content-type': 'text/html' }, '<html><body>Hello</body></html>'),
    'not-a-feed',
    60,
  ],
}

async function pass(server: LocalServer, paths: readonly string[]) {
  const limits = { totalMs: 500, headersMs: 500, maxBytes: 200_000 }
  const web = fetcher({ allow: [server.host], contact: null, limits }, { now: () => NOW })
  const parser = feedParser()
  open.push(web, parser)
  const sources = paths.map((path): WatchedSource => {
    const id = `lumen:rss:${path}`
    const source = rssSource({ id, url: server.url(path) }, { fetcher: web, parser, now: () => NOW })
    return { watch: WATCH, spec: { id, kind: 'rss', settings: server.url(path), every: null }, source }
  })
  const polls: PollRecord[] = []
  const failures: PollFailure[] = []
  const faults: unknown[] = []
  const results = await collect(
    sources,
    { signal: new AbortController().signal },
    {
      store: {
        sourceState: async () => null,
        recordPoll: async (poll) => {
          polls.push(poll)
          return { added: poll.mentions.length, edited: 0 }
        },
        recordPollFailure: async (failed) => {
          failures.push(failed)
        },
      },
      now: () => NOW,
      nextPollAt: ({ at, outcome }) => {
        const visited = { everyMs: 3_600_000, slowsDown: false, lastEntryAt: null, failuresBefore: 0 }
        const ended =
          outcome instanceof Error
            ? ({ kind: 'failed', code: outcome.code, retryAt: outcome.retryAt } as const)
            : ({ kind: 'read', notBefore: outcome.notBefore } as const)
        return nextPollAt({ ...visited, outcome: ended }, at, 0.5)
      },
      onFault: (error) => faults.push(error),
    },
  )
  return { results, polls, failures, faults }
}

describe('a pass over a hostile site', () => {
  it('says of each page what is wrong, comes back when it should, and reads the good feed meanwhile', async () => {
    const routes = Object.fromEntries(Object.entries(PAGES).map(([path, [handler]]) => [path, handler]))
    const server = await localServer({ ...routes, '/good.xml': answer(200, {}, RSS) })
    open.push(server)
    const started = performance.now()

    const { results, polls, failures, faults } = await pass(server, [...Object.keys(PAGES), '/good.xml'])

    const codes = Object.fromEntries(
      results.map(({ id, status, code }) => [id.split(':')[2], code ?? status]),
    )
    const expected = Object.entries(PAGES).map(([path, [, code]]) => [path, code])
    expect(codes).toEqual({ ...Object.fromEntries(expected), '/good.xml': 'fetched' })
    expect(faults).toEqual([])
    for (const { source, nextPollAt, disable } of failures) {
      const path = source.id.split(':')[2] ?? ''
      expect([path, (nextPollAt.getTime() - NOW.getTime()) / 60_000]).toEqual([path, PAGES[path]?.[2]])
      expect(disable).toBe(path === '/gone')
    }
    expect(polls.map(({ entries }) => entries)).toEqual([2])
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

function endless(_request: Parameters<Handler>[0], response: Parameters<Handler>[1]): void {
  const chunk = Buffer.alloc(50_000, 'a')
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', more)
  more()
}

function cut(_request: Parameters<Handler>[0], response: Parameters<Handler>[1]): void {
  response.writeHead(200, { 'content-length': '5000' })
  response.write(RSS.slice(0, 200))
  setTimeout(() => response.destroy(), 20)
}
