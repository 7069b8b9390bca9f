import type { Polarity, Scores } from '../domain/judgement.ts'
import type { Classifier } from './classifier.ts'

export interface LabelledText {
  readonly text: string
  readonly label: Polarity
  readonly language: string
  readonly source: string
}

/** What the classifier is worth on labelled texts. Rates are 0 to 1; a rate without cases is 0. */
export interface Quality {
  readonly texts: number
  readonly accuracy: number
  readonly macroF1: number
  readonly macroRecall: number
  readonly negative: { readonly precision: number; readonly recall: number; readonly f1: number }
  /** Expected calibration error of the verdict's confidence, in ten equal bins (Naeini and others, 2015). */
  readonly calibrationError: number
  readonly reliability: readonly ReliabilityBin[]
  readonly sure: {
    /** Share of texts with a sure verdict, and of those the share that is right. */
    readonly share: number
    readonly accuracy: number
    /** Among sure verdicts of negative: how many are, and how many of all negatives they find. */
    readonly negativePrecision: number
    readonly negativeRecall: number
  }
}

export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  readonly texts: number
  readonly confidence: number
  readonly accuracy: number
}

export interface QualityGroup extends Quality {
  readonly source: string
  readonly language: string
  /** Sets without neutral texts are judged as a choice between negative and positive. */
  readonly classes: 2 | 3
}

export interface Report {
  readonly texts: number
  readonly groups: readonly QualityGroup[]
  readonly languages: readonly (Quality & { readonly language: string })[]
  readonly all: Quality
  readonly broken: readonly { readonly line: number; readonly reason: string }[]
}

/** What a labelled text is, and what was said of it. */
export interface Outcome {
  readonly gold: Polarity
  readonly said: Polarity
  readonly confidence: number
  readonly isSure: boolean
  readonly language: string
  readonly source: string
  readonly scores: Scores
}

const binCount = 10
const mostBroken = 100

/** Judges every labelled line `{text, label, lang|language?, source?}` and says how well it went. */
export async function evaluate(
  lines: AsyncIterable<string> | Iterable<string>,
  classifier: Classifier,
): Promise<Report> {
  const outcomes: Outcome[] = []
  const broken: { line: number; reason: string }[] = []
  let number = 0
  for await (const line of lines) {
    number++
    if (line.trim() === '') continue
    const row = readLabelled(line)
    if (typeof row === 'string') {
      if (broken.length < mostBroken) broken.push({ line: number, reason: row })
      continue
    }
    outcomes.push(outcomeOf(row, classifier))
  }
  return reportOn(outcomes, broken)
}

export function outcomeOf({ text, label, language, source }: LabelledText, classifier: Classifier): Outcome {
  const { polarity, confidence, sure, scores } = classifier.judge(text)
  return { gold: label, said: polarity, confidence, isSure: sure, language, source, scores }
}

export function reportOn(outcomes: readonly Outcome[], broken: Report['broken'] = []): Report {
  const threeClass = new Set(outcomes.filter((o) => o.gold === 'neutral').map((o) => o.source))
  const settled = outcomes.map((o) => (threeClass.has(o.source) ? o : asTwoClass(o)))
  const groups = groupBy(settled, (o) => `${o.source}\t${o.language}`)
  return {
    texts: settled.length,
    groups: groups.map(([, some]) => {
      const { source, language } = some[0] ?? { source: '', language: '' }
      return { source, language, classes: threeClass.has(source) ? 3 : 2, ...qualityOf(some) }
    }),
    languages: groupBy(settled, (o) => o.language).map(([language, some]) => ({
      language,
      ...qualityOf(some),
    })),
    all: qualityOf(settled),
    broken,
  }
}

function asTwoClass(o: Outcome): Outcome {
  const { negative, positive } = o.scores
  const confidence = Math.max(negative, positive) / Math.max(negative + positive, Number.MIN_VALUE)
  return { ...o, said: negative >= positive ? 'negative' : 'positive', confidence }
}

