import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { joinedSource } from './joined.ts'
import { jsonSource } from './json-source.ts'
import { engagementOf, isoTime, newEntry, starsOf } from './new-entry.ts'

/**
 * `- app-store: { app: 1234567890, countries: [fr, be, gb] }`. Reviews of an app in Apple's store: no key, 50 a page,
 * ten pages, country by country. The first entry may describe the app itself: it has no rating. A single review comes
 * alone instead of in a list.
 */
const country = z.string().regex(/^[a-z]{2}$/, 'a country in two letters, such as fr')
const schema = strict({
  app: z.coerce.string().regex(/^\d{4,12}$/, 'the number of the app, as in its address after "id"'),
  countries: z.array(country).min(1).max(12).default(['fr', 'be']),
})

const label = z.object({ label: z.string() })
const page = z.object({
  feed: z.object({ entry: z.union([z.array(z.unknown()), z.object({}).loose()]).optional() }),
})
const review = z.object({
  id: label,
  title: label,
  content: label,
  updated: label,
  author: z.object({ name: label, uri: label.optional() }),
  'im:rating': label.optional(),
  'im:voteCount': label.optional(),
  link: z.object({ attributes: z.object({ href: z.string() }) }).optional(),
})

export const appStore = connector({
  kind: 'app-store',
  schema,
  build: ({ app, countries }, { sourceId }, deps) => {
    const reviews = (country: string) =>
      jsonSource(
        {
          id: country,
          title: 'App Store',
          link: `https://apps.apple.com/${country}/app/id${app}`,
          first: () => reviewsUrl(app, country, 1),
          next: (page, url) => (itemsOf(page).length < 50 ? null : nextPage(app, country, url)),
          page,
          items: itemsOf,
          item: review,
          entry: (it) => {
            const stars = starsOf(Number(it['im:rating']?.label))
            if (stars === null) return null
            return newEntry({
              id: it.id.label,
              url:
                it.link?.attributes.href ?? `https://apps.apple.com/${country}/app/id${app}?see-all=reviews`,
              title: it.title.label,
              text: it.content.label,
              author: it.author.name.label,
              publishedAt: isoTime(it.updated.label),
              engagement: engagementOf({ likes: Number(it['im:voteCount']?.label) }),
              stars,
            })
          },
        },
        deps,
      )
    return joinedSource(sourceId, countries.map(reviews))
  },
})

function itemsOf({ feed }: z.output<typeof page>): readonly unknown[] {
  if (feed.entry === undefined) return []
  return Array.isArray(feed.entry) ? feed.entry : [feed.entry]
}

function reviewsUrl(app: string, country: string, page: number): string {
  return `https://itunes.apple.com/${country}/rss/customerreviews/page=${page}/id=${app}/sortby=mostrecent/json`
}

function nextPage(app: string, country: string, url: string): string | null {
  const page = Number(/\/page=(\d+)\//.exec(url)?.[1])
  return page >= 10 ? null : reviewsUrl(app, country, page + 1)
}
