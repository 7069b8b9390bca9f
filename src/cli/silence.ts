import { didYouMean } from '../config/problem.ts'
import type { Config } from '../config.ts'
import type { Silence } from '../domain/answer.ts'
import { matchesNothingInParticular, parseQuery, QuerySyntaxError } from '../domain/query.ts'
import { databaseFile } from '../folder.ts'
import { openArchive } from '../store/archive.ts'
import { openStore } from '../store/open-store.ts'
import { instantForm, readComing } from './instant.ts'
import { readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'
import { watchCalled } from './which-watch.ts'

export interface SilenceRequest {
  /** A query, or `list`, or `end`. */
  readonly what: string
  /** Until when; for `end`, which. */
  readonly until: string | undefined
  readonly reason: readonly string[]
  readonly watch?: string
  readonly from?: string
  readonly as?: string
  readonly json?: boolean
}

/** `silence`: expected words for a while; `silence list`; `silence end ID`. */
export async function silenceCommand(
  folder: string,
  request: SilenceRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  switch (request.what) {
    case 'list':
      return list(config, request, terminal)
    case 'end':
      return end(config, request, terminal)
    default:
      return add(config, request, terminal)
  }
}

async function list(config: Config, { json }: SilenceRequest, terminal: Terminal): Promise<ExitCode> {
  const archive = openArchive(databaseFile(config.folder))
  try {
    const silences = await archive.comingSilences(terminal.now())
    if (json) await terminal.out(JSON.stringify(silences))
    else if (silences.length === 0) await terminal.out('No silence: every negative comment is told.')
    else for (const silence of silences) await terminal.out(inWords(silence, terminal.now()))
    return exitCode.done
  } finally {
    await archive.close()
  }
}

async function end(config: Config, { until: id }: SilenceRequest, terminal: Terminal): Promise<ExitCode> {
  const number = Number(id?.replace(/^#/, ''))
  const store = openStore(config)
  try {
    const isEnded = Number.isSafeInteger(number) && (await store.endSilence(number, terminal.now()))
    if (!isEnded)
      return refuse(`no silence "${id ?? ''}" is in force: "vigie silence list" shows them`, terminal)
    await terminal.out(`Silence ${number} has ended: what it would have kept quiet is told again.`)
    return exitCode.done
  } finally {
    await store.close()
  }
}

async function add(config: Config, request: SilenceRequest, terminal: Terminal): Promise<ExitCode> {
  const now = terminal.now()
  const wanted = read(request, config, now)
  if (typeof wanted === 'string') return refuse(wanted, terminal)
  const store = openStore(config)
  try {
    const silence = await store.addSilence(wanted, now)
    await terminal.out(
      request.json
        ? JSON.stringify(silence)
        : `${inWords(silence, now)}\nWhat matches is kept and gathered in one ticket, and nobody is alerted. To end it: vigie silence end ${silence.id}`,
    )
    return exitCode.done
  } finally {
    await store.close()
  }
}

/** What was asked for, or what is wrong with it. */
function read(request: SilenceRequest, config: Config, now: Date): Omit<Silence, 'id'> | string {
  const { zone } = config.calendar
  const wrong = queryProblem(request.what)
  if (wrong !== null) return wrong
  const until = readComing(request.until ?? '', zone, now)
  if (until === null) return `until when? ${instantForm}`
  if (until <= now) return `${until.toISOString()} is already past`
  const from = request.from === undefined ? now : readComing(request.from, zone, now)
  if (from === null) return `--from "${request.from}" is not ${instantForm}`
  if (until <= from) return `it would end before it begins: ${until.toISOString()}`
  const reason = request.reason.join(' ').trim()
  if (reason === '')
    return 'say why, so that others understand it later: vigie silence QUERY UNTIL "stock is short until May"'
  const watch = request.watch === undefined ? null : watchCalled(request.watch, config)
  if (typeof watch === 'string') return watch
  const who = request.as ?? ownerOf(config)
  if (!config.people.has(who))
    return `"${who}" is not among the people of vigie.yaml${didYouMean(who, config.people.keys())}`
  return { query: request.what, watch: watch?.id ?? null, from, until, reason, who }
}

function queryProblem(query: string): string | null {
  try {
    return matchesNothingInParticular(parseQuery(query))
      ? 'the query asks for no word at all: it would silence almost everything'
      : null
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error
    return `${query}\n${' '.repeat(error.offset)}^ ${error.message}`
  }
}

/** Whoever has the terminal of the server speaks for the owner. */
function ownerOf(config: Config): string {
  const people = [...config.people.values()]
  return (people.find(({ role }) => role === 'owner') ?? people[0])?.id ?? ''
}

function inWords({ id, query, watch, from, until, reason, who }: Silence, now: Date): string {
  const minute = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const start = from > now ? `from ${minute(from)} ` : ''
  return `#${id}  ${query}${watch === null ? '' : ` in ${watch}`}, ${start}until ${minute(until)}: ${reason} (${who})`
}

function refuse(message: string, terminal: Terminal): ExitCode {
  terminal.err(message)
  return exitCode.input
}
