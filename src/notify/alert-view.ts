import type { Config } from '../config.ts'
import type { WrittenDraft } from '../domain/answer.ts'
import { deadline } from '../domain/calendar.ts'
import type { Evidence } from '../domain/judgement.ts'
import type { JudgedMention } from '../domain/mention.ts'
import type { NoticeKind } from '../domain/message.ts'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import type { Playbook } from '../domain/playbook.ts'
import { matchQuery, parseQuery, prepare } from '../domain/query.ts'
import type { Ticket } from '../domain/ticket.ts'
import { draftsFor, labelOf, siteOf } from '../respond/draft.ts'
import type { TicketRow } from './mail-tickets.tsx'
import type { AlertView, DraftView, MentionView } from './views.ts'

export interface AlertInput {
  readonly ticket: Ticket
  readonly kind: NoticeKind
  readonly reader: Person
  readonly mentions: readonly JudgedMention[]
  /** The words that decided, by mention id. */
  readonly evidence: ReadonlyMap<number, readonly Evidence[]>
  readonly replyTo: string | null
  /** What people wrote for the ticket, the latest last. */
  readonly drafts: readonly WrittenDraft[]
}

const mentionsShown = 5

/** Gathers what an alert says, in its reader's language. Null when the ticket's playbook no longer exists. */
export function alertView(input: AlertInput, config: Config, now: Date): AlertView | null {
  const { ticket, reader, mentions } = input
  const { language } = reader
  const playbook = playbookFor(input, config)
  const first = mentions[0]
  if (!playbook || !first) return null
  const asked = askedOf(input, config)
  const nameOf = (id: string | null) => (id === null ? null : (config.people.get(id)?.name ?? id))
  const text = playbook.texts.get(language)
  return {
    reader,
    language,
    kind: input.kind,
    drill: ticket.drill,
    ticket: {
      id: ticket.id,
      title: ticket.title,
      watchName: watchNameOf(config, ticket.watch),
      severity: ticket.severity,
      categoryTitle: playbook.title[language],
      alternatives: ticket.alternatives.flatMap(
        (category) => config.playbooks.get(category)?.title[language] ?? [],
      ),
      categoryConfidence: ticket.categoryConfidence,
      approval: ticket.approval,
      ownerName: nameOf(ticket.owner) ?? ticket.owner,
      deputyName: nameOf(playbook.deputy ?? config.people.get(ticket.owner)?.deputy ?? null),
      openedAt: ticket.openedAt,
      seenBy: ticket.seenBy,
      answerBy: ticket.answerBy,
      seenAt: ticket.seenAt,
      mentionCount: ticket.mentionCount,
      authorCount: ticket.authorCount,
      page: `${config.pages.url}/tickets/${ticket.id}`,
    },
    mentions: mentions
      .slice(0, mentionsShown)
      .map((judged) => mentionView(judged, input.evidence.get(judged.mention.id) ?? [])),
    why: {
      category: [
        ...new Set([
          ...wordsOfSignals(ticket.reason.signals, first),
          ...ticket.reason.words.map((word) => word.text),
        ]),
      ],
      match: [
        ...new Set([
          ...first.mention.match.spans.map((span) => span.term),
          ...first.mention.match.confirmedBy,
        ]),
      ],
    },
    questions: text?.questions ?? [],
    advice: text?.advice ?? '',
    drafts: asked
      ? [{ name: null, language: asked.language, text: asked.text, gaps: [], maxLength: null }]
      : draftViews(playbook, first, ticket, reader, config, now),
    never: playbook.never.map((never) => never[language]),
    clocks: clocksOf(playbook, first, ticket, config, language),
    asked,
    replyTo: input.replyTo,
  }
}

/** A signal is a query; what the reader wants to see are the words of the comment that it found. */
function wordsOfSignals(signals: readonly string[], { mention }: JudgedMention): string[] {
  const target = prepare(mention.entry)
  return signals.flatMap((signal) => {
    const { spans } = matchQuery(parseQuery(signal), target)
    return spans.map(({ field, start, end }) => (mention.entry[field] ?? '').slice(start, end))
  })
}

