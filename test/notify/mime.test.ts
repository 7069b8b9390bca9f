import { createHash, createVerify, generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { type ParsedMail, simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import {
  digestMessageId,
  domainOf,
  headerText,
  isAddress,
  type MailEnvelope,
  renderMime,
  ticketMessageId,
  ticketOfMessageId,
  ticketThread,
} from '../../src/notify/mime.ts'
import type { MailText } from '../../src/notify/views.ts'

const envelope: MailEnvelope = {
  from: { name: 'Vigie', address: 'vigie@lumen.example' },
  to: { name: 'Anne Dubois', address: 'anne@lumen.example' },
  replyTo: 'vigie+12-abc@lumen.example',
  messageId: ticketMessageId(12, 'anne', 2, 'lumen.example'),
  thread: ticketThread(12, 'anne', 2, 'lumen.example'),
  date: new Date('2026-11-22T08:00:00Z'),
  list: {
    name: 'alerts',
    unsubscribeUrl: 'https://vigie.lumen.example/unsubscribe?t=1,2',
    unsubscribeMail: 'vigie+u-xyz@lumen.example',
  },
  severity: 'high',
  category: 'dissatisfied-customer',
  watch: 'Brasserie Lumen & Cie',
}

const mail: MailText = {
  subject: 'Élevé · Brasserie Lumen · « Commande jamais reçue »',
  text: `Bonjour Anne,\nFrom here on\n.\n--\nété ${'mot '.repeat(600)}\n`,
  html: `<p>été</p><img src="cid:week"><p>${'x'.repeat(3000)}</p>`,
  attachments: [
    { filename: 'week.png', contentType: 'image/png', content: Buffer.from('picture'), contentId: 'week' },
    { filename: 'en attente.csv', contentType: 'text/csv', content: Buffer.from('a;b\n') },
  ],
}

async function read(bytes: Buffer): Promise<ParsedMail> {
  return simpleParser(bytes, { keepCidLinks: true })
}

function headerLines(bytes: Buffer): string[] {
  const head = bytes.toString('latin1').split('\r\n\r\n')[0] ?? ''
  return head.replace(/\r\n[ \t]/g, ' ').split('\r\n')
}

describe('a rendered mail', () => {
  it('carries every header that threads, filters and unsubscribing need', async () => {
    const lines = headerLines(await renderMime(mail, envelope))

    expect(lines).toEqual(
      expect.arrayContaining([
        'From: Vigie <vigie@lumen.example>',
        'To: Anne Dubois <anne@lumen.example>',
        'Reply-To: vigie+12-abc@lumen.example',
        `Message-ID: ${ticketMessageId(12, 'anne', 2, 'lumen.example')}`,
        `In-Reply-To: ${ticketMessageId(12, 'anne', 1, 'lumen.example')}`,
        `References: ${ticketMessageId(12, 'anne', 1, 'lumen.example')}`,
        'Date: Sun, 22 Nov 2026 08:00:00 +0000',
        'Auto-Submitted: auto-generated',
        'X-Auto-Response-Suppress: All',
        'List-ID: Vigie alerts <alerts.lumen.example>',
        'List-Unsubscribe: <https://vigie.lumen.example/unsubscribe?t=1%2C2>, <mailto:vigie+u-xyz@lumen.example?subject=unsubscribe>',
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        'X-Vigie-Severity: high',
        'X-Vigie-Category: dissatisfied-customer',
        'X-Vigie-Watch: Brasserie Lumen & Cie',
        'MIME-Version: 1.0',
      ]),
    )
  })

  it('offers one click only over https', async () => {
    const list = { ...envelope.list, unsubscribeUrl: 'http://127.0.0.1:8484/unsubscribe?t=1' }

    const lines = headerLines(await renderMime(mail, { ...envelope, list }))

    expect(lines.filter((line) => line.startsWith('List-Unsubscribe'))).toEqual([
      expect.stringMatching(/^List-Unsubscribe: <http:/),
    ])
  })

  it('gives its text, its page and its files back as they were', async () => {
    const parsed = await read(await renderMime(mail, envelope))

    expect(parsed.subject).toBe(mail.subject)
    expect(parsed.text).toBe(mail.text)
    expect(parsed.html).toBe(mail.html)
    expect(
      parsed.attachments.map(({ filename, related, content }) => [filename, related === true, `${content}`]),
    ).toEqual([
      ['week.png', true, 'picture'],
      ['en attente.csv', false, 'a;b\n'],
    ])
  })

  it('nests alternative in mixed and related in alternative', async () => {
    const text = (await renderMime(mail, envelope)).toString('latin1')

    const types = [...text.matchAll(/^Content-Type: ([a-z]+\/[a-z]+)/gim)].map((match) => match[1])
    expect(types).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      'text/csv',
    ])
  })

  it('is the same bytes each time, and its lines end in CRLF and stay short', async () => {
    const once = await renderMime(mail, envelope)
    const again = await renderMime({ ...mail }, { ...envelope })

    expect(again).toEqual(once)
    expect(/[^\r]\n|\r[^\n]/.test(once.toString('latin1'))).toBe(false)
    expect(
      Math.max(
        ...once
          .toString('latin1')
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(200)
  })

  it('leaves out what there is not', async () => {
    const lines = headerLines(
      await renderMime(
        { subject: 'All quiet', text: 'Nothing.', html: '<p>Nothing.' },
        {
          ...envelope,
          replyTo: null,
          thread: ticketThread(12, 'anne', 1, 'lumen.example'),
          list: { name: 'digest', unsubscribeUrl: null, unsubscribeMail: null },
          severity: null,
          category: null,
          watch: null,
        },
      ),
    )

    const names = lines.map((line) => line.split(':')[0])
    for (const name of ['Reply-To', 'In-Reply-To', 'References', 'List-Unsubscribe', 'List-Unsubscribe-Post'])
      expect(names).not.toContain(name)
    expect(names.filter((name) => name?.startsWith('X-Vigie'))).toEqual([])
  })

  it('cannot be cut into other parts by a comment that contains its boundary', async () => {
    const first = (await renderMime(mail, envelope)).toString('latin1')
    const boundary = /boundary="([^"]+)"/.exec(first)?.[1] ?? ''

    const parsed = await read(
      await renderMime(
        { ...mail, text: `--${boundary}\nContent-Type: text/html\n\n<b>evil</b>\n` },
        envelope,
      ),
    )

    expect(parsed.text).toContain('<b>evil</b>')
    expect(parsed.html).toBe(mail.html)
  })
})

