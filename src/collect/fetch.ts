import dns from 'node:dns'
import type { LookupFunction } from 'node:net'
import net from 'node:net'
import zlib from 'node:zlib'
import type { Agent, Dispatcher } from 'undici'
import { VigieError } from '../domain/errors.ts'
import { isAllowedHost, isPublicAddress, refusalOf } from './address.ts'
import { parseDate } from './dates.ts'
import { failure } from './failures.ts'
import type { FetchAnswer, Fetcher, FetchRequest } from './fetcher.ts'

export interface FetchSettings {
  /** Hosts, or `host:port`, that may be private or on an odd port. */
  readonly allow: readonly string[]
  /** A page or a mail address where a site's owner can reach who runs this Vigie. */
  readonly contact: string | null
  readonly limits?: Partial<FetchLimits>
}

export interface FetchLimits {
  readonly connectMs: number
  readonly headersMs: number
  readonly totalMs: number
  /** After decompression. */
  readonly maxBytes: number
  readonly maxRedirects: number
}

export interface FetchDeps {
  readonly now: () => Date
  /** Resolves names; Node's own when left out. */
  readonly lookup?: LookupFunction
}

const LIMITS: FetchLimits = {
  connectMs: 10_000,
  headersMs: 15_000,
  totalMs: 20_000,
  maxBytes: 10 * 1024 * 1024,
  maxRedirects: 5,
}

const ACCEPT = {
  feed:
    'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, ' +
    'application/json;q=0.8, text/html;q=0.5, */*;q=0.1',
  json: 'application/json',
  page: 'text/html, application/xhtml+xml, */*;q=0.1',
}

/**
 * The only way out to the web. Asks honestly who we are and what we want, reads no more and waits no longer than its
 * limits, and connects to nothing but public addresses: the URL, every resolved address and the socket are looked at.
 */
export function fetcher(settings: FetchSettings, deps: FetchDeps): Fetcher {
  const limits = { ...LIMITS, ...settings.limits }
  // Loaded at the first request: many commands make none, and it is a sixth of a second.
  let web: Promise<Web> | null = null
  const userAgent = `Vigie/0.1 (${settings.contact === null ? '' : `+${settings.contact}; `}listens to feeds)`

  async function fetch(request: FetchRequest): Promise<FetchAnswer> {
    const clock = timeLimit(limits.totalMs, request.signal)
    try {
      return await follow(request, clock.signal)
    } catch (error) {
      throw translated(error, request, clock.signal)
    } finally {
      clock.stop()
    }
  }

  async function follow(request: FetchRequest, signal: AbortSignal): Promise<FetchAnswer> {
    const first = webUrl(request.url)
    const seen = new Set<string>()
    let url = first
    let isPermanent = true
    for (let hop = 0; ; hop++) {
      checkHop(url, first, seen)
      const response = await ask(url, request, url.origin === first.origin, signal)
      const next = redirectTarget(response, url)
      if (next === null) return answerOf(response, url, isPermanent && hop > 0)
      await discard(response.body)
      if (hop >= limits.maxRedirects)
        throw failure('too-many-redirects', `more than ${limits.maxRedirects} redirections`)
      isPermanent &&= response.statusCode === 301 || response.statusCode === 308
      url = next
    }
  }

  function checkHop(url: URL, first: URL, seen: Set<string>): void {
    if (seen.has(url.href)) throw failure('redirect-loop', `${url.href} redirects to itself`)
    seen.add(url.href)
    const refusal = refusalOf(url, settings.allow)
    if (refusal !== null) throw failure('blocked-address', refusal)
    // An allowed private host is for who wrote it in the configuration, not for whoever redirects there.
    if (url.host !== first.host && isAllowedHost(settings.allow, url)) {
      throw failure(
        'blocked-address',
        `a redirection from ${first.host} into the private network (${url.host})`,
      )
    }
  }

  async function ask(url: URL, request: FetchRequest, isSameOrigin: boolean, signal: AbortSignal) {
    web ??= guardedWeb(settings.allow, limits, deps.lookup)
    const { agent, request: send } = await web
    return send(url, {
      dispatcher: agent,
      method: request.method ?? 'GET',
      body: request.body ?? null,
      signal,
      headers: {
        'user-agent': userAgent,
        accept: ACCEPT[request.accept ?? 'feed'],
        'accept-encoding': 'gzip, br, deflate',
        ...(request.etag ? { 'if-none-match': request.etag } : {}),
        ...(request.lastModified ? { 'if-modified-since': request.lastModified } : {}),
        ...(isSameOrigin ? request.headers : {}),
      },
    })
  }

  async function answerOf(
    response: Dispatcher.ResponseData,
    url: URL,
    isMoved: boolean,
  ): Promise<FetchAnswer> {
    const headers = flat(response.headers)
    const status = response.statusCode
    if (status !== 304 && (status < 200 || status > 299)) {
      const body = await start(response.body)
      throw statusFailure(status, url, headers, body, deps.now())
    }
    const body =
      status === 304 ? await discard(response.body) : await read(response.body, headers, limits.maxBytes)
    return {
      status,
      url: url.href,
      movedTo: isMoved ? url.href : null,
      contentType: headers.get('content-type') ?? null,
      etag: headers.get('etag') ?? null,
      lastModified: headers.get('last-modified') ?? null,
      freshUntil: freshUntil(headers, deps.now()),
      headers,
      body,
    }
  }

  return { fetch, close: async () => (await web)?.agent.close() }
}

