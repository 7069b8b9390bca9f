import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { renderMime, ticketMessageId } from '../../src/notify/mime.ts'
import { maxReplyBytes, type ReplyDeps, readReply } from '../../src/notify/reply.ts'
import { readToken, replyAddress, replyToken, tokensFor } from '../../src/notify/reply-token.ts'

const key = randomBytes(32)
const vigie = 'vigie@lumen.example'
const now = new Date('2026-11-22T09:00:00Z')

const people = new Map(
  [person('anne', 'Anne Dubois'), person('marc', 'Marc Peeters')].map((each) => [each.id, each]),
)
const deps: ReplyDeps = {
  key,
  people,
  ownAddresses: [vigie],
  ownMarks: ['https://vigie.lumen.example'],
  now: () => now,
}

function person(id: string, name: string): Person {
  return {
    id,
    name,
    title: null,
    email: `${id}@lumen.example`,
    role: 'responder',
    language: 'fr',
    timezone: 'Europe/Brussels',
    deputy: null,
    quiet: null,
    away: [],
    alerts: true,
    reports: [],
  }
}

const toTicket = replyAddress(vigie, replyToken(key, 12, 'anne'))
const ourId = ticketMessageId(12, 'anne', 1, 'lumen.example')

function raw(body: string, headers: Record<string, string | null> = {}): Buffer {
  const all: Record<string, string | null> = {
    From: 'Anne Dubois <anne@lumen.example>',
    To: `Vigie <${toTicket}>`,
    Subject: 'Re: [High] Brasserie Lumen (#12)',
    'Message-ID': '<answer-1@mail.example>',
    'In-Reply-To': ourId,
    Date: 'Sun, 22 Nov 2026 10:00:00 +0100',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body.replace(/\n/g, '\r\n')}`)
}

describe('an answer from the person whose token it carries', () => {
  it('gives its commands and its note', async () => {
    const reply = await readReply(raw('J’appelle le client.\n\n#vu\n#confier Marc\n\n-- \nAnne\n'), deps)

    expect(reply).toEqual({
      kind: 'answer',
      ticket: 12,
      person: 'anne',
      commands: [{ kind: 'seen' }, { kind: 'assign', to: 'marc' }],
      problems: [],
      note: 'J’appelle le client.',
      messageId: '<answer-1@mail.example>',
    })
  })

  it('is a note when it holds no command', async () => {
    const reply = await readReply(raw('Vu avec le client, il est content.'), deps)

    expect(reply).toMatchObject({ kind: 'answer', commands: [], note: 'Vu avec le client, il est content.' })
  })

  it('does not act on the commands of the mail it quotes', async () => {
    const quoted = 'On Sun, 22 Nov 2026 at 09:00, Vigie <vigie@lumen.example> wrote:\n\n> #seen\n> #not-us\n'

    const marked = await readReply(raw(`Later.\n\n${quoted}`), deps)
    const unmarked = await readReply(raw(`Later.\n\n${quoted.replaceAll('> ', '')}`), deps)
    const nothingAbove = await readReply(raw(quoted.replaceAll('> ', '')), deps)

    expect(marked).toMatchObject({ commands: [], note: 'Later.' })
    expect(unmarked).toMatchObject({ commands: [], note: 'Later.' })
    expect(nothingAbove).toMatchObject({ commands: [], problems: [{ why: 'unclear-quote' }] })
  })

  it('is read from the page of a mail that has no text', async () => {
    const html =
      '<html><body><div>#vu</div><div><br></div><div>Je l’appelle.</div><hr>' +
      '<div><b>De :</b> Vigie &lt;vigie@lumen.example&gt;<br><b>Envoyé :</b> dimanche 22 novembre 2026 09:00<br>' +
      '<b>À :</b> Anne<br><b>Objet :</b> [Élevé]</div><div>#not-us</div></body></html>'

    const reply = await readReply(raw(html, { 'Content-Type': 'text/html; charset=utf-8' }), deps)

    expect(reply).toMatchObject({ commands: [{ kind: 'seen' }], note: 'Je l’appelle.' })
  })

  it('is read from a page that begins with long styles', async () => {
    const html = `<html><head><style>${'p { margin: 0 }\n'.repeat(8000)}</style></head><body><p>#vu</p></body></html>`

    const reply = await readReply(raw(html, { 'Content-Type': 'text/html; charset=utf-8' }), deps)

    expect(reply).toMatchObject({ commands: [{ kind: 'seen' }] })
  })

  it('is read from a quote that is marked only in the page', async () => {
    const html =
      '<div dir="ltr">#vu</div><br><div class="gmail_quote"><div>Le dim. 22 nov. 2026 à 09:00, Vigie &lt;<a href="mailto:vigie@lumen.example">vigie@lumen.example</a>&gt; a écrit :<br></div><blockquote><div>#not-us</div></blockquote></div>'

    const reply = await readReply(raw(html, { 'Content-Type': 'text/html; charset=utf-8' }), deps)

    expect(reply).toMatchObject({ commands: [{ kind: 'seen' }], note: '' })
  })

  it('is read from the text of a mail that has both, in quoted-printable', async () => {
    const body = [
      '--b1',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '#r=E9pondu https://example.org/tr=',
      'uc',
      '--b1',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>#not-us</p>',
      '--b1--',
      '',
    ].join('\n')

    const reply = await readReply(
      raw(body, { 'Content-Type': 'multipart/alternative; boundary=b1', 'Content-Transfer-Encoding': null }),
      deps,
    )

    expect(reply).toMatchObject({
      commands: [{ kind: 'answered', url: 'https://example.org/truc' }],
      note: '',
    })
  })

  it.each(['Cc', 'Delivered-To', 'X-Original-To', 'Envelope-To'])(
    'may carry the token in %s',
    async (name) => {
      const reply = await readReply(raw('#seen', { To: 'someone@example.org', [name]: toTicket }), deps)

      expect(reply).toMatchObject({ kind: 'answer', ticket: 12 })
    },
  )

  it('counts whatever the case of the address', async () => {
    const reply = await readReply(
      raw('#seen', { To: toTicket.toUpperCase(), From: 'ANNE@Lumen.Example' }),
      deps,
    )

    expect(reply).toMatchObject({ kind: 'answer', ticket: 12, person: 'anne' })
  })

  it('to a digest is a note, and its commands are told to be about no ticket', async () => {
    const To = replyAddress(vigie, replyToken(key, 0, 'anne'))

    expect(await readReply(raw('Merci !', { To }), deps)).toMatchObject({ ticket: null, note: 'Merci !' })
    expect(await readReply(raw('#seen', { To }), deps)).toMatchObject({
      ticket: null,
      commands: [],
      problems: [{ why: 'no-ticket' }],
      note: '#seen',
    })
  })

  it('may ask to unsubscribe', async () => {
    const To = replyAddress(vigie, replyToken(key, 0, 'marc'))

    const reply = await readReply(raw('', { To, From: 'marc@lumen.example', Subject: 'unsubscribe' }), deps)

    expect(reply).toEqual({ kind: 'unsubscribe', person: 'marc' })
  })
})

