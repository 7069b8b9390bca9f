import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../src/domain/duration.ts'
import type { Ticket } from '../../src/domain/ticket.ts'
import { compose } from '../../src/notify/compose.ts'
import { digestView } from '../../src/report/digest-view.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { NegativeText, Store } from '../../src/store/store.ts'
import { mayCloseCrisis, signsOf, watchForCrises } from '../../src/triage/crisis.ts'
import { configOf, folderWith, playbookOf, smallFolder } from '../helpers/folder.ts'
import { openTicketIn, storeMention } from '../helpers/tickets.ts'

// A Wednesday, ten in the morning in Brussels.
const start = new Date('2026-11-18T09:00:00Z')
const people = `
  ada: { name: Ada Example, email: ada@shop.example, role: owner, deputy: bob }
  bob: { name: Bob Example, email: bob@shop.example, role: responder, quiet: 22:00-11:00 }
`

function office() {
  const config = configOf(
    folderWith({
      ...smallFolder,
      'vigie.yaml': smallFolder['vigie.yaml'].replace(/ {2}ada:.*\n/, people),
      'playbooks/safety.md': playbookOf('', 'Safety').replace('severity: normal', 'severity: critical'),
      'playbooks/press.md': playbookOf('', 'Press'),
      'playbooks/crisis.md': playbookOf('overlay: true\nmarks: [15m, 60m, 180m]', 'Crisis').replace(
        /signals:.*\nexamples:.*\n/,
        '',
      ),
    }),
  )
  const store = openStore(config)
  let now = start
  const clock = () => now
  return {
    config,
    store,
    at: (ms: number) => {
      now = new Date(start.getTime() + ms)
    },
    look: () => watchForCrises(config, { store, now: clock }),
    /** Writes what is due; returns who was written, of which kind. */
    mails: async () => {
      const before = (await store.messages(null, 1000)).length
      await compose(config, {
        store,
        folderId: 'test',
        now: clock,
        evidenceOf: () => [],
        replyTo: () => null,
        unsubscribeUrl: () => null,
        unsubscribeMail: () => null,
        rooms: [],
        onFault: (error) => {
          throw error
        },
      })
      const written = (await store.messages(null, 1000)).slice(0, -before || undefined)
      return written.map(({ kind, person }) => `${kind} ${person}`).sort()
    },
  }
}

/** Several people on one affair, and a grave one that a person has seen and left open. */
async function twoSigns({
  config,
  store,
}: ReturnType<typeof office>): Promise<{ many: Ticket; grave: Ticket }> {
  const many = await openTicketIn(store, config, start, 'many')
  for (const author of ['second', 'third']) await join(store, many.id, author)
  const grave = await openTicketIn(store, config, start, 'grave', 'safety')
  const set = { state: 'seen', seenAt: start } as const
  await store.changeTicket(grave.id, { at: start, who: 'ada', what: 'seen', detail: {}, set })
  return { many, grave }
}

async function join(store: Store, ticket: number, author: string): Promise<void> {
  const mention = await storeMention(store, start, author, 'Mine never came to the shop either.', author)
  const reason = { words: [], signals: [], rule: 'test', margin: 1 }
  const decision = { category: 'dissatisfied-customer', confidence: 1, alternatives: [], reason }
  const triage = { mention, at: start, outcome: 'ticket' as const, ...decision }
  await store.joinTicket({ triage, ticket, keys: [], notices: [] })
}

async function alertTo(store: Store, ticket: number, person: string, at: Date): Promise<void> {
  const notices = [{ person, kind: 'opened' as const, dueAt: at }]
  await store.changeTicket(ticket, { at, who: 'vigie', what: 'note', detail: {}, set: {}, notices })
}

