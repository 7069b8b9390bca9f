import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { failure } from './failures.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { isoTime, newEntry } from './new-entry.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- gdelt` or `- gdelt: { countries: [BE, FR] }`. News of the whole world, titles only: no key, one request in five
 * seconds, 250 results, and often 429 whatever one does. Errors come as text with status 200.
 */
const schema = strict({
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'a country such as BE'))
    .max(5)
    .optional(),
})
const STYLE = { or: ' OR ', not: '-', longest: 240, most: 2 }

const LANGUAGES: Readonly<Record<string, string>> = {
  ...{
    french: 'fr',
    english: 'en',
    dutch: 'nl',
    german: 'de',
    spanish: 'es',
    italian: 'it',
    portuguese: 'pt',
  },
}

const page = z.object({ articles: z.array(z.unknown()).default([]) })
const article = z.object({
  url: z.string(),
  title: z.string(),
  seendate: z.string(),
  domain: z.string().nullish(),
  language: z.string().nullish(),
})

export const gdelt = connector({
  kind: 'gdelt',
  schema,
  isSearch: true,
  build: ({ countries }, { sourceId, terms }, deps) => {
    const places = countries?.map((country) => `sourcecountry:${country}`) ?? []
    const where =
      places.length > 1 ? ` (${places.join(' OR ')})` : places.map((place) => ` ${place}`).join('')
    const search = (query: string) =>
      jsonSource(
        {
          id: query,
          title: 'GDELT',
          link: 'https://www.gdeltproject.org/',
          first: () =>
            urlWith('https://api.gdeltproject.org/api/v2/doc/doc', {
              query: `${query}${where}`,
              ...{ mode: 'artlist', format: 'json', maxrecords: 250, timespan: '48h', sort: 'datedesc' },
            }),
          page,
          items: ({ articles }) => articles,
          item: article,
          entry: (it) =>
            newEntry({
              id: it.url,
              url: it.url,
              title: it.title,
              text: '',
              author: it.domain ?? null,
              publishedAt: isoTime(it.seendate),
              language: LANGUAGES[it.language?.toLowerCase() ?? ''] ?? null,
            }),
          refuse: (page) => {
            if (typeof page !== 'string') return
            throw failure(/limit/i.test(page) ? 'rate-limited' : 'service-error', page.trim().slice(0, 200))
          },
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
