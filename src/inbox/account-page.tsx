import type { ReaderLanguage } from '../domain/person.ts'
import { fr } from '../notify/mail-words.ts'
import { Gate } from './layout.tsx'
import type { PagesDeps } from './pages-deps.ts'
import type { Session } from './pages-store.ts'
import { Act, ActButton, ExactTime, Field, Time } from './parts.tsx'
import { type Action, type Pages, sendHtml, sendPage } from './routing.tsx'
import { languageOf } from './sign-in.tsx'
import type { PagesContext, Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Mon compte',
  email: 'Courriel',
  role: 'Rôle',
  language: 'Langue',
  languages: { fr: 'français', en: 'anglais' },
  zone: 'Fuseau horaire',
  file: fr`Ces réglages sont dans vigie.yaml.`,
  alerts: 'Courriels d’alerte',
  alertsOn: fr`Vous recevez un courriel dès qu'un ticket vous attend.`,
  alertsOff: fr`Vos alertes attendent le digest du jour.`,
  alertsNever: fr`vigie.yaml dit que vous ne recevez pas d'alerte.`,
  turnOff: 'Tout mettre dans le digest',
  turnOn: 'Recevoir les alertes dès qu’elles arrivent',
  away: 'Absence',
  awayText: fr`Pendant ces jours, les tickets vont à votre remplaçant.`,
  awayFrom: 'Premier jour',
  awayTo: 'Dernier jour',
  sessions: 'Navigateurs connus',
  thisOne: 'dernière visite',
  since: 'depuis',
  end: 'Oublier',
  signOut: 'Quitter ce navigateur',
  unsubscribeTitle: fr`Moins de courriels ?`,
  unsubscribeText: (name: string) =>
    fr`${name}, vos alertes ne partiraient plus une par une : elles attendraient le digest du jour. Vous pourrez revenir en arrière dans Mon compte.`,
  unsubscribe: 'Tout mettre dans le digest',
  unsubscribed: 'C’est fait',
  unsubscribedText: fr`Vos alertes attendent désormais le digest du jour.`,
  badLink: fr`Ce lien n'est pas le vôtre ou a été coupé en route.`,
}

const english: typeof french = {
  title: 'My account',
  email: 'Mail',
  role: 'Role',
  language: 'Language',
  languages: { fr: 'French', en: 'English' },
  zone: 'Time zone',
  file: 'These settings are in vigie.yaml.',
  alerts: 'Alert mails',
  alertsOn: 'You get a mail as soon as a ticket waits for you.',
  alertsOff: 'Your alerts wait for the daily digest.',
  alertsNever: 'vigie.yaml says that you get no alerts.',
  turnOff: 'Put everything in the digest',
  turnOn: 'Get alerts as they come',
  away: 'Absence',
  awayText: 'During these days, tickets go to your deputy.',
  awayFrom: 'First day',
  awayTo: 'Last day',
  sessions: 'Known browsers',
  thisOne: 'last visit',
  since: 'since',
  end: 'Forget',
  signOut: 'Leave this browser',
  unsubscribeTitle: 'Fewer mails?',
  unsubscribeText: (name) =>
    `${name}, your alerts would no longer leave one by one: they would wait for the daily digest. You can change that back under My account.`,
  unsubscribe: 'Put everything in the digest',
  unsubscribed: 'Done',
  unsubscribedText: 'Your alerts wait for the daily digest from now on.',
  badLink: 'This link is not yours, or it was cut on the way.',
}

export const accountWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

export function accountRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/account', async (c) => {
    const visit = c.get('visit')
    const settings = await deps.store.personSettings(visit.person.id)
    const sessions = await deps.pagesStore.sessionsOf(visit.person.id, deps.now())
    return sendPage(c, deps, {
      title: accountWords[visit.language].title,
      section: 'account',
      body: <Account visit={visit} settings={settings} sessions={sessions} />,
    })
  })
}

/** What people set about themselves. Reading is enough: it is nobody else's business. */
export const accountActions: readonly Action[] = [
  {
    path: '/account/alerts',
    right: 'read',
    run: async ({ visit, form, deps }) => {
      const value = form.get('alerts') === 'digest' ? 'digest' : 'mail'
      await deps.store.setPersonSetting(visit.person.id, 'alerts', value, deps.now())
      return { done: 'saved' }
    },
  },
  {
    path: '/account/away',
    right: 'read',
    run: async ({ visit, form, deps }) => {
      const [from, to] = [form.get('from') ?? '', form.get('to') ?? '']
      const isPeriod = isDay(from) && isDay(to) && from <= to
      await deps.store.setPersonSetting(visit.person.id, 'away-from', isPeriod ? from : '', deps.now())
      await deps.store.setPersonSetting(visit.person.id, 'away-to', isPeriod ? to : '', deps.now())
      return { done: 'saved' }
    },
  },
  {
    path: '/account/sessions/end',
    right: 'read',
    run: async ({ visit, form, deps }) => {
      const own = await deps.pagesStore.sessionsOf(visit.person.id, deps.now())
      const wanted = own.find(({ hash }) => hash === form.get('session'))
      if (wanted) await deps.pagesStore.endSession(wanted.hash)
      return { done: 'signedOut' }
    },
  },
]

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