describe('a mail that must not act', () => {
  const flipped = (text: string) => text.replace(/.(?=@)/, (letter) => (letter === 'a' ? 'b' : 'a'))

  it.each<[string, Record<string, string | null>, string]>([
    ['without a token', { To: vigie }, 'no-token'],
    ['with a token of another domain', { To: toTicket.replace('@lumen', '@evil') }, 'no-token'],
    ['with a damaged token', { To: flipped(toTicket) }, 'bad-token'],
    ['with the token of another ticket', { To: toTicket.replace('+12-', '+13-') }, 'bad-token'],
    ['from a stranger', { From: 'mallory@evil.example' }, 'unknown-sender'],
    ['from a colleague with my token', { From: 'marc@lumen.example' }, 'bad-token'],
    ['from two senders', { From: 'anne@lumen.example, marc@lumen.example' }, 'unknown-sender'],
    ['from no one', { From: null }, 'unknown-sender'],
    ['with my address as a name', { From: '"anne@lumen.example" <mallory@evil.example>' }, 'unknown-sender'],
    ['from our own address', { From: vigie }, 'loop'],
    ['from our own address with a token', { From: toTicket }, 'loop'],
    ['that is one of ours', { 'X-Vigie-Severity': 'high' }, 'loop'],
    ['from a program', { 'Auto-Submitted': 'auto-generated' }, 'automatic'],
    ['in bulk', { Precedence: 'bulk' }, 'automatic'],
    ['without a return path', { 'Return-Path': '<>' }, 'automatic'],
    [
      'that says it was read',
      { 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=x' },
      'automatic',
    ],
  ])('%s', async (_what, headers, why) => {
    expect(await readReply(raw('#seen', headers), deps)).toEqual({ kind: 'ignored', why })
  })

  it('under another key', async () => {
    expect(await readReply(raw('#seen'), { ...deps, key: randomBytes(32) })).toMatchObject({
      why: 'bad-token',
    })
  })

  it('that is empty, or larger than a mebibyte', async () => {
    expect(await readReply(raw('\n> #seen\n'), deps)).toEqual({ kind: 'ignored', why: 'empty' })
    expect(await readReply(Buffer.alloc(maxReplyBytes + 1, 97), deps)).toEqual({
      kind: 'ignored',
      why: 'too-large',
    })
  })

  it('that we sent ourselves', async () => {
    const bytes = await renderMime(
      { subject: 'x', text: '#seen\n', html: '<p>#seen' },
      {
        from: { name: '', address: vigie },
        to: { name: '', address: 'anne@lumen.example' },
        replyTo: toTicket,
        messageId: ourId,
        thread: { inReplyTo: null, references: [] },
        date: now,
        list: { name: 'alerts', unsubscribeUrl: null, unsubscribeMail: null },
        severity: 'high',
        category: null,
        watch: null,
      },
    )

    expect(await readReply(bytes, deps)).toMatchObject({ kind: 'ignored', why: 'loop' })
  })
})

describe('an automatic answer of a person', () => {
  it.each<[string, Record<string, string | null>]>([
    ['RFC 3834', { 'Auto-Submitted': 'auto-replied' }],
    [
      'Exchange',
      {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        Subject: 'Automatic reply: [High]',
      },
    ],
    [
      'Exchange in French',
      {
        'Auto-Submitted': 'auto-generated',
        Subject: '=?utf-8?Q?R=C3=A9ponse_automatique_:_[=C3=89lev=C3=A9]?=',
      },
    ],
    ['an old program', { 'X-Autoreply': 'yes' }],
    ['a program that says nothing', { Subject: 'Out of office: back on Monday' }],
  ])('as %s writes it is an absence', async (_program, headers) => {
    const reply = await readReply(raw('Absente jusqu’au 30.\n#seen', { To: vigie, ...headers }), deps)

    expect(reply).toEqual({
      kind: 'absence',
      person: 'anne',
      ticket: 12,
      text: 'Absente jusqu’au 30.\n#seen',
      messageId: '<answer-1@mail.example>',
    })
  })

  it('of a stranger is ignored', async () => {
    const headers = { From: 'someone@evil.example', 'Auto-Submitted': 'auto-replied' }

    expect(await readReply(raw('Absent', headers), deps)).toMatchObject({ why: 'automatic' })
  })
})

describe('a bounce', () => {
  const report = (status: string, original: string) =>
    [
      '--b',
      'Content-Type: text/plain',
      '',
      'Your message could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      ...status.split('\n'),
      '--b',
      ...original.split('\n'),
      '--b--',
      '',
    ].join('\n')
  const headers = {
    From: 'Mail Delivery System <MAILER-DAEMON@mx.example>',
    To: vigie,
    Subject: 'Undelivered Mail Returned to Sender',
    'Auto-Submitted': 'auto-replied',
    'Return-Path': '<>',
    'In-Reply-To': null,
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    'Content-Transfer-Encoding': null,
  }
  const original = `Content-Type: message/rfc822\n\nFrom: ${vigie}\nMessage-ID: ${ourId}\nSubject: x\n\n#seen`

  it('names the address, the mail and the reason', async () => {
    const status =
      'Final-Recipient: rfc822; Anne@lumen.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n <anne@lumen.example>: no such mailbox'

    expect(await readReply(raw(report(status, original), headers), deps)).toEqual({
      kind: 'bounce',
      originalId: ourId,
      ticket: 12,
      recipient: 'anne@lumen.example',
      isPermanent: true,
      reason: '550 5.1.1 <anne@lumen.example>: no such mailbox',
    })
  })

  it('with the headers alone is understood too', async () => {
    const status = 'Final-Recipient: rfc822; anne@lumen.example\nAction: failed\nStatus: 5.2.2'
    const part = `Content-Type: text/rfc822-headers\n\nFrom: ${vigie}\nMessage-Id: ${ourId}`

    expect(await readReply(raw(report(status, part), headers), deps)).toMatchObject({
      originalId: ourId,
      ticket: 12,
      isPermanent: true,
      reason: '5.2.2',
    })
  })

  it('that only announces a delay is not permanent', async () => {
    const status = 'Final-Recipient: rfc822; anne@lumen.example\nAction: delayed\nStatus: 4.4.1'

    expect(await readReply(raw(report(status, original), headers), deps)).toMatchObject({
      isPermanent: false,
    })
  })

  it('that says it was delivered is none', async () => {
    const status = 'Final-Recipient: rfc822; anne@lumen.example\nAction: delivered\nStatus: 2.0.0'

    expect(await readReply(raw(report(status, original), headers), deps)).toMatchObject({ kind: 'ignored' })
  })

  it('in words only is understood', async () => {
    const body = `This message was created automatically.\n\n  anne@lumen.example\n    550 5.1.1 no such user\n\n------ This is a copy ------\nFrom: ${vigie}\nMessage-ID: ${ourId}\n`
    const plain = { ...headers, 'Content-Type': 'text/plain', 'X-Failed-Recipients': 'anne@lumen.example' }

    for (const variant of [plain, { ...plain, 'X-Failed-Recipients': null }]) {
      expect(await readReply(raw(body, variant), deps)).toMatchObject({
        kind: 'bounce',
        originalId: ourId,
        recipient: 'anne@lumen.example',
        isPermanent: true,
      })
    }
  })
})

describe('a hostile mail', () => {
  const nested = (depth: number) => {
    let body = 'Content-Type: text/plain\n\n#seen\n'
    for (let i = 0; i < depth; i++)
      body = `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n${body}\n--b${i}--\n`
    return Buffer.from(`From: anne@lumen.example\nTo: ${toTicket}\n${body}`)
  }
  const html = { 'Content-Type': 'text/html' }

  it.each<[string, Buffer]>([
    ['deeply nested', nested(500)],
    ['all headers', Buffer.from('X: y\r\n'.repeat(150_000))],
    ['many headers', Buffer.from(`${'X: y\r\n'.repeat(20_000)}\r\n#seen`)],
    [
      'many different headers',
      Buffer.from(`${Array.from({ length: 12_000 }, (_, i) => `X${i}: y\r\n`).join('')}\r\n#seen`),
    ],
    ['one long header', Buffer.from(`Subject: ${'x'.repeat(1_000_000)}`)],
    ['one long address list', raw('#seen', { To: `${'a@b.example, '.repeat(60_000)}${toTicket}` })],
    ['many encoded words', raw('#seen', { Subject: '=?utf-8?Q?=C3=A9?= '.repeat(40_000) })],
    ['many parts', raw('--b\n\nx\n'.repeat(100_000), { 'Content-Type': 'multipart/mixed; boundary=b' })],
    ['nested page', raw('<div>'.repeat(50_000), html)],
    ['page of quotes', raw('<blockquote>'.repeat(20_000), html)],
    ['page of tables', raw('<table><tr><td>'.repeat(15_000), html)],
    ['page of brackets', raw('<'.repeat(290_000), html)],
    ['quotes', raw('>'.repeat(900_000))],
    ['tokens', raw('#seen', { To: `${toTicket.split('@')[0]}`.repeat(10_000) })],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(1_000_000)],
  ])('of %s is read in time, and does not act', async (_kind, bytes) => {
    const started = performance.now()

    const reply = await readReply(bytes, deps)

    expect(performance.now() - started).toBeLessThan(5_000)
    expect(reply.kind === 'answer' ? reply.commands.length : 0).toBeLessThanOrEqual(1)
  })

  it('never throws and never acts, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const reply = await readReply(Buffer.from(bytes), deps)

        expect(reply.kind).toBe('ignored')
      }),
      { numRuns: 200 },
    )
  })
})