describe('the crisis overlay', () => {
  it('opens once where two signs meet, names a leader and a deputy, and says why', async () => {
    const desk = office()
    const { many, grave } = await twoSigns(desk)

    expect([await desk.look(), await desk.look()]).toEqual([1, 0])

    expect(await desk.store.openCrises()).toMatchObject([
      {
        watch: 'shop',
        leader: 'ada',
        deputy: 'bob',
        reason: [`3 people write about ticket ${many.id}`, `safety confirmed (ticket ${grave.id})`],
      },
    ])
    await desk.store.close()
  })

  it('does not open for one sign alone, nor for a grave ticket that nobody has looked at', async () => {
    const desk = office()
    const many = await openTicketIn(desk.store, desk.config, start, 'many')
    for (const author of ['second', 'third', 'fourth']) await join(desk.store, many.id, author)
    await openTicketIn(desk.store, desk.config, start, 'grave', 'safety')

    expect(await desk.look()).toBe(0)
    await desk.store.close()
  })

  it('tells leader and deputy at once and at 15, 60 and 180 minutes, each once', async () => {
    const desk = office()
    await twoSigns(desk)
    await desk.look()

    const seen: (readonly [number, string[]])[] = []
    for (let minute = 0; minute <= 240; minute++) {
      desk.at(minute * minuteMs)
      await desk.look()
      const written = await desk.mails()
      if (written.length > 0) seen.push([minute, written])
    }

    const both = ['update ada', 'update bob']
    expect(seen).toEqual([0, 15, 60, 180].map((minute) => [minute, both]))
    await desk.store.close()
  })

  it('reaches its leader in a storm that has used up the six alerts of the hour', async () => {
    const desk = office()
    for (let index = 0; index < 9; index++) {
      const { id } = await openTicketIn(desk.store, desk.config, start, `storm${index}`)
      await alertTo(desk.store, id, 'ada', start)
    }
    expect(await desk.mails()).toEqual([...Array(6).fill('alert ada'), 'summary ada'])
    await twoSigns(desk)

    await desk.look()

    expect(await desk.mails()).toEqual(['update ada', 'update bob'])
    await desk.store.close()
  })

  it('holds and counts the ordinary mails while it lasts; what is critical still leaves', async () => {
    const desk = office()
    const { many, grave } = await twoSigns(desk)
    await desk.look()
    await desk.mails()

    const other = await openTicketIn(desk.store, desk.config, start, 'other')
    for (const { id } of [many, other, grave]) await alertTo(desk.store, id, 'ada', start)

    expect(await desk.mails()).toEqual(['alert ada'])
    expect((await desk.store.openCrises())[0]?.held).toBe(2)
    await desk.store.close()
  })

  it('closes once the signs are gone and the last mark is past; then every affair alerts again', async () => {
    const desk = office()
    const { grave } = await twoSigns(desk)
    await desk.look()
    const at = new Date(start.getTime() + hourMs)
    const set = { state: 'answered', answeredAt: at } as const
    await desk.store.changeTicket(grave.id, { at, who: 'ada', what: 'answered', detail: {}, set })

    desk.at(179 * minuteMs)
    await desk.look()
    expect(await desk.store.openCrises()).toHaveLength(1)
    desk.at(181 * minuteMs)
    await desk.look()
    expect(await desk.store.openCrises()).toEqual([])

    await desk.mails()
    const later = new Date(start.getTime() + 181 * minuteMs)
    const { id } = await openTicketIn(desk.store, desk.config, later, 'later')
    await alertTo(desk.store, id, 'ada', later)
    expect(await desk.mails()).toEqual(['alert ada'])
    await desk.store.close()
  })

  it('lasts as long as its signs do, and does not outlive a forgotten ticket by more than three days', async () => {
    const desk = office()
    await twoSigns(desk)
    await desk.look()

    desk.at(2 * dayMs)
    expect(await desk.look()).toBe(0)
    expect(await desk.store.openCrises()).toHaveLength(1)
    desk.at(3 * dayMs + minuteMs)
    await desk.look()
    expect(await desk.store.openCrises()).toEqual([])
    await desk.store.close()
  })
})

