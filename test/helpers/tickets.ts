import { recordGiven } from '../../src/collect/given.ts'
import type { Config } from '../../src/config.ts'
import type { Ticket } from '../../src/domain/ticket.ts'
import type { Store } from '../../src/store/store.ts'
import { deadlinesOf } from '../../src/triage/triage.ts'

const reason = { words: [], signals: [], rule: 'test', margin: 1 }

/** Opens a ticket for a complaint of its own, as triage would. */
export async function openTicketIn(
  store: Store,
  config: Config,
  openedAt: Date,
  id: string,
  category = 'dissatisfied-customer',
): Promise<Ticket> {
  const playbook = config.playbooks.get(category)
  if (!playbook) throw new Error(`no playbook ${category}`)
  const mention = await storeMention(store, openedAt, id)
  const triage = {
    mention,
    at: openedAt,
    outcome: 'ticket' as const,
    category,
    confidence: 0.9,
    alternatives: [],
    reason,
  }
  return store.openTicket({
    triage,
    ticket: {
      watch: 'shop',
      category,
      categoryConfidence: 0.9,
      alternatives: [],
      severity: playbook.severity,
      approval: playbook.approval,
      owner: playbook.owner,
      title: `complaint ${id}`,
      language: 'en',
      openedAt,
      ...deadlinesOf(playbook, openedAt, config.calendar),
      drill: false,
      reason,
    },
    keys: [`text:${id}`],
    notices: [],
  })
}

/** Stores one judged mention and returns its number. */
export async function storeMention(
  store: Store,
  at: Date,
  id: string,
  text = `The order ${id} never arrived at the shop.`,
  author = `author of ${id}`,
): Promise<number> {
  const entry = {
    id,
    url: `https://example.org/${id}`,
    title: null,
    text,
    author,
    publishedAt: at,
    language: 'en',
    engagement: null,
    stars: null,
  }
  const match = { spans: [], confirmedBy: [], deniedBy: [], certain: true }
  const given = { entry, canonicalUrl: `example.org/${id}`, contentHash: id, match }
  await recordGiven(given, 'shop', 'file', at, store)
  const [mention] = (await store.unjudgedMentions(1000)).filter((candidate) => candidate.entry.id === id)
  if (!mention) throw new Error('the mention was not stored')
  const judgement = {
    language: 'en',
    polarity: 'negative',
    confidence: 0.9,
    sure: true,
    scores: { negative: 0.9, neutral: 0.06, positive: 0.04 },
  } as const
  await store.recordJudgements([{ mention: mention.id, judgement, language: 'en', at }])
  return mention.id
}
