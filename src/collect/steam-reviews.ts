import { z } from 'zod'
import { strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { failure } from './failures.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, newEntry, unixTime } from './new-entry.ts'

/**
 * `- steam-reviews: { app: 220 }`. Reviews of a game or program on Steam: no key, 100 a page; the last page repeats its
 * own cursor. Thumbs up or down, no stars.
 */
const schema = strict({
  app: z.coerce.string().regex(/^\d{1,10}$/, 'the number in the address of the store page'),
})

const LANGUAGES: Readonly<Record<string, string>> = {
  ...{ french: 'fr', english: 'en', german: 'de', dutch: 'nl', spanish: 'es', latam: 'es', italian: 'it' },
  ...{ portuguese: 'pt', brazilian: 'pt', polish: 'pl', russian: 'ru', japanese: 'ja', schinese: 'zh' },
}

const page = z.object({
  success: z.number(),
  cursor: z.string().nullish(),
  reviews: z.array(z.unknown()).default([]),
})
const review = z.object({
  recommendationid: z.string(),
  author: z.object({ steamid: z.string() }),
  language: z.string(),
  review: z.string(),
  timestamp_created: z.number(),
  voted_up: z.boolean(),
  votes_up: z.number().nullish(),
  comment_count: z.number().nullish(),
})

export const steamReviews = connector({
  kind: 'steam-reviews',
  schema,
  build: ({ app }, { sourceId }, deps) => {
    const base = `https://store.steampowered.com/appreviews/${app}`
    const params = { json: 1, filter: 'recent', language: 'all', purchase_type: 'all', num_per_page: 100 }
    return jsonSource(
      {
        id: sourceId,
        title: 'Steam',
        link: `https://store.steampowered.com/app/${app}`,
        first: () => urlWith(base, { ...params, cursor: '*' }),
        next: (page, url) => {
          const cursor = page.cursor ? decodeURIComponent(page.cursor) : null
          if (cursor === null || page.reviews.length === 0) return null
          return new URL(url).searchParams.get('cursor') === cursor
            ? null
            : urlWith(base, { ...params, cursor })
        },
        page,
        items: ({ reviews }) => reviews,
        item: review,
        entry: (it) =>
          newEntry({
            id: it.recommendationid,
            url: `https://steamcommunity.com/profiles/${it.author.steamid}/recommended/${app}`,
            title: it.voted_up ? '👍' : '👎',
            text: it.review,
            publishedAt: unixTime(it.timestamp_created),
            language: LANGUAGES[it.language] ?? null,
            engagement: engagementOf({ likes: it.votes_up, comments: it.comment_count }),
          }),
        refuse: (page) => {
          if (typeof page === 'object' && page.success !== 1)
            throw failure('service-error', 'Steam knows no such app')
        },
      },
      deps,
    )
  },
})
