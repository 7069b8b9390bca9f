import { describe, expect, it } from 'vitest'
import type { Role } from '../../src/domain/person.ts'
import { allActions } from '../../src/inbox/pages-app.tsx'
import { rights } from '../../src/triage/desk.ts'
import { configOf } from '../helpers/folder.ts'
import { pagesDatabase } from '../helpers/pages-database.ts'
import { exampleFolder, siteOver } from '../helpers/pages-site.ts'
import { origin, visitor } from '../helpers/visitor.ts'

const roles: readonly Role[] = ['owner', 'responder', 'approver', 'adviser', 'reader']
/** A POST that needs no right of the table: the door, leaving, a mail's own link, and what keeps nothing. */
const free = ['/sign-in', '/sign-in/:token', '/sign-out', '/unsubscribe/:person/:token', '/tickets/:id/guard']

describe('what each role may do', () => {
  it('is decided for every change a page can make', () => {
    const { pages } = siteOver(pagesDatabase())
    const posts = [
      ...new Set(pages.app.routes.filter(({ method }) => method === 'POST').map(({ path }) => path)),
    ]

    expect(posts.filter((path) => !free.includes(path)).sort()).toEqual(
      allActions.map(({ path }) => path).sort(),
    )
    expect(new Set(pages.app.routes.map(({ method }) => method))).toEqual(new Set(['GET', 'POST', 'ALL']))
  })

  it.each(roles)('is held to for a %s', async (role) => {
    const base = configOf(exampleFolder)
    const anne = base.people.get('anne')
    if (!anne) throw new Error('no anne')
    const config = { ...base, people: new Map([['anne', { ...anne, role }]]) }
    const anyone = await visitor(siteOver(pagesDatabase(), { config }), 'anne')

    for (const { path, right } of allActions) {
      const answer = await anyone.post(path.replace(':id', '1'))
      expect([path, answer.status === 403]).toEqual([path, !rights[role].includes(right)])
    }
  })

  it('leaves a reader every page to look at, without a button that acts on tickets', async () => {
    const base = configOf(exampleFolder)
    const anne = base.people.get('anne')
    if (!anne) throw new Error('no anne')
    const config = { ...base, people: new Map([['anne', { ...anne, role: 'reader' as const }]]) }
    const reader = await visitor(siteOver(pagesDatabase(), { config }), 'anne')

    for (const path of [
      '/',
      '/mentions',
      '/numbers',
      '/sources',
      '/playbooks',
      '/outbox',
      '/silences',
      '/presence',
    ]) {
      expect(await reader.read(path)).not.toContain('method="post"')
    }
  })
})

describe('a change', () => {
  it('needs the token of the form, whoever asks', async () => {
    const site = siteOver(pagesDatabase())
    const anne = await visitor(site, 'anne')

    for (const { path } of allActions) {
      expect((await anne.post(path.replace(':id', '1'), { _token: 'guessed' })).status).toBe(403)
    }
  })

  it.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['nowhere', { Origin: 'null' }],
    ['another port of this machine', { Origin: 'http://127.0.0.1:9999' }],
  ])('is not taken from %s', async (_name, headers) => {
    const anne = await visitor(siteOver(pagesDatabase()), 'anne')

    expect((await anne.post('/account/alerts', { alerts: 'digest' }, headers)).status).toBe(403)
  })

  it('is not taken as anything but a plain form', async () => {
    const anne = await visitor(siteOver(pagesDatabase()), 'anne')

    for (const type of ['multipart/form-data; boundary=x', 'application/json', 'text/plain']) {
      expect((await anne.post('/account/alerts', {}, { 'Content-Type': type })).status).toBe(415)
    }
  })

  it('is not taken when it is too large', async () => {
    const anne = await visitor(siteOver(pagesDatabase()), 'anne')

    expect((await anne.post('/tickets/1/note', { text: 'x'.repeat(300_000) })).status).toBe(413)
  })

  it('goes back to a page of ours only', async () => {
    const anne = await visitor(siteOver(pagesDatabase()), 'anne')

    const answer = await anne.post('/account/alerts', { _back: '//evil.example' })

    expect(answer.headers.get('location')).toBe('/')
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('cannot be made by %s', async (method) => {
    const site = siteOver(pagesDatabase())
    const answer = await site.pages.app.request(`${origin}/tickets/1`, {
      method,
      headers: { Host: '127.0.0.1:8484' },
    })

    expect(answer.status).toBe(405)
  })

  it('is never made by GET or HEAD', async () => {
    const database = pagesDatabase()
    const anne = await visitor(siteOver(database), 'anne')

    for (const { path } of allActions.filter(({ path: one }) => one !== '/silences' && one !== '/out')) {
      expect((await anne.get(path.replace(':id', '1'))).status).toBe(404)
    }
  })
})

describe('every answer', () => {
  it('carries the policy and the other headers', async () => {
    const anne = await visitor(siteOver(pagesDatabase()), 'anne')

    for (const path of ['/', '/nowhere', '/sign-in', '/api/tickets']) {
      const { headers } = await anne.get(path)
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'self'; script-src 'self'/,
      )
      expect(headers.get('content-security-policy')).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  it('is refused to a name that is not ours', async () => {
    const anne = await visitor(siteOver(pagesDatabase()), 'anne')

    expect((await anne.get('/', { Host: 'rebound.evil.example' })).status).toBe(421)
  })

  it('lets style and script be kept for good, under an address that changes with them', async () => {
    const anne = await visitor(siteOver(pagesDatabase()), 'anne')
    const page = await anne.read('/')
    const style = /href="(\/style-[0-9a-f]{12}\.css)"/.exec(page)?.[1] ?? ''

    const answer = await anne.get(style, { 'Accept-Encoding': 'gzip' })

    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
  })

  it('admits a fault of ours without showing it, and notes it', async () => {
    const site = siteOver(pagesDatabase(), {
      deps: {
        explain: () => {
          throw new Error('secret detail')
        },
        refusedConfig: () => {
          throw new Error('secret detail')
        },
      },
    })
    const anne = await visitor(site, 'anne')

    const answer = await anne.get('/')

    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('secret detail')
    expect(site.faults).toHaveLength(1)
  })
})
