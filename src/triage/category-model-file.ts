import { bucketBits } from './category-table.ts'

/** How large a model's arrays are. */
export interface ModelSizes {
  readonly labels: readonly string[]
  /** How many features stand in several texts, and how many in one. */
  readonly shared: number
  readonly single: number
  /** How rare a feature of a single text is. */
  readonly singleRarity: number
}

/**
 * A set of buckets in their order, a byte each: `starts[b]` is the place of the first bucket of block b, a block being
 * those that differ in their last 8 bits alone, which `marks` holds.
 */
export interface Places {
  readonly starts: Uint32Array
  readonly marks: Uint8Array
}

const markBits = 8
/** How many `starts` a set has. */
export const startCount = 2 ** (bucketBits - markBits) + 1

/** Gives each of the buckets, all different and in their order, its place. */
export function fillPlaces({ starts, marks }: Places, sorted: Int32Array): void {
  let block = 0
  for (let place = 0; place < sorted.length; place++) {
    const bucket = sorted[place] ?? 0
    for (; block <= bucket >>> markBits; block++) starts[block] = place
    marks[place] = bucket
  }
  starts.fill(sorted.length, block)
}

/** The place of a bucket, or -1. */
export function placeOf({ starts, marks }: Places, bucket: number): number {
  const block = bucket >>> markBits
  const mark = bucket & (2 ** markBits - 1)
  const end = Math.min(starts[block + 1] ?? 0, marks.length)
  for (let place = starts[block] ?? 0; place < end; place++) if (marks[place] === mark) return place
  return -1
}

const magic = 'VIGIEC3\n'
const headLimit = 100_000

export function writeModelBytes(sizes: ModelSizes, body: Uint8Array): Uint8Array {
  const head = `${magic}${JSON.stringify(sizes)}`
  const length = Buffer.byteLength(head) + 1
  // Spaces until the body begins on a boundary its widest numbers may stand on.
  return Buffer.concat([Buffer.from(`${head}${' '.repeat((8 - (length % 8)) % 8)}\n`), body])
}

/** Sizes and body, or null when the bytes are not a model of exactly these sizes. */
export function readModelBytes(
  bytes: Uint8Array,
  bytesFor: (sizes: ModelSizes) => number,
): { sizes: ModelSizes; body: Uint8Array } | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.toString('latin1', 0, magic.length) !== magic) return null
  const end = buffer.subarray(0, headLimit).indexOf('\n', magic.length)
  const sizes = end < 0 ? null : sizesOf(buffer.toString('utf8', magic.length, end))
  if (sizes === null || bytesFor(sizes) !== bytes.length - end - 1) return null
  const body = bytes.subarray(end + 1)
  return { sizes, body: body.byteOffset % 4 === 0 ? body : body.slice() }
}

function sizesOf(text: string): ModelSizes | null {
  try {
    // Written by ourselves into our own cache; the sizes are checked against the file's.
    const sizes = JSON.parse(text) as ModelSizes
    const counts = [sizes.shared, sizes.single, sizes.singleRarity]
    return Array.isArray(sizes.labels) && counts.every(Number.isFinite) ? sizes : null
  } catch {
    return null
  }
}