const vectors = '/work/shared/reliability/vectors/headers/vigie-generated-header-injection.json'

describe('text that would be a header', () => {
  it.runIf(existsSync(vectors))('stays inside its field, for every vector', async () => {
    const cases: { field: string; value: string }[] = JSON.parse(readFileSync(vectors, 'utf8'))

    for (const { field, value } of cases) {
      const bytes = await renderMime(...withField(field, value)).catch(() => null)
      if (!bytes) continue
      const lines = headerLines(bytes)
      expect(lines.filter((line) => /^(bcc|x-evil|x-a):/i.test(line))).toEqual([])
      const parsed = await read(bytes)
      expect(parsed.to).toMatchObject({ value: [{ address: 'anne@lumen.example' }] })
      expect(parsed.from?.value).toMatchObject([{ address: 'vigie@lumen.example' }])
      expect(parsed.subject ?? '').not.toMatch(/[\r\n]/)
      expect(/[^\r]\n|\r[^\n]/.test(bytes.toString('latin1'))).toBe(false)
    }
  })

  function withField(field: string, value: string): [MailText, MailEnvelope] {
    switch (field) {
      case 'subject':
        return [{ ...mail, subject: value }, envelope]
      case 'body.text':
        return [{ ...mail, text: value }, envelope]
      case 'attachment.filename':
        return [
          { ...mail, attachments: [{ filename: value, contentType: 'text/csv', content: Buffer.from('x') }] },
          envelope,
        ]
      case 'from.name':
        return [mail, { ...envelope, from: { ...envelope.from, name: value } }]
      case 'to.name':
        return [mail, { ...envelope, to: { ...envelope.to, name: value } }]
      case 'to':
        return [mail, { ...envelope, to: { name: '', address: value } }]
      case 'replyTo':
        return [mail, { ...envelope, replyTo: value }]
      case 'messageId':
        return [mail, { ...envelope, messageId: value }]
      case 'inReplyTo':
        return [mail, { ...envelope, thread: { inReplyTo: value, references: [value] } }]
      case 'list.unsubscribe':
        return [mail, { ...envelope, list: { ...envelope.list, unsubscribeUrl: value } }]
      default:
        return [mail, { ...envelope, watch: value, category: value }]
    }
  }

  it.each([
    ['to', { to: { name: '', address: 'b@y.example, evil@x.example' } }],
    ['replyTo', { replyTo: 'b@y.example\r\nBcc: evil@x.example' }],
    ['messageId', { messageId: '<a@b>\r\nBcc: evil@x.example' }],
  ])('is refused as %s', async (_field, change) => {
    await expect(renderMime(mail, { ...envelope, ...change })).rejects.toThrow()
  })

  it.each([
    ['Hi\r\nBcc: evil@x.example', 'Hi Bcc: evil@x.example'],
    ['a\u2028b\u202Ec\0d', 'a b c d'],
    ['=?utf-8?B?SGk=?=', '= ?utf-8?B?SGk= ?='],
    ['half \uD83D', 'half \uFFFD'],
    ['é'.repeat(300), `${'é'.repeat(199)}…`],
  ])('%j reads %j', (text, expected) => {
    expect(headerText(text)).toBe(expected)
  })
})

