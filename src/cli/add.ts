import { canonicalUrl } from '../collect/canonical-url.ts'
import { recordGiven } from '../collect/given.ts'
import { pageEntry, pastedEntry } from '../collect/pasted.ts'
import { openSources } from '../collect/sources.ts'
import type { Config } from '../config.ts'
import { contentHash } from '../domain/content-hash.ts'
import type { Entry } from '../domain/entry.ts'
import { VigieError } from '../domain/errors.ts'
import { matchQuery, prepare } from '../domain/query.ts'
import type { Watch } from '../domain/watch.ts'
import { openStore } from '../store/open-store.ts'
import { readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'
import { oneWatch } from './which-watch.ts'

export interface AddOptions {
  readonly watch?: string
  /** Where a pasted text was seen. */
  readonly url?: string
  readonly author?: string
  readonly json?: boolean
}

/** `add URL|-`: a comment that a person found where Vigie cannot read, or a page they point at. */
export async function addCommand(
  folder: string,
  what: string,
  options: AddOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const watch = oneWatch(options.watch, config)
  if (typeof watch === 'string') return refuse(watch, terminal)
  if (what !== '-' && !/^https?:\/\//i.test(what))
    return refuse('give the address of a page, or - and the text on standard input', terminal)
  if (options.url !== undefined && !URL.canParse(options.url))
    return refuse(`"${options.url}" is not an address`, terminal)
  try {
    const entry = what === '-' ? await pasted(options, terminal) : await page(what, options, config, terminal)
    const added = await store(entry, watch, config, terminal)
    await terminal.out(
      options.json
        ? JSON.stringify({ watch: watch.id, added, id: entry.id, title: entry.title, text: entry.text })
        : added
          ? `Added to ${watch.name}: it is judged at the next pass (vigie collect, or at once while the daemon runs).`
          : `${watch.name} has it already.`,
    )
    return exitCode.done
  } catch (error) {
    if (!(error instanceof VigieError)) throw error
    terminal.err(`${error.message} [${error.code}]`)
    return what === '-' ? exitCode.input : exitCode.partly
  }
}

const longestText = 100_000

async function pasted({ url, author }: AddOptions, terminal: Terminal): Promise<Entry> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of terminal.input) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    size += bytes.length
    if (size > longestText) throw new VigieError('too-large', 'longer than 100 kB: paste the comment alone')
  }
  const text = Buffer.concat(chunks).toString('utf8')
  return pastedEntry({ text, url: url ?? null, author: author ?? null }, terminal.now())
}

const pageTimeoutMs = 30_000

async function page(url: string, { author }: AddOptions, config: Config, terminal: Terminal): Promise<Entry> {
  const sources = openSources(config, { now: terminal.now })
  try {
    const entry = await pageEntry(url, AbortSignal.timeout(pageTimeoutMs), sources)
    return author === undefined ? entry : { ...entry, author }
  } finally {
    await sources.close()
  }
}

/** A person says that it is about us: the query is not asked, only for what to mark. */
async function store(entry: Entry, watch: Watch, config: Config, terminal: Terminal): Promise<boolean> {
  const { spans } = matchQuery(watch.query, prepare({ ...entry, type: 'pasted', source: 'pasted' }))
  const opened = openStore(config)
  try {
    const mention = {
      entry,
      canonicalUrl: entry.url === null ? null : canonicalUrl(entry.url),
      contentHash: contentHash(entry),
      match: { spans, confirmedBy: [], deniedBy: [], certain: true },
    }
    return await recordGiven(mention, watch.id, 'pasted', terminal.now(), opened)
  } finally {
    await opened.close()
  }
}

function refuse(message: string, terminal: Terminal): ExitCode {
  terminal.err(message)
  return exitCode.input
}
