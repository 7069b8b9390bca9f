import type { ReaderLanguage } from '../domain/person.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { number } from '../notify/mail-formats.ts'
import { fr } from '../notify/mail-words.ts'
import {
  type Audit,
  auditName,
  type NetworkPresence,
  ownSites,
  type Sighting,
  type Standing,
} from '../report/audit.ts'
import { failureInWords } from '../report/failure-words.ts'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { OutLink, Outside, Time } from './parts.tsx'
import { type Pages, sendPage } from './routing.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Présence',
  lead: fr`Où un nom est présent aujourd'hui, réseau par réseau : ses comptes, les communautés qui en parlent, les simples citations. Et ce qui est officiel, ou ne l'est pas.`,
  name: 'Nom à chercher',
  search: 'Chercher',
  none: fr`Aucun réseau interrogeable n'est réglé. Ajoutez des sources qui cherchent (Mastodon, Bluesky, Hacker News, Google News…) à un nom suivi.`,
  idle: fr`Écrivez un nom. Chaque réseau est interrogé une fois, rien n'est enregistré.`,
  accounts: 'Comptes à ce nom',
  communities: 'Communautés',
  citations: 'Citations',
  nothing: fr`Rien à ce nom.`,
  failed: fr`N'a pas répondu :`,
  followers: (count: string) => fr`${count} abonnés`,
  standing: {
    official: 'Officiel',
    linked: 'Renvoie vers votre site',
    unproven: 'Rien ne prouve que c’est vous',
  },
}

const english: typeof french = {
  title: 'Presence',
  lead: 'Where a name is present today, network by network: its accounts, communities that speak of it, simple citations. And what is official, or is not.',
  name: 'Name to look for',
  search: 'Search',
  none: 'No network that can be searched is set. Add sources that search (Mastodon, Bluesky, Hacker News, Google News…) to a watch.',
  idle: 'Write a name. Each network is asked once, nothing is stored.',
  accounts: 'Accounts of that name',
  communities: 'Communities',
  citations: 'Citations',
  nothing: 'Nothing of that name.',
  failed: 'Did not answer:',
  followers: (count) => `${count} followers`,
  standing: {
    official: 'Official',
    linked: 'Points to your site',
    unproven: 'Nothing proves that it is you',
  },
}

export const presenceWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

const searchMs = 25_000

export function presenceRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/presence', async (c) => {
    const visit = c.get('visit')
    const name = (c.req.query('name') ?? '').trim().slice(0, 100)
    const { config, networks } = deps
    const official = ownSites([
      config.mail.from.address,
      ...[...config.people.values()].map(({ email }) => email),
    ])
    const audit =
      name === '' || networks.length === 0
        ? null
        : await auditName({ name, official }, networks, AbortSignal.timeout(searchMs))
    return sendPage(c, deps, {
      title: presenceWords[visit.language].title,
      section: 'presence',
      body: <PresencePage visit={visit} deps={deps} name={name} audit={audit} />,
    })
  })
}

function PresencePage({
  visit,
  deps,
  name,
  audit,
}: {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly name: string
  readonly audit: Audit | null
}) {
  const say = presenceWords[visit.language]
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
      </div>
      <p class="lead">{say.lead}</p>
      <search>
        <form method="get" action="/presence" class="filter">
          <div class="searchline">
            <input
              type="search"
              name="name"
              value={name}
              aria-label={say.name}
              placeholder={deps.config.watches[0]?.name ?? say.name}
              maxlength={100}
              required
            />
            <button type="submit">
              <Icon name="search" />
              <span>{say.search}</span>
            </button>
          </div>
        </form>
      </search>
      {deps.networks.length === 0 ? (
        <div class="card empty">
          <Icon name="presence" />
          <p>{say.none}</p>
        </div>
      ) : audit === null ? (
        <div class="card empty">
          <Icon name="presence" />
          <p>{say.idle}</p>
        </div>
      ) : (
        audit.networks.map((network) => <NetworkSection network={network} visit={visit} />)
      )}
    </>
  )
}

function NetworkSection({ network, visit }: { readonly network: NetworkPresence; readonly visit: Visit }) {
  const { language } = visit
  const say = presenceWords[language]
  const { accounts, communities, citations, failure } = network
  const isEmpty = accounts.length + communities.length + citations.length === 0
  return (
    <section class="card pad stack">
      <h2>{network.network}</h2>
      {failure && (
        <p class="banner warn">
          <Icon name="warn" />{' '}
          <span>
            {say.failed} {failureInWords(failure.code, language)}
          </span>
        </p>
      )}
      {!failure && isEmpty && <p class="soft">{say.nothing}</p>}
      <Standings title={say.accounts} standings={accounts} visit={visit} />
      <Standings title={say.communities} standings={communities} visit={visit} />
      {citations.length > 0 && (
        <details class="plain">
          <summary>
            {say.citations} ({number(citations.length, language)})
          </summary>
          <ul class="stack">
            {citations.map((sighting) => (
              <li>
                <SightingText sighting={sighting} visit={visit} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Standings({
  title,
  standings,
  visit,
}: {
  readonly title: string
  readonly standings: readonly Standing[]
  readonly visit: Visit
}) {
  const say = presenceWords[visit.language]
  if (standings.length === 0) return null
  return (
    <div class="stack">
      <h3>{title}</h3>
      <ul class="stack">
        {standings.map((standing) => (
          <li class="stack">
            <p class="row">
              <span class={`chip ${standing.standing === 'unproven' ? 'note' : 'good'}`}>
                {say.standing[standing.standing]}
              </span>
              {standing.followers !== undefined && (
                <span class="soft small">{say.followers(number(standing.followers, visit.language))}</span>
              )}
            </p>
            <SightingText sighting={standing} visit={visit} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function SightingText({ sighting, visit }: { readonly sighting: Sighting; readonly visit: Visit }) {
  return (
    <div>
      <OutLink url={sighting.url}>{oneLine(sighting.title ?? sighting.author ?? sighting.url, 120)}</OutLink>
      <p class="soft small">
        {sighting.author ? oneLine(sighting.author, 60) : words[visit.language].unknownAuthor}
        {sighting.publishedAt && (
          <>
            , <Time at={sighting.publishedAt} reading={visit.reading} />
          </>
        )}
      </p>
      {sighting.text !== '' && (
        <p class="small">
          <Outside text={sighting.text} limit={240} visit={visit} />
        </p>
      )}
    </div>
  )
}
