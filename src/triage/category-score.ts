import {
  type CategoryFeatures,
  categoryFeatureBuffer,
  familyCount,
  noWord,
  readFeatures,
} from './category-features.ts'
import type { CategoryModel } from './category-model.ts'
import { bucketMask, familyWeights } from './category-table.ts'

export interface Scored {
  /** One score a label, about zero. */
  readonly scores: Float64Array
  /** Words of the text that the model knows. */
  readonly knownWords: number
}

export interface Scorer {
  score(text: string, language: string | null): Scored
  /** Words of the text scored last that spoke for a label against the others, strongest first. */
  wordsFor(label: number, limit: number): { readonly text: string; readonly weight: number }[]
}

/** Applies a model to one text after another. */
export function categoryScorer(model: CategoryModel): Scorer {
  const features = categoryFeatureBuffer()
  const featureOf = featureFinder(model.buckets)
  // The place of each feature's first occurrence in the text at hand.
  const first = new Int32Array(model.buckets.length).fill(-1)
  const known = new Int32Array(features.hash.length)
  const classes = model.labels.length
  const values = new Float32Array(features.hash.length)
  let text = ''

  return {
    score(given, language) {
      text = given
      readFeatures(text, language, features)
      weighFeatures()
      return { scores: sumUp(), knownWords: countKnown() }
    },
    wordsFor(label, limit) {
      return strongest(text, features, contributions(label), limit)
    },
  }

  /** The value of each distinct feature stands where it occurs first; elsewhere 0. Mirrors `weigh`. */
  function weighFeatures(): void {
    const squares = new Float64Array(familyCount)
    values.fill(0, 0, features.count)
    for (let k = 0; k < features.count; k++) {
      const feature = featureOf((features.hash[k] ?? 0) & bucketMask)
      known[k] = feature
      if (feature < 0) continue
      const seen = first[feature] ?? -1
      if (seen < 0) first[feature] = k
      const place = seen < 0 ? k : seen
      values[place] = (values[place] ?? 0) + 1
    }
    for (let k = 0; k < features.count; k++) {
      const feature = known[k] ?? -1
      if (feature >= 0) first[feature] = -1
      const count = values[k] ?? 0
      if (count === 0) continue
      const value = (1 + Math.log(count)) * (model.rarity[feature] ?? 0)
      const family = features.family[k] ?? 0
      values[k] = value
      squares[family] = (squares[family] ?? 0) + value * value
    }
    for (let k = 0; k < features.count; k++) {
      const family = features.family[k] ?? 0
      values[k] = ((values[k] ?? 0) * (familyWeights[family] ?? 0)) / Math.sqrt(squares[family] || 1)
    }
  }

  function sumUp(): Float64Array {
    const bias = model.buckets.length * classes
    const scores = Float64Array.from({ length: classes }, (_, c) => model.weights[bias + c] ?? 0)
    for (let k = 0; k < features.count; k++) {
      const value = values[k] ?? 0
      if (value === 0) continue
      const at = (known[k] ?? 0) * classes
      for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + value * (model.weights[at + c] ?? 0)
    }
    return scores.map((score) => score * model.step)
  }

  function countKnown(): number {
    const words = new Set<number>()
    for (let k = 0; k < features.count; k++) {
      const word = features.word[k] ?? noWord
      if (word !== noWord && features.family[k] === 0 && (values[k] ?? 0) !== 0) words.add(word)
    }
    return words.size
  }

  /** What each word added to a label above the mean of the labels. */
  function contributions(label: number): Float64Array {
    const sums = new Float64Array(features.words.length)
    for (let k = 0; k < features.count; k++) {
      const word = features.word[k] ?? noWord
      const value = values[k] ?? 0
      if (word === noWord || value === 0) continue
      const at = (known[k] ?? 0) * classes
      let mean = 0
      for (let c = 0; c < classes; c++) mean += (model.weights[at + c] ?? 0) / classes
      sums[word] = (sums[word] ?? 0) + value * ((model.weights[at + label] ?? 0) - mean) * model.step
    }
    return sums
  }
}

/** Finds the feature of a bucket, -1 when the model has none: a table eight times smaller than one entry a bucket. */
function featureFinder(buckets: Int32Array): (bucket: number) => number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * buckets.length)))
  const slots = new Int32Array(size).fill(-1)
  const slotOf = (bucket: number) => {
    let slot = bucket & (size - 1)
    while ((slots[slot] ?? -1) >= 0 && buckets[slots[slot] ?? 0] !== bucket) slot = (slot + 1) & (size - 1)
    return slot
  }
  for (const [feature, bucket] of buckets.entries()) slots[slotOf(bucket)] = feature
  return (bucket) => slots[slotOf(bucket)] ?? -1
}

function strongest(
  text: string,
  { words }: CategoryFeatures,
  sums: Float64Array,
  limit: number,
): { text: string; weight: number }[] {
  const found = new Map<string, { text: string; weight: number }>()
  for (const [i, { folded, start, end }] of words.entries()) {
    const weight = (found.get(folded)?.weight ?? 0) + (sums[i] ?? 0)
    found.set(folded, { text: found.get(folded)?.text ?? text.slice(start, end), weight })
  }
  return [...found.values()]
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, limit)
    .map((one) => ({ text: one.text, weight: Math.round(one.weight * 1000) / 1000 }))
}
