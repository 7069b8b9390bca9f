import type { ReaderLanguage } from '../domain/person.ts'
import { fold } from '../domain/word.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { number } from '../notify/mail-formats.ts'
import { fr } from '../notify/mail-words.ts'
import type { NetworkPresence, Sighting, Standing } from '../report/audit.ts'
import { isAuditable, type KeptAudit } from '../report/audit-desk.ts'
import { failureInWords } from '../report/failure-words.ts'
import { may } from '../triage/desk.ts'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { Act, OutLink, Outside, Time } from './parts.tsx'
import { type Action, PageError, type Pages, sendPage } from './routing.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Présence',
  lead: fr`Où un nom est présent aujourd'hui, réseau par réseau : ses comptes, les communautés qui en parlent, les simples citations. Et ce qui est officiel, ou ne l'est pas.`,
  name: 'Nom à chercher',
  search: 'Chercher maintenant',
  again: 'Chercher à nouveau',
  names: 'Noms',
  none: fr`Rien n'a encore été cherché. Une recherche interroge une vingtaine de services publics, poliment, et dure une minute au plus ; son résultat est gardé ici.`,
  noneFor: (name: string) => fr`« ${name} » n'a pas encore été cherché.`,
  asking: (done: string, total: string) =>
    fr`Recherche en cours : ${done} services sur ${total} ont répondu. La page se recharge d'elle-même.`,
  at: 'Cherché',
  summary: (official: string, unproven: string) => fr`officiel : ${official}, sans preuve : ${unproven}`,
  silent: (networks: string) => fr`Rien à ce nom sur ${networks}.`,
  busy: fr`Deux recherches sont déjà en cours. Réessayez dans une minute.`,
  badName: fr`Écrivez un nom, avec au moins une lettre et 100 caractères au plus.`,
  ownSite: 'Ce que votre site annonce',
  accounts: 'Comptes à ce nom',
  communities: 'Communautés',
  citations: 'Citations',
  failed: fr`N'a pas répondu :`,
  failures: fr`N'ont pas répondu`,
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
  search: 'Look now',
  again: 'Look again',
  names: 'Names',
  none: 'Nothing has been looked for yet. A search asks some twenty public services, politely, and takes a minute at most; its result is kept here.',
  noneFor: (name) => `“${name}” has not been looked for yet.`,
  asking: (done, total) =>
    `Searching: ${done} services of ${total} have answered. The page reloads by itself.`,
  at: 'Looked for',
  summary: (official, unproven) => `official: ${official}, unproven: ${unproven}`,
  silent: (networks) => `Nothing of that name on ${networks}.`,
  busy: 'Two searches are under way already. Try again in a minute.',
  badName: 'Write a name, with a letter at least and 100 characters at most.',
  ownSite: 'What your site announces',
  accounts: 'Accounts of that name',
  communities: 'Communities',
  citations: 'Citations',
  failed: 'Did not answer:',
  failures: 'Did not answer',
  followers: (count) => `${count} followers`,
  standing: {
    official: 'Official',
    linked: 'Points to your site',
    unproven: 'Nothing proves that it is you',
  },
}

export const presenceWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

/** Seconds between two looks at a search that goes on. */
const reloadSeconds = 3

export function presenceRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/presence', async (c) => {
    const visit = c.get('visit')
    const asked = await deps.audits.names()
    const names = namesShown(asked, deps)
    const name = deps.audits.nameOf((c.req.query('name') ?? asked[0] ?? names[0] ?? '').slice(0, 100))
    const progress = deps.audits.progress(name)
    if (progress) c.header('Refresh', String(reloadSeconds))
    return sendPage(c, deps, {
      title: presenceWords[visit.language].title,
      section: 'presence',
      body: (
        <PresencePage
          visit={visit}
          names={names}
          name={name}
          audit={await deps.audits.last(name)}
          progress={progress}
        />
      ),
    })
  })
}

/** Asking the networks costs them something, so it is a gesture and not a look. */
export const presenceActions: readonly Action[] = [
  {
    path: '/presence/ask',
    right: 'work',
    run: async ({ visit, form, deps }) => {
      const name = (form.get('name') ?? '').trim()
      const say = presenceWords[visit.language]
      if (!isAuditable(name)) throw new PageError(422, say.badName)
      if (!deps.audits.ask(name)) throw new PageError(409, say.busy)
      return { go: `/presence?name=${encodeURIComponent(deps.audits.nameOf(name))}` }
    },
  },
]

