import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, isoTime, newEntry } from './new-entry.ts'
import { plainText } from './plain-text.ts'
import { queriesFor } from './search-terms.ts'
import { site } from './site.ts'

/**
 * `- discourse: { site: forum.example }`. The search of a Discourse forum: no key, more than two letters, about 60
 * requests a minute for strangers. It gives an excerpt of each post, not the whole.
 */
const schema = strict({ site })
const STYLE = { or: null, not: null, longest: 200, most: 4 }

const page = z.object({
  posts: z.array(z.unknown()).default([]),
  topics: z.array(z.object({ id: z.number(), title: z.string(), slug: z.string().nullish() })).catch([]),
})
const post = z.object({
  id: z.number(),
  username: z.string(),
  created_at: z.string(),
  like_count: z.number().nullish(),
  blurb: z.string(),
  post_number: z.number(),
  topic_id: z.number(),
})

export const discourse = connector({
  kind: 'discourse',
  schema,
  isSearch: true,
  build: ({ site }, { sourceId, terms }, deps) => {
    const search = (query: string) =>
      jsonSource(
        {
          id: query,
          title: new URL(site).host,
          link: site,
          first: (since) => {
            const after = since === null ? '' : ` after:${dayBefore(since)}`
            return urlWith(`${site}/search.json`, { q: `${query} order:latest${after}` })
          },
          page,
          items: ({ posts }) => posts,
          item: post,
          entry: (it, { topics }) => {
            const topic = topics.find(({ id }) => id === it.topic_id)
            return newEntry({
              id: String(it.id),
              url: `${site}/t/${topic?.slug ?? '-'}/${it.topic_id}/${it.post_number}`,
              title: topic?.title ?? null,
              text: plainText(it.blurb),
              author: it.username,
              publishedAt: isoTime(it.created_at),
              engagement: engagementOf({ likes: it.like_count }),
            })
          },
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})

/** A day of margin: the forum counts in its own zone. */
function dayBefore(time: Date): string {
  return new Date(time.getTime() - 86_400_000).toISOString().slice(0, 10)
}
