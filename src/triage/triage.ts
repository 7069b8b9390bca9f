import type { Silence } from '../domain/answer.ts'
import { authorKey } from '../domain/author-key.ts'
import { type Calendar, deadline, localDate } from '../domain/calendar.ts'
import { approximateMs } from '../domain/duration.ts'
import { canaryName, type JudgedMention, type Mention } from '../domain/mention.ts'
import { isAway, type Person } from '../domain/person.ts'
import { type Playbook, type Severity, severities } from '../domain/playbook.ts'
import { matchQuery, parseQuery, prepare } from '../domain/query.ts'
import type { Watch } from '../domain/watch.ts'
import type { NewNotice, Store, TriageRecord } from '../store/store.ts'
import { type Affairs, affairKeys, affairs, silencePrefix } from './affair.ts'
import type { Categoriser } from './categoriser.ts'
import { type Decision, decideOn } from './decide.ts'

export interface TriageSettings {
  readonly watches: ReadonlyMap<string, Watch>
  readonly playbooks: ReadonlyMap<string, Playbook>
  readonly people: ReadonlyMap<string, Person>
  readonly calendar: Calendar
  /** Chat rooms and the like that are told beside the owner, from a severity up. */
  readonly rooms: readonly Room[]
  /** Milliseconds that an alert waits for what else belongs to it; 0 in a one-shot pass. */
  readonly groupWaitMs: number
}

/** A webhook, by the name it has in notices and in the outbox. */
export interface Room {
  readonly name: string
  readonly fromSeverity: Severity
}

export interface TriageDeps {
  readonly store: Pick<
    Store,
    | 'untriagedMentions'
    | 'ticket'
    | 'ticketByKeys'
    | 'lastAffairTexts'
    | 'ticketMentions'
    | 'recordTriages'
    | 'openTicket'
    | 'joinTicket'
    | 'correctedBefore'
    | 'silences'
    | 'silencedTickets'
  >
  readonly categoriser: Categoriser
  now(): Date
  /** Told of a fault of ours with one mention; the rest goes on and the mention is tried again at the next pass. */
  onFault(error: unknown, mention: number): void
}

export interface TriageCounts {
  readonly opened: number
  readonly joined: number
}

const batch = 200

/** Decides on every judged mention: opens or joins tickets with their notices, or notes why not. */
export async function triageAll(
  settings: TriageSettings,
  signal: AbortSignal,
  deps: TriageDeps,
): Promise<TriageCounts> {
  const counts = { opened: 0, joined: 0 }
  const faulty = new Set<number>()
  const known = affairs(deps.store)
  while (!signal.aborted) {
    const waiting = (await deps.store.untriagedMentions(batch + faulty.size)).filter(
      ({ mention }) => !faulty.has(mention.id),
    )
    if (waiting.length === 0) break
    const untold: TriageRecord[] = []
    for (const judged of waiting) {
      if (signal.aborted) break
      try {
        const result = await triageOne(judged, settings, known, deps)
        if (typeof result === 'string') counts[result]++
        else untold.push(result)
      } catch (error) {
        faulty.add(judged.mention.id)
        deps.onFault(error, judged.mention.id)
      }
    }
    if (untold.length > 0) await deps.store.recordTriages(untold)
  }
  return counts
}

/** Opens or joins a ticket; a decision that does neither is handed back, to be noted with others. */
async function triageOne(
  judged: JudgedMention,
  settings: TriageSettings,
  known: Affairs,
  deps: TriageDeps,
): Promise<'opened' | 'joined' | TriageRecord> {
  const { mention, judgement } = judged
  const now = deps.now()
  const late = await lateDecision(judged, settings, now, known)
  if (late) return late
  const decision = decideOn(mention, judgement, {
    categoriser: deps.categoriser,
    playbooks: settings.playbooks,
  })
  const watch = settings.watches.get(mention.watch)
  const playbook = settings.playbooks.get(decision.category ?? '')
  if (decision.outcome !== 'ticket' || !watch || !playbook) {
    return recordOf(mention, decision, now)
  }
  // A person has said of this very text that it is not negative, or not about us: it does not come back.
  const corrected = await deps.store.correctedBefore(mention.watch, mention.contentHash)
  if (corrected) {
    const reason = { ...decision.reason, rule: `corrected-${corrected.kind}` }
    return recordOf(mention, { ...decision, outcome: 'none', reason }, now)
  }
  const isCanary = mention.sourceKind === canaryName
  const silence = isCanary ? null : await silenceFor(mention, now, deps)
  const keys = keysOf(mention, silence)
  const triage = recordOf(mention, decision, now)
  const copied = await known.copyOf(mention, keys, now)
  const affair = copied ?? (mention.isDrill || silence ? null : await known.kinOf(mention, playbook, now))
  const storedKeys = [...keys, ...authorKeys(mention)]
  if (affair) {
    // A ticket that people were told of does not become a silenced one by what joins it.
    const joinedKeys = storedKeys.filter((key) => !key.startsWith(silencePrefix))
    known.note(
      mention,
      await deps.store.joinTicket({ triage, ticket: affair.id, keys: joinedKeys, notices: [] }),
    )
    return 'joined'
  }
  const opened = await deps.store.openTicket({
    triage,
    ticket: newTicket(judged, decision, playbook, now, settings),
    keys: storedKeys,
    notices: isCanary
      ? [{ person: canaryName, kind: 'opened', dueAt: now }]
      : silence
        ? []
        : openingNotices(playbook, now, settings),
  })
  known.note(mention, opened)
  return 'opened'
}