function webUrl(written: string): URL {
  if (!URL.canParse(written)) throw failure('bad-url', 'not a web address')
  const url = new URL(written)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw failure('bad-url', `${url.protocol} is not http or https`)
  if (url.username !== '' || url.password !== '') throw failure('bad-url', 'a password in the address')
  return url
}

interface Web {
  readonly agent: Agent
  readonly request: typeof import('undici').request
}

/**
 * No connection to an address that is not public unless its host is allowed. How many at once is not decided here but
 * in `polite.ts`: a request that waited in this queue would wait on its own time limit.
 */
async function guardedWeb(
  allow: readonly string[],
  limits: FetchLimits,
  lookup: LookupFunction | undefined,
): Promise<Web> {
  const { default: undici } = await import('undici')
  const { Agent, buildConnector, request } = undici
  const connect = buildConnector({ timeout: limits.connectMs, lookup: publicLookup(lookup ?? dns.lookup) })
  const connectAllowed = buildConnector({ timeout: limits.connectMs, ...(lookup ? { lookup } : {}) })
  const agent = new Agent({
    connections: 8,
    pipelining: 1,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.totalMs,
    maxHeaderSize: 32_768,
    connect: (options, callback) => {
      const url = new URL(`${options.protocol}//${options.host ?? options.hostname}`)
      if (isAllowedHost(allow, url)) return connectAllowed(options, callback)
      const refusal = refusalOf(url, allow)
      if (refusal !== null) return callback(failure('blocked-address', refusal), null)
      connect(options, (error, socket) => {
        if (error !== null) return callback(error, null)
        const address = socket.remoteAddress ?? ''
        if (isPublicAddress(address)) return callback(null, socket)
        socket.destroy()
        callback(
          failure('blocked-address', `${url.hostname} answers from ${address}, which is not public`),
          null,
        )
      })
    },
  })
  return { agent, request }
}

/** Resolves a name and leaves out the addresses that are not public; an error when none is left. */
function publicLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0)
      const addresses = Array.isArray(found)
        ? found
        : [{ address: String(found), family: net.isIP(String(found)) }]
      const publics = addresses.filter(({ address }) => isPublicAddress(address))
      const [one] = publics
      if (one === undefined)
        return callback(failure('blocked-address', `${hostname} has no public address`), '', 0)
      if (options.all) callback(null, publics)
      else callback(null, one.address, one.family)
    })
  }
}

function timeLimit(ms: number, outer: AbortSignal): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController()
  const timer = setTimeout(
    () => controller.abort(failure('timeout', `no complete answer within ${ms / 1000} s`)),
    ms,
  )
  const stopOuter = () => controller.abort(outer.reason)
  if (outer.aborted) stopOuter()
  else outer.addEventListener('abort', stopOuter, { once: true })
  const stop = () => {
    clearTimeout(timer)
    outer.removeEventListener('abort', stopOuter)
  }
  return { signal: controller.signal, stop }
}

function redirectTarget(response: Dispatcher.ResponseData, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(response.statusCode)) return null
  const location = flat(response.headers).get('location')
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw failure('bad-redirect', `${response.statusCode} without a usable address`)
  }
  return webUrl(new URL(location, from).href)
}

/** Reads to the end, decompressing on the way, and stops at the limit: a small answer can hold a very large one. */
async function read(
  body: Dispatcher.ResponseData['body'],
  headers: ReadonlyMap<string, string>,
  maxBytes: number,
): Promise<Uint8Array> {
  if (Number(headers.get('content-length')) > maxBytes) {
    body.destroy()
    throw failure('too-large', `the site announces ${headers.get('content-length')} bytes`)
  }
  const decoder = decoderFor(headers.get('content-encoding'))
  if (decoder) {
    body.on('error', (error) => decoder.destroy(error))
    decoder.on('close', () => body.destroy())
  }
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of decoder ? body.pipe(decoder) : body) {
      size += chunk.length
      if (size > maxBytes) throw failure('too-large', `more than ${maxBytes} bytes`)
      chunks.push(chunk)
    }
  } finally {
    body.on('error', () => {})
    body.destroy()
  }
  return Buffer.concat(chunks)
}

