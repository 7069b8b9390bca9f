import type { Cursor } from '../collect/source.ts'
import type {
  Correction,
  Crisis,
  DraftState,
  EvidenceRecord,
  Silence,
  WrittenDraft,
} from '../domain/answer.ts'
import type { Entry } from '../domain/entry.ts'
import type { Judgement } from '../domain/judgement.ts'
import type { JudgedMention, Mention, MentionMatch } from '../domain/mention.ts'
import type { Message, MessageState, NewMessage, Notice, NoticeKind } from '../domain/message.ts'
import type {
  DismissReason,
  Ticket,
  TicketEvent,
  TicketEventKind,
  TicketState,
  TriageOutcome,
  TriageReason,
} from '../domain/ticket.ts'

/** The truth. Every method is one transaction; what it returns is plain data. */
export interface Store {
  /** What a source remembers; null before its first visit. */
  sourceState(id: string): Promise<SourceState | null>
  sourceStates(): Promise<readonly SourceState[]>
  /** Stores what a visit gave and moves the cursor, together or not at all. Entries already known are not added again. */
  recordPoll(poll: PollRecord): Promise<PollRecorded>
  /** Notes that a visit failed. The cursor stays where it was. */
  recordPollFailure(failure: PollFailure): Promise<void>
  /** Finished visits since an instant, the latest first. */
  pollsSince(since: Date): Promise<readonly PollSummary[]>
  /** Removes entries set aside as unrelated before `unrelatedBefore`. */
  prune(limits: { unrelatedBefore: Date; neutralBefore: Date; pollsBefore: Date }): Promise<void>

  /** Mentions without a verdict, the oldest first. */
  unjudgedMentions(limit: number): Promise<readonly Mention[]>
  recordJudgements(judged: readonly JudgementRecord[]): Promise<void>

  /** Judged mentions that triage has not seen, the oldest first. */
  untriagedMentions(limit: number): Promise<readonly JudgedMention[]>
  /** The ticket of a watch that holds one of the keys, the first key that has one deciding. */
  ticketByKeys(watch: string, keys: readonly string[]): Promise<Ticket | null>
  /** Notes decisions that open no ticket, all together. */
  recordTriages(decisions: readonly TriageRecord[]): Promise<void>
  /** Opens a ticket for its first mention, with its notices, in one transaction. */
  openTicket(opening: TicketOpening): Promise<Ticket>
  /** Joins a mention to a ticket, with its notices, in one transaction. */
  joinTicket(joining: TicketJoining): Promise<Ticket>

  ticket(id: number): Promise<Ticket | null>
  /** Tickets, the most urgent first; drills left out unless asked for. */
  tickets(filter: TicketFilter): Promise<readonly Ticket[]>
  /** What a ticket gathers, the oldest first; all of it without a limit. */
  ticketMentions(id: number, limit?: number): Promise<readonly JudgedMention[]>
  /** Texts that opened or joined a ticket of the watch since then, the latest first; no drills. */
  lastAffairTexts(watch: string, since: Date, limit: number): Promise<readonly AffairText[]>
  ticketEvents(id: number): Promise<readonly TicketEvent[]>
  /** Changes a ticket and notes who did it and why, in one transaction. Null when there is no such ticket. */
  changeTicket(id: number, change: TicketChange): Promise<Ticket | null>

  /** Puts the mentions, keys and notices of one ticket into another and dismisses the first. Returns the second. */
  mergeTickets(from: number, into: number, who: string, at: Date): Promise<Ticket>
  /** Takes mentions out into a new ticket that is otherwise the same. Returns the new one. */
  splitTicket(id: number, mentions: readonly number[], who: string, at: Date): Promise<Ticket>
  /** Texts posted in answer to other tickets whose mentions stand under the same canonical address. */
  postedTexts(canonicalUrl: string | null, exceptTicket: number): Promise<readonly string[]>

  /** Notices whose time has come and that no message has told, the oldest first. */
  dueNotices(now: Date): Promise<readonly Notice[]>
  /** How many messages of these kinds a person was written in a period. */
  countMessages(person: string, kinds: readonly Message['kind'][], since: Date, until: Date): Promise<number>
  /** What a person was told about a ticket, the oldest first. */
  ticketMessages(ticket: number, person: string): Promise<readonly Omit<Message, 'bytes'>[]>
  /** Notes that a server refused for good what we sent to an address; does nothing when we never sent that there. */
  markBadAddress(messageId: string, recipient: string, reason: string, at: Date): Promise<boolean>
  /** How often a ticket was told to a person. */
  countTicketMessages(ticket: number, person: string): Promise<number>
  /** Stores rendered messages and settles the notices they tell, together or not at all. */
  recordMessages(
    messages: readonly NewMessage[],
    notices: readonly number[],
    now: Date,
  ): Promise<readonly number[]>
  /** Leaves notices to the next digest. */
  foldNotices(notices: readonly number[]): Promise<void>

