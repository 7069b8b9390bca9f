import { describe, expect, it } from 'vitest'
import type { FetchAnswer } from '../../src/collect/fetcher.ts'
import { VigieError } from '../../src/domain/errors.ts'
import { auditName } from '../../src/report/audit.ts'
import { announcedIn, directories, ownSite } from '../../src/report/audit-networks.ts'

const never = new AbortController().signal

/** What the web answers, by the beginning of the address; anything else is not there. */
function webOf(pages: Readonly<Record<string, unknown>>) {
  const asked: string[] = []
  const fetch = async ({ url }: { url: string }): Promise<FetchAnswer> => {
    asked.push(url)
    const start = Object.keys(pages).find((one) => url.startsWith(one))
    if (start === undefined) throw new VigieError('dns', `no ${url}`)
    const page = pages[start]
    return {
      ...{ status: 200, url, movedTo: null, contentType: null, etag: null, lastModified: null },
      ...{ freshUntil: null, headers: new Map() },
      body: Buffer.from(typeof page === 'string' ? page : JSON.stringify(page)),
    }
  }
  return { asked, fetcher: { fetch } }
}

const home = `<html><body><a class="x" href="https://www.facebook.com/brasserielumen/">Follow</a>
  <a href='https://www.facebook.com/sharer/sharer.php?u=x'>Share</a> <a href=https://elsewhere.example/lumen>A friend</a>
  <a rel="me nofollow" href="https://social.example/@lumen_beer">Mastodon</a> <a href="https://x.com/">X</a></body></html>`

const web = {
  'https://lumen.example/': home,
  'https://mastodon.social/api/v2/search?q=Brasserie+Lumen': {
    accounts: [
      {
        url: 'https://social.example/@brasserielumen',
        acct: 'brasserielumen@social.example',
        display_name: 'Brasserie Lumen',
        note: '<p>Bières <b>de</b> Namur</p>',
        followers_count: 412,
        fields: [{ value: '<a href="https://lumen.example/">lumen.example</a>', verified_at: '2026-01-01' }],
      },
      {
        url: 'https://social.example/@lumen',
        acct: 'lumen',
        display_name: 'A lamp',
        note: '',
        fields: [],
      },
      { url: 12 },
    ],
  },
  'https://public.api.bsky.app/': {
    actors: [
      { handle: 'lumen.example', displayName: 'Brasserie Lumen', description: '' },
      {
        handle: 'brasserielumen.bsky.example',
        displayName: 'Brasserie Lumen fans',
        description: 'of lumen.example',
      },
    ],
  },
  'https://lemmy.world/': {
    communities: [
      {
        community: {
          actor_id: 'https://lemmy.world/c/brasserielumen',
          name: 'brasserielumen',
          title: 'Lumen',
        },
        counts: { subscribers: 9 },
      },
    ],
  },
  'https://api.dailymotion.com/': { error: 'quota' },
  'https://api.github.com/': {
    items: [{ login: 'BrasserieLumen', html_url: 'https://github.com/BrasserieLumen' }],
  },
  'https://fr.wikipedia.org/': {
    query: {
      search: [
        {
          title: 'Bières de Namur',
          snippet: 'la <span>Brasserie Lumen</span>',
          timestamp: '2026-05-01T10:00:00Z',
        },
      ],
    },
  },
}

describe('the networks that can be asked without a key', () => {
  it('tell accounts, communities and articles, and what proves that they are ours', async () => {
    const { fetcher, asked } = webOf(web)
    const searches = [ownSite('lumen.example', { fetcher }), ...directories(['fr'], { fetcher })]
    const progress: string[] = []

    const { networks } = await auditName(
      { name: 'Brasserie Lumen', official: ['lumen.example'] },
      searches,
      never,
      (network, done, total) => progress.push(`${network} ${done}/${total}`),
    )

    const standings = networks.flatMap(({ network, accounts, communities }) =>
      [...accounts, ...communities].map(({ url, standing }) => [network, url, standing]),
    )
    expect(standings).toEqual([
      ['lumen.example', 'https://www.facebook.com/brasserielumen/', 'official'],
      ['lumen.example', 'https://social.example/@lumen_beer', 'official'],
      ['Mastodon', 'https://social.example/@brasserielumen', 'official'],
      ['Bluesky', 'https://bsky.app/profile/lumen.example', 'official'],
      ['Bluesky', 'https://bsky.app/profile/brasserielumen.bsky.example', 'linked'],
      ['Lemmy', 'https://lemmy.world/c/brasserielumen', 'unproven'],
      ['GitHub', 'https://github.com/BrasserieLumen', 'unproven'],
    ])
    expect(networks.flatMap(({ citations }) => citations.map(({ url, text }) => [url, text]))).toEqual([
      ['https://fr.wikipedia.org/wiki/Bi%C3%A8res_de_Namur', 'la Brasserie Lumen'],
    ])
    expect(
      networks.filter(({ failure }) => failure).map(({ network, failure }) => [network, failure?.code]),
    ).toEqual([
      ['PeerTube', 'dns'],
      ['Dailymotion', 'unexpected-answer'],
    ])
    expect(asked[0]).toBe('https://lumen.example/')
    expect(progress).toHaveLength(searches.length)
    expect(progress.at(-1)).toMatch(/8\/8$/)
  })

  it('are few enough on a page made to be slow', () => {
    const hostile = `${'<a href="https://x.com/a'.repeat(40_000)}${'<a '.repeat(300_000)}${'<a rel='.repeat(100_000)}`
    const started = performance.now()

    expect(announcedIn(hostile)).toEqual([])
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('announce each account once, thirty at most', () => {
    const links = Array.from({ length: 100 }, (_, at) => `<a href="https://x.com/lumen${at % 60}/">X</a>`)

    expect(announcedIn(links.join(''))).toHaveLength(30)
  })
})
