import { holidayCalendar } from './config/holidays.ts'
import { type Blocks, type PlaybookFile, readBlocks, readPlaybook } from './config/playbook-file.ts'
import { readPolicy } from './config/policy-file.ts'
import { byPlace, ConfigError, didYouMean, type Problem } from './config/problem.ts'
import type { Mailbox } from './config/schemas.ts'
import type { Secret } from './config/secret.ts'
import { peopleOf, type VigieYaml, vigieYaml } from './config/vigie-yaml.ts'
import { type SourceKinds, watchOf, watchYaml } from './config/watch-yaml.ts'
import { readYaml, type YamlDeps } from './config/yaml-text.ts'
import type { Calendar, WeekHours } from './domain/calendar.ts'
import type { Duration } from './domain/duration.ts'
import type { Person, ReaderLanguage } from './domain/person.ts'
import type { Playbook } from './domain/playbook.ts'
import type { Policy } from './domain/policy.ts'
import type { SourceSpec, Watch } from './domain/watch.ts'

/** Everything the person wrote, read and checked. Frozen: a change of files makes a new one. */
export interface Config {
  /** Absolute path of the Vigie folder. */
  readonly folder: string
  readonly language: ReaderLanguage
  readonly calendar: Calendar
  readonly hours: WeekHours
  /** What answers are signed with; null: the watch's name. */
  readonly company: string | null
  /** A private channel to offer in answers; null: a person fills it each time. */
  readonly contact: string | null
  readonly people: ReadonlyMap<string, Person>
  readonly mail: MailConfig
  /** Minutes since local midnight, and the ids of who gets it. */
  readonly digest: { readonly at: number; readonly to: readonly string[] }
  readonly pages: {
    readonly host: string
    readonly port: number
    readonly url: string
    readonly trustedHeader: string | null
  }
  readonly keep: { readonly unrelated: Duration; readonly neutral: Duration; readonly tickets: Duration }
  readonly fetch: { readonly allow: readonly string[]; readonly contact: string | null }
  readonly allowFiles: readonly string[]
  readonly webhooks: VigieYaml['webhooks']
  readonly canary: VigieYaml['canary'] | null
  readonly watches: readonly Watch[]
  readonly playbooks: ReadonlyMap<string, Playbook>
  /** How many examples teach each category, by language: still known when the examples themselves are let go. */
  readonly exampleCounts: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** How many examples stand in each playbook's own front matter, by `category language`: those that `check` holds to it. */
  readonly ownExamples: ReadonlyMap<string, number>
  /** Comments that ask for nothing although they may look alarming, by language: counter-examples of triage. */
  readonly harmless: ReadonlyMap<string, readonly string[]>
  readonly policy: Policy
  /** Changes when any file changed in meaning: what was judged under one version can be told from another. */
  readonly version: string
}

export interface MailConfig {
  readonly from: Mailbox
  readonly smtp: Secret | null
  readonly imap: Secret | null
  readonly replyTo: string | null
  readonly dkim: { readonly domain: string; readonly selector: string; readonly key: Secret } | null
}

export interface ConfigDeps extends YamlDeps {
  /** The file's text, or null when there is none; throws when it cannot be read. Paths are relative to the folder. */
  readText(path: string): string | null
  /** Names of the files in a folder, sorted; empty when there is no such folder. */
  list(folder: string): readonly string[]
  /** The addresses of the feeds in an OPML list; throws when it is none. */
  readonly readSubscriptions: (opml: string) => readonly string[]
  /** Hash of a text, short and stable. */
  hash(text: string): string
  readonly kinds: SourceKinds
}

/** The configuration and what the person should look at, or ConfigError with every mistake at once. */
export function loadConfig(
  folder: string,
  deps: ConfigDeps,
): { config: Config; warnings: readonly Problem[] } {
  const { config, problems } = readFolder(folder, deps)
  if (!config || problems.some((found) => found.level === 'error'))
    throw new ConfigError([...problems].sort(byPlace))
  return { config, warnings: problems }
}

interface Files {
  readonly yaml: VigieYaml | null
  readonly watches: readonly Watch[]
  readonly playbooks: ReadonlyMap<string, Playbook>
  readonly exampleCounts: Config['exampleCounts']
  readonly ownExamples: ReadonlyMap<string, number>
  readonly harmless: ReadonlyMap<string, readonly string[]>
  readonly policy: Policy
  readonly problems: readonly Problem[]
}

