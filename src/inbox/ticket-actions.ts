import { dismissReasons, type Ticket } from '../domain/ticket.ts'
import { type GuardFinding, isHeldBack } from '../respond/guard.ts'
import { TicketActionError } from '../triage/act.ts'
import type { DraftText } from '../triage/desk.ts'
import { type Acting, type Action, type Done, numberParam, PageError } from './routing.tsx'
import { setSilence } from './silences-page.tsx'
import { fillGaps, gapsIn } from './ticket-view.ts'
import { ticketWords } from './ticket-words.ts'

/** What a person may do on a ticket's page. The desk holds the rules; here only forms are read. */
export const ticketActions: readonly Action[] = [
  action('take', take),
  action('assign', async ({ form, deps, visit }, id) => {
    await deps.desk.act(id, { verb: 'assign', value: form.get('to') ?? '' }, visit.person.id)
    return { done: 'assigned' }
  }),
  action('note', async ({ form, deps, visit }, id) => {
    const text = (form.get('text') ?? '').trim()
    if (text !== '') await deps.desk.note(id, visit.person.id, text)
    return { done: 'noted' }
  }),
  action('snooze', async ({ form, deps, visit }, id) => {
    await deps.desk.act(id, { verb: 'snooze', value: form.get('until') ?? '' }, visit.person.id)
    return { done: 'snoozed' }
  }),
  action('dismiss', async ({ form, deps, visit }, id) => {
    const reason = dismissReasons.find((known) => known === form.get('reason'))
    if (!reason) throw new PageError(422, ticketWords[visit.language].sayWhyNot)
    const words = (form.get('words') ?? '').trim().slice(0, 500)
    await deps.desk.act(
      id,
      { verb: 'dismiss', reason: words === '' ? reason : `${reason}: ${words}` },
      visit.person.id,
    )
    return { done: 'dismissed' }
  }),
  action('reopen', async ({ form, deps, visit }, id) => {
    await deps.desk.reopen(id, visit.person.id, (form.get('why') ?? '').slice(0, 500))
    return { done: 'reopened' }
  }),
  action('category', async ({ form, deps, visit }, id) => {
    await deps.desk.categorise(id, visit.person.id, form.get('category') ?? '')
    return { done: 'categorised' }
  }),
  action('ticks', ticks),
  action('draft', draft),
  action('approve', async ({ form, deps, visit }, id) => {
    await deps.desk.approve(
      id,
      visit.person.id,
      draftNumber(form),
      (form.get('comment') ?? '').slice(0, 2000),
    )
    return { done: 'approved' }
  }),
  action('refuse', async ({ form, deps, visit }, id) => {
    const reason = (form.get('reason') ?? '').trim().slice(0, 2000)
    if (reason === '') throw new PageError(422, ticketWords[visit.language].sayWhyNot)
    await deps.desk.refuse(id, visit.person.id, draftNumber(form), reason)
    return { done: 'refused' }
  }),
  action('posted', async ({ form, deps, visit }, id) => {
    await deps.desk.posted(id, visit.person.id, urlOf(form), draftNumber(form))
    return { done: 'posted' }
  }),
  action('merge', async ({ form, deps, visit }, id) => {
    const into = Number((form.get('into') ?? '').replace('#', ''))
    if (!Number.isSafeInteger(into) || !(await deps.store.ticket(into)))
      throw new PageError(422, ticketWords[visit.language].noSuchTicket)
    const ticket = await deps.desk.merge(id, into, visit.person.id)
    return { go: `/tickets/${ticket.id}`, done: 'merged' }
  }),
  action('split', async ({ form, deps, visit }, id) => {
    const mentions = form.getAll('mention').map(Number).filter(Number.isSafeInteger)
    const ticket = await deps.desk.split(id, mentions, visit.person.id)
    return { go: `/tickets/${ticket.id}`, done: 'split' }
  }),
  action('silence', async (act, id) => setSilence(act, (await requireTicket(act, id)).watch)),
  action('writing', async ({ deps, visit }, id) => {
    await deps.pagesStore.noteWriter(id, visit.person.id, deps.now())
    return {}
  }),
]

