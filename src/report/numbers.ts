import { instantOf, localDate, plusDays } from '../domain/calendar.ts'
import { dayMs } from '../domain/duration.ts'
import type { Ticket } from '../domain/ticket.ts'
import type { Watch } from '../domain/watch.ts'
import type { AuthorFacts, DayFacts, FactStore, NetworkFacts, ResponseFacts } from '../inbox/pages-store.ts'

export interface NumbersSettings {
  readonly zone: string
  /** Local dates, both included. */
  readonly from: string
  readonly to: string
  /** Whose numbers; empty: everything of ours, competitors left out. */
  readonly watch: string | null
  readonly watches: readonly Watch[]
}

/** What the numbers page says about a period. */
export interface Numbers {
  readonly from: string
  readonly to: string
  readonly totals: Totals
  readonly steps: readonly Step[]
  readonly stepKind: StepKind
  readonly four: FourNumbers
  readonly authors: AuthorFacts
  readonly networks: readonly ({ readonly network: string } & NetworkFacts)[]
  readonly sites: readonly { readonly site: string; readonly mentions: number }[]
  readonly voices: readonly { readonly watch: string; readonly mentions: number; readonly negative: number }[]
  /** Mentions by local hour. */
  readonly hours: readonly number[]
  readonly responses: readonly ResponseFacts[]
  readonly affairs: readonly Ticket[]
}

export interface Totals {
  readonly mentions: number
  readonly negative: number
  readonly neutral: number
  readonly positive: number
  readonly unsure: number
  readonly unjudged: number
}

/** One column: a day, a week from its Monday, or a month from its first day. */
export interface Step extends Totals {
  readonly from: string
}

export type StepKind = 'day' | 'week' | 'month'

/**
 * The four numbers that Social Mention showed (2008 to 2020), over the period: `strength` is what was said on its last
 * day against all that was said in it; `sentiment` positive to negative; `passion` what people say who speak more than
 * once, against all signed texts; `reach` authors against signed texts.
 */
export interface FourNumbers {
  readonly strength: Share
  readonly sentiment: { readonly positive: number; readonly negative: number }
  readonly passion: Share
  readonly reach: Share
}

export interface Share {
  readonly part: number
  readonly whole: number
}

/** Fewer are told as they are: a percentage of three says more than anyone knows. */
export const fewestForPercent = 10

export async function numbersOf(settings: NumbersSettings, store: FactStore): Promise<Numbers> {
  await store.refreshFacts(settings.zone)
  const own = ownWatches(settings)
  const range = { from: settings.from, to: settings.to }
  const period = {
    from: instantOf(settings.from, 0, settings.zone),
    to: instantOf(plusDays(settings.to, 1), 0, settings.zone),
  }
  const everybody = await store.dayFacts(
    range,
    settings.watches.map(({ id }) => id),
  )
  const facts = everybody.filter(({ watch }) => own.includes(watch))
  const totals = totalsOf(facts)
  const authors = await store.authorFacts(period, own, totals.mentions)
  const stepKind = stepKindOf(settings)
  return {
    ...range,
    totals,
    stepKind,
    steps: stepsOf(facts, settings, stepKind),
    four: fourNumbers(facts, totals, authors, settings.to),
    authors,
    networks: networksOf(facts),
    sites: sitesOf(facts),
    voices: voicesOf(everybody, settings.watches),
    hours: hoursOf(facts),
    responses: await store.responseFacts(period, own),
    affairs: await store.largestAffairs(period, own, 5),
  }
}

function ownWatches({ watch, watches }: NumbersSettings): string[] {
  if (watch !== null) return watches.filter(({ id }) => id === watch).map(({ id }) => id)
  return watches.filter(({ kind }) => kind !== 'competitor').map(({ id }) => id)
}

/** The days to show when a person asks for the last so many, today included. */
export function lastDays(count: number, now: Date, zone: string): { from: string; to: string } {
  const to = localDate(now, zone)
  return { from: plusDays(to, 1 - count), to }
}

