import type { Config } from '../config.ts'
import { deadline, localDate, plusDays } from '../domain/calendar.ts'
import { dayMs } from '../domain/duration.ts'
import type { JudgedMention } from '../domain/mention.ts'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import type { Ticket } from '../domain/ticket.ts'
import { ticketLine, watchNameOf } from '../notify/alert-view.ts'
import type { DigestCrisis, DigestNews } from '../notify/mail-digest-parts.ts'
import { digestWords } from '../notify/mail-words-digest.ts'
import type { DigestMention, DigestSource, DigestTicket, DigestView } from '../notify/views.ts'
import { siteOf } from '../respond/draft.ts'
import type { CrisisRecord, SourceState, Store } from '../store/store.ts'
import { signsIn } from '../triage/crisis.ts'
import { titleOf } from '../triage/triage.ts'
import { failureInWords } from './failure-words.ts'

export interface DigestPeriod {
  /** Local date it is for. */
  readonly localDate: string
  readonly from: Date
  readonly to: Date
  readonly lateMinutes: number
  /** A change of the files that was refused, and why. */
  readonly refusedConfig: readonly string[]
}

type DigestStore = Pick<
  Store,
  | 'activity'
  | 'tickets'
  | 'countOpenTickets'
  | 'ticketsAnswered'
  | 'sourceStates'
  | 'messages'
  | 'crisesSince'
>

const ticketsRead = 1000
const toReadShown = 50
const clockHorizonMs = 14 * dayMs

/** Gathers what a digest says to one person, in their language and zone. */
export async function digestView(
  config: Config,
  reader: Person,
  period: DigestPeriod,
  store: DigestStore,
): Promise<DigestNews> {
  const { from, to } = period
  const activity = await store.activity(from, to)
  const waiting = await store.tickets({ limit: ticketsRead })
  const describe = (ticket: Ticket) => digestTicket(ticket, config, reader, period)
  const { toRead, days: _days, ...counts } = activity
  return {
    reader,
    language: reader.language,
    localDate: period.localDate,
    from,
    to,
    lateMinutes: period.lateMinutes,
    company: config.company ?? config.watches[0]?.name ?? 'Vigie',
    counts,
    crises: await crisesOf(config, reader, period, store),
    waiting: waiting.map(describe),
    waitingTotal: await store.countOpenTickets(),
    answeredTickets: (await store.ticketsAnswered(from, to)).map(describe),
    toRead: toRead.slice(0, toReadShown).map(digestMention),
    toReadTotal: toRead.length,
    sources: await sourcesOf(config, reader.language, to, store),
    week: await weekOf(reader, period, store),
    clocks: waiting.flatMap((ticket) => clocksOf(ticket, config, reader.language, to)),
    undelivered: await undelivered(store),
    refusedConfig: period.refusedConfig,
    inbox: `${config.pages.url}/`,
  }
}

/** What is open now, then what was closed since the last digest. */
async function crisesOf(
  config: Config,
  { language }: Person,
  { from, to }: DigestPeriod,
  store: DigestStore,
): Promise<DigestCrisis[]> {
  const nameOf = (id: string) => config.people.get(id)?.name ?? id
  const crises = (await store.crisesSince(from)).filter(({ openedAt }) => openedAt <= to)
  return crises
    .sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null))
    .map((crisis) => ({
      watchName: watchNameOf(config, crisis.watch),
      openedAt: crisis.openedAt,
      closedAt: crisis.closedAt,
      closedBy: crisis.closedBy === null || crisis.closedBy === 'vigie' ? null : nameOf(crisis.closedBy),
      closedWhy: crisis.closedWhy,
      why: crisisReasons(crisis, config, language),
      leaderName: nameOf(crisis.leader),
      deputyName: crisis.deputy === null ? null : nameOf(crisis.deputy),
      held: crisis.held,
      page: `${config.pages.url}/crises/${crisis.id}`,
    }))
}

/** Why a crisis opened, in a reader's language. */
export function crisisReasons(
  crisis: CrisisRecord,
  config: Pick<Config, 'playbooks'>,
  language: ReaderLanguage,
): string[] {
  const titleOf = (category: string) => config.playbooks.get(category)?.title[language] ?? category
  const signs = signsIn(crisis).map((sign) => digestWords[language].sign(sign, titleOf))
  return signs.length > 0 ? signs : [...crisis.reason]
}

