import { once } from 'node:events'
import {
  createWriteStream,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { readOpml, type Subscription, writeOpml } from '../collect/opml.ts'
import { sourceKinds } from '../collect/sources.ts'
import { ConfigError, didYouMean } from '../config/problem.ts'
import { type Config, loadConfig } from '../config.ts'
import { VigieError } from '../domain/errors.ts'
import type { Watch } from '../domain/watch.ts'
import { configDeps, databaseFile, replaceFile } from '../folder.ts'
import { openArchive } from '../store/archive.ts'
import type { ArchiveFilter, ArchiveStore } from '../store/archive-store.ts'
import { openStore } from '../store/open-store.ts'
import {
  csvFormat,
  type ExportAbout,
  type ExportFormat,
  htmlFormat,
  jsonFormat,
  rssFormat,
} from './export-formats.ts'
import { instantForm, readPast } from './instant.ts'
import { readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'
import { withFeeds } from './watch-file.ts'
import { oneWatch, watchCalled } from './which-watch.ts'

const formats: ReadonlyMap<string, ExportFormat> = new Map([
  ['csv', csvFormat],
  ['json', jsonFormat],
  ['rss', rssFormat],
  ['html', htmlFormat],
])

export interface ExportOptions {
  readonly since?: string
  readonly watch?: string
  readonly out?: string
  readonly separator?: string
}

const pageSize = 500

/** `export opml|csv|json|rss|html`: page by page, so that any amount takes the same memory. */
export async function exportCommand(
  folder: string,
  format: string,
  options: ExportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const chosen = formats.get(format)
  const filter = filterOf(options, config, terminal)
  const separator = options.separator ?? ','
  const problem =
    !chosen && format !== 'opml'
      ? `no format "${format}"${didYouMean(format, ['opml', ...formats.keys()])}`
      : typeof filter === 'string'
        ? filter
        : separator !== ',' && separator !== ';'
          ? 'the separator is a comma or a semicolon'
          : null
  if (problem !== null || typeof filter === 'string') return refuse(problem ?? '', terminal)
  const place = path.dirname(path.resolve(terminal.cwd, options.out ?? '.'))
  if (options.out !== undefined && !existsSync(place)) return refuse(`there is no folder ${place}`, terminal)
  const about: ExportAbout = {
    names: config.watches
      .filter(({ id }) => filter.watch === null || id === filter.watch)
      .map(({ name }) => name),
    link: `${config.pages.url}/`,
    language: config.language,
    now: terminal.now(),
    separator: separator === ';' ? ';' : ',',
  }
  await intoFile(options.out, terminal, async (write) => {
    if (chosen) await writeArchive(chosen, config, filter, about, write)
    else await write((await opmlOf(config, filter, terminal)).replace(/\n$/, ''))
  })
  return exitCode.done
}

type Write = (text: string) => Promise<void>

async function writeArchive(
  format: ExportFormat,
  config: Config,
  filter: ArchiveFilter,
  about: ExportAbout,
  write: Write,
): Promise<void> {
  const archive = openArchive(databaseFile(config.folder))
  try {
    await write(format.before(about))
    let isFirst = true
    for await (const page of pages(
      (after) => archive.archivedMentions(filter, after, pageSize),
      ({ mention }) => mention.id,
    )) {
      await write(format.mentions(page, about, isFirst))
      isFirst = false
    }
    if (format.tickets) await writeTickets(format.tickets, archive, filter, write)
    const end = format.after()
    if (end !== '') await write(end)
  } finally {
    await archive.close()
  }
}

async function writeTickets(
  inFormat: NonNullable<ExportFormat['tickets']>,
  archive: ArchiveStore,
  filter: ArchiveFilter,
  write: Write,
): Promise<void> {
  let isFirst = true
  for await (const page of pages(
    (after) => archive.archivedTickets(filter, after, pageSize),
    ({ id }) => id,
  )) {
    await write(inFormat(page, isFirst))
    isFirst = false
  }
  if (isFirst) await write(inFormat([], true))
}

/** Pages that are not empty, until there is none. */
async function* pages<Row>(
  read: (after: number) => Promise<readonly Row[]>,
  numberOf: (row: Row) => number,
): AsyncGenerator<readonly Row[]> {
  for (let after = 0; ; ) {
    const page = await read(after)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = numberOf(last)
  }
}

function filterOf(options: ExportOptions, config: Config, terminal: Terminal): ArchiveFilter | string {
  const watch = options.watch === undefined ? null : watchCalled(options.watch, config)
  if (typeof watch === 'string') return watch
  if (options.since === undefined) return { since: null, watch: watch?.id ?? null }
  const since = readPast(options.since, config.calendar.zone, terminal.now())
  return since ? { since, watch: watch?.id ?? null } : `--since "${options.since}" is not ${instantForm}`
}

/** To standard output, or into a file that takes its name when it is whole. */
async function intoFile(
  file: string | undefined,
  terminal: Terminal,
  produce: (write: Write) => Promise<void>,
): Promise<void> {
  if (file === undefined) return produce(terminal.out)
  const target = path.resolve(terminal.cwd, file)
  const part = `${target}.part`
  const stream = createWriteStream(part)
  const isOver = finished(stream)
  isOver.catch(() => {})
  try {
    await produce(async (text) => {
      if (!stream.write(`${text}\n`)) await Promise.race([once(stream, 'drain'), isOver])
    })
    stream.end()
    await isOver
    renameSync(part, target)
    terminal.err(`written: ${file}`)
  } finally {
    stream.destroy()
    rmSync(part, { force: true })
  }
}

async function opmlOf(config: Config, { watch }: ArchiveFilter, terminal: Terminal): Promise<string> {
  const titles = await titlesOf(config)
  const feeds: Subscription[] = []
  let others = 0
  for (const { id, kind, settings } of config.watches
    .filter((one) => watch === null || one.id === watch)
    .flatMap(({ sources }) => sources)) {
    if (kind === 'rss' && typeof settings === 'string')
      feeds.push({ url: settings, title: titles.get(id) ?? null })
    else if (kind === 'opml' && typeof settings === 'string')
      feeds.push(...listedIn(config.folder, settings, terminal))
    else others++
  }
  if (others > 0)
    terminal.err(
      `${others === 1 ? '1 source that is no feed is' : `${others} sources that are no feeds are`} left out`,
    )
  const distinct = [...new Map(feeds.map((feed) => [feed.url, feed])).values()]
  return writeOpml(`Vigie: ${config.watches.map(({ name }) => name).join(', ')}`, distinct, terminal.now())
}

async function titlesOf(config: Config): Promise<ReadonlyMap<string, string | null>> {
  if (!existsSync(databaseFile(config.folder))) return new Map()
  const store = openStore(config)
  try {
    return new Map((await store.sourceStates()).map(({ id, title }) => [id, title]))
  } finally {
    await store.close()
  }
}

function listedIn(folder: string, file: string, terminal: Terminal): readonly Subscription[] {
  try {
    return readOpml(readFileSync(path.resolve(folder, file)))
  } catch (error) {
    terminal.err(`${file} cannot be read and is left out: ${error instanceof Error ? error.message : error}`)
    return []
  }
}

export interface ImportOptions {
  readonly watch?: string
}

const largestList = 10_000_000

/** `import opml FILE`: the feeds of a list become sources of a watch, a line each. */
export async function importCommand(
  folder: string,
  format: string,
  file: string,
  options: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (format !== 'opml')
    return refuse(`what can be imported is opml, as in: vigie import opml feeds.opml`, terminal)
  const config = readConfig(folder, terminal)
  const watch = oneWatch(options.watch, config)
  if (typeof watch === 'string') return refuse(watch, terminal)
  const list = readList(path.resolve(terminal.cwd, file), file)
  if (typeof list === 'string') return refuse(list, terminal)
  const known = new Set(
    watch.sources.flatMap(({ settings }) => (typeof settings === 'string' ? [settings] : [])),
  )
  const fresh = list.filter(({ url }) => !known.has(url))
  if (fresh.length === 0) {
    await terminal.out(
      list.length === 0 ? `${file} names no feed.` : `${watch.name} has all of them already: ${list.length}.`,
    )
    return exitCode.done
  }
  const written = writeFeeds(config, watch, fresh, terminal)
  await terminal.out(
    written ??
      `${fresh.length === 1 ? '1 feed' : `${fresh.length} feeds`} added to feeds/${watch.id}.yaml${
        fresh.length < list.length ? `; ${list.length - fresh.length} were there already` : ''
      }. Look at what they give: vigie preview ${fresh[0]?.url}`,
  )
  return exitCode.done
}

function readList(file: string, shown: string): readonly Subscription[] | string {
  try {
    if (statSync(file).size > largestList) return `${shown} is larger than 10 MB`
    return readOpml(readFileSync(file))
  } catch (error) {
    if (error instanceof VigieError) return `${shown}: ${error.message}`
    return `${shown} cannot be read: ${error instanceof Error ? error.message : error}`
  }
}

/** Null when the watch file was changed; else what the person has to do. Nothing is written that `check` would refuse. */
function writeFeeds(
  config: Config,
  watch: Watch,
  feeds: readonly Subscription[],
  terminal: Terminal,
): string | null {
  const name = ['yaml', 'yml']
    .map((ending) => `feeds/${watch.id}.${ending}`)
    .find((one) => existsSync(path.join(config.folder, one)))
  const file = path.join(config.folder, name ?? '')
  const changed = name === undefined ? null : withFeeds(readFileSync(file, 'utf8'), feeds)
  if (name !== undefined && changed !== null && isUnderstood(config.folder, name, changed, terminal)) {
    replaceFile(file, changed)
    return null
  }
  const list = freeName(config.folder)
  writeFileSync(path.join(config.folder, list), writeOpml(watch.name, feeds, terminal.now()))
  return `${feeds.length} feeds are in ${list}. The sources of ${watch.name} are not written a line each, so add this one yourself:\n  - opml: ${list}`
}

function isUnderstood(folder: string, name: string, text: string, terminal: Terminal): boolean {
  const deps = configDeps(folder, terminal.env, sourceKinds)
  try {
    loadConfig(folder, { ...deps, readText: (wanted) => (wanted === name ? text : deps.readText(wanted)) })
    return true
  } catch (error) {
    if (error instanceof ConfigError) return false
    throw error
  }
}

function freeName(folder: string): string {
  for (let n = 1; ; n++) {
    const name = `feeds/imported${n === 1 ? '' : `-${n}`}.opml`
    if (!existsSync(path.join(folder, name))) return name
  }
}

function refuse(message: string, terminal: Terminal): ExitCode {
  terminal.err(message)
  return exitCode.input
}
