import { expect, it } from 'vitest'
import { summaryMail } from '../../src/notify/summary-mail.tsx'
import { foreignParts, readableText } from '../helpers/mail-html.ts'
import { now, summary } from '../helpers/mail-views.ts'

it('says how many wait, and names each with its page', () => {
  const mail = summaryMail(summary, now)

  expect(mail.subject).toBe('Brasserie Lumen\u00A0: 17 autres tickets attendent une décision')
  for (const part of [mail.text, readableText(mail.html)]) {
    expect(part).toContain('17 autres tickets')
    expect(part).toContain('Commentaire 1 de la même journée')
    expect(part).toContain('Commentaire 17 de la même journée')
  }
  expect(mail.text).toContain('https://vigie.lumen.example/tickets/76')
  expect(mail.html).toContain('https://vigie.lumen.example/tickets/76')
  expect(foreignParts(mail.html)).toEqual([])
})

it('speaks of one as one', () => {
  const mail = summaryMail({ ...summary, language: 'en', tickets: summary.tickets.slice(0, 1) }, now)

  expect(mail.subject).toBe('Brasserie Lumen: 1 more ticket waits for a decision')
})

it('says what is overdue', () => {
  expect(summaryMail(summary, new Date('2026-11-26T08:00:00Z')).text).toContain(
    'en retard depuis mercredi 25',
  )
})

it('leaves what is beyond fifty to the page, and stays below 100 kB', () => {
  const [first] = summary.tickets
  const tickets = Array.from({ length: 900 }, (_, id) => ({
    ...first,
    id,
    title: '"\'<&>'.repeat(500),
    watchName: `Nom ${id}`,
  })) as typeof summary.tickets

  const mail = summaryMail({ ...summary, tickets }, now)

  expect(mail.text).toContain('Et 850 de plus')
  expect(mail.subject.length).toBeLessThanOrEqual(200)
  expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000)
  expect(foreignParts(mail.html)).toEqual([])
})
