import { contentHash } from '../domain/content-hash.ts'
import { affairKeys } from '../triage/affair.ts'
import { whatIsCategorised } from '../triage/passage.ts'
import { deadlinesOf, titleOf, whoAnswers } from '../triage/triage.ts'
import type { ListedMention } from './pages-store.ts'
import { type Acting, type Action, type Done, numberParam, PageError } from './routing.tsx'

/** What a person may say of a mention. */
export const mentionActions: readonly Action[] = [
  { path: '/mentions/:id/correct', right: 'work', run: correct },
  { path: '/mentions/:id/undo', right: 'work', run: undo },
  { path: '/mentions/:id/open', right: 'work', run: open },
  {
    path: '/unrelated/:id/adopt',
    right: 'work',
    run: async ({ param, deps }) => {
      const mention = await deps.pagesStore.adopt(numberParam(param('id')), deps.now())
      if (mention === null) throw new PageError(404)
      return { go: `/mentions/${mention}`, done: 'adopted' }
    },
  },
]

async function requireMention({ param, deps }: Acting): Promise<ListedMention> {
  const listed = await deps.pagesStore.listedMention(numberParam(param('id')))
  if (!listed) throw new PageError(404)
  return listed
}

async function correct(act: Acting): Promise<Done> {
  const { deps, visit, form } = act
  const listed = await requireMention(act)
  const kind = (['not-negative', 'not-us'] as const).find((known) => known === form.get('kind'))
  if (!kind) throw new PageError(404)
  const { mention, judgement } = listed
  await deps.store.recordCorrection(
    {
      mention: mention.id,
      ticket: listed.ticket,
      watch: mention.watch,
      at: deps.now(),
      who: visit.person.id,
      kind,
      text: whatIsCategorised(mention),
      language: judgement?.language ?? null,
      category: null,
    },
    contentHash(mention.entry),
  )
  deps.onCorrection()
  return { done: 'corrected' }
}

async function undo(act: Acting): Promise<Done> {
  const { deps, form } = act
  const listed = await requireMention(act)
  // Only a correction of this very mention: the number comes from outside.
  if (listed.correction === null || String(listed.correction.id) !== form.get('correction'))
    throw new PageError(404)
  await deps.store.undoCorrection(listed.correction.id, deps.now())
  deps.onCorrection()
  return { done: 'undone' }
}

/** A person says that this wants an answer: a ticket as triage would have opened it, with its word for a reason. */
async function open(act: Acting): Promise<Done> {
  const { deps, visit, form } = act
  const { config } = deps
  const { mention, judgement } = await requireMention(act)
  const playbook = config.playbooks.get(form.get('category') ?? '')
  if (!playbook || playbook.overlay) throw new PageError(404)
  const now = deps.now()
  const owner = whoAnswers(playbook, now, config)
  const ticket = await deps.pagesStore.openTicketByHand({
    mention: mention.id,
    who: visit.person.id,
    at: now,
    ticket: {
      watch: mention.watch,
      category: playbook.category,
      severity: playbook.severity,
      approval: playbook.approval,
      owner,
      title: titleOf(mention),
      language: judgement?.language ?? null,
      ...deadlinesOf(playbook, now, config.calendar),
      reason: { words: [], signals: [], rule: 'by-hand', margin: 0 },
    },
    keys: affairKeys(mention),
    notices:
      owner === visit.person.id || !config.people.get(owner)?.alerts
        ? []
        : [{ person: owner, kind: 'opened', dueAt: now }],
  })
  if (!ticket) throw new PageError(404)
  await deps.store.recordCorrection(
    {
      mention: mention.id,
      ticket: ticket.id,
      watch: mention.watch,
      at: now,
      who: visit.person.id,
      kind: 'negative',
      text: whatIsCategorised(mention),
      language: judgement?.language ?? null,
      category: playbook.category,
    },
    contentHash(mention.entry),
  )
  deps.onCorrection()
  return { go: `/tickets/${ticket.id}`, done: 'opened' }
}
