import type { Evidence, Judgement, Polarity, Scores } from '../domain/judgement.ts'
import type { Span } from '../domain/span.ts'
import type { Classifier, JudgeContext } from './classifier.ts'
import { extract, type Features, featureBuffer } from './features.ts'
import { extractLanguage, guessLanguage, type LanguageGuess, languageFeatureBuffer } from './language.ts'
import { linesOf } from './lines.ts'
import { type Model, readModel } from './model.ts'
import { type Tokens, tokenBuffer, tokenize } from './tokens.ts'

/** Reads `polarity.bin` from the folder (in Vigie: data/model) and is ready to judge. */
export function loadClassifier(modelFolder: string): Classifier {
  return modelClassifier(readModel(modelFolder))
}

export interface LineOptions {
  /** Called for each line that could not be judged, with its number counted from 1. The rest goes on. */
  readonly onBroken?: (line: number, reason: string) => void
  /** Where the name of a watch stands in a text; without it, or for an unknown watch, the whole text is judged. */
  readonly spansOf?: (watch: string, text: string) => readonly Span[]
}

export interface JudgedLine {
  readonly line: number
  readonly judgement: Judgement
}

/** A longer line is a broken line. */
const longestLine = 1_000_000

/** Judges JSON lines `{text, language?, watch?}`, in order, holding one line at a time. Blank lines are passed over. */
export async function* classifyLines(
  input: AsyncIterable<Buffer | string>,
  classifier: Classifier,
  options: LineOptions = {},
): AsyncIterable<JudgedLine> {
  for await (const { number, text } of linesOf(input, longestLine)) {
    if (text !== null && text.trim() === '') continue
    const request = text === null ? `longer than ${longestLine} bytes` : readRequest(text)
    if (typeof request === 'string') {
      options.onBroken?.(number, request)
      continue
    }
    const about = request.watch === null ? [] : (options.spansOf?.(request.watch, request.text) ?? [])
    const judgement = classifier.judge(request.text, {
      language: request.language,
      stars: request.stars,
      about,
    })
    yield { line: number, judgement }
  }
}

interface LineRequest {
  readonly text: string
  readonly language: string | null
  readonly watch: string | null
  readonly stars: number | null
}

/** What the line asks for, or what is wrong with it. */
function readRequest(line: string): LineRequest | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'not JSON'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not a JSON object'
  const { text, language, watch, stars } = value as Record<string, unknown>
  if (typeof text !== 'string') return 'no "text"'
  return {
    text,
    language: typeof language === 'string' ? language : null,
    watch: typeof watch === 'string' ? watch : null,
    stars: typeof stars === 'number' ? stars : null,
  }
}

export function modelClassifier(model: Model): Classifier {
  const tokens = tokenBuffer()
  const features = featureBuffer()
  const spoken = languageFeatureBuffer()

  function read(text: string, context: JudgeContext): LanguageGuess {
    tokenize(text.length > longestText ? text.slice(0, longestText) : text, tokens)
    extractLanguage(tokens, spoken)
    const guess = guessLanguage(spoken, model.language, context.language ?? null)
    extract(tokens, guess.likely, features)
    return guess
  }

  return {
    judge(text, context = {}) {
      const guess = read(text, context)
      const scores = scoresOf(sumUp(model, features), model, guess.likely)
      return verdict(scores, guess, tokens, model)
    },
    explain(text, context = {}, limit = 8) {
      read(text, context)
      return reasons(text, tokens, features, model, limit)
    },
  }
}

const longestText = 20_000

/** Log-odds of negative and of positive against neutral. */
interface Logits {
  readonly negative: number
  readonly positive: number
}

function sumUp(model: Model, features: Features): Logits {
  const { polarity, about } = model
  const { hash, count } = features
  const mask = (1 << about.bits) - 1
  let negative = 0
  let positive = 0
  for (let k = 0; k < count; k++) {
    const at = ((hash[k] ?? 0) & mask) << 1
    negative += polarity[at] ?? 0
    positive += polarity[at + 1] ?? 0
  }
  const scale = about.step * lengthScale(count, about.lengthPower)
  return { negative: negative * scale, positive: positive * scale }
}

/** Twice as many features are not twice as much certainty. Shared with the trainer. */
export function lengthScale(count: number, power: number): number {
  return (100 / (count + 20)) ** power
}

function scoresOf(logits: Logits, model: Model, language: string | null): Scores {
  const { temperature } = model.about.calibration
  const t = temperature[language ?? 'rest'] ?? 1
  const top = Math.max(0, logits.negative, logits.positive)
  const negative = Math.exp((logits.negative - top) / t)
  const neutral = Math.exp(-top / t)
  const positive = Math.exp((logits.positive - top) / t)
  const total = negative + neutral + positive
  return { negative: negative / total, neutral: neutral / total, positive: positive / total }
}

function verdict(scores: Scores, guess: LanguageGuess, tokens: Tokens, model: Model): Judgement {
  const polarity = strongest(scores)
  const confidence = scores[polarity]
  const language = guess.probability >= 0.6 && guess.words >= 4 ? guess.likely : null
  const sure = language !== null && tokens.count >= 3 && confidence >= model.about.calibration.sure[polarity]
  return { language, polarity, confidence, sure, scores }
}

function strongest(scores: Scores): Polarity {
  if (scores.negative >= scores.neutral && scores.negative >= scores.positive) return 'negative'
  return scores.positive > scores.neutral ? 'positive' : 'neutral'
}

function reasons(text: string, tokens: Tokens, features: Features, model: Model, limit: number): Evidence[] {
  const { polarity, about } = model
  const mask = (1 << about.bits) - 1
  const sums = new Float64Array(tokens.count)
  for (let k = 0; k < features.count; k++) {
    const at = ((features.hash[k] ?? 0) & mask) << 1
    const i = features.token[k] ?? 0
    // Toward negative: against the mean of the other two.
    sums[i] = (sums[i] ?? 0) + (polarity[at] ?? 0) - (polarity[at + 1] ?? 0) / 2
  }
  const scale = about.step * lengthScale(features.count, about.lengthPower)
  const found: Evidence[] = []
  for (let i = 0; i < tokens.count; i++) {
    const start = tokens.start[i] ?? 0
    const end = tokens.end[i] ?? 0
    const weight = (sums[i] ?? 0) * scale
    if (weight !== 0) found.push({ start, end, text: text.slice(start, end), weight })
  }
  return found.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.start - b.start).slice(0, limit)
}
