import { createHash } from 'node:crypto'
import { z } from 'zod'
import { VigieError } from '../domain/errors.ts'
import { discoverFeeds, looksLikePage, USUAL_PATHS } from './discover.ts'
import { againAfter, failure } from './failures.ts'
import type { Feed } from './feed.ts'
import type { FeedHints } from './feed-draft.ts'
import type { FeedParser } from './feed-parser.ts'
import type { FetchAnswer, Fetcher } from './fetcher.ts'
import type { Cursor, PollResult, Source } from './source.ts'

export interface RssSettings {
  readonly id: string
  /** A feed, or a page that announces one. */
  readonly url: string
}

export interface RssDeps {
  readonly fetcher: Pick<Fetcher, 'fetch'>
  readonly parser: Pick<FeedParser, 'parse'>
  readonly now: () => Date
}

/** What is remembered of a feed. Validators belong to the address that gave them. */
const cursorSchema = z.object({
  /** The address in use: the configured one, a page's feed, or where it moved for good. */
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Of the body, to know the same bytes again when the site has no validators. */
  hash: z.string().nullable(),
  title: z.string().nullable(),
  link: z.string().nullable(),
  /** A permanent redirection seen `times` in a row. */
  move: z.object({ to: z.string(), times: z.number() }).nullable(),
  /** The configured address this all started from. */
  configured: z.string(),
})
type RssCursor = z.output<typeof cursorSchema>

/** A permanent redirection is believed after this many identical answers: many are a maintenance page's. */
const MOVES_TO_ADOPT = 3

/** RSS, RDF, Atom, CDF or JSON Feed at an address; a web page leads to the feed it announces. */
export function rssSource(settings: RssSettings, deps: RssDeps): Source {
  async function poll(cursor: Cursor, signal: AbortSignal): Promise<PollResult> {
    const known = knownCursor(cursor, settings.url)
    const answer = await ask(known, signal)
    if (answer.status === 304) return unchanged({ ...known, ...validators(answer, known) }, answer)
    const hash = hashOf(answer.body)
    const next = { ...known, ...validators(answer, null), hash, move: moveAfter(known, answer) }
    if (hash === known.hash) return unchanged(next, answer)
    const { feed, url } = await read(answer, signal)
    const isOther = url !== answer.url
    return fetched(isOther ? { ...startCursor(settings.url), url } : adopt(next), feed, answer)
  }

  function ask(known: RssCursor, signal: AbortSignal): Promise<FetchAnswer> {
    return deps.fetcher.fetch({ url: known.url, signal, etag: known.etag, lastModified: known.lastModified })
  }

  /** The feed in an answer; when it is a web page, the first feed it announces that can be read. */
  async function read(answer: FetchAnswer, signal: AbortSignal): Promise<{ feed: Feed; url: string }> {
    try {
      const document = { bytes: answer.body, contentType: answer.contentType, baseUrl: answer.url }
      return { feed: await deps.parser.parse(document, signal), url: answer.url }
    } catch (error) {
      const page = Buffer.from(answer.body).toString('utf8')
      if (!(error instanceof VigieError) || error.code !== 'not-a-feed' || !looksLikePage(page)) throw error
      return announced(page, answer.url, signal)
    }
  }

  /** The first feed that a page announces, or that stands where sites usually keep one. */
  async function announced(
    page: string,
    pageUrl: string,
    signal: AbortSignal,
  ): Promise<{ feed: Feed; url: string }> {
    const [found] = discoverFeeds(page, pageUrl)
    if (found !== undefined) return { feed: await feedAt(found.url, signal), url: found.url }
    for (const path of USUAL_PATHS) {
      const url = new URL(path, pageUrl).href
      const feed = await feedAt(url, signal).catch(nothingThere)
      if (feed !== null) return { feed, url }
    }
    throw failure('not-a-feed', 'a web page that announces no feed')
  }

  async function feedAt(url: string, signal: AbortSignal): Promise<Feed> {
    const answer = await deps.fetcher.fetch({ url, signal })
    return deps.parser.parse(
      { bytes: answer.body, contentType: answer.contentType, baseUrl: answer.url },
      signal,
    )
  }

  function fetched(next: RssCursor, feed: Feed, answer: FetchAnswer): PollResult {
    return {
      status: 'fetched',
      entries: feed.entries,
      cursor: { ...next, title: feed.title, link: feed.link },
      title: feed.title,
      link: feed.link,
      skipped: feed.skipped,
      notBefore: latest(answer.freshUntil, hintedTime(feed.hints, deps.now())),
    }
  }

  return { id: settings.id, poll }
}

/** A page instead, or an error: no feed at this address. A site that wants to be left alone ends the search. */
function nothingThere(error: unknown): null {
  if (!(error instanceof VigieError) || againAfter(error.code) === 'host') throw error
  return null
}

function unchanged(next: RssCursor, answer: FetchAnswer): PollResult {
  const { title, link } = next
  return {
    status: 'unchanged',
    entries: [],
    cursor: adopt(next),
    title,
    link,
    skipped: 0,
    notBefore: answer.freshUntil,
  }
}

function knownCursor(cursor: Cursor, configured: string): RssCursor {
  const read = cursorSchema.safeParse(cursor)
  return read.success && read.data.configured === configured ? read.data : startCursor(configured)
}

function startCursor(url: string): RssCursor {
  return {
    url,
    etag: null,
    lastModified: null,
    hash: null,
    title: null,
    link: null,
    move: null,
    configured: url,
  }
}

/** Verbatim, from every 200 and 304; a 304 that repeats none leaves the known ones in force. */
function validators(answer: FetchAnswer, known: RssCursor | null): Pick<RssCursor, 'etag' | 'lastModified'> {
  return {
    etag: answer.etag ?? known?.etag ?? null,
    lastModified: answer.lastModified ?? known?.lastModified ?? null,
  }
}

function moveAfter(known: RssCursor, answer: FetchAnswer): RssCursor['move'] {
  if (answer.movedTo === null) return null
  return { to: answer.movedTo, times: known.move?.to === answer.movedTo ? known.move.times + 1 : 1 }
}

function adopt(next: RssCursor): RssCursor {
  if (next.move === null || next.move.times < MOVES_TO_ADOPT) return next
  return { ...next, url: next.move.to, move: null }
}

function hashOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url')
}

const DAY_MS = 86_400_000

/** When a feed's own `ttl`, `sy:update…`, `skipHours` and `skipDays` next welcome a visit; at most a day away. */
export function hintedTime(hints: FeedHints, now: Date): Date | null {
  const minutes = Math.max(hints.ttlMinutes ?? 0, hints.updateMinutes ?? 0)
  const wait = Math.min(minutes * 60_000, DAY_MS)
  const from = new Date(now.getTime() + wait)
  const welcome = firstWelcome(hints, from)
  return welcome.getTime() === now.getTime() ? null : welcome
}

function firstWelcome(hints: FeedHints, from: Date): Date {
  for (let hours = 0; hours < 24; hours++) {
    const time = hours === 0 ? from : startOfHour(from.getTime() + hours * 3_600_000)
    const isSkipped =
      hints.skipHours?.includes(time.getUTCHours()) || hints.skipDays?.includes(time.getUTCDay())
    if (!isSkipped) return time
  }
  return from
}

function startOfHour(time: number): Date {
  return new Date(time - (time % 3_600_000))
}

function latest(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other
  return one > other ? one : other
}
