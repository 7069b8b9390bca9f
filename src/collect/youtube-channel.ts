import { z } from 'zod'
import { connector } from './connector.ts'
import { urlWith } from './json-source.ts'
import { rssSource } from './rss.ts'

/** `- youtube-channel: UCxxxxxxxxxxxxxxxxxxxxxx`. The fifteen latest videos of a channel, with views; no comments. */
const schema = z
  .string()
  .trim()
  .transform((written) => /(?:^|\/channel\/)(UC[\w-]{22})(?:$|[/?])/.exec(written)?.[1] ?? written)
  .pipe(
    z.string().regex(/^UC[\w-]{22}$/, 'the channel’s number: UC and 22 signs, in the address of the channel'),
  )

export const youtubeChannel = connector({
  kind: 'youtube-channel',
  schema,
  build: (channel, { sourceId }, deps) =>
    rssSource(
      { id: sourceId, url: urlWith('https://www.youtube.com/feeds/videos.xml', { channel_id: channel }) },
      deps,
    ),
})
