import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { type FetchLimits, fetcher } from '../../src/collect/fetch.ts'
import type { Fetcher } from '../../src/collect/fetcher.ts'
import { answer, type Handler, type LocalServer, localServer } from './local-server.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const never = new AbortController().signal
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function serve(routes: Record<string, Handler>): Promise<LocalServer> {
  const server = await localServer(routes)
  open.push(server)
  return server
}

function fetcherFor(server: LocalServer | null, limits: Partial<FetchLimits> = {}): Fetcher {
  const allow = server === null ? [] : [server.host]
  const made = fetcher({ allow, contact: 'https://lumen.example/vigie', limits }, { now: () => NOW })
  open.push(made)
  return made
}

async function code(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof Error && 'code' in error ? String(error.code) : `no code: ${error}`
}

describe('fetcher', () => {
  it('says who it is, what it wants, and nothing more', async () => {
    const server = await serve({ '/feed': answer(200, { 'content-type': 'text/xml' }, '<rss/>') })

    await fetcherFor(server).fetch({ url: server.url('/feed'), signal: never })

    const headers = server.requests[0]?.headers
    expect(headers?.['user-agent']).toBe('Vigie/0.1 (+https://lumen.example/vigie; listens to feeds)')
    expect(headers?.accept).toMatch(/application\/rss\+xml/)
    expect(headers?.['accept-encoding']).toMatch(/gzip, br/)
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('referer')
  })

  it('sends validators verbatim and reads those of a 304', async () => {
    const server = await serve({
      '/feed': answer(304, { etag: 'W/"b"', 'last-modified': 'yesterday, perhaps' }),
    })

    const got = await fetcherFor(server).fetch({
      url: server.url('/feed'),
      signal: never,
      etag: 'W/"a"',
      lastModified: 'the day before',
    })

    expect(server.requests[0]?.headers['if-none-match']).toBe('W/"a"')
    expect(server.requests[0]?.headers['if-modified-since']).toBe('the day before')
    expect(got).toMatchObject({ status: 304, etag: 'W/"b"', lastModified: 'yesterday, perhaps' })
  })

  it('decompresses', async () => {
    const server = await serve({ '/feed': answer(200, { 'content-encoding': 'gzip' }, gzipSync('déçu')) })

    const got = await fetcherFor(server).fetch({ url: server.url('/feed'), signal: never })

    expect(Buffer.from(got.body).toString()).toBe('déçu')
  })

  it('tells how long an answer stays fresh', async () => {
    const server = await serve({
      '/a': answer(200, { 'cache-control': 'public, max-age=900', age: '300' }, 'x'),
      '/b': answer(200, { expires: 'Sun, 22 Nov 2026 11:00:00 GMT' }, 'x'),
      '/c': answer(200, { expires: '0' }, 'x'),
    })
    const fetch = fetcherFor(server)
    const until = async (path: string) =>
      (await fetch.fetch({ url: server.url(path), signal: never })).freshUntil

    expect(await until('/a')).toEqual(new Date('2026-11-22T10:10:00Z'))
    expect(await until('/b')).toEqual(new Date('2026-11-22T11:00:00Z'))
    expect(await until('/c')).toBeNull()
  })

  it('reports a permanent move only when every hop was permanent', async () => {
    const server = await serve({
      '/old': answer(301, { location: '/new' }),
      '/mixed': answer(302, { location: '/old' }),
      '/new': answer(200, {}, 'x'),
    })
    const fetch = fetcherFor(server)

    const permanent = await fetch.fetch({ url: server.url('/old'), signal: never })
    const mixed = await fetch.fetch({ url: server.url('/mixed'), signal: never })

    expect(permanent).toMatchObject({ url: server.url('/new'), movedTo: server.url('/new') })
    expect(mixed).toMatchObject({ url: server.url('/new'), movedTo: null })
  })

  it('does not hand a key on to where a redirection leads', async () => {
    const other = await serve({ '/': answer(200, {}, 'x') })
    const server = await serve({ '/go': answer(302, { location: other.url('/') }) })
    const both = fetcher({ allow: [server.host, other.host], contact: null }, { now: () => NOW })
    open.push(both)

    const result = await code(
      both.fetch({ url: server.url('/go'), signal: never, headers: { authorization: 'key' } }),
    )

    expect(result).toBe('blocked-address')
    expect(other.requests).toHaveLength(0)
  })

  it.each([
    ['http://127.0.0.1/'],
    ['http://169.254.169.254/latest/meta-data'],
    ['http://[::1]/'],
    ['http://localhost/'],
    ['http://2130706433/'],
  ])('never connects to %s', async (url) => {
    expect(await code(fetcherFor(null).fetch({ url, signal: never }))).toBe('blocked-address')
  })

  it.each([
    ['file:///etc/passwd'],
    ['ftp://news.example.org/'],
    ['https://me:secret@news.example.org/'],
    ['nonsense'],
  ])('takes %s for no web address', async (url) => {
    expect(await code(fetcherFor(null).fetch({ url, signal: never }))).toBe('bad-url')
  })

  it('looks at what a name resolves to, each time it connects', async () => {
    const server = await serve({ '/': answer(200, {}, 'secret') })
    const guarded = fetcher(
      { allow: [], contact: null },
      {
        now: () => NOW,
        lookup: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }], 4),
      },
    )
    open.push(guarded)

    expect(await code(guarded.fetch({ url: 'http://rebinding.example/', signal: never }))).toBe(
      'blocked-address',
    )
    expect(server.requests).toHaveLength(0)
  })

  it('says so when a name does not resolve', async () => {
    const failing = fetcher(
      { allow: [], contact: null },
      {
        now: () => NOW,
        lookup: (_name, _options, callback) =>
          callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '', 0),
      },
    )
    open.push(failing)

    expect(await code(failing.fetch({ url: 'http://nowhere.example/', signal: never }))).toBe('dns')
  })

  it('stops at once when told to', async () => {
    const server = await serve({ '/': () => {} })
    const controller = new AbortController()

    const asked = fetcherFor(server).fetch({ url: server.url('/'), signal: controller.signal })
    setTimeout(() => controller.abort(new Error('stopping')), 20)

    await expect(asked).rejects.toThrow('stopping')
  })
})

