import { describe, expect, it } from 'vitest'
import type { FetchAnswer } from '../../src/collect/fetcher.ts'
import { pageEntry, pastedEntry } from '../../src/collect/pasted.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const never = new AbortController().signal

function web(html: string) {
  const url = 'https://www.courrier.example/avis?utm_source=x'
  // Only what a page's reading looks at.
  const answer = { url, contentType: 'text/html', body: Buffer.from(html) } as unknown as FetchAnswer
  return { fetcher: { fetch: async () => answer } }
}

describe('pastedEntry', () => {
  it('is what was pasted, twice the same', () => {
    const entry = pastedEntry({ text: ' Jamais reçu.\n', author: 'Client B' }, NOW)

    expect(entry).toMatchObject({ text: 'Jamais reçu.', author: 'Client B', url: null, publishedAt: NOW })
    expect(pastedEntry({ text: 'Jamais reçu.' }, NOW).id).toBe(entry.id)
  })

  it('refuses nothing', () => {
    expect(() => pastedEntry({ text: '  ' }, NOW)).toThrow(expect.objectContaining({ code: 'empty' }))
  })
})

describe('pageEntry', () => {
  it('keeps the article and leaves the menus', async () => {
    const html = `<html lang="fr-BE"><head><title>Avis - Le Courrier</title>
      <meta property="og:title" content="Avis &amp; plaintes"><meta name="author" content="Ann Example">
      <meta property="article:published_time" content="2026-09-01T07:00:00+02:00"></head>
      <body><nav>Menu</nav><article><header>Rubrique</header><p>Lumen ne livre <b>jamais</b>.</p><script>x()</script><aside>Pub</aside></article>
      <article><p>Suite.</p></article><footer>Mentions</footer></body></html>`

    expect(await pageEntry('https://courrier.example/', never, web(html))).toMatchObject({
      id: 'courrier.example/avis',
      title: 'Avis & plaintes',
      text: 'Lumen ne livre jamais.\nSuite.',
      author: 'Ann Example',
      publishedAt: new Date('2026-09-01T05:00:00Z'),
      language: 'fr',
    })
  })

  it('makes do with a page without structure, and refuses one without words', async () => {
    expect(await pageEntry('https://a.example/', never, web('<title>T</title><p>Mot'))).toMatchObject({
      title: 'T',
      text: 'T\nMot',
    })
    await expect(pageEntry('https://a.example/', never, web('<script>app()</script>'))).rejects.toMatchObject(
      { code: 'empty' },
    )
  })
})
