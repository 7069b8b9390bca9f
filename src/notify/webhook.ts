import { createHash, createHmac } from 'node:crypto'
import { minuteMs } from '../domain/duration.ts'
import { VigieError } from '../domain/errors.ts'
import type { Message } from '../domain/message.ts'
import { headerText } from './mime.ts'
import type { Notifier } from './notifier.ts'
import type { WebhookKind } from './webhook-body.ts'

export interface WebhookSettings {
  readonly kind: WebhookKind
  /** Holds a secret in all services but the generic one: never logged, never in an error. */
  readonly url: string
  /** Signs what is sent; null: not signed. */
  readonly secret: string | null
}

export interface WebhookDeps {
  /** As the platform's, and called so that it follows no redirection. */
  readonly fetch: (
    url: string,
    request: {
      readonly method: 'POST'
      readonly headers: Record<string, string>
      readonly body: Buffer<ArrayBuffer>
      readonly redirect: 'manual'
      readonly signal: AbortSignal
    },
  ) => Promise<Pick<Response, 'status' | 'headers' | 'body'>>
  now(): Date
}

const timeLimitMs = 15_000
const maxAnswerBytes = 4096

/** What a message's `recipient` says: the same as long as the address is, and no secret. */
export function webhookName({ kind, url }: Pick<WebhookSettings, 'kind' | 'url'>): string {
  return `${kind}-${createHash('sha256').update(url).digest('hex').slice(0, 10)}`
}

/** Posts stored bytes, unchanged, to the webhook that a message names. */
export function webhookNotifier(hooks: readonly WebhookSettings[], deps: WebhookDeps): Notifier {
  const byName = new Map(hooks.map((hook) => [webhookName(hook), hook]))
  return {
    async send(message, signal) {
      const hook = byName.get(message.recipient)
      if (!hook) throw new VigieError('no-webhook', 'this webhook is no longer in vigie.yaml')
      return post(hook, message, signal, deps)
    },
    close: async () => {},
  }
}

/** Mails by one, webhooks by the other. */
export function withWebhooks(mail: Notifier, webhooks: Notifier): Notifier {
  return {
    send: (message, signal) => (message.kind === 'webhook' ? webhooks : mail).send(message, signal),
    close: async () => {
      await mail.close()
      await webhooks.close()
    },
  }
}

/**
 * `sha256=` and the hexadecimal HMAC-SHA256 of the timestamp, a dot and the body. The timestamp is the one of the
 * attempt, so that the receiver can refuse old requests played again; the bytes are those of every attempt.
 */
export function webhookSignature(secret: string, timestamp: string, body: Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`
}

async function post(
  hook: WebhookSettings,
  message: Message,
  signal: AbortSignal,
  deps: WebhookDeps,
): Promise<string> {
  const headers = headersFor(hook, message, deps.now())
  const limit = AbortSignal.timeout(timeLimitMs)
  let response: Awaited<ReturnType<WebhookDeps['fetch']>>
  try {
    response = await deps.fetch(addressOf(hook), {
      method: 'POST',
      headers,
      body: Buffer.from(message.bytes),
      redirect: 'manual',
      signal: AbortSignal.any([signal, limit]),
    })
  } catch (error) {
    if (signal.aborted) throw new VigieError('stopped', 'stopped while sending', { cause: error })
    const what = limit.aborted ? 'took too long' : 'could not be reached'
    throw new VigieError('HTTP', `the webhook ${what}`, { cause: error })
  }
  const answer = headerText(`${response.status} ${await beginningOf(response.body)}`)
  if (response.status >= 200 && response.status < 300) return answer
  const retryAt = retryAfter(response.headers.get('retry-after'), deps.now())
  throw new VigieError(`HTTP-${response.status}`, answer, retryAt ? { retryAt } : {})
}

function headersFor(hook: WebhookSettings, message: Message, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Vigie',
    // The same at every try: what lets a receiver act once.
    'X-Vigie-Message': message.messageId,
    'X-Vigie-Timestamp': timestamp,
    ...(hook.secret === null
      ? {}
      : { 'X-Vigie-Signature': webhookSignature(hook.secret, timestamp, message.bytes) }),
  }
}

/** ntfy takes JSON at its root; the topic of the configured address is in the body. */
function addressOf({ kind, url }: WebhookSettings): string {
  return kind === 'ntfy' ? new URL('/', url).href : url
}

async function beginningOf(body: Response['body']): Promise<string> {
  if (body === null) return ''
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= maxAnswerBytes) break
    }
  } catch {
    // The status has come, and it decides.
  }
  return Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString('utf8')
}

/** RFC 9110 §10.2.3: seconds or a date. */
function retryAfter(value: string | null, now: Date): Date | null {
  if (value === null) return null
  const at = /^\d{1,9}(?:\.\d{1,9})?$/.test(value) ? now.getTime() + Number(value) * 1000 : Date.parse(value)
  return Number.isNaN(at) ? null : new Date(Math.min(at, now.getTime() + 24 * 60 * minuteMs))
}
