import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import { VigieError } from '../domain/errors.ts'
import { type ConnectorDeps, connector } from './connector.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, isoTime, languageOf, newEntry } from './new-entry.ts'
import { plainText } from './plain-text.ts'
import { rssSource } from './rss.ts'
import { site } from './site.ts'
import type { Source } from './source.ts'

/**
 * `- mastodon: { instance: mastodon.social, tag: lumenbeer }`. The public timeline of a tag: 40 posts a page, 300
 * requests in five minutes. Some servers show it to their members only; their RSS of the tag often stays open, with
 * neither counts nor language. Full text search needs an account, so a tag it is.
 */
const schema = strict({
  instance: site,
  tag: z
    .string()
    .trim()
    .transform((tag) => tag.replace(/^#/, ''))
    .pipe(z.string().regex(/^[\p{L}\p{N}_]{1,100}$/u, 'a tag is letters, digits and _, without space')),
})

export const mastodon = connector({
  kind: 'mastodon',
  schema,
  isSearch: true,
  build: ({ instance, tag }, { sourceId }, deps) =>
    withFallback(
      timeline(sourceId, instance, tag, deps),
      rssSource({ id: sourceId, url: `${instance}/tags/${encodeURIComponent(tag)}.rss` }, deps),
    ),
})

const status = z.object({
  id: z.string(),
  uri: z.string(),
  url: z.string().nullish(),
  created_at: z.string(),
  language: z.string().nullish(),
  content: z.string(),
  spoiler_text: z.string().nullish(),
  replies_count: z.number().nullish(),
  reblogs_count: z.number().nullish(),
  favourites_count: z.number().nullish(),
  account: z.object({ acct: z.string(), followers_count: z.number().nullish() }),
})

function timeline(id: string, instance: string, tag: string, deps: ConnectorDeps): Source {
  const base = `${instance}/api/v1/timelines/tag/${encodeURIComponent(tag)}`
  return jsonSource(
    {
      id,
      title: `#${tag}`,
      link: `${instance}/tags/${encodeURIComponent(tag)}`,
      first: () => urlWith(base, { limit: 40 }),
      next: (page) => {
        const last = status.safeParse(page.at(-1))
        return last.success ? urlWith(base, { limit: 40, max_id: last.data.id }) : null
      },
      page: z.array(z.unknown()),
      items: (page) => page,
      item: status,
      entry: (post) =>
        newEntry({
          id: post.uri,
          url: post.url ?? post.uri,
          title: post.spoiler_text || null,
          text: plainText(post.content),
          author: `@${post.account.acct}`,
          publishedAt: isoTime(post.created_at),
          language: languageOf(post.language),
          engagement: engagementOf({
            likes: post.favourites_count,
            shares: post.reblogs_count,
            comments: post.replies_count,
            followers: post.account.followers_count,
          }),
        }),
    },
    deps,
  )
}

/** Asks `second` when `first` is refused. The cursor belongs to whoever gave it; a stranger's is ignored. */
function withFallback(first: Source, second: Source): Source {
  return {
    id: first.id,
    poll: async (cursor, signal) => {
      try {
        return await first.poll(cursor, signal)
      } catch (error) {
        const isRefused = error instanceof VigieError && /^(unauthorized|forbidden|http-4)/.test(error.code)
        if (!isRefused) throw error
        return second.poll(cursor, signal)
      }
    },
  }
}
