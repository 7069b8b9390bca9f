import { randomBytes } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VigieError } from '../../src/domain/errors.ts'
import type { Message } from '../../src/domain/message.ts'
import type { Person } from '../../src/domain/person.ts'
import { imapMailbox } from '../../src/notify/imap.ts'
import { renderMime, ticketMessageId, ticketThread } from '../../src/notify/mime.ts'
import { type Reply, readReply } from '../../src/notify/reply.ts'
import { replyAddress, replyToken } from '../../src/notify/reply-token.ts'
import { nextAttempt } from '../../src/notify/retry.ts'
import { smtpNotifier, tryMailServer } from '../../src/notify/smtp.ts'
import { type MailServers, startMailServers, whyNoMailServers } from '../helpers/mail-servers.ts'

const isWanted = process.env['VIGIE_SYSTEM'] === '1'
const obstacle = isWanted ? whyNoMailServers() : null
if (obstacle !== null) console.error(`\n!!! NOT TESTED against real mail servers: ${obstacle}\n`)

const vigie = 'vigie@lumen.example'
const never = new AbortController().signal
const now = () => new Date()

async function messageTo(person: string, ticket: number): Promise<Message> {
  const messageId = ticketMessageId(ticket, person, 1, 'lumen.example')
  const subject = `[Élevé] Brasserie Lumen (#${ticket})`
  const bytes = await renderMime(
    { subject, text: `Bonjour,\n.\n..\nFrom here\n${'é '.repeat(300)}\n`, html: '<p>Bonjour' },
    {
      from: { name: 'Vigie', address: vigie },
      to: { name: '', address: `${person}@lumen.example` },
      replyTo: null,
      messageId,
      thread: ticketThread(ticket, person, 1, 'lumen.example'),
      date: now(),
      list: { name: 'alerts', unsubscribeUrl: 'https://vigie.lumen.example/u', unsubscribeMail: vigie },
      severity: 'high',
      category: null,
      watch: null,
    },
  )
  return {
    id: ticket,
    kind: 'alert',
    ticket,
    person,
    recipient: `${person}@lumen.example`,
    messageId,
    subject,
    bytes,
    state: 'pending',
    createdAt: now(),
    attempts: 0,
    nextAttemptAt: null,
    lastCode: null,
    lastReply: null,
    sentAt: null,
  }
}

