import { codeOf, VigieError } from '../domain/errors.ts'
import { fold, wordsOf } from '../domain/word.ts'
import { siteOf } from '../respond/draft.ts'

/** Something found under a name on a network. */
export interface Sighting {
  readonly url: string
  readonly title: string | null
  /** What it says: a post, or how an account or a community describes itself. */
  readonly text: string
  /** Who wrote it, or the name an account gives itself. */
  readonly author: string | null
  readonly publishedAt: Date | null
  /** What the network says it is, when it says so. */
  readonly kind?: 'account' | 'community' | 'post'
  readonly followers?: number
  /** Addresses that the network checked to belong to who writes here. */
  readonly proven?: readonly string[]
}

/** One place that can be asked for a name. A network may have several. Throws VigieError when the outside world fails. */
export interface NetworkSearch {
  readonly network: string
  /** A site of ours: the accounts it points to are ours too. It is asked before the others. */
  readonly isOwn?: true
  search(name: string, signal: AbortSignal): Promise<readonly Sighting[]>
}

export interface AuditSettings {
  readonly name: string
  /** Sites that are ours beyond doubt, and addresses of accounts known to be ours. */
  readonly official: readonly string[]
}

/** Where a name is present: what it owns, where people gather about it, who merely speaks of it. */
export interface Audit {
  readonly name: string
  readonly networks: readonly NetworkPresence[]
}

export interface NetworkPresence {
  readonly network: string
  readonly accounts: readonly Standing[]
  readonly communities: readonly Standing[]
  readonly citations: readonly Sighting[]
  /** Why it, or one of its places, could not be asked; null when all answered. */
  readonly failure: { readonly code: string; readonly message: string } | null
}

/** An account or a community under the name, and whether it is ours. */
export interface Standing extends Sighting {
  /** `official`: ours beyond doubt; `linked`: it points to a site of ours; `unproven`: bears the name, nothing proves it. */
  readonly standing: 'official' | 'linked' | 'unproven'
}

/** Asks every place for a name, our own sites first; one that fails is named and does not stop the others. */
export async function auditName(
  settings: AuditSettings,
  searches: readonly NetworkSearch[],
  signal: AbortSignal,
  onAnswer: (network: string, done: number, total: number) => void = () => {},
): Promise<Audit> {
  let done = 0
  const ask = async (one: NetworkSearch): Promise<Answer> => {
    const answer = await answerOf(one, settings.name, signal)
    onAnswer(one.network, ++done, searches.length)
    return answer
  }
  const own = await Promise.all(searches.filter(({ isOwn }) => isOwn).map(ask))
  const announced = own.flatMap(({ sightings }) => sightings.map(({ url }) => url))
  const others = await Promise.all(searches.filter(({ isOwn }) => !isOwn).map(ask))
  const official = [...settings.official, ...announced]
  const networks = [...new Set(searches.map(({ network }) => network))].map((network): NetworkPresence => {
    const answers = [...own, ...others].filter((answer) => answer.network === network)
    const sightings = answers.flatMap((answer) => answer.sightings)
    const failure = answers.find((answer) => answer.failure !== null)?.failure ?? null
    return { ...sortSightings(network, sightings, { ...settings, official }), failure }
  })
  return { name: settings.name, networks }
}

interface Answer {
  readonly network: string
  readonly sightings: readonly Sighting[]
  readonly failure: NetworkPresence['failure']
}

/** A place that takes longer does not answer. */
const answerMs = 15_000

async function answerOf(
  { network, search }: NetworkSearch,
  name: string,
  signal: AbortSignal,
): Promise<Answer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMs)])
  try {
    limit.throwIfAborted()
    return { network, sightings: await search(name, limit), failure: null }
  } catch (error) {
    const code = limit.aborted && !(error instanceof VigieError) ? 'timeout' : codeOf(error)
    const message = error instanceof Error ? error.message : String(error)
    return { network, sightings: [], failure: { code, message: message.slice(0, 300) } }
  }
}

const mostOfEach = 50

