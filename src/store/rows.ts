import type { Selectable } from 'kysely'
import type { Polarity } from '../domain/judgement.ts'
import type { JudgedMention, Mention } from '../domain/mention.ts'
import type { Message, MessageState } from '../domain/message.ts'
import type { Ticket, TicketState } from '../domain/ticket.ts'
import type { Tables } from './schema.ts'
import type { SourceState } from './store.ts'

type Row<Name extends keyof Tables> = Selectable<Tables[Name]>

export function toSourceState(row: Row<'sources'>): SourceState {
  return {
    id: row.id,
    watch: row.watch,
    kind: row.kind,
    cursor: row.cursor === null ? null : JSON.parse(row.cursor),
    definition: row.definition,
    title: row.title,
    link: row.link,
    nextPollAt: new Date(row.next_poll_at),
    lastPollAt: toDate(row.last_poll_at),
    lastSuccessAt: toDate(row.last_success_at),
    lastEntryAt: toDate(row.last_entry_at),
    rhythm: row.rhythm === null ? null : JSON.parse(row.rhythm),
    lastStatus: row.last_status as SourceState['lastStatus'],
    lastCode: row.last_code,
    lastMessage: row.last_message,
    failures: row.failures,
    disabled: row.disabled === 1,
  }
}

export function toMention(row: Row<'mentions'>): Mention {
  return {
    id: row.id,
    watch: row.watch,
    source: row.source,
    sourceKind: row.source_kind,
    entry: {
      id: row.external_id,
      url: row.url,
      title: row.title,
      text: row.text,
      author: row.author,
      publishedAt: toDate(row.published_at),
      language: row.language,
      engagement: row.engagement === null ? null : JSON.parse(row.engagement),
      stars: row.stars,
    },
    canonicalUrl: row.canonical_url,
    contentHash: row.content_hash,
    collectedAt: new Date(row.collected_at),
    match: JSON.parse(row.match),
    isDrill: row.drill === 1,
  }
}

export const judgementColumns = [
  'judgements.language as judged_language',
  'judgements.polarity',
  'judgements.confidence',
  'judgements.sure',
  'judgements.negative',
  'judgements.neutral',
  'judgements.positive',
] as const

export type JudgedRow = Row<'mentions'> & {
  judged_language: string | null
  polarity: string | null
  confidence: number | null
  sure: number
  negative: number | null
  neutral: number | null
  positive: number | null
}

export function toJudgedMention(row: JudgedRow): JudgedMention {
  return {
    mention: toMention(row),
    judgement:
      row.polarity === null
        ? null
        : {
            language: row.judged_language,
            polarity: row.polarity as Polarity,
            confidence: row.confidence ?? 0,
            sure: row.sure === 1,
            scores: { negative: row.negative ?? 0, neutral: row.neutral ?? 0, positive: row.positive ?? 0 },
          },
  }
}

export function toTicket(row: Row<'tickets'>): Ticket {
  return {
    id: row.id,
    watch: row.watch,
    category: row.category,
    categoryConfidence: row.category_confidence,
    alternatives: JSON.parse(row.alternatives),
    severity: row.severity as Ticket['severity'],
    approval: row.approval as Ticket['approval'],
    state: row.state as TicketState,
    owner: row.owner,
    title: row.title,
    language: row.language,
    openedAt: new Date(row.opened_at),
    seenBy: new Date(row.seen_by),
    answerBy: new Date(row.answer_by),
    seenAt: toDate(row.seen_at),
    answeredAt: toDate(row.answered_at),
    answerUrl: row.answer_url,
    dismissReason: row.dismiss_reason as Ticket['dismissReason'],
    againAt: toDate(row.again_at),
    mentionCount: row.mention_count,
    authorCount: row.author_count,
    drill: row.drill === 1,
    reason: JSON.parse(row.reason),
  }
}

export function toMessage(row: Row<'messages'>): Message {
  return { ...toMessageSummary(row), bytes: Buffer.from(row.bytes) }
}

export function toMessageSummary(row: Omit<Row<'messages'>, 'bytes'>): Omit<Message, 'bytes'> {
  return {
    id: row.id,
    kind: row.kind as Message['kind'],
    ticket: row.ticket,
    person: row.person,
    recipient: row.recipient,
    messageId: row.message_id,
    subject: row.subject,
    state: row.state as MessageState,
    createdAt: new Date(row.created_at),
    attempts: row.attempts,
    nextAttemptAt: toDate(row.next_attempt_at),
    lastCode: row.last_code,
    lastReply: row.last_reply,
    sentAt: toDate(row.sent_at),
  }
}

export function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms)
}
