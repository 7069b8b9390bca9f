import {
  anotherLanguage,
  extractLanguage,
  type LanguageWeights,
  languageFeatureBuffer,
  languageScale,
} from '../classify/language.ts'
import { tokenBuffer, tokenize } from '../classify/tokens.ts'
import type { Example } from './corpus.ts'
import { randomFrom, shuffle } from './random.ts'

const bits = 15
const rowsPerLanguage = 6000
const passes = 4

type LanguageRow = Pick<Example, 'text' | 'language'>

/**
 * A few own sentences stand for each language that has no set. Together they are one class, "another language":
 * enough not to take Catalan for Spanish or Turkish for Finnish.
 */
const ownRepeats = 150

/** Learns to tell the languages of the training sets apart. Small: any language is known from a few thousand lines. */
export function trainLanguage(
  examples: readonly LanguageRow[],
  own: readonly LanguageRow[],
  seed: number,
  progress: (done: number, note: string) => void,
): LanguageWeights {
  const languages = [...new Set(examples.map((example) => example.language)), anotherLanguage].sort()
  const known = new Set(languages)
  const rows = [
    ...sample(examples, languages, seed),
    ...Array.from({ length: ownRepeats }, () => own).flat(),
  ].map(({ text, language }) => ({ text, language: known.has(language) ? language : anotherLanguage }))
  const size = languages.length
  const weights = new Float32Array(size << bits)
  const squares = new Float32Array(1 << bits)
  const random = randomFrom(seed + 1)
  const order = Int32Array.from({ length: rows.length }, (_, r) => r)
  const tokens = tokenBuffer()
  const features = languageFeatureBuffer()
  const gradient = new Float64Array(size)
  const mask = (1 << bits) - 1
  let step = 0
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random)
    for (const r of order) {
      const row = rows[r]
      if (row === undefined) continue
      tokenize(row.text, tokens)
      // A part of the text only, now and then: short texts must be told apart too.
      if (random() < 0.5) tokens.count = Math.min(tokens.count, 2 + Math.floor(random() * 12))
      extractLanguage(tokens, features)
      const rate = 0.3 * (1 - step++ / (rows.length * passes))
      learn(languages.indexOf(row.language), rate)
      if (step % 10_000 === 0) progress(step / (rows.length * passes), 'telling languages apart')
    }
  }
  return quantised(languages, weights)

  function learn(target: number, rate: number): void {
    const scale = languageScale(features.count)
    gradient.fill(0)
    for (let k = 0; k < features.count; k++) {
      const at = ((features.hash[k] ?? 0) & mask) * size
      for (let c = 0; c < size; c++) gradient[c] = (gradient[c] ?? 0) + (weights[at + c] ?? 0)
    }
    const top = Math.max(...gradient) * scale
    let total = 0
    for (let c = 0; c < size; c++) total += gradient[c] = Math.exp((gradient[c] ?? 0) * scale - top)
    let square = 0
    for (let c = 0; c < size; c++) {
      const g = ((gradient[c] ?? 0) / total - (c === target ? 1 : 0)) * scale
      gradient[c] = g
      square += g * g
    }
    for (let k = 0; k < features.count; k++) {
      const bucket = (features.hash[k] ?? 0) & mask
      const seen = (squares[bucket] ?? 0) + square
      squares[bucket] = seen
      const move = rate / (Math.sqrt(seen) + 1e-2)
      const at = bucket * size
      for (let c = 0; c < size; c++) weights[at + c] = (weights[at + c] ?? 0) - move * (gradient[c] ?? 0)
    }
  }
}

function sample(
  examples: readonly Pick<Example, 'text' | 'language'>[],
  languages: readonly string[],
  seed: number,
) {
  const random = randomFrom(seed)
  const order = Int32Array.from({ length: examples.length }, (_, i) => i)
  shuffle(order, random)
  const left = new Map(languages.map((language) => [language, rowsPerLanguage]))
  return Array.from(order, (i) => examples[i]).filter((row): row is LanguageRow => {
    if (row === undefined) return false
    const quota = left.get(row.language) ?? 0
    left.set(row.language, quota - 1)
    return quota > 0
  })
}

function quantised(languages: readonly string[], weights: Float32Array): LanguageWeights {
  let largest = 0
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight))
  const step = largest / 127
  return { languages, bits, step, weights: Int8Array.from(weights, (weight) => Math.round(weight / step)) }
}
