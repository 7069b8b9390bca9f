import type { Silence } from '../domain/answer.ts'
import { deadline } from '../domain/calendar.ts'
import { parseDuration } from '../domain/duration.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import { parseQuery, QuerySyntaxError } from '../domain/query.ts'
import { fr } from '../notify/mail-words.ts'
import { may } from '../triage/desk.ts'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { Act, ActButton, Field, Select, Time } from './parts.tsx'
import {
  type Acting,
  type Action,
  type Done,
  numberParam,
  PageError,
  type Pages,
  sendPage,
} from './routing.tsx'
import { ticketWords } from './ticket-words.ts'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Silences',
  lead: fr`Des mots attendus pour un temps : une panne annoncée, une campagne, une fermeture. Ce qui correspond est gardé et compté, mais n'alerte personne.`,
  none: fr`Aucun silence en ce moment : tout ce qui est négatif alerte.`,
  ends: 'finit',
  set: (name: string) => fr`posé par ${name}`,
  everywhere: 'tous les noms suivis',
  end: 'Lever',
  add: 'Poser un silence',
}

const english: typeof french = {
  title: 'Silences',
  lead: 'Words that are expected for a while: an announced outage, a campaign, a closure. What matches is kept and counted, and alerts nobody.',
  none: 'No silence right now: everything negative alerts.',
  ends: 'ends',
  set: (name) => `set by ${name}`,
  everywhere: 'every watched name',
  end: 'Lift',
  add: 'Set a silence',
}

export const silenceWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

export function silenceRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/silences', async (c) => {
    const visit = c.get('visit')
    const silences = await deps.store.silences(deps.now())
    return sendPage(c, deps, {
      title: silenceWords[visit.language].title,
      section: 'silences',
      body: <SilenceList visit={visit} deps={deps} silences={silences} />,
    })
  })
}

export const silenceActions: readonly Action[] = [
  {
    path: '/silences',
    right: 'work',
    run: (act) => setSilence(act, act.form.get('watch') || null),
  },
  {
    path: '/silences/:id/end',
    right: 'work',
    run: async ({ param, deps }) => {
      if (!(await deps.store.endSilence(numberParam(param('id')), deps.now()))) throw new PageError(404)
      return { done: 'ended' }
    },
  },
]

/** Sets a silence from a form's `query`, `for` and `reason`. */
export async function setSilence({ deps, visit, form }: Acting, watch: string | null): Promise<Done> {
  const query = (form.get('query') ?? '').trim().slice(0, 300)
  const length = parseDuration(form.get('for') ?? '')
  if (!length) throw new PageError(404)
  try {
    parseQuery(query)
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error
    throw new PageError(422, `${ticketWords[visit.language].invalidQuery} ${error.message}`)
  }
  const now = deps.now()
  await deps.store.addSilence(
    {
      query,
      watch: deps.config.watches.some(({ id }) => id === watch) ? watch : null,
      from: now,
      until: deadline(now, length, deps.config.calendar, true),
      reason: (form.get('reason') ?? '').trim().slice(0, 300),
      who: visit.person.id,
    },
    now,
  )
  return { done: 'silenced' }
}

function SilenceList({
  visit,
  deps,
  silences,
}: {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly silences: readonly Silence[]
}) {
  const { language, reading } = visit
  const say = silenceWords[language]
  const side = ticketWords[language].side
  const { config } = deps
  const mayWork = may(visit.person, 'work')
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
      </div>
      <p class="lead">{say.lead}</p>
      {silences.length === 0 ? (
        <div class="card empty">
          <Icon name="silences" />
          <p>{say.none}</p>
        </div>
      ) : (
        <ul class="card list">
          {silences.map((silence) => (
            <li class="row between">
              <div>
                <h2>
                  <code>{silence.query}</code>
                </h2>
                <p>{silence.reason}</p>
                <p class="byline">
                  <span>{config.watches.find(({ id }) => id === silence.watch)?.name ?? say.everywhere}</span>
                  <span>
                    {say.ends} <Time at={silence.until} reading={reading} />
                  </span>
                  <span>{say.set(config.people.get(silence.who)?.name ?? silence.who)}</span>
                </p>
              </div>
              {mayWork && <ActButton visit={visit} to={`/silences/${silence.id}/end`} label={say.end} />}
            </li>
          ))}
        </ul>
      )}
      {mayWork && (
        <section class="card pad stack" aria-labelledby="add">
          <h2 id="add">{say.add}</h2>
          <Act visit={visit} to="/silences" class="stack">
            <Field
              name="query"
              label={side.silenceQuery}
              hint={side.silenceHint}
              required
              maxlength={300}
              autocomplete="off"
            />
            <div class="fields">
              <Select
                name="watch"
                label={words[language].watch}
                value=""
                options={[
                  { value: '', label: say.everywhere },
                  ...config.watches.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
              <Select
                name="for"
                label={side.silenceFor}
                value="1d"
                options={Object.entries(side.snoozeOptions).map(([value, label]) => ({ value, label }))}
              />
            </div>
            <Field name="reason" label={side.silenceReason} required maxlength={300} autocomplete="off" />
            <div>
              <button type="submit" class="main">
                {side.silenceDo}
              </button>
            </div>
          </Act>
        </section>
      )}
    </>
  )
}
