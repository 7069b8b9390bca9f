import { describe, expect, it } from 'vitest'
import { parseMail } from '../../src/collect/imap.ts'
import { type Mail, mailEntries } from '../../src/collect/mail-entries.ts'
import type { MailBatch, MailRequest } from '../../src/collect/mail-reader.ts'
import { mailboxSource } from '../../src/collect/mailbox.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const never = new AbortController().signal

const mail = (given: Partial<Mail>): Mail => ({
  messageId: '<1@mail.example>',
  subject: 'New comment',
  from: 'Facebook',
  sentAt: NOW,
  html: null,
  text: '',
  ...given,
})

describe('mailEntries', () => {
  it('makes an entry of each result in a Google alert', () => {
    const link = (target: string, label: string) =>
      `<a href="https://www.google.com/url?rct=j&amp;url=${target}&amp;ct=ga"><span>${label}</span></a>`
    const html =
      `<table><tr><td>${link('https://courrier.example/1', '<b>Lumen</b> : clients furieux')}<div>Le Courrier</div><div>Les clients attendent…</div></td></tr>` +
      `<tr><td>${link('https://www.gazette.example/2?utm_source=x', 'Rien ne va')}<div>La Gazette</div></td></tr>` +
      `${link('https://courrier.example/1', 'Lire la suite')}</table><a href="https://www.google.com/alerts/remove">Unsubscribe</a>`

    const entries = mailEntries(mail({ html }))

    expect(entries).toMatchObject([
      {
        id: 'courrier.example/1',
        url: 'https://courrier.example/1',
        title: 'Lumen : clients furieux',
        text: 'Le Courrier\nLes clients attendent…',
      },
      { id: 'gazette.example/2', title: 'Rien ne va' },
    ])
  })

  it('makes one entry of any other notification, with its first link that does something', () => {
    const html =
      '<p><a href="https://facebook.example/unsubscribe">Unsubscribe</a></p><p>Client B: <b>jamais</b> reçu</p><a href="https://facebook.example/c/2">See</a>'

    expect(mailEntries(mail({ html }))).toEqual([
      {
        id: '<1@mail.example>',
        url: 'https://facebook.example/c/2',
        title: 'New comment',
        text: 'Unsubscribe\nClient B: jamais reçu\nSee',
        author: 'Facebook',
        publishedAt: NOW,
        language: null,
        engagement: null,
        stars: null,
      },
    ])
    expect(mailEntries(mail({ messageId: null, text: ' plain ' }))).toMatchObject([
      { text: 'plain', id: expect.stringMatching(/^sha256:/) },
    ])
  })
})

describe('parseMail', () => {
  it('decodes what mail programs write', async () => {
    const source = [
      'From: =?utf-8?q?Client_B=C3=A9?= <client@example.org>',
      'Subject: =?iso-8859-1?q?D=E9=E7u?=',
      'Message-ID: <7@mail.example>',
      'Date: Tue, 01 Sep 2026 07:00:00 +0200',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Jamais re=E7u.',
    ].join('\r\n')

    expect(await parseMail(Buffer.from(source))).toEqual({
      messageId: '<7@mail.example>',
      subject: 'Déçu',
      from: 'Client Bé',
      sentAt: new Date('2026-09-01T05:00:00Z'),
      html: null,
      text: 'Jamais reçu.',
    })
  })
})

describe('mailboxSource', () => {
  it('goes on after the last message it saw, and says when there was none', async () => {
    const requests: MailRequest[] = []
    const batches: MailBatch[] = [
      { uidValidity: '9', mails: [mail({})], lastUid: 41, unreadable: 1 },
      { uidValidity: '9', mails: [], lastUid: 41, unreadable: 0 },
    ]
    const reader = {
      read: async (request: MailRequest) => {
        requests.push(request)
        return batches[requests.length - 1] ?? { uidValidity: '', mails: [], lastUid: 0, unreadable: 0 }
      },
    }
    const source = mailboxSource({ id: 'lumen:mailbox', folder: 'Alerts' }, { reader, now: () => NOW })

    const first = await source.poll(null, never)
    const second = await source.poll(first.cursor, never)

    expect(requests[0]).toMatchObject({
      folder: 'Alerts',
      last: null,
      since: new Date('2026-11-15T10:00:00Z'),
    })
    expect(requests[1]?.last).toEqual({ uidValidity: '9', uid: 41 })
    expect(first).toMatchObject({ status: 'fetched', skipped: 1 })
    expect(second.status).toBe('unchanged')
  })
})
