import { dayMs, hourMs } from '../domain/duration.ts'
import type { Mention } from '../domain/mention.ts'
import { fullText } from '../domain/relevance.ts'
import { wordsOf } from '../domain/word.ts'
import type { Store, Watched } from '../store/store.ts'

/** What a second look at a publication found. */
export type Look =
  | { readonly kind: 'there'; readonly text: string }
  /** The site says that it is no longer there (404, 410). */
  | { readonly kind: 'gone'; readonly code: string }
  | { readonly kind: 'unreachable'; readonly code: string }

export interface EvidenceDeps {
  readonly store: Pick<Store, 'mentionsWithoutEvidence' | 'mention' | 'recordEvidence' | 'watchedEvidence'>
  now(): Date
  /** Looks at an address again. Never throws for what the world does. */
  look(url: string, signal: AbortSignal): Promise<Look>
  onFault(error: unknown, mention: number): void
}

/** After the first sight a publication is looked at again at these distances: often while it matters, then rarely. */
const looksAfterMs = [hourMs, 6 * hourMs, dayMs, 3 * dayMs, 7 * dayMs, 30 * dayMs]
const batch = 100
const looksAPass = 5
/** So much of the words must still stand on the page for the text to be called the same. */
const sameShare = 0.9
const goneShare = 0.3

/** Keeps what was seen of every mention that has a ticket, at first sight, before anyone could make it disappear. */
export async function keepEvidence(signal: AbortSignal, deps: EvidenceDeps): Promise<number> {
  let kept = 0
  while (!signal.aborted) {
    const waiting = await deps.store.mentionsWithoutEvidence(batch)
    if (waiting.length === 0) break
    for (const id of waiting) {
      const judged = await deps.store.mention(id)
      if (!judged) continue
      const { mention } = judged
      await deps.store.recordEvidence({
        mention: id,
        at: deps.now(),
        kind: 'first-seen',
        payload: payloadOf(mention),
      })
      kept++
    }
  }
  return kept
}

/** Looks again at what is due, a few addresses a pass, and notes whether it is unchanged, edited or deleted. */
export async function lookAgain(signal: AbortSignal, deps: EvidenceDeps): Promise<number> {
  const now = deps.now()
  const since = new Date(now.getTime() - (looksAfterMs.at(-1) ?? 0) - dayMs)
  const due = (await deps.store.watchedEvidence(since)).filter((watched) => isDue(watched, now))
  for (const watched of due.slice(0, looksAPass)) {
    if (signal.aborted) break
    try {
      await lookAt(watched, signal, deps)
    } catch (error) {
      deps.onFault(error, watched.mention)
    }
  }
  return Math.min(due.length, looksAPass)
}

/** One look at each distance; what was missed while Vigie stood still is looked at once. */
export function isDue(watched: Pick<Watched, 'firstAt' | 'lastAt' | 'isOver'>, now: Date): boolean {
  if (watched.isOver) return false
  const marks = looksAfterMs.map((distance) => watched.firstAt.getTime() + distance)
  return marks.some((mark) => mark > watched.lastAt.getTime() && mark <= now.getTime())
}

async function lookAt(watched: Watched, signal: AbortSignal, deps: EvidenceDeps): Promise<void> {
  const judged = await deps.store.mention(watched.mention)
  const url = judged?.mention.entry.url
  if (!judged || !url) return
  const look = await deps.look(url, signal)
  const at = deps.now()
  const { mention } = judged
  if (look.kind !== 'there') {
    const kind = look.kind === 'gone' ? 'deleted' : 'unreachable'
    await deps.store.recordEvidence({ mention: mention.id, at, kind, payload: { url, code: look.code } })
    return
  }
  const { share, missing } = stillThere(fullText(mention.entry), look.text)
  const kind = share >= sameShare ? 'unchanged' : share >= goneShare ? 'edited' : 'deleted'
  await deps.store.recordEvidence({ mention: mention.id, at, kind, payload: { url, share, missing } })
}

/** How much of a text still stands on a page, by its five-word passages, and which passages do not. */
export function stillThere(text: string, page: string): { share: number; missing: readonly string[] } {
  const words = wordsOf(text)
  const size = Math.min(5, words.length)
  if (size === 0) return { share: 1, missing: [] }
  const folded = ` ${wordsOf(page)
    .map((word) => word.folded)
    .join(' ')} `
  let found = 0
  const missing: string[] = []
  const total = words.length - size + 1
  for (let at = 0; at < total; at++) {
    const passage = words.slice(at, at + size)
    if (folded.includes(` ${passage.map((word) => word.folded).join(' ')} `)) found++
    else if (missing.length < 20) missing.push(text.slice(passage[0]?.start ?? 0, passage.at(-1)?.end ?? 0))
  }
  return { share: found / total, missing }
}

function payloadOf(mention: Mention) {
  const { entry } = mention
  return {
    source: mention.source,
    externalId: entry.id,
    url: entry.url,
    title: entry.title,
    text: entry.text,
    author: entry.author,
    publishedAt: entry.publishedAt?.toISOString() ?? null,
    collectedAt: mention.collectedAt.toISOString(),
    engagement: entry.engagement,
    stars: entry.stars,
  }
}
