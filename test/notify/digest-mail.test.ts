import { describe, expect, it } from 'vitest'
import { digestMail } from '../../src/notify/digest-mail.tsx'
import type { DigestCrisis, DigestNews } from '../../src/notify/mail-digest-parts.ts'
import type { DigestView } from '../../src/notify/views.ts'
import { elementsOf, foreignParts, readableText } from '../helpers/mail-html.ts'
import { busy, late, now, quiet, ticketRow } from '../helpers/mail-views.ts'

const parts = (view: DigestView) => {
  const mail = digestMail(view, now)
  return [mail.text, readableText(mail.html)].map((text) => text.replace(/\s+/g, ' '))
}

describe('a quiet day', () => {
  it('says so, and that every source answered', () => {
    const mail = digestMail(quiet, now)

    expect(mail.subject).toBe('Brasserie Lumen, mardi 24 novembre\u00A0: tout est calme')
    for (const part of parts(quiet)) {
      expect(part).toContain('Tout est calme')
      expect(part).toContain('Depuis lundi 23 novembre à 08:00 : aucune mention de vous.')
      expect(part).toContain('Vos 3 sources ont toutes répondu.')
    }
  })

  it('is short, without a picture', () => {
    const mail = digestMail(quiet, now)

    expect(mail.attachments).toBeUndefined()
    expect(mail.text.split('\n').length).toBeLessThan(20)
    expect(mail.html).not.toContain('<img')
  })

  it('is not called calm when sources did not answer: it names them', () => {
    const sources = quiet.sources.map((source, index) =>
      index === 1 ? { ...source, health: 'failing' as const, problem: 'timeout' } : source,
    )

    expect(digestMail({ ...quiet, sources }, now).subject).toContain('mais 1 source n’a pas répondu')
    for (const part of parts({ ...quiet, sources })) {
      expect(part).not.toContain('Tout est calme')
      expect(part).toContain('lumen:hacker-news : ne répond pas. Timeout. Dernière réponse')
    }
  })

  it('tells a silent source although it answers', () => {
    const sources = quiet.sources.map((source) => ({ ...source, health: 'silent' as const }))

    for (const part of parts({ ...quiet, sources })) {
      expect(part).toContain('se tait plus longtemps que d’habitude')
      expect(part).toContain('Dernière publication : lundi 23 novembre')
    }
  })

  it('does not trust silence when nothing is listened to', () => {
    for (const part of parts({ ...quiet, sources: [] })) expect(part).toContain('Aucune source n’est réglée')
  })

  it('speaks English to who reads it', () => {
    const mail = digestMail({ ...quiet, reader: late.reader, language: 'en' }, now)

    expect(mail.subject).toBe('Brasserie Lumen, Tuesday 24 November: all is quiet')
    expect(mail.text.replace(/\s+/g, ' ')).toContain('All 3 of your sources answered.')
  })
})

describe('a busy day', () => {
  it('says first how many wait and how many are overdue', () => {
    expect(digestMail(busy, now).subject).toMatch(/4 tickets attendent, dont 1 en retard$/)
  })

  it.each([
    '1 234',
    'Malade après le lot 2231',
    'en retard depuis',
    'Un article annonce la vente',
    'responsable : Marc Peeters',
    '9 mentions',
    'Une modification de vos fichiers a été refusée',
    'feeds/lumen.yaml:4:8',
    'nouvel essai en cours (mailbox-full)',
    'Notification à l’agence alimentaire : mercredi 25 novembre à 09:00 (ticket 40)',
    'pas un conseil juridique',
    'Lumen, ou l’art de faire attendre',
    'peut-être un homonyme',
    'Et 4 de plus',
    'Servi froid, et sans un mot',
    '31 mentions jointes',
    'rss : ne répond pas',
    '3 sources vont bien.',
  ])('says %j in both parts', (words) => {
    for (const part of parts(busy)) expect(part.replaceAll('\u202F', ' ')).toContain(words)
  })

  it('says how late it is when it catches up', () => {
    for (const part of parts(late)) expect(part).toContain('This digest leaves 3 h 10 min late')
  })

  it('keeps its text to 76 columns, addresses apart', () => {
    const long = digestMail(busy, now)
      .text.split('\n')
      .filter((line) => line.length > 76)

    expect(long.filter((line) => !line.includes('https://'))).toEqual([])
  })
})