function qualityOf(outcomes: readonly Outcome[]): Quality {
  const labels = [...new Set(outcomes.map((o) => o.gold))]
  const each = labels.map((label) => ratesOf(outcomes, label))
  const sure = outcomes.filter((o) => o.isSure)
  const sureNegative = sure.filter((o) => o.said === 'negative')
  const hits = sureNegative.filter((o) => o.gold === 'negative').length
  const reliability = reliabilityOf(outcomes)
  return {
    texts: outcomes.length,
    accuracy: ratio(outcomes.filter(isRight).length, outcomes.length),
    macroF1: mean(each.map((rates) => rates.f1)),
    macroRecall: mean(each.map((rates) => rates.recall)),
    negative: ratesOf(outcomes, 'negative'),
    calibrationError: ratio(
      reliability.reduce((sum, bin) => sum + bin.texts * Math.abs(bin.confidence - bin.accuracy), 0),
      outcomes.length,
    ),
    reliability,
    sure: {
      share: ratio(sure.length, outcomes.length),
      accuracy: ratio(sure.filter(isRight).length, sure.length),
      negativePrecision: ratio(hits, sureNegative.length),
      negativeRecall: ratio(hits, outcomes.filter((o) => o.gold === 'negative').length),
    },
  }
}

function ratesOf(outcomes: readonly Outcome[], label: Polarity): Quality['negative'] {
  let hits = 0
  let said = 0
  let gold = 0
  for (const o of outcomes) {
    if (o.said === label) said++
    if (o.gold === label) gold++
    if (o.said === label && o.gold === label) hits++
  }
  return { precision: ratio(hits, said), recall: ratio(hits, gold), f1: ratio(2 * hits, said + gold) }
}

function reliabilityOf(outcomes: readonly Outcome[]): ReliabilityBin[] {
  const bins: ReliabilityBin[] = []
  for (let b = 0; b < binCount; b++) {
    const inside = outcomes.filter((o) => Math.min(binCount - 1, Math.floor(o.confidence * binCount)) === b)
    if (inside.length === 0) continue
    bins.push({
      from: b / binCount,
      to: (b + 1) / binCount,
      texts: inside.length,
      confidence: mean(inside.map((o) => o.confidence)),
      accuracy: ratio(inside.filter(isRight).length, inside.length),
    })
  }
  return bins
}

function isRight(o: Outcome): boolean {
  return o.said === o.gold
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function mean(values: readonly number[]): number {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  )
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}

function readLabelled(line: string): LabelledText | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'not JSON'
  }
  if (typeof value !== 'object' || value === null) return 'not a JSON object'
  const { text, label, lang, language, source } = value as Record<string, unknown>
  if (typeof text !== 'string') return 'no "text"'
  if (label !== 'negative' && label !== 'neutral' && label !== 'positive') return 'no "label"'
  const spoken = language ?? lang
  return {
    text,
    label,
    language: typeof spoken === 'string' ? spoken : '?',
    source: typeof source === 'string' ? source : '-',
  }
}

/** The report as a table for a terminal, the reliability of all verdicts below it. */
export function renderReport(report: Report): string {
  const head =
    'source/language             texts  acc   F1    rec   negP  negR  negF1 ECE   sure  sureNegP sureNegR'
  const rows = [
    ...report.groups.map((group) =>
      row(`${group.source}/${group.language}${group.classes === 2 ? ' (2)' : ''}`, group),
    ),
    '',
    ...report.languages.map((group) => row(group.language, group)),
    '',
    row('all', report.all),
  ]
  const bins = report.all.reliability.map(
    (bin) =>
      `${bin.from.toFixed(1)}-${bin.to.toFixed(1)}  ${String(bin.texts).padStart(7)}  ${bin.confidence.toFixed(3)}  ${bin.accuracy.toFixed(3)}`,
  )
  const broken = report.broken.map(({ line, reason }) => `line ${line}: ${reason}`)
  const parts = [head, ...rows, '', 'confidence  texts  said   right', ...bins]
  return [...parts, ...(broken.length > 0 ? ['', ...broken] : []), ''].join('\n')
}

function row(name: string, q: Quality): string {
  const numbers = [
    q.accuracy,
    q.macroF1,
    q.macroRecall,
    q.negative.precision,
    q.negative.recall,
    q.negative.f1,
    q.calibrationError,
    q.sure.share,
    q.sure.negativePrecision,
  ].map((value) => value.toFixed(3))
  const last = q.sure.negativeRecall.toFixed(3)
  return `${name.padEnd(26)}${String(q.texts).padStart(7)}  ${numbers.join(' ')}    ${last}`
}
