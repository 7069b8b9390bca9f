import type { z } from 'zod'
import type { JudgedMention } from '../domain/mention.ts'
import type { Ticket } from '../domain/ticket.ts'
import { numbersOf } from '../report/numbers.ts'
import { healthOf } from '../report/source-health.ts'
import type {
  mentionJson,
  mentionsJson,
  numbersJson,
  sourcesJson,
  ticketDetailJson,
  ticketJson,
  ticketsJson,
} from './api-schemas.ts'
import { ticketFilterOf } from './inbox-page.tsx'
import { mentionFilterOf } from './mentions-page.tsx'
import { settingsOf } from './numbers-page.tsx'
import { openApi } from './openapi.ts'
import type { PagesDeps } from './pages-deps.ts'
import type { ListedMention } from './pages-store.ts'
import { numberParam, PageError, type Pages } from './routing.tsx'
import { mentionsShown } from './ticket-view.ts'

const usualLimit = 50
const mostItems = 200

/** What the pages show, for programs. Only GET. */
export function apiRoutes(app: Pages, deps: PagesDeps): void {
  const { config, store, pagesStore } = deps

  app.get('/api/openapi.json', (c) => c.json(openApi(config.pages.url)))

  app.get('/api/tickets', async (c) => {
    const query = new URL(c.req.url).searchParams
    const filter = ticketFilterOf(query, c.get('visit').person.id)
    const page = await pagesStore.ticketPage(filter, { after: query.get('after'), limit: limitOf(query) })
    const tickets = page.items.map((ticket) => ticketOf(ticket, deps))
    return c.json({ tickets, next: page.next } satisfies z.input<typeof ticketsJson>)
  })

  app.get('/api/tickets/:id', async (c) => {
    const ticket = await store.ticket(numberParam(c.req.param('id')))
    if (!ticket) throw new PageError(404)
    const mentions = (await store.ticketMentions(ticket.id)).slice(0, mentionsShown)
    const events = await store.ticketEvents(ticket.id)
    return c.json({
      ticket: ticketOf(ticket, deps),
      mentions: mentions.map((judged) =>
        mentionOf({ ...judged, outcome: 'ticket', category: ticket.category, ticket: ticket.id }, deps),
      ),
      events: events.map(({ at, who, what }) => ({ at: at.toISOString(), who, what })),
    } satisfies z.input<typeof ticketDetailJson>)
  })

  app.get('/api/mentions', async (c) => {
    const query = new URL(c.req.url).searchParams
    const filter = mentionFilterOf(query, config.calendar.zone)
    const page = await pagesStore.mentionPage(filter, { after: query.get('after'), limit: limitOf(query) })
    const mentions = page.items.map((listed) => mentionOf(listed, deps))
    return c.json({ mentions, next: page.next } satisfies z.input<typeof mentionsJson>)
  })

  app.get('/api/sources', async (c) => {
    const states = new Map((await store.sourceStates()).map((state) => [state.id, state]))
    const sources = config.watches.flatMap((watch) =>
      watch.sources.map(({ id, kind }) => {
        const state = states.get(id)
        return {
          id,
          watch: watch.id,
          kind,
          health: healthOf(state, deps.now()),
          code: state?.lastCode ?? null,
          lastSuccessAt: state?.lastSuccessAt?.toISOString() ?? null,
          lastEntryAt: state?.lastEntryAt?.toISOString() ?? null,
          nextPollAt: state?.nextPollAt.toISOString() ?? null,
        }
      }),
    )
    return c.json({ sources } satisfies z.input<typeof sourcesJson>)
  })

  app.get('/api/numbers', async (c) => {
    const settings = await settingsOf(new URL(c.req.url).searchParams, c.get('visit'), deps)
    const numbers = await numbersOf(settings, pagesStore)
    const { signed, authors, repeaters, isEstimate } = numbers.authors
    return c.json({
      from: numbers.from,
      to: numbers.to,
      totals: numbers.totals,
      step: numbers.stepKind,
      steps: [...numbers.steps],
      networks: [...numbers.networks],
      hours: [...numbers.hours],
      authors: { signed, authors, repeaters, isEstimate },
    } satisfies z.input<typeof numbersJson>)
  })
}

function limitOf(query: URLSearchParams): number {
  const wanted = Number(query.get('limit') ?? usualLimit)
  return Number.isSafeInteger(wanted) && wanted >= 1 ? Math.min(wanted, mostItems) : usualLimit
}

function ticketOf(ticket: Ticket, { config }: PagesDeps): z.input<typeof ticketJson> {
  return {
    id: ticket.id,
    page: `${config.pages.url}/tickets/${ticket.id}`,
    title: ticket.title,
    watch: ticket.watch,
    category: ticket.category,
    severity: ticket.severity,
    state: ticket.state,
    owner: ticket.owner,
    language: ticket.language,
    openedAt: ticket.openedAt.toISOString(),
    seenBy: ticket.seenBy.toISOString(),
    answerBy: ticket.answerBy.toISOString(),
    seenAt: ticket.seenAt?.toISOString() ?? null,
    answeredAt: ticket.answeredAt?.toISOString() ?? null,
    answerUrl: ticket.answerUrl,
    dismissReason: ticket.dismissReason,
    mentions: ticket.mentionCount,
    authors: ticket.authorCount,
  }
}

function mentionOf(
  listed: JudgedMention & Pick<ListedMention, 'outcome' | 'category' | 'ticket'>,
  { config }: PagesDeps,
): z.input<typeof mentionJson> {
  const { mention, judgement } = listed
  const { entry } = mention
  return {
    id: mention.id,
    page: `${config.pages.url}/mentions/${mention.id}`,
    url: entry.url,
    watch: mention.watch,
    source: mention.source,
    network: mention.sourceKind,
    title: entry.title,
    text: entry.text,
    author: entry.author,
    publishedAt: entry.publishedAt?.toISOString() ?? null,
    collectedAt: mention.collectedAt.toISOString(),
    language: judgement?.language ?? entry.language,
    polarity: judgement?.polarity ?? null,
    confidence: judgement?.confidence ?? null,
    sure: judgement?.sure ?? false,
    outcome: listed.outcome,
    category: listed.category,
    ticket: listed.ticket,
  }
}
