/**
 * Fills a store with a million mentions and fifty thousand tickets, asks the pages for what people ask, and prints how
 * long each answer took and how much memory it needed. Run it with `npm run bench:pages`; `MENTIONS=100000` makes it
 * shorter, `BENCH_DIR=/tmp/x` keeps the store for the next run.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { configOf } from '../helpers/folder.ts'
import { openPagesDatabase } from '../helpers/pages-database.ts'
import { exampleFolder, siteOver } from '../helpers/pages-site.ts'

const mentionCount = Number(process.env['MENTIONS'] ?? 1_000_000)
const ticketCount = Math.round(mentionCount / 20)
const openCount = Math.round(ticketCount / 50)
const turns = Number(process.env['TURNS'] ?? 25)
const dayMs = 86_400_000
const now = Date.now()
const years = 3

const common =
  'bière service brasserie très pas plus la le de un une et avec pour trop bon attente serveur verre soirée prix chaud froid merci jamais'.split(
    ' ',
  )
const stems = 'bra lum mal hou bar ton ser ver pri sal cui gar pla des mon'.split(' ')
const endings = 'ne que ter ment eur ion age oir al is'.split(' ')
const networks = ['rss', 'mastodon', 'google-news', 'bluesky', 'reddit', 'file'] as const
const sites = [
  'news.example.org',
  'social.example.net',
  'forum.example.org',
  'avis.example.org',
  'blog.example.com',
] as const
const categories = [
  'dissatisfied-customer',
  'rant',
  'wrong-fact',
  'press',
  'safety',
  'staff-conduct',
] as const
const severities = ['low', 'normal', 'normal', 'high', 'critical'] as const

const kept = process.env['BENCH_DIR']
const folder = kept ?? mkdtempSync(path.join(tmpdir(), 'vigie-bench-'))
mkdirSync(folder, { recursive: true })
const file = path.join(folder, `vigie-${mentionCount}.db`)

if (!existsSync(file)) await fill()
const failed = await measure()
if (kept === undefined) rmSync(folder, { recursive: true, force: true })
process.exitCode = failed ? 1 : 0

/** Texts as long as real ones, from a fixed seed: the same store at every run. */
async function fill(): Promise<void> {
  const started = performance.now()
  await openPagesDatabase(file).close()
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = OFF')
  const random = randomFrom(20_261_122)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const vocabulary = Array.from(
    { length: 20_000 },
    (_, index) => `${pick(stems)}${pick(endings)}${index.toString(36)}`,
  )
  // A few words are everywhere and most are rare, as in any language.
  const word = () =>
    random() < 0.45 ? pick(common) : (vocabulary[Math.floor(random() ** 3 * vocabulary.length)] ?? '')
  const text = (words: number) => Array.from({ length: words }, word).join(' ')
  const mention = db.prepare(
    `INSERT INTO mentions (watch, source, source_kind, external_id, url, canonical_url, title, text, author, published_at,
       collected_at, language, engagement, content_hash, match)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const judgement = db.prepare('INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const triage = db.prepare('INSERT INTO triages VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const ticket = db.prepare(
    `INSERT INTO tickets (id, watch, category, category_confidence, alternatives, severity, approval, state, owner, title,
       language, opened_at, seen_by, answer_by, seen_at, answered_at, mention_count, author_count, reason, changed_at)
     VALUES (?, ?, ?, 0.8, '["rant"]', ?, 'responder', ?, ?, ?, 'fr', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const event = db.prepare('INSERT INTO ticket_events (ticket, at, who, what, detail) VALUES (?, ?, ?, ?, ?)')
  const reason = JSON.stringify({
    words: [{ text: 'retard', weight: 1.2 }],
    signals: ['retard'],
    rule: 'category',
    margin: 0.3,
  })
  const match = JSON.stringify({
    spans: [{ field: 'text', start: 0, end: 5, term: 'lumen' }],
    confirmedBy: ['bière'],
    deniedBy: [],
    certain: true,
  })
  const step = (years * 365 * dayMs) / mentionCount
  let tickets = 0
  let id = 0
  while (id < mentionCount) {
    db.transaction(() => {
      for (const end = Math.min(mentionCount, id + 20_000); id < end; ) {
        id++
        const at = Math.round(now - (mentionCount - id) * step)
        const watch = random() < 0.75 ? 'lumen' : 'soleil'
        const network = pick(networks)
        const polarity = random() < 0.3 ? 'negative' : random() < 0.5 ? 'positive' : 'neutral'
        const sure = random() < 0.8 ? 1 : 0
        const url = `https://${pick(sites)}/${id.toString(36)}`
        mention.run(
          watch,
          `${watch}:${network}:${id % 40}`,
          network,
          String(id),
          url,
          url,
          random() < 0.5 ? text(7) : null,
          `lumen ${text(20 + Math.floor(random() * 60))}`,
          random() < 0.9 ? `user${Math.floor(random() ** 2 * 300_000)}` : null,
          at - Math.floor(random() * dayMs),
          at,
          'fr',
          random() < 0.5 ? '{"likes":3,"views":120}' : null,
          `h${id}`,
          match,
        )
        judgement.run(id, at, 'fr', polarity, 0.8, sure, 0.2, 0.3, 0.5)
        const opens = id % 20 === 0 && tickets < ticketCount
        if (opens) {
          tickets++
          const isOpen = tickets > ticketCount - openCount
          const state = isOpen
            ? pick(['new', 'new', 'seen', 'in-approval'])
            : pick(['answered', 'answered', 'answered', 'dismissed'])
          const seen = state === 'new' ? null : at + Math.floor(random() * dayMs)
          ticket.run(
            tickets,
            watch,
            pick(categories),
            pick(severities),
            state,
            pick(['anne', 'marc']),
            text(9),
            at,
            at + dayMs / 6,
            at + Math.floor(dayMs * (1 + random() * 9)),
            seen,
            state === 'answered' ? at + Math.floor(random() * 3 * dayMs) : null,
            tickets % 500 === 0 ? 200 : 1 + Math.floor(random() * 3),
            1,
            reason,
            (seen ?? at) + 1000,
          )
          for (const what of ['opened', 'seen', 'note', 'answered'])
            event.run(tickets, at, 'marc', what, '{}')
        }
        // Every so often an affair draws many texts.
        const joins = !opens && tickets > 0 && (tickets % 500 === 0 || random() < 0.02)
        const outcome = opens || joins ? 'ticket' : sure === 0 && random() < 0.002 ? 'to-read' : 'none'
        triage.run(
          id,
          at,
          outcome,
          'dissatisfied-customer',
          0.8,
          '[]',
          reason,
          outcome === 'ticket' ? tickets : null,
        )
      }
    })()
    if (id % 200_000 === 0) console.log(`  ${id.toLocaleString('en')} mentions`)
  }
  db.close()
  console.log(
    `filled with ${mentionCount.toLocaleString('en')} mentions and ${tickets.toLocaleString('en')} tickets in ${seconds(started)}`,
  )
}

async function measure(): Promise<boolean> {
  const base = configOf(exampleFolder)
  const [lumen] = base.watches
  if (!lumen) throw new Error('the example has no watch')
  const soleil = {
    ...lumen,
    id: 'soleil',
    name: 'Brasserie Soleil',
    kind: 'competitor' as const,
    sources: [],
  }
  const opened = performance.now()
  const database = openPagesDatabase(file)
  console.log(`opened in ${seconds(opened)}`)
  const site = siteOver(database, { config: { ...base, watches: [lumen, soleil] } })
  const cookie = `vigie=${await site.session('anne')}`
  const ask = async (at: string) => {
    const started = performance.now()
    const answer = await site.pages.app.request(`http://127.0.0.1:8484${at}`, {
      headers: { Host: '127.0.0.1:8484', Cookie: cookie },
    })
    const body = await answer.text()
    if (answer.status !== 200) throw new Error(`${at} answered ${answer.status}: ${body.slice(0, 300)}`)
    return { ms: performance.now() - started, body }
  }
  const counted = performance.now()
  const days = await database.pages.refreshFacts(base.calendar.zone)
  console.log(
    `counted ${days} days for the first time in ${seconds(counted)} (once; later only what changed)\n`,
  )
  const next = async (at: string) =>
    /href="([^"]*after=[^"]*)"/.exec((await ask(at)).body)?.[1]?.replaceAll('&amp;', '&') ?? at
  const last = ticketCount - (ticketCount % 500)
  const today = new Date(now).toISOString().slice(0, 10)
  const questions: (readonly [string, string])[] = [
    ['inbox', '/'],
    ['inbox, second page', await next('/')],
    ['inbox, mine, high', '/?tab=mine&severity=high'],
    ['inbox, answered', '/?tab=answered'],
    ['inbox, answered, filtered', '/?tab=answered&category=rant&owner=marc'],
    ['inbox, common word', '/?tab=all&q=biere'],
    ['inbox, rare words', '/?tab=answered&q=bra1z+lum*'],
    ['ticket', `/tickets/${ticketCount - 5}`],
    ['ticket of 200 texts', `/tickets/${last}`],
    ['mentions', '/mentions'],
    ['mentions, second page', await next('/mentions')],
    ['mentions, negative', '/mentions?kind=negative'],
    ['mentions, to read', '/mentions?kind=to-read'],
    ['search, common word', '/mentions?q=biere'],
    ['search, phrase', '/mentions?q=%22biere+service%22'],
    ['search, rare word', '/mentions?q=bra1z'],
    ['search, no hit', '/mentions?q=nowhere'],
    ['search, word and tone', '/mentions?q=service&kind=positive&watch=soleil'],
    ['mentions of one source', '/mentions?source=lumen%3Arss%3A7'],
    ['mentions of a day long ago', `/mentions?from=${dayBefore(today, 700)}&to=${dayBefore(today, 700)}`],
    ['numbers, 30 days', '/numbers'],
    ['numbers, a year', '/numbers?range=1y'],
    ['numbers, everything', '/numbers?range=all'],
    ['numbers, a competitor', '/numbers?range=90d&watch=soleil'],
    ['graph of an affair', `/numbers/affair/${last}`],
    ['newspaper', '/newspaper'],
  ]
  console.log(`${'page'.padEnd(30)} median ms   p95 ms   first ms     kB`)
  const slow: string[] = []
  for (const [name, at] of questions) {
    const first = await ask(at)
    const times: number[] = []
    for (let turn = 0; turn < turns; turn++) times.push((await ask(at)).ms)
    times.sort((a, b) => a - b)
    const median = times[Math.floor(times.length / 2)] ?? 0
    const p95 = times[Math.floor(times.length * 0.95)] ?? 0
    if (median >= 100) slow.push(name)
    console.log(
      `${name.padEnd(30)} ${median.toFixed(1).padStart(9)} ${p95.toFixed(1).padStart(8)} ${first.ms.toFixed(1).padStart(10)} ${(first.body.length / 1000).toFixed(0).padStart(6)}`,
    )
  }
  const rss = process.memoryUsage().rss / 1_000_000
  const peak = process.resourceUsage().maxRSS / 1000
  console.log(
    `\nmemory: ${rss.toFixed(0)} MB now, ${peak.toFixed(0)} MB at most (filling included when it ran)`,
  )
  await database.close()
  if (slow.length > 0) console.log(`over 100 ms: ${slow.join(', ')}`)
  if (rss >= 300) console.log('over 300 MB')
  return slow.length > 0 || rss >= 300
}

function dayBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * dayMs).toISOString().slice(0, 10)
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
