import { gunzipSync } from 'node:zlib'
import RssParser from 'rss-parser'
import rssParserUtils from 'rss-parser/lib/utils.js'
import type { Engagement, Entry } from '../domain/entry.ts'
import { canonicalUrl } from './canonical-url.ts'
import { contentId } from './content-id.ts'
import { parseDate } from './dates.ts'
import { decode } from './decode.ts'
import { failure } from './failures.ts'
import type { FeedDraft, FeedHints, ItemDraft } from './feed-draft.ts'
import { readJsonFeed } from './json-feed.ts'
import { plainLine, plainText } from './plain-text.ts'
import { MOST_ENTRIES, tidy } from './tidy.ts'

export interface Feed {
  readonly title: string | null
  readonly link: string | null
  readonly entries: readonly Entry[]
  /** Entries that say nothing at all, or stand beyond the limit. */
  readonly skipped: number
  readonly hints: FeedHints
}

/** Bytes of RSS, RDF, Atom, CDF or JSON Feed as entries. `baseUrl` makes relative links absolute. Linear in time. */
export async function parseFeed(
  bytes: Uint8Array,
  contentType: string | null,
  baseUrl: string | null,
): Promise<Feed> {
  const document = decode(unzipped(bytes), contentType)
  if (document.trim() === '') throw failure('empty', 'the document is empty')
  const draft = /^\s{0,100}\ufeff?\s{0,100}[{[]/.test(document)
    ? readJsonFeed(document)
    : await readXml(document, baseUrl)
  const items = draft.items.slice(0, MOST_ENTRIES)
  const entries = items.map((item) => toEntry(item, draft, baseUrl)).filter((entry) => entry !== null)
  return {
    title: draft.title === null ? null : orNull(plainLine(draft.title)),
    link: webUrl(draft.link ?? undefined, baseUrl),
    entries,
    skipped: draft.items.length - entries.length,
    hints: draft.hints,
  }
}

const MOST_BYTES = 10 * 1024 * 1024

/** Some sites store feeds compressed and serve them without saying so. */
function unzipped(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES })
  } catch (cause) {
    throw failure('bad-encoding', 'a compressed document that cannot be opened, or is too large once open', {
      cause,
    })
  }
}

// rss-parser makes a snippet of every text with a regular expression that is quadratic: 300 kB cost it ten seconds.
// We make our own plain text and want no snippet.
rssParserUtils.stripHtml = () => ''

/** What rss-parser makes of the strict document; every field is a text when it is there. */
interface StrictFeed {
  readonly title?: string
  readonly link?: string
  readonly language?: string
  readonly ttl?: string
  readonly skipHours?: string
  readonly skipDays?: string
  readonly updatePeriod?: string
  readonly updateFrequency?: string
  readonly items: readonly StrictItem[]
}

interface StrictItem {
  readonly guid?: string
  readonly link?: string
  readonly title?: string
  readonly 'content:encoded'?: string
  readonly content?: string
  readonly pubDate?: string
  readonly updated?: string
  readonly creator?: string
  readonly language?: string
  readonly commentCount?: string
  readonly views?: string
  readonly likes?: string
}

const parser = new RssParser<Omit<StrictFeed, 'items'>, StrictItem>({
  defaultRSS: 2,
  xml2js: { async: false },
  customFields: {
    feed: ['skipHours', 'skipDays', 'updatePeriod', 'updateFrequency'],
    item: ['updated', 'language', 'commentCount', 'views', 'likes'],
  },
})

