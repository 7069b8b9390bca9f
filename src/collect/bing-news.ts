import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import type { Entry } from '../domain/entry.ts'
import { canonicalUrl, unwrapUrl } from './canonical-url.ts'
import { connector } from './connector.ts'
import { changedSource, joinedSource } from './joined.ts'
import { urlWith } from './json-source.ts'
import { rssSource } from './rss.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- bing-news` or `- bing-news: { markets: [fr-be, en-gb] }`. The search of Bing News as RSS: no key, undocumented.
 * Its links wrap the real address and change at every visit, so the real one is taken out and is the identity.
 */
const market = z.string().regex(/^[a-z]{2}-[a-z]{2}$/, 'a market is a language and a country, such as fr-be')
const schema = strict({ markets: z.array(market).min(1).max(6).optional() })

const MARKET_OF: Readonly<Record<string, string>> = {
  ...{ fr: 'fr-fr', en: 'en-gb', nl: 'nl-nl', de: 'de-de', it: 'it-it', es: 'es-es' },
}
const STYLE = { or: ' OR ', not: '-', longest: 500, most: 3 }

export const bingNews = connector({
  kind: 'bing-news',
  schema,
  isSearch: true,
  build: (settings, { sourceId, terms, languages }, deps) => {
    const markets = settings.markets ?? languages.flatMap((language) => MARKET_OF[language] ?? [])
    const urls = (markets.length === 0 ? ['fr-fr', 'en-gb'] : markets).flatMap((mkt) =>
      queriesFor(terms, STYLE).map((q) =>
        urlWith('https://www.bing.com/news/search', { q, format: 'rss', mkt, qft: 'sortbydate="1"' }),
      ),
    )
    return joinedSource(
      sourceId,
      urls.map((url) => changedSource(rssSource({ id: url, url }, deps), unwrapped)),
    )
  },
})

/** An entry under the address that a redirector's link holds. */
export function unwrapped(entry: Entry): Entry {
  const url = entry.url === null ? null : unwrapUrl(entry.url)
  return url === null ? entry : { ...entry, url, id: canonicalUrl(url) }
}
