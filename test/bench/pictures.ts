/**
 * Takes the pictures of the READMEs: the example folder, read at a fixed hour by the built Vigie, in English. Run it
 * after `npm run build` with `npx tsx test/bench/pictures.ts`; look at the pictures before they are committed.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { mailParts } from '../../src/inbox/mail-parts.ts'
import { servePages } from '../../src/inbox/serve.ts'
import { launch } from '../helpers/browser.ts'
import { configOf } from '../helpers/folder.ts'
import { openPagesDatabase } from '../helpers/pages-database.ts'
import { exampleFolder, siteOver } from '../helpers/pages-site.ts'

const port = 8493
const url = `http://127.0.0.1:${port}`
const collectedAt = new Date('2026-11-23T08:30:00Z')
const lookedAt = new Date('2026-11-23T08:42:00Z')
const shown = /Warm beer, cold welcome/
/** An alert of its own: ordinary ones of the same hour come together. */
const alerted = /win a year of beer/

const folder = mkdtempSync(path.join(tmpdir(), 'vigie-pictures-'))
const browser = await launch()
try {
  prepare()
  await takePages(browser)
  await takeMail(browser)
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

/** The example in English, after one pass. */
function prepare(): void {
  for (const name of ['vigie.yaml', 'feeds', 'playbooks'])
    cpSync(path.join(exampleFolder, name), path.join(folder, name), { recursive: true })
  const file = path.join(folder, 'vigie.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^language: fr/m, 'language: en'))
  const cli = path.join(exampleFolder, 'dist', 'cli.js')
  execFileSync(process.execPath, [cli, '--dir', folder, '--now', collectedAt.toISOString(), 'collect'])
}

async function takePages(browser: Browser): Promise<void> {
  const database = openPagesDatabase(path.join(folder, 'data', 'vigie.db'))
  const base = configOf(folder)
  const config = { ...base, pages: { ...base.pages, url } }
  const site = siteOver(database, { config, now: () => lookedAt })
  const served = await servePages(site.pages, { host: '127.0.0.1', port })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en' })
  await context.addCookies([{ name: 'vigie', value: await site.session('anne'), url }])
  const page = await context.newPage()
  await page.goto(url)
  await keep(page, 'src/inbox/pictures/inbox.png', 800)
  await page.getByRole('link', { name: shown }).first().click()
  await page.getByRole('heading', { level: 1, name: shown }).waitFor()
  await keep(page, 'src/inbox/pictures/ticket.png', 800)
  await context.close()
  await served.close()
  await database.close()
}

async function takeMail(browser: Browser): Promise<void> {
  const outbox = path.join(folder, 'data', 'outbox')
  const alerts = readdirSync(outbox).filter((name) => name.includes('-alert-'))
  const mails = alerts.map((name) => mailParts(readFileSync(path.join(outbox, name))))
  const mail = mails.find(({ html }) => html !== null && alerted.test(html))
  const page = await browser.newPage({ viewport: { width: 640, height: 1000 } })
  await page.setContent(mail?.html ?? '')
  await keep(page, 'src/notify/pictures/alert.png', 1000)
}

async function keep(page: Page, file: string, height: number): Promise<void> {
  const target = path.join(exampleFolder, file)
  const { width = 0 } = page.viewportSize() ?? {}
  await page.screenshot({ path: target, clip: { x: 0, y: 0, width, height } })
  console.log(`${file}: ${Math.round(statSync(target).size / 1024)} kB`)
}