function totalsOf(facts: readonly Totals[]): Totals {
  const sum = (name: keyof Totals) => facts.reduce((total, day) => total + day[name], 0)
  return {
    mentions: sum('mentions'),
    negative: sum('negative'),
    neutral: sum('neutral'),
    positive: sum('positive'),
    unsure: sum('unsure'),
    unjudged: sum('unjudged'),
  }
}

function stepKindOf({ from, to }: NumbersSettings): StepKind {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  return days <= 62 ? 'day' : days <= 370 ? 'week' : 'month'
}

const mostSteps = 400

/** Every column of the period, also the empty ones. */
function stepsOf(facts: readonly DayFacts[], { from, to }: NumbersSettings, kind: StepKind): Step[] {
  const byStep = new Map<string, DayFacts[]>()
  for (const day of facts) {
    const start = stepStart(day.day, kind)
    const own = byStep.get(start)
    if (own) own.push(day)
    else byStep.set(start, [day])
  }
  const steps: Step[] = []
  for (let at = stepStart(from, kind); at <= to && steps.length < mostSteps; at = nextStep(at, kind)) {
    steps.push({ from: at, ...totalsOf(byStep.get(at) ?? []) })
  }
  return steps
}

function stepStart(day: string, kind: StepKind): string {
  if (kind === 'day') return day
  if (kind === 'month') return `${day.slice(0, 7)}-01`
  const at = Date.parse(`${day}T00:00:00Z`)
  const weekday = (new Date(at).getUTCDay() + 6) % 7
  return new Date(at - weekday * dayMs).toISOString().slice(0, 10)
}

function nextStep(start: string, kind: StepKind): string {
  const days = { day: 1, week: 7, month: 31 }[kind]
  return stepStart(plusDays(start, days), kind)
}

function fourNumbers(
  facts: readonly DayFacts[],
  totals: Totals,
  authors: AuthorFacts,
  lastDay: string,
): FourNumbers {
  const last = totalsOf(facts.filter(({ day }) => day === lastDay))
  return {
    strength: { part: last.mentions, whole: totals.mentions },
    sentiment: { positive: totals.positive, negative: totals.negative },
    passion: { part: authors.repeated, whole: authors.signed },
    reach: { part: authors.authors, whole: authors.signed },
  }
}

function networksOf(facts: readonly DayFacts[]): Numbers['networks'] {
  const sums = new Map<string, { mentions: number; negative: number; reactions: number; views: number }>()
  for (const { networks } of facts) {
    for (const [network, counts] of Object.entries(networks)) {
      const sum = sums.get(network) ?? { mentions: 0, negative: 0, reactions: 0, views: 0 }
      sum.mentions += counts.mentions
      sum.negative += counts.negative
      sum.reactions += counts.reactions
      sum.views += counts.views
      sums.set(network, sum)
    }
  }
  return [...sums]
    .map(([network, counts]) => ({ network, ...counts }))
    .sort((a, b) => b.mentions - a.mentions)
    .slice(0, 20)
}

function sitesOf(facts: readonly DayFacts[]): Numbers['sites'] {
  const sums = new Map<string, number>()
  for (const { sites } of facts) {
    for (const [site, mentions] of Object.entries(sites)) sums.set(site, (sums.get(site) ?? 0) + mentions)
  }
  return [...sums]
    .map(([site, mentions]) => ({ site, mentions }))
    .sort((a, b) => b.mentions - a.mentions)
    .slice(0, 10)
}

/** How loud each watched name is, ours and the competitors'. */
function voicesOf(facts: readonly DayFacts[], watches: readonly Watch[]): Numbers['voices'] {
  return watches.map(({ id }) => {
    const { mentions, negative } = totalsOf(facts.filter(({ watch }) => watch === id))
    return { watch: id, mentions, negative }
  })
}

function hoursOf(facts: readonly DayFacts[]): number[] {
  return Array.from({ length: 24 }, (_, hour) =>
    facts.reduce((sum, { hours }) => sum + (hours[hour] ?? 0), 0),
  )
}
