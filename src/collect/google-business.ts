import { z } from 'zod'
import { line, secretText, strict } from '../config/schemas.ts'
import { connector } from './connector.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { isoTime, newEntry } from './new-entry.ts'
import { tokenSession } from './token-session.ts'

/**
 * `- google-business: { account: "123", location: "456", client: …, secret: …, refresh-token: … }`. The reviews of one's
 * own shop on Google Maps. Google opens the API after a form (its quota is 0 until then), and wants an OAuth client and
 * a refresh token of the shop's owner. 50 a page, 300 requests a minute.
 */
const number = z.coerce.string().regex(/^\d{1,30}$/, 'digits only')
const schema = strict({
  account: number,
  location: number,
  client: line,
  secret: secretText,
  'refresh-token': secretText,
})

const STARS: Readonly<Record<string, number>> = { ONE: 1, TWO: 2, THREE: 3, FOUR: 4, FIVE: 5 }

const page = z.object({ reviews: z.array(z.unknown()).default([]), nextPageToken: z.string().nullish() })
const review = z.object({
  name: z.string(),
  reviewer: z.object({ displayName: z.string().nullish() }).nullish(),
  starRating: z.string(),
  comment: z.string().nullish(),
  createTime: z.string(),
  updateTime: z.string().nullish(),
})

export const googleBusiness = connector({
  kind: 'google-business',
  schema,
  secrets: ['secret', 'refresh-token'],
  build: (settings, { sourceId }, deps) => {
    const session = tokenSession(
      () => ({
        url: 'https://oauth2.googleapis.com/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          client_id: settings.client,
          client_secret: settings.secret.reveal(),
          refresh_token: settings['refresh-token'].reveal(),
          grant_type: 'refresh_token',
        }).toString(),
      }),
      deps,
    )
    const shop = `accounts/${settings.account}/locations/${settings.location}`
    return jsonSource(
      {
        id: sourceId,
        title: 'Google',
        link: 'https://business.google.com/reviews',
        first: () =>
          urlWith(`https://mybusiness.googleapis.com/v4/${shop}/reviews`, {
            pageSize: 50,
            orderBy: 'updateTime desc',
          }),
        next: (page, url) => (page.nextPageToken ? urlWith(url, { pageToken: page.nextPageToken }) : null),
        headers: async (signal) => ({ authorization: `Bearer ${await session(signal)}` }),
        page,
        items: ({ reviews }) => reviews,
        item: review,
        entry: (it) =>
          newEntry({
            id: it.name,
            url: 'https://business.google.com/reviews',
            text: withoutTranslation(it.comment ?? ''),
            author: it.reviewer?.displayName ?? null,
            publishedAt: isoTime(it.updateTime ?? it.createTime),
            stars: STARS[it.starRating] ?? null,
          }),
      },
      deps,
    )
  },
})

/** Google adds its own translation; the customer's words stand after "(Original)", or before "(Translated by Google)". */
function withoutTranslation(comment: string): string {
  const original = comment.indexOf('(Original)')
  if (original !== -1) return comment.slice(original + '(Original)'.length).trim()
  return comment.split('(Translated by Google)')[0]?.trim() ?? ''
}
