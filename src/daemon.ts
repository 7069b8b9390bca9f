import cron from 'node-cron'
import type { Logger } from 'pino'
import { type App, openApp, type PassReport, prune } from './app.ts'
import { ConfigError } from './config/problem.ts'
import type { Config } from './config.ts'
import { hourMs } from './domain/duration.ts'
import { VigieError } from './domain/errors.ts'
import type { Person } from './domain/person.ts'
import { type ServedPages, servePages } from './inbox/serve.ts'
import { giveBack } from './memory.ts'

export interface DaemonDeps {
  now(): Date
  readonly log: Logger
  /** Reads the person's files again; throws ConfigError when they are wrong. */
  readConfig(): Config
  /** Changes whenever those files may have changed. */
  configStamp(): string
  /** Told what is in force, before the first pass. */
  onStart(config: Config): void
  /** Told what the first pass did, and where the pages are; null when they could not be opened. */
  onReady(report: PassReport | null, pages: string | null, config: Config): void
  /** A link that signs a person in, when no mail server would carry it. */
  showLink(person: Person, url: string): void
  /** Resolves when it is time to stop. */
  readonly stopped: Promise<void>
}

/** Every fifteen seconds: what is due is decided by rows in the store, never by this. */
const tick = '*/15 * * * * *'
/** More than this between two looks is no drift: someone, or the network, set the clock. */
const clockJumpMs = 20_000
/** An alert waits so long for what belongs to it. */
const groupWaitMs = 30_000
const stopWithinMs = 9_000

/**
 * Works until `stopped`; then finishes what is in hand, within ten seconds. Throws ConfigError when the files are wrong
 * at the start. It reads them itself, so that nobody holds on to thousands of example comments once they are learnt.
 */
export async function runDaemon(deps: DaemonDeps): Promise<void> {
  const { log } = deps
  const stopping = new AbortController()
  let app: App = await openApp(deps.readConfig(), deps)
  let listening = idle
  let served: ServedPages | null = null
  let stamp = deps.configStamp()
  let refused: readonly string[] = []
  let hasLearntMore = false
  let line: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let prunedAt = 0

  /** One piece of work at a time, in the order asked. */
  function queue<T>(work: () => Promise<T>): Promise<T> {
    waiting++
    const turn = line.then(work).finally(() => {
      waiting--
    })
    line = turn.catch(() => {})
    return turn
  }

  /** New files take the place of the old ones; wrong ones leave the old ones in force, and are spoken of. */
  async function reload(): Promise<void> {
    const now = deps.configStamp()
    if (now === stamp && !hasLearntMore) return
    try {
      const config = deps.readConfig()
      if (config.version !== app.config.version || hasLearntMore) await replace(config)
      refused = []
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      refused = error.message.split('\n')
      log.error({ problems: refused }, 'the changed files were refused; the former ones stay in force')
    }
    stamp = now
  }

  async function replace(config: Config): Promise<void> {
    const next = await openApp(config, deps)
    const former = app
    await listening.stop()
    app = next
    hasLearntMore = false
    served?.use(pagesOf(next))
    listening = listen(next, stopping.signal, log)
    await former.close()
    log.info({ version: config.version }, 'the new configuration is in force')
  }

  async function work(isFirst: boolean): Promise<PassReport> {
    if (!isFirst) await reload()
    const pass = { signal: stopping.signal, groupWaitMs: isFirst ? 0 : groupWaitMs, isDaemon: !isFirst }
    const report = await app.pass(pass)
    const digests = await app.writeDigests(refused)
    if (digests > 0) await app.deliver(stopping.signal)
    if (deps.now().getTime() - prunedAt >= hourMs) {
      prunedAt = deps.now().getTime()
      await prune(app, deps.now())
    }
    if (app.rest() || isFirst || digests > 0 || report.sources.length > 0) giveBack()
    return report
  }

  function pagesOf(of: App) {
    return of.pages({
      pollNow: async (source) => {
        const pass = { only: [source], signal: stopping.signal, groupWaitMs, isDaemon: false }
        await queue(() => app.pass(pass))
      },
      refusedConfig: () => refused,
      onCorrection: () => {
        hasLearntMore = true
      },
      showLink: deps.showLink,
    })
  }

  // From the first moment on: a first pass may hang on a server for as long as that one likes.
  const stopped = deps.stopped.then(() => {
    log.info('stopping: what is in hand is finished first')
    stopping.abort()
  })
  deps.onStart(app.config)
  const begun = begin()
  await Promise.race([stopped, begun.then(() => stopped)])
  const ended = begun.then((end) => end()).then(() => Promise.all([line, listening.stop(), served?.close()]))
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, stopWithinMs).unref())])
  await app.close()

  /** The first pass, then the pages and the ticks. Returns what ends the ticks. */
  async function begin(): Promise<() => Promise<void>> {
    const report = await queue(() => work(true)).catch((error: unknown) => {
      log.error({ err: error }, 'fault in the first pass; the next one tries again')
      return null
    })
    if (stopping.signal.aborted) return async () => {}
    served = await openPages(pagesOf(app), app.config, log)
    deps.onReady(report, served && app.config.pages.url, app.config)
    listening = listen(app, stopping.signal, log)
    return keepTicking()
  }

  function keepTicking(): () => Promise<void> {
    const ticked = () => {
      // A tick that comes too early is passed over: the next one finds the same rows.
      if (waiting > 0 || stopping.signal.aborted) return
      queue(() => work(false)).catch((error: unknown) => {
        log.error({ err: error }, 'fault in a pass; the next one tries again')
      })
    }
    const task = cron.schedule(tick, ticked, { suppressMissedWarning: true })
    // The next tick is reckoned by the clock: set back, it would stand far off; set forward, each one missed is counted.
    let ahead = aheadOf(deps)
    const guard = setInterval(() => {
      const moved = Math.abs(aheadOf(deps) - ahead)
      ahead = aheadOf(deps)
      if (moved < clockJumpMs) return
      void task.stop()
      void task.start()
    }, 1000)
    return async () => {
      clearInterval(guard)
      await task.stop()
    }
  }
}

/** How far the clock is ahead of one that nobody sets, in milliseconds. */
function aheadOf({ now }: Pick<DaemonDeps, 'now'>): number {
  return now().getTime() - performance.now()
}

/** An address that is taken stops the pages, not the mails. */
async function openPages(
  pages: ReturnType<App['pages']>,
  config: Config,
  log: Logger,
): Promise<ServedPages | null> {
  try {
    return await servePages(pages, config.pages)
  } catch (error) {
    if (!(error instanceof VigieError)) throw error
    log.error({ code: error.code, reason: error.message }, 'the pages cannot be served')
    return null
  }
}

interface Listening {
  stop(): Promise<void>
}

const idle: Listening = { stop: async () => {} }

/** Reads answers by mail beside the passes, for as long as this app is in force. */
function listen(app: App, stopping: AbortSignal, log: Logger): Listening {
  const ended = new AbortController()
  const signal = AbortSignal.any([ended.signal, stopping])
  const done = app.readAnswers(signal).catch((error: unknown) => {
    if (!signal.aborted) log.error({ err: error }, 'answers by mail are no longer read')
  })
  return {
    stop: () => {
      ended.abort()
      return done
    },
  }
}
