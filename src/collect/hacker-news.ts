import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, isoTime, newEntry } from './new-entry.ts'
import { plainText } from './plain-text.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- hacker-news`. Stories and comments through Algolia: no key, some 10,000 requests an hour, 1,000 results a query.
 * Quotes and `-` only with `advancedSyntax`, no OR: each alternative is asked for by itself.
 */
const STYLE = { or: null, not: '-', longest: 300, most: 8 }
const SEARCH = 'https://hn.algolia.com/api/v1/search_by_date'

const page = z.object({ hits: z.array(z.unknown()), page: z.number(), nbPages: z.number() })
const hit = z.object({
  objectID: z.string(),
  created_at: z.string(),
  author: z.string().nullish(),
  title: z.string().nullish(),
  url: z.string().nullish(),
  story_title: z.string().nullish(),
  story_text: z.string().nullish(),
  comment_text: z.string().nullish(),
  points: z.number().nullish(),
  num_comments: z.number().nullish(),
})

export const hackerNews = connector({
  kind: 'hacker-news',
  schema: strict({}),
  isSearch: true,
  build: (_settings, { sourceId, terms }, deps) => {
    const search = (query: string) =>
      jsonSource(
        {
          id: query,
          title: 'Hacker News',
          link: 'https://news.ycombinator.com/',
          first: (since) =>
            urlWith(SEARCH, {
              query,
              tags: '(story,comment)',
              hitsPerPage: 100,
              advancedSyntax: 'true',
              typoTolerance: 'false',
              numericFilters:
                since === null ? null : `created_at_i>${Math.floor(since.getTime() / 1000) - 3600}`,
            }),
          next: (page, url) => (page.page + 1 < page.nbPages ? urlWith(url, { page: page.page + 1 }) : null),
          page,
          items: (page) => page.hits,
          item: hit,
          entry: (it) =>
            newEntry({
              id: it.objectID,
              url: `https://news.ycombinator.com/item?id=${it.objectID}`,
              title: it.title ?? it.story_title ?? null,
              text: plainText(it.comment_text ?? it.story_text ?? ''),
              author: it.author ?? null,
              publishedAt: isoTime(it.created_at),
              engagement: engagementOf({ likes: it.points, comments: it.num_comments }),
            }),
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
