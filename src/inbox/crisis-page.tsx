import { approximateMs, minuteMs } from '../domain/duration.ts'
import type { Entry } from '../domain/entry.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import type { Playbook } from '../domain/playbook.ts'
import type { Ticket } from '../domain/ticket.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { howLong, languageName, number } from '../notify/mail-formats.ts'
import { fr } from '../notify/mail-words.ts'
import { crisisReasons } from '../report/digest-view.ts'
import { draftsFor } from '../respond/draft.ts'
import type { CrisisRecord } from '../store/store.ts'
import { mayCloseCrisis } from '../triage/crisis.ts'
import { may } from '../triage/desk.ts'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { Act, CopyButton, countWords, ExactTime, Field, SeverityChip, StateChip, Time } from './parts.tsx'
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

const french = {
  title: (watch: string) => fr`Crise : ${watch}`,
  lead: fr`Plusieurs signes se rejoignent. Une personne conduit, une seule parole sort ; les alertes ordinaires de ce nom sont retenues et comptées, les critiques partent toujours.`,
  over: fr`Cette crise est close. Les alertes ordinaires partent de nouveau ; ce qui a été retenu est dans la liste.`,
  opened: 'Ouverte',
  closed: 'Close',
  closedBy: (name: string) => fr`par ${name}`,
  vigie: 'Vigie, ses signes ayant disparu',
  why: 'Pourquoi',
  leader: 'Conduit',
  deputy: 'Peut remplacer',
  marks: 'Points à tenir',
  past: 'passé',
  next: 'prochain',
  held: 'Alertes retenues',
  heldCount: (count: string, one: boolean) => (one ? `${count} alerte` : `${count} alertes`),
  heldList: 'Tickets dont l’alerte a été retenue',
  noneHeld: fr`Aucune alerte n'a été retenue.`,
  seeHeld: 'voir leurs tickets',
  heldFirst: (count: string) => fr`Les ${count} premiers.`,
  statement: 'Texte d’attente, à compléter entre crochets',
  statementIn: (language: string) => fr`Texte d'attente en ${language}`,
  playbook: fr`La fiche de crise : questions, messages suivants, ce qu'il ne faut jamais dire`,
  page: 'La crise en entier',
  close: 'Clore la crise',
  closeHint: fr`Les alertes repartent aussitôt et les points annoncés tombent. Elle ne se rouvre que pour des signes venus après.`,
  closeWhy: 'Pourquoi elle est finie',
  sayWhy: fr`Dites pourquoi la crise est finie : ceux qui lisent le point de demain le verront.`,
  alreadyClosed: fr`Cette crise est déjà close.`,
}

const english: typeof french = {
  title: (watch) => `Crisis: ${watch}`,
  lead: 'Several signs meet. One person leads and one voice speaks; ordinary alerts about this name are held and counted, critical ones still leave.',
  over: 'This crisis is closed. Ordinary alerts leave again; what was held is in the list.',
  opened: 'Opened',
  closed: 'Closed',
  closedBy: (name) => `by ${name}`,
  vigie: 'Vigie, its signs being gone',
  why: 'Why',
  leader: 'Leads',
  deputy: 'Stands in',
  marks: 'Marks to keep',
  past: 'past',
  next: 'next',
  held: 'Alerts held',
  heldCount: (count, one) => (one ? `${count} alert` : `${count} alerts`),
  heldList: 'Tickets whose alert was held',
  noneHeld: 'No alert was held.',
  seeHeld: 'see their tickets',
  heldFirst: (count) => `The first ${count}.`,
  statement: 'Holding statement, to complete between brackets',
  statementIn: (language) => `Holding statement in ${language}`,
  playbook: 'The crisis playbook: questions, next messages, what never to say',
  page: 'The whole crisis',
  close: 'Close the crisis',
  closeHint:
    'Alerts leave again at once and the marks announced are dropped. It opens again only for signs that come after.',
  closeWhy: 'Why it is over',
  sayWhy: 'Say why the crisis is over: who reads tomorrow’s digest will see it.',
  alreadyClosed: 'This crisis is closed already.',
}

export const crisisWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

const ticketsShown = 200

export function crisisRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/crises/:id', async (c) => {
    const visit = c.get('visit')
    const crisis = await deps.store.crisis(numberParam(c.req.param('id')))
    if (!crisis) throw new PageError(404)
    const held = await deps.store.ticketsHeld(crisis, ticketsShown)
    const say = crisisWords[visit.language]
    return sendPage(c, deps, {
      title: say.title(watchOf(crisis, deps)),
      section: 'tickets',
      tellsCrises: true,
      body: (
        <>
          <p class="small">
            <a href="/">
              <Icon name="back" /> {ticketWords[visit.language].back}
            </a>
          </p>
          <div class="page-head">
            <h1>{say.title(watchOf(crisis, deps))}</h1>
          </div>
          <p class="lead">{crisis.closedAt === null ? say.lead : say.over}</p>
          <section class="card pad stack wide crisis" aria-label={say.title(watchOf(crisis, deps))}>
            <Facts crisis={crisis} visit={visit} deps={deps} />
            {crisis.closedAt === null && <Statements crisis={crisis} visit={visit} deps={deps} />}
            <Close crisis={crisis} visit={visit} />
          </section>
          <Held tickets={held} visit={visit} deps={deps} />
        </>
      ),
    })
  })
}

