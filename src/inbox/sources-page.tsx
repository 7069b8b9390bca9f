import type { Entry } from '../domain/entry.ts'
import { codeOf, VigieError } from '../domain/errors.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import { describe } from '../domain/query.ts'
import type { SourceSpec, Watch } from '../domain/watch.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { howLong, number } from '../notify/mail-formats.ts'
import { fr } from '../notify/mail-words.ts'
import { failureInWords } from '../report/failure-words.ts'
import { healthOf, type SourceHealth } from '../report/source-health.ts'
import type { SourceState } from '../store/store.ts'
import { may } from '../triage/desk.ts'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { ActButton, OutLink, Outside, Time } from './parts.tsx'
import { type Action, PageError, type Pages, sendPage } from './routing.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Sources',
  lead: fr`Où Vigie écoute, et comment chaque source se porte. Le silence se mesure au rythme habituel de chacune : Vigie ne s'inquiète que d'un silence inhabituel.`,
  well: (count: string, total: string) => fr`${count} sources sur ${total} vont bien.`,
  health: {
    well: 'Va bien',
    silent: 'Silence inhabituel',
    failing: 'En échec',
    gone: 'Arrêtée',
    'never-polled': 'Pas encore lue',
  },
  lastSuccess: 'Dernière lecture',
  lastEntry: 'Dernière parution',
  nextPoll: 'Prochaine lecture',
  rhythm: (gap: string) => fr`parle environ toutes les ${gap}`,
  failures: (count: string, one: boolean) => (one ? `${count} échec de suite` : `${count} échecs de suite`),
  said: (message: string) => fr`message exact : ${message}`,
  pollNow: 'Lire maintenant',
  preview: 'Aperçu',
  query: 'Requête',
  never: 'jamais',
  mentions: 'Ses mentions',
  previewTitle: 'Aperçu d’une source',
  previewLead: fr`Ce que la source donne en ce moment. Rien n'est enregistré.`,
  previewEmpty: fr`La source répond, mais ne contient aucun texte.`,
  previewFailed: fr`La source n'a pas pu être lue :`,
  back: 'Toutes les sources',
  soon: 'dans les secondes qui viennent',
}

const english: typeof french = {
  title: 'Sources',
  lead: 'Where Vigie listens, and how each source does. Silence is measured against the usual rhythm of each: Vigie only worries about an unusual one.',
  well: (count, total) => `${count} of ${total} sources are well.`,
  health: {
    well: 'Well',
    silent: 'Unusually silent',
    failing: 'Failing',
    gone: 'Stopped',
    'never-polled': 'Not read yet',
  },
  lastSuccess: 'Last reading',
  lastEntry: 'Last entry',
  nextPoll: 'Next reading',
  rhythm: (gap) => `speaks about every ${gap}`,
  failures: (count, one) => (one ? `${count} failure in a row` : `${count} failures in a row`),
  said: (message) => `exact message: ${message}`,
  pollNow: 'Read now',
  preview: 'Preview',
  query: 'Query',
  never: 'never',
  mentions: 'Its mentions',
  previewTitle: 'Preview of a source',
  previewLead: 'What the source gives right now. Nothing is stored.',
  previewEmpty: 'The source answers, but holds no text.',
  previewFailed: 'The source could not be read:',
  back: 'All sources',
  soon: 'within seconds',
}

export const sourceWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

const previewMs = 20_000
const previewShown = 20

export function sourceRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/sources', async (c) => {
    const visit = c.get('visit')
    const states = new Map((await deps.store.sourceStates()).map((state) => [state.id, state]))
    return sendPage(c, deps, {
      title: sourceWords[visit.language].title,
      section: 'sources',
      body: <SourceList visit={visit} deps={deps} states={states} />,
    })
  })

  app.get('/sources/preview', async (c) => {
    const visit = c.get('visit')
    const source = requireSource(c.req.query('id') ?? '', deps)
    const looked = await look(source.id, deps)
    return sendPage(c, deps, {
      title: sourceWords[visit.language].previewTitle,
      section: 'sources',
      body: <Preview visit={visit} id={source.id} looked={looked} />,
    })
  })
}

/** Reading a source now asks no more than what the schedule does later. */
export const sourceActions: readonly Action[] = [
  {
    path: '/sources/poll',
    right: 'work',
    run: async ({ form, deps }) => {
      await deps.pollNow(requireSource(form.get('id') ?? '', deps).id)
      return { done: 'polled' }
    },
  },
]

function requireSource(id: string, { config }: PagesDeps): SourceSpec {
  const source = config.watches.flatMap((watch) => watch.sources).find((known) => known.id === id)
  if (!source) throw new PageError(404)
  return source
}

type Looked = { readonly entries: readonly Entry[] } | { readonly code: string; readonly message: string }

async function look(id: string, deps: PagesDeps): Promise<Looked> {
  try {
    return { entries: await deps.preview(id, AbortSignal.timeout(previewMs)) }
  } catch (error) {
    if (!(error instanceof VigieError)) throw error
    return { code: codeOf(error), message: error.message }
  }
}

interface ListProps {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly states: ReadonlyMap<string, SourceState>
}

const troubledFirst: readonly SourceHealth[] = ['gone', 'failing', 'silent', 'never-polled', 'well']

