/** What a command may touch of the process that runs it. Only cli.ts makes a real one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly input: AsyncIterable<Buffer | string>
  /** Whether a person watches standard error: progress is shown only then. */
  readonly isWatched: boolean
  /** Whether a person reads standard output. */
  readonly isRead: boolean
  readonly columns: number
  /** The clock, or the instant that --now set. */
  now(): Date
  /** A line of results. Waits when the reader is slow. */
  out(line: string): Promise<void>
  /** A line for the person. */
  err(line: string): void
  /** Replaces the last line for the person: progress. Does nothing when nobody watches. */
  progress(line: string): void
}

/** How a command ended: see the design. */
export const exitCode = { done: 0, fault: 1, input: 2, partly: 3 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
