import { z } from 'zod'
import { line, strict } from '../config/schemas.ts'
import type { Entry } from '../domain/entry.ts'
import { connector } from './connector.ts'
import { changedSource, joinedSource } from './joined.ts'
import { urlWith } from './json-source.ts'
import { rssSource } from './rss.ts'
import { queriesFor } from './search-terms.ts'

/**
 * `- google-news` or `- google-news: { editions: [fr-BE, en-GB] }`. The search of Google News as RSS: no key,
 * undocumented, about a hundred results, no pages; fifteen minutes between visits at least. The link is Google's own
 * token, which only a browser opens: the same story through another source is recognised by its title.
 */
const edition = z
  .string()
  .regex(/^[a-z]{2}-[A-Z]{2}$/, 'an edition is a language and a country, such as fr-BE')
const schema = strict({ editions: z.array(edition).min(1).max(6).optional(), during: line.default('7d') })

const COUNTRY_OF: Readonly<Record<string, string>> = {
  fr: 'FR',
  en: 'GB',
  nl: 'NL',
  de: 'DE',
  it: 'IT',
  es: 'ES',
}
const STYLE = { or: ' OR ', not: '-', longest: 500, most: 3 }

export const googleNews = connector({
  kind: 'google-news',
  schema,
  isSearch: true,
  build: (settings, { sourceId, terms, languages }, deps) => {
    const editions = settings.editions ?? editionsFor(languages)
    const queries = queriesFor(terms, STYLE)
    const parts = editions.flatMap((edition) =>
      queries.map((query) => searchUrl(`${query} when:${settings.during}`, edition)),
    )
    return joinedSource(
      sourceId,
      parts.map((url) => changedSource(rssSource({ id: url, url }, deps), tidied)),
    )
  },
})

function editionsFor(languages: readonly string[]): readonly string[] {
  const known = languages.flatMap((language) => {
    const country = COUNTRY_OF[language]
    return country === undefined ? [] : [`${language}-${country}`]
  })
  return known.length === 0 ? ['fr-FR', 'en-GB'] : known
}

function searchUrl(query: string, edition: string): string {
  const [language = '', country = ''] = edition.split('-')
  const locale = language === 'en' ? edition : language
  return urlWith('https://news.google.com/rss/search', {
    q: query,
    hl: locale,
    gl: country,
    ceid: `${country}:${language}`,
  })
}

/** The title ends in the paper's name, and the text only says both again. */
function tidied(entry: Entry): Entry {
  const cut = /^(.{3,}) - ([^-]{2,60})$/.exec(entry.title ?? '')
  if (!cut?.[1] || !cut[2]) return entry
  const saysNothingNew = entry.text.startsWith(cut[1])
  return { ...entry, title: cut[1], author: cut[2], text: saysNothingNew ? '' : entry.text }
}
