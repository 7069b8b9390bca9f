import { VigieError } from '../domain/errors.ts'

/**
 * Every way the outside can fail us while listening, by the code that is stored, counted and shown.
 * `again`: `back-off` waits longer after each failure, `host` makes its whole host wait, `never` stops until a
 * person acts, `usual` keeps the usual pace.
 */
export const FAILURES = {
  dns: { again: 'back-off', meaning: 'the name of the site does not resolve' },
  refused: { again: 'back-off', meaning: 'the site refuses or drops the connection' },
  tls: { again: 'back-off', meaning: 'the certificate of the site is not valid' },
  timeout: { again: 'back-off', meaning: 'the site took too long' },
  truncated: { again: 'back-off', meaning: 'the answer stopped before its end' },
  'too-large': { again: 'back-off', meaning: 'the answer is larger than the limit, once decoded' },
  'bad-encoding': {
    again: 'back-off',
    meaning: 'the answer says it is compressed and cannot be decompressed',
  },
  'bad-url': { again: 'never', meaning: 'not an http or https address, or it carries a password' },
  'blocked-address': {
    again: 'back-off',
    meaning: 'the address is private, or not a web port, and not in `allow`',
  },
  'redirect-loop': { again: 'back-off', meaning: 'the redirections turn in a circle' },
  'too-many-redirects': { again: 'back-off', meaning: 'more than five redirections' },
  'bad-redirect': { again: 'back-off', meaning: 'a redirection without a usable address' },
  gone: { again: 'never', meaning: 'the site says the address is gone for good (410)' },
  unauthorized: { again: 'back-off', meaning: 'the site asks for a key, or refuses ours (401)' },
  forbidden: { again: 'back-off', meaning: 'the site refuses us (403)' },
  'http-404': { again: 'back-off', meaning: 'no such page (404)' },
  'rate-limited': { again: 'host', meaning: 'too many requests for this site (429)' },
  unavailable: { again: 'host', meaning: 'the site is unavailable for now (503)' },
  'http-4xx': { again: 'back-off', meaning: 'the site refuses the request' },
  'http-5xx': { again: 'back-off', meaning: 'the site failed' },
  'http-odd': { again: 'back-off', meaning: 'an answer that is neither success nor failure' },
  empty: { again: 'back-off', meaning: 'the document is empty' },
  'not-a-feed': {
    again: 'back-off',
    meaning: 'neither RSS, Atom nor JSON Feed, and no feed announced in the page',
  },
  'parse-timeout': { again: 'back-off', meaning: 'reading the document took too long' },
  'parse-memory': { again: 'back-off', meaning: 'reading the document took too much memory' },
  'unexpected-answer': { again: 'back-off', meaning: 'the service answered in a shape we do not know' },
  'service-error': { again: 'back-off', meaning: 'the service answered with an error of its own' },
  'quota-exhausted': { again: 'host', meaning: 'the daily allowance of the key is used up' },
  'no-words': {
    again: 'never',
    meaning: 'the query of the watch has no word that this source could search for',
  },
  'missing-key': { again: 'never', meaning: 'this source needs a key that is not configured' },
  'file-missing': { again: 'usual', meaning: 'no such file' },
  'file-outside': { again: 'never', meaning: 'the file is outside the Vigie folder and the allowed folders' },
  'file-unreadable': { again: 'usual', meaning: 'the file is not a regular file we may read' },
  mailbox: { again: 'back-off', meaning: 'the mailbox cannot be read' },
} as const satisfies Record<string, { again: 'back-off' | 'host' | 'never' | 'usual'; meaning: string }>

export type FailureCode = keyof typeof FAILURES

export function failure(
  code: FailureCode,
  message: string,
  options: { cause?: unknown; retryAt?: Date } = {},
): VigieError {
  return new VigieError(code, message, options)
}

/** What to do after a failure with this code; an unknown code backs off. */
export function againAfter(code: string): 'back-off' | 'host' | 'never' | 'usual' {
  return Object.hasOwn(FAILURES, code) ? FAILURES[code as FailureCode].again : 'back-off'
}
