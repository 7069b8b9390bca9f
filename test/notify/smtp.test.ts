import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { VigieError } from '../../src/domain/errors.ts'
import type { Message } from '../../src/domain/message.ts'
import type { Notifier } from '../../src/notify/notifier.ts'
import { nextAttempt } from '../../src/notify/retry.ts'
import { readSmtpUrl, smtpNotifier, tryMailServer } from '../../src/notify/smtp.ts'
import { type FaultServer, type SmtpFault, smtpFaultServer, smtpFaults } from '../helpers/smtp-server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const minute = 60_000
const start = new Date('2026-11-22T08:00:00Z')
const never = new AbortController().signal

function message(over: Partial<Message> = {}): Message {
  return {
    id: 1,
    kind: 'alert',
    ticket: 12,
    person: 'anne',
    recipient: 'anne@lumen.example',
    messageId: '<t12.1.0000000000000000@lumen.example>',
    subject: 'test',
    bytes: Buffer.from(`Subject: test\r\n\r\n.a line that begins with a dot\r\n${'hello '.repeat(20)}\r\n`),
    state: 'pending',
    createdAt: start,
    attempts: 0,
    nextAttemptAt: start,
    lastCode: null,
    lastReply: null,
    sentAt: null,
    ...over,
  }
}

async function server(fault: SmtpFault): Promise<FaultServer> {
  const started = await smtpFaultServer(fault)
  open.push(started)
  return started
}

function notifierFor({ port }: FaultServer, now: () => Date = () => start): Notifier {
  const notifier = smtpNotifier(
    {
      url: `smtp://vigie:secret-word@127.0.0.1:${port}`,
      from: 'vigie@lumen.example',
      connectTimeoutMs: 300,
      socketTimeoutMs: 400,
    },
    { now },
  )
  open.unshift(notifier)
  return notifier
}

async function failureOf(sending: Promise<unknown>): Promise<VigieError> {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof VigieError)) throw new Error(`expected a VigieError, got ${String(error)}`)
  return error
}

/** What follows a first failure: minutes until the next try, or why there is none. */
function stateAfter(error: VigieError): string {
  const next = nextAttempt({ code: error.code, attempts: 1, createdAt: start, now: start })
  if ('giveUp' in next) return next.giveUp
  return `${next.pausesTransport ? 'pause' : 'again'} ${(next.at.getTime() - start.getTime()) / minute} min`
}

// A lost connection is ECONNECTION, or ESOCKET when the reset overtakes the end; nothing tells them apart for us.
const lost = ['ECONNECTION', 'ESOCKET']

// fault, the code that is stored, mails the server has, what follows
const table: [SmtpFault, string, number, string][] = [
  ['refused', 'ESOCKET', 0, 'again 1 min'],
  ['no-greeting', 'ETIMEDOUT', 0, 'again 1 min'],
  ['close-before-greeting', 'lost', 0, 'again 1 min'],
  ['421-greeting', 'EPROTOCOL-421', 0, 'again 1 min'],
  ['554-greeting', 'EPROTOCOL-554', 0, 'pause 15 min'],
  ['drop-after-ehlo', 'lost', 0, 'again 1 min'],
  ['535-auth', 'EAUTH-535', 0, 'pause 15 min'],
  ['454-auth', 'EAUTH-454', 0, 'again 1 min'],
  ['drop-after-mail', 'lost', 0, 'again 1 min'],
  ['452-mail', 'EENVELOPE-452', 0, 'again 1 min'],
  ['drop-after-rcpt', 'lost', 0, 'again 1 min'],
  ['450-rcpt', 'EENVELOPE-450', 0, 'again 5 min'],
  ['550-rcpt', 'EENVELOPE-550', 0, 'bad-address'],
  ['421-data', 'EENVELOPE-421', 0, 'again 1 min'],
  ['drop-after-354', 'lost', 0, 'again 1 min'],
  ['drop-mid-body', 'lost', 0, 'again 1 min'],
  ['drop-before-commit', 'lost', 0, 'again 1 min'],
  ['451-after-dot', 'EMESSAGE-451', 0, 'again 1 min'],
  ['552-after-dot', 'EMESSAGE-552', 0, 'refused-message'],
  ['554-after-dot', 'EMESSAGE-554', 0, 'refused-message'],
  ['stored-then-drop', 'lost', 1, 'again 1 min'],
  ['stored-then-hang', 'ETIMEDOUT', 1, 'again 1 min'],
]

