import { createHash } from 'node:crypto'
import type { Playbook } from '../domain/playbook.ts'
import { prepare } from '../domain/query.ts'
import type { Categoriser, RankedCategory } from './categoriser.ts'
import {
  type CategoryModel,
  readCategories,
  type TaughtText,
  trainCategories,
  writeCategories,
} from './category-model.ts'
import { categoryScorer } from './category-score.ts'
import { matchedSignals } from './signals.ts'

export interface CategoriserSettings {
  readonly playbooks: ReadonlyMap<string, Playbook>
  /** Comments that ask for nothing, by language. */
  readonly harmless: ReadonlyMap<string, readonly string[]>
  /** Tickets whose category a person changed. */
  readonly corrections: readonly Correction[]
}

export interface Correction {
  readonly text: string
  readonly language: string | null
  readonly category: string
}

/** Keeps what was learnt; losing it only costs the time to learn it again. */
export interface ModelCache {
  read(key: string): Uint8Array | null
  write(key: string, bytes: Uint8Array): void
}

export const harmlessLabel = '_harmless'

/** A person's word counts for several examples. */
const correctionImportance = 4
/** Scores are divided by this before they become probabilities; found on held-out folds and development comments. */
const temperature = 0.45
/** What no, one, and more matched signals add to a category's score. */
const signalWorth = [0, 0.35, 0.5]
/** Where a category without examples stands; a signal of its brings it level with the best of the others. */
const untaughtScore = -0.6

/** Learns the categories from the playbooks' examples, unless the cache holds what was learnt from the same. */
export function categoryCategoriser(settings: CategoriserSettings, cache: ModelCache): Categoriser {
  const playbooks = [...settings.playbooks.values()].filter((playbook) => !playbook.overlay)
  const model = learn(taughtTexts(settings), cache)
  return modelCategoriser(model, playbooks)
}

/** Names what is learnt from these settings in the cache. */
export function modelKey(settings: CategoriserSettings): string {
  return keyOf(taughtTexts(settings))
}

/** Every example with its label, in the order of the files. */
export function taughtTexts(settings: CategoriserSettings): TaughtText[] {
  const taught: TaughtText[] = []
  const teach = (label: string, examples: ReadonlyMap<string, readonly string[]>) => {
    for (const [language, texts] of examples)
      for (const text of texts) taught.push({ text, language, label, importance: 1 })
  }
  for (const playbook of settings.playbooks.values())
    if (!playbook.overlay) teach(playbook.category, playbook.examples)
  teach(harmlessLabel, settings.harmless)
  for (const { text, language, category } of settings.corrections)
    if (settings.playbooks.has(category))
      taught.push({ text, language, label: category, importance: correctionImportance })
  return taught
}

function learn(taught: readonly TaughtText[], cache: ModelCache): CategoryModel {
  const key = keyOf(taught)
  const kept = cache.read(key)
  const known = kept === null ? null : readCategories(kept)
  if (known !== null) return known
  const model = trainCategories(taught, labelsOf(taught))
  cache.write(key, writeCategories(model))
  return model
}

export function labelsOf(taught: readonly TaughtText[]): string[] {
  return [...new Set(taught.map(({ label }) => label))].sort()
}

/** Changed whenever the way of learning changes. */
const version = 1

function keyOf(taught: readonly TaughtText[]): string {
  const hash = createHash('sha256').update(`${version}\n`)
  for (const { text, language, label, importance } of taught)
    hash.update(JSON.stringify([text, language, label, importance]))
  return `category-${hash.digest('hex').slice(0, 24)}`
}

/** Chooses by a trained model and the playbooks' signals. */
export function modelCategoriser(model: CategoryModel, playbooks: readonly Playbook[]): Categoriser {
  const scorer = categoryScorer(model)
  const harmlessAt = model.labels.indexOf(harmlessLabel)
  const places = playbooks.map(({ category }) => model.labels.indexOf(category))
  const taughtLanguages = new Set(playbooks.flatMap(({ examples }) => [...examples.keys()]))
  return {
    categorise(text, language) {
      const isTaught = language === null || taughtLanguages.has(language)
      const { scores, knownWords } = isTaught ? scorer.score(text, language) : nothingKnown
      const target = prepare({ text: text.slice(0, 20_000) })
      const signals = playbooks.map((playbook) => matchedSignals(playbook, target, language))
      const own = playbooks.map((_, i) => {
        const matched = signals[i]?.length ?? 0
        const score = scores[places[i] ?? -1]
        if (score === undefined) return matched > 0 ? Math.max(0, ...scores) : untaughtScore
        return score + (signalWorth[Math.min(2, matched)] ?? 0)
      })
      const harmlessScore = scores[harmlessAt] ?? untaughtScore
      const shares = softmax([...own, harmlessScore])
      const order = playbooks.map((_, i) => i).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b)
      const ranked = order.map(
        (i): RankedCategory => ({ category: playbooks[i]?.category ?? '', probability: shares[i] ?? 0 }),
      )
      const [first = -1] = order
      const place = places[first] ?? -1
      return {
        ranked,
        harmless: shares.at(-1) ?? 0,
        sure: knownWords >= fewestKnown && Math.max(...shares) >= leastSure,
        reason: {
          words: place < 0 || !isTaught ? [] : scorer.wordsFor(place, 6),
          signals: signals[first] ?? [],
          rule: 'likeliest',
          margin: (ranked[0]?.probability ?? 0) - (ranked[1]?.probability ?? 0),
        },
      }
    },
  }
}

/** In a language without examples only the signals speak. */
const nothingKnown = { scores: new Float64Array(0), knownWords: 0 }
/** A text of which the model knows fewer words says too little. */
const fewestKnown = 2
const leastSure = 0.25

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const odds = scores.map((score) => Math.exp((score - top) / temperature))
  const total = odds.reduce((sum, one) => sum + one, 0)
  return odds.map((one) => one / total)
}