function SourceList({ visit, deps, states }: ListProps) {
  const { language } = visit
  const say = sourceWords[language]
  const all = deps.config.watches.flatMap((watch) => watch.sources)
  const well = all.filter(({ id }) => healthOf(states.get(id), visit.reading.now) === 'well').length
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
      </div>
      <p class="lead">{say.lead}</p>
      <p class="strong">{say.well(number(well, language), number(all.length, language))}</p>
      {deps.config.watches.map((watch) => (
        <WatchSources watch={watch} visit={visit} deps={deps} states={states} />
      ))}
    </>
  )
}

function WatchSources({ watch, visit, deps, states }: ListProps & { readonly watch: Watch }) {
  const say = sourceWords[visit.language]
  const place = ({ id }: SourceSpec) => troubledFirst.indexOf(healthOf(states.get(id), visit.reading.now))
  const sources = [...watch.sources].sort((a, b) => place(a) - place(b))
  return (
    <section class="stack" aria-labelledby={`watch-${watch.id}`}>
      <h2 id={`watch-${watch.id}`}>
        {watch.name} <span class="soft small">({words[visit.language].kind[watch.kind]})</span>
      </h2>
      <details class="plain">
        <summary class="small">{say.query}</summary>
        <p>
          <code>{describe(watch.query)}</code>
        </p>
      </details>
      <ul class="card list">
        {sources.map((source) => (
          <SourceItem source={source} state={states.get(source.id)} visit={visit} deps={deps} />
        ))}
      </ul>
    </section>
  )
}

function SourceItem({
  source,
  state,
  visit,
}: {
  readonly source: SourceSpec
  readonly state: SourceState | undefined
  readonly visit: Visit
  readonly deps: PagesDeps
}) {
  const { language, reading } = visit
  const say = sourceWords[language]
  const health = healthOf(state, reading.now)
  const gap = state?.rhythm ? howLong(Math.round(state.rhythm.usualGapMs / 60_000), language) : null
  return (
    <li class="stack">
      <div class="row between">
        <h3>
          {state?.link ? (
            <OutLink url={state.link}>{oneLine(state.title ?? source.id, 100)}</OutLink>
          ) : (
            oneLine(state?.title ?? source.id, 100)
          )}
        </h3>
        <span class={`status ${health} small`}>{say.health[health]}</span>
      </div>
      {state?.title && <p class="soft small mono">{source.id}</p>}
      {state && (health === 'failing' || health === 'gone') && (
        <div class="banner bad">
          <Icon name="warn" />
          <div>
            {failureInWords(state.lastCode ?? 'fault', language)}{' '}
            <span class="soft">
              ({say.failures(number(state.failures, language), state.failures < 2)}
              {state.lastMessage ? `; ${say.said(oneLine(state.lastMessage, 200))}` : ''})
            </span>
          </div>
        </div>
      )}
      <dl class="facts small">
        <dt>{say.lastSuccess}</dt>
        <dd>{state?.lastSuccessAt ? <Time at={state.lastSuccessAt} reading={reading} /> : say.never}</dd>
        <dt>{say.lastEntry}</dt>
        <dd>
          {state?.lastEntryAt ? <Time at={state.lastEntryAt} reading={reading} /> : say.never}
          {gap !== null && <span class="soft"> ({say.rhythm(gap)})</span>}
        </dd>
        {state && health !== 'gone' && (
          <>
            <dt>{say.nextPoll}</dt>
            <dd>
              {state.nextPollAt > reading.now ? <Time at={state.nextPollAt} reading={reading} /> : say.soon}
            </dd>
          </>
        )}
      </dl>
      <div class="row small">
        {may(visit.person, 'work') && (
          <ActButton visit={visit} to="/sources/poll" fields={{ id: source.id }} label={say.pollNow} />
        )}
        <a class="button small" href={`/sources/preview?id=${encodeURIComponent(source.id)}`}>
          {say.preview}
        </a>
        <a href={`/mentions?source=${encodeURIComponent(source.id)}`}>{say.mentions}</a>
      </div>
    </li>
  )
}

function Preview({
  visit,
  id,
  looked,
}: {
  readonly visit: Visit
  readonly id: string
  readonly looked: Looked
}) {
  const say = sourceWords[visit.language]
  return (
    <>
      <p>
        <a href="/sources" class="small">
          <Icon name="back" /> {say.back}
        </a>
      </p>
      <h1>{say.previewTitle}</h1>
      <p class="soft mono">{id}</p>
      <p class="soft">{say.previewLead}</p>
      {'code' in looked ? (
        <p class="banner bad">
          <Icon name="warn" />
          <span>
            {say.previewFailed} {failureInWords(looked.code, visit.language)}{' '}
            <span class="soft">({oneLine(looked.message, 200)})</span>
          </span>
        </p>
      ) : looked.entries.length === 0 ? (
        <p class="card empty">{say.previewEmpty}</p>
      ) : (
        <ul class="card list">
          {looked.entries.slice(0, previewShown).map((entry) => (
            <li>
              <h2>
                <OutLink url={entry.url}>{oneLine(entry.title ?? entry.text, 120)}</OutLink>
              </h2>
              <p class="byline">
                {entry.author && <span class="strong">{oneLine(entry.author, 80)}</span>}
                {entry.publishedAt && <Time at={entry.publishedAt} reading={visit.reading} />}
              </p>
              {entry.title && (
                <p class="excerpt">
                  <Outside text={entry.text} limit={400} language={entry.language} visit={visit} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
