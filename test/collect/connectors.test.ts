import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ConnectorDeps } from '../../src/collect/connector.ts'
import { connectors } from '../../src/collect/connectors.ts'
import { failure } from '../../src/collect/failures.ts'
import { feedParser } from '../../src/collect/feed-parser.ts'
import type { FetchAnswer, FetchRequest } from '../../src/collect/fetcher.ts'
import { searchTerms } from '../../src/collect/search-terms.ts'
import type { Cursor, Source } from '../../src/collect/source.ts'
import { parseQuery } from '../../src/domain/query.ts'

const NOW = new Date('2026-09-03T10:00:00Z')
const SEVEN = new Date('2026-09-01T07:00:00Z')
const QUERY = '("brasserie lumen" OR lumenbeer) NOT photometry'
const TEXT = "Brasserie Lumen n'a jamais livré ma commande, et le service ne répond pas."
const never = new AbortController().signal

/** What the site answers, by the beginning of the address; the first that fits. */
type Site = readonly (readonly [string, string | Error | object])[]

function webOf(site: Site) {
  const asked: FetchRequest[] = []
  const fetch = async (request: FetchRequest): Promise<FetchAnswer> => {
    asked.push(request)
    const found = site.find(([start]) => request.url.startsWith(start))?.[1]
    if (found === undefined) throw failure('http-404', request.url)
    if (found instanceof Error) throw found
    const fixture =
      typeof found === 'string'
        ? readFileSync(new URL(`../fixtures/collect/connectors/${found}`, import.meta.url))
        : null
    return {
      status: 200,
      url: request.url,
      movedTo: null,
      contentType: null,
      etag: null,
      lastModified: null,
      freshUntil: null,
      headers: new Map(),
      body: fixture ?? Buffer.from(JSON.stringify(found)),
    }
  }
  return { asked, fetch }
}

function open(kind: string, written: unknown, site: Site, query = QUERY) {
  const connector = connectors.get(kind)
  if (!connector) throw new Error(`no connector ${kind}`)
  const web = webOf(site)
  const deps: ConnectorDeps = {
    fetcher: web,
    parser: feedParser(),
    now: () => NOW,
    folder: '/nowhere',
    allowFiles: [],
  }
  const watch = {
    sourceId: `lumen:${kind}`,
    terms: searchTerms(parseQuery(query), query),
    languages: ['fr', 'en'],
  }
  const source: Source = connector.build(connector.schema.parse(written), watch, deps)
  return { ...web, source, poll: (cursor: Cursor = null) => source.poll(cursor, never) }
}

interface Case {
  readonly kind: string
  readonly settings: unknown
  readonly site: Site
  /** The first request, in part. */
  readonly asks: Readonly<Record<string, string>>
  readonly entry: object
}

