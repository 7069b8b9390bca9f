import type { ReaderLanguage } from '../domain/person.ts'
import { fr } from '../notify/mail-words.ts'
import { browserSecret, placeOf, sessionCookie, setSecretCookie } from './guards.tsx'
import { Icon } from './icons.tsx'
import { Gate } from './layout.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { type Pages, sendError, sendHtml } from './routing.tsx'
import { formTokenOf, isSameSecret, ownPath } from './security.ts'
import { askForLink, type LinkState, linkState, sessionSeconds, useLink } from './session.ts'
import type { PagesContext } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Entrer',
  lead: fr`Pas de mot de passe : Vigie vous envoie un lien par courriel.`,
  email: 'Votre adresse de courriel',
  ask: 'Recevoir le lien',
  sentTitle: 'Regardez votre courrier',
  sent: fr`Si cette adresse est celle d'une personne de Vigie, un lien vient de partir. Il est bon quinze minutes, une fois, dans ce navigateur.`,
  terminal: fr`Aucun serveur de courrier n'est réglé : le lien est écrit dans le terminal où tourne Vigie.`,
  again: 'Demander un autre lien',
  tooMany: 'Trop d’essais',
  tooManyText: fr`Attendez un quart d'heure, puis demandez un nouveau lien.`,
  welcome: 'Bienvenue',
  enterText: fr`Un clic, et vous y êtes. Ce navigateur restera connu quatorze jours après votre dernière visite.`,
  enter: 'Entrer dans Vigie',
  spent: 'Ce lien ne vaut plus',
  spentText: fr`Il a déjà servi ou il a plus de quinze minutes.`,
  other: 'Autre navigateur',
  otherText: fr`Par sécurité, ce lien ne s'ouvre que dans le navigateur où vous l'avez demandé. Copiez-le là-bas, ou demandez-en un autre ici.`,
}

const english: typeof french = {
  title: 'Sign in',
  lead: 'No password: Vigie sends you a link by mail.',
  email: 'Your mail address',
  ask: 'Send me the link',
  sentTitle: 'Look at your mail',
  sent: 'If this address belongs to one of Vigie’s people, a link has just left. It is good for fifteen minutes, once, in this browser.',
  terminal: 'No mail server is set: the link is written on the terminal where Vigie runs.',
  again: 'Ask for another link',
  tooMany: 'Too many tries',
  tooManyText: 'Wait a quarter of an hour, then ask for a new link.',
  welcome: 'Welcome',
  enterText: 'One click and you are in. This browser stays known for fourteen days after your last visit.',
  enter: 'Enter Vigie',
  spent: 'This link is no longer good',
  spentText: 'It was used already, or it is more than fifteen minutes old.',
  other: 'Another browser',
  otherText:
    'To be safe, this link opens only in the browser that asked for it. Copy it over there, or ask for another one here.',
}

export const signInWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

/** The door: asking for a link, and using it. Looking at either page changes nothing. */
export function signInRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/sign-in', (c) => {
    const language = languageOf(c, deps)
    const say = signInWords[language]
    const token = formTokenOf(browserSecret(c, deps))
    return sendHtml(
      c,
      <Gate language={language} title={say.title}>
        <p class="soft">{say.lead}</p>
        <form method="post" action="/sign-in" class="stack">
          <input type="hidden" name="_token" value={token} />
          <input type="hidden" name="to" value={ownPath(c.req.query('to'), deps.config.pages.url)} />
          <div>
            <label for="email">{say.email}</label>
            <input id="email" name="email" type="email" autocomplete="email" required maxlength={200} />
          </div>
          <button type="submit" class="main">
            {say.ask}
          </button>
        </form>
      </Gate>,
    )
  })

  app.post('/sign-in', async (c) => {
    const language = languageOf(c, deps)
    const say = signInWords[language]
    const browser = browserSecret(c, deps)
    const form = c.get('form')
    if (!isSameSecret(form.get('_token') ?? '', formTokenOf(browser))) return stale(c, language)
    const asked = await askForLink(form.get('email') ?? '', placeOf(c), browser, {
      ...deps,
      // Where the person wanted to go travels in the link.
      mailSignInLink: (person, url) =>
        deps.mailSignInLink(person, withPath(url, ownPath(form.get('to') ?? '/', deps.config.pages.url))),
    })
    if (!asked.isAllowed) return sendError(c, 429, say.tooMany, say.tooManyText, language)
    // After the answer, so that a known address takes no longer than an unknown one.
    setImmediate(() => {
      asked
        .send()
        .catch((error: unknown) => deps.log.error({ err: error }, 'a sign-in link could not be sent'))
    })
    return sendHtml(
      c,
      <Gate language={language} title={say.sentTitle}>
        <p>
          <Icon name="outbox" /> {say.sent}
        </p>
        {deps.config.mail.smtp === null && <p class="banner warn">{say.terminal}</p>}
        <p>
          <a href="/sign-in">{say.again}</a>
        </p>
      </Gate>,
    )
  })

  app.get('/sign-in/:token', async (c) => {
    const language = languageOf(c, deps)
    const say = signInWords[language]
    const browser = browserSecret(c, deps)
    const token = c.req.param('token')
    const state = await linkState(token, browser, deps)
    if (state !== 'good') return refused(c, state, language)
    return sendHtml(
      c,
      <Gate language={language} title={say.welcome}>
        <p class="soft">{say.enterText}</p>
        <form method="post" action={`/sign-in/${token}`}>
          <input type="hidden" name="_token" value={formTokenOf(browser)} />
          <input type="hidden" name="to" value={ownPath(c.req.query('to'), deps.config.pages.url)} />
          <button type="submit" class="main">
            {say.enter}
          </button>
        </form>
      </Gate>,
    )
  })

  app.post('/sign-in/:token', async (c) => {
    const language = languageOf(c, deps)
    const browser = browserSecret(c, deps)
    const form = c.get('form')
    if (!isSameSecret(form.get('_token') ?? '', formTokenOf(browser))) return stale(c, language)
    const used = await useLink(c.req.param('token'), browser, c.req.header('user-agent') ?? '', deps)
    if (typeof used === 'string') return refused(c, used, language)
    setSecretCookie(c, deps, sessionCookie(deps), used.secret, sessionSeconds)
    return c.redirect(ownPath(form.get('to') ?? '/', deps.config.pages.url), 303)
  })
}

function withPath(url: string, path: string): string {
  return path === '/' ? url : `${url}?to=${encodeURIComponent(path)}`
}

function stale(c: PagesContext, language: ReaderLanguage): Response {
  const { error } = words[language]
  return sendError(c, 403, error.stale, error.staleText, language)
}

function refused(c: PagesContext, state: Exclude<LinkState, 'good'>, language: ReaderLanguage): Response {
  const say = signInWords[language]
  const [title, text] = state === 'spent' ? [say.spent, say.spentText] : [say.other, say.otherText]
  return sendHtml(
    c,
    <Gate language={language} title={title}>
      <p>{text}</p>
      <p>
        <a class="button" href="/sign-in">
          {say.again}
        </a>
      </p>
    </Gate>,
    403,
  )
}

/** Nobody is known yet: what the browser prefers, else the company's language. */
export function languageOf(c: PagesContext, { config }: Pick<PagesDeps, 'config'>): ReaderLanguage {
  const wanted = (c.req.header('accept-language') ?? '').slice(0, 200).toLowerCase()
  const first = /\b(fr|en)\b/.exec(wanted)?.[1]
  return first === 'fr' || first === 'en' ? first : config.language
}
