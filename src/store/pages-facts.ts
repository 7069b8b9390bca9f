import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { instantOf, localDate, plusDays } from '../domain/calendar.ts'
import { minuteMs } from '../domain/duration.ts'
import type { Severity } from '../domain/playbook.ts'
import type { AuthorFacts, DayFacts, FactStore, NetworkFacts, ResponseFacts } from '../inbox/pages-store.ts'
import { siteOf } from '../respond/draft.ts'
import { toTicket } from './rows.ts'
import type { Tables } from './schema.ts'

const slotMs = 15 * minuteMs
const daysPerStep = 20
const sitesPerDay = 20
const buckets = 64
/** So many mentions are read one by one; of more, a part of the authors stands for all. */
const mentionsRead = 12_000
const ticketsSorted = 10_000

/** Numbers over any period: days are counted once, when something changed in them, and kept. */
export function factStore(db: Kysely<Tables>): FactStore {
  return {
    async refreshFacts(zone) {
      await markAllWhenZoneChanged(db, zone)
      let counted = 0
      for (;;) {
        const days = await staleDays(db, zone)
        if (days.length === 0) return counted
        await db.transaction().execute(async (tx) => {
          for (const day of days) await countDay(tx, day, zone)
        })
        counted += days.length
        // A first count of years of mentions must not hold up those who are waiting for a page.
        await new Promise((resolve) => setImmediate(resolve))
      }
    },

    async dayFacts({ from, to }, watches) {
      if (watches.length === 0) return []
      const rows = await db
        .selectFrom('day_facts')
        .selectAll()
        .where('day', '>=', from)
        .where('day', '<=', to)
        .where('watch', 'in', watches)
        .orderBy('day')
        .orderBy('watch')
        .execute()
      return rows.map(({ day, watch, facts }) => ({ day, watch, ...unpacked(JSON.parse(facts)) }))
    },

    async firstDay() {
      const row = await db.selectFrom('day_facts').select('day').orderBy('day').limit(1).executeTakeFirst()
      return row?.day ?? null
    },

    authorFacts: (period, watches, mentions) => authorFacts(db, period, watches, mentions),

    async responseFacts({ from, to }, watches) {
      if (watches.length === 0) return []
      const where = sql`drill = 0 AND severity IN ('low', 'normal', 'high', 'critical') AND opened_at >= ${from.getTime()} AND opened_at < ${to.getTime()}
        AND watch IN (${sql.join(watches)})`
      const counts = await sql<ResponseCounts>`
        SELECT severity, count(*) AS opened, count(seen_at) AS seen,
          coalesce(sum(seen_at <= seen_by), 0) AS seen_in_time,
          coalesce(sum(state = 'answered'), 0) AS answered,
          coalesce(sum(state = 'answered' AND answered_at <= answer_by), 0) AS answered_in_time,
          coalesce(sum(state = 'dismissed'), 0) AS dismissed
        FROM tickets INDEXED BY tickets_by_times WHERE ${where} GROUP BY severity`.execute(db)
      const opened = counts.rows.reduce((sum, row) => sum + row.opened, 0)
      // A median needs its values in order: of very many, every so many-th says the same.
      const every = Math.ceil(opened / ticketsSorted)
      const times = await sql<ResponseTimes>`
        SELECT severity, median(seen_at - opened_at) AS median_seen, median(answered_at - opened_at) AS median_answered,
          percentile(answered_at - opened_at, 90) AS slow_answered
        FROM tickets INDEXED BY tickets_by_times WHERE ${where} AND id % ${Math.max(1, every)} = 0
        GROUP BY severity`.execute(db)
      const bySeverity = new Map(times.rows.map((row) => [row.severity, row]))
      return counts.rows.map((row) => toResponseFacts(row, bySeverity.get(row.severity)))
    },

    async largestAffairs({ from, to }, watches, limit) {
      if (watches.length === 0) return []
      const found = await sql<Selectable<Tables['tickets']>>`
        SELECT * FROM tickets INDEXED BY tickets_by_size
        WHERE drill = 0 AND mention_count > 2 AND opened_at >= ${from.getTime()} AND opened_at < ${to.getTime()}
          AND watch IN (${sql.join(watches)})
        ORDER BY mention_count DESC, opened_at DESC LIMIT ${limit}`.execute(db)
      return found.rows.map(toTicket)
    },

    async spreadOf(ticket, limit) {
      const rows = await db
        .selectFrom('triages')
        .innerJoin('mentions', 'mentions.id', 'triages.mention')
        .select(['author', 'url', 'source_kind', 'spoken_at'])
        .where('triages.ticket', '=', ticket)
        .orderBy('spoken_at')
        .orderBy('mentions.id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        author: row.author,
        site: siteOf(row.url) || row.source_kind,
        at: new Date(row.spoken_at),
      }))
    },
  }
}

