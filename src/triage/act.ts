import { DateTime } from 'luxon'
import { didYouMean } from '../config/problem.ts'
import type { Config } from '../config.ts'
import { parseDuration } from '../domain/duration.ts'
import { type DismissReason, dismissReasons, type Ticket } from '../domain/ticket.ts'
import type { NewNotice, TicketChange } from '../store/store.ts'

/** What a person may do to a ticket: the same verbs on the command line, on the pages and by mail. */
export type TicketAction =
  | { readonly verb: 'seen' }
  | { readonly verb: 'answered'; readonly value?: string | undefined }
  | { readonly verb: 'dismiss'; readonly reason?: string | undefined }
  | { readonly verb: 'assign'; readonly value?: string | undefined }
  | { readonly verb: 'snooze'; readonly value?: string | undefined }

/** The person asked for something that makes no sense; the message says what would. */
export class TicketActionError extends Error {
  override readonly name = 'TicketActionError'
}

/** The change an action makes. Throws TicketActionError. Pure. */
export function ticketAction(
  ticket: Ticket,
  action: TicketAction,
  who: string,
  config: Pick<Config, 'people' | 'playbooks' | 'calendar'>,
  now: Date,
): TicketChange {
  const change = (
    what: TicketChange['what'],
    set: TicketChange['set'],
    detail = {},
    notices: NewNotice[] = [],
  ) => ({
    at: now,
    who,
    what,
    detail,
    set,
    notices,
  })
  switch (action.verb) {
    case 'seen': {
      const isNew = ticket.state === 'new'
      return change('seen', {
        ...(isNew ? { state: 'seen' } : {}),
        ...(ticket.seenAt ? {} : { seenAt: now }),
      })
    }
    case 'answered': {
      const url = action.value === undefined ? null : webAddress(action.value)
      const seen = ticket.seenAt ? {} : { seenAt: now }
      return change('answered', { state: 'answered', answeredAt: now, answerUrl: url, ...seen }, { url })
    }
    case 'dismiss': {
      const { reason, words } = dismissReason(action.reason)
      const lookAgain = config.playbooks.get(ticket.category)?.lookAgain ?? null
      const againAt = reason === 'no-answer' && lookAgain ? plus(now, lookAgain) : null
      const seen = ticket.seenAt ? {} : { seenAt: now }
      return change(
        'dismissed',
        { state: 'dismissed', dismissReason: reason, againAt, ...seen },
        { reason, words, againAt, mentionCount: ticket.mentionCount },
      )
    }
    case 'assign': {
      const to = personCalled(action.value, config)
      const notice = { person: to, kind: 'assigned' as const, dueAt: now }
      return change('assigned', { owner: to }, { from: ticket.owner, to }, to === who ? [] : [notice])
    }
    case 'snooze': {
      const againAt = instant(action.value, config.calendar.zone, now)
      return change('snoozed', { state: 'snoozed', againAt }, { until: againAt })
    }
  }
}

function webAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new TicketActionError(
    `"${text}" is not the address of an answer: give an http or https address, or none`,
  )
}

/** `no-answer: a joke` is the reason and its words. */
function dismissReason(text: string | undefined): { reason: DismissReason; words: string } {
  const [name = '', ...rest] = (text ?? '').split(':')
  const reason = dismissReasons.find((known) => known === name.trim())
  if (!reason) {
    throw new TicketActionError(
      text === undefined
        ? `say why: --reason ${dismissReasons.join(' | ')}, words after a colon are kept`
        : `"${name.trim()}" is no reason${didYouMean(name.trim(), dismissReasons)}`,
    )
  }
  return { reason, words: rest.join(':').trim() }
}

function personCalled(text: string | undefined, config: Pick<Config, 'people'>): string {
  const wanted = (text ?? '').toLowerCase()
  const person = [...config.people.values()].find(
    ({ id, name }) => id === wanted || name.toLowerCase() === wanted,
  )
  if (person) return person.id
  throw new TicketActionError(
    `assign to whom?${text ? ` "${text}" is not among the people of vigie.yaml` : ''}${didYouMean(wanted, config.people.keys())}`,
  )
}

/** `2d`, `4h`, or a local date or date and time. */
function instant(text: string | undefined, zone: string, now: Date): Date {
  const duration = parseDuration(text ?? '')
  const at = duration ? plus(now, duration) : DateTime.fromISO(text ?? '', { zone }).toJSDate()
  if (Number.isNaN(at.getTime()))
    throw new TicketActionError(
      'until when? a length such as 2d, or a date such as 2026-12-01 or 2026-12-01T09:00',
    )
  if (at <= now) throw new TicketActionError(`${at.toISOString()} is already past`)
  return at
}

function plus(now: Date, { amount, unit }: { amount: number; unit: string }): Date {
  return DateTime.fromJSDate(now)
    .plus({ [unit]: amount })
    .toJSDate()
}
