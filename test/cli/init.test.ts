import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCommand } from '../../src/cli/check.ts'
import { initCommand } from '../../src/cli/init.ts'
import { queryFor } from '../../src/cli/init-files.ts'
import { matchQuery, parseQuery, prepare } from '../../src/domain/query.ts'
import { configOf, folderWith } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const flags = { name: 'Chez Zoé', email: 'zoe@chez-zoe.example', owner: 'Zoé Example', yes: true }

describe('init', () => {
  it('writes a folder that passes check', async () => {
    const folder = path.join(folderWith({}), 'new')

    const code = await initCommand(folder, { ...flags, language: 'fr', country: 'BE' }, fakeTerminal())

    expect(code).toBe(0)
    const check = fakeTerminal()
    expect(await checkCommand(folder, {}, check)).toBe(0)
    expect(check.text()).toMatch(/^All is understood: 1 watched, 1 sources, \d+ playbooks, 1 people\.$/m)
    const config = configOf(folder)
    expect(config.language).toBe('fr')
    expect(config.calendar.zone).toBe('Europe/Brussels')
    expect([...config.people.values()]).toMatchObject([
      { id: 'zoe', name: 'Zoé Example', email: 'zoe@chez-zoe.example', role: 'owner' },
    ])
    expect(config.playbooks.size).toBeGreaterThan(10)
    expect(new Set([...config.playbooks.values()].map(({ owner }) => owner))).toEqual(new Set(['zoe']))
    expect(new Set([...config.playbooks.values()].map(({ deputy }) => deputy))).toEqual(new Set([null]))
  })

  it('asks on a terminal, and takes an empty line for what it proposes', async () => {
    const folder = folderWith({})
    const input = [
      'Chez Zoé',
      '',
      'Zoé Example',
      'zoe@chez-zoe.example',
      'fr',
      'FR',
      'https://news.example.org/feed.xml https://blog.example.org/',
    ]
    const terminal = fakeTerminal({ input: `${input.join('\n')}\n`, isWatched: true })

    expect(await initCommand(folder, {}, terminal)).toBe(0)

    expect(terminal.told).toHaveLength(7)
    const config = configOf(folder)
    expect(config.company).toBe('Chez Zoé')
    expect(config.calendar.zone).toBe('Europe/Paris')
    expect(config.watches.map(({ id, name }) => [id, name])).toEqual([['chez-zoe', 'Chez Zoé']])
    expect(config.watches[0]?.sources.map(({ id }) => id)).toEqual([
      'chez-zoe:rss:https://news.example.org/feed.xml',
      'chez-zoe:rss:https://blog.example.org/',
    ])
  })

  it('does not wait for answers where nobody watches', async () => {
    const folder = folderWith({})
    const terminal = fakeTerminal()

    expect(await initCommand(folder, { name: 'Zoé' }, terminal)).toBe(2)

    expect(terminal.told.join()).toContain('--email')
    expect(readdirSync(folder)).toEqual([])
  })

  it('takes a default for everything with --yes', async () => {
    const folder = path.join(folderWith({}), 'corner-shop')

    const terminal = fakeTerminal({ env: { LANG: 'fr_BE.UTF-8' } })
    expect(await initCommand(folder, { yes: true }, terminal)).toBe(0)

    expect(terminal.text()).toContain('owner@example.org')
    expect(configOf(folder)).toMatchObject({ language: 'fr', company: 'corner-shop' })
    expect(await checkCommand(folder, {}, fakeTerminal())).toBe(0)
  })

  it('overwrites nothing, and says what is there', async () => {
    const folder = folderWith({ 'playbooks/press.md': 'mine' })
    const terminal = fakeTerminal()

    expect(await initCommand(folder, flags, terminal)).toBe(2)

    expect(terminal.told.join()).toContain('playbooks/press.md is there already')
    expect(readFileSync(path.join(folder, 'playbooks/press.md'), 'utf8')).toBe('mine')
    expect(existsSync(path.join(folder, 'vigie.yaml'))).toBe(false)
  })

  it('leaves a .gitignore that is there', async () => {
    const folder = folderWith({})
    writeFileSync(path.join(folder, '.gitignore'), '*.log\n')

    expect(await initCommand(folder, flags, fakeTerminal())).toBe(0)

    expect(readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('*.log\n')
  })

  it.each([
    ['a mail address that is none', { email: 'zoe' }, 'mail address'],
    ['a feed that is no address', { feed: ['news.example.org'] }, 'sources.0.rss'],
    ['a country that does not exist', { country: 'XX' }, '"XX"'],
    ['a language without texts', { language: 'nl' }, 'language'],
  ])('refuses %s and writes nothing', async (_, wrong, said) => {
    const folder = folderWith({})
    const terminal = fakeTerminal()

    expect(await initCommand(folder, { ...flags, ...wrong }, terminal)).toBe(2)

    expect(terminal.told.join()).toContain(said)
    expect(readdirSync(folder)).toEqual([])
  })

  it.each(['Yes', '1664', 'A: B', 'He said "no"', "L'Oréal # & co", '- dash', '{x}'])(
    'writes a name such as %s so that it is read back',
    async (name) => {
      const folder = folderWith({})

      expect(await initCommand(folder, { ...flags, name, company: name }, fakeTerminal())).toBe(0)

      expect(configOf(folder)).toMatchObject({ company: name, watches: [{ name }] })
    },
  )
})

it.each([
  ['Brasserie Lumen', 'We went to brasserie lumen.', true],
  ['Brasserie Lumen', 'merci #BrasserieLumen', true],
  ['Brasserie Lumen', 'la brasserie du lumen', false],
  ['Chez Zoé', 'mangé CHEZ ZOE hier', true],
])('the query for %s: %s', (name, text, matched) => {
  expect(matchQuery(parseQuery(queryFor(name)), prepare({ text })).matched).toBe(matched)
})
