import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, languageOf, newEntry, unixTime } from './new-entry.ts'
import { plainText } from './plain-text.ts'
import { queriesFor } from './search-terms.ts'

/** `- dailymotion`. Videos that speak of us in title or description: no key, 100 a page, no operators. */
const STYLE = { or: null, not: null, longest: 150, most: 4 }
const FIELDS = 'id,title,description,url,created_time,owner.screenname,views_total,likes_total,language'

const page = z.object({
  list: z.array(z.unknown()),
  has_more: z.boolean().catch(false),
  page: z.number().catch(1),
})
const video = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  url: z.string(),
  created_time: z.number(),
  'owner.screenname': z.string().nullish(),
  views_total: z.number().nullish(),
  likes_total: z.number().nullish(),
  language: z.string().nullish(),
})

export const dailymotion = connector({
  kind: 'dailymotion',
  schema: strict({}),
  isSearch: true,
  build: (_settings, { sourceId, terms }, deps) => {
    const search = (query: string) =>
      jsonSource(
        {
          id: query,
          title: 'Dailymotion',
          link: 'https://www.dailymotion.com/',
          first: (since) =>
            urlWith('https://api.dailymotion.com/videos', {
              ...{ search: query, sort: 'recent', fields: FIELDS, limit: 100 },
              created_after: since === null ? null : Math.floor(since.getTime() / 1000) - 3600,
            }),
          next: (page, url) => (page.has_more ? urlWith(url, { page: page.page + 1 }) : null),
          page,
          items: ({ list }) => list,
          item: video,
          entry: (it) =>
            newEntry({
              id: it.id,
              url: it.url,
              title: it.title,
              text: plainText(it.description ?? ''),
              author: it['owner.screenname'] ?? null,
              publishedAt: unixTime(it.created_time),
              language: languageOf(it.language),
              engagement: engagementOf({ views: it.views_total, likes: it.likes_total }),
            }),
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
