import { z } from 'zod'
import { type ConnectorDeps, connector } from './connector.ts'
import { fileSource, readInside } from './file.ts'
import { joinedSource } from './joined.ts'
import { readOpml } from './opml.ts'
import { rssSource } from './rss.ts'
import type { Source } from './source.ts'

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

/** `- opml: feeds/press.opml`. All the feeds of a list as one source; the list is read again at every visit. */
export const feedList = connector({
  kind: 'opml',
  schema: path,
  build: (path, { sourceId }, deps) => listSource(sourceId, path, deps),
})

function listSource(id: string, path: string, deps: ConnectorDeps): Source {
  return {
    id,
    poll: async (cursor, signal) => {
      const bytes = await readInside({ path, folder: deps.folder, allow: deps.allowFiles })
      const feeds = readOpml(bytes).map(({ url }) => rssSource({ id: url, url }, deps))
      return joinedSource(id, feeds).poll(cursor, signal)
    },
  }
}
