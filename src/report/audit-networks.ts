import { z } from 'zod'
import type { Fetcher } from '../collect/fetcher.ts'
import { plainText } from '../collect/plain-text.ts'
import { VigieError } from '../domain/errors.ts'
import { bearsName, type NetworkSearch, type Sighting } from './audit.ts'

interface NetworkDeps {
  readonly fetcher: Pick<Fetcher, 'fetch'>
}

/** A public directory that is asked for a name without a key, and how its answer is read. */
interface Directory<Page, Item> {
  readonly network: string
  url(name: string): string
  readonly page: z.ZodType<Page>
  items(page: Page): readonly unknown[]
  readonly item: z.ZodType<Item>
  sighting(item: Item): Found
}

type Found = Pick<Sighting, 'url'> & Partial<Sighting>

/** Accounts and communities of a name, and articles about it, where they may be asked for without a key. */
export function directories(languages: readonly string[], deps: NetworkDeps): NetworkSearch[] {
  return [
    ...[mastodonAccounts, blueskyAccounts, lemmyCommunities, peertubeChannels].map((one) => one(deps)),
    ...[dailymotionAccounts, githubAccounts].map((one) => one(deps)),
    ...languages.map((language) => wikipediaArticles(language, deps)),
  ]
}

function directory<Page, Item>(given: Directory<Page, Item>, deps: NetworkDeps): NetworkSearch {
  return {
    network: given.network,
    search: async (name, signal) => {
      const page = given.page.safeParse(await readJson(given.url(name), signal, deps))
      if (!page.success) throw unexpected(given.url(name))
      return given.items(page.data).flatMap((written) => {
        const item = given.item.safeParse(written)
        if (!item.success) return []
        const found = { ...nothingSaid, ...given.sighting(item.data) }
        // Directories are generous: half of a name, or something like it, is enough for them to propose an account.
        const isOurs = found.kind === 'post' || bearsName(`${found.url} ${found.title} ${found.author}`, name)
        return isOurs ? [found] : []
      })
    },
  }
}

const nothingSaid = { title: null, text: '', author: null, publishedAt: null }

async function readJson(url: string, signal: AbortSignal, { fetcher }: NetworkDeps): Promise<unknown> {
  const { body } = await fetcher.fetch({ url, signal, accept: 'json' })
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    throw unexpected(url)
  }
}

function unexpected(url: string): VigieError {
  return new VigieError('unexpected-answer', `${new URL(url).host} answers in a shape we do not know`)
}

