import { describe, expect, it } from 'vitest'
import { VigieError } from '../../src/domain/errors.ts'
import { pagesDatabase, tell } from '../helpers/pages-database.ts'
import { siteOver } from '../helpers/pages-site.ts'
import { visitor } from '../helpers/visitor.ts'

const start = new Date('2026-11-20T12:00:00Z')

describe('the inbox', () => {
  it('shows the most pressing ticket first, late ones under their own heading', async () => {
    const { store, site } = seeded()
    await tell(store, complaint('a', 'Ordinary complaint', { seenBy: hours(5) }))
    await tell(store, complaint('b', 'Forgotten complaint', { seenBy: hours(-5) }))
    const page = await (await visitor(site, 'marc')).read('/')

    expect(page.indexOf('Forgotten complaint')).toBeLessThan(page.indexOf('Ordinary complaint'))
    expect(page).toContain('<h2>Late</h2>')
    expect(page).toContain('late</time>')
  })

  it('finds by words and by number', async () => {
    const { store, site } = seeded()
    await tell(store, complaint('a', 'Bière périmée'))
    await tell(store, complaint('b', 'Something else'))
    const marc = await visitor(site, 'marc')

    const page = await marc.read('/?q=perimee')
    expect(page).toContain('Bière périmée')
    expect(page).not.toContain('Something else')
    expect((await marc.get('/?q=%232')).headers.get('location')).toBe('/tickets/2')
    expect((await marc.get('/?q=%23999')).status).toBe(200)
  })

  it('keeps filters in the address, and ignores what makes no sense', async () => {
    const { store, site } = seeded()
    await tell(store, complaint('a', 'Ordinary complaint'))
    const marc = await visitor(site, 'marc')

    expect(await marc.read('/?severity=critical')).toContain('No ticket matches')
    expect(await marc.read('/?severity=absurd&tab=absurd&after=absurd')).toContain('Ordinary complaint')
  })

  it('says that there is nothing to do', async () => {
    const { site } = seeded()

    expect(await (await visitor(site, 'anne')).read('/')).toContain('Rien à traiter')
  })
})

describe('mentions', () => {
  it('show what was decided and why, and take a person’s word with one click', async () => {
    const { store, pages, site } = seeded()
    const { mention } = await tell(store, { ...unsure('a'), text: 'Hm, that beer' })
    const marc = await visitor(site, 'marc')

    expect(await marc.read('/mentions?kind=to-read')).toContain('For a person to read')
    await marc.post(`/mentions/${mention}/correct`, { kind: 'not-negative' })

    expect(await pages.countToRead()).toBe(0)
    const page = await marc.read(`/mentions/${mention}`)
    expect(page).toContain('Marc Peeters said: nothing negative here')
    const correction = /name="correction" value="(\d+)"/.exec(page)?.[1] ?? ''
    await marc.post(`/mentions/${mention}/undo`, { correction })
    expect(await pages.countToRead()).toBe(1)
  })

  it('undo only what belongs to the mention', async () => {
    const { store, site } = seeded()
    const { mention } = await tell(store, unsure('a'))
    const other = await tell(store, unsure('b'))
    const marc = await visitor(site, 'marc')
    await marc.post(`/mentions/${mention}/correct`, { kind: 'not-us' })

    expect((await marc.post(`/mentions/${other.mention}/undo`, { correction: '1' })).status).toBe(404)
    expect(await store.corrections(null)).toHaveLength(1)
  })

  it('become a ticket with owner and deadlines of the playbook', async () => {
    const { store, site } = seeded()
    const { mention } = await tell(store, unsure('a'))
    const marc = await visitor(site, 'marc')

    const answer = await marc.post(`/mentions/${mention}/open`, { category: 'safety' })

    const id = Number(answer.headers.get('location')?.split('/').at(-1))
    expect(await store.ticket(id)).toMatchObject({ category: 'safety', severity: 'critical', owner: 'anne' })
    expect(await store.corrections(null)).toMatchObject([{ kind: 'negative', category: 'safety' }])
    expect((await marc.post(`/mentions/${mention}/open`, { category: 'safety' })).status).toBe(404)
  })

  it('propose a rule for what is not about us, and say what else it would remove', async () => {
    const { store, site } = seeded()
    const text = 'Brasserie Lumen Technologies sells fibre and photometry'
    const { mention } = await tell(store, {
      ...unsure('a'),
      text,
      match: { field: 'text', start: 0, end: 15, term: 'brasserie lumen' },
    })
    await tell(store, { ...unsure('b'), text: 'Brasserie Lumen, lovely fibre art on the walls' })
    const marc = await visitor(site, 'marc')

    await marc.post(`/mentions/${mention}/correct`, { kind: 'not-us' })
    const page = await marc.read(`/mentions/${mention}`)

    expect(page).toContain('NOT &quot;brasserie lumen technologies&quot;')
    expect(page).toContain('deny: [photometry]')
    expect(page).toContain('would remove no other mention')
    expect(page).toContain('feeds/lumen.yaml')
  })

  it('set aside by a rule can be taken in again', async () => {
    const { store, site } = seeded()
    await setAside(store)
    const marc = await visitor(site, 'marc')
    const page = await marc.read('/mentions?kind=unrelated')
    const path = /action="(\/unrelated\/\d+\/adopt)"/.exec(page)?.[1] ?? ''

    const answer = await marc.post(path)

    expect(page).toContain('not:lumen technologies')
    expect(await marc.read(answer.headers.get('location') ?? '')).toContain('Lumen Technologies beer')
    expect(await store.unjudgedMentions(10)).toHaveLength(1)
    expect((await marc.post(path)).status).toBe(404)
  })
})

