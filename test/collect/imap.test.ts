import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { imapMailReader } from '../../src/collect/imap.ts'
import { secret } from '../../src/config/secret.ts'

const never = new AbortController().signal
const MAILS = new Map([
  [7, 'Message-ID: <7@mail.example>\r\nSubject: Seven\r\n\r\nJamais recu.\r\n'],
  [9, 'Message-ID: <9@mail.example>\r\nSubject: Nine\r\n\r\nToujours rien.\r\n'],
])
const open: (() => void)[] = []

afterEach(() => {
  for (const close of open.splice(0)) close()
})

/** As much of an IMAP server as reading a folder takes; remembers what it was told. */
async function imapServer(password = 'right') {
  const told: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.write('* OK ready\r\n')
    let rest = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) socket.write(replyTo(line, told, password))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = (given: string) =>
    secret(`imap://anne:${given}@127.0.0.1:${(server.address() as AddressInfo).port}`)
  return { told, url }
}

function replyTo(line: string, told: string[], password: string): string {
  const [tag = '', command = '', ...args] = line.split(' ')
  const verb = command === 'UID' ? `UID ${args[0]}` : command
  told.push(line.slice(tag.length + 1))
  const done = (untagged = '') => `${untagged}${tag} OK done\r\n`
  switch (verb.toUpperCase()) {
    case 'CAPABILITY':
      return done('* CAPABILITY IMAP4rev1\r\n')
    case 'LOGIN':
      return line.includes(password) ? done() : `${tag} NO [AUTHENTICATIONFAILED] wrong\r\n`
    case 'LIST':
      return done(line.includes('Alerts') ? '* LIST () "/" "Alerts"\r\n' : '')
    case 'EXAMINE':
      if (!line.includes('Alerts')) return `${tag} NO [NONEXISTENT] no such folder\r\n`
      return done('* 2 EXISTS\r\n* OK [UIDVALIDITY 5] ok\r\n* OK [UIDNEXT 10] ok\r\n* FLAGS (\\Seen)\r\n')
    case 'UID SEARCH':
      // As real servers do: "10:*" holds the last message, 9.
      return done(`* SEARCH ${/UID (8|10):\*/.test(line) ? '9' : '7 9'}\r\n`)
    case 'UID FETCH':
      return done(
        [...MAILS]
          .filter(([uid]) => new RegExp(`\\b${uid}\\b`).test(args[1] ?? ''))
          .map(
            ([uid, text], index) =>
              `* ${index + 1} FETCH (UID ${uid} BODY[]<0> {${text.length}}\r\n${text})\r\n`,
          )
          .join(''),
      )
    default:
      return done()
  }
}

const request = { folder: 'Alerts', last: null, since: new Date('2026-09-01T00:00:00Z'), most: 10 }

describe('imapMailReader', () => {
  it('reads a folder without changing anything', async () => {
    const { told, url } = await imapServer()

    const batch = await imapMailReader({ url: url('right') }).read(request, never)

    expect(batch).toMatchObject({ uidValidity: '5', lastUid: 9, unreadable: 0 })
    expect(batch.mails.map(({ subject, text }) => [subject, text.trim()])).toEqual([
      ['Seven', 'Jamais recu.'],
      ['Nine', 'Toujours rien.'],
    ])
    expect(told.some((line) => /^SELECT|STORE|EXPUNGE|MOVE|COPY/i.test(line))).toBe(false)
    expect(told.filter((line) => /^UID FETCH/.test(line)).every((line) => line.includes('BODY.PEEK'))).toBe(
      true,
    )
  })

  it('goes on after the last message, and knows when there is none', async () => {
    const { url } = await imapServer()
    const reader = imapMailReader({ url: url('right') })

    const after7 = await reader.read({ ...request, last: { uidValidity: '5', uid: 7 } }, never)
    const after9 = await reader.read({ ...request, last: { uidValidity: '5', uid: 9 } }, never)
    const afresh = await reader.read({ ...request, last: { uidValidity: '4', uid: 9 } }, never)

    expect(after7.mails.map(({ subject }) => subject)).toEqual(['Nine'])
    expect(after9).toMatchObject({ mails: [], lastUid: 9 })
    expect(afresh.mails).toHaveLength(2)
  })

  it.each([
    ['a wrong password', 'wrong', 'Alerts', 'unauthorized'],
    ['a folder that is not there', 'right', 'Elsewhere', 'mailbox'],
  ])('says so of %s', async (_what, password, folder, code) => {
    const { url } = await imapServer()

    await expect(
      imapMailReader({ url: url(password) }).read({ ...request, folder }, never),
    ).rejects.toMatchObject({ code })
  })

  it('says so when no server is there', async () => {
    const nowhere = secret('imap://anne:x@127.0.0.1:1')

    await expect(imapMailReader({ url: nowhere }).read(request, never)).rejects.toMatchObject({
      code: 'mailbox',
    })
  })
})
