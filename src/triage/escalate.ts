import { type Calendar, deadline, localDate } from '../domain/calendar.ts'
import type { Duration } from '../domain/duration.ts'
import { isAway, type Person } from '../domain/person.ts'
import type { Playbook } from '../domain/playbook.ts'
import { openStates, type Ticket } from '../domain/ticket.ts'
import type { Store } from '../store/store.ts'
import { whoAnswers } from './triage.ts'

/** One step of a ticket's clock: reached once, whatever restarts come between. */
export interface Step {
  /** Its name in the store. */
  readonly level:
    | 'seen-reminder'
    | 'seen-deputy'
    | 'seen-owner'
    | 'answer-reminder'
    | 'answer-deputy'
    | 'answer-owner'
  readonly kind: 'reminder' | 'escalation'
  readonly at: Date
  /** Ids of who is told. */
  readonly to: readonly string[]
}

export interface ClockSettings {
  readonly playbooks: ReadonlyMap<string, Playbook>
  readonly people: ReadonlyMap<string, Person>
  readonly calendar: Calendar
}

/**
 * Every step of a ticket's clock, in order: a reminder when three quarters of the time are gone, the deputy when it has
 * run out, the owners when as much again has passed. Empty when its playbook is gone. Pure.
 */
export function clockOf(ticket: Ticket, settings: ClockSettings): readonly Step[] {
  const playbook = settings.playbooks.get(ticket.category)
  if (!playbook) return []
  const { calendar, people } = settings
  const after = (from: Date, duration: Duration) =>
    deadline(from, duration, calendar, playbook.aroundTheClock)
  const { seenWithin, answerWithin } = playbook
  const owners = [...people.values()].filter((person) => person.role === 'owner').map((person) => person.id)
  const steps: Step[] = [
    {
      level: 'seen-reminder',
      kind: 'reminder',
      at: after(ticket.openedAt, threeQuarters(seenWithin)),
      to: [ticket.owner],
    },
    { level: 'seen-deputy', kind: 'escalation', at: ticket.seenBy, to: deputyOf(ticket, playbook, people) },
    { level: 'seen-owner', kind: 'escalation', at: after(ticket.seenBy, seenWithin), to: owners },
    {
      level: 'answer-reminder',
      kind: 'reminder',
      at: after(ticket.openedAt, threeQuarters(answerWithin)),
      to: [ticket.owner],
    },
    {
      level: 'answer-deputy',
      kind: 'escalation',
      at: ticket.answerBy,
      to: deputyOf(ticket, playbook, people),
    },
    { level: 'answer-owner', kind: 'escalation', at: after(ticket.answerBy, seenWithin), to: owners },
  ]
  return steps
    .map((step) =>
      step.kind === 'escalation' ? { ...step, to: step.to.filter((id) => id !== ticket.owner) } : step,
    )
    .filter((step) => step.to.length > 0)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Which steps are due: those about seeing until someone has seen it, those about answering until it is closed. */
export function stepsDue(ticket: Ticket, settings: ClockSettings, now: Date): readonly Step[] {
  if (!openStates.includes(ticket.state)) return []
  const due = clockOf(ticket, settings).filter((step) => step.at <= now)
  return due.filter((step) => (step.level.startsWith('seen') ? ticket.seenAt === null : true))
}

function threeQuarters({ amount, unit }: Duration): Duration {
  switch (unit) {
    case 'minute':
      return { amount: Math.max(1, Math.floor(amount * 0.75)), unit }
    case 'hour':
      return { amount: amount * 45, unit: 'minute' }
    case 'day':
      return amount === 1
        ? { amount: 4 * 60, unit: 'minute' }
        : { amount: Math.max(1, Math.floor(amount * 0.75)), unit }
    default:
      return { amount: Math.max(1, Math.floor(amount * 22)), unit: 'day' }
  }
}

function deputyOf(ticket: Ticket, playbook: Playbook, people: ReadonlyMap<string, Person>): string[] {
  const deputy = [playbook.deputy, people.get(ticket.owner)?.deputy, playbook.owner].find(
    (id) => id !== null && id !== undefined && id !== ticket.owner && people.has(id),
  )
  return deputy ? [deputy] : []
}

export interface EscalateDeps {
  readonly store: Pick<
    Store,
    | 'tickets'
    | 'silencedTickets'
    | 'levelsReached'
    | 'escalate'
    | 'ticketsToWake'
    | 'ticketEvents'
    | 'changeTicket'
  >
  now(): Date
  onFault(error: unknown, ticket: number): void
}

const ticketsRead = 10_000

/**
 * Takes every step that is due, hands over what belongs to people who are away, and wakes what was put off. A ticket
 * opened under a silence alerts nobody, so nobody is reminded of it either: it stands in the lists.
 */
export async function escalateAll(settings: ClockSettings, deps: EscalateDeps): Promise<number> {
  const now = deps.now()
  const reached = await deps.store.levelsReached()
  const tickets = await deps.store.tickets({ limit: ticketsRead })
  const watches = [...new Set(tickets.map(({ watch }) => watch))]
  const silenced = await Promise.all(watches.map((watch) => deps.store.silencedTickets(watch)))
  let taken = 0
  for (const ticket of tickets) {
    if (silenced.some((ids) => ids.has(ticket.id))) continue
    try {
      const handed = await handOver(ticket, settings, now, deps)
      const due = stepsDue(handed, settings, now)
      for (const step of due.filter(({ level }) => !reached.get(ticket.id)?.has(level)))
        taken += await takeStep(handed, step, settings, now, deps)
    } catch (error) {
      deps.onFault(error, ticket.id)
    }
  }
  for (const ticket of await deps.store.ticketsToWake(now)) await wake(ticket, settings, now, deps)
  return taken
}

async function takeStep(
  ticket: Ticket,
  step: Step,
  { people }: ClockSettings,
  now: Date,
  deps: EscalateDeps,
): Promise<number> {
  const notices = step.to
    .filter((id) => people.get(id)?.alerts)
    .map((person) => ({ person, kind: step.kind, dueAt: now }))
  const what = step.kind === 'reminder' ? 'reminded' : 'escalated'
  return (await deps.store.escalate(ticket.id, step.level, { at: now, what, notices })) ? 1 : 0
}

/** Someone who went away hands over to their deputy; they do not get it back by coming home. */
async function handOver(
  ticket: Ticket,
  settings: ClockSettings,
  now: Date,
  deps: EscalateDeps,
): Promise<Ticket> {
  const owner = settings.people.get(ticket.owner)
  if (!owner || !isAway(owner, localDate(now, settings.calendar.zone))) return ticket
  const to = whoAnswers({ owner: owner.id, deputy: owner.deputy }, now, settings)
  if (to === ticket.owner) return ticket
  const changed = await deps.store.changeTicket(ticket.id, {
    at: now,
    who: 'vigie',
    what: 'assigned',
    detail: { from: ticket.owner, to, reason: 'away' },
    set: { owner: to },
    notices: [{ person: to, kind: 'assigned', dueAt: now }],
  })
  return changed ?? ticket
}

/** A snoozed ticket comes back; a decision not to answer is looked at again, and comes back only if the affair grew. */
async function wake(ticket: Ticket, settings: ClockSettings, now: Date, deps: EscalateDeps): Promise<void> {
  const grewBy = ticket.state === 'dismissed' ? await growth(ticket, deps) : 1
  const isBack = grewBy > 0
  await deps.store.changeTicket(ticket.id, {
    at: now,
    who: 'vigie',
    what: isBack ? 'reopened' : 'looked-again',
    detail: isBack
      ? { reason: ticket.state === 'snoozed' ? 'snoozed-until-now' : 'the-affair-grew', grewBy }
      : {},
    set: isBack
      ? { state: ticket.seenAt ? 'seen' : 'new', againAt: null, dismissReason: null }
      : { againAt: null },
    notices:
      isBack && settings.people.get(ticket.owner)?.alerts
        ? [{ person: ticket.owner, kind: 'reopened', dueAt: now }]
        : [],
  })
}

async function growth(ticket: Ticket, deps: EscalateDeps): Promise<number> {
  const events = await deps.store.ticketEvents(ticket.id)
  const dismissed = events.findLast((event) => event.what === 'dismissed')
  const then = dismissed?.detail['mentionCount']
  return typeof then === 'number' ? ticket.mentionCount - then : 0
}
