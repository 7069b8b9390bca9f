import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { collectCommand } from '../../src/cli/collect.ts'
import { learnedCommand } from '../../src/cli/learned.ts'
import { ticketsCommand } from '../../src/cli/tickets.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { feedOf, folderWith, smallFolder, writeFiles } from '../helpers/folder.ts'
import { type FakeTerminal, fakeTerminal } from '../helpers/terminal.ts'

const angry = 'The shop never sent my order, I want a refund. Terrible, terrible service.'

let folder: string

beforeEach(() => {
  folder = folderWith(smallFolder)
})

describe('learned', () => {
  beforeEach(async () => {
    writeFiles(folder, { 'feeds/shop.xml': feedOf([{ id: '1', text: angry }]) })
    await collectCommand(folder, {}, fakeTerminal())
    const dismissal = { verb: 'dismiss', id: 1, value: undefined, reason: 'not-negative' }
    expect(await ticketsCommand(folder, dismissal, fakeTerminal())).toBe(0)
  })

  it('tells what people corrected and which words it moves', async () => {
    const terminal = await learned({ json: true })
    const inWords = await learned({})

    expect(JSON.parse(terminal.text())).toMatchObject({
      corrections: [{ id: 1, watch: 'shop', kind: 'not-negative', text: angry }],
      shifts: [{ watch: 'shop', corrections: 1 }],
    })
    const [{ negative }] = JSON.parse(terminal.text()).shifts
    expect(negative.length).toBeGreaterThan(0)
    expect(negative.every(({ weight }: { weight: number }) => weight < 0)).toBe(true)
    expect(inWords.text()).toContain('#1  2026-11-22  ada in shop: "The shop never sent my order')
  })

  it('forgets one, and then none is left', async () => {
    expect((await learned({ forget: '#1' })).text()).toContain('1 correction no longer counts')

    expect((await learned({})).text()).toContain('Nobody has corrected anything yet')
    expect(await opened().corrections(null)).toEqual([])
  })

  it('forgets all, and says when there is none of that number', async () => {
    expect((await learned({ forget: '9' }, 2)).told.join()).toContain('no correction "9"')
    expect((await learned({ forget: 'all' })).text()).toContain('1 correction no longer counts')
    expect((await learned({ forget: 'all' })).text()).toContain('0 corrections')
  })

  async function learned(options: { forget?: string; json?: boolean }, code = 0): Promise<FakeTerminal> {
    const terminal = fakeTerminal()
    expect(await learnedCommand(folder, options, terminal)).toBe(code)
    return terminal
  }
})

function opened(): Store {
  const store = openStore({ folder })
  onTestFinished(() => store.close().catch(() => {}))
  return store
}
