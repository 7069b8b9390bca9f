import type { Evidence, Judgement } from '../domain/judgement.ts'
import type { Span } from '../domain/span.ts'

/** What is known about a text besides its words. */
export interface JudgeContext {
  /** What the source claims the language to be; a hint, overruled by the text. */
  readonly language?: string | null
  /** Where the watch's name stands in the text; the verdict is about that name when given. */
  readonly about?: readonly Span[]
  /** A review's rating, 1 to 5. */
  readonly stars?: number | null
}

/** Judges texts. Synchronous, pure, never throws on any string. */
export interface Classifier {
  /** The verdict. Texts longer than 20,000 characters are judged on their beginning and on what surrounds the name. */
  judge(text: string, context?: JudgeContext): Judgement
  /** The pieces of the text that decided, strongest first, at most `limit` (8 by default). */
  explain(text: string, context?: JudgeContext, limit?: number): readonly Evidence[]
}
