/** The vocabularies of RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF and their usual extensions, as one. */

export type EntryField =
  | 'title'
  | 'summary'
  | 'content'
  | 'guid'
  | 'link'
  | 'published'
  | 'updated'
  | 'author'
  | 'language'
  | 'comments'
  | 'views'
  | 'likes'

export type ChannelField =
  | 'title'
  | 'link'
  | 'language'
  | 'ttl'
  | 'skipHours'
  | 'skipDays'
  | 'updatePeriod'
  | 'updateFrequency'

export interface Word<Field> {
  readonly field: Field
  /** Among several elements for one field, the lowest rank wins. */
  readonly rank: number
}

/** Namespace to the prefix used below; none for those that only say "this is RSS" or "this is Atom". */
const NAMESPACES = new Map(
  Object.entries({
    'http://www.w3.org/2005/atom': '',
    'http://purl.org/atom/ns#': '',
    'http://purl.org/rss/1.0': '',
    'http://my.netscape.com/rdf/simple/0.9': '',
    'http://channel.netscape.com/rdf/simple/0.9': '',
    'http://backend.userland.com/rss': '',
    'http://backend.userland.com/rss2': '',
    'http://blogs.law.harvard.edu/tech/rss': '',
    'http://my.netscape.com/publish/formats/rss-0.91.dtd': '',
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
    'http://purl.org/rss/1.0/modules/content': 'content',
    'http://purl.org/dc/elements/1.1': 'dc',
    'http://purl.org/dc/elements/1.0': 'dc',
    'http://purl.org/dc/terms': 'dcterms',
    'http://search.yahoo.com/mrss': 'media',
    'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
    'http://www.w3.org/1999/xhtml': 'xhtml',
    'http://purl.org/rss/1.0/modules/slash': 'slash',
    'http://purl.org/rss/1.0/modules/syndication': 'sy',
    'http://purl.org/syndication/thread/1.0': 'thr',
  }),
)

/** The prefix of `namespace` in our tables; null for one we do not know. */
export function prefixOf(namespace: string): string | null {
  return NAMESPACES.get(namespace.trim().toLowerCase().replace(/\/$/, '')) ?? null
}

export const ENTRY_WORDS = words<EntryField>({
  title: [['title'], ['dc:title', 'itunes:title'], ['media:title']],
  summary: [
    ['description', 'summary'],
    ['dc:description', 'abstract'],
    ['itunes:summary', 'media:description'],
  ],
  content: [
    ['encoded', 'content:encoded', 'content'],
    ['body', 'xhtml:body', 'div', 'xhtml:div', 'fullitem'],
  ],
  guid: [['guid'], ['id']],
  link: [['link']],
  published: [
    ['pubdate', 'published'],
    ['issued', 'dcterms:issued', 'dc:date', 'date', 'dcterms:created', 'created'],
  ],
  updated: [['updated', 'modified', 'dcterms:modified', 'lastbuilddate', 'lastmod']],
  author: [['author'], ['dc:creator', 'dc:author', 'creator'], ['itunes:author', 'managingeditor']],
  language: [['dc:language', 'language']],
  comments: [['slash:comments', 'thr:total']],
})

export const CHANNEL_WORDS = words<ChannelField>({
  title: [['title'], ['dc:title', 'itunes:title']],
  link: [['link']],
  language: [['language', 'dc:language']],
  ttl: [['ttl']],
  skipHours: [['skiphours']],
  skipDays: [['skipdays']],
  updatePeriod: [['sy:updateperiod']],
  updateFrequency: [['sy:updatefrequency']],
})

/** `media:community` and its children hold counts in attributes. */
export const TRANSPARENT = new Set(['media:group', 'media:community', 'media:content'])

export const ENTRY_STARTS = new Set(['item', 'entry'])
export const CHANNEL_STARTS = new Set(['channel', 'feed'])

function words<Field extends string>(ranked: Record<string, string[][]>): ReadonlyMap<string, Word<Field>> {
  const table = new Map<string, Word<Field>>()
  for (const [field, ranks] of Object.entries(ranked)) {
    for (const [rank, names] of ranks.entries()) {
      // The keys are written out by the two callers above; TypeScript only sees strings.
      for (const name of names) table.set(name, { field: field as Field, rank })
    }
  }
  return table
}
