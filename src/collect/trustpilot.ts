import { z } from 'zod'
import { line, secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, isoTime, languageOf, newEntry, starsOf } from './new-entry.ts'

/**
 * `- trustpilot: { business: 46d6a890000064000500e0c3, key: ${TRUSTPILOT_KEY} }`. Reviews of one business: the key comes
 * with a paid plan; 833 calls in five minutes. Each review has one to five stars.
 */
const schema = strict({
  business: line.regex(/^[0-9a-f]{24}$/, 'the 24 signs of the business unit'),
  key: secretText,
})

const page = z.object({ reviews: z.array(z.unknown()) })
const review = z.object({
  id: z.string(),
  consumer: z.object({ displayName: z.string().nullish() }).nullish(),
  stars: z.number(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  language: z.string().nullish(),
  createdAt: z.string(),
  numberOfLikes: z.number().nullish(),
})

export const trustpilot = connector({
  kind: 'trustpilot',
  schema,
  secrets: ['key'],
  build: ({ business, key }, { sourceId }, deps) =>
    jsonSource(
      {
        id: sourceId,
        title: 'Trustpilot',
        link: 'https://www.trustpilot.com/',
        first: () =>
          urlWith(`https://api.trustpilot.com/v1/business-units/${business}/reviews`, {
            ...{ orderBy: 'createdat.desc', perPage: 100, page: 1 },
          }),
        next: (page, url) => {
          const number = Number(new URL(url).searchParams.get('page'))
          return page.reviews.length < 100 ? null : urlWith(url, { page: number + 1 })
        },
        headers: async () => ({ apikey: key.reveal() }),
        page,
        items: ({ reviews }) => reviews,
        item: review,
        entry: (it) =>
          newEntry({
            id: it.id,
            url: `https://www.trustpilot.com/reviews/${it.id}`,
            title: it.title ?? null,
            text: it.text ?? '',
            author: it.consumer?.displayName ?? null,
            publishedAt: isoTime(it.createdAt),
            language: languageOf(it.language),
            engagement: engagementOf({ likes: it.numberOfLikes }),
            stars: starsOf(it.stars),
          }),
      },
      deps,
    ),
})
