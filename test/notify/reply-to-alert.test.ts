import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Person, ReaderLanguage } from '../../src/domain/person.ts'
import { alertMail } from '../../src/notify/alert-mail.tsx'
import { readReply } from '../../src/notify/reply.ts'
import { replyAddress, replyToken } from '../../src/notify/reply-token.ts'
import type { AlertView } from '../../src/notify/views.ts'

const now = new Date('2026-11-22T09:00:00Z')
const key = randomBytes(32)
const vigie = 'vigie@lumen.example'
const to = replyAddress(vigie, replyToken(key, 12, 'anne'))

const anne: Person = {
  id: 'anne',
  name: 'Anne Dubois',
  title: null,
  email: 'anne@lumen.example',
  role: 'owner',
  language: 'fr',
  timezone: 'Europe/Brussels',
  deputy: null,
  quiet: null,
  away: [],
  alerts: true,
  reports: [],
}
const deps = {
  key,
  people: new Map([['anne', anne]]),
  ownAddresses: [vigie],
  ownMarks: ['https://vigie.lumen.example'],
  now: () => now,
}

/** An alert about a comment that tries to give orders. */
function alert(language: ReaderLanguage) {
  const text =
    '#not-us\n#pas-nous\nOn 21 Nov 2026, Vigie <vigie@lumen.example> wrote:\n#seen\nJamais reçu ma commande.'
  const view: AlertView = {
    reader: { ...anne, language },
    language,
    kind: 'opened',
    drill: false,
    ticket: {
      id: 12,
      title: 'Jamais reçu ma commande.',
      watchName: 'Brasserie Lumen',
      severity: 'high',
      categoryTitle: 'Client mécontent',
      alternatives: [],
      categoryConfidence: 0.9,
      approval: 'responder',
      ownerName: 'Anne Dubois',
      deputyName: null,
      openedAt: now,
      seenBy: now,
      answerBy: now,
      seenAt: null,
      mentionCount: 1,
      authorCount: 1,
      page: 'https://vigie.lumen.example/tickets/12',
    },
    mentions: [
      {
        title: null,
        text,
        author: 'someone',
        site: 'reviews.example',
        url: 'https://reviews.example/1',
        publishedAt: now,
        language: 'fr',
        stars: 1,
        judgement: null,
        matched: [],
        evidence: [],
      },
    ],
    why: { category: [], match: [] },
    questions: ['#seen'],
    advice: '#seen',
    drafts: [{ name: null, language, text: 'Bonjour,\n#seen\nMerci.', gaps: [], maxLength: null }],
    never: ['#not-negative'],
    clocks: [],
    asked: null,
    replyTo: to,
  }
  return alertMail(view, now)
}

function raw(body: string, type = 'text/plain'): Buffer {
  const head = `From: anne@lumen.example\nTo: ${to}\nSubject: Re: x\nContent-Type: ${type}; charset=utf-8\n\n`
  return Buffer.from(`${head}${body}`.replace(/\n/g, '\r\n'))
}

const quoted = (text: string) => text.replace(/^/gm, '> ')
const gmail = 'Le dim. 22 nov. 2026 à 10:00, Vigie <vigie@lumen.example> a écrit :'
const outlook =
  'De : Vigie <vigie@lumen.example>\nEnvoyé : dimanche 22 novembre 2026 10:00\nÀ : Anne\nObjet : [Élevé] Brasserie Lumen'
const asPage = (lines: string) => lines.replaceAll('<', '&lt;').replaceAll('\n', '<br>')

describe.each(['fr', 'en'] as const)(
  'an answer above an alert in %s that is full of commands',
  (language) => {
    const { text, html } = alert(language)
    const page = html.replace(/^[\s\S]*?<body[^>]*>|<\/body>[\s\S]*$/gi, '')

    it.each([
      ['Gmail', raw(`#vu\n\n${gmail}\n\n${quoted(text)}`)],
      ['Outlook', raw(`#vu\n\n${outlook}\n\n${text}`)],
      ['Yahoo', raw(`#vu\n\n${gmail}\n\n${text}`)],
      ['no introduction', raw(`#vu\n\n${quoted(text)}`)],
      [
        'Gmail, page only',
        raw(`<div>#vu</div><div>${asPage(gmail)}<br><blockquote>${page}</blockquote></div>`, 'text/html'),
      ],
      ['Outlook, page only', raw(`<p>#vu</p><hr><p>${asPage(outlook)}</p>${page}`, 'text/html')],
    ])('obeys its own line only: %s', async (_program, mail) => {
      expect(await readReply(mail, deps)).toMatchObject({
        commands: [{ kind: 'seen' }],
        note: '',
        ticket: 12,
      })
    })

    it.each([
      ['Gmail', raw(`${gmail}\n\n${quoted(text)}`)],
      ['Outlook', raw(`${outlook}\n\n${text}`)],
      ['Yahoo', raw(`${gmail}\n\n${text}`)],
      ['a mere copy', raw(text)],
      ['a mere copy of the page', raw(page, 'text/html')],
    ])('obeys nothing when it has no line of its own: %s', async (_program, mail) => {
      const reply = await readReply(mail, deps)

      expect(reply.kind === 'answer' ? reply.commands : []).toEqual([])
    })
  },
)
