import { z } from 'zod'

const instant = z.iso.datetime()
const count = z.int().min(0)

/** What the interface for programs answers: the schemas are its documentation, and its tests. */
export const ticketJson = z.strictObject({
  id: z.int(),
  page: z.url(),
  title: z.string(),
  watch: z.string(),
  category: z.string(),
  severity: z.enum(['low', 'normal', 'high', 'critical']),
  state: z.enum(['new', 'seen', 'in-approval', 'answered', 'dismissed', 'snoozed']),
  owner: z.string(),
  language: z.string().nullable(),
  openedAt: instant,
  seenBy: instant,
  answerBy: instant,
  seenAt: instant.nullable(),
  answeredAt: instant.nullable(),
  answerUrl: z.string().nullable(),
  dismissReason: z.string().nullable(),
  mentions: count,
  authors: count,
})

export const mentionJson = z.strictObject({
  id: z.int(),
  page: z.url(),
  url: z.string().nullable(),
  watch: z.string(),
  source: z.string(),
  network: z.string(),
  title: z.string().nullable(),
  text: z.string(),
  author: z.string().nullable(),
  publishedAt: instant.nullable(),
  collectedAt: instant,
  language: z.string().nullable(),
  polarity: z.enum(['negative', 'neutral', 'positive']).nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  sure: z.boolean(),
  outcome: z.enum(['ticket', 'to-read', 'none', 'late', 'other-language']).nullable(),
  category: z.string().nullable(),
  ticket: z.int().nullable(),
})

export const eventJson = z.strictObject({ at: instant, who: z.string(), what: z.string() })

export const ticketsJson = z.strictObject({ tickets: z.array(ticketJson), next: z.string().nullable() })
export const ticketDetailJson = z.strictObject({
  ticket: ticketJson,
  mentions: z.array(mentionJson),
  events: z.array(eventJson),
})
export const mentionsJson = z.strictObject({ mentions: z.array(mentionJson), next: z.string().nullable() })

export const sourcesJson = z.strictObject({
  sources: z.array(
    z.strictObject({
      id: z.string(),
      watch: z.string(),
      kind: z.string(),
      health: z.enum(['well', 'silent', 'failing', 'gone', 'never-polled']),
      code: z.string().nullable(),
      lastSuccessAt: instant.nullable(),
      lastEntryAt: instant.nullable(),
      nextPollAt: instant.nullable(),
    }),
  ),
})

const totals = {
  mentions: count,
  negative: count,
  neutral: count,
  positive: count,
  unsure: count,
  unjudged: count,
}

export const numbersJson = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  totals: z.strictObject(totals),
  step: z.enum(['day', 'week', 'month']),
  steps: z.array(z.strictObject({ from: z.iso.date(), ...totals })),
  networks: z.array(
    z.strictObject({
      network: z.string(),
      mentions: count,
      negative: count,
      reactions: count,
      views: count,
    }),
  ),
  hours: z.array(count).length(24),
  authors: z.strictObject({ signed: count, authors: count, repeaters: count, isEstimate: z.boolean() }),
})

export const errorJson = z.strictObject({
  error: z.strictObject({ status: z.int(), message: z.string() }),
})
