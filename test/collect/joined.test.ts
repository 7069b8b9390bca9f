import { describe, expect, it } from 'vitest'
import { failure } from '../../src/collect/failures.ts'
import { joinedSource } from '../../src/collect/joined.ts'
import type { Source } from '../../src/collect/source.ts'

const never = new AbortController().signal

function part(id: string, poll: Source['poll']): Source {
  return { id, poll }
}

const quiet = {
  entries: [],
  status: 'fetched',
  title: null,
  link: null,
  skipped: 0,
  notBefore: null,
} as const

describe('several sources as one', () => {
  const good = part('good', async (cursor) => ({
    ...quiet,
    cursor: { visits: Number(cursor?.['visits'] ?? 0) + 1 },
  }))
  const bad = part('bad', async () => {
    throw failure('http-404', 'there is nothing at this address')
  })

  it('names the part that failed and keeps what the others gave', async () => {
    const source = joinedSource('both', [good, bad])
    const first = await source.poll(null, never)
    const second = await source.poll(first.cursor, never)

    expect(first.failedParts).toEqual([{ id: 'bad', code: 'http-404' }])
    expect(second.cursor).toEqual({ parts: { good: { visits: 2 } } })
  })

  it('fails when all its parts do', async () => {
    await expect(
      joinedSource('none', [bad, { ...bad, id: 'worse' }]).poll(null, never),
    ).rejects.toMatchObject({
      code: 'http-404',
    })
  })
})
