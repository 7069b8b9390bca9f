import { trainBayes } from './category-bayes.ts'
import { type Lesson, trainLinear } from './category-linear.ts'
import { featureIndex, readTexts, type TextInLanguage, vocabularyOf, weigh } from './category-table.ts'

/** A text whose kind is known. */
export interface TaughtText extends TextInLanguage {
  readonly label: string
  /** How many examples it counts for. */
  readonly importance: number
}

/** A linear model over hashed features. */
export interface CategoryModel {
  readonly labels: readonly string[]
  /** Buckets of the features. */
  readonly buckets: Int32Array
  readonly rarity: Float32Array
  /** For each feature a weight for each label; the last row is the bias. In units of `step`. */
  readonly weights: Int16Array
  readonly step: number
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
  const { buckets, rarity, shared } = vocabularyOf(raw, rows)
  const lesson: Lesson = {
    table: weigh(raw, rows, { rarity }, featureIndex(buckets)),
    labels: Uint16Array.from(rows, (row) => labels.indexOf(texts[row]?.label ?? '')),
    importance: Float32Array.from(rows, (row) => texts[row]?.importance ?? 1),
    classes: labels.length,
    features: buckets.length,
    shared,
  }
  const sum = trainLinear(lesson)
  const bayes = trainBayes(lesson)
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) * linearUnit + (bayes[i] ?? 0) * bayesUnit
  return { labels, buckets, rarity, ...quantised(sum) }
}

function quantised(weights: Float32Array): { weights: Int16Array; step: number } {
  let largest = 1e-9
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight))
  const step = largest / 32767
  return { weights: Int16Array.from(weights, (weight) => Math.round(weight / step)), step }
}

const magic = 'VIGIEC1\n'

/** The model as bytes, to be read again by `readCategories`. */
export function writeCategories(model: CategoryModel): Uint8Array {
  const head = Buffer.from(
    `${magic}${JSON.stringify({ labels: model.labels, features: model.buckets.length, step: model.step })}\n`,
  )
  return Buffer.concat([head, bytesOf(model.buckets), bytesOf(model.rarity), bytesOf(model.weights)])
}

/** The model, or null when the bytes are not one of ours. */
export function readCategories(bytes: Uint8Array): CategoryModel | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = buffer.indexOf('\n', magic.length)
  if (buffer.toString('latin1', 0, magic.length) !== magic || end < 0) return null
  const head = headOf(buffer.toString('utf8', magic.length, end))
  if (head === null) return null
  const { labels, features, step } = head
  const from = end + 1
  const size = features * 8 + (features + 1) * labels.length * 2
  if (buffer.length - from !== size) return null
  // Copied, so that each array begins on its own boundary.
  const body = buffer.buffer.slice(buffer.byteOffset + from, buffer.byteOffset + from + size)
  return {
    labels,
    step,
    buckets: new Int32Array(body, 0, features),
    rarity: new Float32Array(body, features * 4, features),
    weights: new Int16Array(body, features * 8),
  }
}

function headOf(text: string): { labels: string[]; features: number; step: number } | null {
  try {
    // Written by ourselves into our own cache; its sizes are checked against the file's.
    return JSON.parse(text) as { labels: string[]; features: number; step: number }
  } catch {
    return null
  }
}

function bytesOf(array: Int32Array | Float32Array | Int16Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}
