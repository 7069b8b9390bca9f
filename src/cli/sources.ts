import { fromNow } from '../notify/mail-formats.ts'
import { openStore } from '../store/open-store.ts'
import { readConfig } from './open.ts'
import { type SourceHealth, sourcesHealth } from './source-health.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** `sources`: each source's health against its own rhythm. Exit 3 when one fails or is gone. */
export async function sourcesCommand(
  folder: string,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const store = openStore(config)
  try {
    const healths = await sourcesHealth(config, store, terminal.now())
    if (options.json) await terminal.out(JSON.stringify(healths))
    else for (const health of healths) await terminal.out(sourceInWords(health, terminal.now()))
    return healths.some(isBroken) ? exitCode.partly : exitCode.done
  } finally {
    await store.close()
  }
}

function isBroken({ health }: SourceHealth): boolean {
  return health === 'failing' || health === 'gone'
}

const signs = { well: '✓', silent: '!', 'never-polled': '!', failing: '✗', gone: '✗' } as const

/** One line that says how it does, and below it what to do. */
export function sourceInWords(source: SourceHealth, now: Date): string {
  const { id, health, failures, problem, code, todo } = source
  const ago = (at: Date | null) => (at === null ? 'never' : relative(at, now))
  const facts =
    health === 'never-polled'
      ? ['not visited yet']
      : [
          problem === null ? '' : `${problem}${code === null ? '' : ` [${code}]`}`,
          failures > 1 ? `${failures} times in a row` : '',
          health === 'failing' || health === 'gone'
            ? `last read ${ago(source.lastSuccessAt)}`
            : `read ${ago(source.lastPollAt)}`,
          source.lastEntryAt === null
            ? ''
            : `last entry ${ago(source.lastEntryAt)}${usually(source.usualGapMinutes)}`,
          source.nextPollAt === null
            ? ''
            : source.nextPollAt > now
              ? `next ${relative(source.nextPollAt, now)}`
              : 'due',
        ]
  const line = `${signs[health]} ${id}  ${facts.filter((fact) => fact !== '').join(', ')}`
  return todo === null ? line : `${line}\n    ${todo}`
}

function usually(minutes: number | null): string {
  if (minutes === null) return ''
  if (minutes < 90) return ` (usually every ${Math.max(1, minutes)} min)`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? ` (usually every ${hours} h)` : ` (usually every ${Math.round(hours / 24)} days)`
}

/** `5 min ago`, `in 2 h`. */
export function relative(at: Date, now: Date): string {
  return fromNow(at, { language: 'en', zone: 'UTC', now }).replaceAll('\u00A0', ' ')
}
