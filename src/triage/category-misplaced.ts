import type { CategoriserSettings } from './category-categoriser.ts'
import { harmlessLabel, labelsOf, taughtTexts } from './category-categoriser.ts'
import type { TaughtText } from './category-model.ts'
import { readTexts, type Table, vocabularyOf, weigh } from './category-table.ts'

/** An example that, were it a comment, would go to another playbook than the one it is written in. */
export interface MisplacedExample {
  readonly category: string
  readonly language: string
  /** Its place among the examples of that language, from 0. */
  readonly index: number
  readonly text: string
  /** Where it lands; `_harmless` when it reads as asking for nothing. */
  readonly landsIn: string
}

/** More than the categoriser's own: with few texts a rare word must not convict. */
const bayesSmoothing = 0.2
/** Of each category and language, how many examples besides the judged ones are looked at: `check` must be quick. */
const mostOthers = 100
/** An example is misplaced when another category is this much likelier in log-odds; closer ones are left in doubt. */
const leastMargin = 3.5
/** Home among the first three is close enough: a case may well touch two other kinds. */
const fewestLikelier = 3
/** A category with fewer other texts than this cannot be told from the rest. */
const fewestTexts = 8

/**
 * Which of the first `writtenIn(category, language)` examples of each playbook land elsewhere when left out of what is
 * learnt. Complement naive Bayes alone: taking one text out of its counts is a subtraction.
 */
export function misplacedExamples(
  settings: Omit<CategoriserSettings, 'corrections'>,
  writtenIn: (category: string, language: string) => number,
): MisplacedExample[] {
  const placed = placedExamples(settings, writtenIn)
  const labels = labelsOf(placed)
  const table = tableOf(placed)
  const counts = countsOf(table, placed, labels)
  return placed.flatMap((example, row) => {
    if (!example.isJudged) return []
    const landsIn = whereItLands(row, labels.indexOf(example.label), table, counts, labels)
    const { label, text, index } = example
    return landsIn === null
      ? []
      : [{ category: label, language: example.language ?? '', index, text, landsIn }]
  })
}

interface PlacedExample extends TaughtText {
  readonly index: number
  readonly isJudged: boolean
}

function placedExamples(
  settings: Omit<CategoriserSettings, 'corrections'>,
  writtenIn: (category: string, language: string) => number,
): PlacedExample[] {
  const taught = taughtTexts({ ...settings, corrections: [] })
  const keyOf = ({ label, language }: TaughtText) => `${label} ${language}`
  const sizes = new Map<string, number>()
  for (const one of taught) sizes.set(keyOf(one), (sizes.get(keyOf(one)) ?? 0) + 1)
  const seen = new Map<string, number>()
  return taught.flatMap((one) => {
    const index = seen.get(keyOf(one)) ?? 0
    seen.set(keyOf(one), index + 1)
    const written = one.label === harmlessLabel ? 0 : writtenIn(one.label, one.language ?? '')
    const isJudged = index < written
    const isLookedAt = isOneOf(index - written, (sizes.get(keyOf(one)) ?? 0) - written, mostOthers)
    return isJudged || isLookedAt ? [{ ...one, index, isJudged }] : []
  })
}

/** Whether an index is among `most` spread evenly over all. */
function isOneOf(index: number, all: number, most: number): boolean {
  return all <= most || Math.floor((index * most) / all) !== Math.floor(((index - 1) * most) / all)
}

function tableOf(texts: readonly TaughtText[]): Table & { readonly features: number } {
  const raw = readTexts(texts)
  const rows = Int32Array.from(texts, (_, row) => row)
  const vocabulary = vocabularyOf(raw, rows)
  const table = weigh(raw, rows, vocabulary)
  return { ...table, features: vocabulary.buckets.length }
}

interface Counts {
  /** For each feature a sum for each label. */
  readonly byFeature: Float64Array
  readonly byLabel: Float64Array
  readonly texts: Int32Array
  readonly all: number
  readonly features: number
}

function countsOf(
  table: Table & { readonly features: number },
  placed: readonly PlacedExample[],
  labels: readonly string[],
): Counts {
  const byFeature = new Float64Array(table.features * labels.length)
  const byLabel = new Float64Array(labels.length)
  const texts = new Int32Array(labels.length)
  let all = 0
  for (const [row, { label }] of placed.entries()) {
    const own = labels.indexOf(label)
    texts[own] = (texts[own] ?? 0) + 1
    for (let k = table.start[row] ?? 0; k < (table.start[row + 1] ?? 0); k++) {
      const at = (table.feature[k] ?? 0) * labels.length + own
      const value = table.value[k] ?? 0
      byFeature[at] = (byFeature[at] ?? 0) + value
      byLabel[own] = (byLabel[own] ?? 0) + value
      all += value
    }
  }
  return { byFeature, byLabel, texts, all, features: table.features }
}

/** The label another text of the same words would get, or null when it is home or too close to tell. */
function whereItLands(
  row: number,
  home: number,
  table: Table,
  counts: Counts,
  labels: readonly string[],
): string | null {
  const from = table.start[row] ?? 0
  const to = table.start[row + 1] ?? 0
  let length = 0
  for (let k = from; k < to; k++) length += table.value[k] ?? 0
  const odds = new Float64Array(labels.length)
  for (let k = from; k < to; k++) {
    const at = (table.feature[k] ?? 0) * labels.length
    const value = table.value[k] ?? 0
    let all = -value
    for (let c = 0; c < labels.length; c++) all += counts.byFeature[at + c] ?? 0
    for (let c = 0; c < labels.length; c++) {
      const taken = c === home ? value : 0
      const rest = all - (counts.byFeature[at + c] ?? 0) + taken
      const outside = counts.all - length - (counts.byLabel[c] ?? 0) + (c === home ? length : 0)
      const share = (rest + bayesSmoothing) / (outside + bayesSmoothing * counts.features)
      odds[c] = (odds[c] ?? 0) - value * Math.log(share)
    }
  }
  const known = (c: number) => (counts.texts[c] ?? 0) - (c === home ? 1 : 0) >= fewestTexts
  const likelier = labels
    .map((_, c) => c)
    .filter((c) => known(c) && (odds[c] ?? 0) > (odds[home] ?? 0))
    .sort((a, b) => (odds[b] ?? 0) - (odds[a] ?? 0))
  const [best] = likelier
  if (best === undefined || !known(home) || likelier.length < fewestLikelier) return null
  return (odds[best] ?? 0) - (odds[home] ?? 0) >= leastMargin ? (labels[best] ?? null) : null
}
