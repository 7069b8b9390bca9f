import type { Judgement, Scores } from '../domain/judgement.ts'
import type { Classifier, JudgeContext } from './classifier.ts'
import { Token, tokenBuffer, tokenize } from './tokens.ts'

/** What a person said about a verdict. */
export interface Correction {
  readonly text: string
  readonly said: 'negative' | 'not-negative' | 'not-us'
}

/**
 * What a watch has learnt from its corrections: plain JSON for the store, small, and readable by a person.
 * Above zero a word speaks for "negative" (or for "not us"), below zero against it.
 */
export interface LearntWeights {
  readonly format: 1
  readonly corrections: number
  readonly negative: Readonly<Record<string, number>>
  readonly notUs: Readonly<Record<string, number>>
}

export const nothingLearnt: LearntWeights = { format: 1, corrections: 0, negative: {}, notUs: {} }

/** Corrections beyond the newest ones, and words beyond the strongest ones, are not kept. */
const correctionsKept = 2000
const wordsKept = 2000
const passes = 20
const rate = 0.35
/** Keeps one correction from deciding about every text that shares a common word with it. */
const pull = 0.02
/** A person's word shifts a verdict by at most this many log-odds. */
const strongestShift = 4

/**
 * Learns anew from all corrections of one watch: logistic regression on their words, on top of what the shipped model
 * says. Forgetting is learning from fewer. Deterministic: the same corrections give the same weights.
 */
export function learn(corrections: readonly Correction[], classifier: Classifier): LearntWeights {
  const used = corrections.slice(-correctionsKept)
  const aboutPolarity = used
    .filter(({ said }) => said !== 'not-us')
    .map(({ text, said }) => ({
      words: wordsOf(text),
      target: said === 'negative',
      start: oddsOf(classifier.judge(text).scores),
    }))
  const aboutUs = used.map(({ text, said }) => ({
    words: wordsOf(text),
    target: said === 'not-us',
    start: -1,
  }))
  const hasNotUs = aboutUs.some((row) => row.target)
  return {
    format: 1,
    corrections: used.length,
    negative: strongestOf(fitWords(aboutPolarity)),
    notUs: hasNotUs ? strongestOf(fitWords(aboutUs)) : {},
  }
}

/** The same classifier, shifted by what this watch has learnt. With nothing learnt it is the classifier itself. */
export function withCorrections(classifier: Classifier, weights: LearntWeights): Classifier {
  const learnt = new Map(Object.entries(weights.negative))
  if (learnt.size === 0) return classifier
  const shiftOf = (text: string): number => limited(sumOf(wordsOf(text), learnt))
  return {
    judge(text, context) {
      return shifted(classifier.judge(text, context), shiftOf(text))
    },
    explain(text, context, limit = 8) {
      return explainShifted(classifier, learnt, text, context, limit)
    },
  }
}

/** How much a text looks like those a person called "not us": log-odds, above 0 means likely. */
export function looksLikeOthers(text: string, weights: LearntWeights): number {
  return limited(sumOf(wordsOf(text), new Map(Object.entries(weights.notUs)))) - 1
}

interface Row {
  readonly words: readonly string[]
  readonly target: boolean
  readonly start: number
}

function fitWords(rows: readonly Row[]): Map<string, number> {
  const weights = new Map<string, number>()
  for (let pass = 0; pass < passes; pass++) {
    for (const { words, target, start } of rows) {
      const odds = start + sumOf(words, weights)
      const miss = (target ? 1 : 0) - 1 / (1 + Math.exp(-odds))
      const step = (rate * miss) / Math.sqrt(words.length)
      for (const word of words) {
        const before = weights.get(word) ?? 0
        weights.set(word, before + step - pull * rate * before)
      }
    }
  }
  return weights
}

function sumOf(words: readonly string[], weights: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const word of words) sum += weights.get(word) ?? 0
  return sum
}

function strongestOf(weights: ReadonlyMap<string, number>): Record<string, number> {
  const entries = [...weights].filter(([, weight]) => Math.abs(weight) >= 0.05)
  entries.sort(([a, x], [b, y]) => Math.abs(y) - Math.abs(x) || (a < b ? -1 : 1))
  return Object.fromEntries(
    entries.slice(0, wordsKept).map(([word, weight]) => [word, Math.round(weight * 1000) / 1000]),
  )
}

function oddsOf({ negative }: Scores): number {
  const p = Math.min(0.995, Math.max(0.005, negative))
  return Math.log(p / (1 - p))
}

function limited(shift: number): number {
  return Math.max(-strongestShift, Math.min(strongestShift, shift))
}

function shifted(judgement: Judgement, shift: number): Judgement {
  if (shift === 0) return judgement
  const { scores } = judgement
  const raised = scores.negative * Math.exp(shift)
  const total = raised + scores.neutral + scores.positive
  const moved = {
    negative: raised / total,
    neutral: scores.neutral / total,
    positive: scores.positive / total,
  }
  const polarity =
    moved.negative >= moved.neutral && moved.negative >= moved.positive
      ? 'negative'
      : moved.positive > moved.neutral
        ? 'positive'
        : 'neutral'
  // A verdict that a correction turned round has not been measured: it is shown, not claimed.
  const sure = judgement.sure && polarity === judgement.polarity
  return { ...judgement, polarity, confidence: moved[polarity], sure, scores: moved }
}

function explainShifted(
  classifier: Classifier,
  learnt: ReadonlyMap<string, number>,
  text: string,
  context: JudgeContext | undefined,
  limit: number,
) {
  const own = classifier.explain(text, context, 64)
  const known = new Set(own.map(({ start }) => start))
  const moved = own.map((piece) => ({
    ...piece,
    weight: piece.weight + (learnt.get(folded(piece.text)) ?? 0),
  }))
  const added = piecesOf(text)
    .filter(({ start, word }) => !known.has(start) && learnt.has(word))
    .map(({ start, end, word }) => ({
      start,
      end,
      text: text.slice(start, end),
      weight: learnt.get(word) ?? 0,
    }))
  return [...moved, ...added].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, limit)
}

const tokens = tokenBuffer()

/** The different words of a text, as the tokeniser folds them. */
function wordsOf(text: string): string[] {
  return [...new Set(piecesOf(text).map(({ word }) => word))]
}

function piecesOf(text: string): { start: number; end: number; word: string }[] {
  tokenize(text.slice(0, 20_000), tokens)
  const pieces: { start: number; end: number; word: string }[] = []
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kind[i]
    if (kind !== Token.word && kind !== Token.emoji) continue
    const letters = tokens.letters.subarray(tokens.from[i], tokens.to[i])
    pieces.push({
      start: tokens.start[i] ?? 0,
      end: tokens.end[i] ?? 0,
      word: String.fromCharCode(...letters),
    })
  }
  return pieces
}

function folded(piece: string): string {
  return piecesOf(piece)[0]?.word ?? piece
}
