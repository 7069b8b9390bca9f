import { z } from 'zod'
import { secretText, strict } from '../config/schemas.ts'
import { canonicalUrl } from './canonical-url.ts'
import { connector } from './connector.ts'
import { failure } from './failures.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { isoTime, newEntry } from './new-entry.ts'
import { plainText } from './plain-text.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- news-api: { key: ${NEWSAPI_KEY} }`. Articles of many papers through newsapi.org: texts cut at 200 signs. The free
 * key is for trying out: 100 requests a day and news a day old.
 */
const schema = strict({ key: secretText })
const STYLE = { or: ' OR ', not: '-', longest: 480, most: 1 }

const page = z.object({
  status: z.string(),
  message: z.string().optional(),
  code: z.string().optional(),
  articles: z.array(z.unknown()).default([]),
})
const article = z.object({
  source: z.object({ name: z.string().nullish() }).nullish(),
  author: z.string().nullish(),
  title: z.string(),
  description: z.string().nullish(),
  url: z.string(),
  publishedAt: z.string(),
  content: z.string().nullish(),
})

export const newsApi = connector({
  kind: 'news-api',
  schema,
  secrets: ['key'],
  isSearch: true,
  build: ({ key }, { sourceId, terms }, deps) => {
    const search = (q: string) =>
      jsonSource(
        {
          id: q,
          title: 'NewsAPI',
          link: 'https://newsapi.org/',
          first: () =>
            urlWith('https://newsapi.org/v2/everything', { q, sortBy: 'publishedAt', pageSize: 100 }),
          headers: async () => ({ 'x-api-key': key.reveal() }),
          page,
          items: ({ articles }) => articles,
          item: article,
          entry: (it) => {
            const description = plainText(it.description ?? '')
            const content = plainText(it.content ?? '').replace(/\s?\[\+\d{1,9} chars\]$/, '')
            return newEntry({
              id: canonicalUrl(it.url),
              url: it.url,
              title: it.title,
              text: content.length > description.length ? content : description,
              author: it.author ?? it.source?.name ?? null,
              publishedAt: isoTime(it.publishedAt),
            })
          },
          refuse: (page) => {
            if (typeof page === 'string' || page.status === 'ok') return
            throw failure(
              page.code === 'rateLimited' ? 'rate-limited' : 'service-error',
              page.message ?? 'an error without words',
            )
          },
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
