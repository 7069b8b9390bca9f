import type { ReaderLanguage } from '../domain/person.ts'
import { fullText } from '../domain/relevance.ts'
import type { Ticket } from '../domain/ticket.ts'
import { clean, languageTag, oneLine, webAddress } from '../notify/mail-clean.ts'
import { csv } from '../notify/mail-csv.ts'
import type { ArchivedMention } from '../store/archive-store.ts'

/** What an export is of, for its title. */
export interface ExportAbout {
  readonly names: readonly string[]
  /** Where the pages are. */
  readonly link: string
  readonly language: ReaderLanguage
  readonly now: Date
  readonly separator: ',' | ';'
}

/** A format of export: what stands before, for each page of mentions or tickets, between, and after. */
export interface ExportFormat {
  before(about: ExportAbout): string
  mentions(page: readonly ArchivedMention[], about: ExportAbout, isFirst: boolean): string
  /** Null: the format tells of a ticket beside its mentions. */
  readonly tickets: ((page: readonly Ticket[], isFirst: boolean) => string) | null
  after(): string
}

/** Whole rows for a spreadsheet: a mention a row, its ticket beside. */
export const csvFormat: ExportFormat = {
  before: ({ separator }) => withoutEnd(csv([columns], separator)),
  // The byte order mark stands at the beginning only.
  mentions: (page, { separator }) => withoutEnd(csv(page.map(row), separator)).slice(1),
  tickets: null,
  after: () => '',
}

function withoutEnd(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/\n$/, '')
}

const columns = [
  'id',
  'watch',
  'source',
  'published',
  'collected',
  'language',
  'polarity',
  'confidence',
  'sure',
  'outcome',
  'category',
  'stars',
  'author',
  'title',
  'text',
  'url',
  'ticket',
  'ticket state',
  'ticket severity',
  'ticket owner',
  'ticket opened',
  'ticket answered',
  'answer',
]

function row({ mention, judgement, outcome, category, ticket }: ArchivedMention): string[] {
  const { entry } = mention
  return [
    mention.id,
    mention.watch,
    mention.source,
    entry.publishedAt,
    mention.collectedAt,
    judgement?.language ?? entry.language,
    judgement?.polarity,
    judgement?.confidence.toFixed(3),
    judgement?.sure,
    outcome,
    category,
    entry.stars,
    entry.author,
    entry.title,
    entry.text,
    entry.url,
    ticket?.id,
    ticket?.state,
    ticket?.severity,
    ticket?.owner,
    ticket?.openedAt,
    ticket?.answeredAt,
    ticket?.answerUrl,
  ].map((value) => (value instanceof Date ? value.toISOString() : String(value ?? '')))
}

/** One document, a mention or a ticket a line. */
export const jsonFormat: ExportFormat = {
  before: ({ now }) => `{"exportedAt":${JSON.stringify(now)},"mentions":[`,
  mentions: (page, _about, isFirst) => jsonRows(page.map(mentionJson), isFirst),
  tickets: (page, isFirst) => (isFirst ? '],"tickets":[\n' : '') + jsonRows(page.map(ticketJson), isFirst),
  after: () => ']}',
}

function jsonRows(rows: readonly unknown[], isFirst: boolean): string {
  return rows.map((one, index) => `${isFirst && index === 0 ? '' : ','}${JSON.stringify(one)}`).join('\n')
}

function mentionJson({ mention, judgement, outcome, category, ticket }: ArchivedMention) {
  const { id, watch, source, sourceKind, collectedAt, match, entry } = mention
  const { id: externalId, ...told } = entry
  return {
    id,
    watch,
    source,
    sourceKind,
    externalId,
    ...told,
    collectedAt,
    matched: [...new Set(match.spans.map((span) => span.term))],
    judgement,
    outcome,
    category,
    ticket: ticket?.id ?? null,
  }
}

function ticketJson({ reason: _reason, drill: _drill, ...ticket }: Ticket) {
  return ticket
}

/** RSS 2.0 for any reader of feeds. */
export const rssFormat: ExportFormat = {
  before: ({ names, link, now }) =>
    `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${markup(names.join(', '))}</title>
<link>${markup(link)}</link>
<description>${markup(`What is said of ${names.join(', ')}`)}</description>
<generator>Vigie</generator>
<lastBuildDate>${now.toUTCString()}</lastBuildDate>`,
  mentions: (page) => page.map(item).join('\n'),
  tickets: null,
  after: () => '</channel>\n</rss>',
}

