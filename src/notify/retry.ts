import { dayMs, hourMs, minuteMs } from '../domain/duration.ts'

export interface FailedAttempt {
  /** As a notifier throws it: the library's word with the server's reply code, `EENVELOPE-550`, or ours. */
  readonly code: string
  /** The server's reply code, when `code` does not carry it. */
  readonly responseCode?: number | null
  /** Attempts made so far, the failed one included. */
  readonly attempts: number
  readonly createdAt: Date
  readonly now: Date
  /** When the other side said not to come back before. */
  readonly retryAt?: Date | null
}

export type NextAttempt =
  | {
      readonly at: Date
      /** The fault is the transport's: no other message would fare better before a person acts. */
      readonly pausesTransport: boolean
    }
  | { readonly giveUp: GiveUpReason }

export type GiveUpReason =
  /** The server knows no such mailbox, or will not take mail for it: the address itself is to be looked at. */
  | 'bad-address'
  /** The server, or the webhook, will never take this message. */
  | 'refused-message'
  /** Five days of trying. */
  | 'too-old'

const waitsMs = [1, 5, 15, 30, 60, 120, 240].map((minutes) => minutes * minuteMs)
export const giveUpAfterMs = 5 * dayMs
const greylistMs = 5 * minuteMs
/** Accounts are locked by those who try wrong passwords often. */
export const transportPauseMs = 15 * minuteMs

/**
 * What follows a failed attempt: when to try the same bytes again, or why not to. The last attempt falls on the fifth
 * day (RFC 5321 §4.5.4.1), wherever the steps of four hours end.
 */
export function nextAttempt(failed: FailedAttempt): NextAttempt {
  const kind = kindOfFailure(failed.code, failed.responseCode ?? null)
  if (kind === 'bad-address' || kind === 'refused-message') return { giveUp: kind }
  if (kind === 'stopped') return { at: failed.now, pausesTransport: false }
  const lastAt = failed.createdAt.getTime() + giveUpAfterMs
  if (failed.now.getTime() >= lastAt) return { giveUp: 'too-old' }
  const wanted = Math.max(
    failed.now.getTime() + waitMs(kind, failed.attempts),
    failed.retryAt?.getTime() ?? 0,
  )
  return { at: new Date(Math.min(wanted, lastAt)), pausesTransport: kind === 'transport' }
}

/** True when the other side was not reached or not usable at all, so that the next message would fail as well. */
export function isUnreachable(code: string): boolean {
  return ['ESOCKET', 'EDNS', 'ETLS', 'ETIMEDOUT', 'EPROTOCOL', 'EAUTH', 'ENOAUTH', 'EOAUTH2'].includes(
    wordOf(code),
  )
}

type FailureKind =
  | 'again'
  /** Refused at the recipient for now, as greylisting does: it opens after some minutes. */
  | 'recipient-later'
  | 'transport'
  | 'stopped'
  | 'bad-address'
  | 'refused-message'

/** Decided by the server's reply where there is one; a lost connection has none, and the mail may be there or not. */
function kindOfFailure(code: string, responseCode: number | null): FailureKind {
  const word = wordOf(code)
  const reply = responseCode ?? replyOf(code)
  if (word === 'stopped') return 'stopped'
  if (word === 'bad-address') return 'bad-address'
  if (word === 'HTTP') return httpFailure(reply)
  if (word === 'no-webhook') return 'refused-message'
  if (reply === null || reply < 500)
    return word === 'EENVELOPE' && isGreylist(reply) ? 'recipient-later' : kindByWord(word)
  // 530, 534, 535 and 538 ask for another login wherever they are said; before that, nothing was about this message.
  if (word === 'EAUTH' || (reply >= 530 && reply <= 538)) return 'transport'
  if (word === 'EPROTOCOL' || word === 'ESENDER' || word === 'ETLS') return 'transport'
  if (word === 'EENVELOPE') return 'bad-address'
  if (word === 'EMESSAGE' || word === 'EPOLICY') return 'refused-message'
  return 'again'
}

function kindByWord(word: string): FailureKind {
  return word === 'ENOAUTH' || word === 'EOAUTH2' ? 'transport' : 'again'
}

function httpFailure(status: number | null): FailureKind {
  if (status === null || status >= 500 || [408, 425, 429].includes(status)) return 'again'
  // A wrong secret or a moved hook is for a person to mend; until then the messages wait.
  return status === 400 || status === 413 || status === 422 ? 'refused-message' : 'again'
}

function isGreylist(reply: number | null): boolean {
  return reply === 450 || reply === 451
}

function waitMs(kind: FailureKind, attempts: number): number {
  const step = waitsMs[Math.min(attempts, waitsMs.length) - 1] ?? 4 * hourMs
  if (kind === 'transport') return transportPauseMs
  return kind === 'recipient-later' ? Math.max(step, greylistMs) : step
}

function wordOf(code: string): string {
  return code.replace(/-\d{3}$/, '')
}

function replyOf(code: string): number | null {
  const match = /-(\d{3})$/.exec(code)
  return match ? Number(match[1]) : null
}