describe('a mail server that fails', () => {
  it.each(table)('at %s gives %s, leaves %i there, then: %s', async (fault, code, stored, next) => {
    const there = await server(fault)

    const error = await failureOf(notifierFor(there).send(message(), never))

    const seen = code === 'lost' && lost.includes(error.code) ? 'lost' : error.code
    expect({ code: seen, stored: there.stored.length, next: stateAfter(error) }).toEqual({
      code,
      stored,
      next,
    })
  })

  it.each(['none', 'stored-250-then-drop'] as const)('counts as sent at %s', async (fault) => {
    const there = await server(fault)

    const reply = await notifierFor(there).send(message(), never)

    expect(reply).toMatch(/^250 2\.0\.0 queued/)
    expect(there.stored).toHaveLength(1)
  })

  it.each([
    ['550-second-mail', 'EENVELOPE-550', 'bad-address'],
    ['450-second-mail', 'EENVELOPE-450', 'again 5 min'],
  ] as const)('at %s keeps the recipients apart', async (fault, code, next) => {
    const there = await server(fault)
    const notifier = notifierFor(there)

    await notifier.send(message(), never)
    const error = await failureOf(notifier.send(message({ recipient: 'marc@lumen.example' }), never))
    await notifier.send(message({ recipient: 'lea@lumen.example' }), never)

    expect([error.code, stateAfter(error)]).toEqual([code, next])
    expect(there.stored.map((mail) => mail.to)).toEqual([['anne@lumen.example'], ['lea@lumen.example']])
  })

  it('is covered at all twenty-six points', () => {
    const covered = [
      ...table.map(([fault]) => fault),
      'none',
      'stored-250-then-drop',
      '550-second-mail',
      '450-second-mail',
    ]

    expect(new Set(covered)).toEqual(new Set(smtpFaults))
    expect(smtpFaults).toHaveLength(26)
  })

  it('gets the same bytes again after the drop that follows storing', async () => {
    const there = await server('stored-then-drop')
    const notifier = notifierFor(there)

    await failureOf(notifier.send(message(), never))
    there.setFault('none')
    await notifier.send(message({ attempts: 1 }), never)

    expect(there.stored.map((mail) => mail.bytes)).toEqual([message().bytes, message().bytes])
  })

  it('is not asked again for a quarter of an hour once it refused the password', async () => {
    let now = start
    const there = await server('535-auth')
    const notifier = notifierFor(there, () => now)

    for (let i = 0; i < 20; i++) await failureOf(notifier.send(message({ id: i }), never))
    const loginsWhilePaused = there.commands.filter((command) => command === 'AUTH').length
    there.setFault('none')
    now = new Date(start.getTime() + 15 * minute)
    await notifier.send(message(), never)

    expect(loginsWhilePaused).toBe(1)
    expect(there.stored).toHaveLength(1)
  })

  it('never sees its password in our errors', async () => {
    const there = await server('535-auth')

    const error = await failureOf(notifierFor(there).send(message(), never))

    expect(`${error.message} ${error.stack}`).not.toContain('secret-word')
  })
})

describe('sending', () => {
  it('hands over the stored bytes unchanged, from our envelope sender to one recipient', async () => {
    const there = await server('none')

    await notifierFor(there).send(message(), never)

    expect(there.stored).toEqual([
      { from: 'vigie@lumen.example', to: ['anne@lumen.example'], bytes: message().bytes },
    ])
  })

  it('keeps its connection for the mails that follow', async () => {
    const there = await server('none')
    const notifier = notifierFor(there)

    for (let i = 0; i < 10; i++) await notifier.send(message({ id: i }), never)

    expect([there.stored.length, there.connections]).toEqual([10, 1])
  })

  it('stops at once when asked to, and the mail is due again at once', async () => {
    const there = await server('stored-then-hang')
    const stop = new AbortController()
    const notifier = notifierFor(there)
    setTimeout(() => stop.abort(), 100)

    const error = await failureOf(notifier.send(message(), stop.signal))

    expect([error.code, stateAfter(error)]).toEqual(['stopped', 'again 0 min'])
  })

  it.each([
    'b@y.example\r\nBcc: evil@x.example',
    'b@y.example, evil@x.example',
    '"b@y.example"<evil@x.example>',
    'b@y.example>\r\nRCPT TO:<evil@x.example',
  ])('refuses the recipient %j before it reaches the server', async (recipient) => {
    const there = await server('none')

    const error = await failureOf(notifierFor(there).send(message({ recipient }), never))

    expect([error.code, stateAfter(error), there.connections]).toEqual(['bad-address', 'bad-address', 0])
  })

  it('tells doctor whether the server can be used', async () => {
    const good = await server('none')
    const bad = await server('535-auth')
    const settings = ({ port }: FaultServer) => ({
      url: `smtp://vigie:x@127.0.0.1:${port}`,
      from: 'vigie@lumen.example',
    })

    await tryMailServer(settings(good))

    expect((await failureOf(tryMailServer(settings(bad)))).code).toBe('EAUTH-535')
  })
})

