import type { Evidence, Judgement, Polarity, Scores } from '../domain/judgement.ts'
import { calibratedLanguages, styleOf, styleSize, temperatureOf } from './calibrate.ts'
import type { Classifier, JudgeContext } from './classifier.ts'
import { excerptOf } from './excerpt.ts'
import { extract, type Features, featureBuffer, lengthScale } from './features.ts'
import { looksIronic } from './irony.ts'
import { type LanguageGuess, languageGuesser } from './language.ts'
import { expand, type Model } from './model.ts'
import { clearSums, pieceMemory, type TokenSums, tokenSums } from './pieces.ts'
import { maxTokens, type Tokens, tokenBuffer, tokenize } from './tokens.ts'
import { nearFrom, weighTokens } from './toward.ts'

/** Log-odds of negative and of positive, each against neutral. */
export interface Logits {
  readonly negative: number
  readonly positive: number
}

/** What the model sees in one text. Valid until the next text is read: the buffers are reused. */
export interface Reading {
  readonly text: string
  readonly tokens: Tokens
  readonly features: Features
  readonly language: LanguageGuess
  /** What each token counts; null when all count the same. */
  readonly weights: Float64Array | null
  readonly style: Float64Array
  /** Turns a position in the text that was read into one in the text that was given. */
  originalAt(position: number): number
}

export interface Reader {
  read(text: string, context: JudgeContext): Reading
  logits(reading: Reading): Logits
  scores(reading: Reading, logits: Logits): Scores
  verdict(reading: Reading, scores: Scores): Judgement
  reasons(reading: Reading, limit: number, extra?: (word: string) => number): Evidence[]
}

/** The model as a classifier. */
export function modelClassifier(model: Model): Classifier {
  const reader = modelReader(model)
  return {
    judge(text, context = {}) {
      const reading = reader.read(text, context)
      return reader.verdict(reading, reader.scores(reading, reader.logits(reading)))
    },
    explain(text, context = {}, limit = 8) {
      return reader.reasons(reader.read(text, context), limit)
    },
  }
}

/** A language is named from this probability and from this many words on; fewer do if the source says the same. */
const nameLanguageFrom = { probability: 0.6, words: 4, wordsIfClaimed: 2 }
/** Log-odds that one to five stars add. */
const starLogits: readonly Logits[] = [
  { negative: 3, positive: -2 },
  { negative: 2, positive: -1.5 },
  { negative: 0.3, positive: -0.3 },
  { negative: -1.5, positive: 1.5 },
  { negative: -2, positive: 3 },
]

