import type { Span } from './span.ts'

export type Polarity = 'negative' | 'neutral' | 'positive'

/** Probabilities that sum to 1. */
export interface Scores {
  readonly negative: number
  readonly neutral: number
  readonly positive: number
}

export interface Judgement {
  /** ISO 639-1 code; null when unknown. Unknown is an answer, a guess from three words is not. */
  readonly language: string | null
  readonly polarity: Polarity
  /** Calibrated probability of `polarity`, 0 to 1. */
  readonly confidence: number
  /** False below the threshold of the model card, and whenever language, length or irony forbid a verdict. */
  readonly sure: boolean
  readonly scores: Scores
}

/** A piece of the original text that pushed the verdict. */
export interface Evidence extends Span {
  readonly text: string
  /** Log-odds toward negative: above zero it made the text look more negative, below zero less. */
  readonly weight: number
}
