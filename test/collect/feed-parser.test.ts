import { afterEach, describe, expect, it } from 'vitest'
import { type FeedParser, feedParser, type ParserSettings } from '../../src/collect/feed-parser.ts'

const never = new AbortController().signal
const open: FeedParser[] = []

afterEach(async () => {
  for (const parser of open.splice(0)) await parser.close()
})

function parserWith(settings: ParserSettings): FeedParser {
  const parser = feedParser(settings)
  open.push(parser)
  return parser
}

const document = (text: string) => ({ bytes: Buffer.from(text), contentType: null, baseUrl: null })
const feed = document(
  '<rss><channel><item><title>déçu</title><pubDate>2026-09-01</pubDate></item></channel></rss>',
)
const fake = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`)

describe('feedParser', () => {
  it.each([
    ['on the spot', 1_000_000],
    ['in its worker', 0],
  ])('reads a feed %s', async (_where, inlineBytes) => {
    const { entries } = await parserWith({ inlineBytes }).parse(feed, never)

    expect(entries[0]).toMatchObject({ title: 'déçu', publishedAt: new Date('2026-09-01T00:00:00Z') })
  })

  it('reads many at once, each its own answer', async () => {
    const parser = parserWith({ inlineBytes: 0 })

    const feeds = await Promise.all(
      ['one', 'two', 'three'].map((title) =>
        parser.parse(document(`<rss><channel><title>${title}</title></channel></rss>`), never),
      ),
    )

    expect(feeds.map(({ title }) => title)).toEqual(['one', 'two', 'three'])
  })

  it('brings the failure of a document back from its worker, and reads the next', async () => {
    const parser = parserWith({ inlineBytes: 0 })

    await expect(parser.parse(document('no feed'), never)).rejects.toMatchObject({ code: 'not-a-feed' })

    expect((await parser.parse(feed, never)).entries).toHaveLength(1)
  })

  it('gives up on a document that takes too long, without holding up anything else', async () => {
    const parser = parserWith({ inlineBytes: 0, timeoutMs: 100, worker: fake('for(;;);') })

    await expect(parser.parse(feed, never)).rejects.toMatchObject({ code: 'parse-timeout' })
  })

  it('gives up on a document that takes too much memory', async () => {
    const hungry = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(1e5).fill(0.5)) })`
    const parser = parserWith({ inlineBytes: 0, memoryMb: 32, worker: fake(hungry) })

    await expect(parser.parse(feed, never)).rejects.toMatchObject({ code: 'parse-memory' })
  })

  it('stops when told to', async () => {
    const controller = new AbortController()
    const parser = parserWith({ inlineBytes: 0, worker: fake('for(;;);') })

    const reading = parser.parse(feed, controller.signal)
    setTimeout(() => controller.abort(new Error('stopping')), 50)

    await expect(reading).rejects.toThrow('stopping')
  })

  it('reads ten megabytes within its limits', async () => {
    const item = `<item><title>Titre</title><description><![CDATA[<p>${'mot à mot, '.repeat(400)}</p>]]></description></item>`
    const big = document(
      `<rss><channel>${item.repeat(Math.floor(9_900_000 / Buffer.byteLength(item)))}</channel></rss>`,
    )

    const { entries } = await parserWith({}).parse(big, never)

    expect(entries).toHaveLength(2000)
  })
})
