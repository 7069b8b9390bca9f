import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ReaderLanguage } from '../domain/person.ts'
import { severities } from '../domain/playbook.ts'
import type { Ticket } from '../domain/ticket.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { csv } from '../notify/mail-csv.ts'
import { columnDate, howLong, list, localMonth, number, percent } from '../notify/mail-formats.ts'
import {
  barsChart,
  type ChartSize,
  hoursChart,
  narrow,
  spreadChart,
  volumeChart,
  wide,
} from '../report/charts.ts'
import {
  fewestForPercent,
  lastDays,
  type Numbers,
  type NumbersSettings,
  numbersOf,
  type Share,
} from '../report/numbers.ts'
import { networkName } from '../report/numbers-networks.ts'
import { type Spread, spreadOf } from '../report/spread.ts'
import type { Tone } from '../report/svg-chart.ts'
import { Icon } from './icons.tsx'
import { numberWords } from './numbers-words.ts'
import type { PagesDeps } from './pages-deps.ts'
import { addressWith, ExactTime, Field, Select, Table } from './parts.tsx'
import { numberParam, PageError, type Pages, sendPage } from './routing.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const mostSpreadTexts = 2000

export function numberRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/numbers', async (c) => {
    const visit = c.get('visit')
    const query = new URL(c.req.url).searchParams
    const settings = await settingsOf(query, visit, deps)
    const numbers = await numbersOf(settings, deps.pagesStore)
    return sendPage(c, deps, {
      title: numberWords[visit.language].title,
      section: 'numbers',
      body: <NumbersPage visit={visit} deps={deps} query={query} numbers={numbers} settings={settings} />,
    })
  })

  app.get('/numbers.csv', async (c) => {
    const visit = c.get('visit')
    const settings = await settingsOf(new URL(c.req.url).searchParams, visit, deps)
    const numbers = await numbersOf(settings, deps.pagesStore)
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="vigie-${numbers.from}-${numbers.to}.csv"`)
    return c.body(Uint8Array.from(numbersCsv(numbers, visit.language)))
  })

  app.get('/numbers/affair/:id', async (c) => {
    const visit = c.get('visit')
    const ticket = await deps.store.ticket(numberParam(c.req.param('id')))
    if (!ticket) throw new PageError(404)
    const spread = spreadOf(await deps.pagesStore.spreadOf(ticket.id, mostSpreadTexts))
    return sendPage(c, deps, {
      title: numberWords[visit.language].spread.title(ticket.id),
      section: 'numbers',
      body: <SpreadPage visit={visit} ticket={ticket} spread={spread} />,
    })
  })
}

const rangeDays: Readonly<Record<string, number>> = { '7d': 7, '30d': 30, '90d': 90, '1y': 365 }
const longestDays = 3660

/** What an address asks for: one of the usual ranges, or two dates. */
export async function settingsOf(
  query: URLSearchParams,
  visit: Pick<Visit, 'reading'>,
  { config, pagesStore }: Pick<PagesDeps, 'config' | 'pagesStore'>,
): Promise<NumbersSettings> {
  const { zone } = config.calendar
  const watch = config.watches.some(({ id }) => id === query.get('watch')) ? query.get('watch') : null
  const base = { zone, watch, watches: config.watches }
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  if (isDay(from) && isDay(to) && from <= to) {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
    if (days < longestDays) return { ...base, from, to }
  }
  const today = lastDays(1, visit.reading.now, zone).to
  if (query.get('range') === 'all') {
    await pagesStore.refreshFacts(zone)
    const first = await pagesStore.firstDay()
    const earliest = lastDays(longestDays, visit.reading.now, zone).from
    return {
      ...base,
      from: first === null || first < earliest ? (first === null ? today : earliest) : first,
      to: today,
    }
  }
  return { ...base, ...lastDays(rangeDays[query.get('range') ?? '30d'] ?? 30, visit.reading.now, zone) }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

interface NumbersProps {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly query: URLSearchParams
  readonly numbers: Numbers
  readonly settings: NumbersSettings
}

function NumbersPage(props: NumbersProps) {
  const { visit, query, numbers } = props
  const { language } = visit
  const say = numberWords[language]
  const { totals } = numbers
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
        <div class="tools">
          <button type="button" class="js-only small" data-print="">
            {words[language].print}
          </button>
          <a class="button small" href={addressWith(query, {}, '/numbers.csv')}>
            {words[language].download}
          </a>
        </div>
      </div>
      <p class="lead no-print">{say.lead}</p>
      <RangePicker {...props} />
      <p class="strong">{say.between(dayName(numbers.from, language), dayName(numbers.to, language))}</p>
      {totals.mentions === 0 ? (
        <div class="card empty">
          <Icon name="numbers" />
          <p>{say.nothing}</p>
        </div>
      ) : (
        <>
          <FourTiles numbers={numbers} language={language} />
          <Volume numbers={numbers} language={language} />
          <div class="grid2">
            <Networks numbers={numbers} language={language} />
            <Hours numbers={numbers} language={language} />
            {numbers.voices.length > 1 && <Voices {...props} />}
            <Authors numbers={numbers} language={language} />
            <Affairs {...props} />
          </div>
        </>
      )}
      <Responses numbers={numbers} language={language} />
    </>
  )
}

function dayName(day: string, language: ReaderLanguage): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T12:00:00Z`))
}

