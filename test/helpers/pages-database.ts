import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { contentHash } from '../../src/domain/content-hash.ts'
import type { Entry } from '../../src/domain/entry.ts'
import type { Judgement, Polarity } from '../../src/domain/judgement.ts'
import type { Severity } from '../../src/domain/playbook.ts'
import type { MatchSpan } from '../../src/domain/query.ts'
import type { TriageOutcome, TriageReason } from '../../src/domain/ticket.ts'
import type { PagesStore } from '../../src/inbox/pages-store.ts'
import { openDatabase } from '../../src/store/database.ts'
import { pagesStore } from '../../src/store/pages.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

export interface PagesDatabase {
  readonly store: Store
  readonly pages: PagesStore
  close(): Promise<void>
}

/** A database in a folder of its own, as the store and as the pages see it. */
export function openPagesDatabase(file: string): PagesDatabase {
  const store = sqliteStore(file)
  const database = openDatabase(file)
  return {
    store,
    pages: pagesStore(database.kysely),
    close: async () => {
      await database.close()
      await store.close()
    },
  }
}

export function pagesDatabase(): PagesDatabase {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-pages-'))
  const database = openPagesDatabase(path.join(folder, 'vigie.db'))
  onTestFinished(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return database
}

export interface Told {
  readonly id: string
  readonly text: string
  readonly title?: string
  readonly author?: string | null
  readonly url?: string
  readonly publishedAt?: Date | null
  readonly collectedAt?: Date
  readonly watch?: string
  readonly source?: string
  readonly kind?: string
  readonly drill?: boolean
  readonly engagement?: Entry['engagement']
  /** Where the query matched. */
  readonly match?: MatchSpan
  readonly polarity?: Polarity | null
  readonly sure?: boolean
  /** Not judged yet when absent. */
  readonly outcome?: TriageOutcome
  readonly ticket?: Partial<ToldTicket>
}

export interface ToldTicket {
  readonly category: string
  readonly severity: Severity
  readonly owner: string
  readonly seenBy: Date
  readonly answerBy: Date
}

export const noReason: TriageReason = { words: [], signals: [], rule: 'likeliest', margin: 0 }
const atNoon = new Date('2026-11-20T12:00:00Z')

/** Puts a mention through the stages as they would, up to its ticket. Returns the numbers of both. */
export async function tell(store: Store, told: Told): Promise<{ mention: number; ticket: number | null }> {
  const at = told.collectedAt ?? atNoon
  const source = told.source ?? 'shop:file:feeds/shop.xml'
  const watch = told.watch ?? 'shop'
  const entry: Entry = {
    id: told.id,
    url: told.url ?? `https://example.org/${encodeURIComponent(told.id)}`,
    title: told.title ?? null,
    text: told.text,
    author: told.author === undefined ? 'Someone' : told.author,
    publishedAt: told.publishedAt === undefined ? at : told.publishedAt,
    language: null,
    engagement: told.engagement ?? null,
    stars: null,
  }
  await store.recordPoll({
    source: { id: source, watch, kind: told.kind ?? 'file', definition: '' },
    at,
    tookMs: 1,
    nextPollAt: at,
    status: 'fetched',
    cursor: null,
    title: 'Reviews',
    link: null,
    entries: 1,
    documentIds: [entry.id],
    mentions: [
      {
        entry,
        canonicalUrl: entry.url,
        contentHash: contentHash(entry),
        match: { spans: told.match ? [told.match] : [], confirmedBy: [], deniedBy: [], certain: true },
        drill: told.drill ?? false,
      },
    ],
    unrelated: [],
    lastEntryAt: at,
  })
  const [last] = (await store.unjudgedMentions(1000)).filter((mention) => mention.entry.id === told.id)
  const mention = last?.id ?? 0
  if (told.polarity === undefined) return { mention, ticket: null }
  await store.recordJudgements([{ mention, judgement: judgementOf(told), language: 'en', at }])
  if (told.outcome === undefined) return { mention, ticket: null }
  const triage = {
    mention,
    at,
    outcome: told.outcome,
    category: told.ticket?.category ?? 'dissatisfied-customer',
    confidence: 0.8,
    alternatives: [],
    reason: noReason,
  }
  if (told.outcome !== 'ticket') {
    await store.recordTriages([triage])
    return { mention, ticket: null }
  }
  const opened = await store.openTicket({
    triage,
    ticket: {
      watch,
      category: told.ticket?.category ?? 'dissatisfied-customer',
      categoryConfidence: 0.8,
      alternatives: [],
      severity: told.ticket?.severity ?? 'normal',
      approval: 'responder',
      owner: told.ticket?.owner ?? 'ada',
      title: told.title ?? told.text,
      language: 'en',
      openedAt: at,
      seenBy: told.ticket?.seenBy ?? new Date(at.getTime() + 4 * 3_600_000),
      answerBy: told.ticket?.answerBy ?? new Date(at.getTime() + 24 * 3_600_000),
      drill: told.drill ?? false,
      reason: noReason,
    },
    keys: [],
    notices: [],
  })
  return { mention, ticket: opened.id }
}

function judgementOf({ polarity, sure }: Told): Judgement | null {
  if (polarity === undefined || polarity === null) return null
  const scores = { negative: 0.1, neutral: 0.1, positive: 0.1, [polarity]: 0.8 }
  return { language: 'en', polarity, confidence: 0.8, sure: sure ?? true, scores }
}