// --- days ----------------------------------------------------------------------------------------------------------

type Counts = Omit<DayFacts, 'day' | 'watch'>

interface StoredFacts extends Counts {
  /** Texts that were there, whatever people said of them since. */
  readonly texts: number
}

/** As a row holds them: years of days are read at once, so names are left out. */
interface PackedFacts {
  /** Texts, mentions, negative, neutral, positive, unsure, unjudged. */
  readonly c: readonly [number, number, number, number, number, number, number]
  readonly h: readonly number[]
  /** Mentions, negative, reactions, views. */
  readonly n: Readonly<Record<string, readonly [number, number, number, number]>>
  readonly s: Readonly<Record<string, number>>
}

/** Changes with the form above: what was kept in another is counted anew. */
const packedForm = '2'

function packed({ hours, networks, sites, ...counts }: StoredFacts): PackedFacts {
  const { texts, mentions, negative, neutral, positive, unsure, unjudged } = counts
  return {
    c: [texts, mentions, negative, neutral, positive, unsure, unjudged],
    h: hours,
    n: Object.fromEntries(
      Object.entries(networks).map(([name, network]) => [
        name,
        [network.mentions, network.negative, network.reactions, network.views],
      ]),
    ),
    s: sites,
  }
}

function unpacked({ c, h, n, s }: PackedFacts): StoredFacts {
  const [texts, mentions, negative, neutral, positive, unsure, unjudged] = c
  const networks: Record<string, NetworkFacts> = {}
  for (const [name, [all, bad, reactions, views]] of Object.entries(n))
    networks[name] = { mentions: all, negative: bad, reactions, views }
  return { texts, mentions, negative, neutral, positive, unsure, unjudged, hours: h, networks, sites: s }
}

/** The days of one zone are not those of another. */
async function markAllWhenZoneChanged(db: Kysely<Tables>, zone: string): Promise<void> {
  const form = `${packedForm} ${zone}`
  const known = await db.selectFrom('settings').select('value').where('name', '=', 'facts').executeTakeFirst()
  if (known?.value === form) return
  await db.transaction().execute(async (tx) => {
    if (!known?.value.startsWith(`${packedForm} `)) await tx.deleteFrom('day_facts').execute()
    await sql`INSERT OR IGNORE INTO stale_slots SELECT DISTINCT spoken_at / 900000 FROM mentions`.execute(tx)
    await tx
      .insertInto('settings')
      .values({ name: 'facts', value: form })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: form }))
      .execute()
  })
}

interface LocalDay {
  readonly day: string
  readonly start: number
  readonly end: number
}

/** The first days to be counted anew. */
async function staleDays(db: Kysely<Tables>, zone: string): Promise<LocalDay[]> {
  const days: LocalDay[] = []
  let from = Number.MIN_SAFE_INTEGER
  while (days.length < daysPerStep) {
    const row = await db
      .selectFrom('stale_slots')
      .select('slot')
      .where('slot', '>=', from)
      .orderBy('slot')
      .limit(1)
      .executeTakeFirst()
    if (!row) break
    const day = localDayOf(row.slot * slotMs, zone)
    days.push(day)
    from = Math.ceil(day.end / slotMs)
  }
  return days
}

