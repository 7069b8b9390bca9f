import { describe, expect, it } from 'vitest'
import { feedParser } from '../../src/collect/feed-parser.ts'
import type { FetchAnswer, FetchRequest } from '../../src/collect/fetcher.ts'
import { hintedTime, rssSource } from '../../src/collect/rss.ts'
import type { Cursor } from '../../src/collect/source.ts'
import { RSS } from './local-server.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const URL_ = 'https://news.example.org/feed'
const never = new AbortController().signal

function reply(body: string, more: Partial<FetchAnswer> = {}): FetchAnswer {
  return {
    status: 200,
    url: URL_,
    movedTo: null,
    contentType: 'text/xml',
    etag: null,
    lastModified: null,
    freshUntil: null,
    headers: new Map(),
    body: Buffer.from(body),
    ...more,
  }
}

/** A source over a site that answers as told, and what it was asked. */
function sourceOver(...replies: FetchAnswer[]) {
  const asked: FetchRequest[] = []
  const source = rssSource(
    { id: 'lumen:rss', url: URL_ },
    {
      fetcher: {
        fetch: async (request) => {
          asked.push(request)
          return replies[asked.length - 1] ?? reply('')
        },
      },
      parser: feedParser(),
      now: () => NOW,
    },
  )
  return { source, asked, poll: (cursor: Cursor) => source.poll(cursor, never) }
}

describe('rssSource', () => {
  it('reads a feed and remembers its validators for the next visit', async () => {
    const { poll, asked } = sourceOver(
      reply(RSS, { etag: '"1"', lastModified: 'Monday' }),
      reply('', { status: 304 }),
    )

    const first = await poll(null)
    const second = await poll(first.cursor)

    expect(first).toMatchObject({
      status: 'fetched',
      title: 'Journal',
      link: 'https://news.example.org/',
      skipped: 0,
    })
    expect(first.entries.map(({ id }) => id)).toEqual(['a1', 'a2'])
    expect(asked[0]).toMatchObject({ url: URL_, etag: null })
    expect(asked[1]).toMatchObject({ url: URL_, etag: '"1"', lastModified: 'Monday' })
    expect(second).toMatchObject({ status: 'unchanged', entries: [], title: 'Journal' })
  })

  it('takes new validators from a 304 and from an answer with the same bytes', async () => {
    const { poll, asked } = sourceOver(
      reply(RSS, { etag: '"1"' }),
      reply('', { status: 304, etag: '"2"' }),
      reply(RSS, { etag: '"3"' }),
      reply(RSS),
    )

    const first = await poll(null)
    const second = await poll(first.cursor)
    const third = await poll(second.cursor)
    await poll(third.cursor)

    expect(third.status).toBe('unchanged')
    expect(asked.map(({ etag }) => etag)).toEqual([null, '"1"', '"2"', '"3"'])
  })

  it('forgets the validators when an answer has none', async () => {
    const { poll, asked } = sourceOver(reply(RSS, { etag: '"1"' }), reply(`${RSS} `), reply(RSS))

    const first = await poll(null)
    const second = await poll(first.cursor)
    await poll(second.cursor)

    expect(asked[2]?.etag).toBeNull()
  })

  it('believes a permanent move after three identical answers', async () => {
    const to = 'https://new.example.org/feed'
    const moved = reply(RSS, { movedTo: to, url: to, etag: '"1"' })
    const { poll, asked } = sourceOver(moved, moved, moved, moved)
    let cursor: Cursor = null

    for (let visit = 0; visit < 4; visit++) cursor = (await poll(cursor)).cursor

    expect(asked.map(({ url }) => url)).toEqual([URL_, URL_, URL_, to])
  })

  it('starts counting again when a move changes its mind', async () => {
    const moved = (to: string) => reply(RSS, { movedTo: to, url: to })
    const { poll, asked } = sourceOver(
      moved('https://b.example/'),
      moved('https://b.example/'),
      reply(RSS),
      moved('https://b.example/'),
      reply(RSS),
    )
    let cursor: Cursor = null

    for (let visit = 0; visit < 5; visit++) cursor = (await poll(cursor)).cursor

    expect(asked.every(({ url }) => url === URL_)).toBe(true)
  })

  it('follows a web page to the feed it announces, and goes straight there afterwards', async () => {
    const page = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>'
    const { poll, asked } = sourceOver(
      reply(page),
      reply(RSS, { url: 'https://news.example.org/rss.xml' }),
      reply(RSS),
    )

    const first = await poll(null)
    await poll(first.cursor)

    expect(first.entries).toHaveLength(2)
    expect(asked.map(({ url }) => url)).toEqual([
      URL_,
      'https://news.example.org/rss.xml',
      'https://news.example.org/rss.xml',
    ])
  })

  it('looks where sites usually keep a feed when the page announces none', async () => {
    const page = '<html><body>Hello</body></html>'
    const { poll, asked } = sourceOver(reply(page), reply('Not found'), reply(page), reply(RSS))

    const first = await poll(null)

    expect(first.entries).toHaveLength(2)
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(['/feed', '/feed', '/rss', '/feed.xml'])
    expect(first.cursor).toMatchObject({ url: 'https://news.example.org/feed.xml' })
  })

  it.each([
    ['<html><body>Hello</body></html>', 'not-a-feed'],
    ['', 'empty'],
    ['GIF89a', 'not-a-feed'],
  ])('says of %j that it is %s', async (body, code) => {
    await expect(sourceOver(reply(body)).poll(null)).rejects.toMatchObject({ code })
  })

  it('reads a feed whatever its content type', async () => {
    const { poll } = sourceOver(reply(RSS, { contentType: 'image/png' }))

    expect((await poll(null)).entries).toHaveLength(2)
  })

  it('starts anew when the configured address has changed, or the cursor makes no sense', async () => {
    const { poll, asked } = sourceOver(reply(RSS), reply(RSS))

    await poll({ url: 'https://old.example/', configured: 'https://old.example/', etag: '"x"' })
    await poll({ nonsense: true })

    expect(asked.map(({ url, etag }) => [url, etag])).toEqual([
      [URL_, null],
      [URL_, null],
    ])
  })

  it('passes on until when the answer is fresh', async () => {
    const freshUntil = new Date('2026-11-22T12:00:00Z')
    const { poll } = sourceOver(reply(RSS.replace('<title>', '<ttl>30</ttl><title>'), { freshUntil }))

    expect((await poll(null)).notBefore).toEqual(freshUntil)
  })
})

describe('hintedTime', () => {
  it.each([
    ['nothing', {}, null],
    ['a ttl', { ttlMinutes: 90 }, '2026-11-22T11:30:00.000Z'],
    ['a ttl of a year', { ttlMinutes: 525_600 }, '2026-11-23T10:00:00.000Z'],
    ['hours to skip', { skipHours: [10, 11] }, '2026-11-22T12:00:00.000Z'],
    ['a ttl that ends in hours to skip', { ttlMinutes: 60, skipHours: [11] }, '2026-11-22T12:00:00.000Z'],
    ['a day to skip', { skipDays: [0] }, '2026-11-23T00:00:00.000Z'],
    ['every hour to skip', { skipHours: Array.from({ length: 24 }, (_, hour) => hour) }, null],
  ])('with %s', (_what, hints, time) => {
    expect(hintedTime(hints, NOW)?.toISOString() ?? null).toBe(time)
  })
})
