import { bodyLimit } from 'hono/body-limit'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { ReaderLanguage } from '../domain/person.ts'
import type { PagesDeps } from './pages-deps.ts'
import { sendError, takeDone } from './routing.tsx'
import {
  formTokenOf,
  hashOf,
  isNearby,
  isOwnHost,
  isOwnOrigin,
  isSameSecret,
  newSecret,
  ownPath,
  securityHeaders,
} from './security.ts'
import { sessionSeconds, signedIn } from './session.ts'
import type { PagesContext, PagesEnv } from './visit.ts'
import { words } from './words.ts'

/** More than any answer, note or list of ticks that a person writes. */
const maxBody = 256 * 1024

/** Headers on every answer; names that are not ours are refused before anything is read. */
export function headersAndHost(deps: PagesDeps) {
  const { url } = deps.config.pages
  const headers = Object.entries(securityHeaders(url.startsWith('https:')))
  return createMiddleware<PagesEnv>(async (c, next) => {
    for (const [name, value] of headers) c.header(name, value)
    if (!isOwnHost(c.req.header('host'), url)) {
      return sendError(c, 421, words[deps.config.language].error.host, '', deps.config.language)
    }
    await next()
    return undefined
  })
}

/**
 * A change comes by POST, from a page of ours, as a plain form of bounded size. The token is checked where the browser's
 * secret is known.
 */
export function formOnly(deps: PagesDeps) {
  const limit = bodyLimit({
    maxSize: maxBody,
    onError: (c) => {
      const { language } = deps.config
      return sendError(c, 413, words[language].error.tooLarge, words[language].error.tooLargeText, language)
    },
  })
  return createMiddleware<PagesEnv>(async (c, next) => {
    const { method } = c.req
    if (method === 'GET' || method === 'HEAD') return next()
    if (method !== 'POST') return c.body(null, 405, { Allow: 'GET, HEAD, POST' })
    const { language } = deps.config
    const say = words[language].error
    if (!isOwnOrigin(c.req.header('origin'), c.req.header('host'), deps.config.pages.url))
      return sendError(c, 403, say.stale, say.staleText, language)
    const type = c.req.header('content-type') ?? ''
    if (!type.startsWith('application/x-www-form-urlencoded'))
      return sendError(c, 415, say.title, '', language)
    return limit(c, async () => {
      c.set('form', await readForm(c, deps.config.pages.url))
      await next()
    })
  })
}

async function readForm(c: PagesContext, pagesUrl: string): Promise<URLSearchParams> {
  const form = new URLSearchParams(await c.req.text())
  form.set('_back', ownPath(form.get('_back') ?? '/', pagesUrl))
  return form
}

/** Lets in who is signed in, with their language and zone; the others to the door. */
export function signedInOnly(deps: PagesDeps, secretOf: () => Promise<string>) {
  return createMiddleware<PagesEnv>(async (c, next) => {
    const who = await whoIs(c, deps, secretOf)
    if (!who) {
      if (c.req.path.startsWith('/api/')) {
        c.header('WWW-Authenticate', 'Bearer')
        return c.json(
          { error: { status: 401, message: 'a token is needed: make one on the page "Feeds out"' } },
          401,
        )
      }
      if (c.req.method !== 'GET') return sendDoor(c, deps)
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(
        pathname === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(pathname + search)}`,
        302,
      )
    }
    const { person, formToken } = who
    if (c.req.method === 'POST' && !isSameSecret(c.get('form').get('_token') ?? '', formToken))
      return sendDoor(c, deps, person.language)
    const { pathname, search } = new URL(c.req.url)
    c.set('visit', {
      person,
      language: person.language,
      reading: { language: person.language, zone: person.timezone, now: deps.now() },
      formToken,
      here: pathname + search,
      done: c.req.method === 'GET' ? takeDone(c) : null,
    })
    return next()
  })
}

function sendDoor(
  c: PagesContext,
  deps: PagesDeps,
  language: ReaderLanguage = deps.config.language,
): Response {
  const say = words[language].error
  return sendError(c, 403, say.stale, say.staleText, language)
}

async function whoIs(c: PagesContext, deps: PagesDeps, secretOf: () => Promise<string>) {
  const header = deps.config.pages.trustedHeader
  if (header !== null && isNearby(remoteAddress(c))) {
    const value = c.req.header(header)?.trim().toLowerCase() ?? ''
    const person = [...deps.config.people.values()].find(
      ({ id, email }) => value !== '' && (id === value || email.toLowerCase() === value),
    )
    if (person) return { person, formToken: formTokenOf(`${await secretOf()}:${person.id}`) }
  }
  const reader = await programOf(c, deps)
  if (reader) return { person: reader, formToken: '' }
  const secret = getCookie(c, sessionCookie(deps)) ?? ''
  if (secret === '') return null
  const found = await signedIn(secret, deps)
  if (!found) return null
  if (found.isExtended) setSecretCookie(c, deps, sessionCookie(deps), secret, sessionSeconds)
  return { person: found.person, formToken: formTokenOf(secret) }
}

/** A program holds a token instead of a session: good for the interface for programs, which only reads. */
async function programOf(c: PagesContext, deps: PagesDeps) {
  const token = /^Bearer ([\w-]{43})$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (token === undefined || c.req.method !== 'GET' || !c.req.path.startsWith('/api/')) return null
  const share = await deps.pagesStore.shareByToken(token)
  return share?.kind === 'api' ? (deps.config.people.get(share.person) ?? null) : null
}

/** A `__Host-` cookie cannot be set by another host or over plain HTTP; a machine's own pages have no HTTPS. */
export function sessionCookie({ config }: Pick<PagesDeps, 'config'>): string {
  return config.pages.url.startsWith('https:') ? '__Host-vigie' : 'vigie'
}

export function browserCookie({ config }: Pick<PagesDeps, 'config'>): string {
  return config.pages.url.startsWith('https:') ? '__Host-vigie-browser' : 'vigie-browser'
}

export function setSecretCookie(
  c: PagesContext,
  { config }: Pick<PagesDeps, 'config'>,
  name: string,
  value: string,
  seconds: number,
): void {
  const secure = config.pages.url.startsWith('https:') ? '; Secure' : ''
  c.header('Set-Cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`, {
    append: true,
  })
}

/** What this browser holds from its first visit to the door: a link is bound to it. */
export function browserSecret(c: PagesContext, deps: Pick<PagesDeps, 'config'>): string {
  const known = getCookie(c, browserCookie(deps))
  if (known !== undefined && /^[\w-]{43}$/.test(known)) return known
  const made = newSecret()
  setSecretCookie(c, deps, browserCookie(deps), made, 86_400)
  return made
}

/** Where a try comes from, as far as it can be known: the last hop that a proxy beside us names. */
export function placeOf(c: PagesContext): string {
  const remote = remoteAddress(c)
  const forwarded = isNearby(remote) ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return hashOf(forwarded ?? remote ?? 'unknown')
}

function remoteAddress(c: PagesContext): string | undefined {
  return c.env?.incoming?.socket.remoteAddress
}