function localDayOf(at: number, zone: string): LocalDay {
  const day = localDate(new Date(at), zone)
  return {
    day,
    start: instantOf(day, 0, zone).getTime(),
    end: instantOf(plusDays(day, 1), 0, zone).getTime(),
  }
}

interface FactRow {
  readonly watch: string
  readonly source_kind: string
  readonly url: string | null
  readonly spoken_at: number
  readonly engagement: string | null
  readonly polarity: string | null
  readonly sure: number | null
  readonly judged: number | null
  readonly corrected: string | null
}

async function countDay(tx: Transaction<Tables>, day: LocalDay, zone: string): Promise<void> {
  await tx
    .deleteFrom('stale_slots')
    .where('slot', '>=', Math.floor(day.start / slotMs))
    .where('slot', '<', Math.ceil(day.end / slotMs))
    .execute()
  const found = await sql<FactRow>`
    SELECT watch, source_kind, url, spoken_at, engagement, polarity, sure, judgements.mention AS judged, (
      SELECT kind FROM corrections
      WHERE corrections.mention = mentions.id AND undone_at IS NULL AND kind <> 'category' ORDER BY id DESC LIMIT 1
    ) AS corrected
    FROM mentions LEFT JOIN judgements ON judgements.mention = mentions.id
    WHERE spoken_at >= ${day.start} AND spoken_at < ${day.end} AND drill = 0`.execute(tx)
  const byWatch = new Map<string, FactRow[]>()
  for (const row of found.rows) {
    const own = byWatch.get(row.watch)
    if (own) own.push(row)
    else byWatch.set(row.watch, [row])
  }
  for (const [watch, rows] of byWatch) await keepFacts(tx, day.day, watch, countRows(rows, day, zone))
}

/** Where texts were removed since, as retention asks, what was counted while they were there stays. */
async function keepFacts(
  tx: Transaction<Tables>,
  day: string,
  watch: string,
  facts: StoredFacts,
): Promise<void> {
  const known = await tx
    .selectFrom('day_facts')
    .select('facts')
    .where('day', '=', day)
    .where('watch', '=', watch)
    .executeTakeFirst()
  if (known && unpacked(JSON.parse(known.facts)).texts > facts.texts) return
  const json = JSON.stringify(packed(facts))
  await tx
    .insertInto('day_facts')
    .values({ day, watch, facts: json })
    .onConflict((conflict) => conflict.columns(['day', 'watch']).doUpdateSet({ facts: json }))
    .execute()
}

function countRows(rows: readonly FactRow[], day: LocalDay, zone: string): StoredFacts {
  const counts = { mentions: 0, negative: 0, neutral: 0, positive: 0, unsure: 0, unjudged: 0 }
  const hours = Array.from({ length: 24 }, () => 0)
  const networks = new Map<string, { -readonly [Key in keyof NetworkFacts]: number }>()
  const sites = new Map<string, number>()
  const hourAt = hoursOf(day, zone)
  for (const row of rows) {
    if (row.corrected === 'not-us') continue
    const polarity = polarityOf(row)
    counts.mentions++
    counts[polarity]++
    const hour = hourAt(row.spoken_at)
    hours[hour] = (hours[hour] ?? 0) + 1
    const network = networks.get(row.source_kind) ?? { mentions: 0, negative: 0, reactions: 0, views: 0 }
    networks.set(row.source_kind, network)
    const { reactions, views } = engagementOf(row.engagement)
    network.mentions++
    network.negative += polarity === 'negative' ? 1 : 0
    network.reactions += reactions
    network.views += views
    const site = siteOf(row.url)
    if (site !== '') sites.set(site, (sites.get(site) ?? 0) + 1)
  }
  const largest = [...sites].sort((a, b) => b[1] - a[1]).slice(0, sitesPerDay)
  return {
    ...counts,
    texts: rows.length,
    hours,
    networks: Object.fromEntries(networks),
    sites: Object.fromEntries(largest),
  }
}