describe('the chart', () => {
  const mail = digestMail(busy, now)
  const picture = mail.attachments?.[0]

  it('stands inside as a PNG that the HTML refers to', () => {
    const images = elementsOf(mail.html).filter(({ name }) => name === 'img')

    expect(picture).toMatchObject({ contentType: 'image/png' })
    expect(picture?.content.subarray(1, 4).toString()).toBe('PNG')
    expect(images.map(({ attributes }) => attributes['src'])).toEqual([`cid:${picture?.contentId}`])
  })

  it('says its figures in its alternative text, beneath it and in the plain text', () => {
    const alt = elementsOf(mail.html)
      .find(({ name }) => name === 'img')
      ?.attributes['alt']?.replaceAll('\u00A0', ' ')

    expect(alt).toContain('ven. 20 : 137, dont 16 négatives')
    expect(mail.text.replaceAll('\u00A0', ' ')).toContain('- ven. 20 : 137, dont 16 négatives.')
    expect(readableText(mail.html)).toMatch(/137/)
  })
})

describe('more than fifty tickets', () => {
  const waiting = Array.from({ length: 73 }, (_, index) => ({
    ...ticketRow,
    id: index + 1,
    title: index === 72 ? "=cmd|'/C calc'!A0" : `Ticket numéro ${index + 1}`,
  }))
  const view = { ...busy, waiting, waitingTotal: 75 }
  const mail = digestMail(view, now)
  const file = mail.attachments?.find(({ contentType }) => contentType.startsWith('text/csv'))
  const rows = file?.content.toString('utf8').split('\r\n') ?? []

  it('leaves the rest to a file beside the mail', () => {
    expect(file?.filename).toBe('vigie-tickets-2026-11-24.csv')
    expect(rows[0]).toBe(
      '\uFEFF"ticket";"niveau";"état";"titre";"catégorie";"nom suivi";"responsable";"réponse avant";"en retard";"mentions";"page"',
    )
    expect(rows[1]).toContain('"51";"Normal";"nouveau";"Ticket numéro 51"')
    expect(rows).toHaveLength(1 + 23 + 1)
  })

  it('neutralises formulas', () => {
    expect(rows[23]).toContain(`"'=cmd|'/C calc'!A0"`)
  })

  it('says where each of the others is', () => {
    for (const part of parts(view)) {
      expect(part).toContain(
        '23 autres tickets sont dans le fichier joint. Et 2 de plus, sur la page de Vigie.',
      )
    }
  })

  it('separates with commas in English', () => {
    const english = digestMail({ ...view, language: 'en' }, now)
    const content = english.attachments?.find(({ contentType }) =>
      contentType.startsWith('text/csv'),
    )?.content

    expect(content?.toString('utf8')).toContain('"ticket","severity","state"')
  })

  it('stays below 100 kB', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000)
  })
})

