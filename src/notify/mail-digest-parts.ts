import type { ReaderLanguage } from '../domain/person.ts'
import { oneLine, subjectLine, webAddress } from './mail-clean.ts'
import { columnDay, dayAndTime, howLong, list, number, type Reading, weekdayOf } from './mail-formats.ts'
import { colon } from './mail-text.ts'
import { type TicketParts, ticketParts } from './mail-tickets.tsx'
import { isOne, mailWords } from './mail-words.ts'
import { digestWords } from './mail-words-digest.ts'
import type { DigestSource, DigestView } from './views.ts'

/** A digest's view with the crises that were open in its period, the open ones first; absent: none. */
export interface DigestNews extends DigestView {
  readonly crises?: readonly DigestCrisis[]
}

export interface DigestCrisis {
  readonly watchName: string
  readonly openedAt: Date
  /** Null: still open. */
  readonly closedAt: Date | null
  /** Null: Vigie closed it, or it is open. */
  readonly closedBy: string | null
  readonly closedWhy: string
  /** In the reader's language. */
  readonly why: readonly string[]
  readonly leaderName: string
  readonly deputyName: string | null
  /** Alerts that were held. */
  readonly held: number
  readonly page: string
}

export interface CrisisParts {
  readonly title: string
  readonly lines: readonly string[]
  readonly link: { readonly label: string; readonly url: string }
}

/** A digest in the reader's words, cleaned and cut: what the HTML and the text lay out, each in its way. */
export interface DigestParts {
  readonly subject: string
  readonly date: string
  readonly company: string
  readonly headline: string
  /** The period and, when nothing came, that every source answered. */
  readonly summary: string
  readonly crises: readonly CrisisParts[]
  readonly late: string | null
  readonly refused: readonly string[]
  readonly undelivered: readonly string[]
  /** Empty on a quiet day. */
  readonly figures: readonly { readonly value: string; readonly label: string }[]
  readonly also: string | null
  readonly waiting: readonly TicketParts[]
  /** What the list leaves out, in words. */
  readonly waitingRest: string | null
  readonly clocks: readonly string[]
  readonly toRead: readonly ToReadParts[]
  readonly toReadRest: string | null
  readonly answered: readonly TicketParts[]
  readonly answeredRest: string | null
  readonly week: readonly ColumnParts[]
  readonly troubled: readonly string[]
  readonly sourcesWell: string | null
  readonly inbox: string
  readonly footer: readonly string[]
}

export interface ToReadParts {
  readonly title: string
  readonly about: string
  readonly url: string | null
}

/** One column of the chart, as figures. */
export interface ColumnParts {
  readonly label: string
  readonly mentions: string
  readonly negative: string
  /** The same in a sentence, for the ear. */
  readonly told: string
}

/** So many tickets stand in the mail itself; the rest is attached. */
export const ticketsInMail = 50

export function digestParts(view: DigestNews, now: Date, share = 1): DigestParts {
  const { language } = view
  const reading = { language, zone: view.reader.timezone, now }
  const [words, common] = [digestWords[language], mailWords[language]]
  const company = oneLine(view.company, 60)
  const headline = headlineOf(view)
  const most = (count: number) => Math.max(3, Math.round(count * share))
  const answered = view.answeredTickets.slice(0, most(20))
  const toRead = view.toRead.slice(0, most(25))
  const rest = (shown: number, total: number) =>
    total > shown ? common.more(number(total - shown, language)) : null
  return {
    subject: subjectLine(
      `${company}, ${weekdayOf(view.localDate, language)}${colon(language)} ${lowered(headline)}`,
    ),
    date: weekdayOf(view.localDate, language),
    company,
    headline,
    summary: summaryOf(view, reading),
    crises: (view.crises ?? []).slice(0, most(5)).map((crisis) => crisisParts(crisis, reading)),
    late: view.lateMinutes > 0 ? words.lateBy(howLong(view.lateMinutes, language)) : null,
    refused: view.refusedConfig.slice(0, most(10)).map((problem) => oneLine(problem, 300)),
    undelivered: undelivered(view, most(10)),
    figures: isQuiet(view) ? [] : figures(view),
    also: alsoOf(view),
    waiting: view.waiting.slice(0, most(ticketsInMail)).map((ticket) => ticketParts(ticket, reading)),
    waitingRest: waitingRest(view, most(ticketsInMail)),
    clocks: view.clocks
      .slice(0, most(10))
      .map(({ title, at, ticket }) => words.clock(oneLine(title, 120), dayAndTime(at, reading), ticket)),
    toRead: toRead.map(({ title, site, url, reason }) => ({
      title: oneLine(title, 120) || common.untitled,
      about: [oneLine(site, 60), words.reasons[reason]].filter((part) => part !== '').join(', '),
      url: shortAddress(url),
    })),
    toReadRest: rest(toRead.length, view.toReadTotal),
    answered: answered.map((ticket) => ticketParts(ticket, reading)),
    answeredRest: rest(answered.length, view.answeredTickets.length),
    week: isQuiet(view)
      ? []
      : view.week.map((day) => columnParts(day, columnDay(day.localDate, language), language)),
    ...sourcesOf(view, reading, most(20)),
    inbox: view.inbox,
    footer: [words.reason, `${common.zone(view.reader.timezone)} ${common.publishesNothing}`],
  }
}

