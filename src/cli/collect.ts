import type { PassReport } from '../app.ts'
import { didYouMean } from '../config/problem.ts'
import type { Config } from '../config.ts'
import { logger, readConfig, withApp } from './open.ts'
import { bar } from './progress.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

interface CollectOptions {
  readonly source?: readonly string[]
  readonly json?: boolean
}

/** `collect`: one pass through every stage. Exit 3 when some source or delivery failed, each named. */
export async function collectCommand(
  folder: string,
  options: CollectOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const unknown = unknownSource(config, options.source ?? [])
  if (unknown) {
    terminal.err(unknown)
    return exitCode.input
  }
  const report = await withApp(config, 'collect', logger(terminal, 'fatal'), terminal, (app) =>
    app.pass({
      ...(options.source ? { only: options.source } : {}),
      signal: new AbortController().signal,
      groupWaitMs: 0,
      isDaemon: false,
      onSource: (result, done, total) =>
        terminal.progress(`${bar(done, total)} ${done}/${total} ${result.id}`),
    }),
  )
  for (const source of report.sources) {
    if (source.status === 'failed')
      terminal.err(`${source.id}: ${source.message ?? source.code} [${source.code}]`)
  }
  if (report.messages.failed > 0) {
    terminal.err(
      `${report.messages.failed} mails were not taken by the mail server; ${report.messages.pending} wait for the next try (vigie doctor says more)`,
    )
  }
  await terminal.out(options.json ? JSON.stringify(plain(report)) : inWords(report))
  const isPartly = report.messages.failed > 0 || report.sources.some((source) => source.status === 'failed')
  return isPartly ? exitCode.partly : exitCode.done
}

function unknownSource(config: Config, ids: readonly string[]): string | null {
  const known = config.watches.flatMap((watch) => watch.sources.map((source) => source.id))
  const unknown = ids.find((id) => !known.includes(id))
  return unknown === undefined ? null : `no source "${unknown}"${didYouMean(unknown, known)}`
}

function plain({ sources, mentions, tickets, messages }: PassReport) {
  return {
    sources: sources.map(({ id, status, entries, added, code }) => ({
      id,
      status,
      entries,
      added,
      ...(code ? { code } : {}),
    })),
    mentions,
    tickets,
    messages,
  }
}

function inWords({ sources, mentions, tickets, messages }: PassReport): string {
  const failed = sources.filter((source) => source.status === 'failed').length
  return [
    `${sources.length} sources${failed > 0 ? `, ${failed} failed` : ''}`,
    `${mentions.added} new mentions (${mentions.negative} negative, ${mentions.unsure} to be read by a person)`,
    `${tickets.opened} tickets opened, ${tickets.joined} mentions joined to one`,
    `${messages.sent} mails sent${messages.pending > 0 ? `, ${messages.pending} waiting` : ''}`,
  ].join('\n')
}
