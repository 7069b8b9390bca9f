import { describe, expect, it } from 'vitest'
import { dayMs, hourMs } from '../../src/domain/duration.ts'
import { openStore } from '../../src/store/open-store.ts'
import {
  type EvidenceDeps,
  isDue,
  keepEvidence,
  type Look,
  lookAgain,
  stillThere,
} from '../../src/triage/evidence.ts'
import { configOf, folderWith, smallFolder } from '../helpers/folder.ts'
import { openTicketIn } from '../helpers/tickets.ts'

const openedAt = new Date('2026-11-18T08:00:00Z')
const never = new AbortController().signal

async function watchedShop(look: () => Look) {
  const config = configOf(folderWith(smallFolder))
  const store = openStore(config)
  let now = openedAt
  const deps: EvidenceDeps = {
    store,
    now: () => now,
    look: async () => look(),
    onFault: (error) => {
      throw error
    },
  }
  const ticket = await openTicketIn(store, config, openedAt, 'a')
  const [mention] = await store.ticketMentions(ticket.id)
  await keepEvidence(never, deps)
  return {
    store,
    id: mention?.mention.id ?? 0,
    passed: async (ms: number) => {
      now = new Date(openedAt.getTime() + ms)
      await lookAgain(never, deps)
    },
  }
}

describe('evidence', () => {
  it('is kept at first sight, once, and chained', async () => {
    const { store, id } = await watchedShop(() => ({ kind: 'there', text: '' }))

    const records = await store.evidenceOf(id)

    expect(records.map((record) => record.kind)).toEqual(['first-seen'])
    expect(records[0]?.payload).toMatchObject({
      text: 'The order a never arrived at the shop.',
      author: 'author of a',
    })
    expect(await store.brokenEvidence()).toBeNull()
    await store.close()
  })

  it('notes what became of the publication, ever more rarely', async () => {
    let look: Look = { kind: 'there', text: 'Reviews. The order a never arrived at the shop. Read more' }
    const { store, id, passed } = await watchedShop(() => look)

    await passed(hourMs)
    await passed(hourMs + 1000)
    look = { kind: 'there', text: 'The order a never arrived at the house, what a pity' }
    await passed(6 * hourMs)
    look = { kind: 'unreachable', code: 'timeout' }
    await passed(dayMs)
    look = { kind: 'gone', code: 'http-404' }
    await passed(3 * dayMs)
    await passed(7 * dayMs)

    const kinds = (await store.evidenceOf(id)).map((record) => record.kind)
    expect(kinds).toEqual(['first-seen', 'unchanged', 'edited', 'unreachable', 'deleted'])
    expect(await store.brokenEvidence()).toBeNull()
    await store.close()
  })

  it('looks once after a long stop, not six times', () => {
    const firstAt = openedAt
    const now = new Date(openedAt.getTime() + 10 * dayMs)

    expect(isDue({ firstAt, lastAt: firstAt, isOver: false }, now)).toBe(true)
    expect(isDue({ firstAt, lastAt: now, isOver: false }, new Date(now.getTime() + dayMs))).toBe(false)
    expect(isDue({ firstAt, lastAt: firstAt, isOver: true }, now)).toBe(false)
  })

  it('says which passages are gone', () => {
    const { share, missing } = stillThere(
      'one two three four five six seven',
      'one two three four five and no more',
    )

    expect(share).toBeCloseTo(1 / 3)
    expect(missing).toEqual(['two three four five six', 'three four five six seven'])
  })
})