/** The steps of a verdict one by one, for those who need what lies between (training, corrections). */
export function modelReader(model: Model): Reader {
  const { polarity, about } = model
  const mask = (1 << about.bits) - 1
  const tokens = tokenBuffer()
  const features = featureBuffer(1 << 16)
  const sums = tokenSums(maxTokens)
  const onPieces = pieceMemory(tokens, sums, addFeatures)
  const guess = languageGuesser(model.language, tokens)
  const weightBuffer = new Float64Array(maxTokens)
  const style = new Float64Array(styleSize)
  /** How many of the sums count. */
  let size = 1
  let stars: Logits | null = null
  /** Whether what stands near the name is negative by itself; true without a name. */
  let isNearNegative = true
  let claim: string | null = null

  return {
    read(text, context) {
      const { about: spans = [] } = context
      const excerpt = excerptOf(text, spans)
      tokenize(excerpt.text, tokens)
      const language = guess(context.language ?? null)
      // What is said of the whole text stands with the first token, also when there is none.
      size = Math.max(1, tokens.count)
      clearSums(sums, size)
      extract(tokens, language.likely, model.concepts, features, onPieces)
      addFeatures(features, sums)
      const isAbout = spans.length > 0 && tokens.count > 0
      if (isAbout) weighTokens(tokens, excerpt.spans, language.likely, weightBuffer)
      styleOf(excerpt.text, tokens, style)
      isNearNegative = true
      claim = context.language ?? null
      stars = starLogits[Math.round(context.stars ?? 0) - 1] ?? null
      const weights = isAbout ? weightBuffer : null
      return {
        text: excerpt.text,
        tokens,
        features,
        language,
        weights,
        style,
        originalAt: excerpt.originalAt,
      }
    },

    logits({ weights }) {
      const found = weights === null ? sumAll() : sumWeighted(weights)
      if (stars === null) return found
      return { negative: found.negative + stars.negative, positive: found.positive + stars.positive }
    },

    scores({ language }, logits) {
      return scoresOf(logits, temperatureOf(style, language.likely, about.calibration.temperature))
    },

    verdict({ language: found }, scores) {
      const polarity = strongest(scores)
      const confidence = scores[polarity]
      const wordsNeeded = claim === found.likely ? nameLanguageFrom.wordsIfClaimed : nameLanguageFrom.words
      const isNamed = found.probability >= nameLanguageFrom.probability && found.words >= wordsNeeded
      const language = isNamed ? found.likely : null
      const { sure: sureFrom, sureElsewhere } = about.calibration
      const threshold = (language === null ? sureElsewhere : (sureFrom[language] ?? sureElsewhere))[polarity]
      const isReadable = language !== null && calibratedLanguages.includes(language)
      const isDoubtful = polarity === 'negative' ? !isNearNegative : looksIronic(tokens)
      const sure = isReadable && confidence >= threshold && !isDoubtful
      return { language, polarity, confidence, sure, scores }
    },

    reasons(reading, limit, extra) {
      const { weights, text, originalAt } = reading
      const scale = about.step * lengthScale(totalCount(), about.lengthPower)
      const found: Evidence[] = []
      for (let i = 0; i < tokens.count; i++) {
        const start = tokens.start[i] ?? 0
        const end = tokens.end[i] ?? 0
        const piece = text.slice(start, end)
        // Toward negative: against the mean of the other two.
        const toward = (sums.negative[i] ?? 0) - (sums.positive[i] ?? 0) / 2
        const weight = toward * scale * (weights?.[i] ?? 1) + (extra?.(piece) ?? 0)
        if (weight !== 0)
          found.push({ start: originalAt(start), end: originalAt(end - 1) + 1, text: piece, weight })
      }
      return found
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.start - b.start)
        .slice(0, limit)
    },
  }

  /** Features of one token stand together: its sums are written once. */
  function addFeatures({ count, hash, token }: Features, to: TokenSums): void {
    for (let k = 0; k < count; ) {
      const i = token[k] ?? 0
      const first = k
      let negative = 0
      let positive = 0
      for (; k < count && token[k] === i; k++) {
        const at = ((hash[k] ?? 0) & mask) << 1
        negative += expand(polarity[at] ?? 0)
        positive += expand(polarity[at + 1] ?? 0)
      }
      to.count[i] = (to.count[i] ?? 0) + k - first
      to.negative[i] = (to.negative[i] ?? 0) + negative
      to.positive[i] = (to.positive[i] ?? 0) + positive
    }
  }

  function totalCount(): number {
    let count = 0
    for (let i = 0; i < size; i++) count += sums.count[i] ?? 0
    return count
  }

  function sumAll(): Logits {
    let negative = 0
    let positive = 0
    for (let i = 0; i < size; i++) {
      negative += sums.negative[i] ?? 0
      positive += sums.positive[i] ?? 0
    }
    const scale = about.step * lengthScale(totalCount(), about.lengthPower)
    return { negative: negative * scale, positive: positive * scale }
  }

  function sumWeighted(weights: Float64Array): Logits {
    let negative = 0
    let positive = 0
    let effective = 0
    let nearNegative = 0
    let nearPositive = 0
    for (let i = 0; i < size; i++) {
      const weight = weights[i] ?? 1
      const toNegative = weight * (sums.negative[i] ?? 0)
      const toPositive = weight * (sums.positive[i] ?? 0)
      negative += toNegative
      positive += toPositive
      effective += (sums.count[i] ?? 0) * Math.abs(weight)
      if (weight > nearFrom || weight < 0) {
        nearNegative += toNegative
        nearPositive += toPositive
      }
    }
    // A rant about somebody else that only mentions us is for a person to read, not an alert.
    isNearNegative = nearNegative > nearPositive
    // A short clause about us in a long text counts as a short text.
    const scale = about.step * lengthScale(effective, about.lengthPower)
    return { negative: negative * scale, positive: positive * scale }
  }
}

/** The softmax of the log-odds at a temperature. */
export function scoresOf({ negative, positive }: Logits, temperature: number): Scores {
  const top = Math.max(0, negative, positive)
  const n = Math.exp((negative - top) / temperature)
  const o = Math.exp(-top / temperature)
  const p = Math.exp((positive - top) / temperature)
  const total = n + o + p
  return { negative: n / total, neutral: o / total, positive: p / total }
}

export function strongest(scores: Scores): Polarity {
  if (scores.negative >= scores.neutral && scores.negative >= scores.positive) return 'negative'
  return scores.positive > scores.neutral ? 'positive' : 'neutral'
}