/** Reads every file whatever mistakes the others hold. `config` is null when vigie.yaml itself could not be read. */
function readFolder(
  folder: string,
  deps: ConfigDeps,
): { config: Config | null; problems: readonly Problem[] } {
  const texts: string[] = []
  const read = (path: string): string | null => {
    const text = deps.readText(path)
    texts.push(`${path}\n${text ?? ''}`)
    return text
  }
  const files = readFiles(read, deps)
  if (!files.yaml) return { config: null, problems: files.problems }
  const config = assemble(folder, files.yaml, files, deps.hash(texts.join('\n')))
  return { config, problems: [...files.problems, ...crossCheck(files.yaml, files)] }
}

function readFiles(read: (path: string) => string | null, deps: ConfigDeps): Files {
  const problems: Problem[] = []
  const main = read('vigie.yaml')
  if (main === null) {
    problems.push(whole('vigie.yaml', 'not found: run "vigie init" here, or name another folder with --dir'))
    return {
      yaml: null,
      watches: [],
      playbooks: new Map(),
      ownExamples: new Map(),
      exampleCounts: new Map(),
      harmless: new Map(),
      policy: readPolicy('', null, deps).policy,
      problems,
    }
  }
  const yaml = readYaml(main, vigieYaml, { file: 'vigie.yaml' }, deps)
  const policy = readPolicy('playbooks/_policy.md', read('playbooks/_policy.md'), deps)
  problems.push(...yaml.problems, ...policy.problems)
  return {
    yaml: yaml.value,
    watches: readWatches(read, deps, problems),
    ...readPlaybooks(read, deps, problems),
    harmless: exampleFiles('_harmless', read, deps),
    policy: policy.policy,
    problems,
  }
}

function readWatches(read: (path: string) => string | null, deps: ConfigDeps, problems: Problem[]): Watch[] {
  const schema = watchYaml(deps.kinds)
  const watches: Watch[] = []
  const files = deps.list('feeds').filter((name) => /\.ya?ml$/.test(name))
  if (files.length === 0)
    problems.push(whole('feeds/', 'holds no watch: write feeds/NAME.yaml with name:, query: and sources:'))
  for (const name of files) {
    const file = `feeds/${name}`
    const result = readYaml(read(file) ?? '', schema, { file }, deps)
    problems.push(...result.problems)
    if (!result.value) continue
    const id = name.replace(/\.ya?ml$/, '')
    const watch = withLists(watchOf(id, result.value), read, deps, (index, message) =>
      problems.push({
        level: 'error',
        file,
        ...result.place(['sources', index]),
        key: `sources.${index}.opml`,
        message,
      }),
    )
    for (const [index, source] of watch.sources.entries()) {
      const twin = [...watches.flatMap((other) => other.sources), ...watch.sources.slice(0, index)].some(
        (other) => other.id === source.id,
      )
      if (twin)
        problems.push({
          level: 'error',
          file,
          ...result.place(['sources', index]),
          key: `sources.${index}`,
          message: `a second source "${source.id}": remove one, or give it its own id:`,
        })
    }
    watches.push(watch)
  }
  return watches
}

/** Each feed of an `opml:` list is a source of its own, with its own health. */
function withLists(
  watch: Watch,
  read: (path: string) => string | null,
  deps: ConfigDeps,
  report: (index: number, message: string) => void,
): Watch {
  const sources = watch.sources.flatMap((source, index): SourceSpec[] => {
    if (source.kind !== 'opml') return [source]
    const list = String(source.settings)
    if (/^\/|(^|\/)\.\.(\/|$)/.test(list)) {
      report(index, `"${list}" is outside the Vigie folder: copy the list into feeds/`)
      return []
    }
    try {
      const text = read(list)
      if (text === null) throw new Error('is not there: a list is named from the Vigie folder')
      return deps
        .readSubscriptions(text)
        .map((url) => ({ id: `${watch.id}:rss:${url}`, kind: 'rss', settings: url, every: source.every }))
    } catch (error) {
      report(index, `"${list}": ${error instanceof Error ? error.message : String(error)}`)
      return []
    }
  })
  const seen = new Set<string>()
  return {
    ...watch,
    sources: sources.filter(({ id, kind }) => kind !== 'rss' || (!seen.has(id) && seen.add(id))),
  }
}

