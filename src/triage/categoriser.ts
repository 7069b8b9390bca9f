import type { TriageReason } from '../domain/ticket.ts'

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
  /** False when the text says too little to tell the categories apart. */
  readonly sure: boolean
  readonly reason: TriageReason
}

export interface RankedCategory {
  readonly category: string
  readonly probability: number
}
