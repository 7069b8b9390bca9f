import { describe, expect, it } from 'vitest'
import { terminalLink } from '../../src/inbox/session.ts'
import { configOf } from '../helpers/folder.ts'
import { pagesDatabase } from '../helpers/pages-database.ts'
import { exampleFolder, type Site, siteOver } from '../helpers/pages-site.ts'
import { origin, visitor } from '../helpers/visitor.ts'

const start = new Date('2026-11-20T12:00:00Z')

describe('signing in', () => {
  it('goes by a link in the mail, a button, and a cookie that is not readable by scripts', async () => {
    const { site, door } = clocked()
    const browser = await door()
    await browser.ask('anne@lumen.example')
    const path = await browser.mailedPath()

    const page = await browser.get(path)
    const entered = await browser.post(path)

    expect(await page.text()).toContain('<button type="submit" class="main">')
    expect(entered.status).toBe(303)
    expect(entered.headers.get('set-cookie')).toMatch(
      /^vigie=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/,
    )
    expect(site.mailed.map(({ person }) => person)).toEqual(['anne'])
  })

  it('changes nothing by looking: a mail scanner may open the link as often as it likes', async () => {
    const { door } = clocked()
    const browser = await door()
    await browser.ask('anne@lumen.example')
    const path = await browser.mailedPath()

    for (const method of ['GET', 'HEAD', 'GET', 'GET']) await browser.send(path, { method })

    expect((await browser.post(path)).status).toBe(303)
  })

  it('uses a link once', async () => {
    const { door } = clocked()
    const browser = await door()
    await browser.ask('anne@lumen.example')
    const path = await browser.mailedPath()

    expect((await browser.post(path)).status).toBe(303)
    expect((await browser.post(path)).status).toBe(403)
  })

  it('lets a link grow old after fifteen minutes', async () => {
    const { door, pass } = clocked()
    const browser = await door()
    await browser.ask('anne@lumen.example')
    const path = await browser.mailedPath()

    pass(15 * 60_000)

    expect((await browser.post(path)).status).toBe(403)
  })

  it('opens a link only in the browser that asked, and leaves it good for that one', async () => {
    const { door } = clocked()
    const browser = await door()
    await browser.ask('anne@lumen.example')
    const path = await browser.mailedPath()
    const thief = await door()

    expect((await thief.post(path)).status).toBe(403)
    expect((await browser.post(path)).status).toBe(303)
  })

  it('answers an unknown address like a known one, and mails nobody', async () => {
    const { site, door } = clocked()
    const browser = await door()

    const known = await browser.ask('anne@lumen.example')
    const unknown = await browser.ask('nobody@lumen.example')
    await settled()

    expect([unknown.status, await unknown.text()]).toEqual([known.status, await known.text()])
    expect(site.mailed).toHaveLength(1)
  })

  it('stops after five tries in a quarter of an hour, known or not, and begins anew after it', async () => {
    const { door, pass } = clocked()
    for (const email of ['anne@lumen.example', 'nobody@lumen.example']) {
      const browser = await door()
      const statuses: number[] = []
      for (let turn = 0; turn < 6; turn++) statuses.push((await browser.ask(email)).status)
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    }

    pass(16 * 60_000)

    expect((await (await door()).ask('anne@lumen.example')).status).toBe(200)
  })

  it('goes where the person wanted to, on our pages only', async () => {
    const { door } = clocked()
    const browser = await door()
    await browser.ask('anne@lumen.example', { to: '/tickets/3' })
    const path = await browser.mailedPath()

    expect(path).toContain('?to=%2Ftickets%2F3')
    expect((await browser.post(path, { to: '/tickets/3' })).headers.get('location')).toBe('/tickets/3')
    await browser.ask('anne@lumen.example', { to: '//evil.example' })
    expect(await browser.mailedPath()).not.toContain('evil')
  })

  it('takes no form from elsewhere and none without its token', async () => {
    const { door } = clocked()
    const browser = await door()

    expect((await browser.ask('anne@lumen.example', {}, { Origin: 'https://evil.example' })).status).toBe(403)
    expect((await browser.ask('anne@lumen.example', { _token: 'guessed' })).status).toBe(403)
  })

  it('prints a link for whoever starts Vigie, good in any browser, once', async () => {
    const { site, door } = clocked()
    const anne = site.deps.config.people.get('anne')
    if (!anne) throw new Error('no anne')
    const path = new URL(await terminalLink(anne, site.deps)).pathname
    const browser = await door()

    expect((await browser.post(path)).status).toBe(303)
    expect((await browser.post(path)).status).toBe(403)
  })
})

