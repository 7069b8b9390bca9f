/** A program of ours that runs in a process or a thread of its own. */
export interface OwnProgram {
  readonly file: URL
  /** What Node needs to read it. */
  readonly flags: readonly string[]
}

/**
 * Where a program of ours lies: beside this file once built, or still TypeScript, at `source` below src/, when we run
 * from the sources (tests, development).
 */
export function ownProgram(source: string): OwnProgram {
  if (import.meta.url.endsWith('.ts'))
    return { file: new URL(`./${source}`, import.meta.url), flags: ['--import', 'tsx'] }
  const built = source.replace(/^.*\//, './').replace(/\.ts$/, '.js')
  return { file: new URL(built, import.meta.url), flags: [] }
}
