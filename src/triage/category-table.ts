import { categoryFeatureBuffer, familyCount, maxFeatures, readFeatures } from './category-features.ts'

/** Texts read once: row r holds the distinct features `feature[start[r]] … feature[start[r + 1] - 1]`, each once. */
export interface RawTable {
  readonly start: Int32Array
  /** Features are numbered as they were met, so that what follows looks into small arrays, not into all buckets. */
  readonly feature: Int32Array
  /** How often the row holds it; 255 stands for more. */
  readonly count: Uint8Array
  readonly family: Uint8Array
  /** The bucket of each distinct feature. */
  readonly buckets: Int32Array
}

/** Which of the features a model knows, and how rare they are. */
export interface Vocabulary {
  /** Known feature f stands in bucket `buckets[f]`; the commonest first. */
  readonly buckets: Int32Array
  readonly rarity: Float32Array
  /** Features from this one on stand in one text only. */
  readonly shared: number
  /** For each feature of the raw table its number here, or -1. */
  readonly index: Int32Array
}

/**
 * Weighed rows: row r is `feature[start[r]] … feature[start[r + 1] - 1]`, with the values beside; those before
 * `sharedEnd[r]` stand in other texts too.
 */
export interface Table {
  readonly start: Int32Array
  readonly sharedEnd: Int32Array
  readonly feature: Int32Array
  readonly value: Float32Array
}

export interface TextInLanguage {
  readonly text: string
  readonly language: string | null
}

export const bucketBits = 22
export const bucketMask = (1 << bucketBits) - 1

/** How long each family of features is made: word, gram, stem, concept, shape, pair, apart, sign. Found by cross-validation. */
export const familyWeights = [1.3, 1, 1, 1, 0.3, 0.7, 0.6, 0.5]
/** Somewhat more than most texts have; where it is not enough, more room is made. */
const featuresPerLetter = 3
/** Words whose stem and pieces are kept while texts are read. */
const wordsKept = 200_000
/** A feature fewer texts hold is left out. */
const fewestTexts = [1, 2, 1, 1, 1, 3, 3, 3]

