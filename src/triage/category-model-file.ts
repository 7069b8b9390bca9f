import { bucketBits } from './category-table.ts'

/** How large a model's arrays are. */
export interface ModelSizes {
  readonly labels: readonly string[]
  readonly sharedPlaces: number
  readonly singlePlaces: number
  /** How rare a feature of a single text is. */
  readonly singleRarity: number
}

/**
 * A set of buckets as an open-addressed table in the order of the buckets: the place says which bucket it is about, 16
 * bits of it exactly. 0 is an empty place.
 */
export interface Places {
  readonly marks: Uint16Array
}

export function emptyPlaces(marks: Uint16Array): Places {
  return { marks }
}

/** Enough places that some stay empty. */
export function placesFor(buckets: number): number {
  return 2 * Math.ceil((buckets * 1.2) / 2) + 2
}

/** The place of a bucket, -1 when it has none; `new` gives it the next empty one. */
export function placeOf({ marks }: Places, bucket: number, want: 'new' | 'known'): number {
  const mark = Math.min((bucket & 0xffff) + 1, 0xffff)
  let place = Math.floor((bucket / 2 ** bucketBits) * marks.length)
  for (let tried = 0; tried < marks.length; tried++) {
    const here = marks[place] ?? 0
    if (here === 0) {
      if (want === 'known') return -1
      marks[place] = mark
      return place
    }
    if (here === mark && want === 'known') return place
    if (++place === marks.length) place = 0
  }
  return -1
}

const magic = 'VIGIEC2\n'
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
    const counts = [sizes.sharedPlaces, sizes.singlePlaces, sizes.singleRarity]
    return Array.isArray(sizes.labels) && counts.every(Number.isFinite) ? sizes : null
  } catch {
    return null
  }
}