export const crisisActions: readonly Action[] = [{ path: '/crises/:id/close', right: 'work', run: close }]

async function close({ param, form, deps, visit }: Acting): Promise<Done> {
  const say = crisisWords[visit.language]
  const crisis = await deps.store.crisis(numberParam(param('id')))
  if (!crisis) throw new PageError(404)
  if (!mayCloseCrisis(crisis, visit.person)) throw new PageError(403)
  const why = oneLine(form.get('why') ?? '', 300)
  if (why === '') throw new PageError(422, say.sayWhy)
  if (!(await deps.store.closeCrisis(crisis.id, visit.person.id, deps.now(), why)))
    throw new PageError(409, say.alreadyClosed)
  return { go: `/crises/${crisis.id}`, done: 'crisisClosed' }
}

interface CrisisProps {
  readonly crisis: CrisisRecord
  readonly visit: Visit
  readonly deps: PagesDeps
}

/** What everybody should know of an open crisis, on top of the inbox. */
export function OpenCrisis({ crisis, visit, deps }: CrisisProps) {
  const say = crisisWords[visit.language]
  const id = `crisis-${crisis.id}`
  return (
    <section class="card pad stack crisis" aria-labelledby={id}>
      <h2 id={id}>
        <Icon name="warn" /> {say.title(watchOf(crisis, deps))}
      </h2>
      <Facts crisis={crisis} visit={visit} deps={deps} />
      <Statement crisis={crisis} visit={visit} deps={deps} language={visit.language} label={say.statement} />
      <Close crisis={crisis} visit={visit} />
      <p class="small">
        <a href={`/crises/${crisis.id}`}>{say.page}</a>
      </p>
    </section>
  )
}

function Facts({ crisis, visit, deps }: CrisisProps) {
  const { language, reading } = visit
  const say = crisisWords[language]
  const nameOf = (id: string) => deps.config.people.get(id)?.name ?? id
  const reasons = crisisReasons(crisis, deps.config, language).slice(0, 8)
  return (
    <dl class="facts">
      <dt>{say.opened}</dt>
      <dd>
        <Time at={crisis.openedAt} reading={reading} />
        {crisis.ticket !== null && (
          <>
            {', '}
            <a href={`/tickets/${crisis.ticket}`}>#{crisis.ticket}</a>
          </>
        )}
      </dd>
      {crisis.closedAt !== null && (
        <>
          <dt>{say.closed}</dt>
          <dd>
            <Time at={crisis.closedAt} reading={reading} />
            {', '}
            {say.closedBy(crisis.closedBy === 'vigie' ? say.vigie : nameOf(crisis.closedBy ?? ''))}
            {crisis.closedWhy !== '' && <p>{oneLine(crisis.closedWhy, 300)}</p>}
          </dd>
        </>
      )}
      <dt>{say.why}</dt>
      <dd>
        <ul>
          {reasons.map((reason) => (
            <li>{oneLine(reason, 200)}</li>
          ))}
        </ul>
      </dd>
      <dt>{say.leader}</dt>
      <dd class="strong">{nameOf(crisis.leader)}</dd>
      {crisis.deputy !== null && (
        <>
          <dt>{say.deputy}</dt>
          <dd>{nameOf(crisis.deputy)}</dd>
        </>
      )}
      {crisis.closedAt === null && <Marks crisis={crisis} visit={visit} deps={deps} />}
      <dt>{say.held}</dt>
      <dd>
        {countWords(crisis.held, say.heldCount, visit)}
        {crisis.held > 0 && (
          <>
            {', '}
            <a href={`/crises/${crisis.id}#held`}>{say.seeHeld}</a>
          </>
        )}
      </dd>
    </dl>
  )
}

/** When the next word is due, each said in words and not by its colour alone. */
function Marks({ crisis, visit, deps }: CrisisProps) {
  const { language, reading } = visit
  const say = crisisWords[language]
  const marks = (overlayOf(deps)?.marks ?? []).map((mark) => ({
    ms: approximateMs(mark),
    at: new Date(crisis.openedAt.getTime() + approximateMs(mark)),
  }))
  const next = marks.find(({ at }) => at > reading.now)
  if (marks.length === 0) return null
  return (
    <>
      <dt>{say.marks}</dt>
      <dd class="row">
        {marks.map((mark) => (
          <span class={`chip ${mark.at <= reading.now ? 'good' : mark === next ? 'fresh' : ''}`.trim()}>
            {howLong(Math.round(mark.ms / minuteMs), language)}, <ExactTime at={mark.at} reading={reading} />
            {mark.at <= reading.now && ` (${say.past})`}
            {mark === next && ` (${say.next})`}
          </span>
        ))}
      </dd>
    </>
  )
}

