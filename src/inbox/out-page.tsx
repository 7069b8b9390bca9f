import type { ReaderLanguage } from '../domain/person.ts'
import { fullText } from '../domain/relevance.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { fr } from '../notify/mail-words.ts'
import { type FeedFormat, type FeedItem, feedFormats } from '../report/feed-out.ts'
import { Icon } from './icons.tsx'
import { ticketFilterOf } from './inbox-page.tsx'
import { Document } from './layout.tsx'
import { mentionFilterOf } from './mentions-page.tsx'
import { NewspaperPage, newspaperOf, newspaperWords } from './newspaper.tsx'
import type { PagesDeps } from './pages-deps.ts'
import type { Share, ShareKind } from './pages-store.ts'
import { Act, ActButton, ExactTime, Field } from './parts.tsx'
import { type Action, numberParam, PageError, type Pages, sendHtml, sendPage } from './routing.tsx'
import { newSecret } from './security.ts'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Sorties',
  lead: fr`Des adresses secrètes qui montrent une liste sans entrer dans Vigie : à mettre dans un lecteur de flux, un tableau de bord, ou à partager dans l'entreprise. Qui a l'adresse peut lire ; fermez-la quand elle ne sert plus.`,
  kinds: {
    tickets: 'Flux de tickets',
    mentions: 'Flux de mentions',
    newspaper: 'Journal du matin',
    api: 'Accès pour un programme',
  },
  make: 'Créer une adresse',
  name: 'À quoi elle sert',
  namePlaceholder: 'Écran de l’accueil',
  filter: 'Filtre',
  filterText: fr`Réglez d'abord les filtres sur la page Tickets ou Mentions, puis revenez par « Recevoir cette liste en flux ».`,
  filtered: (filter: string) => fr`filtre : ${filter}`,
  everything: 'toute la liste',
  create: 'Créer',
  mine: 'Vos adresses',
  none: fr`Aucune adresse ouverte.`,
  close: 'Fermer',
  token: 'Jeton à mettre dans l’en-tête Authorization: Bearer',
  docs: 'Description OpenAPI',
  feedOf: { tickets: 'Tickets', mentions: 'Mentions' },
}

const english: typeof french = {
  title: 'Feeds out',
  lead: 'Secret addresses that show a list without signing in: for a feed reader, a dashboard, or to share inside the company. Whoever has the address can read; close it when it is no longer needed.',
  kinds: {
    tickets: 'Feed of tickets',
    mentions: 'Feed of mentions',
    newspaper: 'Morning newspaper',
    api: 'Access for a program',
  },
  make: 'Make an address',
  name: 'What it is for',
  namePlaceholder: 'Screen at the front desk',
  filter: 'Filter',
  filterText:
    'Set the filters on the page Tickets or Mentions first, then come back by “Get this list as a feed”.',
  filtered: (filter) => `filter: ${filter}`,
  everything: 'the whole list',
  create: 'Create',
  mine: 'Your addresses',
  none: 'No open address.',
  close: 'Close',
  token: 'Token for the header Authorization: Bearer',
  docs: 'OpenAPI description',
  feedOf: { tickets: 'Tickets', mentions: 'Mentions' },
}

export const outWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

const kinds = ['tickets', 'mentions', 'newspaper', 'api'] as const satisfies readonly ShareKind[]
const itemsPerFeed = 50

export function outRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/out', async (c) => {
    const visit = c.get('visit')
    const query = new URL(c.req.url).searchParams
    const shares = await deps.pagesStore.sharesOf(visit.person.id)
    return sendPage(c, deps, {
      title: outWords[visit.language].title,
      section: 'out',
      body: <OutPage visit={visit} deps={deps} query={query} shares={shares} />,
    })
  })
}

