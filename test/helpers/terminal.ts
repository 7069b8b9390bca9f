import type { Terminal } from '../../src/cli/terminal.ts'

export interface FakeTerminal extends Terminal {
  /** Standard output so far. */
  readonly results: readonly string[]
  /** What the person was told. */
  readonly told: readonly string[]
  /** Standard output as one text, as a program would read it. */
  text(): string
}

interface TerminalOptions {
  readonly now?: Date
  readonly input?: string
  readonly isWatched?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** A terminal that keeps what is written and answers with given lines. Nobody watches it unless asked for. */
export function fakeTerminal(options: TerminalOptions = {}): FakeTerminal {
  const results: string[] = []
  const told: string[] = []
  return {
    results,
    told,
    text: () => results.map((line) => `${line}\n`).join(''),
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    input: inputOf(options.input ?? ''),
    isWatched: options.isWatched ?? false,
    isRead: false,
    columns: 100,
    now: () => options.now ?? new Date('2026-11-22T10:00:00Z'),
    out: async (line) => {
      results.push(line)
    },
    err: (line) => {
      told.push(line)
    },
    progress: () => {},
  }
}

async function* inputOf(text: string): AsyncGenerator<string> {
  if (text !== '') yield text
}
