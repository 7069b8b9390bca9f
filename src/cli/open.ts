import path from 'node:path'
import pino, { type Logger } from 'pino'
import type { App } from '../app.ts'
import { sourceKinds } from '../collect/sources.ts'
import { renderProblem } from '../config/problem.ts'
import { type Config, loadConfig } from '../config.ts'
import { configDeps, lockFile } from '../folder.ts'
import { lockFolder } from '../store/lock.ts'
import type { Terminal } from './terminal.ts'

/** Reads the folder's files; throws ConfigError with every mistake. Warnings go to the person. */
export function readConfig(folder: string, terminal: Terminal): Config {
  const deps = configDeps(folder, terminal.env, sourceKinds)
  const { config, warnings } = loadConfig(path.resolve(folder), deps)
  for (const warning of warnings) terminal.err(renderProblem(warning))
  return config
}

/** Runs something over the opened folder, alone in it, and closes it whatever happens. */
export async function withApp<T>(
  config: Config,
  command: string,
  log: Logger,
  terminal: Terminal,
  use: (app: App) => Promise<T>,
): Promise<T> {
  const lock = lockFolder(
    lockFile(config.folder),
    `"vigie ${command}", process ${process.pid}, since ${new Date().toISOString()}`,
  )
  try {
    // Loaded here: half a second that commands over the store alone need not spend.
    const { openApp } = await import('../app.ts')
    const app = await openApp(config, { now: terminal.now, log })
    try {
      return await use(app)
    } finally {
      await app.close()
    }
  } finally {
    lock.release()
  }
}

/** Structured lines on standard error; `level` is overruled by VIGIE_LOG. */
export function logger(terminal: Terminal, level: string): Logger {
  return pino(
    { level: terminal.env['VIGIE_LOG'] ?? level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
}