export function readTexts(texts: readonly TextInLanguage[]): RawTable {
  const features = categoryFeatureBuffer(wordsKept)
  const start = new Int32Array(texts.length + 1)
  /** The number of the feature in each bucket, plus one. */
  const numbers = new Int32Array(1 << bucketBits)
  const buckets: number[] = []
  let lastAt = new Int32Array(1 << 16)
  let size = Math.ceil(texts.reduce((sum, { text }) => sum + featuresPerLetter * text.length, maxFeatures))
  let feature = new Int32Array(size)
  let count = new Uint8Array(size)
  let family = new Uint8Array(size)
  let used = 0
  for (const [row, { text, language }] of texts.entries()) {
    readFeatures(text, language, features)
    if (used + features.count > size) {
      size *= 2
      feature = grown(feature, new Int32Array(size))
      count = grown(count, new Uint8Array(size))
      family = grown(family, new Uint8Array(size))
    }
    const from = used
    for (let k = 0; k < features.count; k++) {
      const bucket = (features.hash[k] ?? 0) & bucketMask
      let number = (numbers[bucket] ?? 0) - 1
      if (number < 0) {
        number = buckets.push(bucket) - 1
        numbers[bucket] = number + 1
        if (number >= lastAt.length) lastAt = grown(lastAt, new Int32Array(2 * number))
      }
      const known = (lastAt[number] ?? 0) - 1
      if (known >= from) {
        count[known] = Math.min(255, (count[known] ?? 0) + 1)
        continue
      }
      feature[used] = number
      count[used] = 1
      family[used] = features.family[k] ?? 0
      lastAt[number] = ++used
    }
    start[row + 1] = used
  }
  return {
    start,
    feature: feature.subarray(0, used),
    count: count.subarray(0, used),
    family: family.subarray(0, used),
    buckets: Int32Array.from(buckets),
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, into: T): T {
  into.set(from)
  return into
}

export function vocabularyOf(raw: RawTable, rows: Int32Array): Vocabulary {
  const texts = new Int32Array(raw.buckets.length)
  const family = new Uint8Array(raw.buckets.length)
  for (const row of rows) {
    const to = raw.start[row + 1] ?? 0
    for (let k = raw.start[row] ?? 0; k < to; k++) {
      const feature = raw.feature[k] ?? 0
      texts[feature] = (texts[feature] ?? 0) + 1
      family[feature] = raw.family[k] ?? 0
    }
  }
  const isKnown = (feature: number) => {
    const count = texts[feature] ?? 0
    return count > 0 && count >= (fewestTexts[family[feature] ?? 0] ?? 1)
  }
  // The common ones first: what is used together lies together in memory.
  const places = new Int32Array(rows.length + 2)
  for (let feature = 0; feature < texts.length; feature++)
    if (isKnown(feature)) {
      const after = rows.length - (texts[feature] ?? 0) + 1
      places[after] = (places[after] ?? 0) + 1
    }
  for (let i = 1; i < places.length; i++) places[i] = (places[i] ?? 0) + (places[i - 1] ?? 0)
  const known = places[rows.length] ?? 0
  const shared = places[rows.length - 1] ?? 0
  const buckets = new Int32Array(known)
  const rarity = new Float32Array(known)
  const index = new Int32Array(texts.length).fill(-1)
  for (let feature = 0; feature < texts.length; feature++) {
    if (!isKnown(feature)) continue
    const count = texts[feature] ?? 0
    const place = places[rows.length - count] ?? 0
    places[rows.length - count] = place + 1
    buckets[place] = raw.buckets[feature] ?? 0
    rarity[place] = Math.log((1 + rows.length) / (1 + count)) + 1
    index[feature] = place
  }
  return { buckets, rarity, shared, index }
}

const sublinear = Float64Array.from({ length: 256 }, (_, count) => 1 + Math.log(Math.max(1, count)))

/** Sublinear counts times rarity, each family brought to its length. */
export function weigh(raw: RawTable, rows: Int32Array, vocabulary: Vocabulary): Table {
  const { rarity, index, shared } = vocabulary
  let most = 0
  for (const row of rows) most += (raw.start[row + 1] ?? 0) - (raw.start[row] ?? 0)
  const feature = new Int32Array(most)
  const value = new Float32Array(most)
  const start = new Int32Array(rows.length + 1)
  const sharedEnd = new Int32Array(rows.length)
  const scales = new Float64Array(familyCount)
  let used = 0
  for (let r = 0; r < rows.length; r++) {
    const from = raw.start[rows[r] ?? 0] ?? 0
    const to = raw.start[(rows[r] ?? 0) + 1] ?? 0
    scales.fill(0)
    for (let k = from; k < to; k++) {
      const f = index[raw.feature[k] ?? 0] ?? -1
      if (f < 0) continue
      const v = (sublinear[raw.count[k] ?? 1] ?? 1) * (rarity[f] ?? 0)
      const family = raw.family[k] ?? 0
      scales[family] = (scales[family] ?? 0) + v * v
    }
    for (let family = 0; family < familyCount; family++)
      scales[family] = (familyWeights[family] ?? 0) / Math.sqrt(scales[family] || 1)
    let singles = 0
    for (let k = from; k < to; k++) {
      const f = index[raw.feature[k] ?? 0] ?? -1
      if (f >= shared) singles++
      if (f < 0 || f >= shared) continue
      feature[used] = f
      value[used++] =
        (sublinear[raw.count[k] ?? 1] ?? 1) * (rarity[f] ?? 0) * (scales[raw.family[k] ?? 0] ?? 0)
    }
    sharedEnd[r] = used
    for (let k = from; k < to && singles > 0; k++) {
      const f = index[raw.feature[k] ?? 0] ?? -1
      if (f < shared) continue
      singles--
      feature[used] = f
      value[used++] =
        (sublinear[raw.count[k] ?? 1] ?? 1) * (rarity[f] ?? 0) * (scales[raw.family[k] ?? 0] ?? 0)
    }
    start[r + 1] = used
  }
  return { start, sharedEnd, feature: feature.subarray(0, used), value: value.subarray(0, used) }
}
