import { describe, expect, it } from 'vitest'
import { hourMs, minuteMs } from '../../src/domain/duration.ts'
import type { Ticket } from '../../src/domain/ticket.ts'
import { openStore } from '../../src/store/open-store.ts'
import { clockOf, escalateAll, stepsDue } from '../../src/triage/escalate.ts'
import { deadlinesOf } from '../../src/triage/triage.ts'
import { configOf, folderWith, playbookOf, smallFolder } from '../helpers/folder.ts'
import { openTicketIn } from '../helpers/tickets.ts'

const people = `
  ada: { name: Ada Example, email: ada@shop.example, role: owner, deputy: bob }
  bob: { name: Bob Example, email: bob@shop.example, role: responder, deputy: ada }
`

function shop(zone = 'Europe/Brussels', front = '') {
  const yaml = smallFolder['vigie.yaml'].replace(/ {2}ada:.*\n/, people).replace('Europe/Brussels', zone)
  const playbook = playbookOf(front).replace('owner: ada', 'owner: bob')
  const folder = folderWith({
    ...smallFolder,
    'vigie.yaml': yaml,
    'playbooks/dissatisfied-customer.md': playbook,
  })
  return configOf(folder)
}

function at(text: string): Date {
  return new Date(text)
}

describe("a ticket's clock", () => {
  it('reminds at three quarters, then goes to the deputy, then to the owners', () => {
    const config = shop()
    const playbook = config.playbooks.get('dissatisfied-customer')
    if (!playbook) throw new Error('no playbook')
    const openedAt = at('2026-11-18T08:00:00Z')
    const ticket = {
      category: 'dissatisfied-customer',
      owner: 'bob',
      openedAt,
      ...deadlinesOf(playbook, openedAt, config.calendar),
    } as Ticket

    const steps = clockOf(ticket, config).map(({ level, at: instant, to }) => [
      level,
      instant.toISOString(),
      to,
    ])

    expect(steps).toEqual([
      ['seen-reminder', '2026-11-18T11:00:00.000Z', ['bob']],
      ['seen-deputy', '2026-11-18T12:00:00.000Z', ['ada']],
      ['seen-owner', '2026-11-18T16:00:00.000Z', ['ada']],
      ['answer-reminder', '2026-11-19T17:00:00.000Z', ['bob']],
      ['answer-deputy', '2026-11-20T14:00:00.000Z', ['ada']],
      ['answer-owner', '2026-11-23T09:00:00.000Z', ['ada']],
    ])
  })

  it('asks nothing more about seeing once someone has seen it, and nothing at all once it is closed', () => {
    const config = shop()
    const now = at('2027-01-01T00:00:00Z')
    const ticket = {
      category: 'dissatisfied-customer',
      owner: 'bob',
      openedAt: at('2026-11-18T08:00:00Z'),
      seenBy: at('2026-11-18T12:00:00Z'),
      answerBy: at('2026-11-20T14:00:00Z'),
      seenAt: at('2026-11-18T09:00:00Z'),
      state: 'seen',
    } as Ticket

    expect(stepsDue(ticket, config, now).map((step) => step.level)).toEqual([
      'answer-reminder',
      'answer-deputy',
      'answer-owner',
    ])
    expect(stepsDue({ ...ticket, state: 'answered' }, config, now)).toEqual([])
  })
})