const CASES: readonly Case[] = [
  {
    kind: 'google-news',
    settings: { editions: ['fr-BE'] },
    site: [['https://news.google.com/rss/search', 'google-news.xml']],
    asks: { q: '("brasserie lumen" OR lumenbeer) -photometry when:7d', hl: 'fr', gl: 'BE', ceid: 'BE:fr' },
    entry: {
      id: 'CBMiAbC',
      title: 'Brasserie Lumen : clients furieux',
      author: 'Le Courrier',
      text: '',
      publishedAt: SEVEN,
    },
  },
  {
    kind: 'bing-news',
    settings: { markets: ['fr-be'] },
    site: [['https://www.bing.com/news/search', 'bing-news.xml']],
    asks: { q: '("brasserie lumen" OR lumenbeer) -photometry', format: 'rss', mkt: 'fr-be' },
    entry: {
      id: 'courrier.example/rupture',
      url: 'https://www.courrier.example/rupture',
      text: 'Les clients se plaignent.',
    },
  },
  {
    kind: 'google-alerts',
    settings: 'https://www.google.com/alerts/feeds/1/2',
    site: [['https://www.google.com/alerts/', 'google-alerts.xml']],
    asks: {},
    entry: {
      id: 'tag:google.com,2013:googlealerts/feed:333',
      url: 'https://courrier.example/rupture',
      title: 'Brasserie Lumen en rupture',
    },
  },
  {
    kind: 'wordpress',
    settings: { site: 'carnet.example' },
    site: [
      ['https://carnet.example/?s=', 'wordpress-posts.xml'],
      ['https://carnet.example/comments/feed/', 'wordpress-comments.xml'],
    ],
    asks: { s: '"brasserie lumen"', feed: 'rss2' },
    entry: {
      id: 'https://carnet.example/?p=1',
      title: 'Notre avis sur Brasserie Lumen',
      text: 'Long – et amer.',
    },
  },
  {
    kind: 'mastodon',
    settings: { instance: 'social.example', tag: '#lumenbeer' },
    site: [['https://social.example/api/v1/timelines/tag/lumenbeer', 'mastodon.json']],
    asks: { limit: '40' },
    entry: {
      id: 'https://social.example/users/client_b/statuses/1170',
      text: "Brasserie Lumen, c'est non. #lumenbeer",
      author: '@client_b@social.example',
      language: 'fr',
      engagement: { likes: 3, shares: 2, comments: 1, followers: 120 },
    },
  },
  {
    kind: 'hacker-news',
    settings: {},
    site: [['https://hn.algolia.com/api/v1/search_by_date', 'hacker-news.json']],
    asks: { query: '"brasserie lumen" -photometry', advancedSyntax: 'true', typoTolerance: 'false' },
    entry: {
      id: '9001',
      url: 'https://news.ycombinator.com/item?id=9001',
      title: 'Brasserie Lumen goes online',
      text: 'Their support is not helpful & slow.',
    },
  },
  {
    kind: 'app-store',
    settings: { app: 1234567890, countries: ['fr'] },
    site: [['https://itunes.apple.com/fr/rss/customerreviews/page=1/id=1234567890/', 'app-store.json']],
    asks: {},
    entry: {
      id: '55501',
      title: 'À fuir',
      text: TEXT,
      author: 'Client B',
      stars: 1,
      engagement: { likes: 3 },
    },
  },
  {
    kind: 'youtube-channel',
    settings: 'https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa',
    site: [['https://www.youtube.com/feeds/videos.xml', 'youtube-channel.xml']],
    asks: { channel_id: 'UCaaaaaaaaaaaaaaaaaaaaaa' },
    entry: {
      id: 'yt:video:vid7',
      title: 'Je goûte Brasserie Lumen',
      text: 'Pas bon.',
      engagement: { likes: 10, views: 1200 },
    },
  },
  {
    kind: 'lemmy',
    settings: { instance: 'lemmy.example' },
    site: [['https://lemmy.example/api/v3/search', 'lemmy.json']],
    asks: { q: '"brasserie lumen"', type_: 'All', sort: 'New' },
    entry: {
      id: 'https://lemmy.example/post/51',
      title: 'Brasserie Lumen ?',
      text: TEXT,
      engagement: { likes: 14, comments: 3 },
    },
  },
  {
    kind: 'discourse',
    settings: { site: 'https://forum.example/community/' },
    site: [['https://forum.example/community/search.json', 'discourse.json']],
    asks: { q: '"brasserie lumen" order:latest' },
    entry: {
      id: '51',
      url: 'https://forum.example/community/t/commandes-lumen/12/4',
      title: 'Commandes Brasserie Lumen',
      text: TEXT,
    },
  },
  {
    kind: 'stack-exchange',
    settings: { key: 'k3y' },
    site: [['https://api.stackexchange.com/2.3/search/advanced', 'stack-exchange.json']],
    asks: { q: '"brasserie lumen"', site: 'stackoverflow', filter: 'withbody', key: 'k3y' },
    entry: {
      id: '77',
      title: 'Lumen API says "403"',
      text: 'It does not work',
      author: "Cl'ient",
      engagement: { likes: -1, views: 20, comments: 0 },
    },
  },
  {
    kind: 'github-issues',
    settings: { in: 'example-org/shop', token: 't0ken' },
    site: [['https://api.github.com/search/issues', 'github-issues.json']],
    asks: { q: '("brasserie lumen" OR lumenbeer) NOT photometry repo:example-org/shop', sort: 'created' },
    entry: {
      id: '4242',
      title: 'Lumen payment fails',
      author: 'client-b',
      engagement: { comments: 3, likes: 2 },
    },
  },
  {
    kind: 'steam-reviews',
    settings: { app: 220 },
    site: [['https://store.steampowered.com/appreviews/220', 'steam-reviews.json']],
    asks: { cursor: '*', filter: 'recent' },
    entry: { id: '31', title: '👎', text: 'Nul', language: 'fr', publishedAt: SEVEN },
  },
  {
    kind: 'telegram-channel',
    settings: 'https://t.me/s/exemple_infos',
    site: [['https://t.me/s/exemple_infos', 'telegram-channel.html']],
    asks: {},
    entry: {
      id: 'exemple_infos/42',
      text: 'Brasserie Lumen ne livre plus.\nDepuis lundi.',
      author: 'Exemple & Infos',
      publishedAt: SEVEN,
      engagement: { views: 1200 },
    },
  },
  {
    kind: 'gdelt',
    settings: { countries: ['BE', 'FR'] },
    site: [['https://api.gdeltproject.org/api/v2/doc/doc', 'gdelt.json']],
    asks: {
      query: '("brasserie lumen" OR lumenbeer) -photometry (sourcecountry:BE OR sourcecountry:FR)',
      mode: 'artlist',
    },
    entry: {
      id: 'https://courrier.example/panne',
      title: 'Brasserie Lumen : clients furieux',
      text: '',
      language: 'fr',
      publishedAt: SEVEN,
    },
  },
  {
    kind: 'searxng',
    settings: { instance: 'http://search.intranet.example:8888' },
    site: [['http://search.intranet.example:8888/search', 'searxng.json']],
    asks: { q: '("brasserie lumen" OR lumenbeer) -photometry', format: 'json', categories: 'news' },
    entry: { id: 'courrier.example/panne', text: 'Les clients attendent…', publishedAt: SEVEN },
  },
  {
    kind: 'wikipedia',
    settings: { pages: ['Brasserie Lumen'] },
    site: [['https://fr.wikipedia.org/w/api.php', 'wikipedia.json']],
    asks: { list: 'recentchanges', rctitle: 'Brasserie Lumen' },
    entry: { id: '33', title: 'Brasserie Lumen', text: '/* Controverses */ (+120)', language: 'fr' },
  },
  {
    kind: 'dailymotion',
    settings: {},
    site: [['https://api.dailymotion.com/videos', 'dailymotion.json']],
    asks: { search: '"brasserie lumen"', sort: 'recent' },
    entry: {
      id: 'x77',
      title: 'On teste Brasserie Lumen',
      text: 'Verdict\nsévère',
      engagement: { views: 310, likes: 4 },
    },
  },
  {
    kind: 'reddit',
    settings: { client: 'id', secret: 's3cret', subreddit: 'belgium' },
    site: [
      ['https://www.reddit.com/api/v1/access_token', { access_token: 'tok', expires_in: 3600 }],
      ['https://oauth.reddit.com/r/belgium/search', 'reddit.json'],
    ],
    asks: {},
    entry: {
      id: 't3_abd',
      url: 'https://www.reddit.com/r/belgium/comments/abd/lumen/',
      text: TEXT,
      engagement: { likes: 42, comments: 17 },
    },
  },
  {
    kind: 'bluesky',
    settings: { handle: 'lumen.example.com', 'app-password': 's3cret' },
    site: [
      ['https://bsky.social/xrpc/com.atproto.server.createSession', { accessJwt: 'tok' }],
      ['https://bsky.social/xrpc/app.bsky.feed.searchPosts', 'bluesky.json'],
    ],
    asks: {},
    entry: {
      url: 'https://bsky.app/profile/client.example.com/post/3kabc',
      text: TEXT,
      publishedAt: new Date('2026-09-01T07:00:01Z'),
      language: 'fr',
    },
  },
  {
    kind: 'youtube-comments',
    settings: { key: 's3cret', videos: ['vid7abc'] },
    site: [['https://www.googleapis.com/youtube/v3/commentThreads', 'youtube-comments.json']],
    asks: { videoId: 'vid7abc', order: 'time' },
    entry: {
      id: 'Ugx7',
      url: 'https://www.youtube.com/watch?v=vid7&lc=Ugx7',
      text: TEXT,
      author: '@client_b',
      engagement: { likes: 4, comments: 1 },
    },
  },
  {
    kind: 'trustpilot',
    settings: { business: '46d6a890000064000500e0c3', key: 's3cret' },
    site: [
      ['https://api.trustpilot.com/v1/business-units/46d6a890000064000500e0c3/reviews', 'trustpilot.json'],
    ],
    asks: { orderBy: 'createdat.desc' },
    entry: {
      id: '60f',
      title: 'Catastrophe',
      text: TEXT,
      stars: 1,
      language: 'fr',
      engagement: { likes: 2 },
    },
  },
  {
    kind: 'google-business',
    settings: { account: 123, location: 456, client: 'id', secret: 's3cret', 'refresh-token': 'r3fresh' },
    site: [
      ['https://oauth2.googleapis.com/token', { access_token: 'tok', expires_in: 3600 }],
      ['https://mybusiness.googleapis.com/v4/accounts/123/locations/456/reviews', 'google-business.json'],
    ],
    asks: {},
    entry: { id: 'accounts/123/locations/456/reviews/AbX', text: TEXT, stars: 1, author: 'Client B' },
  },
  {
    kind: 'facebook-page',
    settings: { page: 1234567, token: 's3cret' },
    site: [
      ['https://graph.facebook.com/v26.0/1234567/feed', 'facebook-page.json'],
      ['https://graph.facebook.com/v26.0/1234567/tagged', { data: [] }],
    ],
    asks: { limit: '25' },
    entry: { id: '100_2', text: TEXT, author: 'Client B', engagement: { likes: 2, comments: 1 } },
  },
  {
    kind: 'instagram-mentions',
    settings: { account: '17841400000000000', token: 's3cret' },
    site: [
      ['https://graph.facebook.com/v26.0/17841400000000000/tags', 'instagram-tags.json'],
      ['https://graph.facebook.com/v26.0/17841400000000000/media', 'instagram-media.json'],
    ],
    asks: { limit: '50' },
    entry: { id: '1790', text: TEXT, author: '@client_b', engagement: { likes: 8, comments: 2 } },
  },
  {
    kind: 'threads',
    settings: { token: 's3cret' },
    site: [['https://graph.threads.net/v1.0/keyword_search', 'threads.json']],
    asks: { q: '"brasserie lumen"', search_type: 'RECENT' },
    entry: { id: '171', text: TEXT, author: '@client_b', publishedAt: SEVEN },
  },
  {
    kind: 'x',
    settings: { token: 's3cret' },
    site: [['https://api.x.com/2/tweets/search/recent', 'x.json']],
    asks: {
      query: '("brasserie lumen" OR lumenbeer) -photometry (lang:fr OR lang:en OR lang:und) -is:retweet',
    },
    entry: {
      id: '1999',
      url: 'https://x.com/client_b/status/1999',
      engagement: { likes: 3, shares: 1, comments: 2, views: 400, followers: 150 },
    },
  },
  {
    kind: 'news-api',
    settings: { key: 's3cret' },
    site: [['https://newsapi.org/v2/everything', 'news-api.json']],
    asks: { q: '("brasserie lumen" OR lumenbeer) -photometry' },
    entry: {
      id: 'courrier.example/panne',
      text: 'Les clients attendent depuis trois semaines…',
      author: 'Le Courrier',
    },
  },
]

