import { createHash } from 'node:crypto'
import { SMTPServer } from 'smtp-server'

export interface Received {
  readonly to: string
  readonly messageId: string
  readonly subject: string
  readonly hash: string
  readonly text: string
}

export interface CountingServer {
  readonly url: string
  readonly received: readonly Received[]
  /** Called when a mail is stored, before the server answers. */
  onStored(listener: (() => void) | null): void
  close(): Promise<void>
}

/** A mail server on loopback that stores everything and counts. */
export async function countingSmtp(): Promise<CountingServer> {
  const received: Received[] = []
  let listener: (() => void) | null = null
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const text = bytes.toString('utf8')
        for (const recipient of session.envelope.rcptTo) {
          received.push({
            to: recipient.address,
            messageId: /^message-id: (\S+)/im.exec(text)?.[1] ?? '',
            subject: /^subject: (.*)/im.exec(text)?.[1] ?? '',
            hash: createHash('sha256').update(bytes).digest('hex'),
            text,
          })
        }
        listener?.()
        done()
      })
    },
  })
  // A client that is killed is this server's daily bread.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    onStored: (next) => {
      listener = next
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
