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
 * `- lemmy: { instance: lemmy.world }`. Posts and comments that the instance knows, its own and its neighbours': no
 * key, limits of the instance. No operators, so each alternative by itself. Version 1.0 of Lemmy changes this API.
 */
const schema = strict({ instance: site })
const STYLE = { or: null, not: null, longest: 200, most: 4 }

const creator = z.object({ name: z.string(), actor_id: z.string().nullish() })
const page = z.object({ posts: z.array(z.unknown()), comments: z.array(z.unknown()) })
const item = z.object({
  comment: z.object({ ap_id: z.string(), content: z.string(), published: z.string() }).optional(),
  post: z.object({
    ap_id: z.string(),
    name: z.string(),
    body: z.string().nullish(),
    url: z.string().nullish(),
    published: z.string().nullish(),
  }),
  creator,
  counts: z.object({
    upvotes: z.number().nullish(),
    comments: z.number().nullish(),
    child_count: z.number().nullish(),
  }),
})

export const lemmy = connector({
  kind: 'lemmy',
  schema,
  isSearch: true,
  build: ({ instance }, { sourceId, terms }, deps) => {
    const search = (q: string) =>
      jsonSource(
        {
          id: q,
          title: new URL(instance).host,
          link: instance,
          first: () => urlWith(`${instance}/api/v3/search`, { q, type_: 'All', sort: 'New', limit: 50 }),
          page,
          items: ({ posts, comments }) => [...posts, ...comments],
          item,
          entry: ({ comment, post, creator, counts }) =>
            newEntry({
              id: comment?.ap_id ?? post.ap_id,
              url: comment?.ap_id ?? post.ap_id,
              title: post.name,
              // Markdown, which people read as it is; only the HTML in it goes.
              text: plainText(comment?.content ?? post.body ?? ''),
              author: creator.name,
              publishedAt: isoTime(comment?.published ?? post.published),
              engagement: engagementOf({
                likes: counts.upvotes,
                comments: counts.comments ?? counts.child_count,
              }),
            }),
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
