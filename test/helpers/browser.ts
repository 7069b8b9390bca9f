import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Config } from '../../src/config.ts'
import { servePages } from '../../src/inbox/serve.ts'
import { configOf } from './folder.ts'
import { openPagesDatabase, type PagesDatabase } from './pages-database.ts'
import { exampleFolder, type Site, type SiteOptions, siteOver } from './pages-site.ts'

export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
export const hasChromium = existsSync(chromiumPath)

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}

export interface ServedSite {
  readonly site: Site
  readonly database: PagesDatabase
  readonly url: string
  close(): Promise<void>
}

/** The pages on a port of their own; links and cookies fit it. */
export async function serveSite(
  change: (config: Config) => Config = (config) => config,
  options: Omit<SiteOptions, 'config'> = {},
): Promise<ServedSite> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-browser-'))
  const database = openPagesDatabase(path.join(folder, 'vigie.db'))
  const base = change(configOf(exampleFolder))
  // The port is known only once it listens, and the configuration must name it.
  const first = await servePages(siteOver(database, { config: base, ...options }).pages, {
    host: '127.0.0.1',
    port: 0,
  })
  const url = `http://127.0.0.1:${first.port}`
  const site = siteOver(database, { ...options, config: { ...base, pages: { ...base.pages, url } } })
  first.use(site.pages)
  return {
    site,
    database,
    url,
    close: async () => {
      await first.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A browser window of someone who is signed in, that notes everything that should not happen. */
export async function windowOf(
  browser: Browser,
  served: ServedSite,
  person: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext(options)
  const secret = await served.site.session(person)
  await context.addCookies([{ name: 'vigie', value: secret, url: served.url }])
  const { page, faults } = await watchedPage(context, served.url)
  return { context, page, faults }
}

/** Notes dialogs, errors, what the policy stops, and every request to elsewhere. */
export async function watchedPage(
  context: BrowserContext,
  url: string,
): Promise<{ page: Page; faults: string[] }> {
  const faults: string[] = []
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('dialog', (dialog) => {
    faults.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => faults.push(`error ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console ${message.text()}`)
  })
  page.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith(url) && !address.startsWith('data:')) faults.push(`request ${address}`)
  })
  return { page, faults }
}