/** The answer an approver is asked about, or its writer is told about. */
function askedOf({ kind, drafts }: AlertInput, config: Config): AlertView['asked'] {
  const state = { approval: 'proposed', approved: 'approved', refused: 'refused' } as const
  if (kind !== 'approval' && kind !== 'approved' && kind !== 'refused') return null
  const draft = drafts.findLast((candidate) => candidate.state === state[kind])
  if (!draft) return null
  return {
    text: draft.text,
    language: draft.language,
    by: config.people.get(draft.who)?.name ?? draft.who,
    reason: draft.reason,
  }
}

/** A crisis is led by its own playbook, whatever the ticket it began with. */
function playbookFor({ kind, ticket }: AlertInput, config: Config): Playbook | undefined {
  const overlay = [...config.playbooks.values()].find((candidate) => candidate.overlay)
  return kind === 'crisis' && overlay ? overlay : config.playbooks.get(ticket.category)
}

export function watchNameOf(config: Pick<Config, 'watches'>, id: string): string {
  return config.watches.find((watch) => watch.id === id)?.name ?? id
}

/** A ticket as the lists of mails show it. */
export function ticketLine(
  ticket: Ticket,
  config: Pick<Config, 'watches' | 'playbooks' | 'people' | 'pages'>,
  language: ReaderLanguage,
): TicketRow {
  return {
    id: ticket.id,
    title: ticket.title,
    watchName: watchNameOf(config, ticket.watch),
    categoryTitle: config.playbooks.get(ticket.category)?.title[language] ?? ticket.category,
    severity: ticket.severity,
    ownerName: config.people.get(ticket.owner)?.name ?? ticket.owner,
    answerBy: ticket.answerBy,
    mentionCount: ticket.mentionCount,
    page: `${config.pages.url}/tickets/${ticket.id}`,
  }
}

export function mentionView(
  { mention, judgement }: JudgedMention,
  evidence: readonly Evidence[],
): MentionView {
  const { entry } = mention
  return {
    title: entry.title,
    text: entry.text,
    author: entry.author,
    site: siteOf(entry.url) || mention.sourceKind,
    url: entry.url,
    publishedAt: entry.publishedAt,
    language: judgement?.language ?? entry.language,
    stars: entry.stars,
    judgement,
    matched: mention.match.spans.map(({ field, start, end }) => ({ field, start, end })),
    evidence: evidence.map(({ text, weight }) => ({ text, weight })),
  }
}

function draftViews(
  playbook: Playbook,
  { mention, judgement }: JudgedMention,
  ticket: Ticket,
  reader: Person,
  config: Config,
  now: Date,
): DraftView[] {
  const watchName = watchNameOf(config, ticket.watch)
  const drafts = draftsFor(
    playbook,
    mention.entry,
    judgement?.language ?? null,
    config.people.get(ticket.owner) ?? null,
    now,
    {
      fallbackLanguage: config.language,
      company: config.company ?? watchName,
      watchName,
      contact: config.contact,
      zone: config.calendar.zone,
    },
  )
  return drafts.map((draft) => ({
    name: draft.name,
    language: draft.language,
    text: draft.text,
    maxLength: draft.maxLength,
    gaps: draft.gaps.map(({ name, start, end }) => ({
      start,
      end,
      label: labelOf(playbook, name, reader.language),
    })),
  }))
}

/** A law's clock runs day and night, from what was published or first seen. */
function clocksOf(
  playbook: Playbook,
  { mention }: JudgedMention,
  ticket: Ticket,
  config: Config,
  language: 'fr' | 'en',
) {
  return playbook.clocks.map((clock) => {
    const from =
      clock.from === 'published' ? (mention.entry.publishedAt ?? mention.collectedAt) : ticket.openedAt
    return {
      title: `${clock.title[language]} (${clock.where})`,
      at: deadline(from, clock.within, config.calendar, clock.within.unit !== 'day'),
      note: clock.note[language],
    }
  })
}
