import { z } from 'zod'
import type { Entry } from '../domain/entry.ts'
import { failure } from './failures.ts'
import type { FetchAnswer, Fetcher } from './fetcher.ts'
import type { Cursor, PollResult, Source } from './source.ts'

/** A service that answers in JSON, the latest first, page by page. */
export interface JsonService<Page, Item> {
  readonly id: string
  readonly title: string
  readonly link: string | null
  /** The first page. `since` is the latest entry known, null at the first visit. */
  first(since: Date | null): string
  /** The page after this one; null when this was the last, or the service has no pages. */
  next?(page: Page, url: string): string | null
  /** What proves who we are. */
  headers?(signal: AbortSignal): Promise<Readonly<Record<string, string>>>
  /** The envelope; throws through its schema when the service has changed. */
  readonly page: z.ZodType<Page>
  items(page: Page): readonly unknown[]
  readonly item: z.ZodType<Item>
  /** Null for an item that is none of ours. */
  entry(item: Item, page: Page): Entry | null
  /** The service's own way to say no with status 200: throw. */
  refuse?(page: Page | string): void
  /** The service asks to wait. */
  notBefore?(page: Page): Date | null
}

export interface JsonDeps {
  readonly fetcher: Pick<Fetcher, 'fetch'>
  readonly now: () => Date
}

/** More pages than these in one visit are for the next one. */
const MOST_PAGES = 3
const cursorSchema = z.object({ since: z.coerce.date().nullable() })

/**
 * Reads pages until what it finds was known at the last visit. Entries found twice are recognised by whoever stores
 * them, so pages overlap rather than leave a hole.
 */
export function jsonSource<Page, Item>(service: JsonService<Page, Item>, deps: JsonDeps): Source {
  async function poll(cursor: Cursor, signal: AbortSignal): Promise<PollResult> {
    const known = cursorSchema.safeParse(cursor)
    const since = known.success ? known.data.since : null
    const headers = (await service.headers?.(signal)) ?? {}
    const entries: Entry[] = []
    let skipped = 0
    let notBefore: Date | null = null
    let url: string | null = service.first(since)
    for (let pages = 0; url !== null && pages < MOST_PAGES; pages++) {
      const page: Page = await read(url, headers, signal)
      const found = service.items(page).map((item) => entryOf(item, page))
      entries.push(...found.filter((entry) => entry !== null && entry !== 'unreadable'))
      skipped += found.filter((entry) => entry === 'unreadable').length
      notBefore = service.notBefore?.(page) ?? notBefore
      url = isKnown(entries, since) ? null : (service.next?.(page, url) ?? null)
    }
    const { title, link } = service
    const latest = latestTime(entries, since, deps.now())
    return {
      status: 'fetched',
      entries,
      cursor: { since: latest?.toISOString() ?? null },
      title,
      link,
      skipped,
      notBefore,
    }
  }

  async function read(
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Page> {
    const answer = await deps.fetcher.fetch({ url, signal, accept: 'json', headers })
    const json = parseJson(answer, service)
    const page = service.page.safeParse(json)
    if (!page.success) throw unexpected(url, z.prettifyError(page.error))
    service.refuse?.(page.data)
    return page.data
  }

  function entryOf(written: unknown, page: Page): Entry | null | 'unreadable' {
    const item = service.item.safeParse(written)
    return item.success ? service.entry(item.data, page) : 'unreadable'
  }

  return { id: service.id, poll }
}

function parseJson(answer: FetchAnswer, service: { refuse?(page: string): void }): unknown {
  const text = Buffer.from(answer.body).toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    service.refuse?.(text)
    throw unexpected(answer.url, `no JSON but "${text.slice(0, 80)}"`)
  }
}

/** The address without its parameters: a key may be among them. */
function unexpected(url: string, what: string) {
  const { host, pathname } = new URL(url)
  return failure('unexpected-answer', `${host}${pathname}: ${what.slice(0, 300)}`)
}

function isKnown(entries: readonly Entry[], since: Date | null): boolean {
  if (since === null) return true
  return entries.some(({ publishedAt }) => publishedAt !== null && publishedAt <= since)
}

/** A date in the future is a mistake of the source; asking only for what is later still would lose everything. */
function latestTime(entries: readonly Entry[], since: Date | null, now: Date): Date | null {
  const times = [...entries.map(({ publishedAt }) => publishedAt), since].filter((time) => time !== null)
  const past = times.map((time) => time.getTime()).filter((time) => time <= now.getTime())
  return past.length === 0 ? null : new Date(Math.max(...past))
}

/** `base` with parameters; those that are null are left out. */
export function urlWith(base: string, params: Readonly<Record<string, string | number | null>>): string {
  const url = new URL(base)
  for (const [name, value] of Object.entries(params))
    if (value !== null) url.searchParams.set(name, String(value))
  return url.href
}
