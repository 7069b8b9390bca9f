import { describe, expect, it } from 'vitest'
import { canonicalUrl, unwrapUrl } from '../../src/collect/canonical-url.ts'

describe('canonicalUrl', () => {
  it.each([
    ['https://www.soir.example/123/a-b', 'http://soir.example/123/a-b/?utm_source=rss&utm_medium=feed#c'],
    ['https://a.example/x?id=3&b=2', 'https://a.example/x?b=2&id=3&fbclid=IwAR0'],
    ['https://www.google.com/url?rct=j&sa=t&url=https://a.example/x&ct=ga&usg=z', 'https://a.example/x'],
    [
      'http://www.bing.com/news/apiclick.aspx?ref=FexRss&tid=1&url=https%3a%2f%2fwww.sport.example%2fFootball%2fom&c=1',
      'https://www.sport.example/Football/om',
    ],
    ['https://youtu.be/abc123?si=zz', 'https://www.youtube.com/watch?v=abc123&feature=share'],
    ['https://old.reddit.com/r/belgium/comments/1/x/', 'https://www.reddit.com/r/belgium/comments/1/x'],
    ['https://twitter.com/u/status/1?s=20&t=x', 'https://x.com/u/status/1'],
    ['https://m.news.example/a', 'https://www.news.example/a'],
    ['https://www.news.example/a/amp/', 'https://www.news.example/a'],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fx%3Ffbclid%3D1&h=z', 'https://a.example/x'],
    ['https://a.example/caf%C3%A9', 'https://a.example/café'],
    ['https://a.example//x/index.html', 'https://a.example/x'],
    ['https://www.monde.example/x.html?xtor=RSS-3208', 'https://www.monde.example/x.html'],
    ['https://a.example/x?at_medium=RSS&at_campaign=f', 'https://a.example/x'],
    ['HTTPS://A.EXAMPLE:443/X', 'https://a.example/X'],
    ['https://consent.google.com/ml?continue=https://a.example/x&gl=FR', 'https://a.example/x'],
  ])('knows %s and %s for the same page', (one, other) => {
    expect(canonicalUrl(one)).toBe(canonicalUrl(other))
  })

  it.each([
    ['https://a.example/x?id=1', 'https://a.example/x?id=2'],
    ['https://a.example/X', 'https://a.example/x'],
    ['https://news.google.com/rss/articles/CBMia', 'https://news.google.com/rss/articles/CBMib'],
    ['https://a.example/?p=1', 'https://a.example/?p=2'],
    ['https://www.youtube.com/watch?v=a', 'https://www.youtube.com/watch?v=b'],
    ['https://a.example/#!/1', 'https://a.example/#!/2'],
    ['https://news.ycombinator.com/item?id=1', 'https://news.ycombinator.com/item?id=2'],
    ['https://blog.a.example/x', 'https://a.example/x'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(canonicalUrl(one)).not.toBe(canonicalUrl(other))
  })

  it('leaves alone what is no web address', () => {
    expect(canonicalUrl(' urn:isbn:1 ')).toBe('urn:isbn:1')
    expect(canonicalUrl('https://%zz')).toBe('https://%zz')
  })

  it('stops unwrapping redirectors in redirectors', () => {
    let url = 'https://a.example/x'
    for (let depth = 0; depth < 50; depth++)
      url = `https://www.google.com/url?q=${encodeURIComponent(url)}`.slice(0, 100_000)

    expect(canonicalUrl(url)).toMatch(/^google\.com/)
  })
})

describe('unwrapUrl', () => {
  it('gives the address inside a redirector’s, and nothing for another', () => {
    expect(unwrapUrl('https://www.google.com/url?url=https://a.example/x?b=1')).toBe(
      'https://a.example/x?b=1',
    )
    expect(unwrapUrl('https://a.example/x')).toBeNull()
  })
})
