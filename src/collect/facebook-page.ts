import { z } from 'zod'
import { secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { GRAPH, metaList } from './meta.ts'
import { engagementOf, isoTime, newEntry } from './new-entry.ts'

/**
 * `- facebook-page: { page: "1234567890", token: ${FACEBOOK_TOKEN} }`. What people write under the posts of one's own
 * page, and posts that tag it. A page token with pages_read_engagement and pages_read_user_content, which Meta reviews;
 * in development mode 200 calls an hour. The comments of the 25 latest posts are read. Meta may hide names.
 */
const schema = strict({
  page: z.coerce.string().regex(/^\d{5,25}$/, 'the number of the page'),
  token: secretText,
})

const COMMENT = 'id,message,created_time,from,like_count,comment_count,permalink_url'
const comment = z.object({
  id: z.string(),
  message: z.string().nullish(),
  created_time: z.string(),
  from: z.object({ name: z.string().nullish() }).nullish(),
  like_count: z.number().nullish(),
  comment_count: z.number().nullish(),
  permalink_url: z.string().nullish(),
})
const post = z.object({ comments: z.object({ data: z.array(z.unknown()) }).optional() })

export const facebookPage = connector({
  kind: 'facebook-page',
  schema,
  secrets: ['token'],
  build: ({ page, token }, { sourceId }, deps) => {
    const list = metaList(token)
    const common = {
      title: 'Facebook',
      link: `https://www.facebook.com/${page}`,
      item: comment,
      entry: entryOf,
    }
    const underPosts = jsonSource(
      {
        ...list,
        ...common,
        id: 'comments',
        first: () =>
          urlWith(`${GRAPH}/${page}/feed`, {
            fields: `comments.order(reverse_chronological).limit(50){${COMMENT}}`,
            limit: 25,
          }),
        // The pages of this list are older posts, whose comments seldom are new.
        next: () => null,
        items: ({ data }) => data.flatMap((one) => post.safeParse(one).data?.comments?.data ?? []),
      },
      deps,
    )
    const tagged = jsonSource(
      {
        ...list,
        ...common,
        id: 'tagged',
        first: () =>
          urlWith(`${GRAPH}/${page}/tagged`, {
            fields: 'id,message,created_time,from,permalink_url',
            limit: 50,
          }),
      },
      deps,
    )
    return joinedSource(sourceId, [underPosts, tagged])
  },
})

/** A sticker or a photo alone says nothing that can be judged. */
function entryOf(it: z.output<typeof comment>) {
  if (!it.message) return null
  return newEntry({
    id: it.id,
    url: it.permalink_url ?? `https://www.facebook.com/${it.id}`,
    text: it.message,
    author: it.from?.name ?? null,
    publishedAt: isoTime(it.created_time),
    engagement: engagementOf({ likes: it.like_count, comments: it.comment_count }),
  })
}
