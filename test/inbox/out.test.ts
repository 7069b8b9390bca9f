import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/collect/feed.ts'
import {
  mentionsJson,
  numbersJson,
  sourcesJson,
  ticketDetailJson,
  ticketsJson,
} from '../../src/inbox/api-schemas.ts'
import { operations } from '../../src/inbox/openapi.ts'
import { pagesDatabase, tell } from '../helpers/pages-database.ts'
import { type Site, siteOver } from '../helpers/pages-site.ts'
import { origin, visitor } from '../helpers/visitor.ts'

const start = new Date('2026-11-20T12:00:00Z')
const hostile = 'Bad & <script>alert(1)</script> ]]> \u0007"quoted" 🍺'

describe('a feed of a filter', () => {
  it.each(['rss', 'atom', 'json'] as const)(
    'is read back whole as %s, whatever the texts hold',
    async (format) => {
      const { site } = await seeded()
      const token = await share(site, 'mentions', '')

      const answer = await fetchShared(site, `${token}.${format}`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const feed = await parseFeed(bytes, answer.headers.get('content-type'), null)

      expect(answer.headers.get('content-type')).toContain(format === 'json' ? 'feed+json' : `${format}+xml`)
      expect(feed.entries).toHaveLength(2)
      expect(feed.entries[0]?.text).toContain('Bad & <script>alert(1)</script> ]]> "quoted" 🍺')
    },
  )

  it('holds to its filter', async () => {
    const { site } = await seeded()
    const token = await share(site, 'tickets', 'severity=critical&after=9&_token=x')

    const body = await (await fetchShared(site, `${token}.json`)).text()

    expect(JSON.parse(body)).toMatchObject({
      items: [],
      home_page_url: 'http://127.0.0.1:8484/?severity=critical',
    })
  })

  it('is gone once its address is closed, and never there for a guess', async () => {
    const { site } = await seeded()
    const token = await share(site, 'tickets', '')
    const anne = await visitor(site, 'anne')
    expect((await fetchShared(site, `${token}.rss`)).status).toBe(200)

    await anne.post('/out/1/end')

    expect((await fetchShared(site, `${token}.rss`)).status).toBe(404)
    expect((await fetchShared(site, `${'x'.repeat(43)}.rss`)).status).toBe(404)
    expect((await fetchShared(site, 'short.rss')).status).toBe(404)
  })

  it('can be closed by its own person only', async () => {
    const { site } = await seeded()
    await share(site, 'tickets', '')

    expect((await (await visitor(site, 'marc')).post('/out/1/end')).status).toBe(404)
  })
})

describe('the newspaper', () => {
  it('tells a day, and can be read by its secret address without links that need a session', async () => {
    const { site } = await seeded()
    const token = await share(site, 'newspaper', '')

    const own = await (await visitor(site, 'anne')).read('/newspaper?day=2026-11-20')
    const shared = await (await fetchShared(site, `${token}?day=2026-11-20`)).text()

    expect(own).toMatch(/Mentions.: 2, négatives.: 1/)
    expect(own).toContain('href="/tickets/1"')
    expect(shared).toContain('Bad &amp; &lt;script&gt;')
    expect(shared).not.toContain('href="/tickets/1"')
    expect(shared).not.toContain('data-live')
  })

  it('is yesterday’s, and today’s on the first day', async () => {
    const { site } = await seeded()
    const later = await seeded(new Date(start.getTime() + 86_400_000))

    expect(await (await visitor(site, 'marc')).read('/newspaper')).toContain('Friday 20 November')
    expect(await (await visitor(later.site, 'marc')).read('/newspaper')).toContain('Friday 20 November')
  })
})

describe('the interface for programs', () => {
  it('reads with a token, and with nothing else', async () => {
    const { site } = await seeded()
    const token = await share(site, 'api', '')
    const ask = (authorization: string) =>
      site.pages.app.request(`${origin}/api/tickets`, {
        headers: { Host: '127.0.0.1:8484', Authorization: authorization },
      })

    expect((await ask(`Bearer ${token}`)).status).toBe(200)
    expect((await ask(`Bearer ${'x'.repeat(43)}`)).status).toBe(401)
    expect((await ask('')).status).toBe(401)
    expect((await fetchShared(site, token)).status).toBe(404)
  })

  it('lets a token read the interface only, and change nothing', async () => {
    const { site } = await seeded()
    const token = await share(site, 'api', '')
    const headers = { Host: '127.0.0.1:8484', Authorization: `Bearer ${token}`, Origin: origin }

    expect((await site.pages.app.request(`${origin}/`, { headers })).status).toBe(302)
    const post = await site.pages.app.request(`${origin}/tickets/1/take`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: '_token=',
    })
    expect(post.status).toBe(403)
  })

  it.each([
    ['/api/tickets?tab=all', ticketsJson],
    ['/api/tickets/1', ticketDetailJson],
    ['/api/mentions', mentionsJson],
    ['/api/sources', sourcesJson],
    ['/api/numbers?range=7d', numbersJson],
  ])('%s answers as its documentation says', async (path, schema) => {
    const { site } = await seeded()
    const answer = await (await visitor(site, 'anne')).get(path)

    expect(answer.status).toBe(200)
    expect(schema.parse(await answer.json())).toBeTruthy()
  })

  it('pages by key', async () => {
    const { site } = await seeded()
    const anne = await visitor(site, 'anne')
    const one = mentionsJson.parse(await (await anne.get('/api/mentions?limit=1')).json())
    const two = mentionsJson.parse(await (await anne.get(`/api/mentions?limit=1&after=${one.next}`)).json())

    expect([one.mentions[0]?.id, two.mentions[0]?.id, two.next]).toEqual([2, 1, null])
  })

  it('documents every path it has', async () => {
    const { site } = await seeded()
    const paths = site.pages.app.routes
      .filter(({ path, method }) => path.startsWith('/api/') && method === 'GET')
      .map(({ path }) => path.replace(':id', '{id}'))
      .filter((path) => path !== '/api/openapi.json')

    expect(operations.map(({ path }) => path).sort()).toEqual(paths.sort())
    const described = await (await (await visitor(site, 'anne')).get('/api/openapi.json')).json()
    expect(described).toMatchObject({ openapi: '3.1.0', paths: { '/api/tickets': { get: {} } } })
  })

  it('says in JSON that there is none', async () => {
    const { site } = await seeded()
    const answer = await (await visitor(site, 'anne')).get('/api/tickets/999')

    expect(await answer.json()).toMatchObject({ error: { status: 404 } })
  })
})

async function seeded(now = start): Promise<{ site: Site }> {
  const database = pagesDatabase()
  const site = siteOver(database, { now: () => now })
  const common = { watch: 'lumen', collectedAt: start } as const
  await tell(database.store, {
    ...common,
    id: 'a',
    text: hostile,
    polarity: 'negative',
    outcome: 'ticket',
    ticket: { category: 'rant', owner: 'anne' },
  })
  await tell(database.store, { ...common, id: 'b', text: hostile, polarity: 'positive', outcome: 'none' })
  return { site }
}

async function share(site: Site, kind: string, filter: string): Promise<string> {
  await (await visitor(site, 'anne')).post('/out', { kind, name: 'test', filter })
  return (await site.deps.pagesStore.sharesOf('anne'))[0]?.token ?? ''
}

function fetchShared(site: Site, file: string): Promise<Response> {
  return Promise.resolve(
    site.pages.app.request(`${origin}/shared/${file}`, { headers: { Host: '127.0.0.1:8484' } }),
  )
}
