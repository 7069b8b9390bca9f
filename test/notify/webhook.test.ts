import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { VigieError } from '../../src/domain/errors.ts'
import type { Message } from '../../src/domain/message.ts'
import { nextAttempt } from '../../src/notify/retry.ts'
import type { AlertView, MentionView } from '../../src/notify/views.ts'
import {
  type WebhookSettings,
  webhookName,
  webhookNotifier,
  webhookSignature,
  withWebhooks,
} from '../../src/notify/webhook.ts'
import { renderWebhook, type WebhookKind } from '../../src/notify/webhook-body.ts'

const now = new Date('2026-11-22T09:00:00Z')
const never = new AbortController().signal
const kinds: readonly WebhookKind[] = ['slack', 'mattermost', 'teams', 'discord', 'ntfy', 'json']
const url = 'https://ntfy.example/vigie-topic'

const mention: MentionView = {
  title: null,
  text: 'Three weeks and my order still has not shipped.',
  author: 'beerfan',
  site: 'reviews.example',
  url: 'https://reviews.example/1?a=b|c',
  publishedAt: now,
  language: 'en',
  stars: null,
  judgement: null,
  matched: [],
  evidence: [],
}

function view(text = mention.text, over: Partial<AlertView> = {}): AlertView {
  return {
    reader: {
      id: 'hook',
      name: 'Hook',
      title: null,
      email: '',
      role: 'reader',
      language: 'en',
      timezone: 'Europe/Brussels',
      deputy: null,
      quiet: null,
      away: [],
      alerts: true,
      reports: [],
    },
    language: 'en',
    kind: 'opened',
    drill: false,
    ticket: {
      id: 12,
      title: text,
      watchName: 'Brasserie Lumen',
      severity: 'high',
      categoryTitle: 'Dissatisfied customer',
      alternatives: [],
      categoryConfidence: 0.9,
      approval: 'responder',
      ownerName: 'Anne Dubois',
      deputyName: null,
      openedAt: now,
      seenBy: new Date('2026-11-22T13:00:00Z'),
      answerBy: new Date('2026-11-23T09:00:00Z'),
      mentionCount: 3,
      authorCount: 2,
      page: 'https://vigie.lumen.example/tickets/12',
    },
    mentions: [{ ...mention, text, author: text.slice(0, 60) }],
    why: { category: [], match: [] },
    questions: [],
    advice: '',
    drafts: [],
    never: [],
    clocks: [],
    replyTo: null,
    ...over,
  } as AlertView
}

function rendered(kind: WebhookKind, text?: string, over?: Partial<AlertView>): string {
  return renderWebhook({ kind, url }, view(text, over), now).toString()
}

