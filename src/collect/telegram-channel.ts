import { z } from 'zod'
import { type ConnectorDeps, connector } from './connector.ts'
import { decodeEntities } from './entities.ts'
import { failure } from './failures.ts'
import { engagementOf, isoTime, newEntry } from './new-entry.ts'
import { plainText } from './plain-text.ts'
import type { PollResult, Source } from './source.ts'

/**
 * `- telegram-channel: exemple_infos`. The web page of a public channel: no key, the 16 to 20 latest messages, and a
 * page made for people, so that it may change any day: then it fails instead of seeming silent.
 */
const schema = z
  .string()
  .trim()
  .transform((written) => written.replace(/^(?:https:\/\/t\.me\/(?:s\/)?|@)/, ''))
  .pipe(z.string().regex(/^\w{4,32}$/, 'the name of a public channel, as after t.me/'))

export const telegramChannel = connector({
  kind: 'telegram-channel',
  schema,
  build: (channel, { sourceId }, deps) => telegramSource(sourceId, channel, deps),
})

function telegramSource(id: string, channel: string, deps: ConnectorDeps): Source {
  const link = `https://t.me/s/${channel}`
  async function poll(_cursor: unknown, signal: AbortSignal): Promise<PollResult> {
    const answer = await deps.fetcher.fetch({ url: link, signal, accept: 'page' })
    const html = Buffer.from(answer.body).toString('utf8')
    const messages = html.split('data-post="').slice(1)
    if (messages.length === 0 && !html.includes('tgme_channel_history')) {
      throw failure('unexpected-answer', `${link} shows no messages: no such public channel, or a new page`)
    }
    const entries = messages.map((message) => readMessage(message, channel)).filter((entry) => entry !== null)
    const skipped = messages.length - entries.length
    return { status: 'fetched', entries, cursor: null, title: `@${channel}`, link, skipped, notBefore: null }
  }
  return { id, poll }
}

/** Photos without words are left out. */
function readMessage(html: string, channel: string) {
  const post = /^([\w/]{3,60})"/.exec(html)?.[1]
  const text = between(html, 'tgme_widget_message_text', 'tgme_widget_message_footer')
  if (post === undefined || text === null) return null
  const time = /<time[^<>]{0,200}datetime="([^"<>]{10,40})"/.exec(html)?.[1]
  const views = /tgme_widget_message_views">([\d.]{1,8})([KM]?)</.exec(html)
  const author = /tgme_widget_message_owner_name"[^<>]{0,300}>(?:<span[^<>]{0,100}>)?([^<>]{1,200})</.exec(
    html,
  )?.[1]
  return newEntry({
    id: post,
    url: `https://t.me/${post}`,
    text,
    author: author === undefined ? `@${channel}` : decodeEntities(author),
    publishedAt: isoTime(time),
    engagement: engagementOf({
      views: views ? Math.round(Number(views[1]) * (SCALE[views[2] ?? ''] ?? 1)) : null,
    }),
  })
}

const SCALE: Readonly<Record<string, number>> = { K: 1000, M: 1_000_000 }

function between(html: string, start: string, end: string): string | null {
  const from = html.indexOf(start)
  const open = from === -1 ? -1 : html.indexOf('>', from)
  if (open === -1) return null
  const close = html.indexOf(`<div class="${end}`, open)
  return plainText(html.slice(open + 1, close === -1 ? undefined : close))
}
