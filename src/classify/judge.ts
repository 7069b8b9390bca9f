import type { JudgedMention, Mention } from '../domain/mention.ts'
import { fullText, textOffset } from '../domain/relevance.ts'
import type { Span } from '../domain/span.ts'
import type { Watch } from '../domain/watch.ts'
import type { JudgementRecord, Store } from '../store/store.ts'
import type { Classifier, JudgeContext } from './classifier.ts'

export interface JudgeDeps {
  readonly store: Pick<Store, 'unjudgedMentions' | 'recordJudgements'>
  /** The classifier of a watch: the shipped one, shifted by its corrections. */
  classifierFor(watch: string): Classifier
  now(): Date
}

const batch = 200

/** Verdicts of one pass: `negative` are the sure ones, `unsure` those a person should read whatever they lean to. */
export interface JudgeCounts {
  readonly judged: number
  readonly negative: number
  readonly unsure: number
}

/** Gives every stored mention its verdict. */
export async function judgeAll(
  watches: ReadonlyMap<string, Watch>,
  signal: AbortSignal,
  deps: JudgeDeps,
): Promise<JudgeCounts> {
  const counts = { judged: 0, negative: 0, unsure: 0 }
  while (!signal.aborted) {
    const mentions = await deps.store.unjudgedMentions(batch)
    if (mentions.length === 0) break
    const at = deps.now()
    const judged = mentions.map((mention) =>
      judgeMention(mention, watches.get(mention.watch), deps.classifierFor(mention.watch), at),
    )
    await deps.store.recordJudgements(judged)
    counts.judged += judged.length
    for (const { judgement } of judged) {
      if (judgement && !judgement.sure) counts.unsure++
      if (judgement?.sure && judgement.polarity === 'negative') counts.negative++
    }
  }
  return counts
}

/** A mention in a language the watch does not judge is kept and marked, without a verdict. */
export function judgeMention(
  mention: Mention,
  watch: Watch | undefined,
  classifier: Classifier,
  at: Date,
): JudgementRecord {
  const { text, context } = whatIsJudged(mention)
  const judgement = classifier.judge(text, context)
  const { language } = judgement
  const languages = watch?.languages ?? []
  const isOther = language !== null && languages.length > 0 && !languages.includes(language)
  return { mention: mention.id, judgement: isOther ? null : judgement, language, at }
}

/** What is known of a mention besides its words. */
export function contextOf({ entry, match }: Pick<Mention, 'entry' | 'match'>): JudgeContext {
  const offset = textOffset(entry)
  const about = match.spans
    .filter((span) => span.field === 'text' || offset > 0)
    .map(({ field, start, end }) =>
      field === 'text' ? { start: start + offset, end: end + offset } : { start, end },
    )
  return { language: entry.language, about, stars: entry.stars }
}

const wholeUpTo = 1500
const beginning = 300
const around = 350
const placesRead = 3

/**
 * A comment is judged whole. Of an article that names us in passing, its beginning and what stands around the name say
 * what it thinks of us; the rest is about something else.
 */
export function whatIsJudged(mention: Pick<Mention, 'entry' | 'match'>): {
  text: string
  context: JudgeContext
} {
  const text = fullText(mention.entry)
  const context = contextOf(mention)
  if (text.length <= wholeUpTo) return { text, context }
  const parts: { start: number; end: number }[] = [{ start: 0, end: beginning }]
  for (const span of (context.about ?? []).slice(0, placesRead)) {
    const start = Math.max(0, span.start - around)
    const last = parts.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, Math.min(text.length, span.end + around))
    else parts.push({ start, end: Math.min(text.length, span.end + around) })
  }
  return {
    text: parts.map(({ start, end }) => text.slice(start, end)).join('\n'),
    context: { ...context, about: moved(context.about ?? [], parts) },
  }
}

function moved(spans: readonly Span[], parts: readonly Span[]): Span[] {
  let offset = 0
  const found: Span[] = []
  for (const part of parts) {
    for (const span of spans) {
      if (span.start >= part.start && span.end <= part.end) {
        found.push({ start: span.start - part.start + offset, end: span.end - part.start + offset })
      }
    }
    offset += part.end - part.start + 1
  }
  return found
}

/** The words that decided, for a person to read. */
export function evidenceOf({ mention }: Pick<JudgedMention, 'mention'>, classifier: Classifier, limit = 8) {
  const { text, context } = whatIsJudged(mention)
  return classifier.explain(text, context, limit)
}
