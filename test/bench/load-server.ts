import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

export interface LoadServer {
  readonly host: string
  readonly urls: readonly string[]
  /** Answers since the last time this was asked. */
  takeCounts(): { readonly full: number; readonly notModified: number; readonly megabytes: number }
  close(): Promise<void>
}

const WORDS = (
  'le la un une des service client accueil livraison retard colis commande produit qualité prix équipe magasin ' +
  'restaurant chambre repas serveur attente téléphone réponse remboursement jamais toujours très vraiment déçu content ' +
  'parfait horrible mauvais bon excellent avec pour dans sans chez mais donc car été reçu payé attendu appelé écrit ' +
  'demandé Bruxelles Liège Namur Paris Lyon Lille'
).split(' ')

/** Feeds as a company's press list has them: full-text RSS, one in four Atom; validators, gzip, fifteen minutes fresh. */
export async function loadServer(size: { feeds: number; entries: number }): Promise<LoadServer> {
  const words = wordMaker(7)
  const pages = new Map<string, { gzip: Buffer; etag: string; type: string }>()
  for (let index = 0; index < size.feeds; index++) {
    const isAtom = index % 4 === 3
    const site = `http://site${index}.example`
    const text = isAtom ? atomFeed(site, size.entries, words) : rssFeed(site, size.entries, words)
    const type = isAtom ? 'application/atom+xml' : 'application/rss+xml; charset=utf-8'
    pages.set(`/feed/${index}.xml`, { gzip: gzipSync(text), etag: `"${index}-1"`, type })
  }
  let counts = { full: 0, notModified: 0, megabytes: 0 }
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '')
    if (!page) return response.writeHead(404).end()
    const headers = { etag: page.etag, 'cache-control': 'max-age=900', 'content-type': page.type }
    if (request.headers['if-none-match'] === page.etag) {
      counts.notModified++
      return response.writeHead(304, headers).end()
    }
    counts.full++
    counts.megabytes += page.gzip.length / 1e6
    return response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(page.gzip)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    urls: [...pages.keys()].map((page) => `http://${host}${page}`),
    takeCounts: () => {
      const taken = counts
      counts = { full: 0, notModified: 0, megabytes: 0 }
      return taken
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** `count` words, the same at every run. */
function wordMaker(seed: number): (count: number) => string {
  let state = seed
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return WORDS[Math.floor((state / 2_147_483_648) * WORDS.length)] ?? ''
  }
  return (count) => Array.from({ length: count }, next).join(' ')
}

function rssFeed(site: string, entries: number, words: (count: number) => string): string {
  const paragraph = (id: number) =>
    `<p>${words(45)}, <a href="${site}/x/${id}?utm_source=rss&amp;utm_medium=feed">${words(3)}</a> &amp; <b>${words(4)}</b>. ${words(25)}.</p>`
  const item = (id: number) =>
    `<item><title>${words(10)} &amp; suite</title><link>${site}/article/${id}?utm_source=rss&amp;utm_medium=feed</link>` +
    `<guid isPermaLink="false">${site}/?p=${id}</guid><pubDate>${time(id).toUTCString()}</pubDate>` +
    `<dc:creator><![CDATA[Auteur ${id % 17}]]></dc:creator><category><![CDATA[Avis]]></category>` +
    `<description><![CDATA[<p>${words(48)} [&#8230;]</p>]]></description>` +
    `<content:encoded><![CDATA[${paragraph(id)}${paragraph(id)}<img src="${site}/i/${id}.jpg" alt="${words(3)}"/>${paragraph(id)}${paragraph(id)}]]></content:encoded>` +
    `<slash:comments>${id % 9}</slash:comments></item>`
  return (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>' +
    `<title>Blog</title><link>${site}</link><description>Actualités</description><language>fr-BE</language>\n` +
    `${numbers(entries).map(item).join('\n')}</channel></rss>`
  )
}

function atomFeed(site: string, entries: number, words: (count: number) => string): string {
  const entry = (id: number) =>
    `<entry><title type="html">${words(10)} &amp;amp; suite</title><link href="${site}/a/${id}"/><id>tag:${site},2026:${id}</id>` +
    `<updated>${time(id).toISOString()}</updated><author><name>Auteur ${id % 9}</name></author><summary>${words(30)}</summary>` +
    `<content type="html">&lt;p&gt;${words(200)}&lt;/p&gt;</content></entry>`
  return (
    `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><link href="${site}"/>` +
    `<id>${site}/</id><updated>2026-09-01T00:00:00Z</updated>\n${numbers(entries).map(entry).join('\n')}</feed>`
  )
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function time(id: number): Date {
  return new Date(Date.UTC(2026, 8, 1) - id * 3_600_000)
}