describe('identity', () => {
  it('is a function of ticket, person, number and folder', () => {
    const id = ticketMessageId(12, 'anne', 1, 'lumen.example')

    expect(ticketMessageId(12, 'anne', 1, 'lumen.example')).toBe(id)
    const others = [
      ticketMessageId(13, 'anne', 1, 'lumen.example'),
      ticketMessageId(12, 'marc', 1, 'lumen.example'),
      ticketMessageId(12, 'anne', 2, 'lumen.example'),
      ticketMessageId(12, 'anne', 1, 'lumen.example', 'another folder'),
      ticketMessageId(12, 'élise', 1, 'lumen.example'),
    ]
    expect(new Set([id, ...others]).size).toBe(6)
    for (const each of [id, ...others]) expect(each).toMatch(/^<[a-z0-9.]+@lumen\.example>$/)
  })

  it('of a digest is a function of kind, date and person', () => {
    const id = digestMessageId('digest', '2026-11-22', 'anne', 'lumen.example')

    expect(id).toMatch(/^<digest\.2026-11-22\.[0-9a-f]{16}@lumen\.example>$/)
    expect(digestMessageId('digest', '2026-11-23', 'anne', 'lumen.example')).not.toBe(id)
    expect(digestMessageId('weekly', '2026-11-22', 'anne', 'lumen.example')).not.toBe(id)
    expect(digestMessageId('Résumé <x>', 'a..b', 'anne', 'lumen.example')).toMatch(
      /^<[a-z0-9-]+(\.[a-z0-9-]+)*@lumen\.example>$/,
    )
  })

  it('leads back to the ticket, for our own only', () => {
    const id = ticketMessageId(12, 'anne', 3, 'lumen.example')

    expect(ticketOfMessageId(id, 'lumen.example')).toBe(12)
    expect(ticketOfMessageId(id.toUpperCase().slice(1, -1), 'lumen.example')).toBe(12)
    expect(ticketOfMessageId(id, 'other.example')).toBeNull()
    expect(ticketOfMessageId('<t12.1@lumen.example>', 'lumen.example')).toBeNull()
    expect(
      ticketOfMessageId(digestMessageId('digest', '2026-11-22', 'a', 'l.example'), 'l.example'),
    ).toBeNull()
  })

  it('makes the first mail the root and lets later ones refer to it', () => {
    expect(ticketThread(12, 'anne', 1, 'lumen.example')).toEqual({ inReplyTo: null, references: [] })
    const root = ticketMessageId(12, 'anne', 1, 'lumen.example')
    expect(ticketThread(12, 'anne', 5, 'lumen.example')).toEqual({ inReplyTo: root, references: [root] })
  })

  it.each([
    ['vigie@lumen.example', 'lumen.example'],
    ['vigie@brûlerie.example', 'xn--brlerie-g2a.example'],
    ['x@', 'localhost.localdomain'],
  ])('takes the domain of %s', (address, domain) => {
    expect(domainOf(address)).toBe(domain)
  })

  it.each(['anne@lumen.example', 'a.b+c@x.example', 'zoé@brûlerie.example'])('%s is an address', (text) => {
    expect(isAddress(text)).toBe(true)
  })

  it.each(['', 'a', 'a@', '@b', 'a@b@c', 'a b@c', 'a@b,c@d', '<a@b>', 'a@b\n', '"a"@b', 'a@-', 'a..b@c'])(
    '%j is none',
    (text) => {
      expect(isAddress(text)).toBe(false)
    },
  )
})