  /** Messages whose next attempt is due, the oldest first. */
  dueMessages(now: Date, limit: number): Promise<readonly Message[]>
  recordSent(id: number, reply: string, now: Date): Promise<void>
  /** `nextAttemptAt` null: given up. */
  recordDeliveryFailure(id: number, failure: DeliveryFailure): Promise<void>
  messageCounts(): Promise<Readonly<Record<MessageState, number>>>
  /** What was last written to a person or a room; null when nothing was. */
  lastMessageTo(person: string): Promise<Omit<Message, 'bytes'> | null>
  /** Messages in a state, the latest first, without their bytes. */
  messages(state: MessageState | null, limit: number): Promise<readonly Omit<Message, 'bytes'>[]>
  message(id: number): Promise<Message | null>

  /** Stores a digest's message once for a person, kind and local date; false when it was there already. */
  recordDigest(
    person: string,
    kind: string,
    localDate: string,
    message: NewMessage,
    now: Date,
  ): Promise<boolean>
  /** The last digest of a kind that was written for a person; null: none yet. */
  lastDigest(person: string, kind: string): Promise<{ localDate: string; at: Date } | null>
  /** Snoozed and dismissed tickets whose time to be looked at again has come. */
  ticketsToWake(now: Date): Promise<readonly Ticket[]>
  /** Tickets opened in a period, the oldest first, whatever became of them. */
  ticketsOpened(from: Date, to: Date): Promise<readonly Ticket[]>
  /** Tickets closed in a period, the latest first. */
  ticketsAnswered(from: Date, to: Date): Promise<readonly Ticket[]>
  /** How many tickets are open. */
  countOpenTickets(): Promise<number>
  /** What happened in a period, for digest and report. */
  activity(from: Date, to: Date): Promise<Activity>

  /** What people wrote for a ticket, the oldest first. */
  drafts(ticket: number): Promise<readonly WrittenDraft[]>
  /** Keeps what a person writes: their working draft of a candidate is replaced until it is proposed. */
  saveDraft(draft: NewDraft): Promise<WrittenDraft>
  /** Null when there is no such draft. */
  decideDraft(id: number, decision: DraftDecision): Promise<WrittenDraft | null>
  /** The questions ticked, by their place in the playbook from 0. */
  ticks(ticket: number): Promise<readonly number[]>
  setTick(ticket: number, question: number, isDone: boolean, who: string, at: Date): Promise<void>

  /** Corrections in force, of one watch or (null) all, the oldest first. */
  corrections(watch: string | null): Promise<readonly Correction[]>
  recordCorrection(correction: Omit<Correction, 'id'>, contentHash: string): Promise<Correction>
  /** False when it was not in force. */
  undoCorrection(id: number, at: Date): Promise<boolean>
  /** The last word of a person that the same text is not negative or not about us; null: none. */
  correctedBefore(watch: string, contentHash: string): Promise<Correction | null>

  /** Silences in force. */
  silences(now: Date): Promise<readonly Silence[]>
  addSilence(silence: Omit<Silence, 'id'>, at: Date): Promise<Silence>
  endSilence(id: number, at: Date): Promise<boolean>

  /** Reaches a level of reminder or escalation with its notices; false when it was reached before. */
  escalate(ticket: number, level: string, change: Escalation): Promise<boolean>

  /** What was seen of a mention, the oldest first. */
  evidenceOf(mention: number): Promise<readonly EvidenceRecord[]>
  /** Adds a record to the chain. */
  recordEvidence(record: Pick<EvidenceRecord, 'mention' | 'at' | 'kind' | 'payload'>): Promise<EvidenceRecord>
  /** Mentions of tickets that have no evidence yet, the oldest first. */
  mentionsWithoutEvidence(limit: number): Promise<readonly number[]>

