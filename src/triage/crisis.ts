import type { Crisis } from '../domain/answer.ts'
import { type Calendar, localDate, plusDays } from '../domain/calendar.ts'
import { approximateMs, dayMs } from '../domain/duration.ts'
import type { Person } from '../domain/person.ts'
import type { Playbook } from '../domain/playbook.ts'
import { openStates, type Ticket } from '../domain/ticket.ts'
import type { Watch } from '../domain/watch.ts'
import { wordsOf } from '../domain/word.ts'
import type { CrisisRecord, NegativeText, NewNotice, Store } from '../store/store.ts'
import { isStorm, type Spike, sayRarity, spikeOf } from './storm.ts'

/** One sign that an affair is more than a ticket. */
export type CrisisSign =
  | { readonly kind: 'storm'; readonly spike: Spike }
  | { readonly kind: 'authors'; readonly ticket: number; readonly authors: number }
  | { readonly kind: 'press'; readonly ticket: number }
  | { readonly kind: 'grave-confirmed'; readonly ticket: number; readonly category: string }
  | { readonly kind: 'coordinated'; readonly texts: number; readonly newAuthors: number }

export interface CrisisSettings {
  readonly watches: readonly Watch[]
  readonly playbooks: ReadonlyMap<string, Playbook>
  readonly people: ReadonlyMap<string, Person>
  readonly calendar: Calendar
}

export interface CrisisDeps {
  readonly store: Pick<
    Store,
    'negativeTexts' | 'tickets' | 'openCrises' | 'crisesSince' | 'openCrisis' | 'closeCrisis' | 'changeTicket'
  >
  now(): Date
}

const historyDays = 56
/** A watch that has just begun finds everything at once: that is no storm. */
const fewestDays = 6
/** An older ticket is no sign any more. */
const freshDays = 3
const severalAuthors = 3
const signsForCrisis = 2
/** The same wording by so many people never seen before, in a day, is an organised attack. */
const attackAuthors = 5
const attackLikeness = 0.6

/**
 * Looks at every watch: opens the crisis overlay where two signs meet, and closes it once they no longer do and its last
 * mark is past. What a person has closed stays closed: then only what came after counts. Returns how many were opened.
 */
export async function watchForCrises(settings: CrisisSettings, deps: CrisisDeps): Promise<number> {
  const now = deps.now()
  const playbook = [...settings.playbooks.values()].find((candidate) => candidate.overlay)
  const open = await deps.store.openCrises()
  if (!playbook && open.length === 0) return 0
  const tickets = (await deps.store.tickets({ limit: 10_000 })).filter((ticket) => isFresh(ticket, now))
  const ago = (days: number) => new Date(now.getTime() - days * dayMs)
  const texts = tickets.length === 0 ? [] : await deps.store.negativeTexts(ago(historyDays + 1), now, ago(1))
  const recent = tickets.length === 0 ? [] : await deps.store.crisesSince(ago(freshDays))
  const marksMs = Math.max(0, ...(playbook?.marks ?? []).map(approximateMs))
  for (const { id, watch, openedAt } of open) {
    const isPastMarks = now.getTime() - openedAt.getTime() > marksMs
    if (isPastMarks && !isCrisis(watch)) await deps.store.closeCrisis(id, 'vigie', now)
  }
  let opened = 0
  for (const watch of settings.watches) {
    const [gravest] = ticketsOf(watch.id)
    if (!playbook || !gravest || open.some((crisis) => crisis.watch === watch.id)) continue
    if (!isCrisis(watch.id)) continue
    await openOverlay(watch, signsOfWatch(watch.id), gravest, playbook, settings, now, deps)
    opened++
  }
  return opened

  function ticketsOf(watch: string): Ticket[] {
    return tickets.filter((ticket) => ticket.watch === watch)
  }

  function signsOfWatch(watch: string): readonly CrisisSign[] {
    const over = closedByHand(recent, watch)
    const own = ticketsOf(watch).filter(({ openedAt }) => openedAt.getTime() > over)
    if (own.length === 0) return []
    const told = texts.filter(
      (text) => text.watch === watch && (text.collectedAt.getTime() > over || text.collectedAt <= ago(1)),
    )
    return signsOf(told, own, settings, now)
  }

  function isCrisis(watch: string): boolean {
    return kindsOf(signsOfWatch(watch)) >= signsForCrisis
  }
}

/** When a person last said that a crisis of a watch was over, in milliseconds; 0 when nobody did. */
function closedByHand(recent: readonly CrisisRecord[], watch: string): number {
  const closed = recent.filter((crisis) => crisis.watch === watch && crisis.closedBy !== 'vigie')
  return Math.max(0, ...closed.map(({ closedAt }) => closedAt?.getTime() ?? 0))
}

/** What was written down when a crisis opened. */
export function signsIn(crisis: Pick<CrisisRecord, 'signs'>): readonly CrisisSign[] {
  // Written by openOverlay and by nobody else.
  return crisis.signs as readonly CrisisSign[]
}

/** Who may say that a crisis is over: an owner, its leader, its deputy. */
export function mayCloseCrisis(
  crisis: Pick<Crisis, 'leader' | 'deputy'>,
  person: Pick<Person, 'id' | 'role'>,
): boolean {
  return person.role === 'owner' || person.id === crisis.leader || person.id === crisis.deputy
}

