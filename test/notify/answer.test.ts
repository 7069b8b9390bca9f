import { describe, expect, it } from 'vitest'
import { dayMs } from '../../src/domain/duration.ts'
import { type AnswerDeps, handleAnswer } from '../../src/notify/answer.ts'
import type { Reply } from '../../src/notify/reply.ts'
import { replyAddress, replyToken } from '../../src/notify/reply-token.ts'
import { openStore } from '../../src/store/open-store.ts'
import { desk } from '../../src/triage/desk.ts'
import { configOf, folderWith, smallFolder } from '../helpers/folder.ts'
import { openTicketIn } from '../helpers/tickets.ts'

const now = new Date('2026-11-18T09:00:00Z')
const key = Buffer.alloc(32, 7)
const people = `
  ada: { name: Ada Example, email: ada@shop.example, role: owner }
  bob: { name: Bob Example, email: bob@shop.example, role: responder, language: fr }
  eve: { name: Eve Example, email: eve@shop.example, role: reader }
`

async function office() {
  const yaml = smallFolder['vigie.yaml'].replace(/ {2}ada:.*\n/, people)
  const config = configOf(folderWith({ ...smallFolder, 'vigie.yaml': yaml }))
  const store = openStore(config)
  const taught: string[] = []
  const read: Reply[] = []
  const deps: AnswerDeps = {
    store,
    desk: desk(config, {
      store,
      now: () => now,
      languageOf: () => 'en',
      onCorrection: ({ kind }) => taught.push(kind),
    }),
    folderId: 'test',
    key,
    now: () => now,
    onRead: (reply) => read.push(reply),
  }
  const { id } = await openTicketIn(store, config, now, 'order-1')
  return {
    store,
    config,
    deps,
    id,
    taught,
    read,
    answer: (body: string, mail: Mail = {}) => handleAnswer(rawMail(id, body, mail), config, deps),
    ticket: () => store.ticket(id),
    /** What the confirmations say, the latest last. */
    confirmations: async () => {
      const found = (await store.messages(null, 100)).filter(({ kind }) => kind === 'confirmation').reverse()
      const mails = await Promise.all(found.map(({ id: message }) => store.message(message)))
      return mails.map((mail) => ({ to: mail?.recipient, text: plain(mail?.bytes ?? Buffer.alloc(0)) }))
    },
  }
}

interface Mail {
  readonly from?: string
  /** Whose token it carries. */
  readonly token?: string
  readonly messageId?: string
  readonly headers?: readonly string[]
}

function rawMail(ticket: number, body: string, mail: Mail): Buffer {
  const from = mail.from ?? 'ada@shop.example'
  const person = mail.token ?? from.split('@')[0] ?? ''
  const to = replyAddress('vigie@shop.example', replyToken(key, ticket, person))
  const lines = [
    `From: Someone <${from}>`,
    `To: Vigie <${to}>`,
    'Subject: Re: [Normal] Shop',
    `Message-ID: <${mail.messageId ?? 'one@mail.example'}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    ...(mail.headers ?? []),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body.replace(/\n/g, '\r\n')}\r\n`)
}

/** The plain part of a mail of ours, its quoted-printable undone. */
function plain(bytes: Buffer): string {
  const text = bytes.toString('latin1').replace(/=\r?\n/g, '')
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString()
}

