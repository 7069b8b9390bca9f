import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReaderLanguage } from '../../src/domain/person.ts'
import { signInWords } from '../../src/inbox/sign-in.tsx'
import { ticketWords } from '../../src/inbox/ticket-words.ts'
import { words } from '../../src/inbox/words.ts'
import { hasChromium, launch, type ServedSite, serveSite, watchedPage, windowOf } from '../helpers/browser.ts'
import { tell } from '../helpers/pages-database.ts'

const cases = (['fr', 'en'] as const).flatMap((language) => [
  [language, true] as const,
  [language, false] as const,
])

describe.skipIf(!hasChromium)('a responder and an approver', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(async () => browser.close())

  it.each(cases)(
    'in %s with JavaScript %s: sign in, correct, tick, write past the guard, approve, post',
    async (language, javaScriptEnabled) => {
      const served = await siteIn(language)
      const id = await complaint(served)
      const [say, answer] = [ticketWords[language], ticketWords[language].answer]
      const context = await browser.newContext({ javaScriptEnabled, locale: language })
      const { page, faults } = await watchedPage(context, served.url)

      await signIn(page, served, language)
      await page.getByRole('link', { name: 'Never came' }).first().click()
      await page.getByRole('button', { name: say.next.take }).click()
      await page.getByText(words[language].done.seen).waitFor()

      await page.getByLabel(say.why.other).selectOption('press')
      await page.getByRole('button', { name: say.why.change }).click()
      await page.getByText(words[language].done.categorised).waitFor()
      expect((await served.database.store.ticket(id))?.category).toBe('press')

      const ticks = page.locator('input[name=tick]')
      const sent = javaScriptEnabled
        ? page.waitForResponse((response) => response.url().endsWith('/ticks'))
        : null
      await ticks.nth(1).check()
      await sent
      if (!javaScriptEnabled) {
        await page.getByRole('button', { name: words[language].save, exact: true }).first().click()
        await page.getByText(words[language].done.saved).waitFor()
      }
      await page.reload()
      expect(await ticks.nth(1).isChecked()).toBe(true)

      await write(page, language, javaScriptEnabled)
      await page.getByRole('button', { name: askName(language) }).click()
      await page.getByText(words[language].done.asked).waitFor()

      const approver = await windowOf(browser, served, 'anne', { javaScriptEnabled, locale: language })
      await approver.page.goto(`${served.url}/tickets/${id}`)
      await approver.page.getByText(say.next.approvalMine).waitFor()
      await approver.page.getByRole('button', { name: answer.approve }).click()
      await approver.page.getByText(words[language].done.approved).waitFor()

      await page.reload()
      await page.getByText(say.next.approved).waitFor()
      await page.getByLabel(answer.postedUrl).fill('https://forum.example.org/answers/7')
      await page.getByRole('button', { name: answer.posted }).click()
      await page.getByText(words[language].done.posted).waitFor()

      expect(await served.database.store.ticket(id)).toMatchObject({
        state: 'answered',
        answerUrl: 'https://forum.example.org/answers/7',
      })
      expect([...faults, ...approver.faults]).toEqual([])
      await context.close()
      await approver.context.close()
      await served.close()
    },
    60_000,
  )

  it('needs no mouse: from the list to an answer that waits for approval by keys alone', async () => {
    const served = await siteIn('en')
    const say = ticketWords.en
    const id = await complaint(served)
    const { page, faults, context } = await windowOf(browser, served, 'marc', { locale: 'en' })
    await page.goto(served.url)

    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/tickets/${id}`)
    await tabTo(page, say.next.take)
    await page.keyboard.press('Enter')
    await page.getByText(words.en.done.seen).waitFor()
    await tabTo(page, 'tick')
    const sent = page.waitForResponse((response) => response.url().endsWith('/ticks'))
    await page.keyboard.press('Space')
    await sent
    await tabTo(page, 'text')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(
      'Thank you for telling us. We are looking into your order.\nMarc Peeters, Brasserie Lumen',
    )
    await tabTo(page, /^Ask for the approval/)
    await page.keyboard.press('Enter')
    await page.getByText(words.en.done.asked).waitFor()
    await tabTo(page, 'category')
    await page.keyboard.type('Rant')
    await tabTo(page, say.why.change)
    await page.keyboard.press('Enter')
    await page.getByText(words.en.done.categorised).waitFor()
    await page.goto(served.url)
    await page.keyboard.press('/')
    await page.keyboard.type('nowhere')
    await page.keyboard.press('Enter')
    await page.getByText('No ticket matches').waitFor()

    expect((await served.database.store.ticket(id))?.category).toBe('rant')
    expect((await served.database.store.drafts(id)).at(-1)?.state).toBe('proposed')
    expect((await served.database.store.ticks(id)).length).toBe(1)
    expect(faults).toEqual([])
    await context.close()
    await served.close()
  }, 60_000)

  it('sees at once that a colleague writes, and that something new came', async () => {
    const served = await siteIn('en')
    const id = await complaint(served)
    const [anne, marc] = [
      await windowOf(browser, served, 'anne', { locale: 'en' }),
      await windowOf(browser, served, 'marc', { locale: 'en' }),
    ]
    await anne.page.goto(`${served.url}/tickets/${id}`)
    const told = anne.page.waitForResponse((response) => response.url().endsWith('/writing'))
    await anne.page.getByLabel(ticketWords.en.answer.text).focus()
    await told

    await marc.page.goto(served.url)
    await marc.page.getByText('is writing an answer').waitFor()
    await tell(served.database.store, { ...base, id: 'later', text: 'Another one that never came' })
    await marc.page.getByText('Something new has come').waitFor({ timeout: 15_000 })

    expect(await marc.page.locator('.side [data-count=open]').textContent()).toBe('2')
    expect([...anne.faults, ...marc.faults]).toEqual([])
    await anne.context.close()
    await marc.context.close()
    await served.close()
  }, 60_000)
})

const base = {
  watch: 'lumen',
  polarity: 'negative',
  outcome: 'ticket',
  ticket: { category: 'dissatisfied-customer', owner: 'anne' },
} as const

/** The example, with two people who read one language: one writes, the other says yes. */
function siteIn(language: ReaderLanguage): Promise<ServedSite> {
  return serveSite((config) => ({
    ...config,
    language,
    people: new Map([...config.people].map(([id, person]) => [id, { ...person, language }])),
  }))
}

async function complaint(served: ServedSite): Promise<number> {
  const { ticket } = await tell(served.database.store, {
    ...base,
    id: 'first',
    title: 'Never came',
    text: 'Three weeks and the order never came. Shame on you.',
    collectedAt: new Date(),
  })
  // As a playbook that asks for the owner's word: Marc writes, Anne approves.
  return ticket ?? 0
}

async function signIn(page: Page, served: ServedSite, language: ReaderLanguage): Promise<void> {
  const say = signInWords[language]
  await page.goto(served.url)
  await page.getByLabel(say.email).fill('marc@lumen.example')
  await page.getByRole('button', { name: say.ask }).click()
  await page.getByText(say.sent).waitFor()
  await page.goto(served.site.mailed.at(-1)?.url ?? '')
  await page.getByRole('button', { name: say.enter }).click()
  await page.getByRole('heading', { level: 1, name: 'Tickets' }).waitFor()
}

/** First a text the guard stops, which is kept; then one that may go on. */
async function write(page: Page, language: ReaderLanguage, javaScriptEnabled: boolean): Promise<void> {
  const say = ticketWords[language].answer
  const bad = { fr: 'Nous garantissons un remboursement.', en: 'We guarantee a refund.' }[language]
  const warning = { fr: /promet ce qui/, en: /promises what may not be/ }[language]
  const good = {
    fr: 'Merci de nous écrire. Nous regardons ce qui est arrivé à votre commande.\nMarc Peeters, Brasserie Lumen',
    en: 'Thank you for telling us. We are looking into your order.\nMarc Peeters, Brasserie Lumen',
  }[language]
  const area = page.getByLabel(say.text, { exact: true })
  const before = await area.inputValue()
  expect(before).toContain('[')
  if (javaScriptEnabled) {
    const gap = page.locator('input[data-gap]').first()
    await gap.fill('on Monday')
    expect(await area.inputValue()).toContain('on Monday')
  }
  await area.fill(bad)
  const button = page.getByRole('button', {
    name: javaScriptEnabled ? words[language].save : say.check,
    exact: true,
  })
  if (javaScriptEnabled) await page.locator('[data-findings]').getByText(warning).waitFor()
  await button.last().click()
  await page.getByText(words[language].done.saved).waitFor()
  await page.getByText(warning).first().waitFor()
  expect(await area.inputValue()).toBe(bad)
  await area.fill(good)
}

function askName(language: ReaderLanguage): RegExp {
  return { fr: /Demander l’accord/, en: /Ask for the approval/ }[language]
}

/** Goes on by Tab until what has the focus bears a name, of the field or in its text. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let turn = 0; turn < 90; turn++) {
    await page.keyboard.press('Tab')
    const [field, text] = await page.evaluate<[string, string]>(
      '[document.activeElement.name ?? "", document.activeElement.textContent.trim()]',
    )
    if (field === name || text === name || (name instanceof RegExp && name.test(text))) return
  }
  throw new Error(`no way to "${name}" by Tab`)
}
