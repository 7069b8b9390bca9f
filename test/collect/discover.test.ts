import { describe, expect, it } from 'vitest'
import { discoverFeeds } from '../../src/collect/discover.ts'

const PAGE = 'https://news.example.org/section/page.html'
const urls = (html: string, page = PAGE) => discoverFeeds(html, page).map(({ url }) => url)

describe('discoverFeeds', () => {
  it('finds what a page announces, comments last', () => {
    const html = `<html><head>
      <link rel="stylesheet" href="/style.css">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
      <LINK REL=alternate TYPE=application/atom+xml HREF=../atom.xml>
      <link rel="alternate" type="application/feed+json" href="https://cdn.example.org/feed.json" />
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
      <link rel="alternate" hreflang="en" href="/en/">
    </head></html>`

    expect(urls(html)).toEqual([
      'https://news.example.org/atom.xml',
      'https://cdn.example.org/feed.json',
      'https://news.example.org/comments/feed',
    ])
  })

  it('follows the base of the page', () => {
    const html = '<base href="https://other.example/x/"><link rel="feed" href="rss">'

    expect(urls(html)).toEqual(['https://other.example/x/rss'])
  })

  it('knows where YouTube keeps a channel’s feed', () => {
    expect(urls('<html>', 'https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv')).toEqual([
      'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv',
    ])
  })

  it('finds nothing in a page without feeds', () => {
    expect(urls('<html><body>Hello <link')).toEqual([])
  })

  it('is quick on a page made of links', () => {
    const started = performance.now()

    discoverFeeds('<link '.repeat(300_000), PAGE)

    expect(performance.now() - started).toBeLessThan(1000)
  })
})
