import { z } from 'zod'
import { failure } from './failures.ts'
import type { FeedDraft, ItemDraft } from './feed-draft.ts'
import { escapeHtml, linesAsHtml } from './text-construct.ts'

const text = z.string().nullish().catch(null)
const author = z.object({ name: text }).nullish().catch(null)
const feedSchema = z.object({
  title: text,
  home_page_url: text,
  language: text,
  author,
  authors: z.array(author).nullish().catch(null),
  items: z.array(z.unknown()),
})
const itemSchema = z.object({
  id: z.union([z.string(), z.number()]).nullish().catch(null),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  language: text,
  author,
  authors: z.array(author).nullish().catch(null),
})

/** JSON Feed 1.0 and 1.1, in the shape that the XML formats are brought to. Throws `not-a-feed`. */
export function readJsonFeed(document: string): FeedDraft {
  const feed = feedSchema.safeParse(parse(document))
  if (!feed.success) throw failure('not-a-feed', 'JSON, but not a JSON Feed: it has no list of items')
  const { title, home_page_url, language, items } = feed.data
  return {
    title: title ? escapeHtml(title) : null,
    link: home_page_url ?? null,
    language: language ?? null,
    hints: {},
    items: items.map((item) =>
      readItem(item, feed.data.authors?.[0]?.name ?? feed.data.author?.name ?? null),
    ),
  }
}

function readItem(item: unknown, feedAuthor: string | null): ItemDraft {
  const read = itemSchema.safeParse(item)
  if (!read.success) return {}
  const it = read.data
  return {
    guid: it.id === null || it.id === undefined ? undefined : String(it.id),
    link: it.url ?? it.external_url ?? undefined,
    title: it.title ? escapeHtml(it.title) : undefined,
    content: it.content_html ?? (it.content_text ? linesAsHtml(it.content_text) : undefined),
    summary: it.summary ? linesAsHtml(it.summary) : undefined,
    published: it.date_published ?? undefined,
    updated: it.date_modified ?? undefined,
    author: it.authors?.[0]?.name ?? it.author?.name ?? feedAuthor ?? undefined,
    language: it.language ?? undefined,
  }
}

function parse(document: string): unknown {
  if (isTooDeep(document)) throw failure('not-a-feed', 'JSON nested deeper than any feed')
  try {
    return JSON.parse(document)
  } catch (cause) {
    throw failure('not-a-feed', 'looks like JSON and is not', { cause })
  }
}

const DEEPEST = 100

/** JSON.parse takes hundreds of megabytes for a few of brackets. */
function isTooDeep(document: string): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < document.length; at++) {
    const char = document.charCodeAt(at)
    if (isText && char === BACKSLASH) at++
    else if (char === QUOTE) isText = !isText
    else if (!isText && (char === 0x5b || char === 0x7b)) depth++
    else if (!isText && (char === 0x5d || char === 0x7d)) depth--
    if (depth > DEEPEST) return true
  }
  return false
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