describe('encryption', () => {
  /** A server with the certificate that its library brings, which no one signed; tells who was encrypted. */
  async function secureServer(options: SMTPServerOptions): Promise<{ port: number; encrypted: boolean[] }> {
    const encrypted: boolean[] = []
    const there = new SMTPServer({
      authOptional: true,
      ...options,
      onAuth: (_auth, _session, done) => done(null, { user: 'vigie' }),
      onData: (stream, session, done) => {
        encrypted.push(session.secure)
        stream.resume()
        stream.on('end', () => done())
      },
    })
    await new Promise<void>((resolve) => there.listen(0, '127.0.0.1', resolve))
    open.push({ close: () => new Promise<void>((resolve) => there.close(resolve)) })
    const address = there.server.address()
    return { port: typeof address === 'object' && address ? address.port : 0, encrypted }
  }

  it.each<[string, SMTPServerOptions, string, boolean]>([
    ['is taken when offered', {}, 'smtp://127.0.0.1:PORT', true],
    ['is taken with a password', {}, 'smtp://u:p@127.0.0.1:PORT', true],
    ['is taken from the first byte', { secure: true }, 'smtps://127.0.0.1:PORT', true],
    ['is left when not offered', { disabledCommands: ['STARTTLS'] }, 'smtp://127.0.0.1:PORT', false],
    ['is left when told to', {}, 'smtp://127.0.0.1:PORT?tls=never', false],
  ])('%s', async (_what, options, url, expected) => {
    const there = await secureServer(options)
    const notifier = smtpNotifier({
      url: url.replace('PORT', String(there.port)),
      from: 'vigie@lumen.example',
    })
    open.unshift(notifier)

    await notifier.send(message(), never)

    expect(there.encrypted).toEqual([expected])
  })

  it('is missed, and nothing is sent, where it is required and not offered', async () => {
    const there = await secureServer({ disabledCommands: ['STARTTLS'] })
    const url = `smtp://u:p@127.0.0.1:${there.port}?tls=required`
    const notifier = smtpNotifier({ url, from: 'vigie@lumen.example' })
    open.unshift(notifier)

    const error = await failureOf(notifier.send(message(), never))

    expect([error.code, stateAfter(error), there.encrypted]).toEqual(['ETLS-500', 'pause 15 min', []])
  })
})

describe('the address of a mail server', () => {
  it.each([
    ['smtp://mail.example', { port: 587, secure: false, tls: 'offered' }],
    ['smtp://mail.example:25?tls=never', { port: 25, secure: false, tls: 'never' }],
    ['smtps://mail.example', { port: 465, secure: true, tls: 'offered' }],
    ['smtp://u:p@mail.example', { port: 587, secure: false, tls: 'required' }],
    ['smtp://u:p@127.0.0.1:2525', { port: 2525, secure: false, tls: 'offered' }],
    ['smtp://u:p@[::1]:2525', { host: '::1', tls: 'offered' }],
    ['smtp://a%40b.example:p%3A%2F@mail.example', { login: { user: 'a@b.example', pass: 'p:/' } }],
  ])('%s', (url, expected) => {
    expect(readSmtpUrl(url)).toMatchObject(expected)
  })

  it.each(['', 'mail.example', 'http://mail.example', 'smtp://', 'smtp://mail.example?tls=maybe'])(
    '%j is none',
    (url) => {
      expect(readSmtpUrl(url)).toBeNull()
    },
  )
})