describe('whatever comes', () => {
  it('stays below 100 kB, whole and our own', () => {
    const hostile = '"\'<&>'.repeat(2000)
    const url = `https://a.example/?${'&'.repeat(470)}`
    const row = {
      ...ticketRow,
      title: hostile,
      categoryTitle: hostile,
      watchName: hostile,
      ownerName: hostile,
    }
    const view: DigestView = {
      ...busy,
      company: hostile,
      waiting: Array.from({ length: 60 }, () => row),
      waitingTotal: 60,
      answeredTickets: Array.from({ length: 60 }, () => row),
      toRead: Array.from({ length: 50 }, () => ({
        title: hostile,
        site: hostile,
        url,
        reason: 'unsure' as const,
      })),
      toReadTotal: 50,
      sources: Array.from({ length: 500 }, () => ({
        id: hostile,
        health: 'failing' as const,
        lastSuccessAt: now,
        lastEntryAt: now,
        problem: hostile,
      })),
      undelivered: Array.from({ length: 50 }, () => ({
        recipient: hostile,
        subject: hostile,
        code: hostile,
        gaveUp: true,
      })),
      refusedConfig: Array.from({ length: 50 }, () => hostile),
      clocks: Array.from({ length: 50 }, () => ({ title: hostile, at: now, ticket: 1 })),
    }

    const { html } = digestMail(view, now)

    expect(Buffer.byteLength(html)).toBeLessThan(100_000)
    expect(foreignParts(html)).toEqual([])
    expect(html.endsWith('</html>')).toBe(true)
  })
})

describe('a crisis', () => {
  const open: DigestCrisis = {
    watchName: 'Brasserie Lumen',
    openedAt: new Date('2026-11-23T09:00:00Z'),
    closedAt: null,
    closedBy: null,
    closedWhy: '',
    why: ['3 personnes écrivent sur le ticket 5', 'la presse s’en est saisie (ticket 7)'],
    leaderName: 'Anne Dubois',
    deputyName: 'Marc Peeters',
    held: 12,
    page: 'https://vigie.lumen.example/crises/3',
  }
  const closed: DigestCrisis = {
    ...open,
    closedAt: new Date('2026-11-24T06:30:00Z'),
    closedBy: 'Marc Peeters',
    closedWhy: 'rappel terminé <b>partout</b>',
    page: 'https://vigie.lumen.example/crises/2',
  }

  it('that is open stands above everything else: since when, why, who leads, how many alerts it holds', () => {
    const view: DigestNews = { ...busy, crises: [open] }

    expect(digestMail(view, now).subject).toContain('crise ouverte pour Brasserie Lumen, 4 tickets attendent')
    for (const part of parts(view)) {
      expect(part).toContain('Crise ouverte pour Brasserie Lumen depuis lundi 23 novembre à 10:00.')
      expect(part).toContain('3 personnes écrivent sur le ticket 5 et la presse s’en est saisie (ticket 7)')
      expect(part).toContain('Anne Dubois conduit la réponse, Marc Peeters peut remplacer.')
      expect(part).toContain('12 alertes retenues')
      expect(part.indexOf('depuis lundi 23 novembre à 10:00')).toBeLessThan(part.indexOf('Ce qui attend'))
    }
    expect(digestMail(view, now).text).toContain(open.page)
    expect(digestMail(view, now).html).toContain(`href="${open.page}"`)
  })

  it('that closed since the last digest is told with who closed it, why, and the list of what was held', () => {
    const view: DigestNews = { ...quiet, language: 'en', crises: [closed] }

    expect(digestMail(view, now).subject).not.toContain('quiet')
    for (const part of parts(view)) {
      expect(part).toContain('The crisis that was open for Brasserie Lumen is closed since')
      expect(part).toContain('Closed by Marc Peeters: “rappel terminé <b>partout</b>”.')
      expect(part).toContain('12 alerts held: their tickets are in the list.')
    }
    expect(digestMail(view, now).html).not.toContain('<b>partout')
    expect(digestMail(view, now).text).toContain(`See the tickets whose alert was held: ${closed.page}`)
  })

  it('that Vigie closed itself, holding one alert or none, is told in the right number', () => {
    const told = (held: number) =>
      parts({ ...quiet, crises: [{ ...closed, closedBy: null, held }] } as DigestNews)

    for (const part of told(1)) expect(part).toContain('1 alerte retenue : son ticket est dans la liste.')
    for (const part of told(0)) {
      expect(part).toContain('Aucune alerte retenue.')
      expect(part).toContain('Ses signes ont disparu')
    }
  })
})