export const outActions: readonly Action[] = [
  {
    path: '/out',
    right: 'read',
    run: async ({ form, deps, visit }) => {
      const kind = kinds.find((known) => known === form.get('kind')) ?? 'tickets'
      await deps.pagesStore.addShare({
        token: newSecret(),
        kind,
        person: visit.person.id,
        name: (form.get('name') ?? '').trim().slice(0, 100),
        filter: kind === 'tickets' || kind === 'mentions' ? filterText(form.get('filter') ?? '') : '',
        createdAt: deps.now(),
        endedAt: null,
      })
      return { go: '/out', done: 'shared' }
    },
  },
  {
    path: '/out/:id/end',
    right: 'read',
    run: async ({ param, deps, visit }) => {
      if (!(await deps.pagesStore.endShare(numberParam(param('id')), visit.person.id, deps.now())))
        throw new PageError(404)
      return { go: '/out', done: 'unshared' }
    },
  },
]

/** A query string as it is kept: read once, written plainly, without what only pages need. */
function filterText(text: string): string {
  const query = new URLSearchParams(text.replace(/^\?/, '').slice(0, 1000))
  for (const name of ['after', '_token', '_back']) query.delete(name)
  return query.toString()
}

/** What a secret address shows. Anyone who has it may read, nobody may act. */
export function sharedRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/shared/:file', async (c) => {
    const match = /^([\w-]{43})(?:\.(rss|atom|json))?$/.exec(c.req.param('file'))
    const share = match?.[1] === undefined ? null : await deps.pagesStore.shareByToken(match[1])
    const person = deps.config.people.get(share?.person ?? '')
    if (!share || !person || share.kind === 'api') throw new PageError(404)
    if (share.kind === 'newspaper') {
      const { language } = deps.config
      const paper = await newspaperOf(c.req.query('day') ?? null, deps)
      return sendHtml(
        c,
        <Document language={language} title={newspaperWords[language].title}>
          <main id="content">
            <NewspaperPage paper={paper} deps={deps} language={language} visit={null} />
          </main>
        </Document>,
      )
    }
    const format = (match?.[2] ?? 'rss') as FeedFormat
    c.header('Content-Type', feedFormats[format].type)
    return c.body(feedFormats[format].write(await feedOf(share, person.id, format, deps)))
  })
}

async function feedOf(share: Share, person: string, format: FeedFormat, deps: PagesDeps) {
  const { config } = deps
  const say = outWords[config.language]
  const query = new URLSearchParams(share.filter)
  const isTickets = share.kind === 'tickets'
  const items = isTickets ? await ticketItems(query, person, deps) : await mentionItems(query, deps)
  const path = isTickets ? '/' : '/mentions'
  return {
    title: `Vigie, ${share.name || say.feedOf[isTickets ? 'tickets' : 'mentions']}`,
    link: `${config.pages.url}${path}${share.filter === '' ? '' : `?${share.filter}`}`,
    self: `${config.pages.url}/shared/${share.token}.${format}`,
    language: config.language,
    updatedAt: items[0]?.at ?? share.createdAt,
    items,
  }
}

async function ticketItems(query: URLSearchParams, person: string, deps: PagesDeps): Promise<FeedItem[]> {
  const { config, pagesStore } = deps
  const { items } = await pagesStore.ticketPage(ticketFilterOf(query, person), {
    after: null,
    limit: itemsPerFeed,
  })
  const excerpts = await pagesStore.excerptsOf(items.map(({ id }) => id))
  return items.map((ticket) => ({
    id: `${config.pages.url}/tickets/${ticket.id}`,
    title: ticket.title,
    link: `${config.pages.url}/tickets/${ticket.id}`,
    text: excerpts.get(ticket.id)?.text ?? ticket.title,
    author: excerpts.get(ticket.id)?.author ?? null,
    at: ticket.openedAt,
    tags: [ticket.severity, config.playbooks.get(ticket.category)?.title[config.language] ?? ticket.category],
  }))
}

