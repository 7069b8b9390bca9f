import type { SpreadText } from '../inbox/pages-store.ts'

/** Who carries an affair, and through which sites. */
export interface Spread {
  readonly sites: readonly SpreadNode[]
  readonly authors: readonly SpreadNode[]
  readonly links: readonly { readonly author: string; readonly site: string; readonly texts: number }[]
  /** Authors who carry it from one site to another, those of most sites first. */
  readonly bridges: readonly { readonly author: string; readonly sites: readonly string[] }[]
  /** Texts whose author is not named: shown under their site alone. */
  readonly unsigned: number
  readonly isCut: boolean
}

export interface SpreadNode {
  readonly name: string
  readonly texts: number
  readonly firstAt: Date
}

const mostSites = 12
const mostAuthors = 40

/** The graph of authors and sites. Large affairs are cut to those who said most; bridges are never cut. Pure. */
export function spreadOf(texts: readonly SpreadText[]): Spread {
  const sites = countBy(texts, ({ site }) => site)
  const authors = countBy(
    texts.filter(({ author }) => author !== null && author !== ''),
    ({ author }) => author ?? '',
  )
  const sitesByAuthor = new Map<string, Set<string>>()
  const links = new Map<string, { author: string; site: string; texts: number }>()
  for (const { author, site } of texts) {
    if (author === null || author === '') continue
    sitesByAuthor.set(author, (sitesByAuthor.get(author) ?? new Set()).add(site))
    const key = JSON.stringify([author, site])
    const link = links.get(key) ?? { author, site, texts: 0 }
    link.texts++
    links.set(key, link)
  }
  const bridges = [...sitesByAuthor]
    .filter(([, own]) => own.size > 1)
    .map(([author, own]) => ({ author, sites: [...own] }))
    .sort((a, b) => b.sites.length - a.sites.length)
  const isBridge = new Set(bridges.map(({ author }) => author))
  const shownSites = new Set(sites.slice(0, mostSites).map(({ name }) => name))
  const shownAuthors = [...authors]
    .sort((a, b) => Number(isBridge.has(b.name)) - Number(isBridge.has(a.name)) || b.texts - a.texts)
    .slice(0, mostAuthors)
  const names = new Set(shownAuthors.map(({ name }) => name))
  return {
    sites: sites.filter(({ name }) => shownSites.has(name)),
    authors: shownAuthors,
    links: [...links.values()].filter(({ author, site }) => names.has(author) && shownSites.has(site)),
    bridges: bridges.slice(0, mostAuthors),
    unsigned: texts.filter(({ author }) => author === null || author === '').length,
    isCut: sites.length > mostSites || authors.length > mostAuthors,
  }
}

function countBy(texts: readonly SpreadText[], keyOf: (text: SpreadText) => string): SpreadNode[] {
  const nodes = new Map<string, { name: string; texts: number; firstAt: Date }>()
  for (const text of texts) {
    const name = keyOf(text)
    const node = nodes.get(name) ?? { name, texts: 0, firstAt: text.at }
    node.texts++
    if (text.at < node.firstAt) node.firstAt = text.at
    nodes.set(name, node)
  }
  return [...nodes.values()].sort((a, b) => b.texts - a.texts)
}

export interface Placed {
  readonly name: string
  readonly kind: 'site' | 'author'
  readonly texts: number
  readonly isBridge: boolean
  readonly x: number
  readonly y: number
}

const perRing = 7
const fan = 0.62

/**
 * Where each node stands, the same at every call: sites around a circle with their names above or below them, an author
 * beside their site on the other side of its name, who carries it between sites in the middle of them.
 */
export function placeSpread({ sites, authors, links, bridges }: Spread): Placed[] {
  const center = new Map<string, { x: number; y: number }>()
  sites.forEach(({ name }, index) => {
    const angle = (2 * Math.PI * index) / sites.length - Math.PI / 2
    const radius = sites.length === 1 ? 0 : 100
    center.set(name, { x: radius * 1.6 * Math.cos(angle), y: radius * Math.sin(angle) })
  })
  const carried = new Set(bridges.map(({ author }) => author))
  const turns = new Map<string, number>()
  const placedAuthors = authors.map(({ name, texts }): Placed => {
    const own = links.filter(({ author }) => author === name).flatMap(({ site }) => center.get(site) ?? [])
    const x = mean(own.map((place) => place.x))
    const y = mean(own.map((place) => place.y))
    const key = `${Math.round(x)} ${Math.round(y)}`
    const turn = turns.get(key) ?? 0
    turns.set(key, turn + 1)
    const isBridge = carried.has(name)
    const { distance, angle } = isBridge ? aroundMiddle(turn) : besideSite(turn, y)
    return {
      name,
      kind: 'author',
      texts,
      isBridge,
      x: x + distance * 1.3 * Math.cos(angle),
      y: y + distance * Math.sin(angle),
    }
  })
  const placedSites = sites.map(({ name, texts }): Placed => {
    const { x, y } = center.get(name) ?? { x: 0, y: 0 }
    return { name, kind: 'site', texts, isBridge: false, x, y }
  })
  return [...placedSites, ...placedAuthors]
}

function aroundMiddle(turn: number) {
  return { distance: 22 * Math.sqrt(turn), angle: turn * Math.PI * (3 - Math.sqrt(5)) }
}

/** In rings, fanned out on the side where the site's name is not. */
function besideSite(turn: number, y: number) {
  const place = turn % perRing
  const side = place % 2 === 0 ? 1 : -1
  const away = y < 0 ? Math.PI / 2 : -Math.PI / 2
  return {
    distance: 38 + 26 * Math.floor(turn / perRing),
    angle: away + side * (Math.floor(place / 2) + 0.5) * fan,
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
