import { z } from 'zod'
import { secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, isoTime, languageOf, newEntry } from './new-entry.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- x: { token: ${X_TOKEN} }`. Recent search of X: seven days back, 512 signs a query, paid by the post read (about half
 * a cent in 2026), so `since` is kept close and reposts are left out. What is deleted there must go here.
 */
const schema = strict({ token: secretText })
const STYLE = { or: ' OR ', not: '-', longest: 430, most: 2 }
const LONGEST_AGE_MS = 6.9 * 86_400_000

const page = z.object({
  data: z.array(z.unknown()).default([]),
  includes: z.object({ users: z.array(z.unknown()).default([]) }).optional(),
  meta: z.object({ next_token: z.string().optional() }).optional(),
})
const tweet = z.object({
  id: z.string(),
  text: z.string(),
  author_id: z.string(),
  created_at: z.string(),
  lang: z.string().nullish(),
  public_metrics: z
    .object({
      retweet_count: z.number().nullish(),
      reply_count: z.number().nullish(),
      like_count: z.number().nullish(),
      impression_count: z.number().nullish(),
    })
    .nullish(),
})
const user = z.object({
  id: z.string(),
  username: z.string(),
  public_metrics: z.object({ followers_count: z.number().nullish() }).nullish(),
})

export const x = connector({
  kind: 'x',
  schema,
  secrets: ['token'],
  isSearch: true,
  build: ({ token }, { sourceId, terms, languages }, deps) => {
    const spoken = languages.map((language) => `lang:${language}`)
    const only = spoken.length === 0 ? '' : ` (${spoken.join(' OR ')} OR lang:und)`
    const search = (query: string) =>
      jsonSource(
        {
          id: query,
          title: 'X',
          link: 'https://x.com/',
          first: (since) =>
            urlWith('https://api.x.com/2/tweets/search/recent', {
              query: `${query}${only.length < 65 ? only : ''} -is:retweet`,
              start_time: startTime(since, deps.now()),
              max_results: 100,
              'tweet.fields': 'created_at,lang,public_metrics',
              expansions: 'author_id',
              'user.fields': 'public_metrics',
            }),
          next: (page, url) =>
            page.meta?.next_token ? urlWith(url, { next_token: page.meta.next_token }) : null,
          headers: async () => ({ authorization: `Bearer ${token.reveal()}` }),
          page,
          items: ({ data }) => data,
          item: tweet,
          entry: (it, page) => {
            const author = page.includes?.users
              .map((one) => user.safeParse(one).data)
              .find((one) => one?.id === it.author_id)
            const counts = it.public_metrics
            return newEntry({
              id: it.id,
              url: `https://x.com/${author?.username ?? 'i'}/status/${it.id}`,
              text: it.text,
              author: author ? `@${author.username}` : null,
              publishedAt: isoTime(it.created_at),
              language: it.lang === 'und' ? null : languageOf(it.lang),
              engagement: engagementOf({
                likes: counts?.like_count,
                shares: counts?.retweet_count,
                comments: counts?.reply_count,
                views: counts?.impression_count,
                followers: author?.public_metrics?.followers_count,
              }),
            })
          },
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})

/** A few minutes of overlap; and never older than the seven days that the service takes. */
function startTime(since: Date | null, now: Date): string | null {
  if (since === null) return null
  const start = Math.max(since.getTime() - 300_000, now.getTime() - LONGEST_AGE_MS)
  return new Date(start).toISOString()
}
