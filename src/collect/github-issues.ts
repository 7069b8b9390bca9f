import { z } from 'zod'
import { line, secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, isoTime, newEntry } from './new-entry.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- github-issues` or `- github-issues: { in: our-org/product, token: ${GITHUB_TOKEN} }`. Issues and pull requests that
 * speak of us: 10 searches a minute without a token, 30 with, 1,000 results, 256 signs a query.
 */
const schema = strict({
  in: line.regex(/^[\w.-]+(\/[\w.-]+)?$/, 'an owner, or owner/repository').optional(),
  token: secretText.optional(),
})
const STYLE = { or: ' OR ', not: 'NOT ', longest: 180, most: 3 }

const page = z.object({ total_count: z.number(), items: z.array(z.unknown()) })
const issue = z.object({
  id: z.number(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
  comments: z.number().nullish(),
  created_at: z.string(),
  reactions: z.object({ total_count: z.number().nullish() }).nullish(),
})

export const githubIssues = connector({
  kind: 'github-issues',
  schema,
  secrets: ['token'],
  isSearch: true,
  build: (settings, { sourceId, terms }, deps) => {
    const scope =
      settings.in === undefined ? '' : ` ${settings.in.includes('/') ? 'repo' : 'user'}:${settings.in}`
    const search = (query: string) =>
      jsonSource(
        {
          id: query,
          title: 'GitHub',
          link: 'https://github.com/',
          first: (since) => {
            const created = since === null ? '' : ` created:>=${since.toISOString().slice(0, 10)}`
            const q = `${query}${scope}${created}`
            return urlWith('https://api.github.com/search/issues', {
              q,
              sort: 'created',
              order: 'desc',
              per_page: 100,
            })
          },
          headers: async () => ({
            accept: 'application/vnd.github+json',
            ...(settings.token ? { authorization: `Bearer ${settings.token.reveal()}` } : {}),
          }),
          page,
          items: ({ items }) => items,
          item: issue,
          entry: (it) =>
            newEntry({
              id: String(it.id),
              url: it.html_url,
              title: it.title,
              text: it.body ?? '',
              author: it.user?.login ?? null,
              publishedAt: isoTime(it.created_at),
              engagement: engagementOf({ comments: it.comments, likes: it.reactions?.total_count }),
            }),
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
