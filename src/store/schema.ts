import type { Generated, GeneratedAlways } from 'kysely'

/** The tables, as Kysely sees them. Instants are milliseconds since 1970 in UTC, lists and maps are JSON. */
export interface Tables {
  sources: SourceRow
  polls: PollRow
  mentions: MentionRow
  mention_versions: MentionVersionRow
  unrelated: UnrelatedRow
  judgements: JudgementRow
  triages: TriageRow
  tickets: TicketRow
  ticket_keys: TicketKeyRow
  ticket_events: TicketEventRow
  notices: NoticeRow
  messages: MessageRow
  digests: DigestRow
  drafts: DraftRow
  ticks: TickRow
  corrections: CorrectionRow
  silences: SilenceRow
  escalations: EscalationRow
  evidence: EvidenceRow
  crises: CrisisRow
  person_settings: PersonSettingRow
  settings: SettingRow
  sign_in_links: SignInLinkRow
  sign_in_tries: SignInTryRow
  sessions: SessionRow
  writers: WriterRow
  shares: ShareRow
  mention_authors: MentionAuthorRow
  day_facts: DayFactsRow
  stale_slots: StaleSlotRow
  pending: PendingRow
}

interface PendingRow {
  stage: 'judge' | 'triage' | 'evidence'
  mention: number
}

interface SourceRow {
  id: string
  watch: string
  kind: string
  cursor: string | null
  /** Of the source's settings and the watch's query: when it changes, what the cursor remembers no longer counts. */
  definition: string
  title: string | null
  link: string | null
  next_poll_at: number
  last_poll_at: number | null
  last_success_at: number | null
  last_entry_at: number | null
  rhythm: string | null
  last_status: string
  last_code: string | null
  last_message: string | null
  failures: number
  disabled: number
}

interface PollRow {
  id: Generated<number>
  source: string
  at: number
  status: string
  code: string | null
  entries: number
  added: number
  took_ms: number
}

interface MentionRow {
  id: Generated<number>
  watch: string
  source: string
  source_kind: string
  external_id: string
  url: string | null
  canonical_url: string | null
  title: string | null
  text: string
  author: string | null
  published_at: number | null
  collected_at: number
  language: string | null
  engagement: string | null
  stars: number | null
  content_hash: string
  match: string
  drill: Generated<number>
  /** When it was published as far as that can be true, else when it was collected: for statistics. */
  spoken_at: GeneratedAlways<number>
}

interface MentionVersionRow {
  mention: number
  seen_at: number
  title: string | null
  text: string
  content_hash: string
}

interface UnrelatedRow {
  id: Generated<number>
  watch: string
  source: string
  source_kind: string
  external_id: string
  entry: string
  collected_at: number
  reason: string
}

interface JudgementRow {
  mention: number
  judged_at: number
  language: string | null
  /** Null: not judged, its language is not one of the watch's. */
  polarity: string | null
  confidence: number | null
  sure: number
  negative: number | null
  neutral: number | null
  positive: number | null
}

interface TriageRow {
  mention: number
  decided_at: number
  outcome: string
  category: string | null
  confidence: number | null
  alternatives: string
  reason: string
  ticket: number | null
}

interface TicketRow {
  id: Generated<number>
  watch: string
  category: string
  category_confidence: number
  alternatives: string
  severity: string
  approval: string
  state: string
  owner: string
  title: string
  language: string | null
  opened_at: number
  seen_by: number
  answer_by: number
  seen_at: number | null
  answered_at: number | null
  answer_url: string | null
  dismiss_reason: string | null
  again_at: number | null
  mention_count: number
  author_count: number
  drill: Generated<number>
  reason: string
  changed_at: number
}

interface TicketKeyRow {
  watch: string
  key: string
  ticket: number
  at: number
}

interface TicketEventRow {
  id: Generated<number>
  ticket: number
  at: number
  who: string
  what: string
  detail: string
}

interface NoticeRow {
  id: Generated<number>
  ticket: number
  person: string
  kind: string
  created_at: number
  due_at: number
  /** Null while it waits; else the message that told it, or 0 when the digest took it over. */
  message: number | null
}

interface MessageRow {
  id: Generated<number>
  kind: string
  ticket: number | null
  person: string | null
  recipient: string
  message_id: string
  subject: string
  bytes: Buffer
  state: string
  created_at: number
  attempts: Generated<number>
  next_attempt_at: number | null
  last_code: string | null
  last_reply: string | null
  sent_at: number | null
}

interface DigestRow {
  person: string
  kind: string
  local_date: string
  message: number
}

interface SettingRow {
  name: string
  value: string
}

interface DraftRow {
  id: Generated<number>
  ticket: number
  at: number
  who: string
  language: string
  name: string | null
  text: string
  state: string
  decided_at: number | null
  decided_by: string | null
  reason: string | null
}

interface TickRow {
  ticket: number
  question: number
  at: number
  who: string
}

interface CorrectionRow {
  id: Generated<number>
  mention: number
  ticket: number | null
  watch: string
  at: number
  who: string
  kind: string
  text: string
  language: string | null
  category: string | null
  content_hash: string
  undone_at: number | null
}

interface SilenceRow {
  id: Generated<number>
  query: string
  watch: string | null
  from_at: number
  until_at: number
  reason: string
  who: string
  at: number
  ended_at: number | null
}

interface EscalationRow {
  ticket: number
  level: string
  at: number
}

interface EvidenceRow {
  id: Generated<number>
  mention: number
  at: number
  kind: string
  payload: string
  payload_sha256: string
  sha256: string
  previous: string
}

interface CrisisRow {
  id: Generated<number>
  watch: string
  opened_at: number
  reason: string
  leader: string
  deputy: string | null
  closed_at: number | null
  closed_by: string | null
  held: Generated<number>
}

interface PersonSettingRow {
  person: string
  name: string
  value: string
  at: number
}

interface SignInLinkRow {
  hash: string
  person: string
  browser: string | null
  expires_at: number
  used_at: number | null
}

interface SignInTryRow {
  key: string
  at: number
}

interface SessionRow {
  hash: string
  person: string
  browser: string
  created_at: number
  used_at: number
  expires_at: number
}

interface WriterRow {
  ticket: number
  person: string
  at: number
}

interface ShareRow {
  id: Generated<number>
  token: string
  kind: string
  person: string
  name: string
  filter: string
  created_at: number
  ended_at: number | null
}

interface MentionAuthorRow {
  watch: string
  bucket: number
  spoken_at: number
  mention: number
  author: string
}

interface DayFactsRow {
  watch: string
  day: string
  facts: string
}

interface StaleSlotRow {
  slot: number
}
