import type { AlertView, DigestView } from '../../src/notify/views.ts'
import { alert, busy, ticketRow } from './mail-views.ts'

/** An alert with something hostile in every field that a stranger can fill. Each begins with a letter: none is empty. */
export function hostileAlert(next: () => string): AlertView {
  const field = () => `x ${next()}`
  const text = field()
  const draft = field()
  return {
    ...alert,
    ticket: { ...alert.ticket, title: field(), watchName: field() },
    mentions: [1790, 380].map((length) => ({
      title: `t ${next()}`,
      text: text.slice(0, length),
      author: field(),
      site: field(),
      url: 'https://a.example/',
      publishedAt: null,
      language: next(),
      stars: null,
      judgement: alert.mentions[0]?.judgement ?? null,
      matched: [
        { field: 'text', start: 2, end: 5 },
        { field: 'title', start: 1, end: 4 },
        { field: 'text', start: 7, end: 30 },
      ],
      evidence: [
        { text: field(), weight: 1 },
        { text: field(), weight: -1 },
      ],
    })),
    why: { category: [field()], match: [field()] },
    questions: [field()],
    advice: field(),
    drafts: [
      {
        name: field(),
        language: next(),
        text: draft,
        gaps: [{ start: 2, end: 6, label: field() }],
        maxLength: 500,
      },
    ],
    never: [field()],
    clocks: [{ title: field(), at: alert.ticket.answerBy, note: field() }],
  }
}

/** The same for a digest. */
export function hostileDigest(next: () => string): DigestView {
  const field = () => `x ${next()}`
  const row = () => ({
    ...ticketRow,
    title: field(),
    watchName: field(),
    categoryTitle: field(),
    ownerName: field(),
    state: next(),
  })
  return {
    ...busy,
    company: field(),
    waiting: [row(), row()],
    waitingTotal: 2,
    answeredTickets: [row()],
    toRead: [{ title: field(), site: field(), url: 'https://a.example/', reason: 'unsure' }],
    toReadTotal: 1,
    sources: [{ id: field(), health: 'failing', lastSuccessAt: null, lastEntryAt: null, problem: field() }],
    clocks: [{ title: field(), at: ticketRow.answerBy, ticket: 1 }],
    undelivered: [{ recipient: field(), subject: field(), code: field(), gaveUp: true }],
    refusedConfig: [field()],
  }
}

/** Views filled with every vector in turn, until each has been used. */
export function* hostileViews<View>(
  texts: readonly string[],
  fill: (next: () => string) => View,
): Generator<View> {
  let at = 0
  const next = () => texts[at++ % texts.length] ?? ''
  while (at < texts.length) yield fill(next)
}
