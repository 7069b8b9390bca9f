import { describe, expect, it } from 'vitest'
import { collectCommand } from '../../src/cli/collect.ts'
import { digestCommand } from '../../src/cli/digest.ts'
import { drillCommand } from '../../src/cli/drill.ts'
import { ticketsCommand } from '../../src/cli/tickets.ts'
import { exportCommand } from '../../src/cli/transfer.ts'
import { dayMs } from '../../src/domain/duration.ts'
import { openStore } from '../../src/store/open-store.ts'
import { escalateAll } from '../../src/triage/escalate.ts'
import { configOf, feedOf, folderWith, smallFolder } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const now = new Date('2026-11-18T09:00:00Z')
const text = 'The shop never sent my zyxlamp and refuses the refund. Terrible, very disappointed.'
const real = 'Order from the shop never arrived in four weeks. No refund, terrible, disappointed.'

async function rehearsed() {
  const folder = folderWith({
    ...smallFolder,
    'vigie.yaml': `${smallFolder['vigie.yaml']}digest: { at: "08:00", to: [ada] }\n`,
    'feeds/shop.xml': feedOf([{ id: 'real', text: real, at: now.toISOString() }]),
  })
  const terminal = fakeTerminal({ now })
  const code = await drillCommand(folder, { text, json: true }, terminal)
  return { folder, code, report: JSON.parse(terminal.text()) }
}

describe('a drill', () => {
  it('goes through the whole chain and says who was told, and who would be told when', async () => {
    const { code, report } = await rehearsed()

    expect(code).toBe(0)
    expect(report).toMatchObject({
      category: 'dissatisfied-customer',
      owner: 'ada',
      told: [{ kind: 'alert', recipient: 'ada@shop.example', state: 'sent' }],
    })
    expect(report.later.length).toBeGreaterThan(0)
  })

  it('is marked in its mail', async () => {
    const { folder } = await rehearsed()
    const store = openStore({ folder })

    const [mail] = await store.messages(null, 10)

    expect(mail?.subject).toMatch(/drill/i)
    await store.close()
  })

  it('stands in no list, no digest, no export and no statistic', async () => {
    const { folder } = await rehearsed()
    const list = fakeTerminal({ now })
    const digest = fakeTerminal({ now })
    const csv = fakeTerminal({ now })

    await ticketsCommand(folder, { verb: 'list', all: true, json: true }, list)
    await digestCommand(folder, {}, digest)
    await exportCommand(folder, 'json', {}, csv)

    expect(list.text()).not.toContain('zyxlamp')
    expect(digest.text()).not.toContain('zyxlamp')
    expect(csv.text()).not.toContain('zyxlamp')
    const store = openStore({ folder })
    const { toRead, days, ...counts } = await store.activity(new Date(0), new Date('2030-01-01'))
    expect(toRead).toEqual([])
    for (const [name, count] of Object.entries(counts)) expect([name, count]).toEqual([name, 0])
    expect(JSON.stringify(days)).not.toMatch(/[1-9]\d*,?"?(?:negative|mentions)/)
    expect(await store.countOpenTickets()).toBe(0)
    expect(await store.negativeTexts(new Date(0), new Date('2030-01-01'), new Date(0))).toEqual([])
    await store.close()
  })

  it('has no clock: nobody is reminded, however long it lies', async () => {
    const { folder } = await rehearsed()
    const store = openStore({ folder })

    const taken = await escalateAll(configOf(folder), {
      store,
      now: () => new Date(now.getTime() + 30 * dayMs),
      onFault: (error) => {
        throw error
      },
    })

    expect(taken).toBe(0)
    await store.close()
  })

  it('is never joined by a real complaint in the same words, nor the other way round', async () => {
    const { folder } = await rehearsed()
    const terminal = fakeTerminal({ now })

    await drillCommand(folder, { text: real, json: true }, fakeTerminal({ now }))
    await collectCommand(folder, { json: true }, terminal)

    const store = openStore({ folder })
    expect(await store.tickets({ limit: 10 })).toMatchObject([{ mentionCount: 1, drill: false }])
    expect((await store.tickets({ drill: true, limit: 10 })).map(({ mentionCount }) => mentionCount)).toEqual(
      [1, 1],
    )
    await store.close()
  })

  it('says what keeps its mail back', async () => {
    const quiet = smallFolder['vigie.yaml'].replace('role: owner', 'role: owner, quiet: "00:00-23:59"')
    const asleep = folderWith({ ...smallFolder, 'vigie.yaml': quiet })
    const reader = folderWith(smallFolder)
    const busy = folderWith(smallFolder)
    const store = openStore({ folder: reader })
    await store.setPersonSetting('ada', 'alerts', 'digest', now)
    await store.close()
    for (let i = 0; i < 6; i++) expect(await drillCommand(busy, { text }, fakeTerminal({ now }))).toBe(0)

    const said: string[] = []
    for (const folder of [asleep, reader, busy]) {
      const terminal = fakeTerminal({ now })
      expect(await drillCommand(folder, { text }, terminal)).toBe(3)
      said.push(/ {2}nobody: (.*)/.exec(terminal.text())?.[1] ?? '')
    }

    expect(said).toEqual([
      'Ada Example has quiet hours now; only what is critical comes through',
      'Ada Example asked for the digest only',
      'Ada Example had six alerts within the hour; the rest comes in one summary',
    ])
  })
})
