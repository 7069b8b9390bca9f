import type { Mail } from './mail-entries.ts'

/** Reads the messages of a folder. */
export interface MailReader {
  /** Messages after `lastUid`, the oldest first; with null those since `since`. Throws `mailbox`, `unauthorized`. */
  read(request: MailRequest, signal: AbortSignal): Promise<MailBatch>
}

export interface MailRequest {
  readonly folder: string
  /** Where the last visit stopped; counts only while the folder's `uidValidity` is the same. */
  readonly last: { readonly uidValidity: string; readonly uid: number } | null
  readonly since: Date
  readonly most: number
}

export interface MailBatch {
  readonly uidValidity: string
  readonly mails: readonly Mail[]
  /** Of the last message looked at, readable or not. */
  readonly lastUid: number
  readonly unreadable: number
}
