import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch, type ServedSite, serveSite, windowOf } from '../helpers/browser.ts'
import { everyPage, fillSample } from '../helpers/pages-sample.ts'

const texts = [
  'A piece of glass in my drink',
  'Yesterday evening my daughter found a piece of glass in her lemonade, this is terrible. https://example.org/a-very-long-address-without-any-space-in-it-that-has-to-break-somewhere-on-a-phone',
  'Sandrine',
]

/** A desk by day; a phone by night, which is also a desk at four times its size; a desk at twice its size. */
const views = [
  { name: 'wide and light', width: 1280, colorScheme: 'light' },
  { name: '320 px and dark', width: 320, colorScheme: 'dark' },
] as const

describe.skipIf(!hasChromium)('every page', () => {
  let browser: Browser
  let served: ServedSite
  let paths: string[]
  beforeAll(async () => {
    browser = await launch()
    served = await serveSite((config) => config, {
      deps: { preview: async () => [entry] },
      searches: [{ network: 'Mastodon', search: async () => [sighting] }],
    })
    paths = everyPage(await fillSample(served, (place) => texts[place % texts.length] ?? ''))
  })
  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  it.each(views)(
    'is accessible and fits, $name',
    async ({ width, colorScheme }) => {
      const { context, page, faults } = await windowOf(browser, served, 'anne', {
        viewport: { width, height: 800 },
        colorScheme,
        locale: 'fr',
      })
      const found: string[] = []
      for (const path of [...paths, '/sign-in']) {
        await page.goto(`${served.url}${path}`)
        await page.evaluate('for (const d of document.querySelectorAll("main details")) d.open = true')
        found.push(...(await violationsOf(page, path)))
      }

      expect(found).toEqual([])
      expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
      await context.close()
    },
    90_000,
  )

  it('keeps to its width at 320 and 360 px, and at twice the size', async () => {
    const { context, page } = await windowOf(browser, served, 'marc', {
      viewport: { width: 320, height: 800 },
    })
    const tooWide: string[] = []
    for (const path of paths) {
      await page.goto(`${served.url}${path}`)
      for (const width of [320, 360, 640]) {
        await page.setViewportSize({ width, height: 800 })
        const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        if (Number(over) > 0) tooWide.push(`${path} at ${width}: ${over} px too wide`)
      }
    }

    expect(tooWide).toEqual([])
    await context.close()
  }, 60_000)

  it('has buttons and fields high enough for a thumb', async () => {
    const { context, page } = await windowOf(browser, served, 'anne', {
      viewport: { width: 360, height: 800 },
    })
    const low: string[] = []
    for (const path of paths.slice(0, 12)) {
      await page.goto(`${served.url}${path}`)
      low.push(
        ...(await page.evaluate<
          string[]
        >(`[...document.querySelectorAll('main button:not(.link), main select, main input:not([type=hidden], [type=checkbox], [type=radio])')]
          .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 36)
          .map((one) => one.outerHTML.slice(0, 120))`)),
      )
    }

    expect(low).toEqual([])
    await context.close()
  }, 30_000)
})

const entry = {
  id: 'e',
  url: 'https://example.org/e',
  title: 'A title',
  text: 'A text',
  author: 'Zoé',
  publishedAt: new Date('2026-11-20T12:00:00Z'),
  language: 'en',
  engagement: null,
  stars: null,
}
const sighting = {
  url: 'https://social.example.org/@lumen',
  title: 'Lumen',
  text: 'See lumen.example',
  author: 'Lumen',
  publishedAt: entry.publishedAt,
  kind: 'account' as const,
  followers: 1200,
}

async function violationsOf(page: Page, path: string): Promise<string[]> {
  // The mail in its frame is tested with the mails; its sandbox lets no script in, not even this one.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe').analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 2).map(({ html }) => `${path} ${id}: ${html.slice(0, 160)}`),
  )
}
