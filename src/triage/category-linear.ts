import type { Table } from './category-table.ts'

export interface Lesson {
  readonly table: Table
  /** The class of each row. */
  readonly labels: Uint16Array
  /** How much each row counts. */
  readonly importance: Float32Array
  readonly classes: number
  readonly features: number
  /** Features from this one on stand in one row only, and say nothing about others. */
  readonly shared: number
}

/** What a mistake costs against the size of the weights. */
const cost = 0.3
const passes = 4
/** A row this far beyond a class's border is not looked at again for that class: half the work, the same borders. */
const settledFrom = 0.25

/**
 * One linear support vector machine a class against the rest, squared hinge, by dual coordinate descent with shrinking
 * (Hsieh et al. 2008). The classes' weights of a feature lie side by side; shared features only, the last row is the
 * bias.
 */
export function trainLinear(lesson: Lesson): Float32Array {
  const { labels, importance, classes, shared } = lesson
  const rows = labels.length
  const table = sharedOnly(lesson)
  const weights = new Float32Array((shared + 1) * classes)
  const pulls = new Float32Array(rows * classes)
  const isSettled = new Uint8Array(rows * classes)
  const bias = shared * classes
  const order = spreadOrder(rows)
  for (let pass = 0; pass < passes; pass++) {
    for (const r of order) {
      const from = table.start[r] ?? 0
      const to = table.start[r + 1] ?? 0
      const ridge = 1 / (2 * cost * (importance[r] ?? 1))
      const length = (table.squares[r] ?? 1) + ridge
      for (let c = 0; c < classes; c++) {
        const own = r * classes + c
        if (isSettled[own] === 1) continue
        let sum = weights[bias + c] ?? 0
        for (let k = from; k < to; k++)
          sum += (table.value[k] ?? 0) * (weights[(table.offset[k] ?? 0) + c] ?? 0)
        const sign = labels[r] === c ? 1 : -1
        const old = pulls[own] ?? 0
        const gradient = sign * sum - 1 + old * ridge
        const next = Math.max(0, old - gradient / length)
        if (next === 0 && gradient > settledFrom) isSettled[own] = 1
        if (next === old) continue
        pulls[own] = next
        const step = (next - old) * sign
        weights[bias + c] = (weights[bias + c] ?? 0) + step
        for (let k = from; k < to; k++) {
          const at = (table.offset[k] ?? 0) + c
          weights[at] = (weights[at] ?? 0) + (table.value[k] ?? 0) * step
        }
      }
    }
  }
  return weights
}

/** The rows without features of a single text, each with where its feature's weights begin. */
function sharedOnly({ table, classes, shared, labels }: Lesson) {
  const rows = labels.length
  const start = new Int32Array(rows + 1)
  const offset = new Int32Array(table.feature.length)
  const value = new Float32Array(table.feature.length)
  /** Length of each row, squared, with the bias. */
  const squares = new Float32Array(rows)
  let used = 0
  for (let r = 0; r < rows; r++) {
    let sum = 1
    for (let k = table.start[r] ?? 0; k < (table.start[r + 1] ?? 0); k++) {
      const feature = table.feature[k] ?? 0
      if (feature >= shared) continue
      const v = table.value[k] ?? 0
      offset[used] = feature * classes
      value[used++] = v
      sum += v * v
    }
    squares[r] = sum
    start[r + 1] = used
  }
  return { start, offset, value, squares }
}

/** Rows come by category: strides that visit each once mix them, the same on every machine. */
function spreadOrder(rows: number): Int32Array {
  let stride = Math.max(1, Math.floor(rows * 0.618))
  while (greatestDivisor(stride, rows) !== 1) stride++
  return Int32Array.from({ length: rows }, (_, i) => (i * stride) % rows)
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}