  /** Mentions with evidence since an instant, to be looked at again. */
  watchedEvidence(since: Date): Promise<readonly Watched[]>
  /** Recomputes the chain of hashes; the id of the first record that does not fit, null when all do. */
  brokenEvidence(): Promise<number | null>
  /**
   * Texts judged negative (sure, or with a ticket) since an instant, the oldest first; drills left out. The words of
   * those before `wordsSince` are left out: they are only counted.
   */
  negativeTexts(since: Date, until: Date, wordsSince: Date): Promise<readonly NegativeText[]>
  openCrises(): Promise<readonly Crisis[]>
  /** The last digest of a kind for a person that is of a local date or before it; null: none. */
  lastDigestUntil(
    person: string,
    kind: string,
    localDate: string,
  ): Promise<{ localDate: string; at: Date } | null>
  /** Tickets of a watch that were opened under a silence. */
  silencedTickets(watch: string): Promise<ReadonlySet<number>>
  /** The levels of reminder and escalation that each open ticket has reached. */
  levelsReached(): Promise<ReadonlyMap<number, ReadonlySet<string>>>
  /** Crises that were open after an instant, also those closed since, the oldest first. */
  crisesSince(since: Date): Promise<readonly CrisisRecord[]>
  /** Null when there is no such crisis. */
  crisis(id: number): Promise<CrisisRecord | null>
  /** Tickets whose alerts were held while a crisis lasted, the oldest first. */
  ticketsHeld(crisis: Crisis, limit: number): Promise<readonly Ticket[]>
  /** With the reason, kept in the history of the ticket it began with; no mark is told any more. */
  closeCrisis(id: number, who: string, at: Date, why?: string): Promise<boolean>
  openCrisis(crisis: Pick<Crisis, 'watch' | 'openedAt' | 'reason' | 'leader' | 'deputy'>): Promise<Crisis>
  /** Counts mails that were held while a crisis lasts. */
  countHeld(id: number, mails: number): Promise<void>

  /** What a person set about themselves: `alerts`, `away-from`, `away-to`. */
  personSettings(person: string): Promise<ReadonlyMap<string, string>>
  setPersonSetting(person: string, name: string, value: string, at: Date): Promise<void>

  /** Null when there is no such mention. */
  mention(id: number): Promise<JudgedMention | null>
  setting(name: string): Promise<string | null>
  setSetting(name: string, value: string): Promise<void>

  integrityProblems(): readonly string[]
  close(): Promise<void>
}

/** How often a source usually speaks, in milliseconds: between two entries, and the longest silence that is usual. */
export interface Rhythm {
  readonly usualGapMs: number
  readonly longestUsualMs: number
}

export interface SourceState {
  readonly id: string
  readonly watch: string
  readonly kind: string
  readonly cursor: Cursor
  readonly definition: string
  readonly title: string | null
  readonly link: string | null
  readonly nextPollAt: Date
  readonly lastPollAt: Date | null
  readonly lastSuccessAt: Date | null
  /** The latest publication date of any of its entries, matched or not. */
  readonly lastEntryAt: Date | null
  /** How often it usually speaks; null while too little is known. */
  readonly rhythm: Rhythm | null
  readonly lastStatus: 'fetched' | 'unchanged' | 'failed'
  readonly lastCode: string | null
  readonly lastMessage: string | null
  /** Failures in a row. */
  readonly failures: number
  /** The source is gone for good and is not visited. */
  readonly disabled: boolean
}

interface PollOf {
  readonly source: {
    readonly id: string
    readonly watch: string
    readonly kind: string
    readonly definition: string
  }
  readonly at: Date
  readonly tookMs: number
  readonly nextPollAt: Date
}

export interface AffairText {
  readonly ticket: number
  readonly entry: { readonly title: string | null; readonly text: string }
}

export interface PollRecord extends PollOf {
  readonly status: 'fetched' | 'unchanged'
  readonly cursor: Cursor
  readonly title: string | null
  readonly link: string | null
  /** How many entries the document held. */
  readonly entries: number
  /** Every identifier in the document: tells an entry that changed its identifier from a copy beside the original. */
  readonly documentIds: readonly string[]
  readonly mentions: readonly NewMention[]
  readonly unrelated: readonly UnrelatedEntry[]
  readonly lastEntryAt: Date | null
  /** Said beside a visit that went well but for some of its parts. */
  readonly partly?: { readonly code: string; readonly message: string }
  /** Absent or null leaves what was learnt before. */
  readonly rhythm?: Rhythm | null
}

export interface NewMention {
  readonly entry: Entry
  readonly canonicalUrl: string | null
  readonly contentHash: string
  readonly match: MentionMatch
  readonly drill?: boolean
}

