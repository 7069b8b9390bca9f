import { clean } from '../notify/mail-clean.ts'

/** A list as other programs read it. */
export interface FeedOut {
  readonly title: string
  /** Where a person finds the same list. */
  readonly link: string
  /** Its own address. */
  readonly self: string
  readonly language: string
  readonly updatedAt: Date
  readonly items: readonly FeedItem[]
}

export interface FeedItem {
  /** Never changes and is nobody else's. */
  readonly id: string
  readonly title: string
  readonly link: string
  /** Plain text. */
  readonly text: string
  readonly author: string | null
  readonly at: Date
  readonly tags: readonly string[]
}

export const feedFormats = {
  rss: { type: 'application/rss+xml; charset=utf-8', write: rss },
  atom: { type: 'application/atom+xml; charset=utf-8', write: atom },
  json: { type: 'application/feed+json; charset=utf-8', write: jsonFeed },
} as const

export type FeedFormat = keyof typeof feedFormats

/** RSS 2.0; the text is escaped twice, because readers take a description for HTML. */
function rss(feed: FeedOut): string {
  const items = feed.items.map(
    (item) => `<item><guid isPermaLink="false">${xml(item.id)}</guid><title>${xml(item.title)}</title>
<link>${xml(item.link)}</link><pubDate>${item.at.toUTCString()}</pubDate>
${item.author === null ? '' : `<dc:creator>${xml(item.author)}</dc:creator>`}
${item.tags.map((tag) => `<category>${xml(tag)}</category>`).join('')}
<description>${xml(html(item.text))}</description></item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>${xml(feed.title)}</title><link>${xml(feed.link)}</link><description>${xml(feed.title)}</description>
<language>${xml(feed.language)}</language><lastBuildDate>${feed.updatedAt.toUTCString()}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${xml(feed.self)}"/>
${items.join('\n')}
</channel></rss>
`
}

/** RFC 4287. */
function atom(feed: FeedOut): string {
  const entries = feed.items.map(
    (item) => `<entry><id>${xml(item.id)}</id><title>${xml(item.title)}</title>
<link rel="alternate" href="${xml(item.link)}"/><updated>${item.at.toISOString()}</updated>
<author><name>${xml(item.author ?? 'Vigie')}</name></author>
${item.tags.map((tag) => `<category term="${xml(tag)}"/>`).join('')}
<content type="text">${xml(item.text)}</content></entry>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(feed.language)}">
<id>${xml(feed.self)}</id><title>${xml(feed.title)}</title><updated>${feed.updatedAt.toISOString()}</updated>
<link rel="self" href="${xml(feed.self)}"/><link rel="alternate" href="${xml(feed.link)}"/>
${entries.join('\n')}
</feed>
`
}

/** JSON Feed 1.1. */
function jsonFeed(feed: FeedOut): string {
  return `${JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.link,
    feed_url: feed.self,
    language: feed.language,
    items: feed.items.map((item) => ({
      id: item.id,
      url: item.link,
      title: clean(item.title),
      content_text: clean(item.text),
      date_published: item.at.toISOString(),
      ...(item.author === null ? {} : { authors: [{ name: clean(item.author) }] }),
      tags: item.tags,
    })),
  })}\n`
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Cleaned first: XML 1.0 has no room for most control characters, escaped or not. */
function xml(text: string): string {
  return clean(text).replace(/[&<>"]/g, (character) => escapes[character] ?? '')
}

function html(text: string): string {
  return clean(text)
    .replace(/[&<>"]/g, (character) => escapes[character] ?? '')
    .replaceAll('\n', '<br>')
}