/** rss-parser only ever sees the strict document that `tidy` writes; that is what guards it. */
async function readXml(document: string, baseUrl: string | null): Promise<FeedDraft> {
  const { xml, isCut } = tidy(document, baseUrl)
  const feed: StrictFeed = await parser.parseString(xml)
  const items = feed.items.map((item) => ({
    guid: item.guid,
    link: item.link,
    title: item.title,
    content: item['content:encoded'],
    summary: item.content,
    published: item.pubDate,
    updated: item.updated,
    author: item.creator,
    language: item.language,
    comments: item.commentCount,
    views: item.views,
    likes: item.likes,
  }))
  return {
    title: feed.title ?? null,
    link: feed.link ?? null,
    language: feed.language ?? null,
    hints: hintsOf(feed),
    items: isCut ? [...items, {}] : items,
  }
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const PERIOD_MINUTES = new Map([
  ['hourly', 60],
  ['daily', 1440],
  ['weekly', 10_080],
  ['monthly', 43_200],
  ['yearly', 525_600],
])

function hintsOf(feed: StrictFeed): FeedHints {
  const ttl = positive(feed.ttl)
  const hours = listed(feed.skipHours)
    .map(Number)
    .filter((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24)
    .map((hour) => hour % 24)
  const days = listed(feed.skipDays)
    .map((day) => DAYS.indexOf(day.toLowerCase()))
    .filter((day) => day !== -1)
  const period = PERIOD_MINUTES.get(feed.updatePeriod?.toLowerCase() ?? '')
  return {
    ...(ttl === null ? {} : { ttlMinutes: ttl }),
    ...(hours.length === 0 ? {} : { skipHours: hours }),
    ...(days.length === 0 ? {} : { skipDays: days }),
    ...(period === undefined ? {} : { updateMinutes: period / (positive(feed.updateFrequency) ?? 1) }),
  }
}

function listed(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((part) => part !== '')
}

function positive(text: string | undefined): number | null {
  const number = Number(text)
  return Number.isFinite(number) && number > 0 ? number : null
}

/** Null when the source says nothing at all about it. */
function toEntry(item: ItemDraft, feed: FeedDraft, baseUrl: string | null): Entry | null {
  const title = item.title === undefined ? null : orNull(plainLine(item.title))
  const text = fuller(plainText(item.content ?? ''), plainText(item.summary ?? ''))
  const url = webUrl(item.link, baseUrl)
  const guid = item.guid?.trim() ?? ''
  const publishedAt = parseDate(item.published ?? '') ?? parseDate(item.updated ?? '')
  const author = authorName(item.author)
  if (`${title ?? ''}${text}${url ?? ''}${guid}${author ?? ''}` === '' && publishedAt === null) return null
  return {
    id: guid || (url === null ? contentId(title, text) : canonicalUrl(url)),
    url,
    title,
    text,
    author,
    publishedAt,
    language: primaryLanguage(item.language ?? feed.language),
    engagement: engagementOf(item),
    stars: null,
  }
}

function fuller(content: string, summary: string): string {
  return summary.length > content.length ? summary : content
}

function webUrl(link: string | undefined, baseUrl: string | null): string | null {
  if (link === undefined || link.trim() === '') return null
  try {
    const url = new URL(link.trim(), baseUrl ?? undefined)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
    // As the source wrote it: a URL object would add a slash, and people compare what they see.
    return /^https?:/i.test(link.trim()) ? link.trim() : url.href
  } catch {
    return null
  }
}

/** RSS writes `mail@example.org (Name)`, `Name <mail@example.org>` or either alone. */
function authorName(written: string | undefined): string | null {
  const text = plainLine(written?.slice(0, 500).replace(/<(\S{1,100}@\S{1,100})>/g, '($1)') ?? '')
  const inBrackets = /^(\S{1,100}@\S{1,100}) \((.{1,200})\)$/.exec(text)
  if (inBrackets?.[2]) return inBrackets[2].trim()
  return orNull(text.replace(/ \(\S{1,100}@\S{1,100}\)$/, ''))
}

function primaryLanguage(tag: string | null): string | null {
  return /^\s{0,9}([a-z]{2,3})(?:[-_].*)?\s{0,9}$/i.exec(tag?.slice(0, 60) ?? '')?.[1]?.toLowerCase() ?? null
}

function engagementOf(item: ItemDraft): Engagement | null {
  const comments = count(item.comments)
  const views = count(item.views)
  const likes = count(item.likes)
  if (comments === null && views === null && likes === null) return null
  return {
    ...(likes === null ? {} : { likes }),
    ...(comments === null ? {} : { comments }),
    ...(views === null ? {} : { views }),
  }
}

function count(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
