import { againAfter, FAILURES, type FailureCode } from '../collect/failures.ts'
import { unusualSilence } from '../collect/rhythm.ts'
import { isSearch } from '../collect/sources.ts'
import type { Config } from '../config.ts'
import type { SourceState, Store } from '../store/store.ts'

/** How a source does, held against itself. */
export interface SourceHealth {
  readonly id: string
  readonly watch: string
  readonly kind: string
  /** `silent`: it answers, but has said nothing for longer than it ever does. `gone`: it is visited no more. */
  readonly health: 'well' | 'silent' | 'failing' | 'gone' | 'never-polled'
  readonly lastPollAt: Date | null
  readonly lastSuccessAt: Date | null
  readonly lastEntryAt: Date | null
  readonly nextPollAt: Date | null
  /** In a row. */
  readonly failures: number
  readonly code: string | null
  /** What the code means, and what the source said. */
  readonly problem: string | null
  readonly todo: string | null
  /** Learnt from its own entries; null while there are too few of them. */
  readonly usualGapMinutes: number | null
}

/** Every source of the configuration, in its order. */
export async function sourcesHealth(
  config: Config,
  store: Pick<Store, 'sourceStates'>,
  now: Date,
): Promise<readonly SourceHealth[]> {
  const states = new Map((await store.sourceStates()).map((state) => [state.id, state]))
  const healths: SourceHealth[] = []
  for (const watch of config.watches) {
    for (const { id, kind } of watch.sources) {
      healths.push(healthOf({ id, kind, watch: watch.id }, states.get(id) ?? null, now))
    }
  }
  return healths
}

function healthOf(
  source: Pick<SourceHealth, 'id' | 'watch' | 'kind'>,
  state: SourceState | null,
  now: Date,
): SourceHealth {
  const rhythm = state?.rhythm ?? null
  const isSilent = !isSearch(source.kind) && unusualSilence(rhythm, state?.lastEntryAt ?? null, now) !== null
  const health = !state
    ? 'never-polled'
    : state.disabled
      ? 'gone'
      : state.lastStatus === 'failed'
        ? 'failing'
        : isSilent
          ? 'silent'
          : 'well'
  return {
    ...source,
    health,
    lastPollAt: state?.lastPollAt ?? null,
    lastSuccessAt: state?.lastSuccessAt ?? null,
    lastEntryAt: state?.lastEntryAt ?? null,
    nextPollAt: state && !state.disabled ? state.nextPollAt : null,
    failures: state?.failures ?? 0,
    code: state?.lastCode ?? null,
    problem: problemOf(health, state),
    todo: todoOf(health, source, state),
    usualGapMinutes: rhythm === null ? null : Math.round(rhythm.usualGapMs / 60_000),
  }
}

function problemOf(health: SourceHealth['health'], state: SourceState | null): string | null {
  if (health === 'silent') return 'nothing new for longer than is usual for it'
  if (health !== 'failing' && health !== 'gone') return null
  const meaning = meaningOf(state?.lastCode ?? '')
  const said = state?.lastMessage ?? ''
  if (meaning === null) return said || (state?.lastCode ?? '')
  return said === '' || said === meaning ? meaning : `${meaning} (${said})`
}

/** Null for a code that is not of listening. */
function meaningOf(code: string): string | null {
  return Object.hasOwn(FAILURES, code) ? FAILURES[code as FailureCode].meaning : null
}

function todoOf(
  health: SourceHealth['health'],
  { id, watch }: Pick<SourceHealth, 'id' | 'watch'>,
  state: SourceState | null,
): string | null {
  const file = `feeds/${watch}.yaml`
  switch (health) {
    case 'well':
      return null
    case 'never-polled':
      return 'vigie collect'
    case 'silent':
      return `look whether it moved: vigie preview ${id}`
    case 'gone':
      return `take it out of ${file}, or give its new address`
    case 'failing':
      return forCode(state?.lastCode ?? '', id, file)
  }
}

/** What to do about an address that is not public. */
export const allowHint = 'name the host in fetch: { allow: [...] } of vigie.yaml if it is yours'

function forCode(code: string, id: string, file: string): string {
  if (code === 'unauthorized' || code === 'missing-key')
    return `set its key or password in ${file} or the environment`
  if (code === 'quota-exhausted') return `give it a longer every: in ${file}`
  if (code === 'file-missing' || code === 'file-unreadable')
    return `put the file there, or change its path in ${file}`
  if (code === 'blocked-address') return allowHint
  if (againAfter(code) === 'never') return `mend it in ${file}: it is not tried again before`
  return `it is tried again by itself; to see now: vigie preview ${id}`
}
