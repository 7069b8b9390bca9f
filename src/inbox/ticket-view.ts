import type { Config } from '../config.ts'
import type { Correction, EvidenceRecord, WrittenDraft } from '../domain/answer.ts'
import { deadline } from '../domain/calendar.ts'
import type { Evidence } from '../domain/judgement.ts'
import type { JudgedMention } from '../domain/mention.ts'
import type { Bilingual, Person } from '../domain/person.ts'
import { placeholders } from '../domain/placeholder.ts'
import type { Letter, Playbook } from '../domain/playbook.ts'
import type { Ticket, TicketEvent } from '../domain/ticket.ts'
import { answerLanguage, type Draft, draftsFor, labelOf } from '../respond/draft.ts'
import type { GuardFinding } from '../respond/guard.ts'
import { may } from '../triage/desk.ts'
import { writerMs } from './inbox-page.tsx'
import type { PagesDeps } from './pages-deps.ts'
import type { MentionVersion, Writer } from './pages-store.ts'
import type { Visit } from './visit.ts'

/** Everything a ticket's page shows, gathered before anything is laid out. */
export interface TicketView {
  readonly ticket: Ticket
  /** Null when the file is gone since. */
  readonly playbook: Playbook | null
  readonly mentions: readonly JudgedMention[]
  readonly evidence: ReadonlyMap<number, readonly Evidence[]>
  readonly versions: ReadonlyMap<number, readonly MentionVersion[]>
  readonly records: readonly EvidenceRecord[]
  readonly corrections: readonly Correction[]
  readonly events: readonly TicketEvent[]
  readonly ticks: readonly number[]
  readonly drafts: readonly WrittenDraft[]
  readonly editor: Editor | null
  readonly proposed: readonly Proposal[]
  readonly writers: readonly Writer[]
  readonly approvers: readonly Person[]
  readonly clocks: readonly Clock[]
  readonly letters: readonly { readonly kind: Letter; readonly text: string }[]
  readonly mayWork: boolean
  /** Whether this person's own word is enough to post. */
  readonly mayPostAlone: boolean
}

/** What each part of the page is given. */
export interface TicketProps {
  readonly view: TicketView
  readonly visit: Visit
  readonly deps: PagesDeps
}

/** A candidate answer under the hands of a person. */
export interface Editor {
  readonly language: string
  readonly languages: readonly string[]
  readonly candidates: readonly (string | null)[]
  /** Null for the main answer. */
  readonly name: string | null
  readonly text: string
  readonly maxLength: number | null
  /** Places of the text that a person has to fill. */
  readonly gaps: readonly Gap[]
  readonly findings: readonly GuardFinding[]
  /** Own drafts of other candidates, which may be proposed together. */
  readonly others: readonly WrittenDraft[]
}

export interface Gap {
  readonly name: string
  /** As it stands in the text between brackets. */
  readonly label: string
  readonly type: 'text' | 'url' | 'email'
}

export interface Proposal {
  readonly draft: WrittenDraft
  readonly findings: readonly GuardFinding[]
}

export interface Clock {
  readonly title: Bilingual
  readonly note: Bilingual
  readonly where: string
  readonly at: Date
}

/** A storm of thousands is one ticket: its page shows the first of them. */
export const mentionsShown = 30

export async function ticketView(
  ticket: Ticket,
  query: URLSearchParams,
  visit: Visit,
  deps: PagesDeps,
): Promise<TicketView> {
  const { config, store, pagesStore, desk } = deps
  const playbook = config.playbooks.get(ticket.category) ?? null
  const mentions = (await store.ticketMentions(ticket.id)).slice(0, mentionsShown)
  const numbers = mentions.map(({ mention }) => mention.id)
  const drafts = await store.drafts(ticket.id)
  const mayWork = may(visit.person, 'work')
  const approvers = desk.approvers(ticket)
  const [first] = mentions
  return {
    ticket,
    playbook,
    mentions,
    evidence: new Map(mentions.map((judged) => [judged.mention.id, deps.explain(judged)])),
    versions: await versionsOf(numbers, deps),
    records: first ? await store.evidenceOf(first.mention.id) : [],
    corrections: await pagesStore.correctionsOf(numbers),
    events: await store.ticketEvents(ticket.id),
    ticks: await store.ticks(ticket.id),
    drafts,
    editor:
      playbook && first && mayWork
        ? await editorOf(ticket, playbook, first, drafts, query, visit, deps)
        : null,
    proposed: await Promise.all(
      drafts
        .filter((draft) => draft.state === 'proposed' || draft.state === 'approved')
        .map(async (draft) => ({ draft, findings: await desk.guardDraft(ticket.id, draft) })),
    ),
    writers: (await pagesStore.writersOf([ticket.id], new Date(deps.now().getTime() - writerMs))).filter(
      (writer) => writer.person !== visit.person.id,
    ),
    approvers,
    clocks: playbook && first ? clocksOf(playbook, first, ticket, config) : [],
    letters: await lettersOf(ticket, playbook, visit, deps),
    mayWork,
    mayPostAlone: mayWork && approvers.some(({ id }) => id === visit.person.id),
  }
}