describe('the DKIM signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const dkim = {
    domain: 'lumen.example',
    selector: 'vigie',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }

  it('verifies, covers both unsubscribe headers, and repeats', async () => {
    const signed = await renderMime(mail, envelope, dkim)
    const again = await renderMime(mail, envelope, dkim)

    const { valid, fields } = verify(signed)
    expect(valid).toBe(true)
    expect(fields).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'list-unsubscribe',
        'list-unsubscribe-post',
        'message-id',
      ]),
    )
    expect(again).toEqual(signed)
  })

  it('breaks when a byte of the body or of a signed header changes', async () => {
    const signed = (await renderMime(mail, envelope, dkim)).toString('latin1')

    expect(verify(Buffer.from(signed.replace('Bonjour', 'bonjour'), 'latin1')).valid).toBe(false)
    expect(verify(Buffer.from(signed.replace('=One-Click', '=No-Click'), 'latin1')).valid).toBe(false)
  })

  it('is an error, not a silence, when the key is unusable', async () => {
    const broken = { ...dkim, privateKey: 'not a key' }

    await expect(renderMime(mail, envelope, broken)).rejects.toMatchObject({ code: 'dkim-key' })
  })

  /** RFC 6376 relaxed/relaxed, written from the RFC and not from the library that signs. */
  function verify(bytes: Buffer): { valid: boolean; fields: string[] } {
    const text = bytes.toString('latin1')
    const split = text.indexOf('\r\n\r\n')
    const headers = text.slice(0, split).split(/\r\n(?![ \t])/)
    const body = text
      .slice(split + 4)
      .replace(/[ \t]+/g, ' ')
      .replace(/ \r\n/g, '\r\n')
      .replace(/(?:\r\n)*$/, '\r\n')
    const signature = headers[0] ?? ''
    const tag = (name: string) =>
      (new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(signature)?.[1] ?? '').replace(/\s/g, '')
    const relaxed = (header: string) => {
      const colon = header.indexOf(':')
      const value = header
        .slice(colon + 1)
        .replace(/\r\n/g, '')
        .replace(/[ \t]+/g, ' ')
        .trim()
      return `${header.slice(0, colon).toLowerCase().trim()}:${value}`
    }
    const fields = tag('h').split(':')
    const covered = fields.map((field) =>
      headers.slice(1).find((line) => line.toLowerCase().startsWith(`${field}:`)),
    )
    const own = relaxed(signature.replace(/(;\s*b=)[\s\S]*$/, '$1'))
    const data = `${covered.map((line) => `${relaxed(line ?? '')}\r\n`).join('')}${own}`
    const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64')
    const valid =
      bodyHash === tag('bh') &&
      createVerify('RSA-SHA256').update(data, 'latin1').verify(publicKey, tag('b'), 'base64')
    return { valid, fields }
  }
})
