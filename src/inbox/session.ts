import type { Config } from '../config.ts'
import { dayMs, hourMs, minuteMs } from '../domain/duration.ts'
import type { Person } from '../domain/person.ts'
import type { SignInStore } from './pages-store.ts'
import { hashOf, newSecret } from './security.ts'

const linkMs = 15 * minuteMs
const sessionMs = 14 * dayMs
const triesMs = 15 * minuteMs
const triesPerAddress = 5
/** An office shares one. */
const triesPerPlace = 25

export interface SignInDeps {
  readonly config: Pick<Config, 'people' | 'pages'>
  readonly pagesStore: SignInStore
  now(): Date
  mailSignInLink(person: Person, url: string): Promise<void>
}

/**
 * Asks for a link by mail. The same is done, kept and answered for an address nobody here has. False when there were too
 * many tries.
 */
export async function askForLink(
  email: string,
  place: string,
  browser: string,
  deps: SignInDeps,
): Promise<{ isAllowed: boolean; send(): Promise<void> }> {
  const now = deps.now()
  const since = new Date(now.getTime() - triesMs)
  const address = email.trim().toLowerCase().slice(0, 200)
  const byAddress = await deps.pagesStore.countTry(`mail:${hashOf(address)}`, now, since)
  const byPlace = await deps.pagesStore.countTry(`from:${place}`, now, since)
  if (byAddress > triesPerAddress || byPlace > triesPerPlace)
    return { isAllowed: false, send: async () => {} }
  const person = [...deps.config.people.values()].find((known) => known.email.toLowerCase() === address)
  const url = await makeLink(person?.id ?? '', hashOf(browser), deps)
  return {
    isAllowed: true,
    send: async () => {
      if (person) await deps.mailSignInLink(person, url)
    },
  }
}

/** A link for the person who started Vigie on this machine: good in any browser, once, for fifteen minutes. */
export function terminalLink(person: Person, deps: Omit<SignInDeps, 'mailSignInLink'>): Promise<string> {
  return makeLink(person.id, null, deps)
}

async function makeLink(
  person: string,
  browser: string | null,
  { config, pagesStore, now }: Omit<SignInDeps, 'mailSignInLink'>,
): Promise<string> {
  const token = newSecret()
  const expiresAt = new Date(now().getTime() + linkMs)
  await pagesStore.addSignInLink({ hash: hashOf(token), person, browser, expiresAt })
  return `${config.pages.url}/sign-in/${token}`
}

export type LinkState = 'good' | 'spent' | 'other-browser'

/** What a link is good for in this browser, without using it. */
export async function linkState(token: string, browser: string, deps: SignInDeps): Promise<LinkState> {
  const link = await deps.pagesStore.signInLink(hashOf(token), deps.now())
  if (!link || !deps.config.people.has(link.person)) return 'spent'
  return link.browser === null || link.browser === hashOf(browser) ? 'good' : 'other-browser'
}

/** Uses a link up and opens a session; the session's secret, or why not. */
export async function useLink(
  token: string,
  browser: string,
  agent: string,
  deps: SignInDeps,
): Promise<{ secret: string } | Exclude<LinkState, 'good'>> {
  const state = await linkState(token, browser, deps)
  if (state !== 'good') return state
  const person = await deps.pagesStore.useSignInLink(hashOf(token), deps.now())
  if (person === null) return 'spent'
  const secret = newSecret()
  const now = deps.now()
  await deps.pagesStore.addSession({
    hash: hashOf(secret),
    person,
    browser: browserName(agent),
    createdAt: now,
    usedAt: now,
    expiresAt: new Date(now.getTime() + sessionMs),
  })
  return { secret }
}

export interface SignedIn {
  readonly person: Person
  /** The session ran on by fourteen days: the cookie must too. */
  readonly isExtended: boolean
}

/** Who holds a session's secret; null when nobody does, or they are no longer among the people. */
export async function signedIn(
  secret: string,
  deps: Pick<SignInDeps, 'config' | 'pagesStore' | 'now'>,
): Promise<SignedIn | null> {
  const now = deps.now()
  const session = await deps.pagesStore.session(hashOf(secret), now)
  const person = deps.config.people.get(session?.person ?? '')
  if (!session || !person) return null
  const isExtended = now.getTime() - session.usedAt.getTime() > hourMs
  if (isExtended) {
    await deps.pagesStore.extendSession(session.hash, now, new Date(now.getTime() + sessionMs))
  }
  return { person, isExtended }
}

export const sessionSeconds = sessionMs / 1000

/** What a person recognises in a list of their sessions. */
function browserName(agent: string): string {
  const browser =
    ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(`${name}/`)) ?? 'Browser'
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) =>
    agent.includes(name),
  )
  return [browser === 'Edg' ? 'Edge' : browser, system].filter(Boolean).join(', ')
}