/** A person's word counts before ours. */
function polarityOf(row: FactRow): 'negative' | 'neutral' | 'positive' | 'unsure' | 'unjudged' {
  if (row.corrected === 'not-negative') return row.polarity === 'positive' ? 'positive' : 'neutral'
  if (row.corrected === 'negative') return 'negative'
  if (row.judged === null || row.polarity === null) return 'unjudged'
  return row.sure === 1 ? (row.polarity as 'negative' | 'neutral' | 'positive') : 'unsure'
}

function engagementOf(json: string | null): { reactions: number; views: number } {
  if (json === null) return { reactions: 0, views: 0 }
  const { likes = 0, shares = 0, comments = 0, views = 0 } = JSON.parse(json) as Record<string, number>
  return { reactions: likes + shares + comments, views }
}

/** The local hour of an instant of a day; on a day of ordinary length without asking the calendar for each. */
function hoursOf({ start, end }: LocalDay, zone: string): (at: number) => number {
  const hourMs = 60 * minuteMs
  if (end - start === 24 * hourMs) return (at) => Math.min(23, Math.max(0, Math.floor((at - start) / hourMs)))
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone })
  return (at) => Number(format.format(at))
}

// --- authors and answers -------------------------------------------------------------------------------------------

async function authorFacts(
  db: Kysely<Tables>,
  { from, to }: { from: Date; to: Date },
  watches: readonly string[],
  mentions: number,
): Promise<AuthorFacts> {
  if (watches.length === 0)
    return { signed: 0, authors: 0, repeaters: 0, repeated: 0, isEstimate: false, top: [] }
  const looked =
    mentions <= mentionsRead ? buckets : Math.max(1, Math.round((buckets * mentionsRead) / mentions))
  const some = Array.from({ length: looked }, (_, bucket) => bucket)
  const found = await sql<{ author: string; mentions: number }>`
    SELECT author, count(*) AS mentions FROM mention_authors
    WHERE watch IN (${sql.join(watches)}) AND bucket IN (${sql.join(some)})
      AND spoken_at >= ${from.getTime()} AND spoken_at < ${to.getTime()} AND author <> ''
    GROUP BY author`.execute(db)
  const isEstimate = looked < buckets
  const scale = buckets / looked
  const repeaters = found.rows.filter((row) => row.mentions > 1)
  const sum = (rows: readonly { mentions: number }[]) => rows.reduce((total, row) => total + row.mentions, 0)
  return {
    signed: Math.round(sum(found.rows) * scale),
    authors: Math.round(found.rows.length * scale),
    repeaters: Math.round(repeaters.length * scale),
    repeated: Math.round(sum(repeaters) * scale),
    isEstimate,
    top: isEstimate ? [] : [...repeaters].sort((a, b) => b.mentions - a.mentions).slice(0, 10),
  }
}

interface ResponseCounts {
  severity: string
  opened: number
  seen: number
  seen_in_time: number
  answered: number
  answered_in_time: number
  dismissed: number
}

interface ResponseTimes {
  severity: string
  median_seen: number | null
  median_answered: number | null
  slow_answered: number | null
}

function toResponseFacts(counts: ResponseCounts, times: ResponseTimes | undefined): ResponseFacts {
  return {
    severity: counts.severity as Severity,
    opened: counts.opened,
    seen: counts.seen,
    seenInTime: counts.seen_in_time,
    answered: counts.answered,
    answeredInTime: counts.answered_in_time,
    dismissed: counts.dismissed,
    medianSeenMs: times?.median_seen ?? null,
    medianAnsweredMs: times?.median_answered ?? null,
    slowAnsweredMs: times?.slow_answered ?? null,
  }
}
