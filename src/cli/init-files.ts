import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { stringify } from 'yaml'
import { wordsOf } from '../domain/word.ts'
import { home } from '../folder.ts'

/** What a person says of themselves before the first start. */
export interface NewFolder {
  /** The name to listen for. */
  readonly name: string
  readonly company: string
  readonly owner: string
  readonly email: string
  readonly language: string
  readonly timezone: string
  /** As `holidays:` takes it; null: none. */
  readonly country: string | null
  readonly feeds: readonly string[]
}

/** Every file of a new folder, by its path in it. */
export function filesOf(folder: NewFolder): ReadonlyMap<string, string> {
  const person = personId(folder.owner)
  return new Map([
    ['vigie.yaml', vigieYaml(folder, person)],
    [`feeds/${slug(folder.name)}.yaml`, watchYaml(folder)],
    ...shippedPlaybooks(person),
    ['.gitignore', '# What Vigie keeps: not text, and not for others.\ndata/\n'],
  ])
}

function vigieYaml(
  { company, owner, email, language, timezone, country }: NewFolder,
  person: string,
): string {
  return `# Who we are. What is not written here has a default that suits a company of five.
language: ${language}                          # of mails and pages, for people who set none: fr or en
timezone: ${timezone}
hours: Mon-Fri 09:00-18:00            # deadlines count in these, unless a playbook says around the clock
${country === null ? '# holidays: BE                        # public holidays that do not count either' : `holidays: ${country}                          # public holidays do not count either`}
company: ${scalar(company)}
people:
  ${person}:
    name: ${scalar(owner)}
    email: ${scalar(email)}
    role: owner
# A second person makes a deputy, and a second pair of eyes on an answer:
#  sam: { name: Sam Example, email: sam@example.org, role: responder, deputy: ${person} }
mail:
  from: ${scalar(`Vigie <${email}>`)}
  smtp: \${VIGIE_SMTP_URL}             # smtp://user:password@host:587; unset: each mail becomes a file in data/outbox/
  imap: \${VIGIE_IMAP_URL}             # unset: no commands by reply
digest: { at: "08:00", to: [${person}] }
pages: { listen: "127.0.0.1:8484", url: "http://127.0.0.1:8484" }
keep: { unrelated: 7d, neutral: 90d, tickets: 3y }
`
}

function watchYaml({ name, language, feeds }: NewFolder): string {
  const languages = language === 'fr' ? 'fr, en' : 'en, fr'
  const sources = feeds.length === 0 ? ['  - google-news'] : feeds.map((url) => `  - rss: ${scalar(url)}`)
  return `# What we listen for, and where. One watch a file.
name: ${scalar(name)}
kind: brand                           # brand, person, product, competitor
query: ${scalar(queryFor(name))}
# confirm: [beer, brewery, Namur]     # clues that it is us, when others bear the name
# deny: [lamp, projector]             # clues that it is not
languages: [${languages}]               # others are kept and marked, not judged
every: 60m
alert-since: 48h                      # older entries are kept and judged, but open no ticket
sources:
${sources.join('\n')}
# - google-news
# - hacker-news
# - mastodon: { instance: mastodon.example, tag: ourname }
`
}

/** The name as a phrase, and in one word as addresses and tags have it. */
export function queryFor(name: string): string {
  const phrase = `"${name.replace(/["\\]/g, ' ').replace(/\s+/g, ' ').trim()}"`
  const words = wordsOf(name).map((word) => word.folded)
  return words.length > 1 ? `${phrase} OR ${words.join('')}` : phrase
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trim()
}

function slug(name: string): string {
  const words = wordsOf(name).flatMap((word) => word.folded.match(/[a-z0-9]+/g) ?? [])
  return words.join('-').slice(0, 40).replace(/-$/, '') || 'watch'
}

function personId(name: string): string {
  return wordsOf(name)[0]?.folded.match(/^[a-z0-9]{1,40}$/)?.[0] ?? 'owner'
}

/** The playbooks that ship with Vigie, with one person for all of them. */
function shippedPlaybooks(person: string): [string, string][] {
  return textFiles('playbooks')
    .filter((name) => name !== 'playbooks/README.md')
    .map((name) => [name, withOwner(readFileSync(path.join(home, name), 'utf8'), person)])
}

function textFiles(folder: string): string[] {
  return readdirSync(path.join(home, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    return entry.isDirectory() ? textFiles(name) : /\.(md|txt)$/.test(entry.name) ? [name] : []
  })
}

/** Changes the two lines of the front matter, and leaves every other character as it is. */
function withOwner(text: string, person: string): string {
  const end = text.startsWith('---\n') ? text.indexOf('\n---', 3) : -1
  if (end === -1) return text
  const front = text
    .slice(0, end)
    .replace(/^owner:.*$/m, `owner: ${person}`)
    .replace(/^deputy:.*\n?/m, '')
  return `${front.replace(/\n$/, '')}${text.slice(end)}`
}
