import { describe, expect, it } from 'vitest'
import { reportMail } from '../../src/notify/report-mail.tsx'
import { foreignParts, readableText } from '../helpers/mail-html.ts'
import { monthly, now, weekly } from '../helpers/mail-views.ts'

const parts = (view: typeof weekly) => {
  const mail = reportMail(view, now)
  return [mail.text, readableText(mail.html)].map((text) => text.replace(/\s+/g, ' '))
}

it('names its period in the subject', () => {
  expect(reportMail(weekly, now).subject).toBe(
    'Brasserie Lumen\u00A0: semaine du lundi 16 novembre au dimanche 22 novembre',
  )
  expect(reportMail(monthly, now).subject).toBe('Brasserie Lumen: month of October 2026')
})

describe('both parts', () => {
  it.each([
    '4 réponses sur 5 dans les temps',
    'Vu',
    'la moitié en moins de 42 min, neuf sur dix en moins de 4 h 20 min, 6 sur 6 dans le délai (100 %)',
    'la moitié en moins de 6 h 25 min, neuf sur dix en moins de 28 h, 4 sur 5 dans le délai (80 %)',
    'La période d’avant : 61 mentions, 12 négatives, 8 nouveaux tickets et 7 réponses.',
    '2 tickets encore ouverts, 1 clos sans réponse et 4 mentions sans verdict sûr',
    '4 nouveaux, 3 avec réponse, en 5 h 10 min pour la moitié',
    '1 nouveau, 0 avec réponse.',
    '7 mentions, dont 1 négative.',
    'Commande jamais arrivée',
  ])('say %j', (words) => {
    for (const part of parts(weekly)) expect(part).toContain(words)
  })

  it('say when all was in time, and when nothing was due', () => {
    for (const part of parts(monthly)) expect(part).toContain('All 4 answers left in time')
    const idle = { medianMinutes: null, ninetiethMinutes: null, inTime: 0, due: 0 }
    for (const part of parts({ ...weekly, answered: idle })) {
      expect(part).toContain('Aucune réponse n’était due')
      expect(part).toContain('aucun sur cette période.')
    }
  })
})

it('shows the chart with its figures', () => {
  const mail = reportMail(weekly, now)

  expect(mail.attachments?.[0]).toMatchObject({ contentType: 'image/png' })
  expect(mail.html).toContain(`src="cid:${mail.attachments?.[0]?.contentId}"`)
  expect(mail.text.replaceAll('\u00A0', ' ')).toContain('- mer. 18 : 15, dont 4 négatives.')
})

it('stays below 100 kB and our own, whatever comes', () => {
  const hostile = '"\'<&>'.repeat(2000)
  const mail = reportMail(
    {
      ...weekly,
      company: hostile,
      categories: Array.from({ length: 300 }, () => ({
        title: hostile,
        opened: 1,
        answered: 1,
        medianMinutes: 1,
      })),
      watches: Array.from({ length: 300 }, () => ({ name: hostile, mentions: 1, negative: 1 })),
      columns: Array.from({ length: 300 }, () => ({ localDate: '2026-11-24', mentions: 1, negative: 1 })),
    },
    now,
  )

  expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000)
  expect(foreignParts(mail.html)).toEqual([])
})
