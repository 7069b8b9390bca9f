import { beforeEach, describe, expect, it } from 'vitest'
import { collectCommand } from '../../src/cli/collect.ts'
import { type SilenceRequest, silenceCommand } from '../../src/cli/silence.ts'
import { feedOf, folderWith, smallFolder, writeFiles } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const angry = 'The shop never sent my order, I want a refund. Terrible, terrible service.'

let folder: string

beforeEach(() => {
  folder = folderWith(smallFolder)
})

describe('silence', () => {
  const request: SilenceRequest = { what: 'refund*', until: '2d', reason: ['the', 'sale', 'ended'] }

  it('keeps expected words quiet until it ends', async () => {
    const terminal = fakeTerminal()
    expect(await silenceCommand(folder, request, terminal)).toBe(0)
    expect(terminal.text()).toContain('#1  refund*, until 2026-11-24 10:00 UTC: the sale ended (ada)')

    expect(await alertsFor('1', angry)).toBe(0)
    expect(await silenceCommand(folder, { what: 'end', until: '1', reason: [] }, fakeTerminal())).toBe(0)
    expect(await alertsFor('2', 'Another shop disaster: nothing came, no refund. Terrible people.')).toBe(1)
  })

  it('lists what is in force and what is to come', async () => {
    await silenceCommand(folder, { ...request, watch: 'Shop' }, fakeTerminal())
    await silenceCommand(
      folder,
      { ...request, from: '2026-12-01', until: '2026-12-02T09:00' },
      fakeTerminal(),
    )
    await silenceCommand(
      folder,
      { ...request, until: '1h' },
      fakeTerminal({ now: new Date('2026-11-21T10:00:00Z') }),
    )
    const terminal = fakeTerminal()

    expect(
      await silenceCommand(folder, { what: 'list', until: undefined, reason: [], json: true }, terminal),
    ).toBe(0)

    expect(JSON.parse(terminal.text())).toMatchObject([
      { id: 1, watch: 'shop', until: '2026-11-24T10:00:00.000Z' },
      { id: 2, watch: null, from: '2026-11-30T23:00:00.000Z', until: '2026-12-02T08:00:00.000Z' },
    ])
  })

  it.each([
    ['a broken query', { what: '(refund' }, '^ '],
    ['a query for no word', { what: 'NOT refund' }, 'almost everything'],
    ['no end', { until: undefined }, 'until when?'],
    ['an end that is past', { until: '2026-11-01' }, 'already past'],
    ['an end before the beginning', { from: '3d' }, 'before it begins'],
    ['no reason', { reason: [] }, 'say why'],
    ['a watch that is none', { watch: 'x' }, 'no watch "x"'],
    ['a person who is none', { as: 'bob' }, '"bob"'],
    ['the end of one that is none', { what: 'end', until: '7' }, 'no silence "7"'],
  ])('refuses %s', async (_, wrong, said) => {
    const terminal = fakeTerminal()

    expect(await silenceCommand(folder, { ...request, ...wrong }, terminal)).toBe(2)

    expect(terminal.told.join()).toContain(said)
  })

  async function alertsFor(id: string, text: string): Promise<number> {
    writeFiles(folder, { 'feeds/shop.xml': feedOf([{ id, text, at: '2026-11-22T09:00:00Z' }]) })
    const terminal = fakeTerminal()
    expect(await collectCommand(folder, { json: true }, terminal)).toBe(0)
    expect(JSON.parse(terminal.text()).tickets.opened).toBe(1)
    return JSON.parse(terminal.text()).messages.sent
  }
})