function decoderFor(encoding: string | undefined): zlib.Gunzip | zlib.BrotliDecompress | zlib.Inflate | null {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip()
    case 'br':
      return zlib.createBrotliDecompress()
    case 'deflate':
      return zlib.createInflate()
    default:
      return null
  }
}

const ERROR_BYTES = 4096

/** The first bytes of an error page: services say there what is wrong. */
async function start(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  body.on('error', () => {})
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= ERROR_BYTES) break
    }
  } catch {
    // The status says enough.
  }
  body.destroy()
  return Buffer.concat(chunks).subarray(0, ERROR_BYTES).toString('utf8')
}

async function discard(body: Dispatcher.ResponseData['body']): Promise<Uint8Array> {
  await body.dump({ limit: 16_384 }).catch(() => {})
  return new Uint8Array()
}

function statusFailure(
  status: number,
  url: URL,
  headers: ReadonlyMap<string, string>,
  body: string,
  now: Date,
): VigieError {
  const retryAt = retryTime(headers.get('retry-after'), now)
  const options = { ...(retryAt === null ? {} : { retryAt }), cause: { status, body } }
  const said = `${url.host} answers ${status}`
  if (status === 410) return failure('gone', said, options)
  if (status === 404) return failure('http-404', said, options)
  if (status === 401) return failure('unauthorized', said, options)
  if (status === 403) return failure('forbidden', said, options)
  if (status === 429) return failure('rate-limited', said, options)
  if (status === 503) return failure('unavailable', said, options)
  if (status >= 500) return failure('http-5xx', said, options)
  return failure(status >= 400 ? 'http-4xx' : 'http-odd', said, options)
}

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3). */
export function retryTime(written: string | undefined, now: Date): Date | null {
  if (written === undefined) return null
  if (/^\s{0,9}\d{1,9}\s{0,9}$/.test(written)) return new Date(now.getTime() + Number(written) * 1000)
  return parseDate(written)
}

function freshUntil(headers: ReadonlyMap<string, string>, now: Date): Date | null {
  const maxAge = /(?:^|[\s,])max-age\s{0,3}=\s{0,3}"?(\d{1,9})/i.exec(headers.get('cache-control') ?? '')?.[1]
  if (maxAge !== undefined) {
    const left = Number(maxAge) - (Number(headers.get('age')) || 0)
    return left > 0 ? new Date(now.getTime() + left * 1000) : null
  }
  const expires = parseDate(headers.get('expires') ?? '')
  return expires !== null && expires > now ? expires : null
}

function flat(headers: Dispatcher.ResponseData['headers']): ReadonlyMap<string, string> {
  const flat = new Map<string, string>()
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) flat.set(name.toLowerCase(), first)
  }
  return flat
}

const CODES: Record<string, Parameters<typeof failure>[0]> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ENODATA: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'truncated',
  EPIPE: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_SOCKET: 'truncated',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'truncated',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  Z_BUF_ERROR: 'truncated',
  Z_DATA_ERROR: 'bad-encoding',
  ERR__ERROR_FORMAT_PADDING_1: 'bad-encoding',
}

/** Errors of undici, Node and zlib in our words; what is not the world's fault goes on as it is. */
function translated(error: unknown, request: FetchRequest, clock: AbortSignal): unknown {
  if (request.signal.aborted) return request.signal.reason
  if (clock.aborted) return clock.reason
  const own = chain(error).find((one) => one instanceof VigieError)
  if (own) return own
  const code = chain(error)
    .map(codeOf)
    .find((one) => one !== '')
  if (code === undefined) return error
  const host = new URL(request.url).host
  const known = Object.hasOwn(CODES, code) ? CODES[code] : undefined
  if (known) return failure(known, `${host}: ${code}`, { cause: error })
  if (/^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/.test(code)) {
    return failure('tls', `${host}: ${code}`, { cause: error })
  }
  if (/^(HPE_|UND_ERR_|ERR_|Z_|ERR__)/.test(code))
    return failure('bad-encoding', `${host}: ${code}`, { cause: error })
  return error
}

function chain(error: unknown): unknown[] {
  const causes: unknown[] = []
  for (let one = error; one !== undefined && one !== null && causes.length < 5; ) {
    causes.push(one)
    if (one instanceof AggregateError) causes.push(...one.errors)
    one = typeof one === 'object' && 'cause' in one ? one.cause : undefined
  }
  return causes
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}