function authorKeys(mention: Mention): string[] {
  const key = mention.isDrill ? null : authorKey(mention.entry)
  return key === null ? [] : [key]
}

/** A rehearsal never meets a real affair, nor the one of last year. */
function keysOf(mention: Mention, silence: Silence | null): string[] {
  if (mention.isDrill) return [`drill:${mention.id}`]
  return [...affairKeys(mention), ...(silence ? [`${silencePrefix}${silence.id}`] : [])]
}

/** Expected words are gathered in one ticket and alert nobody. */
async function silenceFor(mention: Mention, now: Date, deps: TriageDeps): Promise<Silence | null> {
  const silences = await deps.store.silences(now)
  if (silences.length === 0) return null
  const target = prepare({ ...mention.entry, type: mention.sourceKind, source: mention.source })
  const heard = silences.find(
    (silence) =>
      (silence.watch === null || silence.watch === mention.watch) &&
      matchQuery(parseQuery(silence.query), target).matched,
  )
  return heard ?? null
}

/** What is too old to alert on and belongs to no affair at hand is noted without looking for its category. */
async function lateDecision(
  { mention, judgement }: JudgedMention,
  settings: TriageSettings,
  now: Date,
  known: Affairs,
): Promise<TriageRecord | null> {
  const watch = settings.watches.get(mention.watch)
  if (!watch || mention.isDrill || !isTooOld(mention, watch, now)) return null
  if (await known.copyOf(mention, affairKeys(mention), now)) return null
  const outcome = judgement?.polarity === 'negative' ? 'late' : judgement === null ? 'other-language' : 'none'
  const reason = { words: [], signals: [], rule: 'older-than-alert-since', margin: 0 }
  return { mention: mention.id, at: now, outcome, category: null, confidence: null, alternatives: [], reason }
}

/** A date in the future is a mistake of the source: then our own clock counts. */
function isTooOld(mention: Mention, watch: Watch, now: Date): boolean {
  if (watch.alertSince === null) return false
  const published = mention.entry.publishedAt ?? mention.collectedAt
  return now.getTime() - published.getTime() > approximateMs(watch.alertSince)
}

function newTicket(
  { mention, judgement }: JudgedMention,
  decision: Decision,
  playbook: Playbook,
  now: Date,
  settings: TriageSettings,
) {
  return {
    watch: mention.watch,
    category: playbook.category,
    categoryConfidence: decision.confidence ?? 0,
    alternatives: decision.alternatives,
    severity: playbook.severity,
    approval: playbook.approval,
    owner: whoAnswers(playbook, now, settings),
    title: titleOf(mention),
    language: judgement?.language ?? null,
    openedAt: now,
    ...deadlinesOf(playbook, now, settings.calendar),
    drill: mention.isDrill,
    reason: decision.reason,
  }
}

/** By when a person has seen it, and by when it is answered. */
export function deadlinesOf(
  playbook: Playbook,
  from: Date,
  calendar: Calendar,
): { seenBy: Date; answerBy: Date } {
  return {
    seenBy: deadline(from, playbook.seenWithin, calendar, playbook.aroundTheClock),
    answerBy: deadline(from, playbook.answerWithin, calendar, playbook.aroundTheClock),
  }
}

/** The playbook's owner, or who stands in while they are away; the owner when nobody does. */
export function whoAnswers(
  playbook: Pick<Playbook, 'owner' | 'deputy'>,
  now: Date,
  { people, calendar }: Pick<TriageSettings, 'people' | 'calendar'>,
): string {
  const today = localDate(now, calendar.zone)
  const chain = [playbook.owner, playbook.deputy, people.get(playbook.owner)?.deputy]
  const present = chain.find((id) => {
    const person = people.get(id ?? '')
    return person !== undefined && !isAway(person, today)
  })
  return present ?? playbook.owner
}

function openingNotices(playbook: Playbook, now: Date, settings: TriageSettings): NewNotice[] {
  const person = settings.people.get(whoAnswers(playbook, now, settings))
  const dueAt = new Date(now.getTime() + settings.groupWaitMs)
  const rooms = settings.rooms.filter(
    (room) => severities.indexOf(playbook.severity) >= severities.indexOf(room.fromSeverity),
  )
  const told = [...(person?.alerts ? [person.id] : []), ...rooms.map((room) => room.name)]
  return told.map((name) => ({ person: name, kind: 'opened', dueAt }))
}

/** One line: the title, or the beginning of the text. */
export function titleOf({ entry }: Pick<Mention, 'entry'>): string {
  const line = (entry.title || entry.text).replace(/\s+/g, ' ').trim()
  if (line.length <= 100) return line
  const cut = line.slice(0, 100)
  return `${cut.slice(0, Math.max(60, cut.lastIndexOf(' ')))}…`
}

function recordOf(mention: Mention, decision: Decision, at: Date): TriageRecord {
  const { outcome, category, confidence, alternatives, reason } = decision
  return { mention: mention.id, at, outcome, category, confidence, alternatives, reason }
}
