import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'

/** Nothing but our own style, script and pictures; no frame around us, no form to elsewhere. */
export const pagePolicy = policyOf({
  'default-src': "'none'",
  'style-src': "'self'",
  'script-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'frame-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
})

/** For a mail shown in a frame: its own styles and inlined pictures, and nothing that could act. */
export const mailPolicy = policyOf({
  'default-src': "'none'",
  'style-src': "'unsafe-inline'",
  'img-src': 'data:',
  'form-action': "'none'",
  'frame-ancestors': "'self'",
  'base-uri': "'none'",
  sandbox: '',
})

function policyOf(rules: Readonly<Record<string, string>>): string {
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ')
}

/** Headers of every answer. `same-origin` keeps the Origin of our own forms, which `no-referrer` would hide. */
export function securityHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': pagePolicy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'X-Robots-Tag': 'noindex, nofollow',
    'Cache-Control': 'no-store',
    ...(isHttps ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  }
}

/** 256 bits as they stand in an address or a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** The token of a form: a function of what only this browser holds, so nothing has to be kept. */
export function formTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('form').digest('base64url').slice(0, 32)
}

export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(one).digest(),
    createHash('sha256').update(other).digest(),
  )
}

/**
 * A path of ours to go back to, from outside; `/` for everything else. Only what begins with one slash and stays on our
 * origin however a browser reads it.
 */
export function ownPath(value: string | undefined, origin: string): string {
  const path = value ?? ''
  if (!path.startsWith('/') || path.length > 2000 || /[\\\p{Cc}]/u.test(path)) return '/'
  if (path.startsWith('//') || !URL.canParse(path, origin)) return '/'
  const url = new URL(path, origin)
  return url.origin === new URL(origin).origin ? `${url.pathname}${url.search}${url.hash}` : '/'
}

/** Whether a name in `Host` is ours: the address of the pages, or this machine. Anything else may be a rebound name. */
export function isOwnHost(host: string | undefined, pagesUrl: string): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  return hostname === new URL(pagesUrl).hostname || isLoopback(hostname)
}

/** Whether a request that changes something comes from a page of ours. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, pagesUrl: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false
  if (origin === new URL(pagesUrl).origin) return true
  const { host: named, hostname, protocol } = new URL(origin)
  return protocol === 'http:' && named === host && isLoopback(hostname)
}

function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '')
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
}

/** An address of this machine or of the local network, where a reverse proxy stands. */
export function isNearby(address: string | undefined): boolean {
  const bare = (address ?? '').replace(/^::ffff:/, '')
  return (
    isLoopback(bare) ||
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(bare) ||
    /^f[cd][0-9a-f]{2}:/i.test(bare)
  )
}