export interface UnrelatedEntry {
  readonly entry: Entry
  /** What removed it: `not:lumen technologies` or `deny:candela`. */
  readonly reason: string
}

export interface PollRecorded {
  /** Mentions that were not known. */
  readonly added: number
  /** Known ones whose text changed; the former text is kept. */
  readonly edited: number
}

export interface PollFailure extends PollOf {
  readonly code: string
  readonly message: string
  readonly disable: boolean
}

export interface PollSummary {
  readonly source: string
  readonly at: Date
  readonly status: 'fetched' | 'unchanged' | 'failed'
  readonly code: string | null
  readonly entries: number
  readonly added: number
}

export interface JudgementRecord {
  readonly mention: number
  /** Null: its language is not one the watch judges; `language` says which. */
  readonly judgement: Judgement | null
  readonly language: string | null
  readonly at: Date
}

export interface TriageRecord {
  readonly mention: number
  readonly at: Date
  readonly outcome: TriageOutcome
  readonly category: string | null
  readonly confidence: number | null
  readonly alternatives: readonly string[]
  readonly reason: TriageReason
}

export interface TicketOpening {
  readonly triage: TriageRecord
  readonly ticket: Pick<
    Ticket,
    | 'watch'
    | 'category'
    | 'categoryConfidence'
    | 'alternatives'
    | 'severity'
    | 'approval'
    | 'owner'
    | 'title'
    | 'language'
    | 'openedAt'
    | 'seenBy'
    | 'answerBy'
    | 'drill'
    | 'reason'
  >
  readonly keys: readonly string[]
  readonly notices: readonly NewNotice[]
}

export interface TicketJoining {
  readonly triage: TriageRecord
  readonly ticket: number
  readonly keys: readonly string[]
  readonly notices: readonly NewNotice[]
}

export interface NewNotice {
  readonly person: string
  readonly kind: NoticeKind
  readonly dueAt: Date
}

export interface TicketFilter {
  readonly states?: readonly TicketState[]
  readonly watch?: string
  readonly owner?: string
  readonly drill?: boolean
  readonly limit: number
}

export interface TicketChange {
  readonly at: Date
  readonly who: string
  readonly what: TicketEventKind
  readonly detail: Readonly<Record<string, unknown>>
  readonly set: Partial<{
    state: TicketState
    category: string
    categoryConfidence: number
    severity: Ticket['severity']
    approval: Ticket['approval']
    owner: string
    seenAt: Date
    answeredAt: Date
    answerUrl: string | null
    dismissReason: DismissReason | null
    againAt: Date | null
    seenBy: Date
    answerBy: Date
  }>
  readonly notices?: readonly NewNotice[]
}

export type NewDraft = Pick<WrittenDraft, 'ticket' | 'at' | 'who' | 'language' | 'name' | 'text' | 'state'>

export interface DraftDecision {
  readonly at: Date
  readonly who: string
  readonly state: DraftState
  readonly reason: string | null
}

export interface Escalation {
  readonly at: Date
  readonly what: Extract<TicketEventKind, 'reminded' | 'escalated'>
  readonly notices: readonly NewNotice[]
}

export interface Watched {
  readonly mention: number
  readonly firstAt: Date
  readonly lastAt: Date
  /** Deleted, or without an address: there is nothing left to look at. */
  readonly isOver: boolean
}

export interface CrisisRecord extends Crisis {
  /** The ticket it began with; null when that is gone. */
  readonly ticket: number | null
  /** What spoke for it, as it was written down. */
  readonly signs: readonly unknown[]
  /** A person's id or `vigie`; null while it is open. */
  readonly closedBy: string | null
  /** Empty when nobody said. */
  readonly closedWhy: string
}

export interface NegativeText {
  readonly watch: string
  readonly author: string | null
  readonly text: string
  readonly collectedAt: Date
}

export interface DeliveryFailure {
  readonly code: string
  readonly reply: string
  readonly at: Date
  readonly nextAttemptAt: Date | null
}

export interface Activity {
  readonly mentions: number
  readonly negative: number
  readonly unsure: number
  readonly opened: number
  readonly joined: number
  readonly answered: number
  readonly dismissed: number
  readonly unrelated: number
  readonly otherLanguage: number
  readonly toRead: readonly JudgedMention[]
  /** By local day is the reader's business: instants, and which are surely negative, the oldest first. */
  readonly days: readonly {
    readonly collectedAt: Date
    readonly isNegative: boolean
    readonly watch: string
  }[]
}
