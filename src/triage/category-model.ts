import { trainBayes } from './category-bayes.ts'
import { type Lesson, trainLinear } from './category-linear.ts'
import {
  fillPlaces,
  type ModelSizes,
  type Places,
  readModelBytes,
  startCount,
  writeModelBytes,
} from './category-model-file.ts'
import { readTexts, type TextInLanguage, type Vocabulary, vocabularyOf, weigh } from './category-table.ts'

/** A text whose kind is known. */
export interface TaughtText extends TextInLanguage {
  readonly label: string
  /** How many examples it counts for. */
  readonly importance: number
}

/**
 * A linear model over hashed features, made to be small: its arrays lie in one buffer as they lie in the file.
 * A feature of several texts has a row of weights, a byte each, with a scale; a feature of one text speaks for the label
 * of that text alone.
 */
export interface CategoryModel {
  readonly labels: readonly string[]
  readonly sizes: ModelSizes
  readonly bias: Float32Array
  readonly shared: Places
  /** For each place a weight for each label, times `scaleOf` its scale. */
  readonly weights: Int8Array
  readonly scales: Uint8Array
  readonly rarities: Uint8Array
  readonly single: Places
  readonly singleLabels: Uint8Array
  readonly singleWeights: Uint8Array
  /** What every feature of a single text gives each label, whichever text it was. */
  readonly singleBase: Float32Array
}

/**
 * What a unit of each learner is worth in the sum. The machine draws the borders, the counts know the rare words;
 * together they beat either (see README.md here).
 */
const linearUnit = 1 / 0.82
const bayesUnit = 0.5 / 0.97

/** Learns the labels; the same texts give the same bytes. */
export function trainCategories(texts: readonly TaughtText[], labels: readonly string[]): CategoryModel {
  const raw = readTexts(texts)
  return trainOn(
    raw,
    texts,
    Int32Array.from(texts, (_, row) => row),
    labels,
  )
}

/** Learns from some of the texts that were read. */
export function trainOn(
  raw: ReturnType<typeof readTexts>,
  texts: readonly TaughtText[],
  rows: Int32Array,
  labels: readonly string[],
): CategoryModel {
  const vocabulary = vocabularyOf(raw, rows)
  const { buckets, shared } = vocabulary
  const lesson: Lesson = {
    table: weigh(raw, rows, vocabulary),
    labels: Uint16Array.from(rows, (row) => labels.indexOf(texts[row]?.label ?? '')),
    importance: Float32Array.from(rows, (row) => texts[row]?.importance ?? 1),
    classes: labels.length,
    features: buckets.length,
    shared,
  }
  const linear = trainLinear(lesson)
  const sum = trainBayes(lesson)
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) * bayesUnit
  const end = shared * labels.length
  for (let i = 0; i < end; i++) sum[i] = (sum[i] ?? 0) + (linear[i] ?? 0) * linearUnit
  const bias = linear.subarray(end).map((weight) => weight * linearUnit)
  return packed(labels, vocabulary, sum, bias, onlyLabels(lesson))
}

/** The label of the one text that holds each feature from `shared` on. */
function onlyLabels({ table, labels, features, shared }: Lesson): Uint16Array {
  const only = new Uint16Array(features - shared)
  for (let r = 0; r < labels.length; r++)
    for (let k = table.sharedEnd[r] ?? 0; k < (table.start[r + 1] ?? 0); k++)
      only[(table.feature[k] ?? 0) - shared] = labels[r] ?? 0
  return only
}

/** Rarities and scales are kept in a byte: in steps of a twenty-fifth, and of an eighth of a doubling. */
const rarityStep = 1 / 25
const scaleStep = 1 / 8
const smallestScale = 2 ** -26

export function rarityOf(byte: number): number {
  return 1 + byte * rarityStep
}

export function scaleOf(byte: number): number {
  return smallestScale * 2 ** (byte * scaleStep)
}

/** What a unit of `singleWeights` is worth. */
export const singleUnit = 1 / 200