function readPlaybooks(
  read: (path: string) => string | null,
  deps: ConfigDeps,
  problems: Problem[],
): Pick<Files, 'playbooks' | 'ownExamples' | 'exampleCounts'> {
  const blocksText = read('playbooks/_blocks.md')
  const shared: { blocks: Blocks; problems: readonly Problem[] } =
    blocksText === null ? { blocks: new Map(), problems: [] } : readBlocks('playbooks/_blocks.md', blocksText)
  problems.push(...shared.problems)
  const playbooks = new Map<string, Playbook>()
  const ownExamples = new Map<string, number>()
  const exampleCounts = new Map<string, ReadonlyMap<string, number>>()
  const files = deps
    .list('playbooks')
    .filter((name) => name.endsWith('.md') && !name.startsWith('_') && name !== 'README.md')
  if (files.length === 0) problems.push(whole('playbooks/', 'holds no playbook: write playbooks/CATEGORY.md'))
  for (const name of files) {
    const category = name.replace(/\.md$/, '')
    const result: PlaybookFile = readPlaybook(
      category,
      `playbooks/${name}`,
      read(`playbooks/${name}`) ?? '',
      shared.blocks,
      deps,
    )
    problems.push(...result.problems)
    if (!result.playbook) continue
    for (const [language, own] of result.playbook.examples)
      ownExamples.set(`${category} ${language}`, own.length)
    const playbook = withExampleFiles(result.playbook, read, deps)
    playbooks.set(category, playbook)
    exampleCounts.set(category, new Map([...playbook.examples].map(([code, list]) => [code, list.length])))
  }
  return { playbooks, ownExamples, exampleCounts }
}

/** Adds playbooks/examples/<category>.<language>.txt to the examples of the front matter. */
function withExampleFiles(
  playbook: Playbook,
  read: (path: string) => string | null,
  deps: ConfigDeps,
): Playbook {
  const examples = new Map(playbook.examples)
  for (const [language, lines] of exampleFiles(playbook.category, read, deps)) {
    examples.set(language, [...(examples.get(language) ?? []), ...lines])
  }
  return { ...playbook, examples }
}

/** playbooks/examples/NAME.<language>.txt, a comment a line, by language. */
function exampleFiles(
  name: string,
  read: (path: string) => string | null,
  deps: ConfigDeps,
): Map<string, readonly string[]> {
  const files = new Map<string, readonly string[]>()
  for (const file of deps.list('playbooks/examples')) {
    const match = /^(.+)\.([a-z]{2})\.txt$/.exec(file)
    if (match?.[1] !== name || !match[2]) continue
    files.set(match[2], exampleLines(read(`playbooks/examples/${file}`) ?? ''))
  }
  return files
}

function exampleLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function crossCheck(yaml: VigieYaml, files: Files): Problem[] {
  const problems: Problem[] = []
  const people = Object.keys(yaml.people)
  const needPerson = (who: string | null | undefined, file: string, key: string) => {
    if (!who || people.includes(who)) return
    problems.push({
      level: 'error',
      file,
      line: null,
      column: null,
      key,
      message: `"${who}" is not among the people of vigie.yaml${didYouMean(who, people)}`,
    })
  }
  for (const [key, written] of Object.entries(yaml.people))
    needPerson(written.deputy, 'vigie.yaml', `people.${key}.deputy`)
  for (const who of yaml.digest.to ?? []) needPerson(who, 'vigie.yaml', 'digest.to')
  for (const playbook of files.playbooks.values()) {
    const file = `playbooks/${playbook.category}.md`
    needPerson(playbook.owner, file, 'owner')
    needPerson(playbook.deputy, file, 'deputy')
  }
  return problems
}

function whole(file: string, message: string): Problem {
  return { level: 'error', file, line: null, column: null, key: '', message }
}

function assemble(folder: string, yaml: VigieYaml, files: Files, version: string): Config {
  const people = peopleOf(yaml)
  const owners = [...people.values()].filter((person) => person.role === 'owner').map((person) => person.id)
  return Object.freeze<Config>({
    folder,
    language: yaml.language,
    calendar: {
      zone: yaml.timezone,
      hours: yaml.hours,
      isDayOff: holidayCalendar(yaml.holidays ?? null, yaml.closed),
    },
    hours: yaml.hours,
    company: yaml.company ?? null,
    contact: yaml.contact ?? null,
    people,
    mail: {
      from: yaml.mail.from,
      smtp: yaml.mail.smtp ?? null,
      imap: yaml.mail.imap ?? null,
      replyTo: yaml.mail['reply-to'] ?? null,
      dkim: yaml.mail.dkim ?? null,
    },
    digest: {
      at: yaml.digest.at,
      to: yaml.digest.to ?? (owners.length > 0 ? owners : [...people.keys()].slice(0, 1)),
    },
    pages: {
      ...yaml.pages.listen,
      url: yaml.pages.url.replace(/\/$/, ''),
      trustedHeader: yaml.pages['trusted-header'] ?? null,
    },
    keep: yaml.keep,
    fetch: { allow: yaml.fetch.allow, contact: yaml.fetch.contact ?? null },
    allowFiles: yaml['allow-files'],
    webhooks: yaml.webhooks,
    canary: yaml.canary ?? null,
    watches: files.watches,
    playbooks: files.playbooks,
    ownExamples: files.ownExamples,
    exampleCounts: files.exampleCounts,
    harmless: files.harmless,
    policy: files.policy,
    version,
  })
}
