import { z } from 'zod'
import { secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { metaList } from './meta.ts'
import { isoTime, newEntry } from './new-entry.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- threads: { token: ${THREADS_TOKEN} }`. Keyword search: 2,200 queries a day for each user; until Meta approves the
 * application it only searches one's own posts. No operators: each alternative by itself.
 */
const schema = strict({ token: secretText })
const STYLE = { or: null, not: null, longest: 100, most: 4 }

const post = z.object({
  id: z.string(),
  text: z.string().nullish(),
  permalink: z.string(),
  timestamp: z.string(),
  username: z.string().nullish(),
})

export const threads = connector({
  kind: 'threads',
  schema,
  secrets: ['token'],
  isSearch: true,
  build: ({ token }, { sourceId, terms }, deps) => {
    const search = (q: string) =>
      jsonSource(
        {
          ...metaList(token),
          id: q,
          title: 'Threads',
          link: 'https://www.threads.net/',
          first: (since) =>
            urlWith('https://graph.threads.net/v1.0/keyword_search', {
              ...{ q, search_type: 'RECENT', fields: 'id,text,permalink,timestamp,username', limit: 50 },
              since: since === null ? null : Math.floor(since.getTime() / 1000) - 3600,
            }),
          item: post,
          entry: (it) =>
            newEntry({
              id: it.id,
              url: it.permalink,
              text: it.text ?? '',
              author: it.username ? `@${it.username}` : null,
              publishedAt: isoTime(it.timestamp),
            }),
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
