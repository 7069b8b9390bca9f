import { z } from 'zod'
import { line, secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, newEntry, unixTime } from './new-entry.ts'
import { queriesFor } from './search-terms.ts'
import { tokenSession } from './token-session.ts'

/**
 * `- reddit: { client: ${REDDIT_ID}, secret: ${REDDIT_SECRET} }`, with `subreddit: belgium` to stay in one. Posts found by
 * Reddit's search, through an application of the user's own (reddit.com/prefs/apps, "script"): 100 requests a minute.
 * Without one Reddit answers nobody any more. Commercial use needs Reddit's consent. What is deleted there must go here.
 */
const schema = strict({
  client: secretText,
  secret: secretText,
  subreddit: line.regex(/^\w{2,30}$/, 'a name as after /r/').optional(),
})
const STYLE = { or: ' OR ', not: 'NOT ', longest: 480, most: 3 }

const page = z.object({ data: z.object({ after: z.string().nullish(), children: z.array(z.unknown()) }) })
const post = z.object({
  data: z.object({
    name: z.string(),
    title: z.string(),
    selftext: z.string().nullish(),
    author: z.string().nullish(),
    permalink: z.string(),
    created_utc: z.number(),
    ups: z.number().nullish(),
    num_comments: z.number().nullish(),
  }),
})

export const reddit = connector({
  kind: 'reddit',
  schema,
  secrets: ['client', 'secret'],
  isSearch: true,
  build: ({ client, secret, subreddit }, { sourceId, terms }, deps) => {
    const session = tokenSession(
      () => ({
        url: 'https://www.reddit.com/api/v1/access_token',
        headers: {
          authorization: `Basic ${btoa(`${client.reveal()}:${secret.reveal()}`)}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      }),
      deps,
    )
    const base = `https://oauth.reddit.com${subreddit === undefined ? '' : `/r/${subreddit}`}/search`
    const search = (q: string) =>
      jsonSource(
        {
          id: q,
          title: 'Reddit',
          link: 'https://www.reddit.com/',
          first: () =>
            urlWith(base, {
              ...{ q, sort: 'new', t: 'week', limit: 100, type: 'link', raw_json: 1 },
              restrict_sr: subreddit === undefined ? null : 1,
            }),
          next: (page, url) => (page.data.after ? urlWith(url, { after: page.data.after }) : null),
          headers: async (signal) => ({ authorization: `Bearer ${await session(signal)}` }),
          page,
          items: ({ data }) => data.children,
          item: post,
          entry: ({ data }) =>
            newEntry({
              id: data.name,
              url: `https://www.reddit.com${data.permalink}`,
              title: data.title,
              text: data.selftext ?? '',
              author: data.author ?? null,
              publishedAt: unixTime(data.created_utc),
              engagement: engagementOf({ likes: data.ups, comments: data.num_comments }),
            }),
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
