import type { Concepts } from '../classify/concepts.ts'
import { extract, featureBuffer, Group, lengthScale } from '../classify/features.ts'
import { anotherLanguage } from '../classify/language.ts'
import { expand } from '../classify/model.ts'
import { tokenBuffer, tokenize } from '../classify/tokens.ts'
import type { Polarity } from '../domain/judgement.ts'
import { type Example, plans, type Recipe, twoClassShare, weightOf } from './corpus.ts'
import { randomFrom, shuffle } from './random.ts'

export interface PolaritySettings {
  readonly bits: number
  /** The weights are the mean of this many trainings, each in another order. */
  readonly runs: number
  readonly passes: number
  readonly rate: number
  readonly smoothing: number
  readonly lengthPower: number
  readonly seed: number
}

export type Progress = (done: number, note: string) => void

/**
 * Rates of feature families against the others. AdaGrad makes a feature of value v and one whose rate is v times
 * higher the same thing, so what is tuned here costs nothing when judging.
 */
const groupRates: Readonly<Record<number, number>> = {
  [Group.word]: 4,
  [Group.localWord]: 2,
  [Group.idea]: 3,
  [Group.feeling]: 3,
  [Group.mood]: 3,
  [Group.ideaPair]: 3,
  [Group.addressed]: 4,
}

/** The features of every row, one after the other: row r is `cell[start[r]] … cell[start[r + 1] - 1]`. */
export interface Table {
  /** The examples that count, in the order of the rows. */
  readonly examples: readonly Example[]
  /** Bucket in the low bits, family above. */
  readonly cell: Int32Array
  readonly start: Float64Array
  readonly label: Uint8Array
  /** Below 0 for rows of three classes. */
  readonly twoClass: Float32Array
  readonly weight: Float32Array
  /** Which set's own mix of classes applies, or -1. */
  readonly mix: Int8Array
}

const labels: Record<Polarity, number> = { negative: 0, neutral: 1, positive: 2 }
const familyBits = 26

/**
 * Multinomial logistic regression by AdaGrad with a rate that falls to zero (Duchi and others, 2011), on the rows that
 * are kept. Four floats a bucket (three weights, one sum of squares) lie side by side: one cache line a feature.
 */
export function trainPolarity(
  table: Table,
  settings: PolaritySettings,
  progress: Progress,
  isKept: (example: Example) => boolean = () => true,
): Float32Array {
  const rows = Int32Array.from(table.examples.flatMap((example, row) => (isKept(example) ? [row] : [])))
  const sum = new Float32Array(4 << settings.bits)
  for (let run = 0; run < settings.runs; run++) {
    const note = settings.runs > 1 ? `run ${run + 1}, ` : ''
    const cells = trainOnce(table, rows.slice(), settings, settings.seed + run, (done, text) =>
      progress(done, note + text),
    )
    for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] ?? 0) + (cells[k] ?? 0) / settings.runs
  }
  return sum
}

function trainOnce(
  table: Table,
  order: Int32Array,
  settings: PolaritySettings,
  seed: number,
  progress: Progress,
): Float32Array {
  const learner = newLearner(table, settings)
  const random = randomFrom(seed)
  const total = order.length * settings.passes
  let step = 0
  for (let pass = 1; pass <= settings.passes; pass++) {
    shuffle(order, random)
    let loss = 0
    for (const [k, row] of order.entries()) {
      loss += learner.learn(row, settings.rate * (1 - step / total))
      if (++step % 20_000 === 0 || step === total) {
        progress(step / total, `pass ${pass}, loss ${(loss / (k + 1)).toFixed(4)}`)
      }
    }
  }
  return learner.cells
}

/** Reads the features of all examples that the recipe uses. */
export function tabulate(
  examples: readonly Example[],
  recipe: Recipe,
  concepts: Concepts,
  bits: number,
  progress: Progress,
): Table {
  const used = examples.filter((example) => weightOf(example, recipe) > 0)
  const tokens = tokenBuffer()
  const features = featureBuffer()
  let cell = new Int32Array(1 << 26)
  const start = new Float64Array(used.length + 1)
  const mask = (1 << bits) - 1
  let size = 0
  for (const [row, example] of used.entries()) {
    tokenize(example.text, tokens)
    extract(tokens, languageFor(example, row), concepts, features)
    if (size + features.count > cell.length) {
      const larger = new Int32Array(cell.length * 2)
      larger.set(cell)
      cell = larger
    }
    for (let k = 0; k < features.count; k++) {
      cell[size++] = ((features.hash[k] ?? 0) & mask) | ((features.group[k] ?? 0) << familyBits)
    }
    start[row + 1] = size
    if (row % 20_000 === 0) progress(row / used.length, 'reading features')
  }
  const sources = Object.keys(plans)
  return {
    examples: used,
    cell,
    start,
    label: Uint8Array.from(used, (example) => labels[example.label]),
    twoClass: Float32Array.from(used, (example) => twoClassShare(example) ?? -1),
    weight: Float32Array.from(used, (example) => weightOf(example, recipe)),
    mix: Int8Array.from(used, ({ source }) => (plans[source]?.ownMix ? sources.indexOf(source) : -1)),
  }
}

/** One row in sixteen is learnt without its language, as texts will come that nobody can tell the language of. */
function languageFor(example: Example, row: number): string | null {
  return example.language === anotherLanguage || row % 16 === 15 ? null : example.language
}

