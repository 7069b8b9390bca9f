import { decode } from './decode.ts'
import { failure } from './failures.ts'
import { markupReader } from './markup.ts'

export interface Subscription {
  readonly url: string
  readonly title: string | null
}

const MOST_SUBSCRIPTIONS = 5000

/** The feeds of an OPML file, folders flattened, each once. Broken markup is read as feeds are. */
export function readOpml(bytes: Uint8Array): readonly Subscription[] {
  const text = decode(bytes, null)
  if (!/<(?:opml|outline)[\s>]/i.test(text)) throw failure('not-a-feed', 'not an OPML file')
  const markup = markupReader(text)
  const found = new Map<string, Subscription>()
  for (const { index } of text.matchAll(/<outline\b/gi)) {
    const attributes = markup.tagAt(index)?.attributes
    const url = attributes?.get('xmlurl')?.trim() ?? ''
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url) || found.has(url)) continue
    const title = attributes?.get('title') ?? attributes?.get('text') ?? ''
    found.set(url, { url, title: title.trim() || null })
    if (found.size >= MOST_SUBSCRIPTIONS) break
  }
  return [...found.values()]
}

/** An OPML 2.0 file that other readers take. */
export function writeOpml(title: string, subscriptions: readonly Subscription[], now: Date): string {
  const outlines = subscriptions.map(
    ({ url, title }) =>
      `    <outline type="rss" text="${escaped(title ?? url)}" xmlUrl="${escaped(url)}"/>\n`,
  )
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n' +
    `  <head>\n    <title>${escaped(title)}</title>\n    <dateCreated>${now.toUTCString()}</dateCreated>\n  </head>\n` +
    `  <body>\n${outlines.join('')}  </body>\n</opml>\n`
  )
}

function escaped(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, ' ')
}
