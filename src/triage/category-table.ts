import { categoryFeatureBuffer, familyCount, readFeatures } from './category-features.ts'

/** Texts read once: row r holds the buckets `bucket[start[r]] … bucket[start[r + 1] - 1]`, each once, with its count. */
export interface RawTable {
  readonly start: Int32Array
  readonly bucket: Int32Array
  readonly count: Float32Array
  readonly family: Uint8Array
}

/** Which hashed features a model knows, and how rare they are. */
export interface Vocabulary {
  /** Feature f stands in bucket `buckets[f]`; the commonest first. */
  readonly buckets: Int32Array
  readonly rarity: Float32Array
  /** Features from this one on stand in one text only. */
  readonly shared: number
}

/** Weighed rows: row r is `feature[start[r]] … feature[start[r + 1] - 1]`, with the values beside. */
export interface Table {
  readonly start: Int32Array
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
/** A feature fewer texts hold is left out. */
const fewestTexts = [1, 2, 1, 1, 1, 3, 3, 3]

export function readTexts(texts: readonly TextInLanguage[]): RawTable {
  const features = categoryFeatureBuffer()
  const start = new Int32Array(texts.length + 1)
  const seen = new Int32Array(1 << bucketBits)
  let size = 1 << 20
  let bucket = new Int32Array(size)
  let count = new Float32Array(size)
  let family = new Uint8Array(size)
  let used = 0
  for (const [row, { text, language }] of texts.entries()) {
    readFeatures(text, language, features)
    if (used + features.count > size) {
      size *= 2
      bucket = grown(bucket, new Int32Array(size))
      count = grown(count, new Float32Array(size))
      family = grown(family, new Uint8Array(size))
    }
    const from = used
    for (let k = 0; k < features.count; k++) {
      const at = (features.hash[k] ?? 0) & bucketMask
      const known = (seen[at] ?? 0) - 1
      if (known >= from) {
        count[known] = (count[known] ?? 0) + 1
        continue
      }
      bucket[used] = at
      count[used] = 1
      family[used] = features.family[k] ?? 0
      seen[at] = ++used
    }
    start[row + 1] = used
  }
  return { start, bucket: bucket.slice(0, used), count: count.slice(0, used), family: family.slice(0, used) }
}

function grown<T extends Int32Array | Float32Array | Uint8Array>(from: T, into: T): T {
  into.set(from)
  return into
}

export function vocabularyOf(raw: RawTable, rows: Int32Array): Vocabulary {
  const texts = new Int32Array(1 << bucketBits)
  const family = new Uint8Array(1 << bucketBits)
  for (const row of rows) {
    const to = raw.start[row + 1] ?? 0
    for (let k = raw.start[row] ?? 0; k < to; k++) {
      const at = raw.bucket[k] ?? 0
      texts[at] = (texts[at] ?? 0) + 1
      family[at] = raw.family[k] ?? 0
    }
  }
  const keys: number[] = []
  for (let at = 0; at < texts.length; at++) {
    const count = texts[at] ?? 0
    // The common ones first: what is used together lies together in memory. As numbers they sort ten times as fast.
    if (count >= (fewestTexts[family[at] ?? 0] ?? 1)) keys.push((rows.length - count) * 2 ** bucketBits + at)
  }
  const known = Int32Array.from(Float64Array.from(keys).sort(), (key) => key % 2 ** bucketBits)
  const shared = known.findIndex((at) => texts[at] === 1)
  return {
    buckets: Int32Array.from(known),
    rarity: Float32Array.from(known, (at) => Math.log((1 + rows.length) / (1 + (texts[at] ?? 0))) + 1),
    shared: shared < 0 ? known.length : shared,
  }
}

/** For each bucket its feature, or -1. */
export function featureIndex(buckets: Int32Array): Int32Array {
  const index = new Int32Array(1 << bucketBits).fill(-1)
  for (let feature = 0; feature < buckets.length; feature++) index[buckets[feature] ?? 0] = feature
  return index
}

/** Sublinear counts times rarity, each family brought to its length. */
export function weigh(
  raw: RawTable,
  rows: Int32Array,
  vocabulary: Pick<Vocabulary, 'rarity'>,
  index: Int32Array,
): Table {
  let most = 0
  for (const row of rows) most += (raw.start[row + 1] ?? 0) - (raw.start[row] ?? 0)
  const feature = new Int32Array(most)
  const value = new Float32Array(most)
  const start = new Int32Array(rows.length + 1)
  const squares = new Float64Array(familyCount)
  const { rarity } = vocabulary
  let used = 0
  for (let r = 0; r < rows.length; r++) {
    const first = used
    const from = raw.start[rows[r] ?? 0] ?? 0
    const to = raw.start[(rows[r] ?? 0) + 1] ?? 0
    squares.fill(0)
    for (let k = from; k < to; k++) {
      const f = index[raw.bucket[k] ?? 0] ?? -1
      if (f < 0) continue
      const v = (1 + Math.log(raw.count[k] ?? 1)) * (rarity[f] ?? 0)
      const family = raw.family[k] ?? 0
      squares[family] = (squares[family] ?? 0) + v * v
      feature[used] = f
      value[used++] = v
    }
    let k = from
    for (let at = first; at < used; at++, k++) {
      while ((index[raw.bucket[k] ?? 0] ?? -1) < 0) k++
      const family = raw.family[k] ?? 0
      value[at] = ((value[at] ?? 0) * (familyWeights[family] ?? 0)) / Math.sqrt(squares[family] || 1)
    }
    start[r + 1] = used
  }
  return { start, feature: feature.slice(0, used), value: value.slice(0, used) }
}
