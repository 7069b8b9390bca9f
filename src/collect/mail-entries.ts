import type { Entry } from '../domain/entry.ts'
import { canonicalUrl, unwrapUrl } from './canonical-url.ts'
import { contentId } from './content-id.ts'
import { decodeEntities } from './entities.ts'
import { newEntry } from './new-entry.ts'
import { plainLine, plainText } from './plain-text.ts'

export interface Mail {
  readonly messageId: string | null
  readonly subject: string | null
  readonly from: string | null
  readonly sentAt: Date | null
  readonly html: string | null
  readonly text: string
}

interface Link {
  readonly url: string
  readonly label: string
  /** Where it begins and ends in the HTML. */
  readonly start: number
  readonly end: number
}

const MOST_LINKS = 200
const LONGEST_EXCERPT = 2000

/** What a notification tells: each search result in it, else the message itself. */
export function mailEntries(mail: Mail): readonly Entry[] {
  const html = mail.html ?? ''
  const links = linksIn(html)
  const results = links.filter(({ url, label }) => unwrapUrl(url) !== null && label.length > 3)
  return results.length > 0 ? resultEntries(mail, html, results) : [wholeMail(mail, links)]
}

/** Google Alerts: title, then paper and excerpt up to the next title; what comes twice counts once. */
function resultEntries(mail: Mail, html: string, results: readonly Link[]): readonly Entry[] {
  const entries = new Map<string, Entry>()
  for (const [index, { url, label, end }] of results.entries()) {
    const target = unwrapUrl(url) ?? url
    const id = canonicalUrl(target)
    if (entries.has(id)) continue
    const next = results[index + 1]?.start ?? html.length
    const text = plainText(html.slice(end, Math.min(next, end + LONGEST_EXCERPT * 10))).slice(
      0,
      LONGEST_EXCERPT,
    )
    entries.set(id, newEntry({ id, url: target, title: label, text, publishedAt: mail.sentAt }))
  }
  return [...entries.values()]
}

function wholeMail(mail: Mail, links: readonly Link[]): Entry {
  const text = mail.html === null ? mail.text.trim() : plainText(mail.html)
  const link = links.find(
    ({ url, label }) => !/unsubscribe|d[ée]sabonn|d[ée]sinscri|preferences/i.test(`${url} ${label}`),
  )
  return newEntry({
    id: mail.messageId ?? contentId(mail.subject, text),
    url: link?.url ?? null,
    title: mail.subject,
    text,
    author: mail.from,
    publishedAt: mail.sentAt,
  })
}

function linksIn(html: string): readonly Link[] {
  const links: Link[] = []
  for (const found of html.matchAll(
    /<a\s[^<>]{0,500}?href\s{0,3}=\s{0,3}["'](https?:[^"'<>]{1,4000})["'][^<>]{0,500}>/gi,
  )) {
    const start = found.index
    const from = start + found[0].length
    const close = html.slice(from, from + 4000).search(/<\/a>/i)
    const end = close === -1 ? from : from + close
    links.push({ url: decodeEntities(found[1] ?? ''), label: plainLine(html.slice(from, end)), start, end })
    if (links.length >= MOST_LINKS) break
  }
  return links
}
