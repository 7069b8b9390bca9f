import { describe, expect, it } from 'vitest'
import { nextPollAt, type Visited } from '../../src/collect/schedule.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)

/** Minutes until the next visit, without jitter unless `random` is given. */
function wait(visited: Partial<Visited>, random = 0.5): number {
  const full: Visited = {
    everyMs: 60 * 60_000,
    slowsDown: false,
    lastEntryAt: null,
    failuresBefore: 0,
    outcome: { kind: 'read', notBefore: null },
    ...visited,
  }
  return (nextPollAt(full, NOW, random).getTime() - NOW.getTime()) / 60_000
}

const failed = (code: string, retryAt: Date | null = null) => ({ kind: 'failed', code, retryAt }) as const

describe('nextPollAt', () => {
  it('keeps the configured pace, give or take a tenth', () => {
    expect(wait({})).toBe(60)
    expect(wait({}, 0)).toBe(54)
    expect(wait({}, 0.999999)).toBeCloseTo(66, 1)
  })

  it('never comes back before fifteen minutes', () => {
    expect(wait({ everyMs: 60_000 }, 0)).toBe(15)
  })

  it('waits as long as a feed asks, up to a day', () => {
    expect(wait({ outcome: { kind: 'read', notBefore: minutes(90) } }, 0)).toBe(90)
    expect(wait({ outcome: { kind: 'read', notBefore: minutes(9999) } })).toBe(1440)
    expect(wait({ outcome: { kind: 'read', notBefore: minutes(5) } })).toBe(60)
  })

  it('reads a quiet feed less often, a quiet search as often as ever', () => {
    const weekAgo = minutes(-7 * 1440)

    expect(wait({ slowsDown: true, lastEntryAt: weekAgo })).toBe(420)
    expect(wait({ slowsDown: true, lastEntryAt: minutes(-100 * 1440) })).toBe(1440)
    expect(wait({ slowsDown: true, lastEntryAt: minutes(-30) })).toBe(60)
    expect(wait({ slowsDown: false, lastEntryAt: weekAgo })).toBe(60)
  })

  it.each([
    [0, 60],
    [1, 120],
    [2, 240],
    [4, 960],
    [5, 1440],
    [1000, 1440],
  ])('after %i failures backs off for %i minutes', (failuresBefore, expected) => {
    expect(wait({ failuresBefore, outcome: failed('timeout') })).toBe(expected)
  })

  it('honours Retry-After, never early, up to a day', () => {
    expect(wait({ outcome: failed('rate-limited', minutes(200)) }, 0)).toBe(200)
    expect(wait({ outcome: failed('rate-limited', minutes(99_999)) })).toBe(1440)
    expect(wait({ outcome: failed('rate-limited', minutes(1)) }, 0)).toBe(54)
  })

  it('looks for a missing file at the usual pace, and daily at what a person must mend', () => {
    expect(wait({ failuresBefore: 9, outcome: failed('file-missing') })).toBe(60)
    expect(wait({ outcome: failed('gone') })).toBe(1440)
  })
})
