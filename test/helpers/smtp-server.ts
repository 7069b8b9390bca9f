import { createServer, type Socket } from 'node:net'

/** What can go wrong between us and a mail server, one name a point of the conversation. */
export const smtpFaults = [
  'none',
  'refused',
  'no-greeting',
  'close-before-greeting',
  '421-greeting',
  '554-greeting',
  'drop-after-ehlo',
  '535-auth',
  '454-auth',
  'drop-after-mail',
  '452-mail',
  'drop-after-rcpt',
  '450-rcpt',
  '550-rcpt',
  '550-second-mail',
  '450-second-mail',
  '421-data',
  'drop-after-354',
  'drop-mid-body',
  'drop-before-commit',
  '451-after-dot',
  '552-after-dot',
  '554-after-dot',
  'stored-then-drop',
  'stored-then-hang',
  'stored-250-then-drop',
] as const

export type SmtpFault = (typeof smtpFaults)[number]

export interface StoredMail {
  readonly from: string
  readonly to: readonly string[]
  /** As the client sent it, the doubled dots undone. */
  readonly bytes: Buffer
}

export interface FaultServer {
  readonly port: number
  readonly stored: readonly StoredMail[]
  /** Commands as they came, AUTH without its argument. */
  readonly commands: readonly string[]
  readonly connections: number
  /** Changes what happens from the next command on. */
  setFault(fault: SmtpFault): void
  close(): Promise<void>
}

/** A mail server on loopback that fails at exactly one point. */
export async function smtpFaultServer(fault: SmtpFault): Promise<FaultServer> {
  const stored: StoredMail[] = []
  const commands: string[] = []
  const sockets = new Set<Socket>()
  const state = { fault, connections: 0, recipients: 0 }
  const server = createServer((socket) => {
    state.connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    converse(socket)
  })

  function converse(socket: Socket): void {
    let received = Buffer.alloc(0)
    let inData = false
    let from = ''
    let to: string[] = []
    const say = (line: string) => socket.write(`${line}\r\n`)

    if (state.fault === 'no-greeting') return
    if (state.fault === 'close-before-greeting') return void socket.destroy()
    if (state.fault === '421-greeting') return void socket.end('421 4.3.2 try later\r\n')
    if (state.fault === '554-greeting') return void socket.end('554 5.3.2 no service for you\r\n')
    say('220 fault.example ESMTP')
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      while (!socket.destroyed && (inData ? takeBody() : takeLine())) {}
    })

    function takeLine(): boolean {
      const end = received.indexOf('\r\n')
      if (end < 0) return false
      const line = received.subarray(0, end).toString()
      received = received.subarray(end + 2)
      commands.push(line.startsWith('AUTH') ? 'AUTH' : line)
      obey(line)
      return true
    }

    function obey(line: string): void {
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO') {
        if (state.fault === 'drop-after-ehlo') return void socket.destroy()
        say('250-fault.example')
        say('250-SIZE 10000000')
        say('250 AUTH PLAIN')
      } else if (verb === 'AUTH') {
        if (state.fault === '535-auth') say('535 5.7.8 bad credentials')
        else if (state.fault === '454-auth') say('454 4.7.0 try again')
        else say('235 2.7.0 welcome')
      } else if (verb === 'MAIL') {
        if (state.fault === 'drop-after-mail') return void socket.destroy()
        if (state.fault === '452-mail') return void say('452 4.3.1 disk full')
        from = /<([^>]*)>/.exec(line)?.[1] ?? ''
        to = []
        say('250 2.1.0 ok')
      } else if (verb === 'RCPT') {
        if (state.fault === 'drop-after-rcpt') return void socket.destroy()
        state.recipients++
        if (state.fault === '450-rcpt') return void say('450 4.2.0 greylisted')
        if (state.fault === '550-rcpt') return void say('550 5.1.1 no such mailbox')
        if (state.fault === '450-second-mail' && state.recipients === 2)
          return void say('450 4.2.0 greylisted')
        if (state.fault === '550-second-mail' && state.recipients === 2)
          return void say('550 5.1.1 no such mailbox')
        to.push(/<([^>]*)>/.exec(line)?.[1] ?? '')
        say('250 2.1.5 ok')
      } else if (verb === 'DATA') {
        if (state.fault === '421-data') return void socket.end('421 4.4.2 closing\r\n')
        say('354 go on')
        if (state.fault === 'drop-after-354') {
          socket.removeAllListeners('data').resume()
          return void setTimeout(() => socket.destroy(), 5)
        }
        inData = true
      } else if (verb === 'QUIT') {
        socket.end('221 2.0.0 bye\r\n')
      } else {
        say('250 2.0.0 ok')
      }
    }

    function takeBody(): boolean {
      if (state.fault === 'drop-mid-body' && received.length > 100) {
        socket.destroy()
        return false
      }
      const end = received.indexOf('\r\n.\r\n')
      if (end < 0) return false
      const bytes = Buffer.from(
        received
          .subarray(0, end + 2)
          .toString('latin1')
          .replace(/^\.\./gm, '.'),
        'latin1',
      )
      received = received.subarray(end + 5)
      inData = false
      if (state.fault === 'drop-before-commit') socket.destroy()
      else if (state.fault === '451-after-dot') say('451 4.3.0 local trouble')
      else if (state.fault === '552-after-dot') say('552 5.3.4 too big')
      else if (state.fault === '554-after-dot') say('554 5.7.1 looks like spam')
      else {
        stored.push({ from, to, bytes })
        if (state.fault === 'stored-then-drop') socket.destroy()
        else if (state.fault === 'stored-250-then-drop')
          socket.write('250 2.0.0 queued\r\n', () => socket.destroy())
        else if (state.fault !== 'stored-then-hang') say(`250 2.0.0 queued as ${stored.length}`)
      }
      return true
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  if (fault === 'refused') await close()
  return {
    port,
    stored,
    commands,
    get connections() {
      return state.connections
    },
    setFault: (next) => {
      state.fault = next
    },
    close,
  }
}
