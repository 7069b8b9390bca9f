import type { Entry } from '../domain/entry.ts'
import { canonicalUrl } from './canonical-url.ts'
import { contentId } from './content-id.ts'
import { decode } from './decode.ts'
import { decodeEntities } from './entities.ts'
import { failure } from './failures.ts'
import type { Fetcher } from './fetcher.ts'
import { isoTime, languageOf, newEntry } from './new-entry.ts'
import { plainLine, plainText } from './plain-text.ts'

export interface Pasted {
  readonly text: string
  /** Where it was seen, if the person says so. */
  readonly url?: string | null
  readonly author?: string | null
}

/** A comment that a person copied from where Vigie cannot read: what they paste is what was said. */
export function pastedEntry(pasted: Pasted, now: Date): Entry {
  const text = pasted.text.trim()
  if (text === '') throw failure('empty', 'nothing was pasted')
  return newEntry({
    id: contentId(pasted.url ?? null, text),
    url: pasted.url ?? null,
    text,
    author: pasted.author ?? null,
    publishedAt: now,
  })
}

const LONGEST_TEXT = 20_000

/** A page that a person points at: its title and its words, without menus as far as the page tells them apart. */
export async function pageEntry(
  url: string,
  signal: AbortSignal,
  deps: { readonly fetcher: Pick<Fetcher, 'fetch'> },
): Promise<Entry> {
  const answer = await deps.fetcher.fetch({ url, signal, accept: 'page' })
  const html = decode(answer.body, answer.contentType)
  const meta = metaOf(html)
  const text = plainText(mainPart(html)).slice(0, LONGEST_TEXT) || meta.get('og:description') || ''
  const title = meta.get('og:title') ?? titleOf(html)
  if (text === '' && title === null)
    throw failure('empty', 'the page says nothing without its scripts: paste the comment instead')
  return newEntry({
    id: canonicalUrl(answer.url),
    url: answer.url,
    title,
    text,
    author: meta.get('author') ?? null,
    publishedAt: isoTime(meta.get('article:published_time')),
    language: languageOf(
      /<html\s[^<>]{0,300}?\blang\s{0,3}=\s{0,3}["']?([\w-]{2,10})/i.exec(html.slice(0, 5000))?.[1],
    ),
  })
}

function metaOf(html: string): ReadonlyMap<string, string> {
  const meta = new Map<string, string>()
  for (const [tag] of html.slice(0, 200_000).matchAll(/<meta\s[^<>]{1,2000}>/gi)) {
    const name = /\b(?:name|property)\s{0,3}=\s{0,3}["']([\w:.-]{1,60})["']/i.exec(tag)?.[1]?.toLowerCase()
    const content = /\bcontent\s{0,3}=\s{0,3}(?:"([^"]{1,1500})"|'([^']{1,1500})')/i.exec(tag)
    if (name && content && !meta.has(name))
      meta.set(name, decodeEntities(content[1] ?? content[2] ?? '').trim())
  }
  return meta
}

function titleOf(html: string): string | null {
  const open = html.search(/<title[\s>]/i)
  if (open === -1) return null
  const close = html.slice(open, open + 2000).search(/<\/title/i)
  return plainLine(html.slice(open, close === -1 ? open : open + close)) || null
}

/** The article, else the main part, else the body; menus, headers and footers taken out. */
function mainPart(html: string): string {
  for (const name of ['article', 'main', 'body']) {
    const open = html.search(new RegExp(`<${name}[\\s>]`, 'i'))
    if (open === -1) continue
    const close = html.toLowerCase().lastIndexOf(`</${name}`)
    return withoutParts(html.slice(open, close > open ? close : undefined))
  }
  return withoutParts(html)
}

const SURROUNDINGS = ['nav', 'header', 'footer', 'aside', 'form', 'noscript', 'svg']

function withoutParts(html: string): string {
  return SURROUNDINGS.reduce(withoutPart, html)
}

function withoutPart(html: string, name: string): string {
  const lower = html.toLowerCase()
  const kept: string[] = []
  let at = 0
  for (let open = lower.indexOf(`<${name}`); open !== -1; open = lower.indexOf(`<${name}`, open + 1)) {
    if (open < at || !/[\s>]/.test(lower[open + name.length + 1] ?? '')) continue
    const close = lower.indexOf(`</${name}>`, open)
    if (close === -1) break
    kept.push(html.slice(at, open))
    at = close + name.length + 3
  }
  return [...kept, html.slice(at)].join(' ')
}
