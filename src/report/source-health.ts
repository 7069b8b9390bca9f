import type { SourceState } from '../store/store.ts'

export type SourceHealth = 'well' | 'silent' | 'failing' | 'gone' | 'never-polled'

/** How a source does, measured against its own rhythm: one that speaks twice a year is not silent after a week. */
export function healthOf(state: SourceState | undefined, now: Date): SourceHealth {
  if (!state) return 'never-polled'
  if (state.disabled) return 'gone'
  if (state.lastStatus === 'failed') return 'failing'
  const { rhythm, lastEntryAt } = state
  const isSilent = rhythm && lastEntryAt && now.getTime() - lastEntryAt.getTime() > rhythm.longestUsualMs
  return isSilent ? 'silent' : 'well'
}
