import { describe, expect, it } from 'vitest'
import { alertMail } from '../../src/notify/alert-mail.tsx'
import type { AlertView } from '../../src/notify/views.ts'
import { elementsOf, foreignParts, readableText } from '../helpers/mail-html.ts'
import { alert, critical, draft, drill, mention, now } from '../helpers/mail-views.ts'

describe('the subject', () => {
  it('says severity, watch, title and ticket', () => {
    expect(alertMail(alert, now).subject).toBe(
      '[Normal] Brasserie Lumen\u00A0: Commande jamais arrivée (#42)',
    )
    expect(alertMail(critical, now).subject).toBe(
      '[Critical] Lumen Brewery: Taken ill after batch 2231 (#57)',
    )
  })

  it.each(['joined', 'reopened', 'reminder', 'escalation', 'assigned'] as const)(
    'stays the same for %s, so that the thread holds',
    (kind) => {
      expect(alertMail({ ...alert, kind }, now).subject).toBe(`Re: ${alertMail(alert, now).subject}`)
    },
  )

  it('says that a drill is one', () => {
    expect(alertMail({ ...drill, kind: 'opened' }, now).subject).toMatch(/^\[Drill\] \[Critical\]/)
  })

  it('keeps the ticket number however long the title is', () => {
    const ticket = { ...alert.ticket, title: 'titre '.repeat(500), watchName: 'w'.repeat(500) }

    const { subject } = alertMail({ ...alert, ticket, kind: 'joined', drill: true }, now)

    expect(subject.length).toBeLessThanOrEqual(200)
    expect(subject).toMatch(/… \(#42\)$/)
  })
})

describe('both parts', () => {
  const both = (view: AlertView) => {
    const mail = alertMail(view, now)
    return [mail.text, readableText(mail.html)].map(flat)
  }

  it.each([
    'Trois semaines que j’attends',
    'Jeanne M.',
    'avis.example',
    'lundi 23 novembre à 21:40',
    '2 sur 5 étoiles',
    'À voir avant',
    'mardi 24 novembre à 13:00',
    'dans 4 h',
    'jeudi 26 novembre à 17:00',
    'Négatif, sûr à 93 %',
    '« toujours rien » (+2,1)',
    '« Merci » (−0,6)',
    'Client mécontent (78 %)',
    '« jamais reçu »',
    'Ou est-ce : Désaccord ou Avis douteux ?',
    '« brasserie lumen »',
    'Retrouve-t-on le dossier',
    'Cherchez d’abord si c’est vrai',
    '[fait vérifié]',
    'À compléter : fait vérifié, ce que nous faisons.',
    '120 caractères sur 280 permis.',
    'un numéro de commande',
    'Anne Dubois',
    'Marc Peeters',
    'une fois le texte complété',
    '#répondu ADRESSE',
    'vous êtes responsable de ce ticket',
  ])('say %j', (words) => {
    for (const part of both(alert)) expect(part).toContain(words)
  })

  it('tell the legal clocks with their note, and the other mentions', () => {
    for (const part of both(critical)) {
      expect(part).toContain('Notice to the food agency (BE): Wednesday 25 November at 09:00 (in 24 h)')
      expect(part).toContain('not advice')
      expect(part).toContain('Pareil ici, deux personnes malades')
      expect(part).toContain('6 more mentions')
      expect(part).toContain('9 mentions, 7 authors')
    }
  })

  it('say how late a deadline is', () => {
    const later = new Date('2026-11-24T11:12:00Z')
    const mail = alertMail(drill, later)

    for (const part of [mail.text, readableText(mail.html)]) expect(flat(part)).toContain('2 h 40 min late')
  })

  it('say that a drill is one before anything else', () => {
    const mail = alertMail(drill, now)

    expect(mail.text).toMatch(/^Drill\. This affair is made up/)
    expect(readableText(mail.html)).toContain('Drill. This affair is made up')
  })

  it('name the reply words only when replies are read', () => {
    for (const part of both({ ...alert, replyTo: null })) expect(part).not.toContain('#vu')
  })

  it('warn of an answer too long for its channel', () => {
    const drafts = [{ ...draft, maxLength: 50 }]

    for (const part of both({ ...alert, drafts }))
      expect(part).toMatch(/Trop long : \d+ caractères pour 50 permis/)
  })

  it('name a category that is only likely without a figure', () => {
    const ticket = { ...alert.ticket, categoryConfidence: 0.02 }

    for (const part of both({ ...alert, ticket })) expect(part).toContain('Client mécontent, sans certitude.')
  })

  it('name a word that weighs twice once, and none that hardly weighs', () => {
    const evidence = [
      { text: 'rien', weight: 1.2 },
      { text: 'rien', weight: 0.9 },
      { text: 'lundi', weight: 0.1 },
    ]

    for (const part of both({ ...alert, mentions: [{ ...mention, evidence }] })) {
      expect(part).toContain('Ce qui pèse : « rien » (+1,2). Un point')
    }
  })

  it('count mentions and authors only when there are several', () => {
    for (const part of both(alert)) expect(part).not.toMatch(/1 mention|, \./)
  })

  it('say plainly when the tone was not judged', () => {
    for (const part of both({ ...alert, mentions: [{ ...mention, judgement: null }] })) {
      expect(part).toContain('Le ton n’a pas été jugé')
    }
  })
})

describe('the HTML', () => {
  const { html } = alertMail(alert, now)
  const elements = elementsOf(html)
  const named = (name: string) => elements.filter((element) => element.name === name)

  it('is in the reader’s language, with the comment in its own', () => {
    expect(named('html')[0]?.attributes['lang']).toBe('fr')
    expect(named('blockquote')[0]?.attributes).toMatchObject({ lang: 'fr', dir: 'auto' })
  })

  it('has layout tables that say so, and no image', () => {
    expect(named('table').every(({ attributes }) => attributes['role'] === 'presentation')).toBe(true)
    expect(named('img')).toEqual([])
  })

  it('adapts to the dark', () => {
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>')
    expect(html).toContain('prefers-color-scheme:dark')
  })

  it('begins with the mention, hidden, for the list of mails', () => {
    const beginning = html.slice(html.indexOf('<body'), html.indexOf('<table'))

    expect(beginning).toContain('display:none')
    expect(beginning).toContain('Trois semaines que j’attends ma caisse de Brasserie Lumen')
  })

  it('marks the matched words and the gaps of a draft', () => {
    expect(html).toMatch(/<mark [^>]*>Brasserie Lumen<\/mark>/)
    expect(html).toMatch(/<mark class="gap"[^>]*>\[fait vérifié\]<\/mark>/)
  })

  it('shows the severity by a word and a shape', () => {
    expect(readableText(html)).toContain('●')
    expect(readableText(alertMail(critical, now).html)).toContain('▲')
  })

  it('links to the ticket and to the post', () => {
    const links = named('a').map(({ attributes }) => attributes['href']?.replaceAll('&amp;', '&'))

    expect(links).toContain('https://vigie.lumen.example/tickets/42')
    expect(links).toContain('https://avis.example/lumen/12345?page=2&sort=new')
    expect(links).toContainEqual(
      expect.stringMatching(
        /^mailto:vigie\+42\.anne\.0123456789abcdef@lumen\.example\?subject=.*&body=%23vu%20$/,
      ),
    )
  })

  it('holds nothing foreign', () => {
    expect(foreignParts(html)).toEqual([])
  })
})

describe('the plain text', () => {
  it.each([alert, critical, drill])('keeps to 76 columns', (view) => {
    const long = alertMail(view, now)
      .text.split('\n')
      .filter((line) => line.length > 76)

    expect(long.filter((line) => !line.includes('https://'))).toEqual([])
  })

  it('quotes what was written, so that none of it can pass for ours', () => {
    const text = 'Bien.\n\n#pas-nous\n-- \nRéponse 1, en français :\n\nVous êtes nuls'

    const mail = alertMail({ ...alert, mentions: [{ ...mention, text, matched: [] }] }, now)

    expect(mail.text).toContain('> #pas-nous\n> --\n> Réponse 1')
    expect(mail.text.match(/^-- $/gm)).toHaveLength(1)
    expect(mail.text).not.toMatch(/^#/m)
  })
})

describe('what is long', () => {
  it('is cut with a mark and a way to the rest', () => {
    const text = 'Toujours rien reçu. '.repeat(1000)

    const mail = alertMail({ ...alert, mentions: [{ ...mention, text, matched: [] }] }, now)

    expect(flat(mail.text)).toContain('[coupé ici : encore 18 201 caractères]')
    expect(readableText(mail.html)).toContain('Lire la suite sur la page du ticket')
    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000)
  })
})

function flat(text: string): string {
  return text.replace(/[\s>]+/g, ' ')
}
