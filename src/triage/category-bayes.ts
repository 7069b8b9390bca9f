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
  const outside = outsideOf(weights, classes, features).map(Math.log)
  for (let f = 0; f < features; f++) {
    const at = f * classes
    let all = bayesSmoothing
    for (let c = 0; c < classes; c++) all += weights[at + c] ?? 0
    // Most features stand in few classes: for the others nothing is to be taken away.
    const whole = Math.log(all)
    let mean = 0
    for (let c = 0; c < classes; c++) {
      const inside = weights[at + c] ?? 0
      const weight = (outside[c] ?? 0) - (inside === 0 ? whole : Math.log(all - inside))
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
  for (let at = 0; at < counts.length; at += classes)
    for (let c = 0; c < classes; c++) inside[c] = (inside[c] ?? 0) + (counts[at + c] ?? 0)
  for (const own of inside) all += own
  return inside.map((own) => all - own + bayesSmoothing * features)
}
