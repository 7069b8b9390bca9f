/**
 * What the outside world did to us (a source down, an address refused, a mail server that says no).
 * `code` alone decides whether to try again; it is what is stored, counted and shown.
 */
export class VigieError extends Error {
  override readonly name = 'VigieError'

  readonly code: string
  /** When the other side said not to come back before. */
  readonly retryAt: Date | null

  constructor(code: string, message: string, options: { cause?: unknown; retryAt?: Date } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryAt = options.retryAt ?? null
  }
}

/** The code of an error as it is stored and shown: `fault` for what is ours. */
export function codeOf(error: unknown): string {
  return error instanceof VigieError ? error.code : 'fault'
}
