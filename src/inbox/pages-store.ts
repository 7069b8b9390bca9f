import type { Correction } from '../domain/answer.ts'
import type { Entry } from '../domain/entry.ts'
import type { JudgedMention } from '../domain/mention.ts'
import type { Severity } from '../domain/playbook.ts'
import type { Ticket, TicketState, TriageOutcome, TriageReason } from '../domain/ticket.ts'
import type { NewNotice } from '../store/store.ts'

/**
 * What the pages alone need of the store: lists that stay fast whatever their length, counts, search, and who is signed
 * in. Every method is one transaction; what it returns is plain data.
 */
export interface PagesStore extends ListStore, FactStore, SignInStore {}

export interface ListStore {
  /** Tickets of a tab, the most urgent or the latest first. */
  ticketPage(filter: TicketListFilter, page: PageRequest): Promise<Page<Ticket>>
  /** How many tickets a filter holds, counted up to `limit`. */
  countTickets(filter: TicketListFilter, limit: number): Promise<number>
  ticketCounts(): Promise<TicketCounts>
  /** How the first text of each ticket begins, by ticket. */
  excerptsOf(tickets: readonly number[]): Promise<ReadonlyMap<number, Excerpt>>
  /** Tickets opened in a period, the gravest first. */
  ticketsOpened(period: Period, limit: number): Promise<readonly Ticket[]>
  /** Mentions, the last found first. */
  mentionPage(filter: MentionListFilter, page: PageRequest): Promise<Page<ListedMention>>
  /** Entries that a rule set aside, the last first. */
  unrelatedPage(filter: Pick<MentionListFilter, 'watch'>, page: PageRequest): Promise<Page<SetAside>>
  /** How many mentions wait for a person to read them. */
  countToRead(): Promise<number>
  /** One mention as the list shows it; null when there is none. */
  listedMention(id: number): Promise<ListedMention | null>
  /** Former texts of a mention, the oldest first. */
  versionsOf(mention: number): Promise<readonly MentionVersion[]>
  /** Corrections in force about mentions or a ticket. */
  correctionsOf(mentions: readonly number[]): Promise<readonly Correction[]>
  /** Takes an entry that was set aside in as a mention; null when it is gone. */
  adopt(unrelated: number, at: Date): Promise<number | null>
  /** Opens a ticket for a mention by a person's word; null when it belongs to one already or is gone. */
  openTicketByHand(opening: HandOpening): Promise<Ticket | null>
  /** How many mentions of a watch hold all the words, counted up to `limit`. */
  countMentionsWith(watch: string, words: string, limit: number): Promise<number>

  /** Notes that a person has a ticket's answer under their hands. */
  noteWriter(ticket: number, person: string, at: Date): Promise<void>
  /** Who has had one of these tickets' answers under their hands since an instant. */
  writersOf(tickets: readonly number[], since: Date): Promise<readonly Writer[]>
}

export interface FactStore {
  /** Counts anew the days in which something changed; says how many. Cheap when nothing did. */
  refreshFacts(zone: string): Promise<number>
  /** What each local day counted, the earliest first; both days included. */
  dayFacts(range: DayRange, watches: readonly string[]): Promise<readonly DayFacts[]>
  /** The first local day that counted something; null when none did. */
  firstDay(): Promise<string | null>
  /** Who spoke in a period. `mentions`, how many the period holds, decides whether a part of the authors stands for all. */
  authorFacts(period: Period, watches: readonly string[], mentions: number): Promise<AuthorFacts>
  /** How fast tickets of a period were looked at and answered, by severity. */
  responseFacts(period: Period, watches: readonly string[]): Promise<readonly ResponseFacts[]>
  /** The affairs of a period with the most texts, three at least. */
  largestAffairs(period: Period, watches: readonly string[], limit: number): Promise<readonly Ticket[]>
  /** Who said it and where, for each text of a ticket, the earliest first. */
  spreadOf(ticket: number, limit: number): Promise<readonly SpreadText[]>
}

export interface SignInStore {
  addSignInLink(link: SignInLink): Promise<void>
  /** The link while it is good: neither used nor too old. */
  signInLink(hash: string, now: Date): Promise<Pick<SignInLink, 'person' | 'browser'> | null>
  /** Uses a link up; the person, or null when it was not good. */
  useSignInLink(hash: string, now: Date): Promise<string | null>
  /** Notes a try and says how many there were since an instant, this one included. */
  countTry(key: string, at: Date, since: Date): Promise<number>
  addSession(session: Session): Promise<void>
  /** Null when there is none or it has run out. */
  session(hash: string, now: Date): Promise<Session | null>
  extendSession(hash: string, usedAt: Date, expiresAt: Date): Promise<void>
  endSession(hash: string): Promise<void>
  sessionsOf(person: string, now: Date): Promise<readonly Session[]>
  /** Forgets links, tries, sessions and writers that are past. */
  sweep(now: Date): Promise<void>

  addShare(share: Omit<Share, 'id'>): Promise<Share>
  /** The share a secret address stands for; null when there is none or it was ended. */
  shareByToken(token: string): Promise<Share | null>
  sharesOf(person: string): Promise<readonly Share[]>
  endShare(id: number, person: string, at: Date): Promise<boolean>
}

