import { describe, expect, it } from 'vitest'
import { hourMs } from '../../src/domain/duration.ts'
import { writeReports } from '../../src/report/digest.ts'
import { periodBefore, reportView } from '../../src/report/report-view.ts'
import { openStore } from '../../src/store/open-store.ts'
import { configOf, folderWith, smallFolder } from '../helpers/folder.ts'
import { openTicketIn } from '../helpers/tickets.ts'

describe('a period', () => {
  it.each([
    ['weekly', '2026-11-23', { firstDate: '2026-11-16', lastDate: '2026-11-22' }],
    ['weekly', '2026-11-24', null],
    ['monthly', '2026-12-01', { firstDate: '2026-11-01', lastDate: '2026-11-30' }],
    ['monthly', '2028-03-01', { firstDate: '2028-02-01', lastDate: '2028-02-29' }],
    ['monthly', '2026-12-02', null],
  ] as const)('%s before %s', (period, today, expected) => {
    expect(periodBefore(period, today)).toEqual(expected && { period, ...expected })
  })
})

describe('a weekly report', () => {
  it('counts the week, tells how long answers took, and leaves once', async () => {
    const wants = smallFolder['vigie.yaml'].replace('role: owner', 'role: owner, reports: [weekly]')
    const config = configOf(folderWith({ ...smallFolder, 'vigie.yaml': wants }))
    const store = openStore(config)
    const openedAt = new Date('2026-11-18T09:00:00Z')
    for (const [index, hours] of [1, 3, 200].entries()) {
      const { id } = await openTicketIn(store, config, openedAt, `c${index}`)
      const at = new Date(openedAt.getTime() + hours * hourMs)
      await store.changeTicket(id, {
        at,
        who: 'ada',
        what: 'answered',
        detail: {},
        set: { state: 'answered', seenAt: at, answeredAt: at },
      })
    }
    await openTicketIn(store, config, openedAt, 'waiting')
    const ada = config.people.get('ada')
    if (!ada) throw new Error('no ada')

    const view = await reportView(
      config,
      ada,
      { period: 'weekly', firstDate: '2026-11-16', lastDate: '2026-11-22' },
      store,
    )

    expect(view.counts).toMatchObject({ mentions: 4, negative: 4, opened: 4, stillOpen: 1 })
    expect(view.seen).toMatchObject({ medianMinutes: 180, inTime: 2, due: 4 })
    expect(view.columns.map((column) => column.mentions)).toEqual([0, 0, 4, 0, 0, 0, 0])
    expect(view.before).toBeNull()

    const now = new Date('2026-11-23T07:00:00Z')
    const deps = { store, folderId: 'x', now: () => now, firstStartedAt: new Date(0), refusedConfig: [] }
    expect([await writeReports(config, deps), await writeReports(config, deps)]).toEqual([1, 0])
    expect((await store.messages('pending', 10))[0]?.kind).toBe('report')
    await store.close()
  })
})