describe('a hostile server', () => {
  const LIMITS = { totalMs: 400, headersMs: 300, maxBytes: 100_000 }

  it.each<[string, Handler, string]>([
    ['that never answers', () => {}, 'timeout'],
    ['that drips', drip, 'timeout'],
    ['without end', endless, 'too-large'],
    [
      'with a gzip bomb',
      answer(200, { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(5_000_000))),
      'too-large',
    ],
    ['that announces too much', answer(200, { 'content-length': '999999999' }), 'too-large'],
    ['with compression that is none', answer(200, { 'content-encoding': 'gzip' }, 'plain'), 'bad-encoding'],
    ['that stops in the middle', truncated, 'truncated'],
    [
      'that stops in the middle of gzip',
      answer(200, { 'content-encoding': 'gzip' }, gzipSync('long'.repeat(999)).subarray(0, 30)),
      'truncated',
    ],
    ['that hangs up', (_request, response) => response.destroy(), 'truncated'],
    ['redirecting into this machine', answer(302, { location: 'http://127.0.0.1:9/' }), 'blocked-address'],
    [
      'redirecting to the metadata of a cloud',
      answer(302, { location: 'http://169.254.169.254/' }),
      'blocked-address',
    ],
    ['redirecting to a file', answer(302, { location: 'file:///etc/passwd' }), 'bad-url'],
    ['redirecting nowhere', answer(302, {}), 'bad-redirect'],
    ['redirecting in a circle', answer(302, { location: '/' }), 'redirect-loop'],
    ['redirecting on and on', onAndOn, 'too-many-redirects'],
    ['saying 404', answer(404, {}), 'http-404'],
    ['saying 410', answer(410, {}), 'gone'],
    ['saying 401', answer(401, {}), 'unauthorized'],
    ['saying 403', answer(403, {}), 'forbidden'],
    ['saying 418', answer(418, {}), 'http-4xx'],
    ['saying 500', answer(500, {}), 'http-5xx'],
    ['saying 300', answer(300, {}), 'http-odd'],
  ])('%s', async (_name, handler, expected) => {
    const server = await serve({ '/': handler, '/next': handler })

    expect(await code(fetcherFor(server, LIMITS).fetch({ url: server.url('/'), signal: never }))).toBe(
      expected,
    )
  })

  it.each([
    ['3600', new Date('2026-11-22T11:00:00Z')],
    ['Sun, 22 Nov 2026 12:00:00 GMT', new Date('2026-11-22T12:00:00Z')],
    ['soon', null],
  ])('asking to come back after %s is heard', async (retryAfter, retryAt) => {
    const server = await serve({ '/': answer(429, { 'retry-after': retryAfter }) })

    const asked = fetcherFor(server).fetch({ url: server.url('/'), signal: never })

    await expect(asked).rejects.toMatchObject({ code: 'rate-limited', retryAt })
  })

  it('that failed does not keep the next request waiting', async () => {
    const server = await serve({ '/drip': drip, '/feed': answer(200, {}, 'x') })
    const fetch = fetcherFor(server, LIMITS)
    await code(fetch.fetch({ url: server.url('/drip'), signal: never }))

    const got = await fetch.fetch({ url: server.url('/feed'), signal: never })

    expect(got.status).toBe(200)
  })
})

function drip(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml' })
  const timer = setInterval(() => response.write('.'), 20)
  response.on('close', () => clearInterval(timer))
}

function endless(_request: IncomingMessage, response: ServerResponse): void {
  const chunk = Buffer.alloc(20_000, 'a')
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', more)
  more()
}

function truncated(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '1000' })
  response.write('<rss>')
  setTimeout(() => response.destroy(), 20)
}

function onAndOn(request: IncomingMessage, response: ServerResponse): void {
  const step = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('step'))
  response.writeHead(302, { location: `/next?step=${step + 1}` }).end()
}