function packed(
  labels: readonly string[],
  { buckets, rarity, shared }: Vocabulary,
  sum: Float32Array,
  bias: Float32Array,
  only: Uint16Array,
): CategoryModel {
  const classes = labels.length
  const singles = buckets.length - shared
  const sizes: ModelSizes = {
    labels,
    shared,
    single: singles,
    singleRarity: singles > 0 ? (rarity[shared] ?? 1) : 1,
  }
  const model = emptyModel(sizes)
  model.bias.set(bias)
  for (const [place, f] of inOrder(buckets, 0, shared, model.shared).entries()) {
    model.rarities[place] = Math.min(255, Math.round(((rarity[f] ?? 1) - 1) / rarityStep))
    const at = f * classes
    let largest = 0
    for (let c = 0; c < classes; c++) largest = Math.max(largest, Math.abs(sum[at + c] ?? 0))
    const byte = Math.ceil(Math.log2(Math.max(largest / 127, smallestScale) / smallestScale) / scaleStep)
    model.scales[place] = Math.max(0, Math.min(255, byte))
    const scale = scaleOf(model.scales[place] ?? 0)
    for (let c = 0; c < classes; c++) {
      const steps = Math.round((sum[at + c] ?? 0) / scale)
      model.weights[place * classes + c] = Math.max(-127, Math.min(127, steps))
    }
  }
  packSingles(model, inOrder(buckets, shared, buckets.length, model.single), sum, only, shared)
  return model
}

/** Features `from` to `to` by their buckets, which get their places. */
function inOrder(buckets: Int32Array, from: number, to: number, places: Places): Int32Array {
  // As numbers they sort ten times as fast as by a function.
  const keys = new Float64Array(to - from)
  for (let f = from; f < to; f++) keys[f - from] = (buckets[f] ?? 0) * 2 ** 24 + f
  keys.sort()
  fillPlaces(
    places,
    Int32Array.from(keys, (key) => Math.floor(key / 2 ** 24)),
  )
  return Int32Array.from(keys, (key) => key % 2 ** 24)
}

/** The counts of a feature of one text differ from those of any other such feature only in the label of its text. */
function packSingles(
  model: CategoryModel,
  inOrder: Int32Array,
  weights: Float32Array,
  only: Uint16Array,
  shared: number,
): void {
  const classes = model.labels.length
  const sums = new Float64Array(classes)
  const counts = new Float64Array(classes)
  for (const f of inOrder)
    for (let c = 0; c < classes; c++) {
      if (c === only[f - shared]) continue
      sums[c] = (sums[c] ?? 0) + (weights[f * classes + c] ?? 0)
      counts[c] = (counts[c] ?? 0) + 1
    }
  model.singleBase.set(sums.map((sum, c) => sum / Math.max(1, counts[c] ?? 0)))
  for (const [place, f] of inOrder.entries()) {
    const own = only[f - shared] ?? 0
    const above = (weights[f * classes + own] ?? 0) - (model.singleBase[own] ?? 0)
    model.singleLabels[place] = own
    model.singleWeights[place] = Math.max(0, Math.min(255, Math.round(above / singleUnit)))
  }
}

function emptyModel(sizes: ModelSizes): CategoryModel {
  return modelOver(sizes, new ArrayBuffer(bytesFor(sizes)), 0)
}

function bytesFor({ labels, shared, single }: ModelSizes): number {
  return 8 * labels.length + 8 * startCount + shared * (3 + labels.length) + single * 3
}

/** The arrays of a model, the widest first so that each begins where it may. */
function modelOver(sizes: ModelSizes, buffer: ArrayBufferLike, from: number): CategoryModel {
  const { labels, shared, single } = sizes
  let at = from
  const next = (bytes: number) => {
    at += bytes
    return at - bytes
  }
  const bytes = (length: number) => new Uint8Array(buffer, next(length), length)
  const bias = new Float32Array(buffer, next(4 * labels.length), labels.length)
  const singleBase = new Float32Array(buffer, next(4 * labels.length), labels.length)
  const sharedStarts = new Uint32Array(buffer, next(4 * startCount), startCount)
  const singleStarts = new Uint32Array(buffer, next(4 * startCount), startCount)
  return {
    labels,
    sizes,
    bias,
    singleBase,
    shared: { starts: sharedStarts, marks: bytes(shared) },
    single: { starts: singleStarts, marks: bytes(single) },
    weights: new Int8Array(buffer, next(shared * labels.length), shared * labels.length),
    scales: bytes(shared),
    rarities: bytes(shared),
    singleLabels: bytes(single),
    singleWeights: bytes(single),
  }
}

/** The model as bytes, to be read again by `readCategories`. */
export function writeCategories(model: CategoryModel): Uint8Array {
  const { buffer, byteOffset } = model.bias
  return writeModelBytes(model.sizes, new Uint8Array(buffer, byteOffset, bytesFor(model.sizes)))
}

/** The model, a view of the bytes, or null when they are not one of ours. */
export function readCategories(bytes: Uint8Array): CategoryModel | null {
  const read = readModelBytes(bytes, bytesFor)
  return read === null ? null : modelOver(read.sizes, read.body.buffer, read.body.byteOffset)
}