function digestTicket(
  ticket: Ticket,
  config: Config,
  reader: Person,
  { from, to }: DigestPeriod,
): DigestTicket {
  return {
    ...ticketLine(ticket, config, reader.language),
    state: ticket.state,
    isOverdue: ticket.answerBy < to,
    isNew: ticket.openedAt > from,
  }
}

function digestMention({ mention, judgement }: JudgedMention): DigestMention {
  return {
    title: titleOf(mention),
    site: siteOf(mention.entry.url) || mention.sourceKind,
    url: mention.entry.url,
    reason: !mention.match.certain
      ? 'maybe-not-us'
      : judgement?.language === null
        ? 'language-unknown'
        : 'unsure',
  }
}

/** Every source of the configuration, also those never visited; the troubled first. */
async function sourcesOf(
  config: Config,
  language: ReaderLanguage,
  now: Date,
  store: DigestStore,
): Promise<DigestSource[]> {
  const states = new Map((await store.sourceStates()).map((state) => [state.id, state]))
  const ids = config.watches.flatMap((watch) => watch.sources.map((source) => source.id))
  return ids
    .map((id) => digestSource(id, states.get(id), language, now))
    .sort((a, b) => Number(a.health === 'well') - Number(b.health === 'well'))
}

function digestSource(
  id: string,
  state: SourceState | undefined,
  language: ReaderLanguage,
  now: Date,
): DigestSource {
  const health = healthOf(state, now)
  return {
    id,
    health,
    lastSuccessAt: state?.lastSuccessAt ?? null,
    lastEntryAt: state?.lastEntryAt ?? null,
    problem: problemOf(health, state, language),
  }
}

/** What is wrong, in the reader's language; empty when well. */
function problemOf(
  health: DigestSource['health'],
  state: SourceState | undefined,
  language: ReaderLanguage,
): string {
  if (health === 'well' || health === 'silent') return ''
  if (health === 'never-polled' || !state) return neverPolled[language]
  return failureInWords(state.lastCode ?? 'fault', language)
}

const neverPolled = { fr: 'pas encore visitée', en: 'not visited yet' }

function healthOf(state: SourceState | undefined, now: Date): DigestSource['health'] {
  if (!state) return 'never-polled'
  if (state.disabled) return 'gone'
  if (state.lastStatus === 'failed' || state.lastCode === 'partly') return 'failing'
  const { rhythm, lastEntryAt } = state
  const isSilent = rhythm && lastEntryAt && now.getTime() - lastEntryAt.getTime() > rhythm.longestUsualMs
  return isSilent ? 'silent' : 'well'
}

/** Seven local days to the digest's own. */
async function weekOf(reader: Person, period: DigestPeriod, store: DigestStore): Promise<DigestView['week']> {
  const dates = Array.from({ length: 7 }, (_, index) => plusDays(period.localDate, index - 6))
  const { days } = await store.activity(new Date(period.to.getTime() - 8 * dayMs), period.to)
  return dates.map((date) => {
    const own = days.filter((day) => localDate(day.collectedAt, reader.timezone) === date)
    return {
      localDate: date,
      mentions: own.length,
      negative: own.filter((day) => day.isNegative).length,
    }
  })
}

function clocksOf(ticket: Ticket, config: Config, language: ReaderLanguage, now: Date): DigestView['clocks'] {
  return (config.playbooks.get(ticket.category)?.clocks ?? [])
    .map((clock) => ({
      title: clock.title[language],
      at: deadline(ticket.openedAt, clock.within, config.calendar, clock.within.unit !== 'day'),
      ticket: ticket.id,
    }))
    .filter(({ at }) => at > now && at.getTime() - now.getTime() < clockHorizonMs)
}

async function undelivered(store: DigestStore): Promise<DigestView['undelivered']> {
  const [pending, gaveUp] = await Promise.all([store.messages('pending', 20), store.messages('gave-up', 20)])
  return [...gaveUp, ...pending.filter((message) => message.attempts > 0)].map((message) => ({
    recipient: message.recipient,
    subject: message.subject,
    code: message.lastCode ?? '',
    gaveUp: message.state === 'gave-up',
  }))
}