export function columnParts(
  { mentions, negative }: { readonly mentions: number; readonly negative: number },
  label: string,
  language: ReaderLanguage,
): ColumnParts {
  const [all, bad] = [number(mentions, language), number(negative, language)]
  return {
    label,
    mentions: all,
    negative: bad,
    told: digestWords[language].weekDay(label, all, bad, negative),
  }
}

function crisisParts(crisis: DigestCrisis, reading: Reading): CrisisParts {
  const { language } = reading
  const words = digestWords[language].crisis
  const watch = oneLine(crisis.watchName, 60)
  const [leader, deputy] = [oneLine(crisis.leaderName, 60), oneLine(crisis.deputyName ?? '', 60)]
  const ending =
    crisis.closedBy === null
      ? words.closedItself
      : words.closedBy(oneLine(crisis.closedBy, 60), oneLine(crisis.closedWhy, 300))
  const why = crisis.why.slice(0, 5).map((reason) => oneLine(reason, 160))
  const isOpen = crisis.closedAt === null
  return {
    title: isOpen
      ? words.open(watch, dayAndTime(crisis.openedAt, reading))
      : words.closed(watch, dayAndTime(crisis.closedAt ?? crisis.openedAt, reading)),
    lines: [
      ...(isOpen ? [] : [ending]),
      ...(why.length > 0 ? [words.why(list(why, language))] : []),
      ...(isOpen ? [deputy === '' ? words.leads(leader) : words.leadsWith(leader, deputy)] : []),
      words.held(number(crisis.held, language), crisis.held === 0, isOne(crisis.held, language)),
    ],
    link: { label: isOpen ? words.page : words.heldList, url: crisis.page },
  }
}

function isQuiet({ counts, waitingTotal, toReadTotal, crises = [] }: DigestNews): boolean {
  return counts.mentions === 0 && waitingTotal === 0 && toReadTotal === 0 && crises.length === 0
}

function headlineOf(view: DigestNews): string {
  const open = (view.crises ?? []).filter(({ closedAt }) => closedAt === null)
  if (open.length === 0) return ordinaryHeadline(view)
  const watches = open.slice(0, 3).map(({ watchName }) => oneLine(watchName, 60))
  const crisis = digestWords[view.language].crisis.headline(list(watches, view.language))
  return `${crisis}, ${lowered(ordinaryHeadline(view))}`
}

function ordinaryHeadline(view: DigestNews): string {
  const { language, waitingTotal } = view
  const words = digestWords[language]
  const unanswered = view.sources.filter(({ health }) => health !== 'well' && health !== 'silent').length
  if (isQuiet(view)) {
    if (view.sources.length === 0) return words.noSource.replace(/\.$/, '')
    if (unanswered === 0) return words.allQuiet
    return words.quietBut(words.unansweredShort(number(unanswered, language), isOne(unanswered, language)))
  }
  if (waitingTotal === 0) return words.nothingWaits
  const overdue = view.waiting.filter(({ isOverdue }) => isOverdue).length
  const waiting = words.waiting(number(waitingTotal, language), isOne(waitingTotal, language))
  return overdue === 0 ? waiting : `${waiting}, ${words.overdue(number(overdue, language))}`
}