/** What speaks for a crisis, from the negative texts of the last weeks and the open tickets of one watch. Pure. */
export function signsOf(
  texts: readonly NegativeText[],
  tickets: readonly Ticket[],
  settings: Pick<CrisisSettings, 'calendar' | 'playbooks'>,
  now: Date,
): readonly CrisisSign[] {
  const since = now.getTime() - dayMs
  const today = texts.filter((text) => text.collectedAt.getTime() > since)
  const before = texts.filter((text) => text.collectedAt.getTime() <= since)
  const signs: CrisisSign[] = []
  const history = dailyCounts(before, settings.calendar.zone, now)
  const spike = spikeOf(today.length, history)
  if (history.length >= fewestDays && isStorm(spike)) signs.push({ kind: 'storm', spike })
  for (const ticket of tickets) {
    if (ticket.authorCount >= severalAuthors) {
      signs.push({ kind: 'authors', ticket: ticket.id, authors: ticket.authorCount })
    }
    if (ticket.category === 'press') signs.push({ kind: 'press', ticket: ticket.id })
    if (isConfirmedGrave(ticket))
      signs.push({ kind: 'grave-confirmed', ticket: ticket.id, category: ticket.category })
  }
  const attack = attackIn(today, before)
  if (attack) signs.push(attack)
  return signs
}

function kindsOf(signs: readonly CrisisSign[]): number {
  return new Set(signs.map((sign) => sign.kind)).size
}

/** A person has seen it and left it open: they did not take it for a false alarm. */
function isConfirmedGrave(ticket: Ticket): boolean {
  return ticket.severity === 'critical' && ticket.seenAt !== null && openStates.includes(ticket.state)
}

function isFresh(ticket: Ticket, now: Date): boolean {
  return now.getTime() - ticket.openedAt.getTime() < freshDays * dayMs
}

/** Counts of the same weekday in the weeks before, when there are some; of every day otherwise. */
function dailyCounts(texts: readonly NegativeText[], zone: string, now: Date): number[] {
  const today = localDate(now, zone)
  const first = texts[0] ? localDate(texts[0].collectedAt, zone) : today
  const counts = new Map<string, number>()
  for (const text of texts) {
    const date = localDate(text.collectedAt, zone)
    counts.set(date, (counts.get(date) ?? 0) + 1)
  }
  const days = Array.from({ length: historyDays }, (_, index) => plusDays(today, -1 - index)).filter(
    (date) => date >= first,
  )
  const sameWeekday = days.filter((_, index) => index % 7 === 6)
  const chosen = sameWeekday.length >= 6 ? sameWeekday : days
  return chosen.map((date) => counts.get(date) ?? 0)
}

/** Many people never seen before, saying the same thing within a day. */
function attackIn(today: readonly NegativeText[], before: readonly NegativeText[]): CrisisSign | null {
  const known = new Set(before.map((text) => text.author))
  const fresh = today.filter((text) => text.author !== null && !known.has(text.author)).slice(0, 300)
  const bags = fresh.map((text) => new Set(wordsOf(text.text).map((word) => word.folded)))
  for (const bag of bags) {
    const alike = fresh.filter((_, other) => likeness(bag, bags[other] ?? new Set()) >= attackLikeness)
    const authors = new Set(alike.map((text) => text.author)).size
    if (authors >= attackAuthors) return { kind: 'coordinated', texts: alike.length, newAuthors: authors }
  }
  return null
}

/** Jaccard's index of two sets of words. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0
  for (const word of one) if (other.has(word)) shared++
  const all = one.size + other.size - shared
  return all === 0 ? 0 : shared / all
}

async function openOverlay(
  watch: Watch,
  signs: readonly CrisisSign[],
  ticket: Ticket,
  playbook: Playbook,
  settings: CrisisSettings,
  now: Date,
  deps: CrisisDeps,
): Promise<void> {
  const leader = playbook.owner
  const deputy = playbook.deputy ?? settings.people.get(leader)?.deputy ?? null
  const reason = signs.map(sayInEnglish)
  const crisis = await deps.store.openCrisis({ watch: watch.id, openedAt: now, reason, leader, deputy })
  const to = [leader, ...(deputy ? [deputy] : [])].filter((id) => settings.people.has(id))
  await deps.store.changeTicket(ticket.id, {
    at: now,
    who: 'vigie',
    what: 'crisis',
    detail: { crisis: crisis.id, signs },
    set: {},
    notices: to.flatMap((person) => crisisNotices(person, playbook, now)),
  })
}

/** One at once, and one at each mark: 15, 60 and 180 minutes by default. */
function crisisNotices(person: string, playbook: Playbook, now: Date): NewNotice[] {
  const marks = playbook.marks.map((mark) => new Date(now.getTime() + approximateMs(mark)))
  return [now, ...marks].map((dueAt) => ({ person, kind: 'crisis', dueAt }))
}

/** For logs and the store; mails and pages say it in their reader's language. */
function sayInEnglish(sign: CrisisSign): string {
  switch (sign.kind) {
    case 'storm': {
      const { amount, unit } = sayRarity(sign.spike.onceInDays)
      return `${sign.spike.count} negatives in 24 h: by chance about once in ${amount} ${unit}${amount === 1 ? '' : 's'}`
    }
    case 'authors':
      return `${sign.authors} people write about ticket ${sign.ticket}`
    case 'press':
      return `the press has taken it up (ticket ${sign.ticket})`
    case 'grave-confirmed':
      return `${sign.category} confirmed (ticket ${sign.ticket})`
    case 'coordinated':
      return `${sign.newAuthors} people never seen before use the same words`
  }
}
