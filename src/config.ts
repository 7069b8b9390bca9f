import { type ExampleDeps, type ExampleFiles, exampleFiles } from './config/examples.ts'
import { type HolidayCache, holidayCalendar } from './config/holidays.ts'
import { type BlocksFile, type NamedPerson, readBlocks, readPlaybook } from './config/playbook-file.ts'
import { readPolicy } from './config/policy-file.ts'
import { byPlace, ConfigError, didYouMean, type Place, type Problem } from './config/problem.ts'
import type { Mailbox } from './config/schemas.ts'
import type { Secret } from './config/secret.ts'
import { peopleOf, type VigieYaml, vigieYaml } from './config/vigie-yaml.ts'
import { type SourceKinds, watchOf, watchYaml } from './config/watch-yaml.ts'
import { readYaml, type YamlDeps, type YamlText } from './config/yaml-text.ts'
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
  /** Examples beside those in the playbooks' own front matter; under `_harmless` comments that ask for nothing. */
  readonly exampleFiles: ExampleFiles
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

/** Paths are relative to the folder. */
export interface ConfigDeps extends YamlDeps, ExampleDeps {
  /** The addresses of the feeds in an OPML list; throws when it is none. */
  readonly readSubscriptions: (opml: string) => readonly string[]
  readonly kinds: SourceKinds
  readonly holidays: HolidayCache
}

/** The configuration and what the person should look at, or ConfigError with every mistake at once. */
export function loadConfig(
  folder: string,
  deps: ConfigDeps,
): { config: Config; warnings: readonly Problem[] } {
  const { config, problems } = inspectFolder(folder, deps)
  if (!config || problems.some((found) => found.level === 'error'))
    throw new ConfigError([...problems].sort(byPlace))
  return { config, warnings: problems }
}

/** A folder read as far as it goes. */
export interface Inspection {
  /** Without what is wrong: good for looking for more mistakes, not for work. Null when there is no vigie.yaml. */
  readonly config: Config | null
  readonly problems: readonly Problem[]
  /** Where a key of a file stands; null when it is not there. */
  place(file: string, key: string): Place | null
}

interface Files {
  readonly yaml: VigieYaml
  /** Null when they could not be read, so that nobody is told to be absent from them. */
  readonly people: readonly string[] | null
  readonly named: readonly NamedIn[]
  readonly watches: readonly Watch[]
  readonly playbooks: ReadonlyMap<string, Playbook>
  readonly exampleFiles: ExampleFiles
  readonly policy: Policy
}

interface NamedIn extends NamedPerson {
  readonly file: string
}

/** What is found on the way, whatever is read. */
interface Reader {
  /** Null when there is no such file, or when it cannot be read, which is told. */
  read(path: string): string | null
  /** Notes a file that was read by other means. */
  onFile(path: string, digest: string): void
  readonly deps: ConfigDeps
  readonly problems: Problem[]
  readonly places: Map<string, (key: string) => Place | null>
}

/** Reads every file whatever mistakes the others hold, and of each file what can be read beside its own. */
export function inspectFolder(folder: string, deps: ConfigDeps): Inspection {
  const digests: string[] = []
  const problems: Problem[] = []
  const places: Reader['places'] = new Map()
  const read = (path: string): string | null => {
    const text = readOrTell(path, deps, problems)
    digests.push(`${path} ${text === null ? '' : deps.hash(text)}`)
    return text
  }
  const onFile = (path: string, digest: string) => void digests.push(`${path} ${digest}`)
  const place: Inspection['place'] = (file, key) => places.get(file)?.(key) ?? null
  const main = read('vigie.yaml')
  if (main === null) {
    if (problems.length === 0)
      problems.push(
        whole('vigie.yaml', 'not found: run "vigie init" here, or name another folder with --dir'),
      )
    return { config: null, problems, place }
  }
  const files = readFiles(main, { read, onFile, deps, problems, places })
  tellUnknownPeople(files, problems)
  const config = assemble(folder, files.yaml, files, deps.hash(digests.join('\n')), deps.holidays)
  return { config, problems, place }
}

