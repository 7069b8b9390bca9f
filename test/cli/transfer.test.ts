import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { checkCommand } from '../../src/cli/check.ts'
import { collectCommand } from '../../src/cli/collect.ts'
import { exportCommand, importCommand } from '../../src/cli/transfer.ts'
import { withFeeds } from '../../src/cli/watch-file.ts'
import { feedParser } from '../../src/collect/feed-parser.ts'
import { readOpml } from '../../src/collect/opml.ts'
import { contentHash } from '../../src/domain/content-hash.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { NewMention } from '../../src/store/store.ts'
import { configOf, feedOf, folderWith, smallFolder, writeFiles } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const hostile = `=cmd|' /C calc'!A0 <script>alert(1)</script> & the "shop" never sent my order, no answer for three weeks, awful, I want a refund ]]>`

let folder: string

beforeEach(() => {
  folder = folderWith({
    ...smallFolder,
    'feeds/shop.xml': feedOf([
      {
        id: '1',
        author: '@evil,=1+1',
        url: 'https://forum.example.org/1?a=1&b=2',
        text: hostile.replace(/[&<]/g, (letter) => (letter === '&' ? '&amp;' : '&lt;')),
      },
      { id: '2', text: 'Lovely shop, thank you!', at: '2026-11-01T10:00:00Z' },
    ]),
  })
})

