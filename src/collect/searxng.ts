import { z } from 'zod'
import { line, strict } from '../config/schemas.ts'
import { canonicalUrl } from './canonical-url.ts'
import { connector } from './connector.ts'
import { failure } from './failures.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { isoTime, newEntry } from './new-entry.ts'
import { queriesFor } from './search-terms.ts'
import { site } from './site.ts'

/**
 * `- searxng: { instance: http://search.intranet.example:8888 }`. One's own SearXNG, which asks many search engines:
 * its settings must list `json` under `formats`, or it answers 403; on a private address it must be in `fetch: allow`.
 * When no engine answers it, that is an error here: silence must be trusted.
 */
const schema = strict({ instance: site, categories: line.default('news'), language: line.optional() })
const STYLE = { or: ' OR ', not: '-', longest: 300, most: 3 }

const page = z.object({
  results: z.array(z.unknown()),
  unresponsive_engines: z.array(z.array(z.string())).catch([]),
})
const result = z.object({
  url: z.string(),
  title: z.string(),
  content: z.string().nullish(),
  engine: z.string().nullish(),
  publishedDate: z.string().nullish(),
})

export const searxng = connector({
  kind: 'searxng',
  schema,
  isSearch: true,
  build: ({ instance, categories, language }, { sourceId, terms }, deps) => {
    const search = (q: string) =>
      jsonSource(
        {
          id: q,
          title: 'SearXNG',
          link: instance,
          first: () =>
            urlWith(`${instance}/search`, {
              q,
              format: 'json',
              categories,
              language: language ?? null,
              time_range: 'week',
            }),
          page,
          items: ({ results }) => results,
          item: result,
          entry: (it) =>
            newEntry({
              id: canonicalUrl(it.url),
              url: it.url,
              title: it.title,
              text: it.content ?? '',
              publishedAt: isoTime(it.publishedDate),
            }),
          refuse: (page) => {
            if (typeof page === 'string' || page.results.length > 0 || page.unresponsive_engines.length === 0)
              return
            const engines = page.unresponsive_engines.map(([engine, why]) => `${engine}: ${why}`).join(', ')
            throw failure('service-error', `no engine answered (${engines.slice(0, 200)})`)
          },
        },
        deps,
      )
    return joinedSource(sourceId, queriesFor(terms, STYLE).map(search))
  },
})
