import { lengthScale } from '../classify/classify.ts'
import { extract, featureBuffer } from '../classify/features.ts'
import { tokenBuffer, tokenize } from '../classify/tokens.ts'
import type { Polarity } from '../domain/judgement.ts'
import { type Example, isTwoClass, type Recipe, weightOf } from './corpus.ts'
import { randomFrom, shuffle } from './random.ts'

export interface PolaritySettings {
  readonly bits: number
  readonly passes: number
  readonly rate: number
  readonly smoothing: number
  readonly lengthPower: number
  readonly seed: number
}

/** The features of every row, one after the other: row r is `bucket[start[r]] … bucket[start[r + 1] - 1]`. */
interface Table {
  readonly bucket: Int32Array
  readonly start: Float64Array
  readonly label: Uint8Array
  readonly isTwoClass: Uint8Array
  readonly weight: Float32Array
}

const labels: Record<Polarity, number> = { negative: 0, neutral: 1, positive: 2 }

/**
 * Multinomial logistic regression by AdaGrad with a rate that falls to zero.
 * Four floats a bucket (three weights, one sum of squares) lie side by side: one cache line a feature.
 */
export function trainPolarity(
  examples: readonly Example[],
  recipe: Recipe,
  settings: PolaritySettings,
  progress: (done: number, note: string) => void,
): Float32Array {
  const table = tabulate(examples, recipe, settings.bits, progress)
  const cells = new Float32Array(4 << settings.bits)
  const random = randomFrom(settings.seed)
  const order = Int32Array.from({ length: table.label.length }, (_, r) => r)
  const total = order.length * settings.passes
  let step = 0
  for (let pass = 0; pass < settings.passes; pass++) {
    shuffle(order, random)
    let loss = 0
    for (const row of order) {
      loss += learnRow(table, row, cells, settings, settings.rate * (1 - step / total))
      if (++step % 20_000 === 0)
        progress(
          step / total,
          `pass ${pass + 1}, loss ${(loss / (step % order.length || order.length)).toFixed(4)}`,
        )
    }
  }
  return cells
}

function tabulate(
  examples: readonly Example[],
  recipe: Recipe,
  bits: number,
  progress: (done: number, note: string) => void,
): Table {
  const used = examples.filter((example) => weightOf(example, recipe) > 0)
  const tokens = tokenBuffer()
  const features = featureBuffer()
  let bucket = new Int32Array(1 << 26)
  const start = new Float64Array(used.length + 1)
  const mask = (1 << bits) - 1
  let size = 0
  for (const [row, example] of used.entries()) {
    tokenize(example.text, tokens)
    extract(tokens, example.language, features)
    if (size + features.count > bucket.length) {
      const larger = new Int32Array(bucket.length * 2)
      larger.set(bucket)
      bucket = larger
    }
    for (let k = 0; k < features.count; k++) bucket[size++] = (features.hash[k] ?? 0) & mask
    start[row + 1] = size
    if (row % 20_000 === 0) progress(row / used.length, 'reading features')
  }
  return {
    bucket,
    start,
    label: Uint8Array.from(used, (example) => labels[example.label]),
    isTwoClass: Uint8Array.from(used, (example) => (isTwoClass(example) ? 1 : 0)),
    weight: Float32Array.from(used, (example) => weightOf(example, recipe)),
  }
}

/** One step on one row; gives its loss before the step. */
function learnRow(
  table: Table,
  row: number,
  cells: Float32Array,
  settings: PolaritySettings,
  rate: number,
): number {
  const { bucket } = table
  const from = table.start[row] ?? 0
  const to = table.start[row + 1] ?? 0
  let a = 0
  let b = 0
  let c = 0
  for (let k = from; k < to; k++) {
    const at = (bucket[k] ?? 0) << 2
    a += cells[at] ?? 0
    b += cells[at + 1] ?? 0
    c += cells[at + 2] ?? 0
  }
  const scale = lengthScale(to - from, settings.lengthPower)
  const two = table.isTwoClass[row] === 1
  a *= scale
  b *= scale
  c *= scale
  const top = two ? Math.max(a, c) : Math.max(a, b, c)
  const pa = Math.exp(a - top)
  const pb = two ? 0 : Math.exp(b - top)
  const pc = Math.exp(c - top)
  const sum = pa + pb + pc
  const spread = settings.smoothing / (two ? 2 : 3)
  const label = table.label[row] ?? 0
  const keep = 1 - settings.smoothing
  const weight = (table.weight[row] ?? 0) * scale
  const ga = (pa / sum - spread - (label === 0 ? keep : 0)) * weight
  const gb = two ? 0 : (pb / sum - spread - (label === 1 ? keep : 0)) * weight
  const gc = (pc / sum - spread - (label === 2 ? keep : 0)) * weight
  const square = ga * ga + gb * gb + gc * gc
  for (let k = from; k < to; k++) {
    const at = (bucket[k] ?? 0) << 2
    const seen = (cells[at + 3] ?? 0) + square
    cells[at + 3] = seen
    const move = rate / (Math.sqrt(seen) + 1e-3)
    cells[at] = (cells[at] ?? 0) - move * ga
    cells[at + 1] = (cells[at + 1] ?? 0) - move * gb
    cells[at + 2] = (cells[at + 2] ?? 0) - move * gc
  }
  return -Math.log((label === 0 ? pa : label === 1 ? pb : pc) / sum)
}

/** Two bytes a bucket. Returns what one unit is worth. */
export function quantise(cells: Float32Array, bits: number): { weights: Int8Array; step: number } {
  const size = 1 << bits
  const weights = new Int8Array(2 * size)
  let squares = 0
  let used = 0
  for (let i = 0; i < size; i++) {
    const negative = (cells[4 * i] ?? 0) - (cells[4 * i + 1] ?? 0)
    const positive = (cells[4 * i + 2] ?? 0) - (cells[4 * i + 1] ?? 0)
    if (negative === 0 && positive === 0) continue
    squares += negative * negative + positive * positive
    used += 2
  }
  // Weights have long tails: the few beyond six deviations are cut, the others get fine steps.
  const step = (6 * Math.sqrt(squares / Math.max(1, used))) / 127
  for (let i = 0; i < size; i++) {
    const neutral = cells[4 * i + 1] ?? 0
    weights[2 * i] = clip(((cells[4 * i] ?? 0) - neutral) / step)
    weights[2 * i + 1] = clip(((cells[4 * i + 2] ?? 0) - neutral) / step)
  }
  return { weights, step }
}

function clip(value: number): number {
  return Math.max(-127, Math.min(127, Math.round(value)))
}
