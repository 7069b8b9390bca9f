import { describe, expect, it } from 'vitest'
import { servePages } from '../../src/inbox/serve.ts'
import { pagesDatabase, tell } from '../helpers/pages-database.ts'
import { siteOver } from '../helpers/pages-site.ts'

const here = { host: '127.0.0.1', port: 0 }

describe('the served pages', () => {
  it('tell live counts as they are, and end at once when the server does', async () => {
    const { site, headers, database } = await signedIn()
    await tell(database.store, { id: 'a', text: 'x', polarity: 'negative', outcome: 'ticket' })
    const served = await servePages(site.pages, here)
    const answer = await fetch(`http://127.0.0.1:${served.port}/live`, { headers })
    const reader = answer.body?.getReader()
    const first = new TextDecoder().decode((await reader?.read())?.value)

    const started = performance.now()
    await served.close()

    expect(first).toBe('event: counts\ndata: {"open":1,"toRead":0,"version":"1.0.0"}\n\n')
    expect(performance.now() - started).toBeLessThan(1000)
    await reader?.cancel().catch(() => {})
  })

  it('go on at the same address with other pages, as after a change of the files', async () => {
    const { site, headers } = await signedIn()
    const other = siteOver(pagesDatabase(), { deps: { refusedConfig: () => ['a mistake'] } })
    const served = await servePages(site.pages, here)
    const secret = await other.session('anne')

    served.use(other.pages)
    const answer = await fetch(`http://127.0.0.1:${served.port}/`, {
      headers: { ...headers, Cookie: `vigie=${secret}` },
    })

    expect(await answer.text()).toContain('Une modification des fichiers a été refusée')
    await served.close()
  })

  it('say so when the address is taken', async () => {
    const { site } = await signedIn()
    const served = await servePages(site.pages, here)

    await expect(servePages(site.pages, { host: '127.0.0.1', port: served.port })).rejects.toMatchObject({
      code: 'address-in-use',
    })
    await served.close()
  })

  it('need a session for the live counts too', async () => {
    const { site } = await signedIn()
    const served = await servePages(site.pages, here)

    const answer = await fetch(`http://127.0.0.1:${served.port}/live`, { redirect: 'manual' })

    expect(answer.status).toBe(302)
    await served.close()
  })
})

async function signedIn() {
  const database = pagesDatabase()
  const site = siteOver(database)
  const secret = await site.session('anne')
  return { database, site, headers: { Cookie: `vigie=${secret}` } }
}
