import { createHash } from 'node:crypto'
import { type Playbook, severities } from '../domain/playbook.ts'
import { prepare } from '../domain/query.ts'
import { wordsOf } from '../domain/word.ts'
import { type Categoriser, type RankedCategory, untaughtLanguage } from './categoriser.ts'
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
/**
 * Scores are divided by this before they become probabilities. Fitted by likelihood: 0.65 on held-out blocks of the
 * examples, which are harder than life, and 0.45 on the development comments, which are easier.
 */
const temperature = 0.5
/** What no, one, and more matched signals add to a category's score. */
const signalWorth = [0, 0.35, 0.5]
/** The same where hardly anything was taught: there the signals know more than the examples. */
const signalWorthAlone = [0, 1, 1.5]
/** Where a category without examples stands; a signal of its brings it level with the best of the others. */
const untaughtScore = -0.6
/** In a language without examples the ordinary category stands above one signal of another, and below two. */
const ordinaryWorth = 0.4
/** Ordinary complaints are commoner in life than among the examples. */
const ordinaryPrior = 0.3
/** With fewer harmless examples than this nobody has taught what asks for nothing. */
const fewestHarmless = 30
/** Takes what is negative and nothing more is known of. */
const ordinaryCategory = 'dissatisfied-customer'

/** Learns the categories from the playbooks' examples, unless the cache holds what was learnt from the same. */
export function categoryCategoriser(settings: CategoriserSettings, cache: ModelCache): Categoriser {
  const playbooks = [...settings.playbooks.values()].filter((playbook) => !playbook.overlay)
  const model = learn(taughtTexts(settings), cache)
  const harmless = [...settings.harmless.values()].reduce((sum, { length }) => sum + length, 0)
  return modelCategoriser(model, playbooks, { knowsHarmless: harmless >= fewestHarmless })
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
const version = 5

function keyOf(taught: readonly TaughtText[]): string {
  const hash = createHash('sha256').update(`${version}\n`)
  for (const { text, language, label, importance } of taught)
    hash.update(JSON.stringify([text, language, label, importance]))
  return `category-${hash.digest('hex').slice(0, 24)}`
}

/** Chooses by a trained model and the playbooks' signals. */
function modelCategoriser(
  model: CategoryModel,
  taught: readonly Playbook[],
  { knowsHarmless }: { readonly knowsHarmless: boolean },
): Categoriser {
  const scorer = categoryScorer(model)
  const harmlessAt = model.labels.indexOf(harmlessLabel)
  // What was learnt is in the model: megabytes of examples need not stay in memory.
  const playbooks = taught.map((playbook) => ({ ...playbook, examples: new Map() }))
  const places = playbooks.map(({ category }) => model.labels.indexOf(category))
  const taughtLanguages = new Set(taught.flatMap(({ examples }) => [...examples.keys()]))
  const ordinary = ordinaryOf(taught)
  return {
    categorise(text, language) {
      const isTaught = language === null || taughtLanguages.has(language)
      const { scores, knownWords } = isTaught ? scorer.score(text, language) : nothingKnown
      const target = prepare({ text: text.slice(0, 20_000) })
      const signals = playbooks.map((playbook) => matchedSignals(playbook, target, language))
      const own = playbooks.map((playbook, i) => {
        const matched = signals[i]?.length ?? 0
        const worth = (isTaught && !knowsHarmless ? signalWorthAlone : signalWorth)[Math.min(2, matched)] ?? 0
        const score = scores[places[i] ?? -1]
        const isOrdinary = playbook.category === ordinary
        // How many examples each playbook happens to hold says nothing where there are but a handful.
        const shift = knowsHarmless ? (isOrdinary ? ordinaryPrior : 0) : -(model.bias[places[i] ?? -1] ?? 0)
        if (score !== undefined) return score + worth + shift
        if (!isTaught) return untaughtScore + worth + (isOrdinary ? ordinaryWorth : 0)
        return matched > 0 ? Math.max(0, ...scores) : untaughtScore
      })
      const harmlessScore = scores[harmlessAt] ?? untaughtScore
      const shares = softmax([...own, harmlessScore])
      const order = playbooks.map((_, i) => i).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b)
      const ranked = order.map(
        (i): RankedCategory => ({ category: playbooks[i]?.category ?? '', probability: shares[i] ?? 0 }),
      )
      const [first = -1] = order
      const place = places[first] ?? -1
      const matched = signals[first] ?? []
      return {
        ranked,
        harmless: shares.at(-1) ?? 0,
        sure: knowsHarmless && knownWords >= fewestKnown,
        reason: {
          words:
            place < 0 || !isTaught ? [] : withoutSignals(scorer.wordsFor(place, 12), matched).slice(0, 6),
          signals: matched,
          rule: isTaught ? 'likeliest' : untaughtLanguage,
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

/** The playbook for ordinary complaints: by its name, else the least grave with the most examples. */
function ordinaryOf(playbooks: readonly Playbook[]): string | undefined {
  const named = playbooks.find(({ category }) => category === ordinaryCategory)
  const size = ({ examples }: Playbook) => [...examples.values()].reduce((sum, { length }) => sum + length, 0)
  const isGrave = ({ severity }: Playbook) =>
    severities.indexOf(severity) >= severities.indexOf('high') ? 1 : 0
  const [largest] = [...playbooks].sort((a, b) => isGrave(a) - isGrave(b) || size(b) - size(a))
  return (named ?? largest)?.category
}

/** Words that a matched signal holds already are no reasons of their own. */
function withoutSignals<T extends { readonly text: string }>(words: T[], signals: readonly string[]): T[] {
  const said = signals.flatMap((signal) => wordsOf(signal).map(({ folded }) => folded))
  return words.filter(({ text }) => !wordsOf(text).some(({ folded }) => said.includes(folded)))
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const odds = scores.map((score) => Math.exp((score - top) / temperature))
  const total = odds.reduce((sum, one) => sum + one, 0)
  return odds.map((one) => one / total)
}