describe('a word alone on a line', () => {
  it.each([
    ['#seen', { state: 'seen', seenAt: now }, 'marked as seen'],
    ['#vu', { state: 'seen', seenAt: now }, 'marked as seen'],
    [
      '#answered https://example.org/our-answer',
      { state: 'answered', answeredAt: now, answerUrl: 'https://example.org/our-answer' },
      'https://example.org/our-answer',
    ],
    ['#répondu', { state: 'answered', answeredAt: now }, 'marked as answered'],
    ['#no-answer a joke', { state: 'dismissed', dismissReason: 'no-answer' }, 'closed without an answer'],
    ['#not-us', { state: 'dismissed', dismissReason: 'not-us' }, 'not about us'],
    ['#pas-nous', { state: 'dismissed', dismissReason: 'not-us' }, 'not about us'],
    ['#not-negative', { state: 'dismissed', dismissReason: 'not-negative' }, 'not negative'],
    ['#assign Bob', { state: 'new', owner: 'bob' }, 'belongs to Bob Example'],
    ['#snooze 2d', { state: 'snoozed', againAt: new Date(now.getTime() + 2 * dayMs) }, 'comes back'],
  ])('%s does what it says, and one confirmation tells so', async (word, expected, said) => {
    const { answer, ticket, confirmations, store } = await office()

    await answer(`${word}\n\n> Vigie wrote:\n> #not-us\n`)

    expect(await ticket()).toMatchObject(expected)
    const told = await confirmations()
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ to: 'ada@shop.example', text: expect.stringContaining(said) })
    await store.close()
  })

  it('keeps who did it, and why', async () => {
    const { answer, id, store } = await office()

    await answer('#no-answer a joke between friends', { from: 'bob@shop.example' })

    const dismissed = (await store.ticketEvents(id)).find(({ what }) => what === 'dismissed')
    expect(dismissed).toMatchObject({ who: 'bob', at: now, detail: { words: 'a joke between friends' } })
    await store.close()
  })

  it('that is about the judgement teaches it', async () => {
    const { answer, taught, store } = await office()

    await answer('#not-negative')

    expect(taught).toEqual(['not-negative'])
    expect(await store.corrections('shop')).toHaveLength(1)
    await store.close()
  })

  it('is confirmed in the language of who wrote it', async () => {
    const { answer, confirmations, store } = await office()

    await answer('#vu', { from: 'bob@shop.example' })

    expect((await confirmations())[0]?.text).toContain('marqué comme vu')
    await store.close()
  })
})

describe('what cannot be done', () => {
  it.each([
    ['a word that is none', '#saen', 'this word is no command'],
    ['a person who is none', '#assign Zoe', 'this person is not in vigie.yaml'],
    ['a time that is none', '#snooze soon', '#snooze soon'],
  ])('%s changes nothing, is kept as a note and told why', async (_, line, said) => {
    const { answer, ticket, confirmations, store, id } = await office()

    await answer(line)

    expect(await ticket()).toMatchObject({ state: 'new', owner: 'ada' })
    expect((await confirmations())[0]?.text).toContain(said)
    expect((await store.ticketEvents(id)).map(({ what }) => what)).toContain('note')
    await store.close()
  })

  it('by someone who may only read, is told so', async () => {
    const { answer, ticket, confirmations, store } = await office()

    await answer('#seen', { from: 'eve@shop.example' })

    expect((await ticket())?.state).toBe('new')
    expect((await confirmations())[0]).toMatchObject({
      to: 'eve@shop.example',
      text: expect.stringContaining('may read, not work on tickets'),
    })
    await store.close()
  })

  it('on a ticket that is gone, is told too', async () => {
    const { config, deps, confirmations, store } = await office()

    await handleAnswer(rawMail(99, '#seen', {}), config, deps)

    expect((await confirmations())[0]?.text).toContain('there is no ticket 99')
    await store.close()
  })
})

describe('any other text', () => {
  it('becomes a note beside the ticket', async () => {
    const { answer, id, store, ticket } = await office()

    await answer('I rang her, she is happy now.')

    const events = await store.ticketEvents(id)
    expect(events.find(({ what }) => what === 'note')?.detail).toEqual({
      text: 'I rang her, she is happy now.',
    })
    expect((await ticket())?.state).toBe('new')
    await store.close()
  })
})

describe('nothing is done, and nobody answered,', () => {
  it.each<[string, Mail]>([
    ['for a sender nobody knows', { from: 'mallory@evil.example', token: 'ada' }],
    ['for one person with the token of another', { from: 'bob@shop.example', token: 'ada' }],
    ['for a token that was never given', { token: 'zoe' }],
    ['for an automatic mail', { headers: ['Auto-Submitted: auto-generated'], from: 'robot@shop.example' }],
    ['for our own mail come back', { from: 'vigie@shop.example', token: 'ada' }],
  ])('%s', async (_, mail) => {
    const { answer, ticket, store, read, id } = await office()
    const before = await store.ticketEvents(id)

    await answer('#not-us', mail)

    expect(read).toMatchObject([{ kind: 'ignored' }])
    expect((await ticket())?.state).toBe('new')
    expect(await store.ticketEvents(id)).toEqual(before)
    expect(await store.messages(null, 10)).toEqual([])
    await store.close()
  })

  it('when someone is out of office: the absence is noted, the ticket stays', async () => {
    const { answer, ticket, store } = await office()

    await answer('I am away until Monday.\n#not-us', { headers: ['Auto-Submitted: auto-replied'] })

    expect((await ticket())?.state).toBe('new')
    expect(Object.fromEntries(await store.personSettings('ada'))).toMatchObject({ 'away-from': '2026-11-18' })
    expect(await store.messages(null, 10)).toEqual([])
    await store.close()
  })
})

