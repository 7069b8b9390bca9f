import path from 'node:path'
import cron from 'node-cron'
import type { Logger } from 'pino'
import type { App, PassReport } from '../app.ts'
import { openApp, prune } from '../app.ts'
import { ConfigError } from '../config/problem.ts'
import type { Config } from '../config.ts'
import { configStamp, lockFile, outboxFolder } from '../folder.ts'
import { lockFolder } from '../store/lock.ts'
import { logger, readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** Every fifteen seconds: what is due is decided by rows in the store, never by this. */
const tick = '*/15 * * * * *'
/** An alert waits so long for what belongs to it. */
const groupWaitMs = 30_000
const stopWithinMs = 9_000

/** `start`: the daemon, until SIGTERM or SIGINT; then what is in hand is finished and it ends with 0. */
export async function startCommand(folder: string, terminal: Terminal): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const log = logger(terminal, 'info')
  const lock = lockFolder(
    lockFile(config.folder),
    `"vigie start", process ${process.pid}, since ${terminal.now().toISOString()}`,
  )
  const daemon = await openDaemon(folder, config, log, terminal)
  try {
    terminal.err(welcome(config))
    await daemon.run(async (report) => terminal.err(firstPass(report, config)))
    return exitCode.done
  } finally {
    await daemon.close()
    lock.release()
  }
}

interface Daemon {
  /** Works until a signal to stop. `onFirst` is told what the first pass did. */
  run(onFirst: (report: PassReport) => Promise<void>): Promise<void>
  close(): Promise<void>
}

interface Listening {
  stop(): Promise<void>
}

async function openDaemon(folder: string, first: Config, log: Logger, terminal: Terminal): Promise<Daemon> {
  const deps = { now: terminal.now, log }
  const stopping = new AbortController()
  let app: App = await openApp(first, deps)
  let stamp = configStamp(folder)
  let refused: readonly string[] = []
  let working: Promise<void> = Promise.resolve()
  let isWorking = false
  let listening: Listening = { stop: async () => {} }

  /** Reads answers by mail beside the passes, for as long as this app is in force. */
  function listen(to: App): Listening {
    const ended = new AbortController()
    const signal = AbortSignal.any([ended.signal, stopping.signal])
    const done = to.readAnswers(signal).catch((error: unknown) => {
      if (!signal.aborted) log.error({ err: error }, 'answers by mail are no longer read')
    })
    return {
      stop: () => {
        ended.abort()
        return done
      },
    }
  }

  /** New files take the place of the old ones; wrong ones leave the old ones in force, and are spoken of. */
  async function reload(): Promise<void> {
    const now = configStamp(folder)
    if (now === stamp) return
    stamp = now
    try {
      const config = readConfig(folder, terminal)
      if (config.version === app.config.version) return
      const next = await openApp(config, deps)
      await listening.stop()
      await app.close()
      app = next
      listening = listen(app)
      refused = []
      log.info({ version: config.version }, 'the new configuration is in force')
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      refused = error.message.split('\n')
      log.error({ problems: refused }, 'the changed files were refused; the former ones stay in force')
    }
  }

  async function work(wait: number): Promise<PassReport | null> {
    await reload()
    const report = await app.pass({ signal: stopping.signal, groupWaitMs: wait, looksAgain: wait > 0 })
    if ((await app.writeDigests(refused)) > 0) await app.deliver(stopping.signal)
    await prune(app, terminal.now())
    return report
  }

  /** One piece of work at a time; a tick that comes too early is passed over, the next finds the same rows. */
  function onTick(): void {
    if (isWorking || stopping.signal.aborted) return
    isWorking = true
    working = work(groupWaitMs)
      .then(() => {})
      .catch((error: unknown) => log.error({ err: error }, 'fault in a pass; the next one tries again'))
      .finally(() => {
        isWorking = false
      })
  }

  return {
    run: async (onFirst) => {
      const stopped = untilSignal(log)
      isWorking = true
      const report = await work(0).catch((error: unknown) => {
        log.error({ err: error }, 'fault in the first pass; the next one tries again')
        return null
      })
      isWorking = false
      if (report) await onFirst(report)
      listening = listen(app)
      const task = cron.schedule(tick, onTick)
      await stopped
      stopping.abort()
      await task.stop()
      await Promise.race([
        Promise.all([working, listening.stop()]),
        new Promise((resolve) => setTimeout(resolve, stopWithinMs).unref()),
      ])
    },
    close: () => app.close(),
  }
}

function untilSignal(log: Logger): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        log.info({ signal }, 'stopping: what is in hand is finished first')
        resolve()
      })
    }
  })
}

function welcome(config: Config): string {
  const names = config.watches.map((watch) => watch.name).join(', ')
  return `Vigie listens for ${names} (${config.folder}). Ctrl-C stops it.`
}

function firstPass({ sources, mentions, tickets, messages }: PassReport, config: Config): string {
  const outbox = path.relative(process.cwd(), outboxFolder(config.folder))
  const lines = [
    `  read       ${sources.filter((source) => source.status === 'fetched').length} of ${sources.length} sources`,
    `  found      ${mentions.added} mentions: ${mentions.negative} negative, ${mentions.unsure} for a person to read`,
    `  opened     ${tickets.opened} tickets (${tickets.joined} more texts joined to one)`,
    `  mailed     ${messages.sent} mails${messages.pending > 0 ? `, ${messages.pending} waiting` : ''}`,
  ]
  if (config.mail.smtp === null)
    lines.push(
      `  look at    ${outbox}/  (no mail server is set, so mails are files; open one in your mail program)`,
    )
  lines.push('  and then   npx vigie tickets        npx vigie try "your comment"        npx vigie digest')
  return lines.join('\n')
}
