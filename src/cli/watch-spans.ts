import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { matchQuery, parseQuery, prepare, type Query } from '../domain/query.ts'
import type { Span } from '../domain/span.ts'
import { wordsOf } from '../domain/word.ts'

/**
 * Where a watch's name stands in a text: by the query of the folder's watch of that id or name, or else by the name
 * itself. The folder is read when a watch is first asked for, and then only its queries, so that judging starts at once.
 */
export function watchSpans(folder: string): (watch: string, text: string) => readonly Span[] {
  let known: ReadonlyMap<string, Query> | null = null
  const asked = new Map<string, Query | null>()
  return (watch, text) => {
    known ??= readQueries(folder)
    const name = watch.toLowerCase()
    if (!asked.has(name)) asked.set(name, known.get(name) ?? nameQuery(watch))
    const query = asked.get(name)
    if (!query) return []
    return matchQuery(query, prepare({ text })).spans.map(({ start, end }) => ({ start, end }))
  }
}

function nameQuery(name: string): Query | null {
  const words = wordsOf(name.slice(0, 200))
  return words.length === 0 ? null : parseQuery(`"${words.map((word) => word.folded).join(' ')}"`)
}

function readQueries(folder: string): Map<string, Query> {
  const queries = new Map<string, Query>()
  const yaml = createRequire(import.meta.url)('yaml') as typeof import('yaml')
  for (const file of filesIn(path.join(folder, 'feeds'))) {
    try {
      const watch = yaml.parse(readFileSync(path.join(folder, 'feeds', file), 'utf8')) as {
        name?: unknown
        query?: unknown
      }
      const query = parseQuery(String(watch.query))
      queries.set(file.replace(/\.ya?ml$/, '').toLowerCase(), query)
      queries.set(String(watch.name).toLowerCase(), query)
    } catch {
      // A watch that cannot be read is `check`'s to explain; its name alone is looked for here.
    }
  }
  return queries
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))
  } catch {
    return []
  }
}