function summaryOf(view: DigestView, reading: Reading): string {
  const words = digestWords[reading.language]
  const from = dayAndTime(view.from, reading)
  const news =
    view.counts.mentions > 0
      ? words.news(from)
      : `${words.since(from)}${colon(reading.language)} ${words.noMention}.`
  return `${news} ${sourcesSentence(view)}`
}

function sourcesSentence({ sources, language }: DigestView): string {
  const words = digestWords[language]
  const total = sources.length
  if (total === 0) return words.noSource
  const unanswered = sources.filter(({ health }) => health !== 'well' && health !== 'silent').length
  if (unanswered === 0) return words.allAnswered(number(total, language), isOne(total, language))
  return `${words.unansweredShort(number(unanswered, language), isOne(unanswered, language))}.`
}

function undelivered({ undelivered, language }: DigestView, most: number): string[] {
  return undelivered
    .slice(0, most)
    .map(({ recipient, subject, code, gaveUp }) =>
      digestWords[language].undeliveredOne(
        oneLine(subject, 100),
        oneLine(recipient, 80),
        oneLine(code, 40),
        gaveUp,
      ),
    )
}

function figures({ counts, language }: DigestView): DigestParts['figures'] {
  const words = digestWords[language].figures
  const keys = ['mentions', 'negative', 'opened', 'answered'] as const
  return keys.map((key) => ({
    value: number(counts[key], language),
    label: words[key](isOne(counts[key], language)),
  }))
}

function alsoOf({ counts, language }: DigestView): string | null {
  const words = digestWords[language]
  const keys = ['joined', 'dismissed', 'unsure', 'unrelated', 'otherLanguage'] as const
  const told = keys
    .filter((key) => counts[key] > 0)
    .map((key) => words.also[key](number(counts[key], language), isOne(counts[key], language)))
  return told.length === 0 ? null : `${words.alsoTitle}${colon(language)} ${list(told, language)}.`
}

function waitingRest({ waiting, waitingTotal, language }: DigestView, shown: number): string | null {
  const [words, common] = [digestWords[language], mailWords[language]]
  const attached = Math.max(0, waiting.length - ticketsInMail)
  const elsewhere = waitingTotal - attached - Math.min(shown, waiting.length)
  const told = [
    attached > 0 ? words.waitingRest(number(attached, language), isOne(attached, language)) : '',
    elsewhere > 0 ? common.more(number(elsewhere, language)) : '',
  ]
  return told.join(' ').trim() || null
}

function sourcesOf(
  view: DigestView,
  reading: Reading,
  most: number,
): Pick<DigestParts, 'troubled' | 'sourcesWell'> {
  const words = digestWords[reading.language]
  const { sources } = view
  const troubled = sources.filter(({ health }) => health !== 'well')
  const quiet = isQuiet(view) && troubled.length === 0
  const well = sources.length - troubled.length
  const untold = troubled.length - most
  return {
    troubled: [
      ...troubled.slice(0, most).map((source) => sourceLine(source, reading)),
      ...(untold > 0 ? [mailWords[reading.language].more(number(untold, reading.language))] : []),
    ],
    // On a quiet day the summary has said it already.
    sourcesWell:
      well > 0 && !quiet
        ? words.sourcesWell(number(well, reading.language), isOne(well, reading.language))
        : null,
  }
}

function sourceLine(
  { id, health, problem, lastSuccessAt, lastEntryAt }: DigestSource,
  reading: Reading,
): string {
  const { language } = reading
  const words = digestWords[language]
  const detail = oneLine(problem, 200)
  const last =
    health === 'silent'
      ? lastEntryAt && words.lastEntry(dayAndTime(lastEntryAt, reading))
      : lastSuccessAt && words.lastSuccess(dayAndTime(lastSuccessAt, reading))
  const said = detail === '' || detail === words.health[health] ? '' : ` ${sentence(detail)}`
  return `${oneLine(id, 120)}${colon(language)} ${words.health[health]}.${said} ${last ?? ''}`.trim()
}

/** Twenty-five long addresses would fill the mail. */
function shortAddress(url: string | null): string | null {
  const address = webAddress(url)
  return address !== null && address.length <= 500 ? address : null
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?…]$/.test(text) ? '' : '.')
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
