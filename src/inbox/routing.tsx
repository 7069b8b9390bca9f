import type { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import { may, type Right } from '../triage/desk.ts'
import { Gate, Page, type Section } from './layout.tsx'
import type { PagesDeps } from './pages-deps.ts'
import type { PagesContext, PagesEnv, Visit } from './visit.ts'
import { type DoneKey, words } from './words.ts'

export type Pages = Hono<PagesEnv>

/** What the person did, told on the next page. */
export interface Done {
  /** A path of ours; absent: back to where the form stood. */
  readonly go?: string
  readonly done?: DoneKey
}

/** A change a person makes: always a POST, always with a right. */
export interface Action {
  /** After `/act`. */
  readonly path: string
  readonly right: Right
  run(act: Acting): Promise<Done>
}

export interface Acting {
  readonly visit: Visit
  readonly form: URLSearchParams
  readonly deps: PagesDeps
  param(name: string): string
}

/** The person asked for something that cannot be; the message is in their language. */
export class PageError extends Error {
  override readonly name = 'PageError'
  readonly status: 400 | 403 | 404 | 409 | 422

  constructor(status: 400 | 403 | 404 | 409 | 422, message = '') {
    super(message)
    this.status = status
  }
}

/** Registers actions. A person without the right is told so and nothing happens. */
export function registerActions(app: Pages, actions: readonly Action[], deps: PagesDeps): void {
  for (const action of actions) {
    app.post(action.path, async (c) => {
      const visit = c.get('visit')
      if (!may(visit.person, action.right)) throw new PageError(403)
      const form = c.get('form')
      const done = await action.run({ visit, form, deps, param: (name) => c.req.param(name) ?? '' })
      return goOn(c, done, form)
    })
  }
}

const doneCookie = 'vigie-done'

/** Redirects with 303, so that a reload does not act again; a script that asked for JSON gets an empty answer. */
function goOn(c: PagesContext, { go, done }: Done, form: URLSearchParams): Response {
  if (c.req.header('accept') === 'application/json') return c.body(null, 204)
  if (done)
    c.header('Set-Cookie', `${doneCookie}=${done}; Path=/; HttpOnly; SameSite=Lax; Max-Age=20`, {
      append: true,
    })
  return c.redirect(go ?? form.get('_back') ?? '/', 303)
}

/** What the person just did, once. */
export function takeDone(c: PagesContext): DoneKey | null {
  const value = getCookie(c, doneCookie)
  if (value === undefined) return null
  c.header('Set-Cookie', `${doneCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`, { append: true })
  return isDoneKey(value) ? value : null
}

function isDoneKey(value: string): value is DoneKey {
  return Object.hasOwn(words.en.done, value)
}

export interface PageContent {
  readonly title: string
  readonly section: Section | null
  readonly body: Child
  readonly status?: 200 | 404 | 422 | 429
  /** The page itself says which crises are open. */
  readonly tellsCrises?: boolean
}

/** A page of someone who is signed in. */
export async function sendPage(c: PagesContext, deps: PagesDeps, content: PageContent): Promise<Response> {
  const visit = c.get('visit')
  const say = words[visit.language]
  const [counts, toRead, crises] = await Promise.all([
    deps.pagesStore.ticketCounts(),
    deps.pagesStore.countToRead(),
    deps.store.openCrises(),
  ])
  const { new: fresh = 0, seen = 0, 'in-approval': waiting = 0 } = counts.states
  const nameOf = (id: string) => deps.config.people.get(id)?.name ?? id
  const watchOf = (id: string) => deps.config.watches.find((watch) => watch.id === id)?.name ?? id
  const frame = {
    visit,
    counts: { open: fresh + seen + waiting, toRead },
    notices: [...(deps.refusedConfig().length > 0 ? [say.refused] : [])],
    crises: content.tellsCrises
      ? []
      : crises.map(({ id, watch, leader }) => ({
          text: say.crisis(watchOf(watch), nameOf(leader)),
          page: `/crises/${id}`,
        })),
  }
  return sendHtml(
    c,
    <Page frame={frame} title={content.title} section={content.section}>
      {content.body}
    </Page>,
    content.status,
  )
}

export function sendHtml(c: PagesContext, page: Child, status: PageStatus = 200): Response {
  return c.html(`<!doctype html>${page}`, status)
}

type PageStatus = 200 | 400 | 403 | 404 | 409 | 413 | 415 | 421 | 422 | 429 | 500

/** One thing in the middle, with a way home. */
export function sendError(
  c: PagesContext,
  status: PageStatus,
  title: string,
  text: string,
  language: 'fr' | 'en',
): Response {
  if (c.req.header('accept') === 'application/json' || c.req.path.startsWith('/api/'))
    return c.json({ error: { status, message: title } }, status)
  return sendHtml(
    c,
    <Gate language={language} title={title}>
      <p>{text}</p>
      <p>
        <a class="button" href="/">
          {words[language].error.home}
        </a>
      </p>
    </Gate>,
    status,
  )
}

/** A number in an address; throws the 404 page for anything else. */
export function numberParam(value: string): number {
  if (!/^\d{1,12}$/.test(value)) throw new PageError(404)
  return Number(value)
}
