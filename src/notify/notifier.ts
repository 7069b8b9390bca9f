import type { Message } from '../domain/message.ts'

/** What carries messages out. Throws VigieError when the other side does not take one. */
export interface Notifier {
  /** Hands over the stored bytes, unchanged, to one recipient. Returns what the other side answered. */
  send(message: Message, signal: AbortSignal): Promise<string>
  close(): Promise<void>
}