function RangePicker({ visit, deps, query, numbers, settings }: NumbersProps) {
  const { language } = visit
  const say = numberWords[language]
  const isOwn = query.has('from') && query.has('to')
  const current = isOwn ? null : (query.get('range') ?? '30d')
  return (
    <div class="stack no-print">
      <nav class="tabs" aria-label={say.rangeLabel}>
        {Object.entries(say.ranges).map(([range, label]) => (
          <a
            href={addressWith(
              query,
              { range: range === '30d' ? null : range, from: null, to: null },
              '/numbers',
            )}
            aria-current={range === current ? 'page' : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      <form method="get" action="/numbers" class="fields range">
        <Select
          name="watch"
          label={words[language].watch}
          value={settings.watch ?? ''}
          options={[
            { value: '', label: say.ours },
            ...deps.config.watches.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Field name="from" label={words[language].from} type="date" value={numbers.from} />
        <Field name="to" label={words[language].to} type="date" value={numbers.to} />
        <div class="fit">
          <button type="submit">{words[language].apply}</button>
        </div>
      </form>
    </div>
  )
}

interface PartProps {
  readonly numbers: Numbers
  readonly language: ReaderLanguage
}

function FourTiles({ numbers, language }: PartProps) {
  const say = numberWords[language].four
  const { strength, sentiment, passion, reach } = numbers.four
  const estimate = numbers.authors.isEstimate ? say.estimate : null
  const ratio = sentiment.negative === 0 ? null : sentiment.positive / sentiment.negative
  const isTelling = sentiment.positive + sentiment.negative >= fewestForPercent && ratio !== null
  return (
    <section aria-labelledby="four" class="stack">
      <h2 id="four">{say.title}</h2>
      <div class="tiles">
        <Tile name={say.strength} what={say.strengthText} {...told(strength, language)} />
        <Tile
          name={say.sentiment}
          what={isTelling ? say.sentimentText : ''}
          value={
            isTelling
              ? `${number(Math.round((ratio ?? 0) * 10) / 10, language)} : 1`
              : `${number(sentiment.positive, language)} : ${number(sentiment.negative, language)}`
          }
          detail={say.sentimentCounts(
            number(sentiment.positive, language),
            number(sentiment.negative, language),
          )}
        />
        <Tile name={say.passion} what={say.passionText} {...told(passion, language)} note={estimate} />
        <Tile name={say.reach} what={say.reachText} {...told(reach, language)} note={estimate} />
      </div>
    </section>
  )
}

/** A share as people may be told it: in percent only when there is enough to divide. */
export function told({ part, whole }: Share, language: ReaderLanguage): { value: string; detail: string } {
  const say = numberWords[language].four
  if (whole === 0) return { value: say.none, detail: '' }
  const plain = say.of(number(part, language), number(whole, language))
  if (whole < fewestForPercent) return { value: plain, detail: say.few }
  return { value: percent(part / whole, language), detail: plain }
}

function Tile({
  name,
  value,
  what,
  detail,
  note = null,
}: {
  readonly name: string
  readonly value: string
  readonly what: string
  readonly detail: string
  readonly note?: string | null
}) {
  return (
    <div class="card tile">
      <h3>{name}</h3>
      <p class="value">{value}</p>
      <p class="what">{what}</p>
      <p class="soft small">{[detail, note].filter(Boolean).join(', ')}</p>
    </div>
  )
}

/** A chart with its table: the same figures for who cannot see it, and for who wants them exactly. */
function Chart({
  id,
  title,
  svg,
  draw,
  language,
  note,
  legend,
  head,
  rows,
  more,
}: {
  readonly id: string
  readonly title: string
  /** One drawing for every width, or one for each. */
  readonly svg?: string
  readonly draw?: (size: ChartSize) => string
  readonly language: ReaderLanguage
  readonly note?: string
  readonly legend?: readonly { readonly tone: Tone; readonly label: string }[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  readonly more?: Child
}) {
  return (
    <section class="card pad stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {legend && (
        <ul class="legend">
          {legend.map(({ tone, label }) => (
            <li>
              <span class={`swatch c-${tone}`}></span> {label}
            </li>
          ))}
        </ul>
      )}
      <figure class="chart" role="img" aria-label={`${title}. ${words[language].table}`}>
        {svg === undefined ? draw && <Sized draw={draw} /> : raw(svg)}
      </figure>
      {note && <p class="soft small">{note}</p>}
      <details class="plain">
        <summary class="small">{words[language].table}</summary>
        <Table language={language} caption={title} head={head} rows={rows} />
      </details>
      {more}
    </section>
  )
}

/** Only one of the two is seen. */
function Sized({ draw }: { readonly draw: (size: ChartSize) => string }) {
  return (
    <>
      <span class="wide-only">{raw(draw(wide))}</span>
      <span class="narrow-only">{raw(draw(narrow))}</span>
    </>
  )
}

function Volume({ numbers, language }: PartProps) {
  const say = numberWords[language]
  const label = (from: string) =>
    numbers.stepKind === 'month' ? localMonth(from, language) : columnDate(from, language)
  return (
    <Chart
      id="volume"
      title={say.volume}
      language={language}
      draw={(size) =>
        volumeChart(
          numbers.steps,
          numbers.steps.map(({ from }) => label(from)),
          size,
        )
      }
      legend={[
        { tone: 'negative', label: say.negative },
        { tone: 'neutral', label: say.neutral },
        { tone: 'positive', label: say.positive },
      ]}
      head={[say.step[numbers.stepKind], say.mentions, say.negative, say.neutral, say.positive]}
      rows={numbers.steps.map((step) => [
        label(step.from),
        ...[step.mentions, step.negative, step.neutral + step.unsure + step.unjudged, step.positive].map(
          (value) => number(value, language),
        ),
      ])}
    />
  )
}

function Networks({ numbers, language }: PartProps) {
  const say = numberWords[language]
  return (
    <Chart
      id="networks"
      title={say.networks}
      language={language}
      svg={barsChart(
        numbers.networks.slice(0, 8).map(({ network, mentions }) => ({
          label: networkName(network, language),
          value: mentions,
          tone: 'main',
        })),
      )}
      note={say.networkNote}
      head={[say.network, say.mentions, say.negative, say.reactions, say.views]}
      rows={numbers.networks.map(({ network, ...counts }) => [
        networkName(network, language),
        ...[counts.mentions, counts.negative, counts.reactions, counts.views].map((value) =>
          number(value, language),
        ),
      ])}
      more={
        <details class="plain">
          <summary class="small">{say.sites}</summary>
          <Table
            language={language}
            caption={say.sites}
            head={[say.site, say.mentions]}
            rows={numbers.sites.map(({ site, mentions }) => [site, number(mentions, language)])}
          />
        </details>
      }
    />
  )
}

function Hours({ numbers, language }: PartProps) {
  const say = numberWords[language]
  return (
    <Chart
      id="hours"
      title={say.hours}
      language={language}
      svg={hoursChart(numbers.hours)}
      head={[say.hour, say.mentions]}
      rows={numbers.hours.map((mentions, hour) => [`${hour} h`, number(mentions, language)])}
    />
  )
}

const voiceTones: readonly Tone[] = ['main', 'second', 'third', 'fourth']

function Voices({ numbers, visit, deps }: NumbersProps) {
  const { language } = visit
  const say = numberWords[language]
  const nameOf = (id: string) => deps.config.watches.find((watch) => watch.id === id)?.name ?? id
  const whole = numbers.voices.reduce((sum, { mentions }) => sum + mentions, 0)
  const voices = [...numbers.voices].sort((a, b) => b.mentions - a.mentions)
  return (
    <Chart
      id="voices"
      title={say.voices}
      language={language}
      note={say.voicesNote}
      svg={barsChart(
        voices.slice(0, 10).map(({ watch, mentions }, index) => ({
          label: nameOf(watch),
          value: mentions,
          tone: voiceTones[index % voiceTones.length] ?? 'main',
        })),
      )}
      head={[words[language].watch, say.mentions, say.negative, say.share]}
      rows={voices.map(({ watch, mentions, negative }) => [
        nameOf(watch),
        number(mentions, language),
        number(negative, language),
        told({ part: mentions, whole }, language).value,
      ])}
    />
  )
}

function Authors({ numbers, language }: PartProps) {
  const say = numberWords[language]
  const { top, isEstimate } = numbers.authors
  return (
    <section class="card pad stack" aria-labelledby="authors">
      <h2 id="authors">{say.authors}</h2>
      {top.length === 0 ? (
        <p class="soft">{isEstimate ? say.authorsEstimate : say.authorsNone}</p>
      ) : (
        <Table
          language={language}
          caption={say.authors}
          head={[say.author, say.mentions]}
          rows={top.map(({ author, mentions }) => [oneLine(author, 60), number(mentions, language)])}
        />
      )}
    </section>
  )
}

function Affairs({ numbers, visit }: NumbersProps) {
  const { language } = visit
  const say = numberWords[language]
  return (
    <section class="card pad stack" aria-labelledby="affairs">
      <h2 id="affairs">{say.affairs}</h2>
      {numbers.affairs.length === 0 ? (
        <p class="soft">{say.affairsNone}</p>
      ) : (
        <Table
          language={language}
          caption={say.affairs}
          head={[say.affair, say.texts]}
          rows={numbers.affairs.map((ticket) => [
            <a href={`/numbers/affair/${ticket.id}`}>
              #{ticket.id} {oneLine(ticket.title, 90)}
            </a>,
            number(ticket.mentionCount, language),
          ])}
        />
      )}
    </section>
  )
}

function Responses({ numbers, language }: PartProps) {
  const say = numberWords[language]
  const minutes = (ms: number | null) =>
    ms === null ? '–' : howLong(Math.max(1, Math.round(ms / 60_000)), language)
  const bySeverity = [...numbers.responses].sort(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity),
  )
  return (
    <section class="card pad stack" aria-labelledby="answers">
      <h2 id="answers">{say.answers}</h2>
      {bySeverity.length === 0 ? (
        <p class="soft">{say.answersNone}</p>
      ) : (
        <Table
          language={language}
          caption={say.answers}
          head={[
            say.severity,
            say.opened,
            say.seen,
            say.medianSeen,
            say.answered,
            say.inTime,
            say.medianAnswered,
            say.slow,
            say.dismissed,
          ]}
          rows={bySeverity.map((row) => [
            words[language].severity[row.severity],
            number(row.opened, language),
            told({ part: row.seenInTime, whole: row.opened }, language).value,
            minutes(row.medianSeenMs),
            number(row.answered, language),
            told({ part: row.answeredInTime, whole: row.answered }, language).value,
            minutes(row.medianAnsweredMs),
            row.answered < fewestForPercent ? '–' : minutes(row.slowAnsweredMs),
            number(row.dismissed, language),
          ])}
        />
      )}
    </section>
  )
}

function numbersCsv(numbers: Numbers, language: ReaderLanguage): Buffer {
  const say = numberWords[language]
  const head = [
    say.step[numbers.stepKind],
    say.mentions,
    say.negative,
    say.positive,
    words[language].polarity.neutral,
    say.unsure,
  ]
  const rows = numbers.steps.map((step) =>
    [step.from, step.mentions, step.negative, step.positive, step.neutral, step.unsure + step.unjudged].map(
      String,
    ),
  )
  return csv([head, ...rows], language === 'fr' ? ';' : ',')
}

function SpreadPage({
  visit,
  ticket,
  spread,
}: {
  readonly visit: Visit
  readonly ticket: Ticket
  readonly spread: Spread
}) {
  const { language, reading } = visit
  const say = numberWords[language].spread
  const all = numberWords[language]
  return (
    <>
      <p>
        <a href={`/tickets/${ticket.id}`} class="small">
          <Icon name="back" /> {say.back}
        </a>
      </p>
      <h1>{say.title(ticket.id)}</h1>
      <p class="strong">{oneLine(ticket.title, 200)}</p>
      <p class="lead">{say.lead}</p>
      <section class="card pad stack">
        <figure class="chart" role="img" aria-label={say.chart}>
          <Sized draw={(size) => spreadChart(spread, size)} />
        </figure>
        {spread.isCut && <p class="soft small">{say.cut}</p>}
        {spread.unsigned > 0 && <p class="soft small">{say.unsigned(number(spread.unsigned, language))}</p>}
      </section>
      <section class="card pad stack" aria-labelledby="bridges">
        <h2 id="bridges">{say.bridges}</h2>
        {spread.bridges.length === 0 ? (
          <p class="soft">{say.noBridge}</p>
        ) : (
          <ul class="stack">
            {spread.bridges.map(({ author, sites }) => (
              <li>{say.onSites(oneLine(author, 80), list(sites, language))}</li>
            ))}
          </ul>
        )}
      </section>
      <section class="card pad stack" aria-labelledby="who">
        <h2 id="who">{all.authors}</h2>
        <Table
          language={language}
          caption={all.authors}
          head={[all.author, all.texts, say.first]}
          rows={spread.authors.map(({ name, texts, firstAt }) => [
            oneLine(name, 80),
            number(texts, language),
            <ExactTime at={firstAt} reading={reading} />,
          ])}
        />
        <Table
          language={language}
          caption={all.sites}
          head={[all.site, all.texts, say.first]}
          rows={spread.sites.map(({ name, texts, firstAt }) => [
            oneLine(name, 80),
            number(texts, language),
            <ExactTime at={firstAt} reading={reading} />,
          ])}
        />
      </section>
    </>
  )
}
