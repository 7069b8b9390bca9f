import { describe, expect, it } from 'vitest'
import { newEntry } from '../../src/collect/new-entry.ts'
import { VigieError } from '../../src/domain/errors.ts'
import type { SourceSpec, Watch } from '../../src/domain/watch.ts'
import { citations } from '../../src/report/audit-citations.ts'
import { auditDesk } from '../../src/report/audit-desk.ts'
import { configOf } from '../helpers/folder.ts'
import { exampleFolder } from '../helpers/pages-site.ts'

const config = configOf(exampleFolder)
const never = new AbortController().signal
const now = new Date('2026-11-22T10:00:00Z')

function memory() {
  const values = new Map<string, string>()
  return {
    values,
    setting: async (name: string) => values.get(name) ?? null,
    setSetting: async (name: string, value: string) => {
      values.set(name, value)
    },
  }
}

const found = {
  url: 'https://social.example/@brasserielumen',
  title: 'Brasserie Lumen',
  text: `See https://lumen.example. ${'x'.repeat(5000)}`,
  author: '@brasserielumen',
  publishedAt: now,
  kind: 'account',
} as const

function deskOver(store = memory(), search = async () => [found]) {
  const faults: unknown[] = []
  const log = { error: (fields: unknown) => faults.push(fields) }
  const searches = [{ network: 'Mastodon', search }]
  return { store, faults, desk: auditDesk(config, { searches, store, now: () => now, log }) }
}

describe('what was found under a name', () => {
  it('is kept, cut short, and read back as it was', async () => {
    const { desk, store } = deskOver()

    const audit = await desk.run('brasserie lumen', never)

    const kept = await desk.last('BRASSERIE LUMEN')
    expect(kept?.at).toEqual(now)
    expect(kept?.networks[0]?.accounts[0]).toMatchObject({ standing: 'linked', publishedAt: now })
    expect(audit.name).toBe('Brasserie Lumen')
    expect(await desk.names()).toEqual(['Brasserie Lumen'])
    expect(store.values.get('presence:brasserie lumen')?.length).toBeLessThan(1000)
  })

  it('is kept for twenty names, the latest', async () => {
    const { desk } = deskOver()

    for (let at = 0; at < 22; at++) await desk.run(`name ${at}`, never)

    expect((await desk.names()).slice(0, 2)).toEqual(['name 21', 'name 20'])
    expect(await desk.names()).toHaveLength(20)
    expect(await desk.last('name 0')).toBeNull()
  })

  it.each(['{', '{"name":1}', ''])('is asked again when what was kept is "%s"', async (written) => {
    const store = memory()
    store.values.set('presence:lumen beer', written)

    expect(await deskOver(store).desk.last('Lumen Beer')).toBeNull()
  })

  it('says what fails and why, a fault of ours too', async () => {
    const { desk } = deskOver(memory(), async () => {
      throw new TypeError('oops')
    })

    const { networks } = await desk.run('x', never)

    expect(networks[0]?.failure).toEqual({ code: 'fault', message: 'oops' })
  })

  it('is looked for in the background, two names at once, a name once', async () => {
    const waiting: (() => void)[] = []
    const { desk, faults } = deskOver(
      memory(),
      () => new Promise((resolve) => waiting.push(() => resolve([found]))),
    )

    expect([desk.ask('one'), desk.ask('two'), desk.ask('ONE'), desk.ask('three')]).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(desk.progress('one')).toEqual({ done: 0, total: 1 })
    await expect.poll(() => waiting.length).toBe(2)
    for (const go of waiting) go()
    await expect.poll(() => desk.progress('one')).toBeNull()

    expect(waiting).toHaveLength(2)
    expect(await desk.last('one')).not.toBeNull()
    expect(faults).toEqual([])
  })

  it('stops when Vigie stops', async () => {
    const { desk, store, faults } = deskOver(
      memory(),
      async (_name?: string, signal?: AbortSignal) =>
        new Promise((_, refuse) => signal?.addEventListener('abort', () => refuse(signal.reason))),
    )

    desk.ask('one')
    desk.close()
    await expect.poll(() => desk.progress('one')).toBeNull()

    expect([...store.values.keys()]).toEqual([])
    expect(faults).toEqual([])
  })
})

describe('who speaks of a name', () => {
  it('is asked of what searches, with the name’s own words, and held against them', async () => {
    const asked: { spec: SourceSpec; watch: Watch }[] = []
    const sources = {
      configured: (spec: SourceSpec, watch: Watch) => {
        asked.push({ spec, watch })
        return {
          id: spec.id,
          poll: async () => {
            if (spec.kind === 'bing-news') throw new VigieError('timeout', 'slow')
            const entries = [
              newEntry({ id: '1', url: 'https://news.example/1', text: 'Chez Zinc Bar, on attend' }),
              newEntry({ id: '2', url: 'https://news.example/2', text: 'A bar of zinc' }),
            ]
            return {
              ...{ status: 'fetched' as const, entries, cursor: null, title: null, link: null },
              ...{ skipped: 0, notBefore: null },
            }
          },
        }
      },
    }
    const searches = citations({ watches: config.watches, languages: ['fr'] }, sources)

    const hits = await searches.find(({ network }) => network === 'Google News')?.search('Zinc Bar', never)
    await searches.find(({ network }) => network === 'Mastodon')?.search('Zinc Bar', never)

    expect(hits?.map(({ url }) => url)).toEqual(['https://news.example/1'])
    expect(asked[0]?.watch).toMatchObject({ querySource: '"Zinc Bar"', languages: ['fr'] })
    expect(asked[1]?.spec.settings).toMatchObject({ instance: 'https://mastodon.social', tag: 'zincbar' })
    await expect(
      searches.find(({ network }) => network === 'Bing News')?.search('Zinc Bar', never),
    ).rejects.toThrow('slow')
  })
})