function action(name: string, run: (act: Acting, ticket: number) => Promise<Done>): Action {
  return {
    path: `/tickets/:id/${name}`,
    right: 'work',
    run: async (act) => run(act, numberParam(act.param('id'))),
  }
}

async function requireTicket({ deps }: Acting, id: number): Promise<Ticket> {
  const ticket = await deps.store.ticket(id)
  if (!ticket) throw new PageError(404)
  return ticket
}

/** "I take it": seen, and mine from now on. */
async function take(act: Acting, id: number): Promise<Done> {
  const { deps, visit } = act
  const ticket = await requireTicket(act, id)
  if (ticket.owner !== visit.person.id)
    await deps.desk.act(id, { verb: 'assign', value: visit.person.id }, visit.person.id)
  await deps.desk.act(id, { verb: 'seen' }, visit.person.id)
  return { done: 'seen' }
}

/** The form holds every tick that is set; what changed is noted one by one. */
async function ticks(act: Acting, id: number): Promise<Done> {
  const { deps, visit, form } = act
  const ticket = await requireTicket(act, id)
  const texts = deps.config.playbooks.get(ticket.category)?.texts
  const most = Math.max(0, ...[...(texts?.values() ?? [])].map(({ questions }) => questions.length))
  const wanted = new Set(form.getAll('tick').map(Number))
  const set = new Set(await deps.store.ticks(id))
  for (let question = 0; question < most; question++) {
    if (wanted.has(question) !== set.has(question))
      await deps.desk.tick(id, question, wanted.has(question), visit.person.id)
  }
  return { done: 'saved' }
}

/** Keeps what was written, then hands it on when the person asked for that and nothing forbids it. */
async function draft(act: Acting, id: number): Promise<Done> {
  const { deps, visit, form } = act
  const ticket = await requireTicket(act, id)
  const written = draftText(act, ticket)
  if (written.text.trim() === '') throw new PageError(422, ticketWords[visit.language].answer.empty)
  const saved = await deps.desk.saveDraft(id, visit.person.id, written)
  await deps.pagesStore.noteWriter(id, visit.person.id, deps.now())
  const wanted = form.get('do')
  if (wanted !== 'ask' && wanted !== 'posted') return { go: `/tickets/${id}#answer`, done: 'saved' }
  if (isHeldBack(saved.findings, ticket.approval)) throw heldBack(saved.findings, act)
  if (wanted === 'ask') {
    const also = form.getAll('also').map(Number).filter(Number.isSafeInteger)
    await deps.desk.askApproval(id, visit.person.id, [saved.draft.id, ...also])
    return { go: `/tickets/${id}#answer`, done: 'asked' }
  }
  await deps.desk.posted(id, visit.person.id, urlOf(form), saved.draft.id)
  return { go: `/tickets/${id}`, done: 'posted' }
}

function heldBack(findings: readonly GuardFinding[], { visit }: Acting): PageError {
  const reasons = findings
    .filter(({ isBlocking }) => isBlocking)
    .map(({ message }) => message[visit.language])
  return new PageError(422, [ticketWords[visit.language].answer.heldBack, ...reasons].join('\n'))
}

/** The answer of a form, its fields filled in: the same whether a script did it or not. */
export function draftText({ deps, form }: Pick<Acting, 'deps' | 'form'>, ticket: Ticket): DraftText {
  const playbook = deps.config.playbooks.get(ticket.category)
  const language = form.get('language') === 'fr' ? 'fr' : (form.get('language') ?? 'en').slice(0, 5)
  const raw = (form.get('text') ?? '').replace(/\r\n?/g, '\n').slice(0, 20_000)
  const text = playbook
    ? fillGaps(raw, gapsIn(raw, playbook, language), (name) => (form.get(`gap-${name}`) ?? '').slice(0, 1000))
    : raw
  const name = form.get('name') ?? ''
  return { text, language, name: name === '' ? null : name.slice(0, 200) }
}

function draftNumber(form: URLSearchParams): number {
  const number = Number(form.get('draft'))
  if (!Number.isSafeInteger(number)) throw new TicketActionError('there is no such answer')
  return number
}

function urlOf(form: URLSearchParams): string | null {
  const url = (form.get('url') ?? '').trim().slice(0, 2000)
  return url === '' ? null : url
}
