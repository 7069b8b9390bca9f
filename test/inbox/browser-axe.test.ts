import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch, type ServedSite, serveSite, windowOf } from '../helpers/browser.ts'
import { everyPage, fillSample } from '../helpers/pages-sample.ts'

const texts = [
  'A piece of glass in my drink',
  'Yesterday evening my daughter found a piece of glass in her lemonade, this is terrible. https://example.org/a-very-long-address-without-any-space-in-it-that-has-to-break-somewhere-on-a-phone',
  'Sandrine',
]

// Its Playwright wrapper opens a window for every answer; the script itself is three times as fast.
const axe = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** The rules that the width can change; the others are held on a desk and on the smallest phone. */
const laidOut = ['color-contrast', 'target-size', 'scrollable-region-focusable']

/** A desk; the same at 200 % zoom; the smallest phone, which is also a desk at 400 %. Dark changes only colours. */
const views = [
  { width: 1280, colorScheme: 'light', rules: [] },
  { width: 640, colorScheme: 'dark', rules: laidOut },
  { width: 320, colorScheme: 'dark', rules: ['color-contrast'] },
  { width: 320, colorScheme: 'light', rules: [] },
] as const

describe.skipIf(!hasChromium)('every page', () => {
  let browser: Browser
  let served: ServedSite
  let paths: string[]
  beforeAll(async () => {
    browser = await launch()
    served = await serveSite((config) => config, {
      deps: { preview: async () => [entry] },
      searches: [
        { network: 'lumen.example', isOwn: true, search: async () => [sighting] },
        {
          network: 'Mastodon',
          search: async () => [{ ...sighting, url: 'https://other.example/@lumen' }, post],
        },
      ],
    })
    const sample = await fillSample(served, (place) => texts[place % texts.length] ?? '')
    paths = everyPage(sample)
  })

  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  it('is accessible and fits at every width, light and dark', async () => {
    const { context, page, faults } = await windowOf(browser, served, 'anne', { locale: 'fr' })
    const found: string[] = []
    for (const path of [...paths, '/sign-in']) {
      await page.goto(`${served.url}${path}`)
      await page.evaluate(openAll)
      await page.evaluate(axe)
      for (const { width, colorScheme, rules } of views) {
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme })
        found.push(...(await widthFaults(page, path)))
        found.push(...(await violationsOf(page, `${path} at ${width}, ${colorScheme}`, rules)))
      }
    }

    expect(found).toEqual([])
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
    await context.close()
  }, 120_000)

  it('has buttons and fields high enough for a thumb, and shows where the keyboard is', async () => {
    // In the other language, which must fit too.
    const { context, page } = await windowOf(browser, served, 'marc', {
      viewport: { width: 320, height: 800 },
    })
    const wrong: string[] = []
    for (const path of paths) {
      await page.goto(`${served.url}${path}`)
      wrong.push(...(await page.evaluate<string[]>(lowOnes)).map((one) => `${path} low: ${one}`))
      wrong.push(...(await widthFaults(page, path)))
      wrong.push(...(await unseenFocus(page)).map((one) => `${path} focus: ${one}`))
    }

    expect(wrong).toEqual([])
    await context.close()
  }, 60_000)
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
const post = { ...sighting, url: 'https://social.example.org/@someone/1', kind: 'post' as const }

const openAll = 'for (const d of document.querySelectorAll("main details")) d.open = true'

async function violationsOf(page: Page, where: string, rules: readonly string[]): Promise<string[]> {
  // The mail in its frame is tested with the mails; its sandbox lets no script in, not even this one.
  const options = {
    resultTypes: ['violations'],
    preload: false,
    ...(rules.length > 0 ? { runOnly: rules } : {}),
  }
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    `axe.run({ exclude: ['iframe'] }, ${JSON.stringify(options)})`,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 2).map(({ html }) => `${where} ${id}: ${html.slice(0, 160)}`),
  )
}

async function widthFaults(page: Page, path: string): Promise<string[]> {
  const [over, width] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth - innerWidth, innerWidth]',
  )
  return over > 0 ? [`${path} at ${width}: ${over} px too wide`] : []
}

const lowOnes = `[...document.querySelectorAll('main button:not(.link), main select, main input:not([type=hidden], [type=checkbox], [type=radio])')]
  .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 36)
  .map((one) => one.outerHTML.slice(0, 120))`

/** Everything that can be used is reached by Tab, is outlined then, and lies under nothing else. */
async function unseenFocus(page: Page): Promise<string[]> {
  const found: string[] = []
  for (let turn = 0; turn < 150; turn++) {
    await page.keyboard.press('Tab')
    const fault = await page.evaluate<string | null>(focusFault)
    if (fault === 'the end') return found
    if (fault !== null) found.push(fault)
  }
  return found
}

const focusFault = `(() => {
  const one = document.activeElement
  window.visited ??= new Set()
  if (one === null || one === document.body || window.visited.has(one)) return 'the end'
  window.visited.add(one)
  if (one.tagName === 'IFRAME') return null
  // A ticket's title lights its whole row.
  const style = getComputedStyle(one.matches('.tickets a.title') ? one.closest('li') : one)
  const box = one.getBoundingClientRect()
  const [x, y] = [box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 20)]
  const top = document.elementFromPoint(x, y)
  const name = one.outerHTML.slice(0, 100)
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'no outline: ' + name
  return top !== null && top !== one && !one.contains(top) && !top.contains(one) ? 'covered: ' + name : null
})()`
