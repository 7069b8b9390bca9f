import { calibratedLanguages, languageTerm, styleSize, termCount } from '../classify/calibrate.ts'
import type { Calibration, Model, SureFrom } from '../classify/model.ts'
import { type Logits, modelReader } from '../classify/polarity.ts'
import type { Polarity, Scores } from '../domain/judgement.ts'
import type { Example } from './corpus.ts'

/** Error rates that "sure" promises on validation texts: a verdict of negative that is shown as sure is right this often. */
const rightWhenSure: Record<Polarity, number> = { negative: 0.87, neutral: 0.75, positive: 0.85 }
const fewestForLanguage = 300
const fewestOfBest = 600
const enoughFound = 0.64
/** A verdict that is little better than the toss of a coin is never sure, however the sets are mixed. */
const leastSure = 0.6

interface Case {
  readonly label: Polarity
  readonly language: string | null
  readonly logits: Logits
  readonly style: Float64Array
  readonly weight: number
}

/** Fits the temperature terms by gradient descent, then chooses the thresholds. */
export function calibrate(model: Model, examples: readonly Example[]): Calibration {
  const cases = readCases(model, examples)
  const temperature = fitTemperature(cases)
  const fitted: Model = {
    ...model,
    about: { ...model.about, calibration: { ...model.about.calibration, temperature } },
  }
  return { temperature, ...chooseThresholds(fitted, examples) }
}

function readCases(model: Model, examples: readonly Example[]): Case[] {
  const reader = modelReader(model)
  const sizes = new Map<string, number>()
  const groupOf = (example: Example) => `${example.source}/${example.language}`
  for (const example of examples) sizes.set(groupOf(example), (sizes.get(groupOf(example)) ?? 0) + 1)
  return examples.filter(isTrusted).map((example) => {
    const reading = reader.read(example.text, {})
    return {
      label: example.label,
      language: reading.language.likely,
      logits: reader.logits(reading),
      style: reading.style.slice(),
      // Large sets count for more, but not in proportion.
      weight: (example.source === 'umsab' ? 2 : 1) / Math.sqrt(sizes.get(groupOf(example)) ?? 1),
    }
  })
}

/** Sets whose labels say what a reader would: not projected film lines, not the scrambled Hindi, not emotions. */
function isTrusted({ source, language }: Example): boolean {
  if (source === 'umsab') return language !== 'hi'
  return source !== 'xed' && source !== 'goemotions' && source !== 'tweeteval_emotion'
}

/** Labels of single aspects, or of translations: right for their purpose, not for the verdict on a whole text. */
function isAspectSet(source: string): boolean {
  return source === 'mabsa' || source === 'typology'
}

/** Minimises the mean log loss over the terms of the log temperature, with a small pull to 0. */
function fitTemperature(cases: readonly Case[]): number[] {
  const size = termCount
  const terms = new Float64Array(size)
  const slope = new Float64Array(size)
  const total = cases.reduce((sum, one) => sum + one.weight, 0)
  for (let round = 0; round < 400; round++) {
    for (let k = 0; k < size; k++) slope[k] = 0.002 * (terms[k] ?? 0)
    for (const one of cases) addSlope(one, terms, slope, total)
    for (let k = 0; k < size; k++) terms[k] = (terms[k] ?? 0) - 1.5 * (slope[k] ?? 0)
  }
  return [...terms].map((term) => Math.round(term * 1e4) / 1e4)
}

function addSlope(one: Case, terms: Float64Array, slope: Float64Array, total: number): void {
  const own = languageTerm(one.style, one.language)
  let sum = terms[own] ?? 0
  for (let k = 0; k < styleSize; k++) sum += (one.style[k] ?? 0) * (terms[k] ?? 0)
  const cold = Math.exp(-sum)
  const n = Math.exp(one.logits.negative * cold)
  const p = Math.exp(one.logits.positive * cold)
  const whole = n + 1 + p
  const said = (n * one.logits.negative + p * one.logits.positive) / whole
  const meant =
    one.label === 'negative' ? one.logits.negative : one.label === 'positive' ? one.logits.positive : 0
  // The loss falls with colder logits where the right class stands above the mean.
  const change = ((meant - said) * cold * one.weight) / total
  slope[own] = (slope[own] ?? 0) + change
  for (let k = 0; k < styleSize; k++) slope[k] = (slope[k] ?? 0) + change * (one.style[k] ?? 0)
}

interface Verdict {
  readonly source: string
  readonly language: string | null
  readonly label: Polarity
  readonly said: Polarity
  readonly confidence: number
  readonly isRight: boolean
}

function chooseThresholds(
  model: Model,
  examples: readonly Example[],
): Pick<Calibration, 'sure' | 'sureElsewhere'> {
  const reader = modelReader(model)
  const verdicts = examples.filter(isTrusted).map((example): Verdict => {
    const reading = reader.read(example.text, {})
    const { language, polarity, confidence } = reader.verdict(
      reading,
      reader.scores(reading, reader.logits(reading)),
    )
    const { source, label } = example
    return { source, label, language, said: polarity, confidence, isRight: polarity === example.label }
  })
  const sure: Record<string, SureFrom> = {}
  for (const language of calibratedLanguages) {
    const own = verdicts.filter((verdict) => verdict.language === language)
    const best = own.filter((verdict) => !isAspectSet(verdict.source))
    if (own.length >= fewestForLanguage)
      sure[language] = thresholdsOf(best.length >= fewestOfBest ? best : own)
  }
  return { sure, sureElsewhere: thresholdsOf(verdicts) }
}

function thresholdsOf(verdicts: readonly Verdict[]): SureFrom {
  return {
    negative: thresholdFor(verdicts, 'negative'),
    neutral: thresholdFor(verdicts, 'neutral'),
    positive: thresholdFor(verdicts, 'positive'),
  }
}

/**
 * The lowest confidence above which verdicts of this polarity are right often enough. Where that leaves more than
 * `enoughFound` of the cases, the threshold rises to there: what is found anyway can as well be found more surely.
 */
function thresholdFor(verdicts: readonly Verdict[], polarity: keyof Scores): number {
  const own = verdicts
    .filter((verdict) => verdict.said === polarity)
    .sort((a, b) => b.confidence - a.confidence)
  const cases = verdicts.filter((verdict) => verdict.label === polarity).length
  let right = 0
  let lowest = 0.95
  for (const [k, verdict] of own.entries()) {
    if (verdict.isRight) right++
    const isGood = k >= 30 && right / (k + 1) >= rightWhenSure[polarity]
    if (isGood) lowest = verdict.confidence
    if (isGood && right >= enoughFound * cases) break
  }
  return Math.max(leastSure, Math.floor(lowest * 100) / 100)
}