describe('a year of days', () => {
  it.each(['Europe/Brussels', 'Europe/Paris', 'Europe/London', 'America/New_York'])(
    'in %s: each step at its instant, once, whatever restarts come between',
    async (zone) => {
      const config = shop(zone)
      let now = at('2026-01-01T00:00:00Z')
      let store = openStore(config)
      const expected = new Map<string, number>()
      for (let day = 0; day < 365; day += 13) {
        const openedAt = new Date(at('2026-01-01T10:30:00Z').getTime() + day * 24 * hourMs)
        const ticket = await openTicketIn(store, config, openedAt, `c${day}`)
        for (const step of clockOf(ticket, config))
          expected.set(`${ticket.id} ${step.level}`, step.at.getTime())
      }

      const stepMs = 30 * minuteMs
      for (let tick = 0; now < at('2027-01-20T00:00:00Z'); tick++) {
        now = new Date(now.getTime() + stepMs)
        // Three times a year the process dies and comes back.
        if (tick % 6000 === 5999) {
          await store.close()
          store = openStore(config)
        }
        if (![...expected.values()].some((due) => due <= now.getTime() && due > now.getTime() - stepMs))
          continue
        await escalateAll(config, {
          store,
          now: () => now,
          onFault: (error) => {
            throw error
          },
        })
      }

      const events = await Promise.all(
        (await store.tickets({ limit: 1000 })).map(async ({ id }) =>
          (await store.ticketEvents(id)).map((event) => ({
            ...event,
            key: `${id} ${String(event.detail['level'])}`,
          })),
        ),
      )
      const steps = events.flat().filter(({ what }) => what === 'reminded' || what === 'escalated')
      expect(steps.length).toBe(expected.size)
      for (const { key, at: reachedAt } of steps) {
        const late = reachedAt.getTime() - (expected.get(key) ?? 0)
        expect(late, key).toBeGreaterThanOrEqual(0)
        expect(late, key).toBeLessThan(stepMs)
      }
      await store.close()
    },
    120_000,
  )
})

describe('a step that was reached', () => {
  it('is not asked of the store again at the next tick; what a restart left half done is', async () => {
    const config = shop()
    const store = openStore(config)
    const openedAt = at('2026-11-18T08:00:00Z')
    for (const name of ['a', 'b', 'c']) await openTicketIn(store, config, openedAt, name)
    const asked: string[] = []
    const counted: typeof store = {
      ...store,
      escalate: (ticket, level, change) => {
        asked.push(`${ticket} ${level}`)
        return store.escalate(ticket, level, change)
      },
    }
    const tick = (now: Date) =>
      escalateAll(config, {
        store: counted,
        now: () => now,
        onFault: (error) => {
          throw error
        },
      })
    await store.escalate(1, 'seen-reminder', {
      at: openedAt,
      what: 'reminded',
      notices: [],
    })

    expect(await tick(at('2026-11-18T12:00:00Z'))).toBe(5)
    expect(asked).toHaveLength(5)
    expect(await tick(at('2026-11-18T12:01:00Z'))).toBe(0)
    expect(asked).toHaveLength(5)
    await store.close()
  })
})

describe('what comes back', () => {
  it('a snoozed ticket at its hour, and a decision not to answer only when the affair grew', async () => {
    const config = shop()
    const store = openStore(config)
    const openedAt = at('2026-11-18T08:00:00Z')
    const snoozed = await openTicketIn(store, config, openedAt, 'a')
    const quiet = await openTicketIn(store, config, openedAt, 'b')
    const later = at('2026-11-20T08:00:00Z')
    await store.changeTicket(snoozed.id, {
      at: openedAt,
      who: 'bob',
      what: 'snoozed',
      detail: {},
      set: { state: 'snoozed', againAt: later },
    })
    await store.changeTicket(quiet.id, {
      at: openedAt,
      who: 'bob',
      what: 'dismissed',
      detail: { mentionCount: 1 },
      set: { state: 'dismissed', dismissReason: 'no-answer', againAt: later },
    })

    await escalateAll(config, {
      store,
      now: () => later,
      onFault: (error) => {
        throw error
      },
    })

    expect((await store.ticket(snoozed.id))?.state).toBe('new')
    expect(await store.ticket(quiet.id)).toMatchObject({ state: 'dismissed', againAt: null })
    await store.close()
  })

  it('a ticket of someone who is away goes to who stands in', async () => {
    const config = shop()
    const bob = config.people.get('bob')
    if (!bob) throw new Error('no bob')
    const people = new Map(config.people).set('bob', {
      ...bob,
      away: [{ from: '2026-11-19', to: '2026-11-25' }],
    })
    const store = openStore(config)
    const ticket = await openTicketIn(store, config, at('2026-11-18T08:00:00Z'), 'a')

    await escalateAll(
      { ...config, people },
      {
        store,
        now: () => at('2026-11-19T09:00:00Z'),
        onFault: (error) => {
          throw error
        },
      },
    )

    expect((await store.ticket(ticket.id))?.owner).toBe('ada')
    await store.close()
  })
})