async function until(isSo: () => boolean, ms: number): Promise<void> {
  for (const started = performance.now(); !isSo() && performance.now() - started < ms; ) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function idOf(mail: Buffer): string {
  return /^Message-ID: (<[^>]+>)/im.exec(mail.toString('latin1'))?.[1] ?? ''
}

function bodyOf(mail: Buffer): string {
  const text = mail.toString('latin1').replace(/\r\n/g, '\n')
  return text.slice(text.indexOf('\n\n')).trimEnd()
}

describe.runIf(isWanted)('against OpenSMTPD and Dovecot', () => {
  let servers: MailServers
  beforeAll(async () => {
    if (obstacle === null) servers = await startMailServers()
  }, 60_000)
  afterAll(async () => {
    if (obstacle === null) await servers.close()
  }, 30_000)

  it.skipIf(obstacle !== null)(
    'delivers a thousand mails once each, with their bodies whole',
    async () => {
      const messages = await Promise.all(Array.from({ length: 1000 }, (_, i) => messageTo('anne', i + 1)))
      const notifier = smtpNotifier({ url: servers.smtpUrl, from: vigie })
      const before = servers.delivered().length
      const started = performance.now()

      for (const message of messages) expect(await notifier.send(message, never)).toMatch(/^250/)
      const tookMs = performance.now() - started
      await until(() => servers.delivered().length >= before + 1000, 60_000)
      await notifier.close()

      const delivered = servers.delivered().slice(before)
      const byId = new Map(delivered.map((mail) => [idOf(mail), bodyOf(mail)]))
      console.info(`1000 mails in ${Math.round(tookMs)} ms, one at a time`)
      expect([delivered.length, byId.size]).toEqual([1000, 1000])
      for (const { messageId, bytes } of messages) expect(byId.get(messageId)).toBe(bodyOf(bytes))
    },
    180_000,
  )

  it.skipIf(obstacle !== null)(
    'loses none when the server is killed while it takes them',
    async () => {
      const messages = await Promise.all(Array.from({ length: 300 }, (_, i) => messageTo('marc', i + 5001)))
      const notifier = smtpNotifier({ url: servers.smtpUrl, from: vigie, connectTimeoutMs: 2_000 })
      let failures = 0
      const kills = (async () => {
        for (let i = 0; i < 3; i++) {
          await new Promise((resolve) => setTimeout(resolve, 300))
          await servers.killSmtp()
        }
      })()

      for (const message of messages) {
        for (let attempts = 1; ; attempts++) {
          const error: unknown = await notifier.send(message, never).then(
            () => null,
            (thrown: unknown) => thrown,
          )
          if (error === null) break
          if (!(error instanceof VigieError)) throw error
          failures++
          expect(nextAttempt({ code: error.code, attempts, createdAt: now(), now: now() })).toHaveProperty(
            'at',
          )
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
      await kills
      // A server killed while it writes a mail also leaves a piece of it, which has no Message-ID of ours.
      const sent = new Set(messages.map(({ messageId }) => messageId))
      const ours = () => servers.delivered().filter((mail) => sent.has(idOf(mail)))
      const ids = () => new Set(ours().map(idOf))
      await until(() => ids().size >= 300, 90_000)
      await notifier.close()

      const delivered = ours()
      const twice = delivered.length - ids().size
      console.info(`3 kills, ${failures} failed attempts, ${twice} delivered twice with the same bytes`)
      expect(ids().size).toBe(300)
      // The server itself, killed while it fills the mailbox, delivers some of its queue again.
      expect(twice).toBeLessThanOrEqual(failures + 60)
      const bodies = new Map(messages.map(({ messageId, bytes }) => [messageId, bodyOf(bytes)]))
      expect(delivered.filter((mail) => bodyOf(mail) !== bodies.get(idOf(mail)))).toEqual([])
    },
    180_000,
  )

  it.skipIf(obstacle !== null)('answers doctor', async () => {
    await tryMailServer({ url: servers.smtpUrl, from: vigie })
  })

  it.skipIf(obstacle !== null)(
    'reads the commands of an answer from a mailbox, as it comes and over a restart',
    async () => {
      const key = randomBytes(32)
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
      const replies: Reply[] = []
      const failures: string[] = []
      let remembered: string | null = null
      const mailbox = imapMailbox(
        { url: servers.imapUrl, pollMs: 2_000 },
        {
          memory: {
            read: async () => remembered,
            write: async (value) => {
              remembered = value
            },
          },
          now,
          onFailure: (error) => failures.push(error.code),
          onMailFailure: (error) => failures.push(String(error)),
          wait: async (_ms, signal) => {
            await new Promise((resolve) => setTimeout(resolve, 300))
            signal.throwIfAborted()
          },
        },
      )
      const deps = {
        key,
        people: new Map([['anne', anne]]),
        ownAddresses: [vigie],
        ownMarks: ['https://vigie.lumen.example'],
        now,
      }
      const stop = new AbortController()
      const watching = mailbox.watch(async (rawMail) => {
        const reply = await readReply(rawMail, deps)
        if (reply.kind !== 'ignored') replies.push(reply)
      }, stop.signal)

      await answer(
        12,
        '#vu\n\nJe l’appelle.\n\nLe dim. 22 nov. 2026 à 09:00, Vigie <vigie@lumen.example> a écrit :\n> #not-us\n',
      )
      await until(() => replies.length === 1, 60_000)
      await servers.restartImap()
      await answer(13, '#reporter 2j\n')
      await until(() => replies.length === 2, 60_000)
      stop.abort()
      await watching
      const again = await mailbox.visit(async () => {
        throw new Error('nothing is new')
      }, never)

      expect(replies).toMatchObject([
        { kind: 'answer', ticket: 12, person: 'anne', commands: [{ kind: 'seen' }], note: 'Je l’appelle.' },
        { kind: 'answer', ticket: 13, commands: [{ kind: 'snooze' }] },
      ])
      expect(again).toBe(0)

      async function answer(ticket: number, text: string): Promise<void> {
        const transport = createTransport(servers.smtpUrl)
        const to = replyAddress(vigie, replyToken(key, ticket, 'anne'))
        await transport.sendMail({ from: 'Anne Dubois <anne@lumen.example>', to, subject: 'Re: x', text })
        transport.close()
      }
    },
    180_000,
  )
})
