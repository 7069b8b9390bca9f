import { describe, expect, it } from 'vitest'
import { collectCommand } from '../../src/cli/collect.ts'
import { ticketsCommand } from '../../src/cli/tickets.ts'
import { tryCommand } from '../../src/cli/try.ts'
import { feedOf, folderWith, smallFolder } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const examples = { 'playbooks/examples/dissatisfied-customer.en.txt': 'Still waiting.\nNo refund.\n' }
const complaint = 'My order never arrived, the shop refuses the refund. Terrible, very disappointed.'

async function ticketed(): Promise<string> {
  const folder = folderWith({
    ...smallFolder,
    ...examples,
    'feeds/shop.xml': feedOf([{ id: '1', text: complaint }]),
  })
  await collectCommand(folder, {}, fakeTerminal())
  return folder
}

async function tickets(folder: string, request: Parameters<typeof ticketsCommand>[1]) {
  const terminal = fakeTerminal()
  const code = await ticketsCommand(folder, request, terminal)
  return { code, text: terminal.text(), told: terminal.told.join('\n') }
}

describe('tickets', () => {
  it('lists what waits in columns, and as JSON with instants in UTC and nulls', async () => {
    const folder = await ticketed()

    const inWords = await tickets(folder, { verb: 'list' })
    const inJson = await tickets(folder, { verb: 'list', json: true })

    expect(inWords.text).toMatch(/^#1 {4}normal {3}new {9}/)
    expect(JSON.parse(inJson.text)).toMatchObject([
      { id: 1, category: 'dissatisfied-customer', openedAt: '2026-11-22T10:00:00.000Z', seenAt: null },
    ])
  })

  it.each<[string, Parameters<typeof ticketsCommand>[1], string]>([
    ['a verb that does not exist', { verb: 'seem', id: 1 }, 'did you mean "seen"?'],
    ['a ticket that does not exist', { verb: 'show', id: 9 }, 'there is no ticket 9'],
    ['no number', { verb: 'seen' }, 'which ticket?'],
    ['a dismissal without a reason', { verb: 'dismiss', id: 1 }, 'say why'],
    ['somebody unknown', { verb: 'assign', id: 1, value: 'bob' }, '"bob" is not among the people'],
    ['no end', { verb: 'snooze', id: 1 }, 'until when?'],
    ['somebody unknown who does it', { verb: 'seen', id: 1, as: 'adda' }, 'did you mean "ada"?'],
  ])('refuses %s, changes nothing and ends with 2', async (_, request, expected) => {
    const folder = await ticketed()

    const { code, text, told } = await tickets(folder, request)

    expect([code, text]).toEqual([2, ''])
    expect(told).toContain(expected)
    expect((await tickets(folder, { verb: 'list' })).text).toContain('new')
  })

  it('does what a person says', async () => {
    const folder = await ticketed()

    expect((await tickets(folder, { verb: 'seen', id: 1 })).text).toContain('ada  seen')
    expect((await tickets(folder, { verb: 'snooze', id: 1, value: '2d' })).text).toContain('snoozed')
    expect((await tickets(folder, { verb: 'dismiss', id: 1, reason: 'no-answer: known' })).code).toBe(0)
    expect((await tickets(folder, { verb: 'list' })).text).toBe('No ticket waits.\n')
  })
})

describe('try', () => {
  it('refuses an empty comment', async () => {
    const terminal = fakeTerminal()

    const code = await tryCommand(folderWith(smallFolder), ' \n', {}, terminal)

    expect([code, terminal.text(), terminal.told.length]).toEqual([2, '', 1])
  })
})