function readOrTell(path: string, deps: ConfigDeps, problems: Problem[]): string | null {
  try {
    return deps.readText(path)
  } catch (error) {
    problems.push(whole(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`))
    return null
  }
}

const somebody = { somebody: { name: 'Somebody', email: 'somebody@example.org' } }

function readFiles(main: string, reader: Reader): Files {
  const { read, deps, problems } = reader
  const yaml = readYaml(main, vigieYaml, { file: 'vigie.yaml', standIns: { people: somebody } }, deps)
  const policy = readPolicy('playbooks/_policy.md', read('playbooks/_policy.md'), deps)
  reader.places.set('playbooks/_policy.md', policy.place)
  problems.push(...yaml.problems, ...policy.problems)
  const { named: namedInPlaybooks, ...playbooks } = readPlaybooks(reader)
  return {
    yaml: yaml.rest ?? vigieYaml.parse({ people: somebody }),
    people: peopleWritten(yaml.written),
    named: [...namedInVigieYaml(yaml), ...namedInPlaybooks],
    watches: readWatches(reader),
    ...playbooks,
    exampleFiles: exampleFiles(deps, reader.onFile, (file, reason) =>
      problems.push(whole(file, `cannot be read: ${reason}`)),
    ),
    policy: policy.policy,
  }
}

/** Who is there, even when something about them is wrong. */
function peopleWritten(written: unknown): readonly string[] | null {
  const people =
    typeof written === 'object' && written !== null && 'people' in written ? written.people : null
  return typeof people === 'object' && people !== null && !Array.isArray(people) ? Object.keys(people) : null
}

function namedInVigieYaml({ rest, place }: YamlText<VigieYaml>): NamedIn[] {
  const file = 'vigie.yaml'
  const deputies = Object.entries(rest?.people ?? {}).flatMap(([id, { deputy }]): NamedIn[] => {
    const path = ['people', id, 'deputy']
    return deputy === undefined ? [] : [{ file, key: path.join('.'), who: deputy, ...place(path) }]
  })
  const readers = (rest?.digest.to ?? []).map(
    (who, index): NamedIn => ({ file, key: 'digest.to', who, ...place(['digest', 'to', index]) }),
  )
  return [...deputies, ...readers]
}

function tellUnknownPeople({ people, named }: Files, problems: Problem[]): void {
  if (people === null) return
  for (const { who, ...where } of named) {
    if (people.includes(who)) continue
    const message = `"${who}" is not among the people of vigie.yaml${didYouMean(who, people)}`
    problems.push({ level: 'error', ...where, message })
  }
}

function readWatches({ read, deps, problems, places }: Reader): Watch[] {
  const schema = watchYaml(deps.kinds)
  const watches: Watch[] = []
  const seen = new Set<string>()
  const files = deps.list('feeds').filter((name) => /\.ya?ml$/.test(name))
  if (files.length === 0)
    problems.push(whole('feeds/', 'holds no watch: write feeds/NAME.yaml with name:, query: and sources:'))
  for (const name of files) {
    const file = `feeds/${name}`
    const text = read(file)
    if (text === null) continue
    const id = name.replace(/\.ya?ml$/, '')
    const standIns = { name: id, query: 'unread' }
    const { rest, place, asWritten, ...yaml } = readYaml(text, schema, { file, standIns }, deps)
    problems.push(...yaml.problems)
    if (!rest) continue
    const written = watchOf(id, rest)
    const indexOf = new Map<string, number>()
    const report = (index: number, inside: string, message: string) => {
      const key = `${asWritten(['sources', index]).join('.')}${inside}`
      problems.push({ level: 'error', file, ...place(['sources', index]), key, message })
    }
    for (const [index, source] of written.sources.entries()) {
      if (!indexOf.has(source.id)) indexOf.set(source.id, index)
      if (seen.has(source.id))
        report(index, '', `a second source "${source.id}": remove one, or give it its own id:`)
      seen.add(source.id)
    }
    places.set(file, (key) => {
      const index = indexOf.get(key)
      return index === undefined ? null : place(['sources', index])
    })
    watches.push(withLists(written, read, deps, (index, message) => report(index, '.opml', message)))
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

function readPlaybooks(reader: Reader): Pick<Files, 'playbooks' | 'named'> {
  const { read, deps, problems, places } = reader
  const blocksText = read('playbooks/_blocks.md')
  const isUnread = blocksText === null && problems.some(({ file }) => file === 'playbooks/_blocks.md')
  const shared =
    blocksText === null ? { ...noBlocks, isWhole: !isUnread } : readBlocks('playbooks/_blocks.md', blocksText)
  problems.push(...shared.problems)
  const playbooks = new Map<string, Playbook>()
  const named: NamedIn[] = []
  const declared = new Set<string>()
  let isAllRead = true
  const files = deps
    .list('playbooks')
    .filter((name) => name.endsWith('.md') && !name.startsWith('_') && name !== 'README.md')
  if (files.length === 0) problems.push(whole('playbooks/', 'holds no playbook: write playbooks/CATEGORY.md'))
  for (const name of files) {
    const category = name.replace(/\.md$/, '')
    const file = `playbooks/${name}`
    const text = read(file)
    const result = text === null ? null : readPlaybook(category, file, text, shared, deps)
    problems.push(...(result?.problems ?? []))
    if (!result?.playbook || result.problems.some(({ key }) => key.startsWith('fields'))) isAllRead = false
    if (!result?.playbook) continue
    places.set(file, result.place)
    named.push(...result.people.map((person) => ({ file, ...person })))
    for (const field of result.playbook.fields.keys()) declared.add(field)
    playbooks.set(category, result.playbook)
  }
  if (isAllRead)
    problems.push(...shared.asked.filter(({ name }) => !declared.has(name)).map(({ problem }) => problem))
  return { playbooks, named }
}

const noBlocks: BlocksFile = { blocks: new Map(), problems: [], isWhole: true, asked: [] }

function whole(file: string, message: string): Problem {
  return { level: 'error', file, line: null, column: null, key: '', message }
}

function assemble(
  folder: string,
  yaml: VigieYaml,
  files: Files,
  version: string,
  holidays: HolidayCache,
): Config {
  const people = peopleOf(yaml)
  const owners = [...people.values()].filter((person) => person.role === 'owner').map((person) => person.id)
  return Object.freeze<Config>({
    folder,
    language: yaml.language,
    calendar: {
      zone: yaml.timezone,
      hours: yaml.hours,
      isDayOff: holidayCalendar(yaml.holidays ?? null, yaml.closed, holidays),
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
    exampleFiles: files.exampleFiles,
    policy: files.policy,
    version,
  })
}
