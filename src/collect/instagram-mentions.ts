import { z } from 'zod'
import { secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { GRAPH, metaList } from './meta.ts'
import { engagementOf, isoTime, newEntry } from './new-entry.ts'

/**
 * `- instagram-mentions: { account: "17841400000000000", token: ${INSTAGRAM_TOKEN} }`. Posts that tag one's professional
 * account, and comments under its own 25 latest posts. A token with instagram_basic, instagram_manage_comments and
 * pages_read_engagement, which Meta reviews. No stories; a mention in a comment elsewhere only comes by webhook.
 */
const schema = strict({
  account: z.coerce.string().regex(/^\d{5,25}$/, 'the number of the account'),
  token: secretText,
})

const media = z.object({
  id: z.string(),
  caption: z.string().nullish(),
  permalink: z.string(),
  timestamp: z.string(),
  username: z.string().nullish(),
  like_count: z.number().nullish(),
  comments_count: z.number().nullish(),
})
const ownPost = z.object({
  permalink: z.string(),
  comments: z.object({ data: z.array(z.unknown()) }).optional(),
})
const comment = z.object({
  id: z.string(),
  text: z.string(),
  timestamp: z.string(),
  username: z.string().nullish(),
  like_count: z.number().nullish(),
  permalink: z.string(),
})

export const instagramMentions = connector({
  kind: 'instagram-mentions',
  schema,
  secrets: ['token'],
  build: ({ account, token }, { sourceId }, deps) => {
    const list = metaList(token)
    const common = { ...list, title: 'Instagram', link: 'https://www.instagram.com/' }
    const tagged = jsonSource(
      {
        ...common,
        id: 'tags',
        first: () =>
          urlWith(`${GRAPH}/${account}/tags`, {
            fields: 'id,caption,permalink,timestamp,username,like_count,comments_count',
            limit: 50,
          }),
        item: media,
        entry: (it) =>
          newEntry({
            id: it.id,
            url: it.permalink,
            text: it.caption ?? '',
            author: it.username ? `@${it.username}` : null,
            publishedAt: isoTime(it.timestamp),
            engagement: engagementOf({ likes: it.like_count, comments: it.comments_count }),
          }),
      },
      deps,
    )
    const comments = jsonSource(
      {
        ...common,
        id: 'comments',
        first: () =>
          urlWith(`${GRAPH}/${account}/media`, {
            fields: 'permalink,comments.limit(50){id,text,timestamp,username,like_count}',
            limit: 25,
          }),
        next: () => null,
        items: ({ data }) => data.flatMap(commentsUnder),
        item: comment,
        entry: (it) =>
          newEntry({
            id: it.id,
            url: it.permalink,
            text: it.text,
            author: it.username ? `@${it.username}` : null,
            publishedAt: isoTime(it.timestamp),
            engagement: engagementOf({ likes: it.like_count }),
          }),
      },
      deps,
    )
    return joinedSource(sourceId, [tagged, comments])
  },
})

/** Comments have no address of their own: they get their post's. */
function commentsUnder(post: unknown): readonly unknown[] {
  const read = ownPost.safeParse(post)
  if (!read.success) return []
  return (read.data.comments?.data ?? []).map((one) =>
    Object.assign({}, one, { permalink: read.data.permalink }),
  )
}