/** Every string inside a rendered body. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(strings)
}

describe('what a service is sent', () => {
  it.each(kinds)('%s: says what happened, where, by when, and leads to the ticket', (kind) => {
    const said = strings(JSON.parse(rendered(kind)))
      .join('\n')
      .replaceAll('\\', '')

    for (const part of [
      'Brasserie Lumen',
      'Three weeks and my order',
      'reviews.example',
      'Anne Dubois',
      'tickets/12',
    ])
      expect(said).toContain(part)
  })

  it.each(kinds)('%s: is the same bytes each time', (kind) => {
    expect(rendered(kind)).toBe(rendered(kind))
  })

  it.each(kinds.filter((kind) => kind !== 'json'))('%s: speaks French to the French', (kind) => {
    const said = strings(JSON.parse(rendered(kind, 'x', { language: 'fr' }))).join('\n')

    expect(said).toContain('Responsable')
    expect(said).toContain('Ouvrir le ticket')
  })

  it.each(kinds)('%s: says that a drill is one', (kind) => {
    expect(rendered(kind, 'x', { drill: true })).toMatch(/Drill|"drill":true/)
  })

  it.each(kinds)('%s: stays small whatever the text', (kind) => {
    const body = rendered(kind, '💥 long '.repeat(100_000))

    expect(body.length).toBeLessThan(40_000)
    expect(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(body)).toBe(false)
  })

  it('ntfy: names the topic of the address and the urgency', () => {
    expect(JSON.parse(rendered('ntfy'))).toMatchObject({
      topic: 'vigie-topic',
      priority: 4,
      click: 'https://vigie.lumen.example/tickets/12',
    })
  })

  it('json: holds what a program needs, in ISO 8601', () => {
    expect(JSON.parse(rendered('json'))).toMatchObject({
      version: 1,
      event: 'opened',
      drill: false,
      ticket: { id: 12, severity: 'high', seenBy: '2026-11-22T13:00:00.000Z' },
      mentions: [{ text: mention.text, site: 'reviews.example' }],
    })
  })

  it('leaves out a link that is no web address', () => {
    const evil = { mentions: [{ ...mention, url: 'javascript:alert(1)' }] }

    for (const kind of kinds.filter((each) => each !== 'json')) {
      expect(rendered(kind, 'x', evil)).not.toContain('javascript:')
    }
  })
})

const calls = [
  '@channel',
  '@here',
  '@everyone',
  '@all',
  '@anne',
  '＠channel',
  '<!here>',
  '<!channel|x>',
  '<@U123>',
  '<@&456>',
  '<#C1>',
  '<!subteam^S1>',
  '<at>Anne</at>',
]

describe('a text that calls everyone', () => {
  it.each(calls)('%s calls no one on Slack', (call) => {
    const body = JSON.parse(rendered('slack', `hey ${call} and ${call}`))

    const marked = slackMarkup(body).join('\n')
    expect(marked).not.toMatch(/<[!@#]|[@＠](?!\u200B)/)
    expect(strings(body).join('\n')).not.toMatch(/<[!@#]|[@＠](?!\u200B)/)
    expect(body).not.toHaveProperty('link_names')
  })

  it.each(calls)('%s calls no one on Mattermost', (call) => {
    const said = strings(JSON.parse(rendered('mattermost', `hey ${call}`))).join('\n')

    expect(said).not.toMatch(/[@＠](?!\u200B)/)
  })

  it.each(calls)('%s calls no one on Discord', (call) => {
    const body = JSON.parse(rendered('discord', `hey ${call}`))

    expect(body.allowed_mentions).toEqual({ parse: [] })
    expect(strings(body).join('\n')).not.toMatch(/(?<!\\)<[@#]|[@＠](?!\u200B)/)
  })

  it.each(calls)('%s calls no one on Teams, which calls by entities only', (call) => {
    const body = rendered('teams', `hey ${call}`)

    expect(body).not.toMatch(/entities|msteams|<at>|[@＠](?!\u200B)/)
    expect(body).not.toContain('"TextBlock"')
  })

  const linked = '![x](https://evil.example/p.png) [go](https://evil.example) <https://evil.example|go>'

  it.each(['mattermost', 'discord'] as const)('%s: makes no link and no picture of it', (kind) => {
    const said = strings(JSON.parse(rendered(kind, linked)))

    expect(said.join('\n')).not.toMatch(/(?<!\\)\]\(https:\/\/evil|(?<!\\)<https:\/\/evil/)
  })

  it('slack: makes no link of it', () => {
    expect(slackMarkup(JSON.parse(rendered('slack', linked))).join('\n')).not.toContain('<https://evil')
  })
})

/** The strings that Slack reads markup in. */
function slackMarkup(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const { type, text } = value as { type?: unknown; text?: unknown }
  const own = typeof text === 'string' && type !== 'plain_text' ? [text] : []
  return [...own, ...Object.values(value).flatMap(slackMarkup)]
}

// --- sending ------------------------------------------------------------------------------------------------------

