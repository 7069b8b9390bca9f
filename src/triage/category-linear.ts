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
const passes = 3
/** A row this far beyond a class's border is not looked at again for that class: half the work, the same borders. */
const settledFrom = 0.25

/**
 * One linear support vector machine a class against the rest, squared hinge, by dual coordinate descent with shrinking
 * (Hsieh et al. 2008). The classes' weights of a feature lie side by side; shared features only, the last row is the
 * bias.
 */
export function trainLinear(lesson: Lesson): Float32Array {
  const { labels, importance, classes, shared, table } = lesson
  const { start, sharedEnd, feature, value } = table
  const rows = labels.length
  const weights = new Float32Array((shared + 1) * classes)
  const pulls = new Float32Array(rows * classes)
  const squares = lengthsOf(lesson)
  const isSettled = new Uint8Array(rows * classes)
  const bias = shared * classes
  const order = spreadOrder(rows)
  const open = new Int32Array(classes)
  const steps = new Float64Array(classes)
  const sums = new Float64Array(classes)
  for (let pass = 0; pass < passes; pass++) {
    for (const r of order) {
      let count = 0
      for (let c = 0; c < classes; c++) if (isSettled[r * classes + c] === 0) open[count++] = c
      if (count === 0) continue
      const from = start[r] ?? 0
      const to = sharedEnd[r] ?? 0
      sumUp(from, to, count)
      const ridge = 1 / (2 * cost * (importance[r] ?? 1))
      const length = (squares[r] ?? 1) + ridge
      let moved = 0
      for (let i = 0; i < count; i++) {
        const c = open[i] ?? 0
        const own = r * classes + c
        const sign = labels[r] === c ? 1 : -1
        const old = pulls[own] ?? 0
        const gradient = sign * (sums[i] ?? 0) - 1 + old * ridge
        const next = Math.max(0, old - gradient / length)
        if (next === 0 && gradient > settledFrom) isSettled[own] = 1
        if (next === old) continue
        pulls[own] = next
        steps[moved] = (next - old) * sign
        open[moved++] = c
      }
      move(from, to, moved)
    }
  }
  return weights

  /** The scores of a row for the first `count` open classes; four at a time read the row a quarter as often. */
  function sumUp(from: number, to: number, count: number): void {
    let i = 0
    for (; i + 3 < count; i += 4) {
      const a = open[i] ?? 0
      const b = open[i + 1] ?? 0
      const c = open[i + 2] ?? 0
      const d = open[i + 3] ?? 0
      let sumA = weights[bias + a] ?? 0
      let sumB = weights[bias + b] ?? 0
      let sumC = weights[bias + c] ?? 0
      let sumD = weights[bias + d] ?? 0
      for (let k = from; k < to; k++) {
        const at = Math.imul(feature[k] ?? 0, classes)
        const v = value[k] ?? 0
        sumA += v * (weights[at + a] ?? 0)
        sumB += v * (weights[at + b] ?? 0)
        sumC += v * (weights[at + c] ?? 0)
        sumD += v * (weights[at + d] ?? 0)
      }
      sums[i] = sumA
      sums[i + 1] = sumB
      sums[i + 2] = sumC
      sums[i + 3] = sumD
    }
    for (; i < count; i++) {
      const c = open[i] ?? 0
      let sum = weights[bias + c] ?? 0
      for (let k = from; k < to; k++)
        sum += (value[k] ?? 0) * (weights[Math.imul(feature[k] ?? 0, classes) + c] ?? 0)
      sums[i] = sum
    }
  }

  /** Moves the first `count` open classes by their steps along a row. */
  function move(from: number, to: number, count: number): void {
    for (let i = 0; i < count; i++) {
      const at = bias + (open[i] ?? 0)
      weights[at] = (weights[at] ?? 0) + (steps[i] ?? 0)
    }
    let i = 0
    for (; i + 3 < count; i += 4) {
      const a = open[i] ?? 0
      const b = open[i + 1] ?? 0
      const c = open[i + 2] ?? 0
      const d = open[i + 3] ?? 0
      const stepA = steps[i] ?? 0
      const stepB = steps[i + 1] ?? 0
      const stepC = steps[i + 2] ?? 0
      const stepD = steps[i + 3] ?? 0
      for (let k = from; k < to; k++) {
        const at = Math.imul(feature[k] ?? 0, classes)
        const v = value[k] ?? 0
        weights[at + a] = (weights[at + a] ?? 0) + v * stepA
        weights[at + b] = (weights[at + b] ?? 0) + v * stepB
        weights[at + c] = (weights[at + c] ?? 0) + v * stepC
        weights[at + d] = (weights[at + d] ?? 0) + v * stepD
      }
    }
    for (; i < count; i++) {
      const c = open[i] ?? 0
      const step = steps[i] ?? 0
      for (let k = from; k < to; k++) {
        const at = Math.imul(feature[k] ?? 0, classes) + c
        weights[at] = (weights[at] ?? 0) + (value[k] ?? 0) * step
      }
    }
  }
}

/** Length of each row, squared, with the bias. */
function lengthsOf({ labels, table: { start, sharedEnd, value } }: Lesson): Float32Array {
  return Float32Array.from(labels, (_, r) => {
    let sum = 1
    for (let k = start[r] ?? 0; k < (sharedEnd[r] ?? 0); k++) sum += (value[k] ?? 0) ** 2
    return sum
  })
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
