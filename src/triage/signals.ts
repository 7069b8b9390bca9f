import { bySeverity, type Playbook } from '../domain/playbook.ts'
import { matchQuery, type Prepared, prepare } from '../domain/query.ts'
import type { Categoriser, CategoryChoice } from './categoriser.ts'

/** Chooses by the playbooks' signals alone: as many points as signals matched, the graver first among equals. */
export function signalCategoriser(playbooks: ReadonlyMap<string, Playbook>): Categoriser {
  const choosable = [...playbooks.values()].filter((playbook) => !playbook.overlay).sort(bySeverity)
  return {
    categorise(text, language) {
      const target = prepare({ text })
      const scored = choosable.map((playbook) => ({
        category: playbook.category,
        signals: matchedSignals(playbook, target, language),
      }))
      const total = scored.reduce((sum, { signals }) => sum + signals.length, 0)
      const ranked = scored
        .map(({ category, signals }) => ({ category, probability: total === 0 ? 0 : signals.length / total }))
        .sort((a, b) => b.probability - a.probability)
      const signals = scored.find(({ category }) => category === ranked[0]?.category)?.signals ?? []
      return choice(ranked, signals, total > 0)
    },
  }
}

/** The signals of a playbook that a text holds, as written; in its language, or in all when it is unknown. */
export function matchedSignals(playbook: Playbook, target: Prepared, language: string | null): string[] {
  const lists =
    language !== null && playbook.signals.has(language)
      ? [playbook.signals.get(language) ?? []]
      : [...playbook.signals.values()]
  return lists.flat().flatMap(({ query, source }) => (matchQuery(query, target).matched ? [source] : []))
}

function choice(ranked: CategoryChoice['ranked'], signals: readonly string[], sure: boolean): CategoryChoice {
  const margin = (ranked[0]?.probability ?? 0) - (ranked[1]?.probability ?? 0)
  return { ranked, harmless: 0, sure, reason: { words: [], signals, rule: 'signals', margin } }
}
