import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/domain/entry.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { PollRecord } from '../../src/store/store.ts'
import { folderWith } from '../helpers/folder.ts'

const at = new Date('2026-11-18T08:00:00Z')

function entry(id: string, text: string, url = `https://example.org/${id}`): Entry {
  return {
    id,
    url,
    title: null,
    text,
    author: null,
    publishedAt: at,
    language: null,
    engagement: null,
    stars: null,
  }
}

function poll(entries: readonly Entry[], source = 'shop:rss:a'): PollRecord {
  return {
    source: { id: source, watch: 'shop', kind: 'rss', definition: 'd' },
    at,
    tookMs: 1,
    nextPollAt: at,
    status: 'fetched',
    cursor: { n: entries.length },
    title: null,
    link: null,
    entries: entries.length,
    documentIds: entries.map(({ id }) => id),
    mentions: entries.map((one) => ({
      entry: one,
      canonicalUrl: one.url,
      contentHash: one.text,
      match: { spans: [], confirmedBy: [], deniedBy: [], certain: true },
    })),
    unrelated: [],
    lastEntryAt: at,
  }
}

function shopStore() {
  return openStore({ folder: folderWith({}) })
}

it('a visit that went well but for a part says which, until the next that goes well', async () => {
  const store = shopStore()
  const partly = { code: 'partly', message: '1 of its parts did not answer: b (http-404)' }
  const state = async () => (await store.sourceStates()).find(({ id }) => id === 'shop:rss:a')

  await store.recordPoll({ ...poll([]), partly })
  expect(await state()).toMatchObject({ lastStatus: 'fetched', lastCode: 'partly', failures: 0 })

  await store.recordPoll(poll([]))
  expect(await state()).toMatchObject({ lastStatus: 'fetched', lastCode: null })
})

describe('what a source gives', () => {
  it('is stored once, with the cursor', async () => {
    const store = shopStore()

    const first = await store.recordPoll(poll([entry('1', 'one'), entry('2', 'two')]))
    const second = await store.recordPoll(poll([entry('1', 'one'), entry('2', 'two')]))

    expect([first, second]).toEqual([
      { added: 2, edited: 0 },
      { added: 0, edited: 0 },
    ])
    expect((await store.sourceState('shop:rss:a'))?.cursor).toEqual({ n: 2 })
    await store.close()
  })

  it('is another mention in another source, whatever its identifier', async () => {
    const store = shopStore()
    await store.recordPoll(poll([entry('1', 'one')]))

    expect(await store.recordPoll(poll([entry('1', 'one')], 'shop:rss:b'))).toEqual({ added: 1, edited: 0 })
    await store.close()
  })

  it('is edited when the text of a known identifier changes, and the former text is kept', async () => {
    const store = shopStore()
    await store.recordPoll(poll([entry('1', 'one')]))

    expect(await store.recordPoll(poll([entry('1', 'one, mended')]))).toEqual({ added: 0, edited: 1 })
    expect((await store.mention(1))?.mention.entry.text).toBe('one, mended')
    await store.close()
  })

  it('is not new when the source changes its identifiers', async () => {
    const store = shopStore()
    await store.recordPoll(
      poll([entry('1', 'one', 'https://example.org/x'), entry('2', 'two', 'https://example.org/y')]),
    )

    const renamed = await store.recordPoll(
      poll([entry('a1', 'one', 'https://example.org/x'), entry('a2', 'two', 'https://example.org/y')]),
    )

    expect(renamed).toEqual({ added: 0, edited: 0 })
    await store.close()
  })

  it('is two mentions when two people say the same in one document', async () => {
    const store = shopStore()

    expect(await store.recordPoll(poll([entry('1', 'same'), entry('2', 'same')]))).toEqual({
      added: 2,
      edited: 0,
    })
    expect(
      await store.recordPoll(poll([entry('1', 'same'), entry('2', 'same'), entry('3', 'same')])),
    ).toEqual({ added: 1, edited: 0 })
    await store.close()
  })

  it('takes two thousand at once', async () => {
    const store = shopStore()
    const entries = Array.from({ length: 2000 }, (_, index) => entry(String(index), `text ${index}`))

    expect((await store.recordPoll(poll(entries))).added).toBe(2000)
    expect((await store.recordPoll(poll(entries))).added).toBe(0)
    await store.close()
  })
})

describe('a visit that failed', () => {
  it('leaves the cursor, counts in a row, and can be the last', async () => {
    const store = shopStore()
    const { source } = poll([])
    await store.recordPoll(poll([entry('1', 'one')]))
    const failure = {
      source,
      at,
      tookMs: 1,
      nextPollAt: at,
      code: 'timeout',
      message: 'too slow',
      disable: false,
    }
    await store.recordPollFailure(failure)
    await store.recordPollFailure({ ...failure, code: 'gone', disable: true })

    expect(await store.sourceState('shop:rss:a')).toMatchObject({
      cursor: { n: 1 },
      failures: 2,
      lastCode: 'gone',
      disabled: true,
    })
    await store.close()
  })
})
