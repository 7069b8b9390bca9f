import type { Judgement } from '../domain/judgement.ts'
import type { Span } from '../domain/span.ts'
import type { Classifier } from './classifier.ts'
import { linesOf } from './lines.ts'
import { findModel, readModel } from './model.ts'
import { modelClassifier } from './polarity.ts'

/** Reads `polarity.bin` from the folder (in Vigie: data/model) and is ready to judge. */
export function loadClassifier(modelFolder: string): Classifier {
  return modelClassifier(readModel(modelFolder))
}

/** A classifier that holds its model only while there is something to judge. */
export interface RestingClassifier extends Classifier {
  /** Lets the model go, 14 MB; the next text reads it again, in some 50 ms. Says whether there was one to let go. */
  rest(): boolean
}

/** Reads the model at the first text. Throws VigieError `model-missing` at once when there is none to read. */
export function restingClassifier(modelFolder: string): RestingClassifier {
  findModel(modelFolder)
  let awake: Classifier | null = null
  const classifier = (): Classifier => {
    awake ??= loadClassifier(modelFolder)
    return awake
  }
  return {
    judge: (text, context) => classifier().judge(text, context),
    explain: (text, context, limit) => classifier().explain(text, context, limit),
    rest: () => {
      const wasAwake = awake !== null
      awake = null
      return wasAwake
    },
  }
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
