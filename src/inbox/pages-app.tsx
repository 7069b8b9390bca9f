import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import type { ReaderLanguage } from '../domain/person.ts'
import { TicketActionError } from '../triage/act.ts'
import { accountActions, accountRoutes, unsubscribeRoutes } from './account-page.tsx'
import { apiRoutes } from './api.ts'
import { serveAssets } from './assets.ts'
import { crisisActions, crisisRoutes } from './crisis-page.tsx'
import { formOnly, headersAndHost, sessionCookie, signedInOnly } from './guards.tsx'
import { inboxRoutes } from './inbox-page.tsx'
import { Gate } from './layout.tsx'
import { liveCounts } from './live.ts'
import { mentionActions } from './mention-actions.ts'
import { mentionRoutes } from './mentions-page.tsx'
import { newspaperRoutes } from './newspaper.tsx'
import { numberRoutes } from './numbers-page.tsx'
import { outActions, outRoutes, sharedRoutes } from './out-page.tsx'
import { outboxRoutes } from './outbox-page.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { playbookRoutes } from './playbooks-page.tsx'
import { presenceActions, presenceRoutes } from './presence-page.tsx'
import { type Action, PageError, type Pages, registerActions, sendError, sendHtml } from './routing.tsx'
import { hashOf } from './security.ts'
import { languageOf, signInRoutes } from './sign-in.tsx'
import { silenceActions, silenceRoutes } from './silences-page.tsx'
import { sourceActions, sourceRoutes } from './sources-page.tsx'
import { spreadRoutes } from './spread-page.tsx'
import { draftText, ticketActions } from './ticket-actions.ts'
import { ticketRoutes } from './ticket-page.tsx'
import { ticketWords } from './ticket-words.ts'
import type { PagesContext, PagesEnv } from './visit.ts'
import { words } from './words.ts'

/** The responders' pages. `close` ends the connections that stay open. */
export interface PagesApp {
  readonly app: Pages
  close(): void
}

/** Everything a person may change from a page, with the right it takes. */
export const allActions: readonly Action[] = [
  ...ticketActions,
  ...mentionActions,
  ...sourceActions,
  ...silenceActions,
  ...crisisActions,
  ...accountActions,
  ...outActions,
  ...presenceActions,
]

export function pagesApp(deps: PagesDeps): PagesApp {
  const app: Pages = new Hono<PagesEnv>()
  const live = liveCounts(deps)
  app.onError((error, c) => answerError(error, c, deps))
  app.notFound((c) => {
    const language = knownLanguage(c, deps)
    const { error } = words[language]
    return sendError(c, 404, error.notFound, error.notFoundText, language)
  })
  app.use(headersAndHost(deps))
  serveAssets(app)
  unsubscribeRoutes(app, deps)
  sharedRoutes(app, deps)
  app.use(formOnly(deps))
  signInRoutes(app, deps)
  app.use(signedInOnly(deps, onceSecret(deps)))
  live.routes(app)
  inboxRoutes(app, deps)
  ticketRoutes(app, deps)
  guardRoute(app, deps)
  mentionRoutes(app, deps)
  numberRoutes(app, deps)
  spreadRoutes(app, deps)
  sourceRoutes(app, deps)
  playbookRoutes(app, deps)
  outboxRoutes(app, deps)
  silenceRoutes(app, deps)
  crisisRoutes(app, deps)
  accountRoutes(app, deps)
  newspaperRoutes(app, deps)
  outRoutes(app, deps)
  presenceRoutes(app, deps)
  apiRoutes(app, deps)
  registerActions(app, allActions, deps)
  signOutRoute(app, deps)
  return { app, close: live.close }
}

/** A key of this folder's own, made when first needed. */
function onceSecret({ store }: PagesDeps): () => Promise<string> {
  let known: Promise<string> | null = null
  const read = async () => {
    const kept = await store.setting('pages-key')
    if (kept !== null) return kept
    const made = randomBytes(32).toString('base64url')
    await store.setSetting('pages-key', made)
    return made
  }
  return () => {
    known ??= read()
    return known
  }
}

/** What speaks against an answer while it is being written. A POST because texts are long; it keeps nothing. */
function guardRoute(app: Pages, deps: PagesDeps): void {
  app.post('/tickets/:id/guard', async (c) => {
    const visit = c.get('visit')
    const ticket = await deps.store.ticket(Number(c.req.param('id')))
    if (!ticket) throw new PageError(404)
    const findings = await deps.desk.guardDraft(ticket.id, draftText({ deps, form: c.get('form') }, ticket))
    return c.json({
      findings: findings.map(({ message, isBlocking }) => ({
        message: message[visit.language],
        kind: isBlocking ? 'bad' : 'warn',
      })),
      ready: ticketWords[visit.language].answer.ready,
    })
  })
}

function signOutRoute(app: Pages, deps: PagesDeps): void {
  app.post('/sign-out', async (c) => {
    const secret = getCookie(c, sessionCookie(deps))
    if (secret !== undefined) await deps.pagesStore.endSession(hashOf(secret))
    deleteCookie(c, sessionCookie(deps), { path: '/', secure: deps.config.pages.url.startsWith('https:') })
    return c.redirect('/sign-in', 303)
  })
}

/** What a person asked for and cannot have is said in words; what is our fault is logged and admitted. */
function answerError(error: Error, c: PagesContext, deps: PagesDeps): Response {
  const language = knownLanguage(c, deps)
  const say = words[language].error
  if (error instanceof TicketActionError)
    return refuse(c, language, `${ticketWords[language].refusedByRule} ${error.message}`)
  if (error instanceof PageError) {
    if (error.status === 404) return sendError(c, 404, say.notFound, say.notFoundText, language)
    if (error.status === 403) {
      const role = words[language].role[c.get('visit').person.role]
      return sendError(c, 403, say.forbidden, say.forbiddenText(role), language)
    }
    return refuse(c, language, error.message)
  }
  deps.log.error({ err: error, path: c.req.path }, 'a page could not be made')
  return sendError(c, 500, say.fault, say.faultText, language)
}

function refuse(c: PagesContext, language: ReaderLanguage, message: string): Response {
  if (c.req.header('accept') === 'application/json') return c.json({ error: { status: 422, message } }, 422)
  const back = c.get('form')?.get('_back') ?? '/'
  return sendHtml(
    c,
    <Gate language={language} title={words[language].error.title}>
      <p class="pre">{message}</p>
      <p>
        <a class="button main" href={back}>
          {words[language].back}
        </a>
      </p>
    </Gate>,
    422,
  )
}

function knownLanguage(c: PagesContext, deps: PagesDeps): ReaderLanguage {
  return c.get('visit')?.language ?? languageOf(c, deps)
}