/** Where a page begins: what the page before called `next`. */
export interface PageRequest {
  readonly after: string | null
  readonly limit: number
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Null on the last page. A page may be short, even empty, and have a next: the search goes on there. */
  readonly next: string | null
}

export type TicketTab = 'open' | 'mine' | 'approval' | 'snoozed' | 'answered' | 'dismissed' | 'all' | 'drill'

export interface TicketListFilter {
  readonly tab: TicketTab
  /** Whose, for `mine`; else any owner when null. */
  readonly owner: string | null
  readonly watch: string | null
  readonly category: string | null
  readonly severity: Severity | null
  /** As typed in the search box; empty for none. */
  readonly words: string
}

export interface TicketCounts {
  readonly states: Readonly<Partial<Record<TicketState, number>>>
  /** Open tickets by owner. */
  readonly owners: ReadonlyMap<string, number>
}

export interface Excerpt {
  readonly text: string
  readonly author: string | null
  readonly url: string | null
}

export type MentionKind =
  | 'all'
  | 'negative'
  | 'neutral'
  | 'positive'
  | 'to-read'
  | 'late'
  | 'other-language'
  | 'waiting'

export interface MentionListFilter {
  readonly kind: MentionKind
  readonly watch: string | null
  readonly source: string | null
  readonly words: string
  /** When they were found; `to` is not included. */
  readonly from: Date | null
  readonly to: Date | null
}

/** A mention with what was decided about it. */
export interface ListedMention extends JudgedMention {
  /** Null while it waits for its turn. */
  readonly outcome: TriageOutcome | null
  readonly category: string | null
  readonly ticket: number | null
  readonly reason: TriageReason | null
  /** A person's last word on it. */
  readonly correction: Correction | null
}

export interface SetAside {
  readonly id: number
  readonly watch: string
  readonly source: string
  readonly entry: Entry
  readonly collectedAt: Date
  /** What removed it: `not:lumen technologies` or `deny:candela`. */
  readonly reason: string
}

export interface MentionVersion {
  /** Until when it read so. */
  readonly seenAt: Date
  readonly title: string | null
  readonly text: string
}

export interface HandOpening {
  readonly mention: number
  readonly who: string
  readonly at: Date
  readonly ticket: Pick<
    Ticket,
    | 'watch'
    | 'category'
    | 'severity'
    | 'approval'
    | 'owner'
    | 'title'
    | 'language'
    | 'seenBy'
    | 'answerBy'
    | 'reason'
  >
  readonly keys: readonly string[]
  readonly notices: readonly NewNotice[]
}

export interface Writer {
  readonly ticket: number
  readonly person: string
  readonly at: Date
}

export interface SignInLink {
  readonly hash: string
  readonly person: string
  /** Hash of what the asking browser holds; null for a link printed on the terminal. */
  readonly browser: string | null
  readonly expiresAt: Date
}

export interface Session {
  readonly hash: string
  readonly person: string
  /** What the browser calls itself, shortened. */
  readonly browser: string
  readonly createdAt: Date
  readonly usedAt: Date
  readonly expiresAt: Date
}

export type ShareKind = 'tickets' | 'mentions' | 'newspaper' | 'api'

/** A secret address that shows something without signing in. */
export interface Share {
  readonly id: number
  readonly token: string
  readonly kind: ShareKind
  readonly person: string
  readonly name: string
  /** The query string of the page it stands for. */
  readonly filter: string
  readonly createdAt: Date
  readonly endedAt: Date | null
}

/** Local dates `YYYY-MM-DD`, both included. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** Instants; `to` is not included. */
export interface Period {
  readonly from: Date
  readonly to: Date
}

/** What a watch counted on a local day. */
export interface DayFacts {
  readonly day: string
  readonly watch: string
  readonly mentions: number
  readonly negative: number
  readonly neutral: number
  readonly positive: number
  /** Judged, but not surely. */
  readonly unsure: number
  /** Not judged: another language, or its turn has not come. */
  readonly unjudged: number
  /** Mentions by local hour, 24 numbers. */
  readonly hours: readonly number[]
  readonly networks: Readonly<Record<string, NetworkFacts>>
  readonly sites: Readonly<Record<string, number>>
}

export interface NetworkFacts {
  readonly mentions: number
  readonly negative: number
  /** Likes, shares and comments as the sources gave them. */
  readonly reactions: number
  readonly views: number
}

export interface AuthorFacts {
  /** Mentions that name their author. */
  readonly signed: number
  readonly authors: number
  /** Authors who spoke more than once, and how many mentions theirs were. */
  readonly repeaters: number
  readonly repeated: number
  /** A part of the authors stood for all. */
  readonly isEstimate: boolean
  /** Who spoke most; empty for an estimate. */
  readonly top: readonly { readonly author: string; readonly mentions: number }[]
}

export interface ResponseFacts {
  readonly severity: Severity
  readonly opened: number
  readonly seen: number
  readonly seenInTime: number
  readonly answered: number
  readonly answeredInTime: number
  readonly dismissed: number
  /** Milliseconds; null when none was. */
  readonly medianSeenMs: number | null
  readonly medianAnsweredMs: number | null
  readonly slowAnsweredMs: number | null
}

export interface SpreadText {
  readonly author: string | null
  readonly site: string
  readonly at: Date
}
