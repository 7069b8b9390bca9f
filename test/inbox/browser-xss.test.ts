import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkSearch } from '../../src/report/audit.ts'
import { hasChromium, launch, type ServedSite, serveSite, windowOf } from '../helpers/browser.ts'
import { vectors } from '../helpers/mail-vectors.ts'
import { tell } from '../helpers/pages-database.ts'
import { everyPage, fillSample } from '../helpers/pages-sample.ts'

const all = vectors()

/** Noted inside the page: a script of a text that ran, and whatever the policy had to stop. */
const canary = `
  window.caught = [];
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
    
    window[name] = (...given) => { window.caught.push(name + ' ' + given[0]); };
  }
  document.addEventListener('securitypolicyviolation', (event) =>
    window.caught.push('policy ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
`
const foreign = `(() => {
  const known = new Set('HTML HEAD META TITLE LINK SCRIPT BODY A ARTICLE ASIDE BLOCKQUOTE BR BUTTON CAPTION CODE DD DEL DETAILS DIV DL DT FIELDSET FIGURE FORM H1 H2 H3 HEADER HR IFRAME INPUT INS KBD LABEL LEGEND LI MAIN MARK NAV OL OPTION P PRE SEARCH SECTION SELECT SMALL SPAN SUMMARY TABLE TBODY TD TEXTAREA TH THEAD TIME TR UL svg path g text'.split(' '));
  return [...document.querySelectorAll('*')].flatMap((element) => [
    ...(known.has(element.tagName) ? [] : [element.tagName]),
    ...element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style' || name === 'srcdoc').map((name) => element.tagName + ' ' + name),
    ...[element.getAttribute('href'), element.getAttribute('action'), element.getAttribute('src')].filter((url) => url !== null && /^\\s*(?:javascript|data|vbscript):/i.test(url)),
    ...(element.tagName === 'SCRIPT' && !/^\\/vigie-[0-9a-f]+\\.js$/.test(element.getAttribute('src')) ? ['a script'] : []),
  ]);
})()`

describe.skipIf(!hasChromium)('hostile texts', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(async () => browser.close())

  it('would be noticed: the canary sings when something does get in', async () => {
    const served = await hostileSite()
    const { context, page } = await windowOf(browser, served, 'anne')
    await context.addInitScript(canary)
    await page.goto(served.url)

    await page.evaluate(
      'document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=alert(1)><p style=color:red>x</p>")',
    )
    await page.waitForFunction('window.caught.length >= 2')

    expect((await page.evaluate<string[]>('window.caught')).join()).toMatch(
      /script-src-attr.*style-src-attr|style-src-attr.*script-src-attr/,
    )
    expect(await page.evaluate(foreign)).toEqual(expect.arrayContaining(['IMG onerror', 'P style']))
    await context.close()
    await served.close()
  }, 30_000)

  it('run nowhere, wherever a page shows a text from outside or from a person', async () => {
    const served = await hostileSite()
    const paths = everyPage(await fillSample(served, (place) => chunk(place)))
    const faults = await faultsOn(served, [
      ...paths,
      ...all
        .slice(0, 12)
        .flatMap((vector) =>
          ['/?q=', '/mentions?q=', '/presence?name=', '/sign-in?to=', '/?tab='].map(
            (path) => path + encodeURIComponent(vector.slice(0, 300)),
          ),
        ),
    ])

    expect(faults).toEqual([])
    await served.close()
  }, 90_000)

  it(`run nowhere, each of ${all.length} of them as title, text, author and address`, async () => {
    const served = await hostileSite(everyVectorFound())
    const perTicket = 150
    const pages: string[] = []
    for (let at = 0; at < all.length; at += perTicket) {
      const some = all.slice(at, at + perTicket)
      const { ticket, mention } = await tell(served.database.store, {
        id: `v${at}`,
        watch: 'lumen',
        title: some[0]?.slice(0, 500) ?? '',
        text: some.map((vector) => vector.slice(0, 130)).join('\n'),
        author: some[1]?.slice(0, 200) ?? '',
        url: some.find((vector) => /^[a-z]+:/i.test(vector)) ?? 'https://example.org/',
        polarity: 'negative',
        outcome: 'ticket',
        ticket: { category: 'rant', owner: 'anne' },
      })
      pages.push(`/tickets/${ticket}`, `/mentions/${mention}`)
    }
    await served.site.audits.run('Lumen', new AbortController().signal)

    expect(
      await faultsOn(served, ['/', '/mentions', '/numbers', '/newspaper', '/presence', ...pages]),
    ).toEqual([])
    await served.close()
  }, 90_000)

  async function faultsOn(served: ServedSite, paths: readonly string[]): Promise<string[]> {
    const { context, page, faults } = await windowOf(browser, served, 'anne')
    await context.addInitScript(canary)
    const found: string[] = []
    for (const path of paths) {
      await page.goto(`${served.url}${path}`)
      const caught = [
        ...(await page.evaluate<string[]>(foreign)),
        ...(await page.evaluate<string[]>('window.caught')),
      ]
      found.push(...caught.map((fault) => `${path}: ${fault}`))
    }
    await context.close()
    return [...found, ...faults.filter((fault) => !fault.includes('404'))]
  }
})

/** A few dozen vectors at a place. */
function chunk(place: number): string {
  return Array.from(
    { length: 24 },
    (_, index) => all[(place * 24 + index) % all.length]?.slice(0, 160) ?? '',
  ).join(' ')
}

function hostileSite(more: readonly NetworkSearch[] = []): Promise<ServedSite> {
  const text = (offset: number) => chunk(40 + offset)
  return serveSite((config) => config, {
    deps: {
      preview: async () => [
        {
          id: 'e',
          url: text(0),
          title: text(1),
          text: text(2),
          author: text(3),
          publishedAt: null,
          language: text(4),
          engagement: null,
          stars: null,
        },
      ],
      letter: async () => text(13),
    },
    searches: [
      {
        network: 'Mastodon',
        search: async () => [
          {
            url: text(5),
            title: text(6),
            text: text(7),
            author: text(8),
            publishedAt: null,
            kind: 'account',
          },
          {
            url: `https://example.org/${text(9)}`,
            title: text(10),
            text: text(11),
            author: text(12),
            publishedAt: null,
          },
        ],
      },
      ...more,
    ],
  })
}

/** Networks on which every vector is found once, as an address, a title, a text or a name. */
function everyVectorFound(): NetworkSearch[] {
  const short = all.map((vector) => vector.slice(0, 118))
  const perNetwork = 200
  return Array.from({ length: Math.ceil(short.length / perNetwork) }, (_, index) => ({
    network: `Network ${index} ${short[index]}`,
    search: async () => {
      const some = short.slice(index * perNetwork, (index + 1) * perNetwork)
      return Array.from({ length: some.length / 4 }, (_, at) => ({
        url: some[at * 4] ?? '',
        title: some[at * 4 + 1] ?? '',
        text: some[at * 4 + 2] ?? '',
        author: some[at * 4 + 3] ?? '',
        publishedAt: null,
        kind: 'account' as const,
      }))
    },
  }))
}
