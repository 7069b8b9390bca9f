import { z } from 'zod'
import { line, secretText, strict } from '../config/schemas.ts'
import { VigieError } from '../domain/errors.ts'
import { connector } from './connector.ts'
import { failure } from './failures.ts'
import { joinedSource } from './joined.ts'
import { jsonSource, urlWith } from './json-source.ts'
import { engagementOf, isoTime, newEntry } from './new-entry.ts'
import type { Source } from './source.ts'

/**
 * `- youtube-comments: { key: ${YOUTUBE_KEY}, channel: UC… }` or `videos: [abc, def]`. Comments under the videos of a
 * channel, or under given ones: a unit of 10,000 a day for each page of 100. Looking for videos costs a separate
 * allowance of 100 a day and is left to `youtube-channel`.
 */
const schema = strict({
  key: secretText,
  channel: line.regex(/^UC[\w-]{22}$/, 'UC and 22 signs').optional(),
  videos: z
    .array(line.regex(/^[\w-]{6,20}$/, 'what stands after v= in the address'))
    .max(20)
    .default([]),
}).refine(({ channel, videos }) => channel !== undefined || videos.length > 0, 'name a channel or videos')

const page = z.object({ nextPageToken: z.string().nullish(), items: z.array(z.unknown()) })
const thread = z.object({
  id: z.string(),
  snippet: z.object({
    videoId: z.string().nullish(),
    totalReplyCount: z.number().nullish(),
    topLevelComment: z.object({
      snippet: z.object({
        textOriginal: z.string().nullish(),
        textDisplay: z.string(),
        authorDisplayName: z.string().nullish(),
        likeCount: z.number().nullish(),
        publishedAt: z.string(),
      }),
    }),
  }),
})

export const youtubeComments = connector({
  kind: 'youtube-comments',
  schema,
  secrets: ['key'],
  build: ({ key, channel, videos }, { sourceId }, deps) => {
    const places = [
      ...(channel === undefined ? [] : [{ allThreadsRelatedToChannelId: channel }]),
      ...videos.map((videoId) => ({ videoId })),
    ]
    const comments = (place: Readonly<Record<string, string>>) =>
      jsonSource(
        {
          id: Object.values(place).join(),
          title: 'YouTube',
          link: 'https://www.youtube.com/',
          first: () =>
            urlWith('https://www.googleapis.com/youtube/v3/commentThreads', {
              ...{ part: 'snippet', order: 'time', maxResults: 100, textFormat: 'plainText' },
              ...place,
            }),
          next: (page, url) => (page.nextPageToken ? urlWith(url, { pageToken: page.nextPageToken }) : null),
          // In a header, not in the address: addresses end up in logs.
          headers: async () => ({ 'x-goog-api-key': key.reveal() }),
          page,
          items: ({ items }) => items,
          item: thread,
          entry: ({ id, snippet }) => {
            const comment = snippet.topLevelComment.snippet
            return newEntry({
              id,
              url: `https://www.youtube.com/watch?v=${snippet.videoId ?? ''}&lc=${id}`,
              text: comment.textOriginal ?? comment.textDisplay,
              author: comment.authorDisplayName ?? null,
              publishedAt: isoTime(comment.publishedAt),
              engagement: engagementOf({ likes: comment.likeCount, comments: snippet.totalReplyCount }),
            })
          },
        },
        deps,
      )
    return joinedSource(
      sourceId,
      places.map((place) => quotaAware(comments(place), deps.now)),
    )
  },
})

/** Google says 403 for "no" and for "no more today". The day ends at midnight in California. */
function quotaAware(source: Source, now: () => Date): Source {
  return {
    id: source.id,
    poll: async (cursor, signal) => {
      try {
        return await source.poll(cursor, signal)
      } catch (error) {
        if (
          !(error instanceof VigieError) ||
          !/quotaExceeded|dailyLimitExceeded/.test(JSON.stringify(error.cause))
        )
          throw error
        const retryAt = new Date(now().getTime() + 12 * 3_600_000)
        throw failure('quota-exhausted', 'the allowance of the key is used up for today', {
          cause: error,
          retryAt,
        })
      }
    },
  }
}