async function mentionItems(query: URLSearchParams, deps: PagesDeps): Promise<FeedItem[]> {
  const { config, pagesStore } = deps
  const filter = mentionFilterOf(query, config.calendar.zone)
  const { items } = await pagesStore.mentionPage(filter, { after: null, limit: itemsPerFeed })
  return items.map(({ mention, judgement }) => ({
    id: `${config.pages.url}/mentions/${mention.id}`,
    title: oneLine(mention.entry.title ?? mention.entry.text, 120),
    link: mention.entry.url ?? `${config.pages.url}/mentions/${mention.id}`,
    text: fullText(mention.entry).slice(0, 20_000),
    author: mention.entry.author,
    at: mention.collectedAt,
    tags: judgement?.sure ? [judgement.polarity] : [],
  }))
}

function OutPage({
  visit,
  deps,
  query,
  shares,
}: {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly query: URLSearchParams
  readonly shares: readonly Share[]
}) {
  const { language } = visit
  const say = outWords[language]
  const wanted = kinds.find((kind) => kind === query.get('kind')) ?? 'tickets'
  const filter = filterText(query.get('filter') ?? '')
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
        <a class="button small" href="/api/openapi.json">
          {say.docs}
        </a>
      </div>
      <p class="lead">{say.lead}</p>
      <section class="stack" aria-labelledby="mine">
        <h2 id="mine">{say.mine}</h2>
        {shares.length === 0 ? (
          <div class="card empty">
            <Icon name="out" />
            <p>{say.none}</p>
          </div>
        ) : (
          <ul class="card list">
            {shares.map((share) => (
              <ShareItem share={share} visit={visit} deps={deps} />
            ))}
          </ul>
        )}
      </section>
      <section class="card pad stack" aria-labelledby="make">
        <h2 id="make">{say.make}</h2>
        <Act visit={visit} to="/out" class="stack">
          <fieldset class="check">
            <legend class="sr">{say.make}</legend>
            {kinds.map((kind) => (
              <label>
                <input type="radio" name="kind" value={kind} checked={kind === wanted} />
                <span>{say.kinds[kind]}</span>
              </label>
            ))}
          </fieldset>
          <Field
            name="name"
            label={say.name}
            placeholder={say.namePlaceholder}
            maxlength={100}
            autocomplete="off"
            required
          />
          <Field
            name="filter"
            label={say.filter}
            hint={say.filterText}
            value={filter}
            maxlength={1000}
            autocomplete="off"
          />
          <div>
            <button type="submit" class="main">
              {say.create}
            </button>
          </div>
        </Act>
      </section>
    </>
  )
}

function ShareItem({
  share,
  visit,
  deps,
}: {
  readonly share: Share
  readonly visit: Visit
  readonly deps: PagesDeps
}) {
  const say = outWords[visit.language]
  const address = `${deps.config.pages.url}/shared/${share.token}`
  return (
    <li class="stack">
      <div class="row between">
        <h3>
          {share.name} <span class="soft small">{say.kinds[share.kind]}</span>
        </h3>
        <ActButton visit={visit} to={`/out/${share.id}/end`} label={say.close} />
      </div>
      {share.kind === 'api' && (
        <p class="small">
          {say.token} <code>{share.token}</code>
        </p>
      )}
      {share.kind === 'newspaper' && (
        <p class="small">
          <a href={`/shared/${share.token}`}>{address}</a>
        </p>
      )}
      {(share.kind === 'tickets' || share.kind === 'mentions') && (
        <ul class="small">
          {(['rss', 'atom', 'json'] as const).map((format) => (
            <li>
              <a href={`/shared/${share.token}.${format}`}>{`${address}.${format}`}</a>
            </li>
          ))}
        </ul>
      )}
      <p class="byline">
        {(share.kind === 'tickets' || share.kind === 'mentions') && (
          <span>{say.filtered(share.filter === '' ? say.everything : share.filter)}</span>
        )}
        <ExactTime at={share.createdAt} reading={visit.reading} />
        <span class="sr">{words[visit.language].name}</span>
      </p>
    </li>
  )
}
