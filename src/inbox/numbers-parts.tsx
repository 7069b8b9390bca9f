import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ReaderLanguage } from '../domain/person.ts'
import { severities } from '../domain/playbook.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { columnDate, howLong, localMonth, number, percent } from '../notify/mail-formats.ts'
import { barsChart, type ChartSize, hoursChart, narrow, volumeChart, wide } from '../report/charts.ts'
import { fewestForPercent, type Numbers, type NumbersSettings, type Share } from '../report/numbers.ts'
import { networkName } from '../report/numbers-networks.ts'
import type { Tone } from '../report/svg-chart.ts'
import { numberWords } from './numbers-words.ts'
import type { PagesDeps } from './pages-deps.ts'
import { Table } from './parts.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

export interface NumbersProps {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly query: URLSearchParams
  readonly numbers: Numbers
  readonly settings: NumbersSettings
}

interface PartProps {
  readonly numbers: Numbers
  readonly language: ReaderLanguage
}

export function FourTiles({ numbers, language }: PartProps) {
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
export function Sized({ draw }: { readonly draw: (size: ChartSize) => string }) {
  return (
    <>
      <span class="wide-only">{raw(draw(wide))}</span>
      <span class="narrow-only">{raw(draw(narrow))}</span>
    </>
  )
}

export function Volume({ numbers, language }: PartProps) {
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

export function Networks({ numbers, language }: PartProps) {
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

export function Hours({ numbers, language }: PartProps) {
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

export function Voices({ numbers, visit, deps }: NumbersProps) {
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

export function Authors({ numbers, language }: PartProps) {
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

export function Affairs({ numbers, visit }: NumbersProps) {
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

export function Responses({ numbers, language }: PartProps) {
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
