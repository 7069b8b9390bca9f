import { newEntry } from '../../src/collect/new-entry.ts'
import type { Entry } from '../../src/domain/entry.ts'
import { matchQuery, parseQuery, prepare } from '../../src/domain/query.ts'

/** A text, and where it names Lumen. */
export function mentionOfLumen(given: Pick<Entry, 'text'> & Partial<Entry>) {
  const entry = newEntry({ id: '1', ...given })
  const { spans } = matchQuery(parseQuery('Lumen'), prepare(entry))
  return { entry, match: { spans, confirmedBy: [], deniedBy: [], certain: true } }
}

/** A thousand letters of an article about others. */
export const elsewhere =
  'The court heard of the fire at the other mill, of smoke, burns and a locked door. '.repeat(12)
