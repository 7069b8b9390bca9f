import { existsSync } from 'node:fs'
import path from 'node:path'
import type { PassReport } from '../app.ts'
import type { Config } from '../config.ts'
import { runDaemon } from '../daemon.ts'
import { configStamp, lockFile, outboxFolder } from '../folder.ts'
import { lockFolder } from '../store/lock.ts'
import { logger, readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** `start`: the daemon, until SIGTERM or SIGINT; then what is in hand is finished and it ends with 0. */
export async function startCommand(folder: string, terminal: Terminal): Promise<ExitCode> {
  // No lock, and no data/, where there is nothing to watch: this says so.
  if (!existsSync(path.join(folder, 'vigie.yaml'))) readConfig(folder, terminal)
  const holder = `"vigie start", process ${process.pid}, since ${terminal.now().toISOString()}`
  const lock = lockFolder(lockFile(path.resolve(folder)), holder)
  try {
    await runDaemon({
      now: terminal.now,
      log: logger(terminal, 'info'),
      readConfig: () => readConfig(folder, terminal),
      configStamp: () => configStamp(folder),
      onStart: ({ watches }) =>
        terminal.err(`Vigie listens for ${watches.map(({ name }) => name).join(', ')}. Ctrl-C stops it.`),
      onReady: (report, pages, config) => terminal.err(whereToLook(report, pages, config)),
      showLink: (person, url) => terminal.err(`  sign in as ${person.name}: ${url}`),
      stopped: untilSignal(),
    })
    return exitCode.done
  } finally {
    lock.release()
  }
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

function whereToLook(report: PassReport | null, pages: string | null, config: Config): string {
  const lines: string[] = []
  if (report) {
    const { sources, mentions, tickets, messages } = report
    const read = sources.filter((source) => source.status === 'fetched').length
    lines.push(
      `  read       ${read} of ${sources.length} sources`,
      `  found      ${mentions.added} mentions: ${mentions.negative} negative, ${mentions.unsure} for a person to read`,
      `  opened     ${tickets.opened} tickets (${tickets.joined} more texts joined to one)`,
      `  mailed     ${messages.sent} mails${messages.pending > 0 ? `, ${messages.pending} waiting` : ''}`,
    )
  }
  if (config.mail.smtp === null) {
    const outbox = path.relative(process.cwd(), outboxFolder(config.folder))
    lines.push(
      `  look at    ${outbox}/  (no mail server is set, so mails are files; open one in your mail program)`,
    )
  }
  const [owner] = config.people.values()
  if (pages !== null)
    lines.push(`  and at     ${pages}/  (sign in as ${owner?.email}: the link appears here)`)
  lines.push('  try        npx vigie tickets    npx vigie try "your comment"    npx vigie digest')
  return lines.join('\n')
}
