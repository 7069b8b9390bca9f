import type { Entry } from '../domain/entry.ts'
import type { Store } from '../store/store.ts'

/**
 * Stores an entry that Vigie made up, as if a private source of the watch had just given it: a rehearsal, left out of
 * every list, statistic and clock of the real ones. `kind` names the source: `drill`, `canary`.
 */
export async function recordMadeUp(
  entry: Entry,
  watch: string,
  kind: string,
  at: Date,
  store: Pick<Store, 'recordPoll'>,
): Promise<void> {
  await store.recordPoll({
    source: { id: `${watch}:${kind}`, watch, kind, definition: kind },
    at,
    tookMs: 0,
    nextPollAt: at,
    status: 'fetched',
    cursor: null,
    title: null,
    link: null,
    entries: 1,
    documentIds: [entry.id],
    mentions: [
      {
        entry,
        canonicalUrl: null,
        // Its own: a rehearsal never meets the text of another.
        contentHash: entry.id,
        match: { spans: [], confirmedBy: [], deniedBy: [], certain: true },
        drill: true,
      },
    ],
    unrelated: [],
    lastEntryAt: null,
  })
}
