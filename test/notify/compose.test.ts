import pino from 'pino'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config.ts'
import { hourMs, minuteMs } from '../../src/domain/duration.ts'
import { type ChatRoom, type ComposeDeps, compose } from '../../src/notify/compose.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { configOf, folderWith, playbookOf, smallFolder } from '../helpers/folder.ts'
import { openTicketIn } from '../helpers/tickets.ts'

const start = new Date('2026-11-18T09:00:00Z')
const log = pino({ level: 'silent' })

function office(person = '', severity = 'normal') {
  const config = configOf(
    folderWith({
      ...smallFolder,
      'vigie.yaml': smallFolder['vigie.yaml'].replace('role: owner', `role: owner${person}`),
      'playbooks/dissatisfied-customer.md': playbookOf().replace('severity: normal', `severity: ${severity}`),
      'playbooks/crisis.md': playbookOf('overlay: true\nmarks: [15m, 60m, 180m]', 'Crisis').replace(
        /signals:.*\nexamples:.*\n/,
        '',
      ),
    }),
  )
  const store = openStore(config)
  let now = start
  const deps: ComposeDeps = {
    store,
    folderId: 'test',
    now: () => now,
    evidenceOf: () => [],
    replyTo: () => null,
    unsubscribeUrl: () => null,
    unsubscribeMail: () => null,
    rooms: [],
    onFault: (error) => {
      log.error(error)
      throw error
    },
  }
  return {
    config,
    store,
    deps,
    at: (ms: number) => {
      now = new Date(start.getTime() + ms)
    },
  }
}

/** Opens tickets that ask for an alert to the owner. */
async function affairs(
  store: Store,
  config: Config,
  count: number,
  at: Date,
  prefix = 'a',
  kind: 'opened' | 'joined' = 'opened',
) {
  const ids: number[] = []
  for (let index = 0; index < count; index++) {
    const ticket = await openTicketIn(store, config, at, `${prefix}${index}`)
    await store.changeTicket(ticket.id, {
      at,
      who: 'vigie',
      what: 'note',
      detail: {},
      set: {},
      notices: [{ person: 'ada', kind, dueAt: at }],
    })
    ids.push(ticket.id)
  }
  return ids
}

async function kinds(store: Store) {
  return (await store.messages(null, 1000)).map((message) => message.kind).reverse()
}

describe('a flood', () => {
  it('is six alerts an hour and one mail for the rest', async () => {
    const { config, store, deps, at } = office()
    await affairs(store, config, 20, start)

    await compose(config, deps)
    expect(await kinds(store)).toEqual([...Array(6).fill('alert'), 'summary'])

    await affairs(store, config, 3, start, 'b')
    at(10 * minuteMs)
    await compose(config, deps)
    expect(await kinds(store)).toHaveLength(7)

    at(61 * minuteMs)
    await compose(config, deps)
    expect((await kinds(store)).slice(7)).toEqual(['alert', 'alert', 'alert'])
    await store.close()
  })

  it('after a stop of half a day is left to the digest', async () => {
    const { config, store, deps, at } = office()
    await affairs(store, config, 5, start)

    at(13 * hourMs)
    await compose(config, deps)

    expect(await kinds(store)).toEqual([])
    expect(await deps.store.dueNotices(deps.now())).toEqual([])
    await store.close()
  })
})

describe('one ticket', () => {
  it('is one mail however many notices it has, and the next joins its thread', async () => {
    const { config, store, deps, at } = office()
    const [id = 0] = await affairs(store, config, 1, start)
    const again = { at: start, who: 'vigie', what: 'note', detail: {}, set: {} } as const
    await store.changeTicket(id, { ...again, notices: [{ person: 'ada', kind: 'joined', dueAt: start }] })

    await compose(config, deps)
    at(hourMs)
    await store.changeTicket(id, { ...again, notices: [{ person: 'ada', kind: 'reminder', dueAt: start }] })
    await compose(config, deps)

    const [second, first] = await store.messages(null, 10)
    const bytes = (await store.message(second?.id ?? 0))?.bytes.toString()
    expect([first?.kind, second?.kind]).toEqual(['alert', 'reminder'])
    expect(bytes).toContain(`In-Reply-To: ${first?.messageId}`)
    expect(second?.subject.replace('Re: ', '')).toBe(first?.subject)
    await store.close()
  })
})

describe('quiet hours', () => {
  // 09:00 UTC is 10:00 in Brussels.
  it.each([
    ['normal', ', quiet: 22:00-11:00', []],
    ['critical', ', quiet: 22:00-11:00', ['alert']],
    ['normal', ', quiet: 12:00-14:00', ['alert']],
  ])('%s with%s: %j', async (severity, person, expected) => {
    const { config, store, deps } = office(person, severity)
    await affairs(store, config, 1, start)

    await compose(config, deps)

    expect(await kinds(store)).toEqual(expected)
    await store.close()
  })

  it('end', async () => {
    const { config, store, deps, at } = office(', quiet: 22:00-11:00')
    await affairs(store, config, 1, start)
    await compose(config, deps)

    at(61 * minuteMs)
    await compose(config, deps)

    expect(await kinds(store)).toEqual(['alert'])
    await store.close()
  })
})

describe('who does not want alerts', () => {
  it('is told by the digest', async () => {
    const { config, store, deps } = office()
    await store.setPersonSetting('ada', 'alerts', 'digest', start)
    await affairs(store, config, 2, start)

    await compose(config, deps)

    expect(await kinds(store)).toEqual([])
    await store.close()
  })
})

describe('a crisis', () => {
  it('holds and counts the ordinary mails, and sends its own', async () => {
    const { config, store, deps } = office()
    await store.openCrisis({ watch: 'shop', openedAt: start, reason: ['test'], leader: 'ada', deputy: null })
    const [id = 0] = await affairs(store, config, 3, start)
    await store.changeTicket(id, {
      at: start,
      who: 'vigie',
      what: 'crisis',
      detail: {},
      set: {},
      notices: [{ person: 'ada', kind: 'crisis', dueAt: start }],
    })

    await compose(config, deps)

    expect(await kinds(store)).toEqual(['update'])
    expect((await store.openCrises())[0]?.held).toBe(2)
    await store.close()
  })
})

describe('a chat room', () => {
  it('is told in its own form, beside the people', async () => {
    const { config, store, deps } = office()
    const room: ChatRoom = { name: 'slack-1', kind: 'slack', url: 'https://hooks.example/x', language: 'en' }
    const [id = 0] = await affairs(store, config, 1, start)
    await store.changeTicket(id, {
      at: start,
      who: 'vigie',
      what: 'note',
      detail: {},
      set: {},
      notices: [{ person: 'slack-1', kind: 'opened', dueAt: start }],
    })

    await compose(config, { ...deps, rooms: [room] })

    const messages = await store.messages(null, 10)
    expect(messages.map(({ kind, recipient }) => [kind, recipient]).sort()).toEqual([
      ['alert', 'ada@shop.example'],
      ['webhook', 'slack-1'],
    ])
    expect(
      JSON.parse(
        (await store.message(messages.find(({ kind }) => kind === 'webhook')?.id ?? 0))?.bytes.toString() ??
          '',
      ),
    ).toBeTypeOf('object')
    await store.close()
  })
})
