import type { Entry } from '../domain/entry.ts'
import type { NewMention, Store } from '../store/store.ts'

/**
 * Stores one mention that no visit gave, as if a private source of the watch had: `kind` names it (`pasted`, `drill`,
 * `canary`). Returns whether it was new.
 */
export async function recordGiven(
  mention: NewMention,
  watch: string,
  kind: string,
  at: Date,
  store: Pick<Store, 'recordPoll'>,
): Promise<boolean> {
  const { added } = await store.recordPoll({
    source: { id: `${watch}:${kind}`, watch, kind, definition: kind },
    at,
    tookMs: 0,
    nextPollAt: at,
    status: 'fetched',
    cursor: null,
    title: null,
    link: null,
    entries: 1,
    documentIds: [mention.entry.id],
    mentions: [mention],
    unrelated: [],
    lastEntryAt: mention.drill ? null : mention.entry.publishedAt,
  })
  return added > 0
}

/** A rehearsal: an entry that Vigie made up, left out of every list, statistic and clock of the real ones. */
export function madeUpMention(entry: Entry): NewMention {
  return {
    entry,
    canonicalUrl: null,
    // Its own: a rehearsal never meets the text of another.
    contentHash: entry.id,
    match: { spans: [], confirmedBy: [], deniedBy: [], certain: true },
    drill: true,
  }
}
