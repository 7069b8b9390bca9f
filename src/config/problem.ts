/** Something the person wrote that Vigie cannot take as it is. */
export interface Problem {
  /** `warning`: Vigie works with it, but the person should look. */
  readonly level: 'error' | 'warning'
  /** Relative to the Vigie folder. */
  readonly file: string
  /** From 1; null when the file as a whole is meant. */
  readonly line: number | null
  readonly column: number | null
  /** The path of the key, as in `people.anne.email`; empty for the whole file. */
  readonly key: string
  /** What is wrong and what to do. */
  readonly message: string
}

/** Where something stands in its file; both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** The operator's mistakes, all of them at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(renderProblem).join('\n'))
    this.problems = problems
  }
}

/** One line a problem: `feeds/lumen.yaml:3:8 query: this "(" is never closed: add a ")"`. */
export function renderProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== null).join(':')
  const key = problem.key === '' ? '' : ` ${problem.key}:`
  return `${place}${problem.level === 'warning' ? ' warning:' : ''}${key} ${problem.message}`
}

/** By file, line and column. */
export function byPlace(a: Problem, b: Problem): number {
  return a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
}

/** ` (did you mean "x"?)` for the closest of the known words, or their list when none is close and they are few. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known]
  const close = words
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(
      ({ candidate, distance }) =>
        distance <= Math.max(1, Math.floor(Math.min(word.length, candidate.length) / 3)),
    )
    .sort((a, b) => a.distance - b.distance)[0]
  if (close) return ` (did you mean "${close.candidate}"?)`
  return words.length > 0 && words.length <= 14 ? ` (known: ${words.join(', ')})` : ''
}

/** Damerau's distance with adjacent transpositions. */
function editDistance(a: string, b: string): number {
  const width = b.length + 1
  const table = Array.from({ length: (a.length + 1) * width }, (_, at) =>
    at < width ? at : at % width === 0 ? at / width : 0,
  )
  const cell = (i: number, j: number) => table[i * width + j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, cell(i - 2, j - 2) + 1)
      table[i * width + j] = best
    }
  }
  return cell(a.length, b.length)
}
