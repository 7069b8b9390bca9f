import { z } from 'zod'
import { failure } from './failures.ts'
import type { JsonDeps } from './json-source.ts'

/** How a service gives a token for our keys. */
export interface TokenRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

// OAuth says access_token, Bluesky accessJwt.
const answerSchema = z.object({
  access_token: z.string().optional(),
  accessJwt: z.string().optional(),
  expires_in: z.number().optional(),
})

const SHORTEST_LIFE_MS = 10 * 60_000
const MARGIN_MS = 60_000

/** A token, asked for when there is none and again before it ends. Kept in memory only. */
export function tokenSession(
  request: () => TokenRequest,
  deps: JsonDeps,
): (signal: AbortSignal) => Promise<string> {
  let token: { value: string; until: number } | null = null

  return async (signal) => {
    const now = deps.now().getTime()
    if (token !== null && now < token.until) return token.value
    const answer = await deps.fetcher.fetch({ ...request(), method: 'POST', signal, accept: 'json' })
    const read = answerSchema.safeParse(parse(answer.body))
    const value = read.data?.access_token ?? read.data?.accessJwt
    // Some services refuse a key with status 200.
    if (!read.success || value === undefined)
      throw failure('unauthorized', `${new URL(answer.url).host} gives no token`)
    const life =
      read.data.expires_in === undefined ? SHORTEST_LIFE_MS : read.data.expires_in * 1000 - MARGIN_MS
    token = { value, until: now + life }
    return value
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}
