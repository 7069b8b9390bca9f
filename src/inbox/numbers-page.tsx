import type { ReaderLanguage } from '../domain/person.ts'
import { csv } from '../notify/mail-csv.ts'
import { lastDays, type Numbers, type NumbersSettings, numbersOf } from '../report/numbers.ts'
import { Icon } from './icons.tsx'
import {
  Affairs,
  Authors,
  FourTiles,
  Hours,
  Networks,
  type NumbersProps,
  Responses,
  Voices,
  Volume,
} from './numbers-parts.tsx'
import { numberWords } from './numbers-words.ts'
import type { PagesDeps } from './pages-deps.ts'
import { addressWith, Field, Select } from './parts.tsx'
import { type Pages, sendPage } from './routing.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

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
