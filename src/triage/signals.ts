import type { Playbook } from '../domain/playbook.ts'
import { matchQuery, type Prepared } from '../domain/query.ts'

/** The signals of a playbook that a text holds, as written; in its language, or in all when it is unknown. */
export function matchedSignals(playbook: Playbook, target: Prepared, language: string | null): string[] {
  const lists =
    language !== null && playbook.signals.has(language)
      ? [playbook.signals.get(language) ?? []]
      : [...playbook.signals.values()]
  return lists.flat().flatMap(({ query, source }) => (matchQuery(query, target).matched ? [source] : []))
}
