import { describe, expect, it } from 'vitest'
import { dayMs, minuteMs } from '../../src/domain/duration.ts'
import { VigieError } from '../../src/domain/errors.ts'
import type { Message, MessageKind } from '../../src/domain/message.ts'
import { type DeliverDeps, deliver } from '../../src/notify/deliver.ts'
import { openStore } from '../../src/store/open-store.ts'
import { folderWith } from '../helpers/folder.ts'

const start = new Date('2026-11-18T09:00:00Z')
const never = new AbortController().signal

/** An outbox, and a notifier that fails as it is told: a code for a recipient. */
function outbox() {
  const store = openStore({ folder: folderWith({}) })
  const failing = new Map<string, string>()
  const tried: string[] = []
  let now = start
  const deps: DeliverDeps = {
    store,
    now: () => now,
    onFailure: () => {},
    notifier: {
      send: async (message: Message) => {
        tried.push(message.messageId)
        const code = failing.get(message.recipient)
        if (code !== undefined) throw new VigieError(code, 'as told')
        return '250 taken'
      },
    },
  }
  return {
    store,
    failing,
    tried,
    deps,
    at: (ms: number) => {
      now = new Date(start.getTime() + ms)
    },
    write: async (kind: MessageKind, recipient: string, count: number) => {
      for (let index = 0; index < count; index++) {
        const messageId = `<${recipient}.${index}@shop.example>`
        const message = { kind, ticket: null, person: recipient, recipient, messageId, subject: 'x' }
        await store.recordMessages([{ ...message, bytes: Buffer.from('x') }], [], start)
      }
    },
    send: () => deliver(never, deps),
  }
}

describe('a webhook that never answers', () => {
  it('is waited for once a pass, and the mails behind it leave in the same one', async () => {
    const { write, failing, send, tried, store } = outbox()
    failing.set('slack-1', 'HTTP')
    await write('webhook', 'slack-1', 20)
    await write('alert', 'ada@shop.example', 3)

    expect(await send()).toEqual({ sent: 3, pending: 20, failed: 20 })

    expect(tried.filter((id) => id.includes('slack-1'))).toHaveLength(1)
    expect((await store.messages('sent', 10)).map(({ kind }) => kind)).toEqual(['alert', 'alert', 'alert'])
    await store.close()
  })

  it('gets everything once it answers again, each message once', async () => {
    const { write, failing, send, tried, at, store } = outbox()
    failing.set('slack-1', 'HTTP')
    await write('webhook', 'slack-1', 4)
    await send()
    failing.clear()
    tried.length = 0

    at(2 * minuteMs)

    expect(await send()).toEqual({ sent: 4, pending: 0, failed: 0 })
    expect(new Set(tried).size).toBe(4)
    await store.close()
  })

  it('does not keep another room waiting', async () => {
    const { write, failing, send, store } = outbox()
    failing.set('slack-1', 'HTTP')
    await write('webhook', 'slack-1', 2)
    await write('webhook', 'teams-1', 2)

    expect(await send()).toMatchObject({ sent: 2, failed: 2 })
    await store.close()
  })

  it('is given up after five days, and stays visible', async () => {
    const { write, failing, send, at, store } = outbox()
    failing.set('slack-1', 'HTTP')
    await write('webhook', 'slack-1', 1)

    for (let minute = 0; minute <= 6 * 24 * 60; minute += 15) {
      at(minute * minuteMs)
      await send()
    }

    const [lost] = await store.messages('gave-up', 10)
    expect(lost).toMatchObject({ recipient: 'slack-1', lastCode: 'HTTP' })
    expect(lost?.attempts).toBeGreaterThan(20)
    await store.close()
  })
})

describe('one recipient who is refused', () => {
  it('blocks no other, and is not tried again', async () => {
    const { write, failing, send, at, store, tried } = outbox()
    failing.set('gone@shop.example', 'EENVELOPE-550')
    await write('alert', 'gone@shop.example', 2)
    await write('alert', 'ada@shop.example', 2)

    expect(await send()).toMatchObject({ sent: 2 })
    tried.length = 0
    at(dayMs)
    await send()

    expect(tried).toEqual([])
    await store.close()
  })
})

describe('a mail server that is down', () => {
  it('is not asked for every waiting mail, and loses none', async () => {
    const { write, failing, send, tried, at, store } = outbox()
    failing.set('ada@shop.example', 'ESOCKET')
    await write('alert', 'ada@shop.example', 30)

    await send()
    expect(tried.length).toBeLessThan(10)
    failing.clear()
    at(10 * minuteMs)

    expect(await send()).toEqual({ sent: 30, pending: 0, failed: 0 })
    await store.close()
  })
})
