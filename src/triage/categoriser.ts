import type { TriageReason } from '../domain/ticket.ts'

/** The rule of a choice in a language without examples: its signals and the ordinary category are all there is. */
export const untaughtLanguage = 'untaught-language'

/** What kind of negative comment a text is. */
export interface Categoriser {
  /** Never throws on any string. */
  categorise(text: string, language: string | null): CategoryChoice
}

export interface CategoryChoice {
  /** Every category a text can land in, the likeliest first; probabilities sum to at most 1. */
  readonly ranked: readonly RankedCategory[]
  /** Probability that the text asks for nothing, whatever words it uses: praise, a joke, plain news. */
  readonly harmless: number
  /** False when the text, or what was taught, says too little to tell what asks for something from what does not. */
  readonly sure: boolean
  readonly reason: TriageReason
}

export interface RankedCategory {
  readonly category: string
  readonly probability: number
}
