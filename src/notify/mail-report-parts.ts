import type { Person, ReaderLanguage } from '../domain/person.ts'
import { oneLine, subjectLine } from './mail-clean.ts'
import { type ColumnParts, columnParts } from './mail-digest-parts.ts'
import {
  columnDate,
  columnDay,
  howLong,
  list,
  localMonth,
  number,
  percent,
  weekdayOf,
} from './mail-formats.ts'
import { colon } from './mail-text.ts'
import { type TicketParts, type TicketRow, ticketParts } from './mail-tickets.tsx'
import { isOne, mailWords } from './mail-words.ts'
import { reportWords } from './mail-words-report.ts'

/** What a weekly or monthly report says. */
export interface ReportView {
  readonly reader: Person
  readonly language: ReaderLanguage
  readonly period: 'weekly' | 'monthly'
  /** First and last local dates, `YYYY-MM-DD`, both included. */
  readonly firstDate: string
  readonly lastDate: string
  readonly company: string
  readonly counts: ReportCounts
  /** The period before, of the same length; null when Vigie did not run then. */
  readonly before: Pick<ReportCounts, 'mentions' | 'negative' | 'opened' | 'answered'> | null
  /** Of the tickets opened in the period: until a person had seen it, until an answer or the decision not to. */
  readonly seen: ResponseTimes
  readonly answered: ResponseTimes
  /** Columns of the chart: days of a week, weeks of a month by their first day. At most 7. */
  readonly columns: readonly {
    readonly localDate: string
    readonly mentions: number
    readonly negative: number
  }[]
  /** The most tickets first. */
  readonly categories: readonly {
    readonly title: string
    readonly opened: number
    readonly answered: number
    /** Null when none was answered. */
    readonly medianMinutes: number | null
  }[]
  readonly watches: readonly { readonly name: string; readonly mentions: number; readonly negative: number }[]
  /** Open tickets, the oldest first. */
  readonly waiting: readonly TicketRow[]
  readonly inbox: string
}

export interface ReportCounts {
  readonly mentions: number
  readonly negative: number
  readonly unsure: number
  readonly opened: number
  readonly answered: number
  readonly dismissed: number
  readonly stillOpen: number
}

/** Clock minutes; null when nothing was done yet. */
export interface ResponseTimes {
  readonly medianMinutes: number | null
  /** Nine in ten took no longer. */
  readonly ninetiethMinutes: number | null
  /** How many of those that were due met their limit. */
  readonly inTime: number
  readonly due: number
}

/** A report in the reader's words, cleaned and cut. */
export interface ReportParts {
  readonly subject: string
  readonly company: string
  readonly period: string
  readonly headline: string
  readonly figures: readonly { readonly value: string; readonly label: string }[]
  readonly before: string | null
  readonly also: string | null
  readonly columns: readonly ColumnParts[]
  readonly times: readonly { readonly label: string; readonly value: string }[]
  readonly categories: readonly { readonly label: string; readonly value: string }[]
  readonly watches: readonly { readonly label: string; readonly value: string }[]
  readonly waiting: readonly TicketParts[]
  readonly inbox: string
  readonly footer: readonly string[]
}

export function reportParts(view: ReportView, now: Date): ReportParts {
  const { language, counts } = view
  const [words, common] = [reportWords[language], mailWords[language]]
  const reading = { language, zone: view.reader.timezone, now }
  const company = oneLine(view.company, 60)
  const period = periodOf(view)
  return {
    subject: subjectLine(`${company}${colon(language)} ${period.charAt(0).toLowerCase()}${period.slice(1)}`),
    company,
    period,
    headline: headlineOf(view),
    figures: figures(counts, language),
    before: view.before && words.before(told(figures(view.before, language), language)),
    also: alsoOf(view),
    columns: view.columns
      .slice(0, 7)
      .map((column) => columnParts(column, columnLabel(column.localDate, view), language)),
    times: [
      { label: words.seen, value: timesOf(view.seen, language) },
      { label: words.answered, value: timesOf(view.answered, language) },
    ],
    categories: view.categories.slice(0, 20).map((category) => ({
      label: oneLine(category.title, 80),
      value: categoryOf(category, language),
    })),
    watches: view.watches.slice(0, 20).map(({ name, mentions, negative }) => ({
      label: oneLine(name, 80),
      value: words.watch(
        common.mentions(number(mentions, language), isOne(mentions, language)),
        number(negative, language),
        negative,
      ),
    })),
    waiting: view.waiting.slice(0, 5).map((ticket) => ticketParts(ticket, reading)),
    inbox: view.inbox,
    footer: [words.reason[view.period], words.hours, common.publishesNothing],
  }
}

function periodOf({ period, firstDate, lastDate, language }: ReportView): string {
  const words = reportWords[language]
  if (period === 'monthly') return words.monthly(localMonth(firstDate, language))
  return words.weekly(weekdayOf(firstDate, language), weekdayOf(lastDate, language))
}

function headlineOf({ answered, language }: ReportView): string {
  const words = reportWords[language]
  const due = number(answered.due, language)
  if (answered.due === 0) return words.noAnswerDue
  if (answered.inTime >= answered.due) return words.allKept(due, isOne(answered.due, language))
  return words.headline(number(answered.inTime, language), due)
}

function figures(
  counts: NonNullable<ReportView['before']>,
  language: ReaderLanguage,
): ReportParts['figures'] {
  const words = reportWords[language].figures
  const keys = ['mentions', 'negative', 'opened', 'answered'] as const
  return keys.map((key) => ({
    value: number(counts[key], language),
    label: words[key](isOne(counts[key], language)),
  }))
}

function told(figures: ReportParts['figures'], language: ReaderLanguage): string {
  return list(
    figures.map(({ value, label }) => `${value} ${label}`),
    language,
  )
}

function alsoOf({ counts, language }: ReportView): string | null {
  const words = reportWords[language]
  const told = (count: number, write: (figure: string, one: boolean) => string) =>
    count === 0 ? [] : [write(number(count, language), isOne(count, language))]
  const parts = [
    ...told(counts.stillOpen, words.also.waiting),
    ...told(counts.dismissed, words.also.dismissed),
    ...told(counts.unsure, words.also.unsure),
  ]
  return parts.length === 0 ? null : `${words.alsoTitle}${colon(language)} ${list(parts, language)}.`
}

function columnLabel(date: string, { period, language }: ReportView): string {
  return period === 'weekly' ? columnDay(date, language) : columnDate(date, language)
}

function timesOf(
  { medianMinutes, ninetiethMinutes, inTime, due }: ResponseTimes,
  language: ReaderLanguage,
): string {
  const words = reportWords[language]
  if (medianMinutes === null) return `${words.nothingYet}.`
  const parts = [
    words.median(howLong(medianMinutes, language)),
    ninetiethMinutes === null ? '' : words.slowest(howLong(ninetiethMinutes, language)),
    due === 0
      ? ''
      : words.kept(number(inTime, language), number(due, language), percent(inTime / due, language)),
  ]
  const sentence = parts.filter((part) => part !== '').join(', ')
  return `${sentence}.`
}

function categoryOf(
  { opened, answered, medianMinutes }: ReportView['categories'][number],
  language: ReaderLanguage,
): string {
  const words = reportWords[language]
  const time = medianMinutes === null ? '' : words.inMedian(howLong(medianMinutes, language))
  return words.category(number(opened, language), isOne(opened, language), number(answered, language), time)
}
