import type { Judgement } from '../domain/judgement.ts'
import type { NoticeKind } from '../domain/message.ts'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import type { Approval, Severity } from '../domain/playbook.ts'
import type { Span } from '../domain/span.ts'

/** A mail before it is bytes. */
export interface MailText {
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments?: readonly Attachment[]
}

export interface Attachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Buffer
  /** Shown inside the HTML as `cid:`; absent: a file beside it. */
  readonly contentId?: string
}

/** What an alert says, ready to be laid out; every word of people is already in its language. */
export interface AlertView {
  readonly reader: Person
  readonly language: ReaderLanguage
  readonly kind: NoticeKind
  readonly drill: boolean
  readonly ticket: {
    readonly id: number
    readonly title: string
    readonly watchName: string
    readonly severity: Severity
    readonly categoryTitle: string
    /** Categories it might also be. */
    readonly alternatives: readonly string[]
    readonly categoryConfidence: number
    readonly approval: Approval
    readonly ownerName: string
    readonly deputyName: string | null
    readonly openedAt: Date
    readonly seenBy: Date
    readonly answerBy: Date
    /** Null: nobody has acknowledged it yet. */
    readonly seenAt: Date | null
    readonly mentionCount: number
    readonly authorCount: number
    readonly page: string
  }
  /** The first mention, then at most four more of the same affair. */
  readonly mentions: readonly MentionView[]
  readonly why: {
    /** Signals and words that decided the category. */
    readonly category: readonly string[]
    /** Why it is thought to be about us: words of the query, clues. */
    readonly match: readonly string[]
  }
  readonly questions: readonly string[]
  readonly advice: string
  readonly drafts: readonly DraftView[]
  readonly never: readonly string[]
  readonly clocks: readonly { readonly title: string; readonly at: Date; readonly note: string }[]
  /** What a person wrote and waits for a yes, or why it was refused; null in other mails. */
  readonly asked: {
    readonly text: string
    readonly language: string
    readonly by: string
    readonly reason: string | null
  } | null
  /** Address that answers go to, when replies are read; null: no commands by reply. */
  readonly replyTo: string | null
}

export interface MentionView {
  readonly title: string | null
  readonly text: string
  readonly author: string | null
  readonly site: string
  readonly url: string | null
  readonly publishedAt: Date | null
  readonly language: string | null
  readonly stars: number | null
  readonly judgement: Judgement | null
  /** Places of `title` and `text` that matched the query. */
  readonly matched: readonly (Span & { readonly field: 'title' | 'text' })[]
  /** Words that made it negative (weight above zero) or less so, the strongest first. */
  readonly evidence: readonly { readonly text: string; readonly weight: number }[]
}

export interface DraftView {
  /** Null for the main answer. */
  readonly name: string | null
  readonly language: string
  readonly text: string
  /** Places a person has yet to fill, with their labels in the reader's language. */
  readonly gaps: readonly (Span & { readonly label: string })[]
  readonly maxLength: number | null
}

/** What a digest says. */
export interface DigestView {
  readonly reader: Person
  readonly language: ReaderLanguage
  /** Local date it is for, `YYYY-MM-DD`, and the period it tells. */
  readonly localDate: string
  readonly from: Date
  readonly to: Date
  /** Minutes late, when it catches up after a stop; 0 on time. */
  readonly lateMinutes: number
  readonly company: string
  readonly counts: {
    readonly mentions: number
    readonly negative: number
    readonly unsure: number
    readonly opened: number
    readonly joined: number
    readonly answered: number
    readonly dismissed: number
    readonly unrelated: number
    readonly otherLanguage: number
  }
  /** Open tickets by urgency; `overdue` ones first. At most 50, with the number there are. */
  readonly waiting: readonly DigestTicket[]
  readonly waitingTotal: number
  readonly answeredTickets: readonly DigestTicket[]
  /** What Vigie was not sure of, for a person to read. */
  readonly toRead: readonly DigestMention[]
  readonly toReadTotal: number
  readonly sources: readonly DigestSource[]
  /** Seven local days to today: mentions and sure negatives. */
  readonly week: readonly {
    readonly localDate: string
    readonly mentions: number
    readonly negative: number
  }[]
  readonly clocks: readonly { readonly title: string; readonly at: Date; readonly ticket: number }[]
  readonly undelivered: readonly {
    readonly recipient: string
    readonly subject: string
    readonly code: string
    readonly gaveUp: boolean
  }[]
  /** A change of the files that was refused, and why; empty when all is in force. */
  readonly refusedConfig: readonly string[]
  readonly inbox: string
}

export interface DigestTicket {
  readonly id: number
  readonly title: string
  readonly watchName: string
  readonly categoryTitle: string
  readonly severity: Severity
  readonly state: string
  readonly ownerName: string
  readonly answerBy: Date
  readonly isOverdue: boolean
  readonly isNew: boolean
  readonly mentionCount: number
  readonly page: string
}

export interface DigestMention {
  readonly title: string
  readonly site: string
  readonly url: string | null
  /** Why a person should read it: `unsure`, `language-unknown`, `maybe-not-us`. */
  readonly reason: 'unsure' | 'language-unknown' | 'maybe-not-us'
}

export interface DigestSource {
  readonly id: string
  readonly health: 'well' | 'silent' | 'failing' | 'gone' | 'never-polled'
  readonly lastSuccessAt: Date | null
  readonly lastEntryAt: Date | null
  /** What is wrong, in the reader's language; empty when well. */
  readonly problem: string
}
