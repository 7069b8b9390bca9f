import type { Config } from '../config.ts'
import { instantOf, localDate, plusDays } from '../domain/calendar.ts'
import { minuteMs } from '../domain/duration.ts'
import type { Person } from '../domain/person.ts'
import { openStates, type Ticket } from '../domain/ticket.ts'
import { ticketLine } from '../notify/alert-view.ts'
import type { ReportCounts, ReportView, ResponseTimes } from '../notify/mail-report-parts.ts'
import type { Activity, Store } from '../store/store.ts'

export interface ReportPeriod {
  readonly period: 'weekly' | 'monthly'
  /** Local dates, both included. */
  readonly firstDate: string
  readonly lastDate: string
}

type ReportStore = Pick<Store, 'activity' | 'ticketsOpened' | 'tickets'>

const waitingShown = 20

/** The week or month before a local date that begins one; null when the date begins none. */
export function periodBefore(period: ReportPeriod['period'], today: string): ReportPeriod | null {
  const day = new Date(`${today}T00:00:00Z`)
  if (period === 'weekly') {
    return day.getUTCDay() === 1
      ? { period, firstDate: plusDays(today, -7), lastDate: plusDays(today, -1) }
      : null
  }
  const lastDate = plusDays(today, -1)
  return day.getUTCDate() === 1 ? { period, firstDate: `${lastDate.slice(0, 8)}01`, lastDate } : null
}

/** Gathers what a report says to one person. */
export async function reportView(
  config: Config,
  reader: Person,
  period: ReportPeriod,
  store: ReportStore,
): Promise<ReportView> {
  const zone = reader.timezone
  const [from, to] = spanOf(period.firstDate, period.lastDate, zone)
  const activity = await store.activity(from, to)
  const opened = await store.ticketsOpened(from, to)
  return {
    reader,
    language: reader.language,
    ...period,
    company: config.company ?? config.watches[0]?.name ?? 'Vigie',
    counts: countsOf(activity, opened),
    before: await beforeOf(period, zone, store),
    seen: responseTimes(
      opened,
      (ticket) => ticket.seenAt,
      (ticket) => ticket.seenBy,
      to,
    ),
    answered: responseTimes(opened, closedAt, (ticket) => ticket.answerBy, to),
    columns: columnsOf(period, activity, zone),
    categories: categoriesOf(opened, config, reader),
    watches: config.watches.map(({ id, name }) => {
      const own = activity.days.filter((day) => day.watch === id)
      return { name, mentions: own.length, negative: own.filter((day) => day.isNegative).length }
    }),
    waiting: (await store.tickets({ limit: waitingShown })).map((ticket) =>
      ticketLine(ticket, config, reader.language),
    ),
    inbox: `${config.pages.url}/`,
  }
}

/** From the first instant of the first date to the last of the last, in a zone. */
function spanOf(firstDate: string, lastDate: string, zone: string): [Date, Date] {
  const from = instantOf(firstDate, 0, zone)
  const to = instantOf(plusDays(lastDate, 1), 0, zone)
  return [new Date(from.getTime() - 1), new Date(to.getTime() - 1)]
}

function countsOf(activity: Activity, opened: readonly Ticket[]): ReportCounts {
  const { mentions, negative, unsure, answered, dismissed } = activity
  const stillOpen = opened.filter((ticket) => openStates.includes(ticket.state)).length
  return { mentions, negative, unsure, answered, dismissed, opened: opened.length, stillOpen }
}

/** The period of the same length before; null when nothing at all was found in it, as before Vigie ran. */
async function beforeOf(
  period: ReportPeriod,
  zone: string,
  store: ReportStore,
): Promise<ReportView['before']> {
  const lastDate = plusDays(period.firstDate, -1)
  const days = (Date.parse(period.lastDate) - Date.parse(period.firstDate)) / 86_400_000
  const [from, to] = spanOf(plusDays(lastDate, -days), lastDate, zone)
  const { mentions, negative, opened, answered } = await store.activity(from, to)
  return mentions === 0 ? null : { mentions, negative, opened, answered }
}

function closedAt(ticket: Ticket): Date | null {
  return ticket.answeredAt ?? (ticket.state === 'dismissed' ? ticket.seenAt : null)
}

function responseTimes(
  tickets: readonly Ticket[],
  doneAt: (ticket: Ticket) => Date | null,
  limitOf: (ticket: Ticket) => Date,
  now: Date,
): ResponseTimes {
  const minutes = tickets
    .flatMap((ticket) => {
      const at = doneAt(ticket)
      return at ? [(at.getTime() - ticket.openedAt.getTime()) / minuteMs] : []
    })
    .sort((a, b) => a - b)
  const due = tickets.filter((ticket) => doneAt(ticket) !== null || limitOf(ticket) <= now)
  const inTime = due.filter(
    (ticket) => (doneAt(ticket)?.getTime() ?? Number.POSITIVE_INFINITY) <= limitOf(ticket).getTime(),
  )
  return {
    medianMinutes: quantile(minutes, 0.5),
    ninetiethMinutes: quantile(minutes, 0.9),
    inTime: inTime.length,
    due: due.length,
  }
}

function quantile(sorted: readonly number[], share: number): number | null {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return value === undefined ? null : Math.round(value)
}

/** Days of a week; weeks of a month, by their first day. */
function columnsOf(period: ReportPeriod, { days }: Activity, zone: string): ReportView['columns'] {
  const step = period.period === 'weekly' ? 1 : 7
  const columns: { localDate: string; mentions: number; negative: number }[] = []
  for (let first = period.firstDate; first <= period.lastDate; first = plusDays(first, step)) {
    const next = plusDays(first, step)
    const own = days.filter((day) => {
      const date = localDate(day.collectedAt, zone)
      return first <= date && date < next
    })
    columns.push({
      localDate: first,
      mentions: own.length,
      negative: own.filter((day) => day.isNegative).length,
    })
  }
  return columns
}

function categoriesOf(opened: readonly Ticket[], config: Config, reader: Person): ReportView['categories'] {
  return [...new Set(opened.map((ticket) => ticket.category))]
    .map((category) => {
      const own = opened.filter((ticket) => ticket.category === category)
      const { medianMinutes } = responseTimes(
        own,
        (ticket) => ticket.answeredAt,
        (ticket) => ticket.answerBy,
        new Date(0),
      )
      return {
        title: config.playbooks.get(category)?.title[reader.language] ?? category,
        opened: own.length,
        answered: own.filter((ticket) => ticket.answeredAt !== null).length,
        medianMinutes,
      }
    })
    .sort((a, b) => b.opened - a.opened)
}
