import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Entry } from '../domain/entry.ts'
import type { Evidence } from '../domain/judgement.ts'
import type { JudgedMention } from '../domain/mention.ts'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import type { Letter } from '../domain/playbook.ts'
import type { Ticket } from '../domain/ticket.ts'
import type { AuditDesk } from '../report/audit-desk.ts'
import type { Store } from '../store/store.ts'
import type { Desk } from '../triage/desk.ts'
import type { PagesStore } from './pages-store.ts'

/** What the pages need of the world. */
export interface PagesDeps {
  readonly config: Config
  readonly store: Pick<
    Store,
    | 'ticket'
    | 'ticketMentions'
    | 'ticketEvents'
    | 'drafts'
    | 'ticks'
    | 'evidenceOf'
    | 'recordCorrection'
    | 'undoCorrection'
    | 'silences'
    | 'addSilence'
    | 'endSilence'
    | 'sourceStates'
    | 'messages'
    | 'message'
    | 'messageCounts'
    | 'openCrises'
    | 'crisesSince'
    | 'crisis'
    | 'ticketsHeld'
    | 'closeCrisis'
    | 'setting'
    | 'setSetting'
    | 'activity'
    | 'ticketsAnswered'
    | 'personSettings'
    | 'setPersonSetting'
  >
  readonly pagesStore: PagesStore
  readonly desk: Desk
  now(): Date
  /** The words that made a mention look negative, or less so. */
  explain(judged: JudgedMention): readonly Evidence[]
  /** Sends the link that signs a person in: by mail, or on the terminal when there is no mail server. */
  mailSignInLink(person: Person, url: string): Promise<void>
  /** Reads a source at the next possible instant. */
  pollNow(source: string): Promise<void>
  /** What a configured source gives now, stored nowhere. Throws VigieError. */
  preview(source: string, signal: AbortSignal): Promise<readonly Entry[]>
  /** Where names are present on the networks. */
  readonly audits: Pick<AuditDesk, 'nameOf' | 'ask' | 'progress' | 'last' | 'names'>
  /** A prepared letter about a ticket; null when there is none for it. */
  letter(ticket: Ticket, kind: Letter, language: ReaderLanguage): Promise<string | null>
  /** Whether the secret of an unsubscribe link is this person's. */
  isUnsubscribeToken(person: string, token: string): boolean
  /** A change of the files that was refused, and why; empty when all is in force. */
  refusedConfig(): readonly string[]
  /** Told when a person's word changes what is learnt. */
  onCorrection(): void
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
}
