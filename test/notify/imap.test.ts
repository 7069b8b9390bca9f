import { afterEach, describe, expect, it } from 'vitest'
import { type ImapDeps, imapMailbox, type ReplyMailbox } from '../../src/notify/imap.ts'
import { type FakeImapOptions, type FakeImapServer, fakeImapServer } from '../helpers/imap-server.ts'

const open: FakeImapServer[] = []
const stops: AbortController[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) stop.abort()
  for (const server of open.splice(0)) await server.close()
})

interface Setup {
  readonly server: FakeImapServer
  readonly mailbox: ReplyMailbox
  readonly seen: string[]
  readonly failures: string[]
  readonly waits: number[]
  readonly memory: { value: string | null }
  readonly handle: (rawMail: Buffer) => Promise<void>
  /** Starts watching; stopped at the end of the test. */
  watch(): Promise<void>
  until(isSo: () => boolean): Promise<void>
}

async function setup(
  options: FakeImapOptions & { pollMs?: number; failOn?: string; retries?: number } = {},
): Promise<Setup> {
  const server = await fakeImapServer(options)
  open.push(server)
  const seen: string[] = []
  const failures: string[] = []
  const waits: number[] = []
  const memory = { value: null as string | null }
  let toFail = options.retries ?? 2
  const deps: ImapDeps = {
    memory: {
      read: async () => memory.value,
      write: async (value) => {
        memory.value = value
      },
    },
    now: () => new Date('2026-11-22T09:00:00Z'),
    onFailure: (error, waitMs) => {
      failures.push(error.code)
      waits.push(waitMs)
    },
    onMailFailure: (error, isLast) =>
      failures.push(`${(error as Error).message}${isLast ? ', the last time' : ''}`),
    wait: async (_ms, signal) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      signal.throwIfAborted()
    },
  }
  const url = `imap://vigie:secret-word@127.0.0.1:${server.port}`
  const mailbox = imapMailbox({ url, pollMs: options.pollMs ?? 60_000 }, deps)
  const handle = async (rawMail: Buffer) => {
    const text = rawMail.toString()
    if (text === options.failOn && toFail-- > 0) throw new Error('no room')
    seen.push(text)
  }
  return {
    server,
    mailbox,
    seen,
    failures,
    waits,
    memory,
    handle,
    watch: () => {
      const stop = new AbortController()
      stops.push(stop)
      return mailbox.watch(handle, stop.signal)
    },
    until: async (isSo) => {
      for (const started = performance.now(); !isSo(); ) {
        if (performance.now() - started > 5_000) throw new Error('waited five seconds')
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
  }
}

const never = new AbortController().signal

describe('a visit', () => {
  it('hands over each mail once, in order', async () => {
    const { server, mailbox, seen, handle } = await setup()
    server.add('one')
    server.add('two')

    const first = await mailbox.visit(handle, never)
    server.add('three')
    const second = await mailbox.visit(handle, never)
    const third = await mailbox.visit(handle, never)

    expect([first, second, third]).toEqual([2, 1, 0])
    expect(seen).toEqual(['one', 'two', 'three'])
  })

  it('deletes nothing, and leaves mails unread for people', async () => {
    const { server, mailbox, handle } = await setup()
    server.add('one')

    await mailbox.visit(handle, never)

    expect(server.mails.map(({ flags }) => [...flags])).toEqual([['$VigieRead']])
    expect(server.commands.filter((command) => /EXPUNGE|Deleted|Seen|MOVE|BODY\[\]/i.test(command))).toEqual(
      [],
    )
    expect(server.commands.some((command) => command.includes('BODY.PEEK[]'))).toBe(true)
  })

  it('hands a mail over again when the handler failed, and the others meanwhile', async () => {
    const { server, mailbox, seen, failures, handle } = await setup({ failOn: 'one' })
    server.add('one')
    server.add('two')

    for (let i = 0; i < 4; i++) await mailbox.visit(handle, never)

    expect(seen).toEqual(['two', 'one'])
    expect(failures).toEqual(['no room', 'no room'])
    expect(server.mails.every(({ flags }) => flags.has('$VigieRead'))).toBe(true)
  })

  it('leaves a mail alone after five failures', async () => {
    const { server, mailbox, seen, failures, handle } = await setup({ failOn: 'one', retries: 100 })
    server.add('one')

    for (let i = 0; i < 8; i++) await mailbox.visit(handle, never)
    server.add('two')
    await mailbox.visit(handle, never)

    expect(seen).toEqual(['two'])
    expect(failures).toEqual([...Array(4).fill('no room'), 'no room, the last time'])
  })

  it('does not act twice when the database was put back from a copy', async () => {
    const { server, mailbox, seen, memory, handle } = await setup()
    server.add('one')
    await mailbox.visit(handle, never)

    memory.value = null
    await mailbox.visit(handle, never)

    expect(seen).toEqual(['one'])
  })

  it('remembers by itself on a server without keywords', async () => {
    const { server, mailbox, seen, handle } = await setup({ keywords: false })
    server.add('one')

    await mailbox.visit(handle, never)
    server.add('two')
    await mailbox.visit(handle, never)

    expect(seen).toEqual(['one', 'two'])
    expect(server.commands.filter((command) => /STORE|KEYWORD/.test(command))).toEqual([])
  })

  it('goes on where it was when the mails are numbered anew', async () => {
    const { server, mailbox, seen, handle } = await setup()
    for (const raw of ['one', 'two', 'three']) server.add(raw)
    await mailbox.visit(handle, never)

    server.renumber()
    server.add('four')
    await mailbox.visit(handle, never)

    expect(seen).toEqual(['one', 'two', 'three', 'four'])
  })

  it('takes a mebibyte of a larger mail', async () => {
    const { server, mailbox, seen, handle } = await setup()
    server.add('x'.repeat(1024 * 1024 + 5))

    await mailbox.visit(handle, never)

    expect(seen.map((text) => text.length)).toEqual([1024 * 1024])
  })

  it('says what is wrong, without the password', async () => {
    const { server, mailbox, handle } = await setup()
    server.refuseLogin = true

    const error: unknown = await mailbox.visit(handle, never).catch((thrown: unknown) => thrown)

    expect(error).toMatchObject({ name: 'VigieError', code: 'imap-login' })
    expect(String(error)).not.toContain('secret-word')
  })
})

describe('watching', () => {
  it('is told of new mail by the server', async () => {
    const { server, seen, watch, until } = await setup()
    void watch()
    await until(() => server.commands.includes('IDLE'))

    server.add('one')
    await until(() => seen.length === 1)
    server.add('two')
    await until(() => seen.length === 2)

    expect(seen).toEqual(['one', 'two'])
    expect(server.connections).toBe(1)
  })

  it('looks by itself where the server tells nothing', async () => {
    const { server, seen, watch, until } = await setup({ idle: false, pollMs: 20 })
    void watch()
    await until(() => server.commands.some((command) => command.startsWith('UID SEARCH')))

    server.add('one')
    await until(() => seen.length === 1)

    expect(server.commands).not.toContain('IDLE')
  })

  it('comes back after lost connections, waiting longer each time', async () => {
    const { server, seen, waits, watch, until } = await setup()
    void watch()
    await until(() => server.commands.includes('IDLE'))

    server.drop()
    server.add('while away')
    await until(() => seen.length === 1)
    server.refuseLogin = true
    server.drop()
    await until(() => waits.length >= 3)
    server.refuseLogin = false
    server.add('later')
    await until(() => seen.length === 2)

    expect(seen).toEqual(['while away', 'later'])
    expect(waits[0]).toBe(5_000)
    expect(waits).toContain(900_000)
  })

  it('waits up to five minutes while the server is away', async () => {
    const { server, waits, failures, watch, until } = await setup()
    await server.close()
    void watch()

    await until(() => waits.length >= 9)

    expect(waits.slice(0, 9)).toEqual([
      5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000,
    ])
    expect(new Set(failures)).toEqual(new Set(['imap-connection']))
  })

  it('ends when asked to, at once', async () => {
    const { server, mailbox, handle, until } = await setup()
    const stop = new AbortController()
    const watching = mailbox.watch(handle, stop.signal)
    await until(() => server.commands.includes('IDLE'))
    const started = performance.now()

    stop.abort()
    await watching

    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

it('refuses an address that is none', () => {
  const deps = {} as ImapDeps

  expect(() => imapMailbox({ url: 'pop3://x' }, deps)).toThrow('mail.imap is not')
})