describe('connectors', () => {
  it.each(CASES)('$kind reads what its service gives', async ({ kind, settings, site, asks, entry }) => {
    const { poll, asked } = open(kind, settings, site)

    const result = await poll()

    expect(result.entries[0]).toMatchObject(entry)
    const params = Object.fromEntries(new URL(asked[0]?.url ?? '').searchParams)
    expect(params).toMatchObject(asks)
  })

  it.each(CASES.filter(({ settings }) => JSON.stringify(settings).includes('s3cret')))(
    '$kind keeps its keys out of addresses',
    async ({ kind, settings, site }) => {
      const { poll, asked } = open(kind, settings, site)

      await poll()

      for (const { url } of asked) expect(url).not.toMatch(/s3cret|r3fresh/)
      expect(connectors.get(kind)?.secrets.length).toBeGreaterThan(0)
    },
  )

  it.each(
    CASES.filter(({ site }) =>
      site.every(([, answer]) => typeof answer !== 'string' || answer.endsWith('.json')),
    ),
  )('$kind says so when its service answers in another shape', async ({ kind, settings, site }) => {
    const changed = site.map(
      ([start, answer]) => [start, typeof answer === 'string' ? { surprise: true } : answer] as const,
    )

    const error: unknown = await open(kind, settings, changed)
      .poll()
      .then(
        (result) => result,
        (reason) => reason,
      )

    // Services whose list may be left out seem empty: that is their documented shape.
    if (error instanceof Error)
      expect(error).toMatchObject({ code: expect.stringMatching(/unexpected-answer|service-error/) })
    else expect(error).toMatchObject({ entries: [] })
  })

  it.each([...connectors.values()].filter(({ secrets }) => secrets.length > 0))(
    '$kind refuses settings without its key, unless it can do without',
    ({ kind, schema, secrets }) => {
      const settings = CASES.find((one) => one.kind === kind)?.settings ?? {
        imap: 'imaps://a:b@mail.example',
      }
      const without = Object.fromEntries(
        Object.entries(settings as object).filter(([name]) => !secrets.includes(name)),
      )

      const read = schema.safeParse(without)

      const isOptional = kind === 'stack-exchange' || kind === 'github-issues'
      expect(read.success).toBe(isOptional)
    },
  )

  it('asks in every edition, and once for each alternative where the service knows no OR', async () => {
    const news = open('google-news', {}, [['https://news.google.com/', 'google-news.xml']])
    const hn = open('hacker-news', {}, [['https://hn.algolia.com/', 'hacker-news.json']])

    await news.poll()
    const { entries } = await hn.poll()

    expect(news.asked.map(({ url }) => new URL(url).searchParams.get('ceid'))).toEqual(['FR:fr', 'GB:en'])
    expect(hn.asked.map(({ url }) => new URL(url).searchParams.get('query'))).toEqual([
      '"brasserie lumen" -photometry',
      'lumenbeer -photometry',
    ])
    expect(entries).toHaveLength(1)
  })

  it('keeps what one part gives when another fails, and the failed part asks again from where it was', async () => {
    const site: [string, string | Error][] = [
      ['https://carnet.example/?s=', failure('http-5xx', 'down')],
      ['https://carnet.example/comments/feed/', 'wordpress-comments.xml'],
    ]
    const { poll } = open('wordpress', { site: 'carnet.example' }, site)

    const first = await poll()

    expect(first.entries.map(({ text }) => text)).toEqual(['Très déçu de Lumen.'])
    await expect(
      open('wordpress', { site: 'down.example' }, [
        ['https://down.example/', failure('http-5xx', 'down')],
      ]).poll(),
    ).rejects.toMatchObject({ code: 'http-5xx' })
  })

  it('falls back to RSS when a Mastodon server shows its timelines to members only', async () => {
    const { poll } = open('mastodon', { instance: 'social.example', tag: 'lumenbeer' }, [
      ['https://social.example/api/', failure('unauthorized', '401')],
      ['https://social.example/tags/lumenbeer.rss', 'mastodon-tag.xml'],
    ])

    expect((await poll()).entries[0]).toMatchObject({ text: "Brasserie Lumen, c'est non." })
  })

  it('asks only for what is new once it knows something, with some overlap', async () => {
    const { poll, asked } = open(
      'bluesky',
      { handle: 'a.example', 'app-password': 'x' },
      [
        ['https://bsky.social/xrpc/com.atproto.server.createSession', { accessJwt: 'tok' }],
        ['https://bsky.social/xrpc/app.bsky.feed.searchPosts', 'bluesky.json'],
      ],
      'lumenbeer',
    )

    const first = await poll()
    await poll(first.cursor)

    expect(new URL(asked.at(-1)?.url ?? '').searchParams.get('since')).toBe('2026-09-01T06:00:01.000Z')
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('reads on until it meets what it knows, three pages at most', async () => {
    const post = (id: number, minute: number) => ({
      kind: 't3',
      data: {
        name: `t3_${id}`,
        title: 'x',
        permalink: '/x/',
        created_utc: Date.parse('2026-09-01T00:00:00Z') / 1000 + minute * 60,
      },
    })
    const page = { data: { after: 'more', children: [post(1, 100), { broken: true }] } }
    const { poll, asked } = open(
      'reddit',
      { client: 'a', secret: 'b' },
      [
        ['https://www.reddit.com/', { access_token: 'tok' }],
        ['https://oauth.reddit.com/', page],
      ],
      'lumenbeer',
    )

    const first = await poll({ since: '2026-09-01T00:30:00Z' })
    const pages = asked.filter(({ url }) => url.startsWith('https://oauth')).length
    await poll({ since: '2026-09-01T01:50:00Z' })

    expect(pages).toBe(3)
    expect(first.skipped).toBe(3)
    expect(asked.filter(({ url }) => url.startsWith('https://oauth'))).toHaveLength(4)
  })

  it('is not led astray by a date in the future', async () => {
    const future = { hits: [{ objectID: '1', created_at: '2099-01-01T00:00:00Z' }], page: 0, nbPages: 1 }
    const { poll } = open('hacker-news', {}, [['https://hn.algolia.com/', future]], 'lumenbeer')

    expect((await poll()).cursor).toEqual({ since: null })
  })

  it('tells a used-up quota from a refusal', async () => {
    const cause = { status: 403, body: '{"error":{"errors":[{"reason":"quotaExceeded"}]}}' }
    const site = (error: Error): Site => [['https://www.googleapis.com/', error]]
    const settings = { key: 'k', videos: ['vid7abc'] }
    const withCause = Object.assign(failure('forbidden', '403'), { cause })

    await expect(open('youtube-comments', settings, site(withCause)).poll()).rejects.toMatchObject({
      code: 'quota-exhausted',
    })
    await expect(
      open('youtube-comments', settings, site(failure('forbidden', '403'))).poll(),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('takes a SearXNG that no engine answered for a failure, not for silence', async () => {
    const empty = { results: [], unresponsive_engines: [['google', 'CAPTCHA']] }

    await expect(
      open('searxng', { instance: 'search.example' }, [['https://search.example/', empty]]).poll(),
    ).rejects.toMatchObject({ code: 'service-error', message: expect.stringContaining('CAPTCHA') })
  })

  it('says so when a query leaves nothing to search for', async () => {
    await expect(open('hacker-news', {}, [], 'site:example.org').poll()).rejects.toMatchObject({
      code: 'no-words',
    })
  })

  it('fails rather than seems silent when Telegram shows another page', async () => {
    await expect(
      open('telegram-channel', 'exemple_infos', [['https://t.me/', { page: 'new' }]]).poll(),
    ).rejects.toMatchObject({ code: 'unexpected-answer' })
  })

  it.each([
    ['rss', 'not an address'],
    ['google-news', { editions: ['fr'] }],
    ['google-news', { edition: 'fr-BE' }],
    ['mastodon', { instance: 'social.example', tag: 'two words' }],
    ['mastodon', { instance: 'social.example?x=1', tag: 'a' }],
    ['app-store', { app: 'name' }],
    ['youtube-channel', '@handle'],
    ['youtube-comments', { key: 'x' }],
    ['google-alerts', 'https://evil.example/alerts/feeds/1/2'],
    ['trustpilot', { business: 'lumen', key: 'x' }],
    ['wikipedia', {}],
  ])('%s refuses %j', (kind, settings) => {
    expect(connectors.get(kind)?.schema.safeParse(settings).success).toBe(false)
  })
})