function item({ mention, judgement, category, ticket }: ArchivedMention): string {
  const { entry } = mention
  const link = webAddress(entry.url)
  const about = [judgement?.polarity, category, ticket ? `ticket ${ticket.id}: ${ticket.state}` : null]
  return [
    '<item>',
    `<title>${markup(oneLine(entry.title || entry.text, 120))}</title>`,
    ...(link === null ? [] : [`<link>${markup(link)}</link>`]),
    `<guid isPermaLink="false">vigie:mention:${mention.id}</guid>`,
    `<pubDate>${(entry.publishedAt ?? mention.collectedAt).toUTCString()}</pubDate>`,
    ...(entry.author === null ? [] : [`<dc:creator>${markup(oneLine(entry.author, 200))}</dc:creator>`]),
    ...about.flatMap((word) => (word ? [`<category>${markup(word)}</category>`] : [])),
    // A description is HTML to most readers: escaped once for them and once for XML.
    `<description>${markup(markup(fullText(entry)).replaceAll('\n', '<br>'))}</description>`,
    '</item>',
  ].join('\n')
}

/** A page that stands alone: no script, nothing fetched. */
export const htmlFormat: ExportFormat = {
  before: ({ names, language, now }) => {
    const { title, heads } = words[language]
    return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${markup(`${title} ${names.join(', ')}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${markup(`${title} ${names.join(', ')}`)}</h1>
<p>${markup(dayOf(now, language))}</p>
<div class="wide" role="region" aria-label="${markup(title)}" tabindex="0">
<table>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>`
  },
  mentions: (page, { language }) => page.map((one) => htmlRow(one, language)).join('\n'),
  tickets: null,
  after: () => '</tbody>\n</table>\n</div>\n</main>\n</body>\n</html>',
}

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:75rem;padding:1rem;color-scheme:light dark}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #8888;padding:.4rem .6rem;text-align:start;vertical-align:top}td.text{min-width:20rem;overflow-wrap:anywhere}'

const words = {
  fr: {
    title: 'Ce qui se dit de',
    heads: ['Date', 'Polarité', 'Texte', 'Auteur', 'Ticket'],
    polarity: { negative: 'négatif', neutral: 'neutre', positive: 'positif' },
    unsure: 'pas sûr',
    states: {
      new: 'nouveau',
      seen: 'vu',
      'in-approval': 'à valider',
      answered: 'répondu',
      dismissed: 'classé',
      snoozed: 'en attente',
    },
  },
  en: {
    title: 'What is said of',
    heads: ['Date', 'Polarity', 'Text', 'Author', 'Ticket'],
    polarity: { negative: 'negative', neutral: 'neutral', positive: 'positive' },
    unsure: 'not sure',
    states: {
      new: 'new',
      seen: 'seen',
      'in-approval': 'in approval',
      answered: 'answered',
      dismissed: 'dismissed',
      snoozed: 'snoozed',
    },
  },
} as const

function htmlRow({ mention, judgement, ticket }: ArchivedMention, language: ReaderLanguage): string {
  const { entry } = mention
  const { polarity, unsure, states } = words[language]
  const at = entry.publishedAt ?? mention.collectedAt
  const link = webAddress(entry.url)
  const lang = languageTag(judgement?.language ?? entry.language)
  const title = oneLine(entry.title ?? '', 300)
  const verdict = judgement ? `${polarity[judgement.polarity]}${judgement.sure ? '' : ` (${unsure})`}` : ''
  const head =
    link === null
      ? markup(title)
      : `<a href="${markup(link)}" rel="noreferrer nofollow">${markup(title || link)}</a>`
  return [
    '<tr>',
    `<td><time datetime="${at.toISOString()}">${markup(dayOf(at, language))}</time></td>`,
    `<td>${verdict}</td>`,
    `<td class="text"${lang ? ` lang="${lang}"` : ''}>${head ? `${head}<br>` : ''}${markup(entry.text).replaceAll('\n', '<br>')}</td>`,
    `<td>${markup(oneLine(entry.author ?? '', 200))}</td>`,
    `<td>${ticket ? `#${ticket.id} ${states[ticket.state]}` : ''}</td>`,
    '</tr>',
  ].join('')
}

// Building a format costs a hundred uses of it, in time and in memory outside the heap.
const days = {
  fr: new Intl.DateTimeFormat('fr-BE', { dateStyle: 'medium', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }),
} satisfies Record<ReaderLanguage, Intl.DateTimeFormat>

function dayOf(at: Date, language: ReaderLanguage): string {
  return days[language].format(at)
}

/** Clean, and inert in XML, in HTML and in an attribute of either. */
function markup(text: string): string {
  return clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
