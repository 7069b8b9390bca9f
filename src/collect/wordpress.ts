import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { urlWith } from './json-source.ts'
import { rssSource } from './rss.ts'
import { queriesFor } from './search-terms.ts'
import { site } from './site.ts'

/**
 * `- wordpress: { site: https://blog.example, read: [posts, comments] }`. The feeds every WordPress has, also where the
 * REST API is closed. Posts are searched for; comments come all, ten at a time, and are checked here: for one's own
 * blog they are what matters.
 */
const schema = strict({
  site,
  read: z
    .array(z.enum(['posts', 'comments']))
    .min(1)
    .default(['posts', 'comments']),
})

/** WordPress searches for all words and knows neither OR nor quotes for certain: each alternative by itself. */
const STYLE = { or: null, not: null, longest: 200, most: 4 }

export const wordpress = connector({
  kind: 'wordpress',
  schema,
  build: ({ site, read }, { sourceId, terms }, deps) => {
    const searches = queriesFor(terms, STYLE).map((s) => urlWith(`${site}/`, { s, feed: 'rss2' }))
    const urls = [
      ...(read.includes('posts') ? searches : []),
      ...(read.includes('comments') ? [`${site}/comments/feed/`] : []),
    ]
    return joinedSource(
      sourceId,
      urls.map((url) => rssSource({ id: url, url }, deps)),
    )
  },
})
