import { beforeEach, describe, expect, it } from 'vitest'
import { collectCommand } from '../../src/cli/collect.ts'
import { sourcesCommand } from '../../src/cli/sources.ts'
import { feedOf, folderWith, smallFolder, writeFiles } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const now = new Date('2026-11-22T10:00:00Z')

let folder: string

beforeEach(() => {
  folder = folderWith(smallFolder)
})

describe('sources', () => {
  it('tells how each does, and what to do about it', async () => {
    const daily = Array.from({ length: 12 }, (_, index) => ({
      id: String(index),
      text: 'shop news',
      at: new Date(now.getTime() - (40 + index) * 86_400_000).toISOString(),
    }))
    writeFiles(folder, {
      'feeds/shop.yaml': `${smallFolder['feeds/shop.yaml']}  - file: feeds/gone.xml\n  - file: feeds/quiet.xml\n  - rss: https://never.example.org/\n`,
      'feeds/gone.xml': feedOf([]),
      'feeds/quiet.xml': feedOf(daily),
    })
    const files = ['shop.xml', 'gone.xml', 'quiet.xml'].map((name) => `shop:file:feeds/${name}`)
    await collectCommand(folder, { source: files }, fakeTerminal())
    writeFiles(folder, { 'feeds/gone.xml': '' })
    await collectCommand(folder, { source: ['shop:file:feeds/gone.xml'] }, fakeTerminal())
    const terminal = fakeTerminal()
    const words = fakeTerminal()

    expect(await sourcesCommand(folder, { json: true }, terminal)).toBe(3)
    expect(await sourcesCommand(folder, {}, words)).toBe(3)

    const told = JSON.parse(terminal.text())
    expect(told.map(({ id, health }: { id: string; health: string }) => [id, health])).toEqual([
      ['shop:file:feeds/shop.xml', 'well'],
      ['shop:file:feeds/gone.xml', 'failing'],
      ['shop:file:feeds/quiet.xml', 'silent'],
      ['shop:rss:https://never.example.org/', 'never-polled'],
    ])
    expect(told[1]).toMatchObject({
      code: 'empty',
      failures: 1,
      problem: expect.stringContaining('the document is empty'),
    })
    expect(told[2]).toMatchObject({ usualGapMinutes: 1440 })
    expect(words.text()).toMatch(/^✓ shop:file:feeds\/shop\.xml {2}read now/m)
    expect(words.text()).toMatch(/^✗ shop:file:feeds\/gone\.xml {2}the document is empty.*\[empty\]/m)
    expect(words.text()).toMatch(
      /^! shop:file:feeds\/quiet\.xml .*last entry 40 days ago \(usually every 24 h\)/m,
    )
    expect(words.text()).toContain('    vigie collect')
  })
})
