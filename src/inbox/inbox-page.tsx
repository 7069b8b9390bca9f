import { localDate, plusDays } from '../domain/calendar.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import { severities } from '../domain/playbook.ts'
import { dismissReasons, type Ticket } from '../domain/ticket.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { number } from '../notify/mail-formats.ts'
import { fr } from '../notify/mail-words.ts'
import { siteOf } from '../respond/draft.ts'
import type { CrisisRecord } from '../store/store.ts'
import { OpenCrisis } from './crisis-page.tsx'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import type { Excerpt, Page, TicketCounts, TicketListFilter, TicketTab, Writer } from './pages-store.ts'
import {
  addressWith,
  countWords,
  Deadline,
  MorePage,
  nextDeadline,
  Select,
  SeverityChip,
  StateChip,
  Time,
} from './parts.tsx'
import { type Pages, sendPage } from './routing.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Tickets',
  lead: fr`Chaque ligne est une affaire : un ou plusieurs commentaires négatifs sur la même chose, avec la personne qui s'en charge et le temps qui reste. La plus pressée est en haut.`,
  tabs: {
    open: 'À traiter',
    mine: 'À moi',
    approval: 'Attendent un accord',
    snoozed: 'Plus tard',
    answered: 'Répondus',
    dismissed: 'Écartés',
    all: 'Tous',
    drill: 'Exercices',
  },
  tabsLabel: 'Quels tickets',
  search: fr`Chercher dans les textes, ou un numéro : #12`,
  filters: 'Filtres',
  groups: {
    late: 'En retard',
    today: fr`Aujourd'hui`,
    tomorrow: 'Demain',
    later: 'Ensuite',
  },
  fresh: fr`Du nouveau est arrivé :`,
  reload: 'recharger la liste',
  writing: (name: string) => fr`${name} écrit une réponse`,
  openedAt: 'ouvert',
  found: (count: string, one: boolean) => (one ? `${count} ticket` : `${count} tickets`),
  moreThan: (count: string) => fr`plus de ${count} tickets`,
  keys: fr`Au clavier :`,
  keysText: fr`pour passer d'un ticket à l'autre, Entrée pour ouvrir, / pour chercher.`,
  empty: {
    open: fr`Rien à traiter. Vigie écoute ; dès qu'un commentaire négatif arrive, il sera ici.`,
    mine: fr`Rien ne vous attend.`,
    approval: fr`Aucune réponse n'attend d'accord.`,
    snoozed: fr`Rien n'est remis à plus tard.`,
    answered: fr`Aucun ticket répondu pour l'instant.`,
    dismissed: fr`Aucun ticket écarté.`,
    all: fr`Aucun ticket : rien de négatif n'a été trouvé.`,
    drill: fr`Aucun exercice. « vigie drill » en lance un.`,
    filtered: fr`Aucun ticket ne correspond. Élargissez les filtres ou les mots.`,
  },
  share: 'Recevoir cette liste en flux',
}

const english: typeof french = {
  title: 'Tickets',
  lead: 'Each line is one affair: one or more negative comments about the same thing, with the person in charge and the time left. The most pressing is on top.',
  tabs: {
    open: 'To do',
    mine: 'Mine',
    approval: 'Wait for approval',
    snoozed: 'Later',
    answered: 'Answered',
    dismissed: 'Dismissed',
    all: 'All',
    drill: 'Drills',
  },
  tabsLabel: 'Which tickets',
  search: 'Search the texts, or a number: #12',
  filters: 'Filters',
  groups: { late: 'Late', today: 'Today', tomorrow: 'Tomorrow', later: 'After that' },
  fresh: 'Something new has come:',
  reload: 'reload the list',
  writing: (name) => `${name} is writing an answer`,
  openedAt: 'opened',
  found: (count, one) => (one ? `${count} ticket` : `${count} tickets`),
  moreThan: (count) => `more than ${count} tickets`,
  keys: 'On the keyboard:',
  keysText: 'to go from ticket to ticket, Enter to open, / to search.',
  empty: {
    open: 'Nothing to do. Vigie listens; as soon as a negative comment comes, it will be here.',
    mine: 'Nothing waits for you.',
    approval: 'No answer waits for approval.',
    snoozed: 'Nothing is put off.',
    answered: 'No ticket answered yet.',
    dismissed: 'No ticket dismissed.',
    all: 'No ticket: nothing negative was found.',
    drill: 'No drill. “vigie drill” starts one.',
    filtered: 'No ticket matches. Widen the filters or the words.',
  },
  share: 'Get this list as a feed',
}

