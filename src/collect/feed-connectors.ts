import { z } from 'zod'
import { connector } from './connector.ts'
import { failure } from './failures.ts'
import { fileSource } from './file.ts'
import { rssSource } from './rss.ts'

/** `- rss: https://news.example.org/feed.xml`, or the address of a page that announces a feed. */
export const feed = connector({
  kind: 'rss',
  schema: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
  build: (url, { sourceId }, deps) => rssSource({ id: sourceId, url }, deps),
})

const path = z.string().trim().min(1, 'the path of a file').max(1000)

/** `- file: feeds/samples/reviews.xml`. */
export const feedFile = connector({
  kind: 'file',
  schema: path,
  build: (path, { sourceId }, deps) =>
    fileSource({ id: sourceId, path, folder: deps.folder, allow: deps.allowFiles }, deps),
})

/** `- opml: feeds/press.opml`. The configuration reads it: each feed of the list becomes an `rss` source of its own. */
export const feedList = connector({
  kind: 'opml',
  schema: path,
  build: (path) => {
    throw failure('not-a-feed', `${path} is a list of feeds: its feeds are read, not the list`)
  },
})
