import type { Correction, EvidenceRecord, Silence } from '../domain/answer.ts'
import type { JudgedMention } from '../domain/mention.ts'
import type { Message } from '../domain/message.ts'
import type { Ticket, TriageOutcome, TriageReason } from '../domain/ticket.ts'
import { fold } from '../domain/word.ts'

/** What is kept, for those who take it away, ask what is kept about them, or have it erased. */
export interface ArchiveStore {
  /** Mentions after a number, the oldest first; drills left out. */
  archivedMentions(filter: ArchiveFilter, after: number, limit: number): Promise<readonly ArchivedMention[]>
  /** Tickets after a number, the oldest first; drills left out. */
  archivedTickets(filter: ArchiveFilter, after: number, limit: number): Promise<readonly Ticket[]>
  /** Silences that are in force or will be. */
  comingSilences(now: Date): Promise<readonly Silence[]>
  /** The oldest message that still waits. */
  oldestWaiting(): Promise<Pick<Message, 'id' | 'createdAt' | 'lastCode' | 'lastReply'> | null>

  /** The names that answer to a name, with how many texts each signs. Reads every name once. */
  authorsCalled(name: string): Promise<readonly NamedAuthor[]>
  /** Everything that is kept about an author. */
  storedAbout(name: string): Promise<StoredAbout>
  /**
   * Erases an author's texts, names and addresses wherever they are kept, in one transaction, then what the file still
   * held of them in its free space. Counts stay, the chain of evidence stays whole, and a hash keeps the same entry out.
   */
  forgetAuthor(name: string, at: Date): Promise<Forgotten>
}

export interface ArchiveFilter {
  readonly since: Date | null
  readonly watch: string | null
}

export interface ArchivedMention extends JudgedMention {
  /** Null: not decided yet. */
  readonly outcome: TriageOutcome | null
  readonly category: string | null
  readonly ticket: Ticket | null
}

export interface NamedAuthor {
  readonly name: string
  readonly texts: number
}

export interface StoredAbout {
  readonly names: readonly string[]
  readonly mentions: readonly StoredMention[]
  /** Set aside as not about a watch; kept a few days. */
  readonly unrelated: readonly {
    readonly watch: string
    readonly source: string
    readonly collectedAt: Date
    readonly reason: string
    readonly entry: unknown
  }[]
  readonly tickets: readonly (Ticket & {
    /** What was written in answer. */
    readonly answers: readonly { readonly at: Date; readonly state: string; readonly text: string }[]
  })[]
  /** What people said of our verdicts on these texts. */
  readonly corrections: readonly Omit<Correction, 'who'>[]
  /** Mails that were written about these tickets. */
  readonly mails: readonly Pick<Message, 'kind' | 'ticket' | 'subject' | 'state' | 'createdAt' | 'sentAt'>[]
}

export interface StoredMention extends JudgedMention {
  readonly versions: readonly {
    readonly seenAt: Date
    readonly title: string | null
    readonly text: string
  }[]
  readonly decision: {
    readonly at: Date
    readonly outcome: TriageOutcome
    readonly category: string | null
    readonly ticket: number | null
    readonly reason: TriageReason
  } | null
  readonly evidence: readonly EvidenceRecord[]
}

export interface Forgotten {
  readonly names: readonly string[]
  readonly mentions: number
  readonly versions: number
  readonly unrelated: number
  readonly evidence: number
  readonly corrections: number
  readonly tickets: number
  /** Mails not yet sent that quoted the author: withdrawn, to be written anew without the text. */
  readonly withdrawn: number
  /** Stored copies of mails already sent, emptied; their Message-IDs. */
  readonly emptied: readonly string[]
  /** False when something else used the database: its free space may still hold former bytes. */
  readonly swept: boolean
}

/** Stands where something was erased: for readers of both languages. */
export const erasedMark = '[effacé · erased]'

const longestName = 500

/** Whether a text's author answers to a name: by its name or a part of it, or, for a name with a leading @, by its address. */
export function answersTo(wanted: string, author: string | null, url: string | null): boolean {
  const key = nameKey(wanted)
  if (key === '') return false
  if (author !== null && keysOfAuthor(author).has(key)) return true
  return wanted.trim().startsWith('@') && url !== null && handlesIn(url).has(key)
}

/** Names compared without case, accents, a leading @ or the width of spaces. */
function nameKey(name: string): string {
  return fold(name.slice(0, longestName)).trim().replace(/\s+/g, ' ').replace(/^@/, '')
}

/** `Jean Dupont (@jean@social.example)` answers to the whole and to each of its parts. */
function keysOfAuthor(author: string): ReadonlySet<string> {
  const parts = author.slice(0, longestName).split(/[()<>]/)
  return new Set([author, ...parts].map(nameKey).filter((key) => key !== ''))
}

const beforeHandle = new Set(['profile', 'user', 'users', 'u', 'member', 'members', 'author'])

/** Some services give a display name as the author and the handle only in the address. */
function handlesIn(url: string): ReadonlySet<string> {
  const handles = new Set<string>()
  if (!URL.canParse(url)) return handles
  const { hostname, pathname } = new URL(url)
  const segments = pathname.split('/').map(decoded)
  for (const [index, segment] of segments.entries()) {
    if (!segment.startsWith('@') && !beforeHandle.has(segments[index - 1] ?? '')) continue
    handles.add(nameKey(segment))
    handles.add(nameKey(`${segment}@${hostname}`))
  }
  return handles
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