async function versionsOf(
  numbers: readonly number[],
  { pagesStore }: PagesDeps,
): Promise<Map<number, readonly MentionVersion[]>> {
  const found = await Promise.all(numbers.map(async (id) => [id, await pagesStore.versionsOf(id)] as const))
  return new Map(found.filter(([, versions]) => versions.length > 0))
}

async function editorOf(
  ticket: Ticket,
  playbook: Playbook,
  first: JudgedMention,
  drafts: readonly WrittenDraft[],
  query: URLSearchParams,
  visit: Visit,
  deps: PagesDeps,
): Promise<Editor> {
  const { config } = deps
  const languages = [...playbook.texts.keys()]
  const wanted = query.get('lang')
  const usual = answerLanguage(playbook, first.judgement?.language ?? null, config.language)
  const language = wanted !== null && languages.includes(wanted) ? wanted : usual
  const candidates = candidateDrafts(ticket, playbook, first, language, visit, deps)
  const own = drafts.filter((draft) => draft.state === 'working' && draft.who === visit.person.id)
  const from = drafts.find((draft) => String(draft.id) === query.get('from'))
  const name = from ? from.name : chosenName(candidates, own, query.get('answer'))
  const prepared = candidates.find((candidate) => candidate.name === name) ?? candidates[0]
  const kept = own.find((draft) => draft.name === name && (wanted === null || draft.language === language))
  const text = from?.text ?? kept?.text ?? prepared?.text ?? ''
  const writtenIn = from?.language ?? kept?.language ?? language
  return {
    language: writtenIn,
    languages,
    candidates: candidates.map((candidate) => candidate.name),
    name,
    text,
    maxLength: prepared?.maxLength ?? null,
    gaps: gapsIn(text, playbook, writtenIn),
    findings: await deps.desk.guardDraft(ticket.id, { text, language: writtenIn, name }),
    others: own.filter((draft) => draft.name !== name),
  }
}

/** The candidate asked for by its place; else the one the person was at; else the main one. */
function chosenName(
  candidates: readonly Draft[],
  own: readonly WrittenDraft[],
  asked: string | null,
): string | null {
  const place = /^\d{1,2}$/.test(asked ?? '') ? Number(asked) : null
  if (place !== null) return candidates[place]?.name ?? null
  const latest = [...own].sort((a, b) => b.at.getTime() - a.at.getTime())[0]
  return latest && candidates.some(({ name }) => name === latest.name) ? latest.name : null
}

export function candidateDrafts(
  ticket: Ticket,
  playbook: Playbook,
  { mention }: JudgedMention,
  language: string,
  visit: Visit,
  { config }: Pick<PagesDeps, 'config'>,
): readonly Draft[] {
  const watchName = config.watches.find((watch) => watch.id === ticket.watch)?.name ?? ticket.watch
  return draftsFor(playbook, mention.entry, language, visit.person, visit.reading.now, {
    fallbackLanguage: config.language,
    company: config.company ?? watchName,
    watchName,
    contact: config.contact,
    zone: config.calendar.zone,
  })
}

/** Which placeholders still stand in a text, in the order in which they do. */
export function gapsIn(text: string, playbook: Playbook, language: string): Gap[] {
  const names = [...Object.keys(placeholders), ...playbook.fields.keys()]
  return [...new Set(names)]
    .map((name) => {
      const { type = 'text' } = playbook.fields.get(name) ?? placeholders[name] ?? {}
      const label = labelOf(playbook, name, language)
      return { name, label, type: type === 'url' || type === 'email' ? type : ('text' as const) }
    })
    .filter(({ label }) => text.includes(`[${label}]`))
    .sort((a, b) => text.indexOf(`[${a.label}]`) - text.indexOf(`[${b.label}]`))
}

/** The text with what a person typed in the fields, wherever that place still stands. */
export function fillGaps(text: string, gaps: readonly Gap[], typed: (name: string) => string): string {
  let filled = text
  for (const { name, label } of gaps) {
    const value = typed(name).trim()
    if (value !== '') filled = filled.replaceAll(`[${label}]`, () => value)
  }
  return filled
}

/** A law's clock runs day and night, from what was published or first seen. */
function clocksOf(playbook: Playbook, { mention }: JudgedMention, ticket: Ticket, config: Config): Clock[] {
  return playbook.clocks.map(({ title, note, where, within, from }) => ({
    title,
    note,
    where,
    at: deadline(
      from === 'published' ? (mention.entry.publishedAt ?? mention.collectedAt) : ticket.openedAt,
      within,
      config.calendar,
      within.unit !== 'day',
    ),
  }))
}

async function lettersOf(ticket: Ticket, playbook: Playbook | null, visit: Visit, deps: PagesDeps) {
  const found = await Promise.all(
    (playbook?.letters ?? []).map(async (kind) => ({
      kind,
      text: await deps.letter(ticket, kind, visit.language),
    })),
  )
  return found.flatMap(({ kind, text }) => (text === null ? [] : [{ kind, text }]))
}
