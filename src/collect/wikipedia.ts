import { z } from 'zod'
import { line, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { isoTime, newEntry } from './new-entry.ts'

/**
 * `- wikipedia: { language: fr, pages: [Brasserie Lumen] }`. Changes of pages about us: no key, an honest User-Agent
 * with a contact. It says who changed how much and why, not the new words; one month back.
 */
const schema = strict({
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'a language such as fr')
    .default('fr'),
  pages: z.array(line).min(1).max(20),
})

const page = z.object({ query: z.object({ recentchanges: z.array(z.unknown()) }) })
const change = z.object({
  type: z.string(),
  title: z.string(),
  revid: z.number(),
  old_revid: z.number(),
  user: z.string().optional(),
  timestamp: z.string(),
  comment: z.string().optional(),
  oldlen: z.number().optional(),
  newlen: z.number().optional(),
})

export const wikipedia = connector({
  kind: 'wikipedia',
  schema,
  build: ({ language, pages }, { sourceId }, deps) => {
    const host = `https://${language}.wikipedia.org`
    const changes = (title: string) =>
      jsonSource(
        {
          id: title,
          title: 'Wikipedia',
          link: host,
          first: () =>
            urlWith(`${host}/w/api.php`, {
              ...{ action: 'query', list: 'recentchanges', format: 'json', rclimit: 50, rctype: 'edit|new' },
              rcprop: 'title|ids|sizes|user|comment|timestamp',
              rctitle: title,
            }),
          page,
          items: ({ query }) => query.recentchanges,
          item: change,
          entry: (it) =>
            newEntry({
              id: String(it.revid),
              url: urlWith(`${host}/w/index.php`, { title: it.title, diff: it.revid, oldid: it.old_revid }),
              title: it.title,
              text: `${it.comment ?? ''} (${signed((it.newlen ?? 0) - (it.oldlen ?? 0))})`.trim(),
              author: it.user ?? null,
              publishedAt: isoTime(it.timestamp),
              language,
            }),
        },
        deps,
      )
    return joinedSource(sourceId, pages.map(changes))
  },
})

function signed(count: number): string {
  return count >= 0 ? `+${count}` : String(count)
}
