import { describe, expect, it } from 'vitest'
import { VigieError } from '../../src/domain/errors.ts'
import type { NetworkSearch } from '../../src/report/audit.ts'
import { configOf } from '../helpers/folder.ts'
import { pagesDatabase } from '../helpers/pages-database.ts'
import { exampleFolder, siteOver } from '../helpers/pages-site.ts'
import { visitor } from '../helpers/visitor.ts'

const found = {
  url: 'https://social.example/@brasserielumen',
  title: 'Brasserie <b>Lumen</b>',
  text: 'Nothing to see',
  author: '@brasserielumen',
  publishedAt: null,
  kind: 'account',
} as const

function seeded(search: NetworkSearch['search'] = async () => [found]) {
  const database = pagesDatabase()
  const asked: string[] = []
  const searches: NetworkSearch[] = [
    {
      network: 'Mastodon',
      search: (name, signal) => {
        asked.push(name)
        return search(name, signal)
      },
    },
    {
      network: 'Lemmy',
      search: async () => {
        throw new VigieError('timeout', 'slow')
      },
    },
    { network: 'GitHub', search: async () => [] },
  ]
  const config = configOf(exampleFolder)
  const anne = config.people.get('anne')
  if (!anne) throw new Error('the example has no anne')
  const people = new Map([...config.people, ['eve', { ...anne, id: 'eve', role: 'reader' as const }]])
  return { asked, site: siteOver(database, { searches, config: { ...config, people } }) }
}

describe('the presence page', () => {
  it('asks only when a person says so, and shows what was found last', async () => {
    const { site, asked } = seeded()
    const marc = await visitor(site, 'marc')

    expect(await marc.read('/presence?name=Brasserie+Lumen')).toContain('has not been looked for yet')
    expect(asked).toEqual([])
    const answer = await marc.post('/presence/ask', { name: 'lumen' })
    await expect.poll(() => site.audits.progress('lumen')).toBeNull()

    const page = await marc.read(answer.headers.get('location') ?? '')
    expect(asked).toEqual(['Brasserie Lumen'])
    expect(page).toContain('Brasserie &lt;b&gt;Lumen&lt;/b&gt;')
    expect(page).toContain('Nothing proves that it is you')
    expect(page).toContain('Nothing of that name on GitHub.')
    expect(page).toContain('Lemmy (the site takes too long to answer)')
  })

  it('says how far a search is, and reloads until it is done', async () => {
    let answer: () => void = () => {}
    const { site } = seeded(() => new Promise((resolve) => (answer = () => resolve([found]))))
    const marc = await visitor(site, 'marc')
    await marc.post('/presence/ask', { name: 'Zinc' })

    const waiting = await marc.get('/presence?name=Zinc')
    expect(waiting.headers.get('refresh')).toBe('3')
    expect(await waiting.text()).toMatch(/Searching: \d services of 3 have answered/)
    answer()
    await expect.poll(() => site.audits.progress('Zinc')).toBeNull()

    expect((await marc.get('/presence?name=Zinc')).headers.get('refresh')).toBeNull()
    expect(await marc.read('/presence')).toContain('aria-current="page"')
  })

  it.each(['', '"', 'x'.repeat(101)])('refuses "%s" as a name', async (name) => {
    const { site, asked } = seeded()

    expect((await (await visitor(site, 'marc')).post('/presence/ask', { name })).status).toBe(422)
    expect(asked).toEqual([])
  })

  it('lets who may only read look, not ask', async () => {
    const { site, asked } = seeded()
    const eve = await visitor(site, 'eve')

    expect(await eve.read('/presence')).not.toContain('/presence/ask')
    expect((await eve.post('/presence/ask', { name: 'Zinc' })).status).toBe(403)
    expect(asked).toEqual([])
  })
})