export const inboxWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

const tabs = [
  'open',
  'mine',
  'approval',
  'snoozed',
  'answered',
  'dismissed',
  'all',
] as const satisfies readonly TicketTab[]
const perPage = 40
/** Beyond so many, how many there are helps nobody. */
const countedTo = 1000
export const writerMs = 2 * 60_000

export function inboxRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/', async (c) => {
    const visit = c.get('visit')
    const query = new URL(c.req.url).searchParams
    const wantedNumber = /^#?(\d{1,12})$/.exec((query.get('q') ?? '').trim())?.[1]
    if (wantedNumber !== undefined && (await deps.store.ticket(Number(wantedNumber))))
      return c.redirect(`/tickets/${wantedNumber}`, 302)
    const filter = ticketFilterOf(query, visit.person.id)
    const page = await deps.pagesStore.ticketPage(filter, { after: query.get('after'), limit: perPage })
    const counts = await deps.pagesStore.ticketCounts()
    const total = isFiltered(query) ? await deps.pagesStore.countTickets(filter, countedTo + 1) : null
    const writers = await deps.pagesStore.writersOf(
      page.items.map(({ id }) => id),
      new Date(deps.now().getTime() - writerMs),
    )
    const excerpts = await deps.pagesStore.excerptsOf(page.items.map(({ id }) => id))
    const crises = (await deps.store.crisesSince(deps.now())).filter(({ closedAt }) => closedAt === null)
    return sendPage(c, deps, {
      title: inboxWords[visit.language].title,
      section: 'tickets',
      tellsCrises: true,
      body: (
        <Inbox
          visit={visit}
          deps={deps}
          query={query}
          filter={filter}
          page={page}
          counts={counts}
          total={total}
          writers={writers}
          excerpts={excerpts}
          crises={crises}
        />
      ),
    })
  })
}

/** What an address asks of the list; what makes no sense is left out. */
export function ticketFilterOf(query: URLSearchParams, me: string): TicketListFilter {
  const wanted = query.get('tab') ?? 'open'
  const tab = [...tabs, 'drill' as const].find((known) => known === wanted) ?? 'open'
  return {
    tab,
    owner: tab === 'mine' ? me : query.get('owner') || null,
    watch: query.get('watch') || null,
    category: query.get('category') || null,
    severity: severities.find((severity) => severity === query.get('severity')) ?? null,
    words: (query.get('q') ?? '').slice(0, 300),
  }
}

function isFiltered(query: URLSearchParams): boolean {
  return ['q', 'owner', 'watch', 'category', 'severity'].some((name) => (query.get(name) ?? '') !== '')
}

interface InboxProps {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly query: URLSearchParams
  readonly filter: TicketListFilter
  readonly page: Page<Ticket>
  readonly counts: TicketCounts
  /** Null when nothing is filtered: the tabs say it. */
  readonly total: number | null
  readonly writers: readonly Writer[]
  readonly excerpts: ReadonlyMap<number, Excerpt>
  readonly crises: readonly CrisisRecord[]
}