/** Any server knows the accounts of the others that its members follow; the largest knows most. */
function mastodonAccounts(deps: NetworkDeps): NetworkSearch {
  return directory(
    {
      network: 'Mastodon',
      url: (name) =>
        address('https://mastodon.social/api/v2/search', { q: name, type: 'accounts', limit: 20 }),
      page: z.object({ accounts: z.array(z.unknown()) }),
      items: ({ accounts }) => accounts,
      item: z.object({
        url: z.string(),
        acct: z.string(),
        display_name: z.string().nullish(),
        note: z.string().nullish(),
        followers_count: z.number().nullish(),
        fields: z.array(z.object({ value: z.string(), verified_at: z.string().nullish() })).nullish(),
      }),
      sighting: ({ url, acct, display_name, note, followers_count, fields }) => ({
        url,
        kind: 'account',
        title: display_name || `@${acct}`,
        author: `@${acct}`,
        text: [note ?? '', ...(fields ?? []).map(({ value }) => value)].map(plainText).join('\n'),
        ...followersOf(followers_count),
        // The server followed the link and found one back.
        proven: (fields ?? [])
          .filter(({ verified_at }) => verified_at)
          .map(({ value }) => /https?:\/\/[^\s"'<>]{1,300}/.exec(value)?.[0] ?? ''),
      }),
    },
    deps,
  )
}

function blueskyAccounts(deps: NetworkDeps): NetworkSearch {
  return directory(
    {
      network: 'Bluesky',
      url: (name) =>
        address('https://public.api.bsky.app/xrpc/app.bsky.actor.searchActors', { q: name, limit: 25 }),
      page: z.object({ actors: z.array(z.unknown()) }),
      items: ({ actors }) => actors,
      item: z.object({
        handle: z.string(),
        displayName: z.string().nullish(),
        description: z.string().nullish(),
      }),
      sighting: ({ handle, displayName, description }) => ({
        url: `https://bsky.app/profile/${encodeURIComponent(handle)}`,
        kind: 'account',
        title: displayName || `@${handle}`,
        author: `@${handle}`,
        text: description ?? '',
        // A handle is a domain, and only its holder can take it.
        proven: [`https://${handle}`],
      }),
    },
    deps,
  )
}

function lemmyCommunities(deps: NetworkDeps): NetworkSearch {
  return directory(
    {
      network: 'Lemmy',
      url: (name) =>
        address('https://lemmy.world/api/v3/search', { q: name, type_: 'Communities', limit: 20 }),
      page: z.object({ communities: z.array(z.unknown()) }),
      items: ({ communities }) => communities,
      item: z.object({
        community: z.object({
          actor_id: z.string(),
          name: z.string(),
          title: z.string(),
          description: z.string().nullish(),
        }),
        counts: z.object({ subscribers: z.number().nullish() }),
      }),
      sighting: ({ community: { actor_id, name, title, description }, counts }) => ({
        url: actor_id,
        kind: 'community',
        title,
        author: `!${name}`,
        text: plainText(description ?? ''),
        ...followersOf(counts.subscribers),
      }),
    },
    deps,
  )
}

/** Sepia Search is the common index of PeerTube's servers. */
function peertubeChannels(deps: NetworkDeps): NetworkSearch {
  return directory(
    {
      network: 'PeerTube',
      url: (name) =>
        address('https://sepiasearch.org/api/v1/search/video-channels', { search: name, count: 15 }),
      page: z.object({ data: z.array(z.unknown()) }),
      items: ({ data }) => data,
      item: z.object({
        url: z.string(),
        name: z.string(),
        displayName: z.string(),
        description: z.string().nullish(),
        followersCount: z.number().nullish(),
      }),
      sighting: ({ url, name, displayName, description, followersCount }) => ({
        url,
        kind: 'account',
        title: displayName,
        author: name,
        text: plainText(description ?? ''),
        ...followersOf(followersCount),
      }),
    },
    deps,
  )
}

function dailymotionAccounts(deps: NetworkDeps): NetworkSearch {
  return directory(
    {
      network: 'Dailymotion',
      url: (name) =>
        address('https://api.dailymotion.com/users', {
          search: name,
          fields: 'screenname,url,description,followers_total',
          limit: 20,
        }),
      page: z.object({ list: z.array(z.unknown()) }),
      items: ({ list }) => list,
      item: z.object({
        url: z.string(),
        screenname: z.string(),
        description: z.string().nullish(),
        followers_total: z.number().nullish(),
      }),
      sighting: ({ url, screenname, description, followers_total }) => ({
        url,
        kind: 'account',
        title: screenname,
        author: screenname,
        text: description ?? '',
        ...followersOf(followers_total),
      }),
    },
    deps,
  )
}

function githubAccounts(deps: NetworkDeps): NetworkSearch {
  return directory(
    {
      network: 'GitHub',
      url: (name) => address('https://api.github.com/search/users', { q: name, per_page: 20 }),
      page: z.object({ items: z.array(z.unknown()) }),
      items: ({ items }) => items,
      item: z.object({ html_url: z.string(), login: z.string() }),
      sighting: ({ html_url, login }) => ({ url: html_url, kind: 'account', title: login, author: login }),
    },
    deps,
  )
}

function wikipediaArticles(language: string, deps: NetworkDeps): NetworkSearch {
  const site = `https://${language}.wikipedia.org`
  return directory(
    {
      network: 'Wikipedia',
      url: (name) =>
        address(`${site}/w/api.php`, {
          action: 'query',
          list: 'search',
          srsearch: `"${name.replaceAll('"', ' ')}"`,
          srlimit: 20,
          format: 'json',
        }),
      page: z.object({ query: z.object({ search: z.array(z.unknown()) }) }),
      items: ({ query }) => query.search,
      item: z.object({ title: z.string(), snippet: z.string(), timestamp: z.string() }),
      sighting: ({ title, snippet, timestamp }) => ({
        url: `${site}/wiki/${encodeURIComponent(title.replaceAll(' ', '_'))}`,
        kind: 'post',
        title,
        text: plainText(snippet),
        author: `Wikipedia (${language})`,
        publishedAt: Number.isNaN(Date.parse(timestamp)) ? null : new Date(timestamp),
      }),
    },
    deps,
  )
}

function followersOf(count: number | null | undefined): { followers?: number } {
  return typeof count === 'number' ? { followers: count } : {}
}

function address(base: string, params: Readonly<Record<string, string | number>>): string {
  const url = new URL(base)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value))
  return url.href
}

const accountSites =
  /(?:^|\.)(?:facebook\.com|instagram\.com|threads\.(?:net|com)|x\.com|twitter\.com|linkedin\.com|youtube\.com|tiktok\.com|pinterest\.[a-z.]{2,6}|bsky\.app|t\.me|twitch\.tv|vimeo\.com|dailymotion\.com|github\.com|reddit\.com|discord\.gg|untappd\.com|tripadvisor\.[a-z.]{2,6})$/
const sharing =
  /^\/(?:sharer?|share-offsite|intent|dialog|submit|watch|embed|plugins|hashtag|home|shareArticle)\b/i
const mostAnnounced = 30
const mostRead = 1_000_000

/** The accounts that a site of ours points to: what is said at home is official. */
export function ownSite(site: string, { fetcher }: NetworkDeps): NetworkSearch {
  return {
    network: site,
    isOwn: true,
    search: async (_name, signal) => {
      const answer = await fetcher.fetch({ url: `https://${site}/`, signal, accept: 'page' })
      return announcedIn(Buffer.from(answer.body).toString('utf8').slice(0, mostRead))
    },
  }
}

/** Links of a page to accounts elsewhere, each once; buttons to share are none. */
export function announcedIn(html: string): Sighting[] {
  const found = new Map<string, Sighting>()
  for (const [tag] of html.matchAll(/<a\s[^<>]{1,2000}>/gi)) {
    const written = /\shref\s{0,3}=\s{0,3}["']?(https?:\/\/[^"'<>\s]{1,500})/i.exec(tag)?.[1]
    if (written === undefined || !URL.canParse(written)) continue
    const { host, pathname } = new URL(written)
    const isMe = /\srel\s{0,3}=\s{0,3}["']?[^"'<>]{0,60}\bme\b/i.test(tag)
    if (!isMe && (!accountSites.test(host) || sharing.test(pathname))) continue
    const place = `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}`
    if (!place.includes('/')) continue
    found.set(place, { ...nothingSaid, url: written, title: place, kind: 'account' })
    if (found.size === mostAnnounced) break
  }
  return [...found.values()]
}