/** The names we watch, then what else was looked for. */
function namesShown(asked: readonly string[], { config }: PagesDeps): string[] {
  const watched = config.watches.map(({ name }) => name)
  const known = new Set(watched.map(fold))
  return [...watched, ...asked.filter((name) => !known.has(fold(name)))]
}

interface PresenceProps {
  readonly visit: Visit
  readonly names: readonly string[]
  readonly name: string
  readonly audit: KeptAudit | null
  readonly progress: { readonly done: number; readonly total: number } | null
}

function PresencePage({ visit, names, name, audit, progress }: PresenceProps) {
  const { language } = visit
  const say = presenceWords[language]
  const count = (value: number) => number(value, language)
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
      </div>
      <p class="lead">{say.lead}</p>
      {names.length > 1 && (
        <nav class="tabs" aria-label={say.names}>
          {names.map((one) => (
            <a
              href={`/presence?name=${encodeURIComponent(one)}`}
              {...(fold(one) === fold(name) ? { 'aria-current': 'page' } : {})}
            >
              {oneLine(one, 40)}
            </a>
          ))}
        </nav>
      )}
      {may(visit.person, 'work') && progress === null && (
        <Act visit={visit} to="/presence/ask">
          <div class="searchline">
            <input type="text" name="name" value={name} aria-label={say.name} maxlength={100} required />
            <button type="submit" class={audit ? '' : 'main'}>
              <Icon name="search" />
              <span>{audit ? say.again : say.search}</span>
            </button>
          </div>
        </Act>
      )}
      {progress && (
        <p class="banner info" role="status">
          <Icon name="clock" /> <span>{say.asking(count(progress.done), count(progress.total))}</span>
        </p>
      )}
      {audit ? (
        <Found audit={audit} visit={visit} />
      ) : (
        progress === null && (
          <div class="card empty">
            <Icon name="presence" />
            {name !== '' && <p class="strong">{say.noneFor(oneLine(name, 100))}</p>}
            <p>{say.none}</p>
          </div>
        )
      )}
    </>
  )
}

function Found({ audit, visit }: { readonly audit: KeptAudit; readonly visit: Visit }) {
  const { language } = visit
  const say = presenceWords[language]
  const standings = audit.networks.flatMap(({ accounts, communities }) => [...accounts, ...communities])
  const official = standings.filter(({ standing }) => standing === 'official').length
  const unproven = standings.filter(({ standing }) => standing === 'unproven').length
  const empty = audit.networks.filter(isEmpty)
  const silent = empty.filter(({ failure }) => failure === null)
  const failed = empty.flatMap(({ network, failure }) => (failure ? [{ network, code: failure.code }] : []))
  return (
    <>
      <p class="strong">
        {oneLine(audit.name, 100)}, {say.summary(number(official, language), number(unproven, language))}{' '}
        <span class="soft small">
          {say.at} <Time at={audit.at} reading={visit.reading} />
        </span>
      </p>
      {audit.networks
        .filter((network) => !empty.includes(network))
        .map((network) => (
          <NetworkSection network={network} visit={visit} />
        ))}
      {silent.length > 0 && <p class="soft">{say.silent(silent.map(({ network }) => network).join(', '))}</p>}
      {failed.length > 0 && <Failed failed={failed} language={language} />}
    </>
  )
}

/** Those that fail for the same reason, as when there is no way out, are told in one breath. */
function Failed({
  failed,
  language,
}: {
  readonly failed: readonly { readonly network: string; readonly code: string }[]
  readonly language: ReaderLanguage
}) {
  const codes = [...new Set(failed.map(({ code }) => code))]
  const networksOf = (code: string) => failed.filter((one) => one.code === code).map(({ network }) => network)
  return (
    <section class="banner warn">
      <Icon name="warn" />
      <div>
        <h2 class="small">{presenceWords[language].failures}</h2>
        <ul>
          {codes.map((code) => (
            <li>
              {networksOf(code).join(', ')} ({failureInWords(code, language)})
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function isEmpty({ accounts, communities, citations }: NetworkPresence): boolean {
  return accounts.length + communities.length + citations.length === 0
}

function NetworkSection({ network, visit }: { readonly network: NetworkPresence; readonly visit: Visit }) {
  const { language } = visit
  const say = presenceWords[language]
  const { accounts, communities, citations, failure } = network
  return (
    <section class="card pad stack">
      <h2>
        {network.network} {network.network.includes('.') && <span class="soft small">({say.ownSite})</span>}
      </h2>
      {failure && (
        <p class="banner warn">
          <Icon name="warn" />{' '}
          <span>
            {say.failed} {failureInWords(failure.code, language)}
          </span>
        </p>
      )}
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