describe('the same mail', () => {
  it('handed over twice acts once and is confirmed once', async () => {
    const { answer, store, id, confirmations } = await office()

    await answer('#seen\nI call her.')
    const once = await store.ticketEvents(id)
    await answer('#seen\nI call her.')

    expect(await store.ticketEvents(id)).toEqual(once)
    expect(await confirmations()).toHaveLength(1)
    await store.close()
  })

  it('is read again when a fault of ours came in between', async () => {
    const { config, deps, ticket, store, id } = await office()
    const mail = rawMail(id, '#seen', {})
    const broken = {
      ...deps,
      desk: {
        ...deps.desk,
        act: async () => {
          throw new Error('disk full')
        },
      },
    }

    await expect(handleAnswer(mail, config, broken)).rejects.toThrow('disk full')
    await handleAnswer(mail, config, deps)

    expect((await ticket())?.state).toBe('seen')
    await store.close()
  })

  it('is another when it has another Message-ID', async () => {
    const { answer, ticket, store } = await office()

    await answer('#seen', { messageId: 'one@mail.example' })
    await answer('#snooze 1d', { messageId: 'two@mail.example' })

    expect((await ticket())?.state).toBe('snoozed')
    await store.close()
  })
})

describe('one click on unsubscribe', () => {
  it('moves alerts to the digest and says so', async () => {
    const { config, deps, store, confirmations } = await office()
    const mail = Buffer.from(
      rawMail(0, '', {})
        .toString()
        .replace(/Subject: .*/, 'Subject: unsubscribe'),
    )

    await handleAnswer(mail, config, deps)

    expect((await store.personSettings('ada')).get('alerts')).toBe('digest')
    expect((await confirmations())[0]?.text).toContain('daily digest')
    await store.close()
  })
})

describe('unsubscribing again and again', () => {
  it('is confirmed once a day, and holds each time', async () => {
    const { config, deps, store, confirmations } = await office()
    const mail = Buffer.from(
      rawMail(0, '', {})
        .toString()
        .replace(/Subject: .*/, 'Subject: unsubscribe'),
    )
    const on = (days: number) => ({ ...deps, now: () => new Date(now.getTime() + days * dayMs) })

    for (const days of [0, 0, 0.05]) await handleAnswer(mail, config, on(days))
    await store.setPersonSetting('ada', 'alerts', 'all', now)
    await handleAnswer(mail, config, on(0.05))

    expect((await store.personSettings('ada')).get('alerts')).toBe('digest')
    expect(await confirmations()).toHaveLength(1)
    await handleAnswer(mail, config, on(1.05))
    expect(await confirmations()).toHaveLength(2)
    await store.close()
  })
})

describe('an answer to a drill', () => {
  it('moves the drill and teaches nothing', async () => {
    const { config, deps, store, taught } = await office()
    const real = await openTicketIn(store, config, now, 'drill-1')
    const drill = { ...real, id: real.id, drill: true }
    const rehearsed = { ...store, ticket: async (id: number) => (id === drill.id ? drill : store.ticket(id)) }
    const work = desk(config, {
      store: rehearsed,
      now: () => now,
      languageOf: () => 'en',
      onCorrection: ({ kind }) => taught.push(kind),
    })

    await handleAnswer(rawMail(drill.id, '#not-negative', {}), config, {
      ...deps,
      store: rehearsed,
      desk: work,
    })

    expect((await store.ticket(drill.id))?.state).toBe('dismissed')
    expect(taught).toEqual([])
    expect(await store.corrections(null)).toEqual([])
    await store.close()
  })
})
