export type MessageKind =
  | 'alert'
  | 'update'
  | 'summary'
  | 'digest'
  | 'report'
  | 'reminder'
  | 'escalation'
  | 'confirmation'
  | 'sign-in'
  | 'webhook'
  | 'canary'

/** What we told whom. Rendered once; the same bytes leave however often delivery is tried. */
export interface Message {
  readonly id: number
  readonly kind: MessageKind
  readonly ticket: number | null
  /** A person's id; null for a webhook. */
  readonly person: string | null
  /** One address: a mailbox, or the name of a webhook. */
  readonly recipient: string
  /** RFC 5322 Message-ID with its angle brackets: a function of the row, the same at every try. */
  readonly messageId: string
  readonly subject: string
  readonly bytes: Buffer
  readonly state: MessageState
  readonly createdAt: Date
  readonly attempts: number
  readonly nextAttemptAt: Date | null
  readonly lastCode: string | null
  readonly lastReply: string | null
  readonly sentAt: Date | null
}

export type MessageState = 'pending' | 'sent' | 'gave-up'

/** A message before it has a row. */
export type NewMessage = Pick<
  Message,
  'kind' | 'ticket' | 'person' | 'recipient' | 'messageId' | 'subject' | 'bytes'
>

/** The promise that a person will be told something about a ticket, made in the transaction that gives the reason. */
export interface Notice {
  readonly id: number
  readonly ticket: number
  readonly person: string
  readonly kind: NoticeKind
  readonly createdAt: Date
  readonly dueAt: Date
}

export type NoticeKind =
  | 'opened'
  | 'joined'
  | 'reopened'
  | 'reminder'
  | 'escalation'
  | 'assigned'
  | 'approval'
  | 'approved'
  | 'refused'
  | 'crisis'
