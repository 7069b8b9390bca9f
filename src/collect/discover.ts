import { decodeEntities } from './entities.ts'
import { finder } from './finder.ts'
import { markupReader } from './markup.ts'

export interface FoundFeed {
  readonly url: string
  readonly title: string | null
}

const FEED_TYPES = /^(?:application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|text\/xml|application\/json)/i
const MOST_LINKS = 20

/** Paths where sites keep a feed that they do not announce, the likelier first. */
export const USUAL_PATHS = ['/feed', '/rss', '/feed.xml', '/rss.xml', '/atom.xml', '/index.xml']

/** The feeds that an HTML page announces in its head, comments after the rest. */
export function discoverFeeds(html: string, pageUrl: string): readonly FoundFeed[] {
  const markup = markupReader(html)
  const base = baseOf(html, pageUrl)
  const find = finder(html)
  const found: FoundFeed[] = []
  let at = 0
  while (found.length < MOST_LINKS) {
    const open = nextLink(find, at)
    if (open === -1) break
    const tag = markup.tagAt(open)
    at = tag === null ? open + 5 : tag.end
    const url = tag === null ? null : feedUrl(tag.attributes, base)
    if (url !== null && !found.some((feed) => feed.url === url)) {
      found.push({ url, title: tag?.attributes.get('title') ?? null })
    }
  }
  return [...found.filter((feed) => !isComments(feed)), ...found.filter(isComments), ...known(pageUrl)]
}

function feedUrl(attributes: ReadonlyMap<string, string>, base: string): string | null {
  const rels = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/)
  const href = attributes.get('href')?.trim()
  const type = attributes.get('type') ?? ''
  const isFeed = rels.includes('feed') || (rels.includes('alternate') && FEED_TYPES.test(type))
  if (!isFeed || !href || !URL.canParse(href, base)) return null
  // WordPress announces its REST API in the same way.
  if (/json/i.test(type) && /\/wp-json\/|\/oembed/i.test(href)) return null
  return new URL(href, base).href
}

function isComments(feed: FoundFeed): boolean {
  return /comment/i.test(`${feed.url} ${feed.title ?? ''}`)
}

function nextLink(find: (mark: string, from: number) => number, from: number): number {
  const lower = find('<link', from)
  const upper = find('<LINK', from)
  return lower === -1 || upper === -1 ? Math.max(lower, upper) : Math.min(lower, upper)
}

function baseOf(html: string, pageUrl: string): string {
  const href = /<base\s[^<>]{0,200}?href\s{0,3}=\s{0,3}["']([^"'<>]{1,1000})["']/i.exec(
    html.slice(0, 100_000),
  )?.[1]
  if (href === undefined || !URL.canParse(decodeEntities(href), pageUrl)) return pageUrl
  return new URL(decodeEntities(href), pageUrl).href
}

/** Sites whose pages have a feed at a known place. */
function known(pageUrl: string): FoundFeed[] {
  const url = new URL(pageUrl)
  const channel = /(?:^|\.)youtube\.com$/.test(url.hostname)
    ? /^\/channel\/(UC[\w-]{10,40})/.exec(url.pathname)?.[1]
    : undefined
  if (channel) return [{ url: `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`, title: null }]
  return []
}

/** True when bytes look like a web page rather than a feed. */
export function looksLikePage(text: string): boolean {
  return /<(?:!doctype html|html|head|body)[\s>]/i.test(text.slice(0, 5000))
}