/** Tells accounts, communities and citations apart. Pure. */
export function sortSightings(
  network: string,
  sightings: readonly Sighting[],
  settings: AuditSettings,
): NetworkPresence {
  const seen = new Set<string>()
  const own = sightings.filter(({ url }) => !seen.has(url) && seen.add(url))
  const standing = (sighting: Sighting) => ({ ...sighting, standing: standingOf(sighting, settings) })
  return {
    network,
    accounts: own
      .filter((one) => whatIs(one, settings) === 'account')
      .slice(0, mostOfEach)
      .map(standing),
    communities: own
      .filter((one) => whatIs(one, settings) === 'community')
      .slice(0, mostOfEach)
      .map(standing),
    citations: own.filter((one) => whatIs(one, settings) === 'post').slice(0, mostOfEach),
    failure: null,
  }
}

const communityPath = /^\/(?:r|c|m|groups?|communit(?:y|ies)|forums?|tags?|hashtag)\/[^/]+\/?$/i

function whatIs(sighting: Sighting, { name, official }: AuditSettings): 'account' | 'community' | 'post' {
  if (sighting.kind) return sighting.kind
  if (official.some((address) => isAddress(address) && isSamePlace(address, sighting.url))) return 'account'
  const path = URL.canParse(sighting.url) ? new URL(sighting.url).pathname : ''
  if (communityPath.test(path)) return 'community'
  const isProfile =
    /^\/(?:@|user\/|users\/|profile\/|in\/|company\/|channel\/)?[^/]+\/?$/i.test(path) && path.length > 1
  return isProfile && bearsName(path, name) ? 'account' : 'post'
}

/** `@lumen_beer` bears "Lumen Beer": the same letters, whatever stands between them. */
export function bearsName(handle: string, name: string): boolean {
  const letters = (text: string) => fold(text).replace(/[^\p{L}\p{N}]/gu, '')
  const inside = letters(handle)
  return inside.includes(letters(name)) || wordsOf(name).every(({ folded }) => inside.includes(folded))
}

function standingOf(sighting: Sighting, { official }: AuditSettings): Standing['standing'] {
  if (official.some((own) => (isAddress(own) ? isSamePlace(own, sighting.url) : isOnSite(sighting.url, own))))
    return 'official'
  // An account of ours elsewhere proves nothing about who links to that network.
  const isOurs = (link: string) => official.some((own) => !isAddress(own) && isOnSite(link, own))
  if (sighting.proven?.some(isOurs)) return 'official'
  return linksIn(sighting.text).some(isOurs) ? 'linked' : 'unproven'
}

function linksIn(text: string): string[] {
  const found =
    text.slice(0, 5000).match(/(?:https?:\/\/)?(?:[\p{L}\p{N}-]{1,63}\.){1,4}[\p{L}]{2,24}/gu) ?? []
  return found.slice(0, 50).map((link) => (link.startsWith('http') ? link : `https://${link}`))
}

function isAddress(own: string): boolean {
  return own.includes('://')
}

function isOnSite(url: string, site: string): boolean {
  const host = siteOf(url)
  return host === site || host.endsWith(`.${site}`)
}

function isSamePlace(one: string, other: string): boolean {
  const place = (url: string) =>
    URL.canParse(url) ? `${siteOf(url)}${new URL(url).pathname.replace(/\/$/, '')}` : url
  return place(one).toLowerCase() === place(other).toLowerCase()
}

const publicMail = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com hotmail.fr live.com live.fr yahoo.com yahoo.fr icloud.com me.com proton.me protonmail.com gmx.com gmx.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr skynet.be telenet.be proximus.be bluewin.ch'.split(
    ' ',
  ),
)

/** Sites that are ours beyond doubt, as far as the mail addresses of the configuration tell. */
export function ownSites(addresses: readonly string[]): string[] {
  const domains = addresses.map((address) => address.slice(address.lastIndexOf('@') + 1).toLowerCase())
  return [...new Set(domains)].filter((domain) => domain.includes('.') && !publicMail.has(domain))
}
