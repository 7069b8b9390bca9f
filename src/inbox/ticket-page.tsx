import type { Child } from 'hono/jsx'
import type { WrittenDraft } from '../domain/answer.ts'
import { openStates } from '../domain/ticket.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { choice, fromNow } from '../notify/mail-formats.ts'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { ActButton, Deadline, SeverityChip, StateChip } from './parts.tsx'
import { numberParam, PageError, type Pages, sendPage } from './routing.tsx'
import { Answer } from './ticket-answer.tsx'
import { Published, Why } from './ticket-published.tsx'
import { Questions } from './ticket-questions.tsx'
import { Aside } from './ticket-side.tsx'
import { type TicketProps, type TicketView, ticketView } from './ticket-view.ts'
import { ticketWords } from './ticket-words.ts'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

export function ticketRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/tickets/:id', async (c) => {
    const visit = c.get('visit')
    const ticket = await deps.store.ticket(numberParam(c.req.param('id')))
    if (!ticket) throw new PageError(404)
    const query = new URL(c.req.url).searchParams
    const view = await ticketView(ticket, query, visit, deps)
    return sendPage(c, deps, {
      title: `#${ticket.id} ${oneLine(ticket.title, 60)}`,
      section: 'tickets',
      body: <TicketPage view={view} visit={visit} deps={deps} query={query} />,
    })
  })
}

function TicketPage({ view, visit, deps, query }: TicketProps & { readonly query: URLSearchParams }) {
  const { ticket, playbook } = view
  const say = ticketWords[visit.language]
  const watch = deps.config.watches.find(({ id }) => id === ticket.watch)
  const props = { view, visit, deps }
  return (
    <>
      <header class="ticket-head">
        <p class="row between">
          <a href="/" class="small">
            <Icon name="back" /> {say.back}
          </a>
          <span class="soft small num">{say.number(ticket.id)}</span>
        </p>
        <h1>{oneLine(ticket.title, 200)}</h1>
        <p class="row">
          <SeverityChip severity={ticket.severity} visit={visit} />
          <span class="chip">{playbook?.title[visit.language] ?? ticket.category}</span>
          <span class="chip">{watch?.name ?? ticket.watch}</span>
          <StateChip ticket={ticket} visit={visit} />
          {ticket.drill && <span class="chip note">{words[visit.language].drill}</span>}
          <Deadline ticket={ticket} visit={visit} />
          <a href="#why" class="small">
            {say.why.title}
          </a>
        </p>
      </header>
      <NextStep {...props} />
      <div class="two">
        <div class="stack wide">
          <Published {...props} />
          <Questions {...props} />
          <Answer {...props} query={query} />
          <Why {...props} />
        </div>
        <Aside {...props} />
      </div>
    </>
  )
}

/** The one thing to do now, in words, with its button. */
function NextStep({ view, visit, deps }: TicketProps) {
  const { ticket } = view
  const { reading } = visit
  const say = ticketWords[visit.language].next
  const nameOf = (id: string) => deps.config.people.get(id)?.name ?? id
  const path = `/tickets/${ticket.id}`
  const reopen = view.mayWork && <ActButton visit={visit} to={`${path}/reopen`} label={say.reopen} />
  return (
    <div class="stack">
      {view.writers.map(({ person }) => (
        <p class="banner warn">
          <Icon name="pen" /> <span>{say.writing(nameOf(person))}</span>
        </p>
      ))}
      {othersDrafts(view, visit).map((draft) => (
        <p class="soft small">
          <Icon name="pen" /> {say.draftOf(nameOf(draft.who), fromNow(draft.at, reading))}{' '}
          <a href={`${path}?from=${draft.id}#answer`}>{ticketWords[visit.language].answer.restart}</a>
        </p>
      ))}
      {ticket.state === 'new' && (
        <Step text={say.new}>
          {view.mayWork && <ActButton visit={visit} to={`${path}/take`} label={say.take} look="main" />}
        </Step>
      )}
      {openStates.includes(ticket.state) && ticket.state !== 'new' && <Step text={openStep(view, visit)} />}
      {ticket.state === 'answered' && (
        <Step text={say.answered(ticket.answeredAt ? fromNow(ticket.answeredAt, reading) : '')} tone="good">
          {reopen}
        </Step>
      )}
      {ticket.state === 'dismissed' && (
        <Step text={say.dismissed(words[visit.language].dismissReason[ticket.dismissReason ?? 'no-answer'])}>
          {reopen}
        </Step>
      )}
      {ticket.state === 'snoozed' && (
        <Step text={say.snoozed(ticket.againAt ? fromNow(ticket.againAt, reading) : '')}>{reopen}</Step>
      )}
    </div>
  )
}

function openStep(view: TicketView, visit: Visit): string {
  const say = ticketWords[visit.language].next
  if (view.drafts.some(({ state }) => state === 'approved')) return say.approved
  if (view.ticket.state === 'in-approval') {
    const isMine = view.drafts.some(({ state, who }) => state === 'proposed' && who === visit.person.id)
    const others = view.approvers.filter(({ id }) => id !== visit.person.id)
    if (view.mayPostAlone && !isMine) return say.approvalMine
    return say.approval(
      choice(
        others.map(({ name }) => name),
        visit.language,
      ) || say.nobodyElse,
    )
  }
  const last = view.drafts.at(-1)
  return last?.state === 'refused' ? say.refused : say.seen
}

function othersDrafts(view: TicketView, visit: Visit): WrittenDraft[] {
  return view.drafts.filter(({ state, who }) => state === 'working' && who !== visit.person.id)
}

function Step({
  text,
  tone = '',
  children,
}: {
  readonly text: string
  readonly tone?: string
  readonly children?: Child
}) {
  return (
    <div class={`banner row between ${tone}`.trim()}>
      <span>{text}</span>
      {children}
    </div>
  )
}
