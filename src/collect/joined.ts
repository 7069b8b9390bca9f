import { z } from 'zod'
import type { Entry } from '../domain/entry.ts'
import { VigieError } from '../domain/errors.ts'
import { failure } from './failures.ts'
import type { Cursor, PollResult, Source } from './source.ts'

const cursorSchema = z.object({ parts: z.record(z.string(), z.record(z.string(), z.unknown()).nullable()) })
const AT_ONCE = 4

/**
 * Several sources as one: the countries of an app, the alternatives of a query. What one part gives is kept when
 * another fails, and the failed part keeps its place for the next visit; when all fail, so does the whole.
 */
export function joinedSource(id: string, parts: readonly Source[]): Source {
  const [only] = parts
  if (parts.length === 1 && only) return { id, poll: (cursor, signal) => only.poll(cursor, signal) }

  async function poll(cursor: Cursor, signal: AbortSignal): Promise<PollResult> {
    const read = cursorSchema.safeParse(cursor)
    const known = new Map(Object.entries(read.success ? read.data.parts : {}))
    const outcomes = await inTurns(parts, (part) => pollPart(part, known.get(part.id) ?? null, signal))
    const results = outcomes.flatMap((outcome) => (outcome instanceof VigieError ? [] : [outcome]))
    const failed = outcomes.find((outcome) => outcome instanceof VigieError)
    if (results.length === 0) throw failed ?? failure('no-words', 'the query has no word to search for')
    for (const [index, outcome] of outcomes.entries()) {
      const part = parts[index]
      if (part && !(outcome instanceof VigieError)) known.set(part.id, outcome.cursor)
    }
    const failedParts = outcomes.flatMap((outcome, index) =>
      outcome instanceof VigieError ? [{ id: parts[index]?.id ?? '', code: outcome.code }] : [],
    )
    return { ...merged(results, { parts: Object.fromEntries(known) }), failedParts }
  }

  return { id, poll }
}

async function pollPart(part: Source, cursor: Cursor, signal: AbortSignal): Promise<PollResult | VigieError> {
  try {
    return await part.poll(cursor, signal)
  } catch (error) {
    if (error instanceof VigieError) return error
    throw error
  }
}

/** Results in the order of `parts`, a few at once. */
async function inTurns<Part, Result>(
  parts: readonly Part[],
  run: (part: Part) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < parts.length; start += AT_ONCE) {
    results.push(...(await Promise.all(parts.slice(start, start + AT_ONCE).map(run))))
  }
  return results
}

function merged(results: readonly PollResult[], cursor: Cursor): PollResult {
  const entries = new Map<string, Entry>()
  for (const entry of results.flatMap((result) => result.entries)) {
    if (!entries.has(entry.id)) entries.set(entry.id, entry)
  }
  const times = results.flatMap(({ notBefore }) => (notBefore === null ? [] : [notBefore.getTime()]))
  return {
    status: results.every(({ status }) => status === 'unchanged') ? 'unchanged' : 'fetched',
    entries: [...entries.values()],
    cursor,
    title: results[0]?.title ?? null,
    link: results[0]?.link ?? null,
    skipped: results.reduce((sum, { skipped }) => sum + skipped, 0),
    notBefore: times.length === 0 ? null : new Date(Math.max(...times)),
  }
}

/** A source whose entries pass through `change`; null leaves one out. */
export function changedSource(source: Source, change: (entry: Entry) => Entry | null): Source {
  return {
    id: source.id,
    poll: async (cursor, signal) => {
      const result = await source.poll(cursor, signal)
      return { ...result, entries: result.entries.map(change).filter((entry) => entry !== null) }
    },
  }
}
