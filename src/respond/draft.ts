import { DateTime } from 'luxon'
import type { Entry } from '../domain/entry.ts'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import { placeholders } from '../domain/placeholder.ts'
import type { Playbook } from '../domain/playbook.ts'
import { fillTemplate } from '../domain/template.ts'

/** A prepared answer, filled in as far as Vigie may. */
export interface Draft {
  /** Null for the main answer. */
  readonly name: string | null
  /** ISO 639-1; the comment's language where the playbook has it. */
  readonly language: string
  readonly text: string
  /** Placeholders a person has yet to fill, in order. */
  readonly missing: readonly string[]
  readonly gaps: readonly { readonly name: string; readonly start: number; readonly end: number }[]
  readonly maxLength: number | null
}

export interface DraftSettings {
  /** Of what is answered when the playbook lacks the comment's language. */
  readonly fallbackLanguage: ReaderLanguage
  readonly company: string
  readonly watchName: string
  readonly contact: string | null
  readonly zone: string
}

/** Every candidate answer of a playbook to an entry, the main one first. Pure; what the entry says is only ever text. */
export function draftsFor(
  playbook: Playbook,
  entry: Entry,
  language: string | null,
  responder: Person | null,
  now: Date,
  settings: DraftSettings,
): readonly Draft[] {
  const chosen = answerLanguage(playbook, language, settings.fallbackLanguage)
  const values = valuesFor(entry, chosen, responder, now, settings)
  const label = (name: string) => labelOf(playbook, name, chosen)
  return (playbook.texts.get(chosen)?.answers ?? []).map((answer) => ({
    name: answer.name,
    language: chosen,
    maxLength: answer.maxLength,
    ...fillTemplate(answer.template, values, label),
  }))
}

/** The comment's language when the playbook speaks it, else the company's. */
export function answerLanguage(playbook: Playbook, language: string | null, fallback: string): string {
  return language !== null && playbook.texts.has(language) ? language : fallback
}

/** What a placeholder asks for, in the words of a language that has them. */
export function labelOf(playbook: Playbook, name: string, language: string): string {
  const label = (playbook.fields.get(name) ?? placeholders[name])?.label
  return label === undefined ? name : language === 'fr' ? label.fr : label.en
}

function valuesFor(
  entry: Entry,
  language: string,
  responder: Person | null,
  now: Date,
  settings: DraftSettings,
): Map<string, string> {
  const date = (at: Date) =>
    DateTime.fromJSDate(at, { zone: settings.zone }).setLocale(language).toLocaleString(DateTime.DATE_FULL)
  const values = new Map([
    ['author', displayName(entry.author)],
    ['company', settings.company],
    ['watch', settings.watchName],
    ['today', date(now)],
    ['site', siteOf(entry.url)],
  ])
  if (entry.url !== null) values.set('link', entry.url)
  if (entry.publishedAt !== null) values.set('date', date(entry.publishedAt))
  if (settings.contact !== null) values.set('contact', settings.contact)
  if (responder !== null) {
    values.set('responder', responder.name)
    values.set('signature', [responder.name, responder.title, settings.company].filter(Boolean).join(', '))
  }
  return values
}

/** A public name fit for a salutation: one short line, no address. Empty when the source gives none. */
export function displayName(author: string | null): string {
  const line = (author ?? '').replace(/[\p{C}\s]+/gu, ' ').trim()
  return line.includes('@') && !line.startsWith('@') ? '' : line.slice(0, 60)
}

/** The site's name as people say it. */
export function siteOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : ''
}
