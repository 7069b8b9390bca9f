import type { JudgedMention, Mention } from '../domain/mention.ts'
import { fullText, textOffset } from '../domain/relevance.ts'
import type { Watch } from '../domain/watch.ts'
import type { JudgementRecord, Store } from '../store/store.ts'
import type { Classifier, JudgeContext } from './classifier.ts'

export interface JudgeDeps {
  readonly store: Pick<Store, 'unjudgedMentions' | 'recordJudgements'>
  readonly classifier: Classifier
  now(): Date
}

const batch = 200

/** Gives every stored mention its verdict. Returns how many. */
export async function judgeAll(
  watches: ReadonlyMap<string, Watch>,
  signal: AbortSignal,
  deps: JudgeDeps,
): Promise<number> {
  let judged = 0
  while (!signal.aborted) {
    const mentions = await deps.store.unjudgedMentions(batch)
    if (mentions.length === 0) break
    const at = deps.now()
    await deps.store.recordJudgements(
      mentions.map((mention) => judgeMention(mention, watches.get(mention.watch), deps.classifier, at)),
    )
    judged += mentions.length
  }
  return judged
}

/** A mention in a language the watch does not judge is kept and marked, without a verdict. */
export function judgeMention(
  mention: Mention,
  watch: Watch | undefined,
  classifier: Classifier,
  at: Date,
): JudgementRecord {
  const judgement = classifier.judge(fullText(mention.entry), contextOf(mention))
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

/** The words that decided, for a person to read. */
export function evidenceOf({ mention }: Pick<JudgedMention, 'mention'>, classifier: Classifier, limit = 8) {
  return classifier.explain(fullText(mention.entry), contextOf(mention), limit)
}
