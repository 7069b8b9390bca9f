import {
  calibratedLanguages,
  languageTerm,
  styleSize,
  temperatureOf,
  termCount,
} from '../classify/calibrate.ts'
import type { Calibration, Model, SureFrom } from '../classify/model.ts'
import { type Logits, modelReader, scoresOf, strongest } from '../classify/polarity.ts'
import type { Polarity, Scores } from '../domain/judgement.ts'
import type { Example } from './corpus.ts'

/** Error rates that "sure" promises on validation texts: a verdict of negative that is shown as sure is right this often. */
const rightWhenSure: Record<Polarity, number> = { negative: 0.87, neutral: 0.75, positive: 0.85 }
const fewestForLanguage = 300
const enoughFound = 0.7
/** A verdict that is little better than the toss of a coin is never sure, however the sets are mixed. */
const leastSure = 0.6

/** One labelled text that the model which judged it was not trained on. */
export interface Case {
  readonly example: Example
  /** The language that most likely is; and the one a verdict would name. */
  readonly language: string | null
  readonly named: string | null
  readonly logits: Logits
  readonly style: Float64Array
}

/** Fits the temperature terms by gradient descent, then chooses the thresholds. */
export function calibrate(validation: readonly Case[], heldOut: readonly Case[]): Calibration {
  const trusted = validation.filter(({ example }) => isTrusted(example))
  const temperature = fitTemperature([...trusted, ...heldOut])
  return {
    temperature,
    ...chooseThresholds(verdictsOf(trusted, temperature), verdictsOf(heldOut, temperature)),
  }
}

/** What an uncalibrated model says of texts it was not trained on. */
export function readCases(model: Model, examples: readonly Example[]): Case[] {
  const reader = modelReader(model)
  return examples.map((example) => {
    const reading = reader.read(example.text, {})
    const logits = reader.logits(reading)
    const { language } = reader.verdict(reading, reader.scores(reading, logits))
    const { language: found, style } = reading
    return { example, language: found.likely, named: language, logits, style: style.slice() }
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
  const weights = weightsOf(cases)
  const size = termCount
  const terms = new Float64Array(size)
  const slope = new Float64Array(size)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  for (let round = 0; round < 400; round++) {
    for (let k = 0; k < size; k++) slope[k] = 0.002 * (terms[k] ?? 0)
    for (const [k, one] of cases.entries()) addSlope(one, terms, slope, (weights[k] ?? 0) / total)
    for (let k = 0; k < size; k++) terms[k] = (terms[k] ?? 0) - 1.5 * (slope[k] ?? 0)
  }
  return [...terms].map((term) => Math.round(term * 1e4) / 1e4)
}

/** Large sets count for more, but not in proportion. */
function weightsOf(cases: readonly Case[]): Float64Array {
  const groupOf = ({ example: { source, language } }: Case) => `${source}/${language}`
  const sizes = sizesBy(cases, groupOf)
  return Float64Array.from(cases, (one) => {
    return (one.example.source === 'umsab' ? 2 : 1) / Math.sqrt(sizes.get(groupOf(one)) ?? 1)
  })
}

function sizesBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const item of items) sizes.set(keyOf(item), (sizes.get(keyOf(item)) ?? 0) + 1)
  return sizes
}

/** Adds what one text says about the terms. */
function addSlope(one: Case, terms: Float64Array, slope: Float64Array, weight: number): void {
  const own = languageTerm(one.style, one.language)
  let sum = terms[own] ?? 0
  for (let k = 0; k < styleSize; k++) sum += (one.style[k] ?? 0) * (terms[k] ?? 0)
  const cold = Math.exp(-sum)
  const n = Math.exp(one.logits.negative * cold)
  const p = Math.exp(one.logits.positive * cold)
  const whole = n + 1 + p
  const said = (n * one.logits.negative + p * one.logits.positive) / whole
  const { label } = one.example
  const meant = label === 'negative' ? one.logits.negative : label === 'positive' ? one.logits.positive : 0
  // The loss falls with colder logits where the right class stands above the mean.
  const change = (meant - said) * cold * weight
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

function verdictsOf(cases: readonly Case[], temperature: readonly number[]): Verdict[] {
  return cases.map(({ example, language, named, logits, style }) => {
    const scores = scoresOf(logits, temperatureOf(style, language, temperature))
    const said = strongest(scores)
    const { source, label } = example
    return { source, label, language: named, said, confidence: scores[said], isRight: said === label }
  })
}

/**
 * For each language from the sets that are best for it, held-out texts included, where there are several. Elsewhere from
 * validation as it is mixed: the tweets of one set must not speak for all that is written in a language.
 */
function chooseThresholds(
  validated: readonly Verdict[],
  heldOut: readonly Verdict[],
): Pick<Calibration, 'sure' | 'sureElsewhere'> {
  const all = [...validated, ...heldOut]
  const sure: Record<string, SureFrom> = {}
  for (const language of calibratedLanguages) {
    const best = all.filter((verdict) => verdict.language === language && !isAspectSet(verdict.source))
    const sizes = [...sizesBy(best, ({ source }) => source).values()]
    // A few texts of other sets always look like this language.
    const isSeveral = sizes.filter((size) => size >= fewestForLanguage).length > 1
    const own = validated.filter((verdict) => verdict.language === language)
    if (isSeveral) sure[language] = thresholdsOf(best)
    else if (own.length >= fewestForLanguage) sure[language] = thresholdsOf(own)
  }
  return { sure, sureElsewhere: thresholdsOf(all) }
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
