import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alertMail } from '../../src/notify/alert-mail.tsx'
import { digestMail } from '../../src/notify/digest-mail.tsx'
import { reportMail } from '../../src/notify/report-mail.tsx'
import { summaryMail } from '../../src/notify/summary-mail.tsx'
import type { MailText } from '../../src/notify/views.ts'
import { hostileAlert, hostileDigest, hostileViews } from '../helpers/mail-hostile.ts'
import { vectors } from '../helpers/mail-vectors.ts'
import {
  alert,
  busy,
  critical,
  drill,
  late,
  mention,
  monthly,
  now,
  quiet,
  summary,
  weekly,
} from '../helpers/mail-views.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']

const mails: readonly (readonly [string, MailText])[] = [
  ['an alert', alertMail(alert, now)],
  ['a critical one', alertMail(critical, now)],
  ['a late drill', alertMail(drill, new Date('2026-11-24T11:12:00Z'))],
  [
    'a long one',
    alertMail({ ...alert, mentions: [{ ...mention, text: 'Toujours rien. '.repeat(600) }] }, now),
  ],
  ['a quiet digest', digestMail(quiet, now)],
  ['a busy digest', digestMail(busy, now)],
  ['a late digest', digestMail(late, now)],
  ['a summary', summaryMail(summary, now)],
  ['a weekly report', reportMail(weekly, now)],
  ['a monthly report', reportMail(monthly, now)],
]

describe.skipIf(!existsSync(executablePath))('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: flags })
  })
  afterAll(async () => browser.close())

  describe.each(mails)('%s', (_, mail) => {
    it.each(['light', 'dark'] as const)(
      'is accessible and fits a phone and a desk in the %s',
      async (colorScheme) => {
        const context = await browser.newContext({ viewport: { width: 700, height: 800 }, colorScheme })
        const page = await context.newPage()
        await page.setContent(inlined(mail))

        expect(await widthOf(page)).toBe(700)
        await page.setViewportSize({ width: 360, height: 800 })
        expect(await widthOf(page)).toBe(360)
        // A mail has no frames: one page does what would otherwise be spread over a second one.
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode()
          .disableRules(['region', 'landmark-one-main'])
          .analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
        await context.close()
      },
      60_000,
    )
  })

  it('has buttons and reply words high enough for a thumb', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } })
    await page.setContent(inlined(alertMail(alert, now)))

    const heights = await page.$$eval('.go a, .also a, a[href^="mailto:"]', (links) =>
      links.map((link) => link.getBoundingClientRect().height),
    )

    expect(heights.length).toBe(9)
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
    await page.close()
  })

  it('runs nothing, fetches nothing and keeps its width, whatever the mention holds', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } })
    const events: string[] = []
    page.on('dialog', (dialog) => {
      events.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.route('**', (route) => {
      events.push(`fetch ${route.request().url()}`)
      return route.abort()
    })
    // What neither closes, opens nor stretches anything is the other tests' to try.
    const texts = vectors().filter((text) => text.length > 60 || /[<>&"'`:\\]|[^ -~]/.test(text))
    for (const view of hostileViews(texts, hostileAlert)) {
      expect(await faultsOf(page, alertMail(view, now))).toEqual([])
    }
    for (const view of hostileViews(texts, hostileDigest)) {
      expect(await faultsOf(page, { ...digestMail(view, now), attachments: [] })).toEqual([])
    }

    expect(events).toEqual([])
    await page.close()
  }, 300_000)
})

const own =
  'HTML HEAD META TITLE STYLE BODY DIV TABLE TBODY TR TD P SPAN STRONG EM A BDI BR H1 H2 H3 UL LI MARK BLOCKQUOTE IMG'.split(
    ' ',
  )

async function faultsOf(page: Page, mail: MailText): Promise<string[]> {
  await page.setContent(mail.html.replace(/cid:[^"]*/g, 'data:,'))
  const found = await page.$$eval('*', (elements) =>
    elements.map((element) => ({
      name: element.tagName,
      handlers: element.getAttributeNames().filter((name: string) => name.startsWith('on')),
    })),
  )
  const foreign = found.filter(({ name, handlers }) => !own.includes(name) || handlers.length > 0)
  const width = await widthOf(page)
  return [...foreign.map(({ name }) => name), ...(width > 360 ? [`${width} px wide`] : [])]
}

function widthOf(page: Page): Promise<number> {
  return page.$eval('html', (root) => root.scrollWidth)
}

/** Pictures by `cid:` as a mail program shows them. */
function inlined({ html, attachments = [] }: MailText): string {
  return attachments.reduce(
    (page, { contentId, contentType, content }) =>
      page.replaceAll(`cid:${contentId}`, `data:${contentType};base64,${content.toString('base64')}`),
    html,
  )
}
