import type { Config } from '../config.ts'
import type { Correction, WrittenDraft } from '../domain/answer.ts'
import { contentHash } from '../domain/content-hash.ts'
import type { Person, Role } from '../domain/person.ts'
import type { Approval } from '../domain/playbook.ts'
import { fullText } from '../domain/relevance.ts'
import type { Ticket } from '../domain/ticket.ts'
import { type GuardFinding, isHeldBack } from '../respond/guard.ts'
import type { Store } from '../store/store.ts'
import { type TicketAction, TicketActionError, ticketAction } from './act.ts'
import { deadlinesOf } from './triage.ts'

/**
 * Everything a person may do to a ticket, with its rules: the command line, the pages and the mail replies all pass
 * here, so that no path goes around the guard or an approval. Each throws TicketActionError when the person asks for
 * what the rules forbid; the message says why and what to do.
 */
export interface Desk {
  /** seen, answered, dismiss, assign, snooze. */
  act(ticket: number, action: TicketAction, who: string): Promise<Ticket>
  reopen(ticket: number, who: string, why: string): Promise<Ticket>
  note(ticket: number, who: string, text: string): Promise<Ticket>
  /** Corrects the category: teaches, keeps the ticket, recounts its deadlines from its opening. */
  categorise(ticket: number, who: string, category: string): Promise<Ticket>
  tick(ticket: number, question: number, isDone: boolean, who: string): Promise<void>
  /** Keeps what a person writes; says what speaks against posting it. */
  saveDraft(ticket: number, who: string, draft: DraftText): Promise<GuardedDraft>
  /** What speaks against a text, without keeping it. */
  guardDraft(ticket: number, draft: DraftText): Promise<readonly GuardFinding[]>
  /** Hands drafts to whoever may approve them. Refused while the guard blocks and nobody else would read them. */
  askApproval(ticket: number, who: string, drafts: readonly number[]): Promise<Ticket>
  approve(ticket: number, who: string, draft: number, comment: string): Promise<Ticket>
  refuse(ticket: number, who: string, draft: number, reason: string): Promise<Ticket>
  /** The answer was posted, with the text that was posted when it is known. */
  posted(ticket: number, who: string, url: string | null, draft: number | null): Promise<Ticket>
  /** Puts the mentions of one ticket into another and closes the first. */
  merge(from: number, into: number, who: string): Promise<Ticket>
  /** Takes mentions out into a ticket of their own. */
  split(ticket: number, mentions: readonly number[], who: string): Promise<Ticket>
  /** Who may approve an answer to this ticket, and when a single person may: see `approvalRule`. */
  approvers(ticket: Ticket): readonly Person[]
}

export interface DraftText {
  readonly text: string
  readonly language: string
  readonly name: string | null
}

export interface GuardedDraft {
  readonly draft: WrittenDraft
  readonly findings: readonly GuardFinding[]
}

/** What each role may do; `reader` may only look. */
export const rights: Readonly<Record<Role, readonly Right[]>> = {
  owner: ['read', 'work', 'approve-owner', 'approve-responder', 'configure'],
  adviser: ['read', 'work', 'approve-adviser', 'approve-owner', 'approve-responder'],
  approver: ['read', 'work', 'approve-owner', 'approve-responder'],
  responder: ['read', 'work', 'approve-responder'],
  reader: ['read'],
}

export type Right = 'read' | 'work' | 'approve-responder' | 'approve-owner' | 'approve-adviser' | 'configure'

export function may(person: Pick<Person, 'role'>, right: Right): boolean {
  return rights[person.role].includes(right)
}