const servers: { close(): void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function receiver(answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void) {
  const got: { headers: IncomingMessage['headers']; path: string; body: Buffer }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      got.push({ headers: request.headers, path: request.url ?? '', body })
      answer(request, response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push({ close: () => server.close(() => {}) })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { got, url: `http://127.0.0.1:${port}/hooks/secret-path` }
}

function messageFor(hook: WebhookSettings, bytes = Buffer.from('{"text":"é"}')): Message {
  return {
    id: 1,
    kind: 'webhook',
    ticket: 12,
    person: null,
    recipient: webhookName(hook),
    messageId: '<t12.1.0000000000000000@lumen.example>',
    subject: 'x',
    bytes,
    state: 'pending',
    createdAt: now,
    attempts: 0,
    nextAttemptAt: null,
    lastCode: null,
    lastReply: null,
    sentAt: null,
  }
}

const deps = { fetch, now: () => now }

async function failureOf(sending: Promise<unknown>): Promise<VigieError> {
  return sending.then(
    () => {
      throw new Error('was sent')
    },
    (error: unknown) => error as VigieError,
  )
}

describe('sending', () => {
  it('posts the stored bytes, signed with the time of the attempt', async () => {
    const there = await receiver((_request, response) => response.end('ok'))
    const hook: WebhookSettings = { kind: 'json', url: there.url, secret: 'shared secret' }
    const message = messageFor(hook)

    const reply = await webhookNotifier([hook], deps).send(message, never)

    expect(reply).toBe('200 ok')
    const [request] = there.got
    const timestamp = String(now.getTime() / 1000)
    const expected = createHmac('sha256', 'shared secret')
      .update(timestamp)
      .update('.')
      .update(message.bytes)
      .digest('hex')
    expect(request?.body).toEqual(message.bytes)
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-vigie-timestamp': timestamp,
      'x-vigie-signature': `sha256=${expected}`,
      'x-vigie-message': message.messageId,
    })
    expect(webhookSignature('shared secret', timestamp, message.bytes)).toBe(`sha256=${expected}`)
  })

  it('does not sign without a secret, and sends to ntfy at its root', async () => {
    const there = await receiver((_request, response) => response.end())
    const hook: WebhookSettings = { kind: 'ntfy', url: there.url, secret: null }

    await webhookNotifier([hook], deps).send(messageFor(hook), never)

    expect(there.got[0]?.path).toBe('/')
    expect(there.got[0]?.headers).not.toHaveProperty('x-vigie-signature')
  })

  it.each([
    [204, null, null],
    [400, 'HTTP-400', 'refused-message'],
    [404, 'HTTP-404', 60],
    [429, 'HTTP-429', 120],
    [500, 'HTTP-500', 60],
    [302, 'HTTP-302', 60],
  ])('%i gives %s, then %s', async (status, code, next) => {
    const there = await receiver((_request, response) => {
      response.writeHead(status, {
        'retry-after': status === 429 ? '120' : '0',
        location: 'http://127.0.0.1:1/',
      })
      response.end()
    })
    const hook: WebhookSettings = { kind: 'slack', url: there.url, secret: null }

    const sending = webhookNotifier([hook], deps).send(messageFor(hook), never)

    if (code === null) return void expect(await sending).toBe('204')
    const error = await failureOf(sending)
    const after = nextAttempt({ code: error.code, attempts: 1, createdAt: now, now, retryAt: error.retryAt })
    expect(error.code).toBe(code)
    expect('at' in after ? (after.at.getTime() - now.getTime()) / 1000 : after.giveUp).toBe(next)
    expect(there.got).toHaveLength(1)
  })

  it('does not show the address, which is a secret', async () => {
    const hook: WebhookSettings = { kind: 'slack', url: 'http://127.0.0.1:1/hooks/secret-path', secret: null }

    const error = await failureOf(webhookNotifier([hook], deps).send(messageFor(hook), never))

    expect(error.code).toBe('HTTP')
    expect(`${error.message}${webhookName(hook)}`).not.toContain('secret-path')
  })

  it('reads a little of an endless answer', async () => {
    const there = await receiver((_request, response) => {
      response.writeHead(200)
      const more = () => void (response.destroyed || response.write('x'.repeat(65_536), more))
      more()
    })
    const hook: WebhookSettings = { kind: 'slack', url: there.url, secret: null }

    expect((await webhookNotifier([hook], deps).send(messageFor(hook), never)).length).toBeLessThanOrEqual(
      200,
    )
  })

  it('stops when asked to', async () => {
    const there = await receiver(() => {})
    const hook: WebhookSettings = { kind: 'slack', url: there.url, secret: null }
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)

    expect((await failureOf(webhookNotifier([hook], deps).send(messageFor(hook), stop.signal))).code).toBe(
      'stopped',
    )
  })

  it('gives a message up whose webhook is gone from the configuration', async () => {
    const error = await failureOf(
      webhookNotifier([], deps).send(messageFor({ kind: 'slack', url, secret: null }), never),
    )

    expect(nextAttempt({ code: error.code, attempts: 1, createdAt: now, now })).toEqual({
      giveUp: 'refused-message',
    })
  })

  it('keeps mails and webhooks apart', async () => {
    const notifier = (name: string) => ({ send: async () => name, close: async () => {} })
    const both = withWebhooks(notifier('mail'), notifier('webhook'))
    const message = messageFor({ kind: 'slack', url, secret: null })

    expect(await both.send(message, never)).toBe('webhook')
    expect(await both.send({ ...message, kind: 'alert' }, never)).toBe('mail')
    await both.close()
  })
})
