import type { Evidence } from '../domain/judgement.ts'
import type { Mention } from '../domain/mention.ts'
import { fullText, isInPassing, longestComment, textOffset } from '../domain/relevance.ts'
import type { Span } from '../domain/span.ts'
import type { Watch } from '../domain/watch.ts'
import type { JudgementRecord, Store } from '../store/store.ts'
import type { Classifier, JudgeContext } from './classifier.ts'
import { type Excerpt, excerptOfParts, wholeOf } from './excerpt.ts'

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

/** How much of an article is read: of one about us, and of one that names us in passing. */
const aboutUs = { beginning: 300, around: 350 }
const inPassing = { beginning: 0, around: 100 }
const placesRead = 3

/** What of a mention is judged, cut out of `fullText`, and what is known besides. */
export interface JudgedText extends Pick<Excerpt, 'text' | 'originalAt'> {
  readonly context: JudgeContext
}

/**
 * A comment is judged whole. Of an article about us its beginning and what stands around the name say what it thinks of
 * us; of one that names us in passing only the words beside the name, as the rest is about something else.
 */
export function whatIsJudged(mention: Pick<Mention, 'entry' | 'match'>): JudgedText {
  const whole = fullText(mention.entry)
  const context = contextOf(mention)
  const { about = [] } = context
  const { text, spans, originalAt } =
    whole.length <= longestComment || about.length === 0
      ? wholeOf(whole, about)
      : excerptOfParts(whole, about, partsAround(whole, about, isInPassing(mention) ? inPassing : aboutUs))
  return { text, context: { ...context, about: spans }, originalAt }
}

/** Whole words of the beginning and around the first places, in order; what overlaps is one part. */
function partsAround(
  text: string,
  about: readonly Span[],
  { beginning, around }: { beginning: number; around: number },
): Span[] {
  const parts: { start: number; end: number }[] = beginning > 0 ? [{ start: 0, end: beginning }] : []
  for (const span of about.slice(0, placesRead)) {
    const start = span.start <= around ? 0 : wordAfter(text, span.start - around, span.start)
    const end = wordBefore(text, span.end + around, span.end)
    const last = parts.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else parts.push({ start, end })
  }
  return parts
}

/** Where a word begins at or behind a place, or the place itself when none does before `most`. */
function wordAfter(text: string, place: number, most: number): number {
  for (let at = place; at < most; at++) if (isSpace(text, at - 1)) return at
  return place
}

/** Where a word ends at or before a place, or the place itself when none does behind `least`. */
function wordBefore(text: string, place: number, least: number): number {
  for (let at = Math.min(place, text.length); at > least; at--)
    if (at === text.length || isSpace(text, at)) return at
  return Math.min(place, text.length)
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at))
}

/** The words that decided, for a person to read, where they stand in the full text. */
export function evidenceOf(
  { mention }: { readonly mention: Pick<Mention, 'entry' | 'match'> },
  classifier: Classifier,
  limit = 8,
): Evidence[] {
  const { text, context, originalAt } = whatIsJudged(mention)
  return classifier.explain(text, context, limit).map((evidence) => ({
    ...evidence,
    start: originalAt(evidence.start),
    end: originalAt(evidence.end),
  }))
}
