/**
 * One key for all the addresses of one page. Only a key: what is shown is always the address as published. Redirectors
 * that carry the real address are opened, parameters that only say where the reader came from are dropped, and the
 * spellings of one site (www, m, amp, http) are one. A text that is no web address is its own key.
 */
export function canonicalUrl(url: string): string {
  return keyOf(url.trim(), 0) ?? url.trim()
}

const MOST_WRAPPINGS = 3

function keyOf(written: string, depth: number): string | null {
  const url = parse(written)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  if (depth < MOST_WRAPPINGS) {
    const wrapped = unwrapped(url)
    const key = wrapped === null ? null : keyOf(wrapped, depth + 1)
    if (key !== null) return key
  }
  const { host, path, params } = siteSpelling(url)
  const query = queryOf(host, params)
  // "#!" was how single-page sites named their pages.
  const hash = url.hash.startsWith('#!') ? url.hash : ''
  return `${host}${portOf(url)}${path}${query}${hash}`
}

/** The address inside a redirector's, as a search engine or a social network writes it; null when it is none. */
export function unwrapUrl(written: string): string | null {
  const url = parse(written)
  return url === null ? null : unwrapped(url)
}

const REDIRECTORS: readonly { host: RegExp; path: RegExp; params: readonly string[] }[] = [
  { host: /(^|\.)google\.[a-z.]{2,8}$/, path: /^\/url$/, params: ['url', 'q'] },
  { host: /^consent\.google\./, path: /./, params: ['continue'] },
  { host: /(^|\.)bing\.com$/, path: /^\/news\/apiclick\.aspx$/i, params: ['url'] },
  { host: /^lm?\.(facebook|instagram)\.com$/, path: /./, params: ['u'] },
  { host: /^(www\.)?linkedin\.com$/, path: /^\/(redir|safety)\//, params: ['url'] },
  { host: /^out\.reddit\.com$/, path: /./, params: ['url'] },
  { host: /(^|\.)youtube\.com$/, path: /^\/redirect$/, params: ['q'] },
  { host: /^steamcommunity\.com$/, path: /^\/linkfilter/, params: ['url', 'u'] },
  { host: /^duckduckgo\.com$/, path: /^\/l\/$/, params: ['uddg'] },
]

function unwrapped(url: URL): string | null {
  const host = url.hostname.toLowerCase()
  for (const redirector of REDIRECTORS) {
    if (!redirector.host.test(host) || !redirector.path.test(url.pathname)) continue
    for (const param of redirector.params) {
      const target = url.searchParams.get(param)
      if (target && /^https?:/i.test(target)) return target
    }
  }
  return null
}

/** Folds the names one site has for itself. */
function siteSpelling(url: URL): { host: string; path: string; params: URLSearchParams } {
  const host = url.hostname.replace(/\.$/, '').replace(/^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)/, '')
  const path = pathOf(url)
  if (host === 'youtu.be') {
    return { host: 'youtube.com', path: '/watch', params: new URLSearchParams({ v: path.slice(1) }) }
  }
  if (/^(?:old|np|new)\.reddit\.com$/.test(host))
    return { host: 'reddit.com', path, params: url.searchParams }
  if (host === 'twitter.com') return { host: 'x.com', path, params: url.searchParams }
  return { host, path, params: url.searchParams }
}

function pathOf(url: URL): string {
  const path = url.pathname
    .slice(0, 2000)
    .replace(/\/{2,}/g, '/')
    .replace(/;jsessionid=[^/]{0,200}/i, '')
    .replace(/\/(?:amp|index\.(?:html?|php))\/?$/i, '/')
    .replace(/\.amp(\.html)?$/i, '$1')
    .replace(/(.)\/$/, '$1')
  return path === '/' ? '' : decoded(path)
}

function decoded(path: string): string {
  try {
    return encodeURI(decodeURI(path))
  } catch {
    return path
  }
}

/** Parameters that tell where a reader came from; they never choose the page. */
const TRACKING = new RegExp(
  `^(?:${[
    'utm_\\w+|mtm_\\w+|pk_\\w+|piwik_\\w+|itm_\\w+|hsa_\\w+|_hs\\w+|__hs\\w+|fb_\\w+|vero_\\w+|oly_\\w+|guce_\\w+|at_\\w+',
    'mc_[ce]id|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|igsh|igshid|li_fat_id|epik',
    'srsltid|mkt_tok|_ga|_gl|ncid|cmpid|ocid|xtor|wt_mc|wt\\.mc_id|s_cid|sc_cid|spm|trk|trkcampaign|feature|si|ref_src',
    'ref_url|rss|from_rss|cndid|guccounter|__twitter_impression|_bhlid|amp|outputtype',
  ].join('|')})$`,
  'i',
)
const TRACKING_AT = new Map([
  ['x.com', /^[st]$/],
  ['youtube.com', /^(?:pp|ab_channel|t|list|index)$/],
  ['linkedin.com', /^(?:tracking|refid|rcm)$/i],
  ['amazon.fr', /^(?:ref|tag|th|psc|qid|sr|keywords)$/],
])

function queryOf(host: string, params: URLSearchParams): string {
  const local = TRACKING_AT.get(host)
  const kept = [...params].filter(([name]) => !TRACKING.test(name) && !local?.test(name))
  if (kept.length === 0) return ''
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const pairs = kept.map(([name, value]) => {
    const key = encodeURIComponent(name)
    return value === '' ? key : `${key}=${encodeURIComponent(value)}`
  })
  return `?${pairs.join('&')}`
}

function portOf(url: URL): string {
  return url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`
}

function parse(written: string): URL | null {
  try {
    return new URL(written)
  } catch {
    return null
  }
}
