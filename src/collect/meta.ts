import { z } from 'zod'
import type { JsonService } from './json-source.ts'

/** The version of Meta's Graph API that these connectors were written for; Meta keeps one about two years. */
export const GRAPH = 'https://graph.facebook.com/v26.0'

const page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
})
type Page = z.output<typeof page>

/** What all of Meta's lists have in common: the envelope, the pages, the token in a header. */
export function metaList(token: { reveal(): string }) {
  return {
    page,
    items: ({ data }: Page) => data,
    next: ({ paging }: Page, url: string) => {
      const after = paging?.next === undefined ? undefined : paging.cursors?.after
      if (after === undefined) return null
      const next = new URL(url)
      next.searchParams.set('after', after)
      return next.href
    },
    headers: async () => ({ authorization: `Bearer ${token.reveal()}` }),
  } satisfies Partial<JsonService<Page, never>>
}
