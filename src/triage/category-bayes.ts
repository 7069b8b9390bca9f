import type { Lesson } from './category-linear.ts'

const bayesSmoothing = 0.1

/** Complement naive Bayes (Rennie et al. 2003): each class is known by what the texts outside it do not hold. */
export function trainBayes({ table, labels, importance, classes, features }: Lesson): Float32Array {
  const weights = new Float32Array(features * classes)
  for (let r = 0; r < labels.length; r++) {
    for (let k = table.start[r] ?? 0; k < (table.start[r + 1] ?? 0); k++) {
      const at = (table.feature[k] ?? 0) * classes + (labels[r] ?? 0)
      weights[at] = (weights[at] ?? 0) + (importance[r] ?? 0) * (table.value[k] ?? 0)
    }
  }
  const outside = outsideOf(weights, classes, features)
  for (let f = 0; f < features; f++) {
    const at = f * classes
    let all = 0
    for (let c = 0; c < classes; c++) all += weights[at + c] ?? 0
    let mean = 0
    for (let c = 0; c < classes; c++) {
      const share = (all - (weights[at + c] ?? 0) + bayesSmoothing) / (outside[c] ?? 1)
      const weight = -Math.log(share)
      weights[at + c] = weight
      mean += weight / classes
    }
    // Only differences between classes decide; about their mean they can be read as reasons.
    for (let c = 0; c < classes; c++) weights[at + c] = (weights[at + c] ?? 0) - mean
  }
  return weights
}

/** What all texts outside each class weigh together, smoothed. */
function outsideOf(counts: Float32Array, classes: number, features: number): Float64Array {
  const inside = new Float64Array(classes)
  let all = 0
  for (let i = 0; i < counts.length; i++) {
    inside[i % classes] = (inside[i % classes] ?? 0) + (counts[i] ?? 0)
    all += counts[i] ?? 0
  }
  return inside.map((own) => all - own + bayesSmoothing * features)
}