function Inbox(props: InboxProps) {
  const { visit, deps, query, filter, page, counts, total, crises } = props
  const say = inboxWords[visit.language]
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
      </div>
      <p class="lead">{say.lead}</p>
      {crises.map((crisis) => (
        <OpenCrisis crisis={crisis} visit={visit} deps={deps} />
      ))}
      <p class="banner" data-fresh={versionOf(counts)} hidden role="status">
        <span>
          {say.fresh} <a href={visit.here}>{say.reload}</a>
        </span>
      </p>
      <Tabs visit={visit} query={query} filter={filter} counts={counts} />
      <Filters visit={visit} deps={deps} query={query} filter={filter} />
      {total !== null && (
        <p class="soft" role="status">
          {total > countedTo
            ? say.moreThan(number(countedTo, visit.language))
            : countWords(total, say.found, visit)}
        </p>
      )}
      {page.items.length === 0 ? (
        <div class="card empty">
          <Icon name={filter.tab === 'open' ? 'sun' : 'tickets'} />
          <p>{isFiltered(query) ? say.empty.filtered : say.empty[filter.tab]}</p>
        </div>
      ) : (
        <div data-walk="">
          {groupsOf(page.items, filter, visit).map(({ name, tickets }) => (
            <section class={`group ${name ?? ''}`.trim()}>
              {name !== null && <h2>{say.groups[name]}</h2>}
              <ul class="card tickets">
                {tickets.map((ticket) => (
                  <TicketLine ticket={ticket} {...props} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      <MorePage query={query} next={page.next} isShort={false} visit={visit} />
      <p class="small no-print">
        <a
          href={`/out?${new URLSearchParams({ kind: 'tickets', filter: addressWith(query, { after: null }).slice(1) })}`}
        >
          {say.share}
        </a>
      </p>
      <p class="soft small js-only keys">
        {say.keys} <kbd>j</kbd> <kbd>k</kbd> {say.keysText}
      </p>
    </>
  )
}

/** Changes whenever the open tickets do: a page that shows an older one offers to reload. */
export function versionOf(counts: TicketCounts): string {
  const { new: fresh = 0, seen = 0, 'in-approval': waiting = 0 } = counts.states
  return `${fresh}.${seen}.${waiting}`
}

function Tabs({ visit, query, filter, counts }: Pick<InboxProps, 'visit' | 'query' | 'filter' | 'counts'>) {
  const say = inboxWords[visit.language]
  const { new: fresh = 0, seen = 0, 'in-approval': waiting = 0, snoozed = 0 } = counts.states
  const shown: Partial<Record<TicketTab, number>> = {
    open: fresh + seen + waiting,
    mine: counts.owners.get(visit.person.id) ?? 0,
    approval: waiting,
    snoozed,
  }
  const all = filter.tab === 'drill' ? [...tabs, 'drill' as const] : tabs
  return (
    <nav class="tabs" aria-label={say.tabsLabel}>
      {all.map((tab) => (
        <a
          href={addressWith(query, { tab: tab === 'open' ? null : tab, after: null }, '/')}
          aria-current={tab === filter.tab ? 'page' : undefined}
        >
          {say.tabs[tab]}
          {(shown[tab] ?? 0) > 0 && <span class="count num">{number(shown[tab] ?? 0, visit.language)}</span>}
        </a>
      ))}
    </nav>
  )
}

function Filters({ visit, deps, query, filter }: Pick<InboxProps, 'visit' | 'deps' | 'query' | 'filter'>) {
  const { language } = visit
  const say = words[language]
  const own = inboxWords[language]
  const { config } = deps
  const isNarrow = ['owner', 'watch', 'category', 'severity'].some((name) => (query.get(name) ?? '') !== '')
  return (
    <search>
      <form method="get" action="/" class="filter">
        {filter.tab !== 'open' && <input type="hidden" name="tab" value={filter.tab} />}
        <div class="searchline">
          <input
            type="search"
            name="q"
            value={filter.words}
            aria-label={own.search}
            placeholder={own.search}
            maxlength={300}
          />
          <button type="submit">
            <Icon name="search" />
            <span class="sr">{say.search}</span>
          </button>
        </div>
        <details class="plain" open={isNarrow}>
          <summary class="small">{own.filters}</summary>
          <div class="fields">
            <Select
              name="watch"
              label={say.watch}
              value={filter.watch ?? ''}
              options={[
                anyOf(say.all),
                ...config.watches.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <Select
              name="category"
              label={say.category}
              value={filter.category ?? ''}
              options={[
                anyOf(say.any),
                ...[...config.playbooks.values()].map(({ category, title }) => ({
                  value: category,
                  label: title[language],
                })),
              ]}
            />
            <Select
              name="severity"
              label={say.severityLabel}
              value={filter.severity ?? ''}
              options={[
                anyOf(say.any),
                ...[...severities]
                  .reverse()
                  .map((severity) => ({ value: severity, label: say.severity[severity] })),
              ]}
            />
            {filter.tab !== 'mine' && (
              <Select
                name="owner"
                label={say.owner}
                value={filter.owner ?? ''}
                options={[
                  anyOf(say.all),
                  ...[...config.people.values()].map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
            <div class="fit row">
              <button type="submit">{say.apply}</button>
              {isFiltered(query) && (
                <a class="button" href={filter.tab === 'open' ? '/' : `/?tab=${filter.tab}`}>
                  {say.clear}
                </a>
              )}
            </div>
          </div>
        </details>
      </form>
    </search>
  )
}

function anyOf(label: string) {
  return { value: '', label }
}

type GroupName = keyof typeof french.groups

/** Open tickets by the day of their deadline; closed ones in one piece. */
function groupsOf(
  tickets: readonly Ticket[],
  filter: TicketListFilter,
  { reading }: Visit,
): { name: GroupName | null; tickets: Ticket[] }[] {
  const groups: { name: GroupName | null; tickets: Ticket[] }[] = []
  const today = localDate(reading.now, reading.zone)
  const nameOf = (ticket: Ticket): GroupName | null => {
    const next = filter.tab === 'all' ? null : nextDeadline(ticket)
    if (!next) return null
    if (next.at < reading.now) return 'late'
    const day = localDate(next.at, reading.zone)
    return day <= today ? 'today' : day === plusDays(today, 1) ? 'tomorrow' : 'later'
  }
  for (const ticket of tickets) {
    const name = nameOf(ticket)
    const last = groups.at(-1)
    if (last?.name === name) last.tickets.push(ticket)
    else groups.push({ name, tickets: [ticket] })
  }
  return groups
}

function TicketLine({ ticket, visit, deps, writers, excerpts }: InboxProps & { readonly ticket: Ticket }) {
  const { language, reading } = visit
  const say = words[language]
  const { config } = deps
  const nameOf = (id: string) => config.people.get(id)?.name ?? id
  const writing = writers.filter((writer) => writer.ticket === ticket.id && writer.person !== visit.person.id)
  const isNew = ticket.state === 'new'
  const reason = dismissReasons.find((known) => known === ticket.dismissReason)
  return (
    <li class={`${ticket.severity} ${isNew ? 'is-new' : ''}`.trim()}>
      <div>
        <a class="title" href={`/tickets/${ticket.id}`}>
          {oneLine(ticket.title, 140)}
        </a>
        <ExcerptLine excerpt={excerpts.get(ticket.id)} ticket={ticket} />
        <p class="meta">
          <span class="strong">
            {config.playbooks.get(ticket.category)?.title[language] ?? ticket.category}
          </span>
          {config.watches.length > 1 && (
            <span>{config.watches.find((watch) => watch.id === ticket.watch)?.name ?? ticket.watch}</span>
          )}
          {(ticket.mentionCount > 1 || ticket.authorCount > 1) && (
            <span>
              {countWords(ticket.mentionCount, say.texts, visit)},{' '}
              {countWords(ticket.authorCount, say.authors, visit)}
            </span>
          )}
          <span>{nameOf(ticket.owner)}</span>
          <span>
            <Time at={ticket.openedAt} reading={reading} />
          </span>
          <span class="num">#{ticket.id}</span>
        </p>
        {writing.map(({ person }) => (
          <p class="small">
            <span class="chip note">
              <Icon name="pen" /> {inboxWords[language].writing(nameOf(person))}
            </span>
          </p>
        ))}
      </div>
      <div class="side-facts">
        <Deadline ticket={ticket} visit={visit} />
        <span class="row">
          {ticket.drill && <span class="chip note">{say.drill}</span>}
          {(ticket.severity === 'critical' || ticket.severity === 'high') && (
            <SeverityChip severity={ticket.severity} visit={visit} />
          )}
          <StateChip ticket={ticket} visit={visit} />
        </span>
        {ticket.state === 'dismissed' && reason && (
          <span class="soft small">{say.dismissReason[reason]}</span>
        )}
        {ticket.state === 'snoozed' && ticket.againAt && (
          <span class="soft small">
            <Time at={ticket.againAt} reading={reading} />
          </span>
        )}
      </div>
    </li>
  )
}

/** Who says what, when the title does not say it already. */
function ExcerptLine({
  excerpt,
  ticket,
}: {
  readonly excerpt: Excerpt | undefined
  readonly ticket: Ticket
}) {
  if (!excerpt) return null
  const text = oneLine(excerpt.text, 220)
  const isTold = ticket.title.replace(/…$/, '').startsWith(text.slice(0, 40))
  const who = [excerpt.author === null ? '' : oneLine(excerpt.author, 40), siteOf(excerpt.url)].filter(
    Boolean,
  )
  return (
    <p class="excerpt">
      {who.length > 0 && <span>{who.join(', ')}</span>}
      {who.length > 0 && !isTold && ': '}
      {!isTold && text}
    </p>
  )
}
