import { VigieError } from '../domain/errors.ts'
import type { Message } from '../domain/message.ts'
import type { Store } from '../store/store.ts'
import type { Notifier } from './notifier.ts'
import { isUnreachable, nextAttempt } from './retry.ts'

export interface DeliverDeps {
  readonly store: Pick<Store, 'dueMessages' | 'recordSent' | 'recordDeliveryFailure' | 'messageCounts'>
  readonly notifier: Pick<Notifier, 'send'>
  now(): Date
  onFailure(message: Message, code: string, reply: string, nextAttemptAt: Date | null): void
}

/** `failed`: attempts that failed in this pass, whether they will be tried again or not; `pending`: what still waits. */
export interface DeliveryCounts {
  readonly sent: number
  readonly pending: number
  readonly failed: number
}

const batch = 50
/** So many failures to reach the server in a row mean that the server is down: the rest waits for the next pass. */
const serverIsDownAfter = 3

/**
 * Sends what is due: first hands over the stored bytes, then records that they left. Killed in between, the same bytes
 * with the same Message-ID leave once more; recorded before sending, they might never leave.
 */
export async function deliver(signal: AbortSignal, deps: DeliverDeps): Promise<DeliveryCounts> {
  let sent = 0
  let failed = 0
  let unreachable = 0
  const silent = new Set<string>()
  while (!signal.aborted && unreachable < serverIsDownAfter) {
    const due = await deps.store.dueMessages(deps.now(), batch)
    if (due.length === 0) break
    for (const message of due) {
      if (signal.aborted || unreachable >= serverIsDownAfter) break
      const outcome = await deliverOne(message, silent, signal, deps)
      if (outcome === 'sent') sent++
      else failed++
      unreachable = outcome === 'unreachable' ? unreachable + 1 : 0
    }
  }
  const { pending } = await deps.store.messageCounts()
  return { sent, pending, failed }
}

async function deliverOne(
  message: Message,
  silent: Set<string>,
  signal: AbortSignal,
  deps: DeliverDeps,
): Promise<'sent' | 'refused' | 'unreachable'> {
  try {
    if (silent.has(message.recipient)) throw new VigieError('HTTP', 'the webhook gave no answer just now')
    const reply = await deps.notifier.send(message, signal)
    await deps.store.recordSent(message.id, reply, deps.now())
    return 'sent'
  } catch (error) {
    if (!(error instanceof VigieError)) throw error
    const now = deps.now()
    const { code, retryAt } = error
    // A chat room that gives no answer is waited for once a pass, not once a message: others are behind it.
    if (message.kind === 'webhook' && code === 'HTTP') silent.add(message.recipient)
    const next = nextAttempt({
      code,
      attempts: message.attempts + 1,
      createdAt: message.createdAt,
      now,
      retryAt,
    })
    const at = 'at' in next ? next.at : null
    const failure = { code: error.code, reply: error.message, at: now, nextAttemptAt: at }
    await deps.store.recordDeliveryFailure(message.id, failure)
    deps.onFailure(message, error.code, error.message, at)
    return isUnreachable(error.code) ? 'unreachable' : 'refused'
  }
}
