import { createHash } from 'node:crypto'
import {
  type ExampleFiles,
  type ExamplesByLanguage,
  type ExampleTexts,
  exampleCounts,
} from '../config/examples.ts'
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
  /** Examples beside the playbooks' own; under `_harmless` comments that ask for nothing. */
  readonly exampleFiles: ExampleFiles
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
  has(key: string): boolean
  read(key: string): Uint8Array | null
  write(key: string, bytes: Uint8Array): void
}

export const harmlessLabel = '_harmless'

/** A person's word counts for several examples. */
const correctionImportance = 4
/** Scores are divided by this before they become probabilities; fitted by likelihood on held-out blocks. */
const temperature = 0.5
/**
 * That a text asks for nothing is fitted apart, in log-odds, on its own score and those of the two likeliest categories:
 * where none of them stands out, little speaks for a case, however little speaks for peace.
 */
const harmlessOdds = { always: -0.8, harmless: 0.7, first: -0.83, second: -0.45 }
/** What no, one, and more matched signals add to a category's score. */
const signalWorth = [0, 0.35, 0.5]
/** The same where hardly anything was taught: there the signals know more than the examples. */
const signalWorthAlone = [0, 1, 1.5]
/** Where a category without examples stands; a signal of its brings it level with the best of the others. */
const untaughtScore = -0.6
/** In a language without examples the ordinary category stands above one signal of another, and below two. */
const ordinaryWorth = 0.4
/** Ordinary complaints are commoner in life than among the examples. */
const ordinaryPrior = 0.4
/** With fewer harmless examples than this nobody has taught what asks for nothing. */
const fewestHarmless = 30
/** Takes what is negative and nothing more is known of. */
const ordinaryCategory = 'dissatisfied-customer'

/** A categoriser that holds its model only while there is something to sort. */
export interface RestingCategoriser extends Categoriser {
  /**
   * Lets the model go, some megabytes, if the cache has it: the next text reads it there. Says whether it let go of one.
   */
  rest(): boolean
}

/** Learns the categories from the playbooks' examples, unless the cache holds what was learnt from the same. */
export function categoryCategoriser(settings: CategoriserSettings, cache: ModelCache): RestingCategoriser {
  const playbooks = [...settings.playbooks.values()].filter((playbook) => !playbook.overlay)
  const harmless = countOf(settings.exampleFiles.counts.get(harmlessLabel) ?? new Map())
  const known: Known = {
    counts: new Map(
      playbooks.map((playbook) => [playbook.category, exampleCounts(playbook, settings.exampleFiles)]),
    ),
    knowsHarmless: harmless >= fewestHarmless,
  }
  const wake = () => modelCategoriser(learn(settings, cache), playbooks, known)
  let awake: Categoriser | null = wake()
  return {
    categorise: (text, language) => {
      awake ??= wake()
      return awake.categorise(text, language)
    },
    rest: () => {
      // Files may have changed, or another process may have learnt something else since.
      if (awake === null || !cache.has(modelKey(settings))) return false
      awake = null
      return true
    },
  }
}

/** How many examples there are in all, harmless ones too. */
export function exampleCount({ playbooks, exampleFiles }: Omit<CategoriserSettings, 'corrections'>): number {
  const own = [...playbooks.values()].flatMap(({ examples }) => [...examples.values()])
  const inFiles = [...exampleFiles.counts.values()].map(countOf)
  return [...own.map(({ length }) => length), ...inFiles].reduce((sum, count) => sum + count, 0)
}

function countOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

/** Names what is learnt from these settings in the cache. */
export function modelKey(settings: CategoriserSettings): string {
  return keyOf(settings, settings.exampleFiles.digest)
}

/** Every example with its label, in the order of the files. */
export function taughtTexts(
  settings: CategoriserSettings,
  { byName }: ExampleTexts = settings.exampleFiles.read(),
): TaughtText[] {
  const taught: TaughtText[] = []
  const teach = (label: string, own: ExamplesByLanguage) => {
    const inFiles: ExamplesByLanguage = byName.get(label) ?? new Map()
    for (const language of new Set([...own.keys(), ...inFiles.keys()]))
      for (const text of [...(own.get(language) ?? []), ...(inFiles.get(language) ?? [])])
        taught.push({ text, language, label, importance: 1 })
  }
  for (const playbook of settings.playbooks.values())
    if (!playbook.overlay) teach(playbook.category, playbook.examples)
  teach(harmlessLabel, new Map())
  for (const { text, language, category } of settings.corrections)
    if (settings.playbooks.has(category))
      taught.push({ text, language, label: category, importance: correctionImportance })
  return taught
}

function learn(settings: CategoriserSettings, cache: ModelCache): CategoryModel {
  const kept = cache.read(modelKey(settings))
  const known = kept === null ? null : readCategories(kept)
  if (known !== null) return known
  const texts = settings.exampleFiles.read()
  const taught = taughtTexts(settings, texts)
  const model = trainCategories(taught, labelsOf(taught))
  cache.write(keyOf(settings, texts.digest), writeCategories(model))
  return model
}

export function labelsOf(taught: readonly TaughtText[]): string[] {
  return [...new Set(taught.map(({ label }) => label))].sort()
}

/** Changed whenever the way of learning changes. */
const version = 6

function keyOf({ playbooks, corrections }: CategoriserSettings, digest: string): string {
  const own = [...playbooks.values()]
    .filter(({ overlay }) => !overlay)
    .map(({ category, examples }) => [category, ...examples])
  const said = corrections.map(({ text, language, category }) => [text, language, category])
  const hash = createHash('sha256').update(JSON.stringify([version, digest, own, said]))
  return `category-${hash.digest('hex').slice(0, 24)}`
}

interface Known {
  /** How many examples each category has, by language. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly knowsHarmless: boolean
}

/** Chooses by a trained model and the playbooks' signals. */
function modelCategoriser(
  model: CategoryModel,
  playbooks: readonly Playbook[],
  { counts, knowsHarmless }: Known,
): Categoriser {
  const scorer = categoryScorer(model)
  const harmlessAt = model.labels.indexOf(harmlessLabel)
  const places = playbooks.map(({ category }) => model.labels.indexOf(category))
  const taughtLanguages = new Set([...counts.values()].flatMap((ofOne) => [...ofOne.keys()]))
  const ordinary = ordinaryOf(playbooks, counts)
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
      const shares =
        isTaught && knowsHarmless
          ? sharesBeside(own, harmlessShare(own, harmlessScore))
          : softmax([...own, harmlessScore])
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
function ordinaryOf(playbooks: readonly Playbook[], counts: Known['counts']): string | undefined {
  const named = playbooks.find(({ category }) => category === ordinaryCategory)
  const size = ({ category }: Playbook) => countOf(counts.get(category) ?? new Map())
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

function harmlessShare(own: readonly number[], harmless: number): number {
  const [first = untaughtScore, second = untaughtScore] = [...own].sort((a, b) => b - a)
  const { always, ...weights } = harmlessOdds
  const odds = always + weights.harmless * harmless + weights.first * first + weights.second * second
  return 1 / (1 + Math.exp(-odds))
}

/** What the harmless share, which comes last, leaves to the others. */
function sharesBeside(own: readonly number[], harmless: number): number[] {
  return [...softmax(own).map((share) => share * (1 - harmless)), harmless]
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const odds = scores.map((score) => Math.exp((score - top) / temperature))
  const total = odds.reduce((sum, one) => sum + one, 0)
  return odds.map((one) => one / total)
}
