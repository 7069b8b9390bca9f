import { matchQuery, parseQuery, prepare, QuerySyntaxError, type Searchable } from '../domain/query.ts'
import { readJsonLines } from './json-lines.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** `match QUERY`: JSON lines in, `{matched, spans}` out, in the same order. */
export async function matchCommand(query: string, terminal: Terminal): Promise<ExitCode> {
  const parsed = tryParse(query, terminal)
  if (!parsed) return exitCode.input
  let broken = 0
  const lines = readJsonLines(terminal.input, (number, message) => {
    broken++
    terminal.err(`line ${number}: ${message}`)
  })
  for await (const { number, value } of lines) {
    const item = searchableOf(value)
    if (item === null) {
      broken++
      terminal.err(`line ${number}: needs a "text" (a string); left out`)
      continue
    }
    const { matched, spans } = matchQuery(parsed, prepare(item))
    await terminal.out(
      JSON.stringify({ matched, spans: spans.map(({ field, start, end }) => ({ field, start, end })) }),
    )
  }
  return broken > 0 ? exitCode.input : exitCode.done
}

function tryParse(query: string, terminal: Terminal) {
  try {
    return parseQuery(query)
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error
    terminal.err(query)
    terminal.err(`${' '.repeat(error.offset)}^ ${error.message}`)
    return null
  }
}

function searchableOf(value: unknown): Searchable | null {
  if (typeof value !== 'object' || value === null) return null
  const item = value as Record<string, unknown>
  const textOf = (key: string) => (typeof item[key] === 'string' ? item[key] : null)
  const text = textOf('text')
  if (text === null && textOf('title') === null) return null
  return {
    text: text ?? '',
    title: textOf('title'),
    author: textOf('author'),
    url: textOf('url'),
    language: textOf('language'),
    type: textOf('type'),
    source: textOf('source'),
  }
}
