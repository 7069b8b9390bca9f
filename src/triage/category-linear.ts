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

/**
 * One linear support vector machine a class against the rest, squared hinge, by dual coordinate descent
 * (Hsieh et al. 2008). The classes' weights of a feature lie side by side: one look-up serves them all.
 * The last row of weights is the bias.
 */
export function trainLinear(lesson: Lesson): Float32Array {
  const { table, labels, importance, classes, features, shared } = lesson
  const rows = labels.length
  const weights = new Float32Array((features + 1) * classes)
  const pulls = new Float32Array(rows * classes)
  const squares = squaresOf(table, rows, shared)
  const sums = new Float64Array(classes)
  const steps = new Float64Array(classes)
  const bias = features * classes
  const order = spreadOrder(rows)
  for (let pass = 0; pass < passes; pass++) {
    for (const r of order) {
      const from = table.start[r] ?? 0
      const to = table.start[r + 1] ?? 0
      for (let c = 0; c < classes; c++) sums[c] = weights[bias + c] ?? 0
      for (let k = from; k < to; k++) {
        const f = table.feature[k] ?? 0
        if (f >= shared) continue
        const at = f * classes
        const v = table.value[k] ?? 0
        for (let c = 0; c < classes; c++) sums[c] = (sums[c] ?? 0) + v * (weights[at + c] ?? 0)
      }
      const ridge = 1 / (2 * cost * (importance[r] ?? 1))
      let moved = false
      for (let c = 0; c < classes; c++) {
        const sign = labels[r] === c ? 1 : -1
        const old = pulls[r * classes + c] ?? 0
        const gradient = sign * (sums[c] ?? 0) - 1 + old * ridge
        const next = Math.max(0, old - gradient / ((squares[r] ?? 1) + ridge))
        steps[c] = (next - old) * sign
        pulls[r * classes + c] = next
        if (next !== old) moved = true
      }
      if (!moved) continue
      for (let c = 0; c < classes; c++) weights[bias + c] = (weights[bias + c] ?? 0) + (steps[c] ?? 0)
      for (let k = from; k < to; k++) {
        const f = table.feature[k] ?? 0
        if (f >= shared) continue
        const at = f * classes
        const v = table.value[k] ?? 0
        for (let c = 0; c < classes; c++) weights[at + c] = (weights[at + c] ?? 0) + v * (steps[c] ?? 0)
      }
    }
  }
  return weights
}

/** Length of each row, squared, with the bias. */
function squaresOf(table: Table, rows: number, shared: number): Float32Array {
  const squares = new Float32Array(rows)
  for (let r = 0; r < rows; r++) {
    let sum = 1
    for (let k = table.start[r] ?? 0; k < (table.start[r + 1] ?? 0); k++)
      if ((table.feature[k] ?? 0) < shared) sum += (table.value[k] ?? 0) ** 2
    squares[r] = sum
  }
  return squares
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