function Account({
  visit,
  settings,
  sessions,
}: {
  readonly visit: Visit
  readonly settings: ReadonlyMap<string, string>
  readonly sessions: readonly Session[]
}) {
  const { person, language, reading } = visit
  const say = accountWords[language]
  const isDigestOnly = settings.get('alerts') === 'digest'
  return (
    <>
      <h1>{person.name}</h1>
      <section class="card pad stack">
        <dl class="facts">
          <dt>{say.email}</dt>
          <dd>{person.email}</dd>
          <dt>{say.role}</dt>
          <dd>{words[language].role[person.role]}</dd>
          <dt>{say.language}</dt>
          <dd>{say.languages[language]}</dd>
          <dt>{say.zone}</dt>
          <dd>{person.timezone}</dd>
        </dl>
        <p class="soft small">{say.file}</p>
      </section>
      <section class="card pad stack" aria-labelledby="alerts">
        <h2 id="alerts">{say.alerts}</h2>
        {person.alerts ? (
          <>
            <p>{isDigestOnly ? say.alertsOff : say.alertsOn}</p>
            <ActButton
              visit={visit}
              to="/account/alerts"
              fields={{ alerts: isDigestOnly ? 'mail' : 'digest' }}
              label={isDigestOnly ? say.turnOn : say.turnOff}
            />
          </>
        ) : (
          <p>{say.alertsNever}</p>
        )}
      </section>
      <section class="card pad stack" aria-labelledby="away">
        <h2 id="away">{say.away}</h2>
        <p class="soft">{say.awayText}</p>
        <Act visit={visit} to="/account/away" class="fields">
          <Field name="from" label={say.awayFrom} type="date" value={settings.get('away-from') ?? ''} />
          <Field name="to" label={say.awayTo} type="date" value={settings.get('away-to') ?? ''} />
          <div class="fit">
            <button type="submit">{words[language].save}</button>
          </div>
        </Act>
      </section>
      <section class="card pad stack" aria-labelledby="sessions">
        <h2 id="sessions">{say.sessions}</h2>
        <ul class="stack">
          {sessions.map((session) => (
            <li class="row between">
              <span>
                <span class="strong">{session.browser}</span>{' '}
                <span class="soft small">
                  {say.since} <ExactTime at={session.createdAt} reading={reading} />, {say.thisOne}{' '}
                  <Time at={session.usedAt} reading={reading} />
                </span>
              </span>
              <ActButton
                visit={visit}
                to="/account/sessions/end"
                fields={{ session: session.hash }}
                label={say.end}
              />
            </li>
          ))}
        </ul>
        <ActButton visit={visit} to="/sign-out" label={say.signOut} look="main" />
      </section>
    </>
  )
}

/**
 * The link at the foot of a mail (RFC 8058): looking shows a page, only a POST acts; a mail program may send that POST
 * without cookie, origin or token, because the address itself is the person's secret.
 */
export function unsubscribeRoutes(app: Pages, deps: PagesDeps): void {
  const personOf = (c: PagesContext) => {
    const [id, token] = [c.req.param('person') ?? '', c.req.param('token') ?? '']
    const person = deps.config.people.get(id)
    return person && token.length < 200 && deps.isUnsubscribeToken(person.id, token) ? person : null
  }
  const bad = (c: PagesContext) => {
    const language = languageOf(c, deps)
    return sendHtml(
      c,
      <Gate language={language} title={words[language].error.title}>
        <p>{accountWords[language].badLink}</p>
      </Gate>,
      404,
    )
  }
  app.get('/unsubscribe/:person/:token', (c) => {
    const person = personOf(c)
    if (!person) return bad(c)
    const say = accountWords[person.language]
    return sendHtml(
      c,
      <Gate language={person.language} title={say.unsubscribeTitle}>
        <p>{say.unsubscribeText(person.name)}</p>
        <form method="post" action={new URL(c.req.url).pathname}>
          <button type="submit" class="main">
            {say.unsubscribe}
          </button>
        </form>
      </Gate>,
    )
  })
  app.post('/unsubscribe/:person/:token', async (c) => {
    const person = personOf(c)
    if (!person) return bad(c)
    await deps.store.setPersonSetting(person.id, 'alerts', 'digest', deps.now())
    const say = accountWords[person.language]
    return sendHtml(
      c,
      <Gate language={person.language} title={say.unsubscribed}>
        <p>{say.unsubscribedText}</p>
      </Gate>,
    )
  })
}