interface Learner {
  readonly cells: Float32Array
  /** One step on one row; gives its loss before the step. */
  learn(row: number, rate: number): number
}

function newLearner(table: Table, settings: PolaritySettings): Learner {
  const { cell, start, label, twoClass, weight, mix } = table
  const { smoothing } = settings
  const cells = new Float32Array(4 << settings.bits)
  const mixes = new Float64Array(4 * Object.keys(plans).length)
  const mask = (1 << settings.bits) - 1
  const rates = Float64Array.from({ length: 32 }, (_, group) => groupRates[group] ?? 1)
  const gradient = new Float64Array(3)

  /** Adds `share` of the gradient of a softmax over two or three classes; gives the loss. */
  function slope(a: number, b: number, c: number, target: number, classes: number, share: number): number {
    const top = classes === 2 ? Math.max(a, c) : Math.max(a, b, c)
    const pa = Math.exp(a - top)
    const pb = classes === 2 ? 0 : Math.exp(b - top)
    const pc = Math.exp(c - top)
    const sum = pa + pb + pc
    const spread = smoothing / classes
    const keep = 1 - smoothing
    gradient[0] = (gradient[0] ?? 0) + share * (pa / sum - spread - (target === 0 ? keep : 0))
    if (classes === 3)
      gradient[1] = (gradient[1] ?? 0) + share * (pb / sum - spread - (target === 1 ? keep : 0))
    gradient[2] = (gradient[2] ?? 0) + share * (pc / sum - spread - (target === 2 ? keep : 0))
    return -Math.log((target === 0 ? pa : target === 1 ? pb : pc) / sum)
  }

  return {
    cells,
    learn(row, rate) {
      const from = start[row] ?? 0
      const to = start[row + 1] ?? 0
      let a = 0
      let b = 0
      let c = 0
      for (let k = from; k < to; k++) {
        const at = ((cell[k] ?? 0) & mask) << 2
        a += cells[at] ?? 0
        b += cells[at + 1] ?? 0
        c += cells[at + 2] ?? 0
      }
      const scale = lengthScale(to - from, settings.lengthPower)
      const own = 4 * (mix[row] ?? -1)
      a = a * scale + (own < 0 ? 0 : (mixes[own] ?? 0))
      b = b * scale + (own < 0 ? 0 : (mixes[own + 1] ?? 0))
      c = c * scale + (own < 0 ? 0 : (mixes[own + 2] ?? 0))
      const target = label[row] ?? 0
      const share = twoClass[row] ?? -1
      gradient.fill(0)
      const loss = share < 0 ? slope(a, b, c, target, 3, 1) : slope(a, b, c, target, 2, 1 - share)
      if (share > 0) slope(a, b, c, target, 3, share)
      const strength = weight[row] ?? 0
      if (own >= 0) moveMix(own, strength)
      const ga = (gradient[0] ?? 0) * strength * scale
      const gb = (gradient[1] ?? 0) * strength * scale
      const gc = (gradient[2] ?? 0) * strength * scale
      const square = ga * ga + gb * gb + gc * gc
      for (let k = from; k < to; k++) {
        const packed = cell[k] ?? 0
        const at = (packed & mask) << 2
        const seen = (cells[at + 3] ?? 0) + square
        cells[at + 3] = seen
        const move = (rate * (rates[packed >>> familyBits] ?? 1)) / (Math.sqrt(seen) + 1e-3)
        cells[at] = (cells[at] ?? 0) - move * ga
        cells[at + 1] = (cells[at + 1] ?? 0) - move * gb
        cells[at + 2] = (cells[at + 2] ?? 0) - move * gc
      }
      return loss
    },
  }

  function moveMix(own: number, strength: number): void {
    for (let k = 0; k < 3; k++) mixes[own + 3] = (mixes[own + 3] ?? 0) + ((gradient[k] ?? 0) * strength) ** 2
    const move = (0.05 * strength) / (Math.sqrt(mixes[own + 3] ?? 0) + 1e-3)
    for (let k = 0; k < 3; k++) mixes[own + k] = (mixes[own + k] ?? 0) - move * (gradient[k] ?? 0)
  }
}

/** Two bytes a bucket: negative and positive, each against neutral. Returns what one unit is worth. */
export function quantise(cells: Float32Array, bits: number): { weights: Int8Array; step: number } {
  const size = 1 << bits
  const weights = new Int8Array(2 * size)
  let largest = 0
  for (let i = 0; i < size; i++) {
    const neutral = cells[4 * i + 1] ?? 0
    largest = Math.max(
      largest,
      Math.abs((cells[4 * i] ?? 0) - neutral),
      Math.abs((cells[4 * i + 2] ?? 0) - neutral),
    )
  }
  const step = largest / expand(127)
  for (let i = 0; i < size; i++) {
    const neutral = cells[4 * i + 1] ?? 0
    weights[2 * i] = compress(((cells[4 * i] ?? 0) - neutral) / step)
    weights[2 * i + 1] = compress(((cells[4 * i + 2] ?? 0) - neutral) / step)
  }
  return { weights, step }
}

/** The byte whose expanded value is nearest (see `expand`). */
function compress(value: number): number {
  return Math.sign(value) * Math.round(Math.sqrt(Math.abs(value)))
}
