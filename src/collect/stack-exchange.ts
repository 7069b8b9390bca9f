import { z } from 'zod'
import { line, secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { decodeEntities } from './entities.ts'
import { failure } from './failures.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, newEntry, unixTime } from './new-entry.ts'
import { plainText } from './plain-text.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- stack-exchange: { site: superuser }`, with `key: ${STACK_KEY}` if there is one. Questions of one site of the
 * network: 300 requests a day without a key, 10,000 with; `backoff` must be obeyed; titles are HTML-escaped.
 */
const schema = strict({ site: line.default('stackoverflow'), key: secretText.optional() })
const STYLE = { or: null, not: null, longest: 200, most: 3 }

const page = z.object({
  items: z.array(z.unknown()).default([]),
  has_more: z.boolean().catch(false),
  backoff: z.number().optional(),
  quota_remaining: z.number().optional(),
  error_message: z.string().optional(),
})
const question = z.object({
  question_id: z.number(),
  title: z.string(),
  body: z.string().nullish(),
  link: z.string(),
  owner: z.object({ display_name: z.string().optional() }).optional(),
  creation_date: z.number(),
  score: z.number().nullish(),
  view_count: z.number().nullish(),
  answer_count: z.number().nullish(),
})

export const stackExchange = connector({
  kind: 'stack-exchange',
  schema,
  secrets: ['key'],
  isSearch: true,
  build: ({ site, key }, { sourceId, terms }, deps) => {
    const search = (q: string) =>
      jsonSource(
        {
          id: q,
          title: site,
          link: null,
          first: (since) =>
            urlWith('https://api.stackexchange.com/2.3/search/advanced', {
              ...{ q, site, sort: 'creation', order: 'desc', filter: 'withbody', pagesize: 100 },
              fromdate: since === null ? null : Math.floor(since.getTime() / 1000) - 3600,
              key: key?.reveal() ?? null,
            }),
          page,
          items: ({ items }) => items,
          item: question,
          entry: (it) =>
            newEntry({
              id: String(it.question_id),
              url: it.link,
              title: decodeEntities(it.title),
              text: plainText(it.body ?? ''),
              author: it.owner?.display_name ? decodeEntities(it.owner.display_name) : null,
              publishedAt: unixTime(it.creation_date),
              engagement: engagementOf({ likes: it.score, views: it.view_count, comments: it.answer_count }),
            }),
          refuse: (page) => {
            if (typeof page === 'object' && page.error_message)
              throw failure('service-error', page.error_message)
          },
          notBefore: (page) =>
            page.backoff === undefined ? null : new Date(deps.now().getTime() + page.backoff * 1000),
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