describe('sources', () => {
  it('show their health in words and are read at once when asked', async () => {
    const { store, site } = seeded()
    const id = 'lumen:file:feeds/samples/reviews.xml'
    await store.recordPollFailure({
      source: { id, watch: 'lumen', kind: 'file', definition: '' },
      at: start,
      tookMs: 1,
      nextPollAt: hours(1),
      code: 'tls',
      message: 'certificate has expired',
      disable: false,
    })
    const marc = await visitor(site, 'marc')

    const page = await marc.read('/sources')
    await marc.post('/sources/poll', { id })

    expect(page).toContain('certificate has expired')
    expect(page).toContain('Failing')
    expect(site.polled).toEqual([id])
    expect((await marc.post('/sources/poll', { id: 'someone:else' })).status).toBe(404)
  })

  it('can be looked at beforehand, also when they fail', async () => {
    const database = pagesDatabase()
    const id = encodeURIComponent('lumen:file:feeds/samples/reviews.xml')
    const failing = siteOver(database, {
      now: () => start,
      deps: {
        preview: async () => {
          throw new VigieError('tls', 'certificate has expired')
        },
      },
    })

    expect(await (await visitor(failing, 'marc')).read(`/sources/preview?id=${id}`)).toContain(
      'certificate has expired',
    )
  })
})

describe('silences', () => {
  it('are set and lifted', async () => {
    const { store, site } = seeded()
    const marc = await visitor(site, 'marc')

    await marc.post('/silences', { query: 'outage', for: '1d', reason: 'planned', watch: '' })
    const page = await marc.read('/silences')
    await marc.post('/silences/1/end')

    expect(page).toContain('<code>outage</code>')
    expect(await store.silences(start)).toEqual([])
    expect((await marc.post('/silences/1/end')).status).toBe(404)
  })
})

describe('my account', () => {
  it('moves alerts to the digest and back, and sets an absence', async () => {
    const { store, site } = seeded()
    const marc = await visitor(site, 'marc')

    await marc.post('/account/alerts', { alerts: 'digest' })
    await marc.post('/account/away', { from: '2026-12-01', to: '2026-12-05' })
    expect(Object.fromEntries(await store.personSettings('marc'))).toEqual({
      alerts: 'digest',
      'away-from': '2026-12-01',
      'away-to': '2026-12-05',
    })
    await marc.post('/account/away', { from: '2026-12-05', to: '2026-12-01' })
    expect((await store.personSettings('marc')).get('away-from')).toBe('')
  })

  it('forgets a browser, of one’s own only', async () => {
    const { site } = seeded()
    const [marc, anne] = [await visitor(site, 'marc'), await visitor(site, 'anne')]
    const hash = /name="session" value="([^"]+)"/.exec(await anne.read('/account'))?.[1] ?? ''

    await marc.post('/account/sessions/end', { session: hash })
    expect((await anne.get('/')).status).toBe(200)
    await anne.post('/account/sessions/end', { session: hash })
    expect((await anne.get('/')).status).toBe(302)
  })
})

describe('the link at the foot of a mail', () => {
  const path = '/unsubscribe/marc/secret-of-marc'
  const from = (site: ReturnType<typeof siteOver>, method: string, where = path, body?: string) =>
    site.pages.app.request(`http://127.0.0.1:8484${where}`, {
      method,
      headers: { Host: '127.0.0.1:8484', 'Content-Type': 'application/x-www-form-urlencoded' },
      ...(body === undefined ? {} : { body }),
    })

  it('shows a page, and acts only on a POST, which a mail program sends without cookie (RFC 8058)', async () => {
    const { store, site } = seeded()

    for (const method of ['GET', 'HEAD', 'GET']) expect((await from(site, method)).status).toBe(200)
    expect((await store.personSettings('marc')).get('alerts')).toBeUndefined()
    expect((await from(site, 'POST', path, 'List-Unsubscribe=One-Click')).status).toBe(200)
    expect((await store.personSettings('marc')).get('alerts')).toBe('digest')
  })

  it('is nobody else’s', async () => {
    const { store, site } = seeded()

    expect((await from(site, 'POST', '/unsubscribe/anne/secret-of-marc')).status).toBe(404)
    expect((await store.personSettings('anne')).size).toBe(0)
  })
})

function seeded() {
  const database = pagesDatabase()
  return { ...database, site: siteOver(database, { now: () => start }) }
}

function hours(count: number): Date {
  return new Date(start.getTime() + count * 3_600_000)
}

function complaint(id: string, text: string, ticket: { seenBy?: Date } = {}) {
  return {
    id,
    text,
    watch: 'lumen',
    collectedAt: start,
    polarity: 'negative',
    outcome: 'ticket',
    ticket: { category: 'dissatisfied-customer', owner: 'anne', ...ticket },
  } as const
}

function unsure(id: string) {
  return {
    id,
    text: `perhaps ${id}`,
    watch: 'lumen',
    collectedAt: start,
    polarity: 'negative',
    sure: false,
    outcome: 'to-read',
  } as const
}

async function setAside(store: ReturnType<typeof pagesDatabase>['store']): Promise<void> {
  await store.recordPoll({
    source: { id: 'lumen:file:x', watch: 'lumen', kind: 'file', definition: '' },
    at: start,
    tookMs: 1,
    nextPollAt: start,
    status: 'fetched',
    cursor: null,
    title: null,
    link: null,
    entries: 1,
    documentIds: [],
    mentions: [],
    unrelated: [
      {
        reason: 'not:lumen technologies',
        entry: {
          id: 'u',
          url: 'https://example.org/u',
          title: null,
          text: 'Lumen Technologies beer',
          author: null,
          publishedAt: start,
          language: 'en',
          engagement: null,
          stars: null,
        },
      },
    ],
    lastEntryAt: null,
  })
}
