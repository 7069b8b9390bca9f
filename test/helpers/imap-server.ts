import { createServer, type Socket } from 'node:net'

export interface ImapMail {
  readonly uid: number
  readonly raw: Buffer
  readonly flags: Set<string>
}

export interface FakeImapServer {
  readonly port: number
  readonly mails: readonly ImapMail[]
  /** Commands as they came, without their tags; LOGIN without its arguments. */
  readonly commands: readonly string[]
  readonly connections: number
  add(raw: string): void
  /** Cuts every open connection. */
  drop(): void
  /** Numbers the mails anew. */
  renumber(): void
  refuseLogin: boolean
  close(): Promise<void>
}

export interface FakeImapOptions {
  readonly idle?: boolean
  readonly keywords?: boolean
}

/** The part of an IMAP server that reading answers and notifications needs, on loopback. */
export async function fakeImapServer({
  idle = true,
  keywords = true,
}: FakeImapOptions = {}): Promise<FakeImapServer> {
  const commands: string[] = []
  const sockets = new Set<Socket>()
  const idling = new Map<Socket, string>()
  const untold = new Set<Socket>()
  let mails: ImapMail[] = []
  let uidNext = 1
  let uidValidity = 1000
  let connections = 0
  const state = { refuseLogin: false }

  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      idling.delete(socket)
      untold.delete(socket)
    })
    let received = ''
    socket.write(`* OK [CAPABILITY IMAP4rev1${idle ? ' IDLE' : ''}] ready\r\n`)
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      for (let end = received.indexOf('\r\n'); end >= 0; end = received.indexOf('\r\n')) {
        const line = received.slice(0, end)
        received = received.slice(end + 2)
        obey(socket, line)
      }
    })
  })

  function obey(socket: Socket, line: string): void {
    const say = (text: string) => socket.write(`${text}\r\n`)
    if (line.toUpperCase() === 'DONE') {
      say(`${idling.get(socket)} OK done`)
      idling.delete(socket)
      return
    }
    const [tag = '', ...rest] = line.split(' ')
    const command = rest.join(' ')
    const verb = command.toUpperCase()
    commands.push(verb.startsWith('LOGIN') ? 'LOGIN' : command)
    if (verb.startsWith('LOGIN') && state.refuseLogin) {
      say(`${tag} NO [AUTHENTICATIONFAILED] no`)
    } else if (verb.startsWith('CAPABILITY')) {
      say(`* CAPABILITY IMAP4rev1${idle ? ' IDLE' : ''}`)
      say(`${tag} OK done`)
    } else if (verb.startsWith('LIST') || verb.startsWith('LSUB')) {
      say('* LIST () "/" "INBOX"')
      say(`${tag} OK done`)
    } else if (verb.startsWith('SELECT') || verb.startsWith('EXAMINE')) {
      say('* FLAGS (\\Seen \\Deleted)')
      say(`* OK [PERMANENTFLAGS (\\Seen \\Deleted${keywords ? ' \\*' : ''})] ok`)
      say(`* ${mails.length} EXISTS`)
      say(`* OK [UIDVALIDITY ${uidValidity}] ok`)
      say(`* OK [UIDNEXT ${uidNext}] ok`)
      say(`${tag} OK [READ-WRITE] done`)
    } else if (verb.startsWith('UID SEARCH')) {
      say(
        `* SEARCH${search(verb)
          .map((uid) => ` ${uid}`)
          .join('')}`,
      )
      say(`${tag} OK done`)
    } else if (verb.startsWith('UID FETCH')) {
      const uid = Number(/^UID FETCH (\d+)/.exec(verb)?.[1])
      const index = mails.findIndex((mail) => mail.uid === uid)
      const mail = mails[index]
      if (mail) {
        const limit = Number(/<0\.(\d+)>/.exec(verb)?.[1] ?? mail.raw.length)
        const part = mail.raw.subarray(0, limit)
        socket.write(`* ${index + 1} FETCH (UID ${uid} BODY[]<0> {${part.length}}\r\n`)
        socket.write(part)
        say(')')
      }
      say(`${tag} OK done`)
    } else if (verb.startsWith('UID STORE')) {
      const match = /^UID STORE (\d+) \+FLAGS\S* \(([^)]*)\)/i.exec(command)
      mails.find((mail) => mail.uid === Number(match?.[1]))?.flags.add(match?.[2] ?? '')
      say(`${tag} OK done`)
    } else if (verb === 'IDLE') {
      idling.set(socket, tag)
      say('+ idling')
      // What came since the last command is told at once, as real servers do.
      if (untold.delete(socket)) say(`* ${mails.length} EXISTS`)
    } else if (verb === 'LOGOUT') {
      say('* BYE')
      say(`${tag} OK done`)
      socket.end()
    } else if (verb.startsWith('LOGIN') || verb === 'NOOP') {
      say(`${tag} OK done`)
    } else {
      say(`${tag} BAD not here`)
    }
  }

  function search(verb: string): number[] {
    const from = Number(/UID (\d+):\*/.exec(verb)?.[1] ?? 0)
    const last = mails.at(-1)
    const unmarked = verb.includes('UNKEYWORD')
    return mails
      .filter((mail) => mail.uid >= from || mail === last)
      .filter((mail) => !unmarked || !mail.flags.has('$VigieRead'))
      .map((mail) => mail.uid)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    get mails() {
      return mails
    },
    commands,
    get connections() {
      return connections
    },
    get refuseLogin() {
      return state.refuseLogin
    },
    set refuseLogin(value: boolean) {
      state.refuseLogin = value
    },
    add(raw) {
      mails.push({ uid: uidNext++, raw: Buffer.from(raw), flags: new Set() })
      for (const socket of sockets) {
        if (idling.has(socket)) socket.write(`* ${mails.length} EXISTS\r\n`)
        else untold.add(socket)
      }
    },
    drop,
    renumber() {
      uidValidity++
      mails = mails.map(({ raw, flags }, i) => ({ uid: i + 1, raw, flags }))
      uidNext = mails.length + 1
      drop()
    },
    close: () =>
      new Promise<void>((resolve) => {
        drop()
        server.close(() => resolve())
      }),
  }
}