describe('export', () => {
  beforeEach(async () => {
    expect(await collectCommand(folder, {}, fakeTerminal())).toBe(0)
  })

  it('gives a spreadsheet without a formula', async () => {
    const text = await exported('csv')

    expect(text.startsWith('\uFEFF"id","watch"')).toBe(true)
    const [head, first, second] = text.split('\r\n')
    expect(first).toContain(`"'=cmd|' /C calc'!A0 <script>`)
    expect(first).toContain(`"'@evil,'=1+1"`)
    expect(first).toContain('"1","new","normal","ada"')
    expect(second).toContain('Lovely shop')
    expect(cells(first ?? '')).toBe(cells(head ?? ''))
    expect(text.lastIndexOf('\uFEFF')).toBe(0)
  })

  it('refuses a file in a folder that is not there', async () => {
    const terminal = fakeTerminal({ cwd: folder })

    const code = await exportCommand(folder, 'csv', { out: 'nowhere/all.csv' }, terminal)

    expect(code).toBe(2)
    expect(terminal.told).toEqual([`there is no folder ${path.join(folder, 'nowhere')}`])
  })

  it('gives one document of JSON', async () => {
    const told = JSON.parse(await exported('json'))

    expect(told).toMatchObject({
      exportedAt: '2026-11-22T10:00:00.000Z',
      mentions: [
        { id: 1, watch: 'shop', externalId: '1', text: hostile, ticket: 1, matched: ['shop'] },
        { id: 2, text: 'Lovely shop, thank you!', ticket: null },
      ],
      tickets: [{ id: 1, state: 'new', category: 'dissatisfied-customer', mentionCount: 1 }],
    })
  })

  it('gives a feed that a reader of feeds takes', async () => {
    const parser = feedParser()
    onTestFinished(() => parser.close())

    const bytes = Buffer.from(await exported('rss'))
    const feed = await parser.parse({ bytes, contentType: null, baseUrl: null }, new AbortController().signal)

    expect(feed.title).toBe('Shop')
    expect(feed.entries.map(({ id, url, text }) => [id, url, text])).toEqual([
      ['vigie:mention:1', 'https://forum.example.org/1?a=1&b=2', hostile],
      ['vigie:mention:2', 'https://example.org/2', 'Lovely shop, thank you!'],
    ])
  })

  it('gives a page in which nothing runs', async () => {
    const page = await exported('html')

    expect(page).toContain('<html lang="en">')
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toContain('<script')
    expect(page).toContain('href="https://forum.example.org/1?a=1&amp;b=2"')
    expect(page).toContain('#1 new')
  })

  it.each(['json', 'csv', 'rss', 'html'])('gives %s when nothing is kept yet', async (format) => {
    const terminal = fakeTerminal()

    expect(await exportCommand(folderWith(smallFolder), format, {}, terminal)).toBe(0)

    expect(terminal.text().length).toBeGreaterThan(30)
    if (format === 'json') expect(JSON.parse(terminal.text())).toMatchObject({ mentions: [], tickets: [] })
  })

  it('keeps to a period and a watch', async () => {
    expect(JSON.parse(await exported('json', { since: '1d', watch: 'Shop' })).mentions).toHaveLength(2)
    expect(JSON.parse(await exported('json', { since: '2026-11-23' })).mentions).toHaveLength(0)
  })

  it('writes a file that takes its name when it is whole', async () => {
    const file = path.join(folder, 'all.json')
    const terminal = fakeTerminal()

    expect(await exportCommand(folder, 'json', { out: file }, terminal)).toBe(0)

    expect(terminal.results).toEqual([])
    expect(JSON.parse(readFileSync(file, 'utf8')).mentions).toHaveLength(2)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it.each([
    ['a format that is none', 'cvs', {}, 'did you mean "csv"?'],
    ['a watch that is none', 'csv', { watch: 'shap' }, 'did you mean "shop"?'],
    ['a period that is none', 'csv', { since: 'soon' }, '--since "soon"'],
    ['a separator that is none', 'csv', { separator: '|' }, 'a comma or a semicolon'],
  ])('refuses %s', async (_, format, options, said) => {
    const terminal = fakeTerminal()

    expect(await exportCommand(folder, format, options, terminal)).toBe(2)

    expect(terminal.told.join()).toContain(said)
  })

  it('goes through every page of many mentions, each once', async () => {
    const store = openStore({ folder })
    const many = Array.from({ length: 1203 }, (_, index) => mentionOf(`many-${index}`))
    await store.recordPoll({
      source: { id: 'shop:many', watch: 'shop', kind: 'file', definition: '' },
      at: new Date('2026-11-22T10:00:00Z'),
      tookMs: 1,
      nextPollAt: new Date('2026-11-23T10:00:00Z'),
      status: 'fetched',
      cursor: null,
      title: null,
      link: null,
      entries: many.length,
      documentIds: many.map(({ entry }) => entry.id),
      mentions: many,
      unrelated: [],
      lastEntryAt: null,
    })
    await store.close()

    const told = JSON.parse(await exported('json'))

    expect(new Set(told.mentions.map(({ id }: { id: number }) => id)).size).toBe(1205)
    expect((await exported('csv')).split('\r\n')).toHaveLength(1 + 1205 + 1)
  })
})

describe('opml', () => {
  const list = `<opml version="2.0"><body><outline text="Papers">
<outline type="rss" text="Daily News" xmlUrl="https://news.example.org/feed.xml"/>
<outline type="rss" text="It &amp; that # more" xmlUrl="https://blog.example.org/?a=1&amp;b=#c"/>
</outline><outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>`

  it('becomes sources of a watch, and every comment of the person stays', async () => {
    const yaml = `# mine
name: Shop      # the name
query: shop
sources:
    # where
    - file: feeds/shop.xml   # local
    - hacker-news
    # - google-news
every: 30m
`
    writeFiles(folder, { 'feeds/shop.yaml': yaml, 'list.opml': list })
    const terminal = fakeTerminal({ cwd: folder })

    expect(await importCommand(folder, 'opml', 'list.opml', {}, terminal)).toBe(0)

    expect(readFileSync(path.join(folder, 'feeds/shop.yaml'), 'utf8')).toBe(
      yaml.replace(
        '    - hacker-news\n',
        `    - hacker-news
    - rss: https://news.example.org/feed.xml   # Daily News
    - rss: "https://blog.example.org/?a=1&b=#c"   # It & that # more
`,
      ),
    )
    expect(terminal.text()).toContain('2 feeds added to feeds/shop.yaml')
    expect(await checkCommand(folder, {}, fakeTerminal())).toBe(0)
  })

  it('comes out as it went in', async () => {
    writeFiles(folder, { 'list.opml': list })
    await importCommand(folder, 'opml', path.join(folder, 'list.opml'), {}, fakeTerminal())
    const terminal = fakeTerminal()

    expect(await exportCommand(folder, 'opml', {}, terminal)).toBe(0)

    expect(readOpml(Buffer.from(terminal.text())).map(({ url }) => url)).toEqual(
      readOpml(Buffer.from(list)).map(({ url }) => url),
    )
    expect(terminal.told.join()).toContain('1 source that is no feed is left out')
  })

  it('is not added twice', async () => {
    writeFiles(folder, { 'list.opml': list })
    const file = path.join(folder, 'list.opml')
    await importCommand(folder, 'opml', file, {}, fakeTerminal())
    const before = readFileSync(path.join(folder, 'feeds/shop.yaml'), 'utf8')
    const terminal = fakeTerminal()

    expect(await importCommand(folder, 'opml', file, {}, terminal)).toBe(0)

    expect(terminal.text()).toContain('has all of them already')
    expect(readFileSync(path.join(folder, 'feeds/shop.yaml'), 'utf8')).toBe(before)
  })

  it('stands beside a watch whose sources are not a line each', async () => {
    writeFiles(folder, {
      'feeds/shop.yaml': 'name: Shop\nquery: shop\nsources: [hacker-news]\n',
      'list.opml': list,
    })
    const terminal = fakeTerminal()

    expect(await importCommand(folder, 'opml', path.join(folder, 'list.opml'), {}, terminal)).toBe(0)

    expect(terminal.text()).toContain('- opml: feeds/imported.opml')
    expect(readOpml(readFileSync(path.join(folder, 'feeds/imported.opml')))).toHaveLength(2)
  })

  it('asks for the watch when there are several', async () => {
    writeFiles(folder, {
      'feeds/other.yaml': 'name: Other\nquery: other\nsources:\n  - hacker-news',
      'list.opml': list,
    })
    const terminal = fakeTerminal()
    const file = path.join(folder, 'list.opml')

    expect(await importCommand(folder, 'opml', file, {}, terminal)).toBe(2)
    expect(terminal.told.join()).toContain('--watch other | shop')
    expect(await importCommand(folder, 'opml', file, { watch: 'other' }, fakeTerminal())).toBe(0)

    const other = configOf(folder).watches.find(({ id }) => id === 'other')
    expect(other?.sources).toHaveLength(3)
  })

  it.each([
    ['is not there', {}, 'cannot be read'],
    ['is no list', { 'list.opml': '<rss></rss>' }, 'not an OPML file'],
  ])('is refused when it %s', async (_, files, said) => {
    writeFiles(folder, files)
    const terminal = fakeTerminal()

    expect(await importCommand(folder, 'opml', path.join(folder, 'list.opml'), {}, terminal)).toBe(2)

    expect(terminal.told.join()).toContain(said)
    expect(existsSync(path.join(folder, 'feeds/imported.opml'))).toBe(false)
  })
})

describe('a watch file', () => {
  const feed = { url: 'https://a.example/', title: null }

  it.each([
    ['without a last line break', 'sources:\n  - x', 'sources:\n  - x\n  - rss: https://a.example/\n'],
    ['with a list at the margin', 'sources:\n- x\n', 'sources:\n- x\n- rss: https://a.example/\n'],
    [
      'of Windows',
      'sources:\r\n  - x\r\nname: a\r\n',
      'sources:\r\n  - x\r\n  - rss: https://a.example/\r\nname: a\r\n',
    ],
    [
      'whose last source has lines of its own',
      'sources:\n  - x:\n      a: 1\n      b: |\n        two\n        lines\n\n# end\n',
      'sources:\n  - x:\n      a: 1\n      b: |\n        two\n        lines\n  - rss: https://a.example/\n\n# end\n',
    ],
  ])('%s', (_, before, after) => {
    expect(withFeeds(before, [feed])).toBe(after)
  })

  it.each(['sources: [x]', 'sources:\n', 'name: x', '- x', 'sources:\n  - "', ''])(
    'that cannot be added to: %j',
    (text) => {
      expect(withFeeds(text, [feed])).toBeNull()
    },
  )

  it('takes no line break from a title', () => {
    const added = withFeeds('sources:\n  - x\n', [{ ...feed, title: 'a\n  - evil: 1\u2028b' }])

    expect(added).toBe('sources:\n  - x\n  - rss: https://a.example/   # a - evil: 1 b\n')
  })
})

async function exported(format: string, options = {}): Promise<string> {
  const terminal = fakeTerminal()
  expect(await exportCommand(folder, format, options, terminal)).toBe(0)
  return terminal.text()
}

function cells(row: string): number {
  return row.replace(/"(?:[^"]|"")*"/g, 'x').split(',').length
}

function mentionOf(id: string): NewMention {
  const text = `${id} shop`
  return {
    entry: {
      id,
      url: null,
      title: null,
      text,
      author: null,
      publishedAt: null,
      language: null,
      engagement: null,
      stars: null,
    },
    canonicalUrl: null,
    contentHash: contentHash({ title: null, text }),
    match: { spans: [], confirmedBy: [], deniedBy: [], certain: true },
  }
}
