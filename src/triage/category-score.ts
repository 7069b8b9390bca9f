import {
  type CategoryFeatures,
  categoryFeatureBuffer,
  Family,
  familyCount,
  noWord,
  readFeatures,
} from './category-features.ts'
import { type CategoryModel, rarityOf, scaleOf, singleUnit } from './category-model.ts'
import { placeOf } from './category-model-file.ts'
import { bucketMask, familyWeights } from './category-table.ts'
import { saysNothing } from './category-words.ts'

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

/** A power of two above the most different features a text can have. */
const scratchSize = 1 << 16

/** Applies a model to one text after another. */
export function categoryScorer(model: CategoryModel): Scorer {
  const features = categoryFeatureBuffer()
  const classes = model.labels.length
  // Where each bucket of the text at hand stands first among its features, plus one.
  const scratch = new Int32Array(scratchSize)
  // Of each feature its place in the model: shared ones from 0 up, single ones from -2 down, -1 for unknown and repeated.
  const places = new Int32Array(features.hash.length)
  const values = new Float32Array(features.hash.length)
  const used: number[] = []
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
    countFeatures()
    const squares = new Float64Array(familyCount)
    for (let k = 0; k < features.count; k++) {
      const count = values[k] ?? 0
      const place = places[k] ?? -1
      if (place === -1) continue
      const rarity = place >= 0 ? rarityOf(model.rarities[place] ?? 0) : model.sizes.singleRarity
      const value = (1 + Math.log(count)) * rarity
      const family = features.family[k] ?? 0
      values[k] = value
      squares[family] = (squares[family] ?? 0) + value * value
    }
    for (let k = 0; k < features.count; k++) {
      const family = features.family[k] ?? 0
      values[k] =
        places[k] === -1
          ? 0
          : ((values[k] ?? 0) * (familyWeights[family] ?? 0)) / Math.sqrt(squares[family] || 1)
    }
  }

  /** Counts each distinct feature where it occurs first, and finds its place in the model. */
  function countFeatures(): void {
    used.length = 0
    for (let k = 0; k < features.count; k++) {
      const bucket = (features.hash[k] ?? 0) & bucketMask
      let slot = bucket & (scratchSize - 1)
      for (;;) {
        const first = (scratch[slot] ?? 0) - 1
        if (first < 0) {
          scratch[slot] = k + 1
          used.push(slot)
          values[k] = 1
          places[k] = findPlace(bucket)
          break
        }
        if (((features.hash[first] ?? 0) & bucketMask) === bucket) {
          values[first] = (values[first] ?? 0) + 1
          values[k] = 0
          places[k] = -1
          break
        }
        slot = (slot + 1) & (scratchSize - 1)
      }
    }
    for (const slot of used) scratch[slot] = 0
  }

  function findPlace(bucket: number): number {
    const shared = placeOf(model.shared, bucket)
    if (shared >= 0) return shared
    const single = placeOf(model.single, bucket)
    return single < 0 ? -1 : -2 - single
  }

  function sumUp(): Float64Array {
    const scores = Float64Array.from(model.bias)
    let singles = 0
    for (let k = 0; k < features.count; k++) {
      const place = places[k] ?? -1
      const value = values[k] ?? 0
      if (place >= 0) {
        const scaled = value * scaleOf(model.scales[place] ?? 0)
        const at = place * classes
        for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + scaled * (model.weights[at + c] ?? 0)
      } else if (place < -1) {
        const own = model.singleLabels[-2 - place] ?? 0
        singles += value
        scores[own] = (scores[own] ?? 0) + value * (model.singleWeights[-2 - place] ?? 0) * singleUnit
      }
    }
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + singles * (model.singleBase[c] ?? 0)
    return scores
  }

  function countKnown(): number {
    const words = new Set<number>()
    for (let k = 0; k < features.count; k++) {
      const word = features.word[k] ?? noWord
      if (word !== noWord && features.family[k] === Family.word && (values[k] ?? 0) !== 0) words.add(word)
    }
    return words.size
  }

  /** What each word added to a label above the mean of the labels. */
  function contributions(label: number): Float64Array {
    const sums = new Float64Array(features.words.length)
    for (let k = 0; k < features.count; k++) {
      const word = features.word[k] ?? noWord
      const place = places[k] ?? -1
      if (word === noWord || place === -1) continue
      sums[word] = (sums[word] ?? 0) + (values[k] ?? 0) * aboveMean(place, label)
    }
    return sums
  }

  function aboveMean(place: number, label: number): number {
    if (place < -1) {
      const weight = (model.singleWeights[-2 - place] ?? 0) * singleUnit
      return model.singleLabels[-2 - place] === label ? weight * (1 - 1 / classes) : -weight / classes
    }
    const at = place * classes
    let mean = 0
    for (let c = 0; c < classes; c++) mean += (model.weights[at + c] ?? 0) / classes
    return ((model.weights[at + label] ?? 0) - mean) * scaleOf(model.scales[place] ?? 0)
  }
}

/** A reason weighs at least this, and this fraction of the strongest. */
const leastReason = 0.03
const leastOfStrongest = 0.2

function strongest(
  text: string,
  { words }: CategoryFeatures,
  sums: Float64Array,
  limit: number,
): { text: string; weight: number }[] {
  const found = new Map<string, { text: string; weight: number }>()
  for (const [i, { folded, start, end }] of words.entries()) {
    if (saysNothing(folded)) continue
    const weight = (found.get(folded)?.weight ?? 0) + (sums[i] ?? 0)
    found.set(folded, { text: found.get(folded)?.text ?? text.slice(start, end), weight })
  }
  const sorted = [...found.values()].sort((a, b) => b.weight - a.weight)
  const least = Math.max(leastReason, leastOfStrongest * (sorted[0]?.weight ?? 0))
  return sorted
    .filter(({ weight }) => weight >= least)
    .slice(0, limit)
    .map((one) => ({ text: one.text, weight: Math.round(one.weight * 1000) / 1000 }))
}