describe('a session', () => {
  it('runs on while it is used and ends fourteen days after the last visit', async () => {
    const { site, pass } = clocked()
    const anne = await visitor(site, 'anne')

    for (let day = 0; day < 20; day++) {
      pass(86_000_000)
      expect((await anne.get('/')).status).toBe(200)
    }
    pass(14 * 86_400_000 + 1)

    expect((await anne.get('/')).headers.get('location')).toBe('/sign-in')
  })

  it('ends when the person signs out', async () => {
    const { site } = clocked()
    const anne = await visitor(site, 'anne')

    await anne.post('/sign-out')

    expect((await anne.get('/')).status).toBe(302)
  })

  it('ends for someone who is no longer among the people', async () => {
    const database = pagesDatabase()
    const config = configOf(exampleFolder)
    const site = siteOver(database, { now: () => start, config })
    await site.session('marc')
    const people = new Map([...config.people].filter(([id]) => id !== 'marc'))
    const later = siteOver(database, { now: () => start, config: { ...config, people } })

    const answer = await later.pages.app.request(`${origin}/`, {
      headers: { Host: '127.0.0.1:8484', Cookie: `vigie=${`marc${'x'.repeat(43)}`.slice(0, 43)}` },
    })

    expect(answer.headers.get('location')).toBe('/sign-in')
  })

  it('has a cookie that only HTTPS carries when the pages are served so', async () => {
    const config = configOf(exampleFolder)
    const secure = { ...config, pages: { ...config.pages, url: 'https://vigie.lumen.example' } }
    const site = siteOver(pagesDatabase(), { now: () => start, config: secure })

    const answer = await site.pages.app.request('https://vigie.lumen.example/sign-in', {
      headers: { Host: 'vigie.lumen.example' },
    })

    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-vigie-browser=.*; Secure$/)
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
  })
})

describe('a reverse proxy that knows who it is', () => {
  const config = configOf(exampleFolder)
  const behind = { ...config, pages: { ...config.pages, trustedHeader: 'X-Remote-User' } }
  const ask = (site: Site, remoteAddress: string, headers: Record<string, string>) =>
    site.pages.app.request(
      `${origin}/`,
      { headers: { Host: '127.0.0.1:8484', ...headers } },
      { incoming: { socket: { remoteAddress } } },
    )

  it('is believed when it stands beside us', async () => {
    const site = siteOver(pagesDatabase(), { now: () => start, config: behind })

    expect((await ask(site, '127.0.0.1', { 'X-Remote-User': 'marc@lumen.example' })).status).toBe(200)
    expect((await ask(site, '127.0.0.1', { 'X-Remote-User': 'stranger' })).status).toBe(302)
    expect((await ask(site, '127.0.0.1', {})).status).toBe(302)
  })

  it('is not believed from the internet, nor when nobody set it up', async () => {
    const site = siteOver(pagesDatabase(), { now: () => start, config: behind })
    const plain = siteOver(pagesDatabase(), { now: () => start, config })

    expect((await ask(site, '203.0.113.5', { 'X-Remote-User': 'anne' })).status).toBe(302)
    expect((await ask(plain, '127.0.0.1', { 'X-Remote-User': 'anne' })).status).toBe(302)
  })
})

function clocked() {
  let now = start
  const site = siteOver(pagesDatabase(), { now: () => now })
  return {
    site,
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms)
    },
    door: () => openDoor(site),
  }
}

/** A browser at the door, with the cookie it gets there. */
async function openDoor(site: Site) {
  const send = (path: string, init: RequestInit = {}) =>
    site.pages.app.request(`${origin}${path}`, {
      ...init,
      headers: { Host: '127.0.0.1:8484', 'Accept-Language': 'fr', ...init.headers },
    })
  const first = await send('/sign-in')
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const token = /name="_token" value="([^"]+)"/.exec(await first.text())?.[1] ?? ''
  const get = (path: string) => send(path, { headers: { Cookie: cookie } })
  const post = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      headers: {
        Cookie: cookie,
        Origin: origin,
        'Content-Type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams({ _token: token, ...fields }).toString(),
    })
  return {
    get,
    post,
    send: (path: string, init: RequestInit) => send(path, { ...init, headers: { Cookie: cookie } }),
    ask: (email: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      post('/sign-in', { email, ...fields }, headers),
    mailedPath: async () => {
      await settled()
      const { pathname, search } = new URL(site.mailed.at(-1)?.url ?? '')
      return pathname + search
    },
  }
}

/** The mail leaves after the answer. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