describe('a token', () => {
  it('is of 128 bits, survives a change of case, and belongs to one ticket and one person', () => {
    const token = replyToken(key, 12, 'anne')

    expect(token).toMatch(/^12-[a-z2-7]{26}$/)
    expect(readToken(key, token, 'anne')).toBe(12)
    expect(readToken(key, token.toUpperCase(), 'anne')).toBe(12)
    expect(readToken(key, token, 'marc')).toBeNull()
    expect(readToken(key, token.replace('12-', '1-'), 'anne')).toBeNull()
    expect(readToken(randomBytes(32), token, 'anne')).toBeNull()
    for (const bad of ['', '12', '12-', `${token}a`, `-${token}`, '9'.repeat(400)]) {
      expect(readToken(key, bad, 'anne')).toBeNull()
    }
  })

  it('fits the local part of an address', () => {
    const address = replyAddress(vigie, replyToken(key, 999_999_999, 'anne'))

    expect((address.split('@')[0] ?? '').length).toBeLessThanOrEqual(64)
    expect(tokensFor([vigie], [`Vigie <${address}>, other@example.org`])).toEqual([
      replyToken(key, 999_999_999, 'anne'),
    ])
  })

  it('never mistakes one pair for another', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.string(), fc.string(), (a, b, p, q) => {
        const same = a === b && p === q

        expect(readToken(key, replyToken(key, a, p), q) === b).toBe(same || (p === q && a === b))
      }),
    )
  })
})