/** In every language the playbook speaks, the reader's first. */
function Statements({ crisis, visit, deps }: CrisisProps) {
  const say = crisisWords[visit.language]
  const spoken = [...(overlayOf(deps)?.texts.keys() ?? [])]
  const languages = [...spoken].sort((a, b) => Number(b === visit.language) - Number(a === visit.language))
  return (
    <div class="stack">
      {languages.map((language) => (
        <Statement
          crisis={crisis}
          visit={visit}
          deps={deps}
          language={language}
          label={say.statementIn(languageName(language, visit.language))}
        />
      ))}
      {overlayOf(deps) && (
        <p class="small">
          <a href={`/playbooks/${overlayOf(deps)?.category}`}>{say.playbook}</a>
        </p>
      )}
    </div>
  )
}

function Statement({
  crisis,
  visit,
  deps,
  language,
  label,
}: CrisisProps & { readonly language: string; readonly label: string }) {
  const playbook = overlayOf(deps)
  const text = playbook ? holdingStatement(crisis, playbook, language, visit, deps) : null
  if (text === null) return null
  const id = `statement-${crisis.id}-${language}`
  return (
    <div class="row high-up">
      <details class="plain grow">
        <summary>{label}</summary>
        <pre id={id} lang={language}>
          {text}
        </pre>
      </details>
      <CopyButton of={id} visit={visit} />
    </div>
  )
}

/** The playbook's main answer, about no comment in particular, signed by who leads. */
function holdingStatement(
  crisis: CrisisRecord,
  playbook: Playbook,
  language: string,
  visit: Visit,
  deps: PagesDeps,
): string | null {
  const { config } = deps
  const watchName = watchOf(crisis, deps)
  const responder = config.people.get(crisis.leader) ?? null
  const [main] = draftsFor(playbook, nothingPublished, language, responder, visit.reading.now, {
    fallbackLanguage: config.language,
    company: config.company ?? watchName,
    watchName,
    contact: config.contact,
    zone: config.calendar.zone,
  })
  return main?.text ?? null
}

const nothingPublished: Entry = {
  id: '',
  url: null,
  title: null,
  text: '',
  author: null,
  publishedAt: null,
  language: null,
  engagement: null,
  stars: null,
}

function Close({ crisis, visit }: Pick<CrisisProps, 'crisis' | 'visit'>) {
  const say = crisisWords[visit.language]
  if (crisis.closedAt !== null || !may(visit.person, 'work') || !mayCloseCrisis(crisis, visit.person))
    return null
  return (
    <details class="plain">
      <summary>{say.close}</summary>
      <Act visit={visit} to={`/crises/${crisis.id}/close`} class="stack">
        <Field
          name="why"
          id={`why-${crisis.id}`}
          label={say.closeWhy}
          hint={say.closeHint}
          required
          maxlength={300}
          autocomplete="off"
        />
        <div>
          <button type="submit" class="main">
            {say.close}
          </button>
        </div>
      </Act>
    </details>
  )
}

function Held({
  tickets,
  visit,
  deps,
}: {
  readonly tickets: readonly Ticket[]
  readonly visit: Visit
  readonly deps: PagesDeps
}) {
  const { language, reading } = visit
  const say = crisisWords[language]
  return (
    <section class="stack" aria-labelledby="held">
      <h2 id="held">{say.heldList}</h2>
      {tickets.length === 0 ? (
        <p class="soft">{say.noneHeld}</p>
      ) : (
        <ul class="card list">
          {tickets.map((ticket) => (
            <li class="row between">
              <div>
                <h3>
                  <a href={`/tickets/${ticket.id}`}>{oneLine(ticket.title, 140)}</a>
                </h3>
                <p class="byline">
                  <span>
                    {deps.config.playbooks.get(ticket.category)?.title[language] ?? ticket.category}
                  </span>
                  <span>{deps.config.people.get(ticket.owner)?.name ?? ticket.owner}</span>
                  <Time at={ticket.openedAt} reading={reading} />
                  <span class="num">#{ticket.id}</span>
                </p>
              </div>
              <span class="row">
                <SeverityChip severity={ticket.severity} visit={visit} />
                <StateChip ticket={ticket} visit={visit} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {tickets.length === ticketsShown && (
        <p class="soft small">{say.heldFirst(number(ticketsShown, language))}</p>
      )}
    </section>
  )
}

function overlayOf({ config }: Pick<PagesDeps, 'config'>): Playbook | undefined {
  return [...config.playbooks.values()].find((playbook) => playbook.overlay)
}

function watchOf({ watch }: Pick<CrisisRecord, 'watch'>, { config }: Pick<PagesDeps, 'config'>): string {
  return config.watches.find(({ id }) => id === watch)?.name ?? watch
}
