import { z } from 'zod'
import { unwrapUrl } from './canonical-url.ts'
import { connector } from './connector.ts'
import { changedSource } from './joined.ts'
import { rssSource } from './rss.ts'

/**
 * `- google-alerts: https://www.google.com/alerts/feeds/<user>/<alert>`. An alert made in the person's own Google
 * account with "Deliver to: RSS feed"; it has its own query, and Vigie checks what it gives against the watch.
 */
const schema = z.url({
  protocol: /^https$/,
  hostname: /^www\.google\.[a-z.]{2,6}$/,
  error: 'the address of an alert delivered to RSS: https://www.google.com/alerts/feeds/…',
})

export const googleAlerts = connector({
  kind: 'google-alerts',
  schema,
  isSearch: true,
  build: (url, { sourceId }, deps) =>
    changedSource(rssSource({ id: sourceId, url }, deps), (entry) => ({
      ...entry,
      url: (entry.url === null ? null : unwrapUrl(entry.url)) ?? entry.url,
    })),
})