describe('a crisis closed by a person', () => {
  /** Open since the start, closed half an hour later. */
  async function closedDesk() {
    const desk = office()
    const signs = await twoSigns(desk)
    await desk.look()
    await desk.mails()
    desk.at(30 * minuteMs)
    const [crisis] = await desk.store.openCrises()
    const at = new Date(start.getTime() + 30 * minuteMs)
    expect(await desk.store.closeCrisis(crisis?.id ?? 0, 'bob', at, 'it was a rumour')).toBe(true)
    return { ...desk, ...signs, closedAt: at, id: crisis?.id ?? 0 }
  }

  it('stays closed while nothing new has come, and no mark is told any more', async () => {
    const desk = await closedDesk()

    for (const minute of [31, 60, 180, 1200]) {
      desk.at(minute * minuteMs)
      expect(await desk.look()).toBe(0)
      expect(await desk.mails()).toEqual([])
    }
    expect(await desk.store.closeCrisis(desk.id, 'ada', desk.closedAt, 'twice')).toBe(false)
    await desk.store.close()
  })

  it('opens again for signs that came after', async () => {
    const desk = await closedDesk()
    desk.at(60 * minuteMs)
    const later = new Date(start.getTime() + hourMs)
    const many = await openTicketIn(desk.store, desk.config, later, 'many again')
    for (const author of ['fifth', 'sixth']) await join(desk.store, many.id, author)
    expect(await desk.look()).toBe(0)

    await openTicketIn(desk.store, desk.config, later, 'a paper', 'press')

    expect(await desk.look()).toBe(1)
    await desk.store.close()
  })

  it('says who closed it and why, in the history of its ticket and in the next digest', async () => {
    const desk = await closedDesk()
    const record = await desk.store.crisis(desk.id)

    expect(record).toMatchObject({ closedBy: 'bob', closedWhy: 'it was a rumour', closedAt: desk.closedAt })
    expect(await desk.store.ticketEvents(record?.ticket ?? 0)).toContainEqual({
      at: desk.closedAt,
      who: 'bob',
      what: 'crisis',
      detail: { closed: desk.id, reason: 'it was a rumour' },
    })
    const told = (from: Date, to: Date) => digestCrises(desk, from, to)
    expect(await told(start, new Date(start.getTime() + dayMs))).toMatchObject([
      {
        closedBy: 'Bob Example',
        closedWhy: 'it was a rumour',
        why: [
          `3 people write about ticket ${desk.many.id}`,
          `“Safety” confirmed by a person (ticket ${desk.grave.id})`,
        ],
        page: expect.stringMatching(/\/crises\/1$/),
      },
    ])
    expect(await told(new Date(start.getTime() + hourMs), new Date(start.getTime() + dayMs))).toEqual([])
    await desk.store.close()
  })

  it('knows the tickets whose alerts it held', async () => {
    const desk = office()
    const { grave } = await twoSigns(desk)
    await desk.look()
    await desk.mails()
    const held = await openTicketIn(desk.store, desk.config, start, 'held')
    for (const { id } of [held, grave]) await alertTo(desk.store, id, 'ada', start)
    await desk.mails()

    const [crisis] = await desk.store.crisesSince(start)

    expect(crisis?.held).toBe(1)
    expect(crisis ? (await desk.store.ticketsHeld(crisis, 10)).map(({ id }) => id) : []).toEqual([held.id])
    expect(await digestCrises(desk, start, new Date(start.getTime() + dayMs))).toMatchObject([
      { watchName: 'Shop', leaderName: 'Ada Example', deputyName: 'Bob Example', held: 1, closedAt: null },
    ])
    await desk.store.close()
  })

  it.each([
    ['owner', 'cleo', true],
    ['responder', 'ada', true],
    ['responder', 'bob', true],
    ['responder', 'cleo', false],
    ['approver', 'cleo', false],
    ['adviser', 'cleo', false],
    ['reader', 'cleo', false],
  ] as const)('may be closed by an owner, its leader or its deputy: %s %s %s', (role, id, isAllowed) => {
    expect(mayCloseCrisis({ leader: 'ada', deputy: 'bob' }, { role, id })).toBe(isAllowed)
  })

  async function digestCrises({ config, store }: ReturnType<typeof office>, from: Date, to: Date) {
    const ada = config.people.get('ada')
    if (!ada) throw new Error('no ada')
    const period = { localDate: '2026-11-19', from, to, lateMinutes: 0, refusedConfig: [] }
    return (await digestView(config, { ...ada, language: 'en' }, period, store)).crises
  }
})

describe('the signs of a crisis', () => {
  const { config } = { config: { calendar: { zone: 'Europe/Brussels' }, playbooks: new Map() } as never }

  function text(author: string, words: string, collectedAt: Date): NegativeText {
    return { watch: 'shop', author, text: words, collectedAt }
  }

  const quietWeeks = Array.from({ length: 8 }, (_, week) =>
    text(`old${week}`, `complaint ${week}`, new Date(start.getTime() - (week * 7 + 2) * dayMs)),
  ).reverse()

  it('are a storm when today is out of all proportion to the weeks before', () => {
    const today = Array.from({ length: 6 }, (_, index) =>
      text('old1', `different words number ${index} each time ${index * 31}`, start),
    )

    expect(signsOf([...quietWeeks, ...today], [], config, start).map(({ kind }) => kind)).toEqual(['storm'])
    expect(signsOf([...quietWeeks, ...today.slice(0, 2)], [], config, start)).toEqual([])
  })

  it('are an attack when many new people use the same words, and not when regulars do', () => {
    const words = 'boycott this shop they are thieves tell everyone you know'
    const attack = Array.from({ length: 5 }, (_, index) => text(`new${index}`, words, start))
    const regulars = Array.from({ length: 5 }, (_, index) => text(`old${index}`, words, start))

    expect(signsOf([...quietWeeks, ...attack], [], config, start)).toContainEqual({
      kind: 'coordinated',
      texts: 5,
      newAuthors: 5,
    })
    expect(signsOf([...quietWeeks, ...regulars], [], config, start).map(({ kind }) => kind)).not.toContain(
      'coordinated',
    )
  })

  it('are none in the first days of a watch, which finds everything at once', () => {
    const first = Array.from({ length: 30 }, (_, index) => text(`a${index}`, `words ${index}`, start))

    expect(signsOf(first, [], config, start)).toEqual([])
  })
})
