import { z } from 'zod'
import { line, secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, isoTime, languageOf, newEntry } from './new-entry.ts'
import { queriesFor } from './search-terms.ts'
import { site } from './site.ts'
import { tokenSession } from './token-session.ts'

/**
 * `- bluesky: { handle: lumen.bsky.social, app-password: ${BLUESKY_PASSWORD} }`. Search through the user's own account
 * and an app password (Settings, App passwords); strangers get 403. 100 a page. No OR: each alternative by itself.
 */
const schema = strict({
  handle: line,
  'app-password': secretText,
  service: site.prefault('https://bsky.social'),
})
const STYLE = { or: null, not: '-', longest: 250, most: 6 }

const page = z.object({ cursor: z.string().nullish(), posts: z.array(z.unknown()) })
const post = z.object({
  uri: z.string(),
  author: z.object({ handle: z.string(), displayName: z.string().nullish() }),
  record: z.object({ createdAt: z.string(), langs: z.array(z.string()).nullish(), text: z.string() }),
  replyCount: z.number().nullish(),
  repostCount: z.number().nullish(),
  likeCount: z.number().nullish(),
  indexedAt: z.string().nullish(),
})

export const bluesky = connector({
  kind: 'bluesky',
  schema,
  secrets: ['app-password'],
  isSearch: true,
  build: (settings, { sourceId, terms }, deps) => {
    const { handle, service } = settings
    const session = tokenSession(
      () => ({
        url: `${service}/xrpc/com.atproto.server.createSession`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier: handle, password: settings['app-password'].reveal() }),
      }),
      deps,
    )
    const search = (q: string) =>
      jsonSource(
        {
          id: q,
          title: 'Bluesky',
          link: 'https://bsky.app/',
          first: (since) =>
            urlWith(`${service}/xrpc/app.bsky.feed.searchPosts`, {
              ...{ q, sort: 'latest', limit: 100 },
              since: since === null ? null : new Date(since.getTime() - 3_600_000).toISOString(),
            }),
          next: (page, url) => (page.cursor ? urlWith(url, { cursor: page.cursor }) : null),
          headers: async (signal) => ({ authorization: `Bearer ${await session(signal)}` }),
          page,
          items: ({ posts }) => posts,
          item: post,
          entry: (it) =>
            newEntry({
              id: it.uri,
              url: `https://bsky.app/profile/${it.author.handle}/post/${it.uri.split('/').at(-1)}`,
              text: it.record.text,
              author: it.author.displayName || `@${it.author.handle}`,
              // `createdAt` is the author's clock and can say anything; `indexedAt` is the network's.
              publishedAt: isoTime(it.indexedAt ?? it.record.createdAt),
              language: languageOf(it.record.langs?.[0]),
              engagement: engagementOf({
                likes: it.likeCount,
                shares: it.repostCount,
                comments: it.replyCount,
              }),
            }),
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
