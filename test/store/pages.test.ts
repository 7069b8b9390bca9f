import { describe, expect, it } from 'vitest'
import type { MentionListFilter, TicketListFilter } from '../../src/inbox/pages-store.ts'
import { noReason, pagesDatabase, tell } from '../helpers/pages-database.ts'

const open: TicketListFilter = {
  tab: 'open',
  owner: null,
  watch: null,
  category: null,
  severity: null,
  words: '',
}
const all: MentionListFilter = { kind: 'all', watch: null, source: null, words: '', from: null, to: null }
const first = { after: null, limit: 10 }
const hour = (hours: number) => new Date(Date.UTC(2026, 10, 20, 12 + hours))

describe('tickets in a list', () => {
  it('come by the deadline that is next: to be seen while new, to be answered once seen', async () => {
    const { store, pages } = pagesDatabase()
    const late = await ticket(store, 'a', { seenBy: hour(9), answerBy: hour(10) })
    const soon = await ticket(store, 'b', { seenBy: hour(2), answerBy: hour(48) })
    const seen = await ticket(store, 'c', { seenBy: hour(1), answerBy: hour(5) })
    await store.changeTicket(seen, {
      at: hour(0),
      who: 'ada',
      what: 'seen',
      detail: {},
      set: { state: 'seen' },
    })

    const { items } = await pages.ticketPage(open, first)

    expect(items.map(({ id }) => id)).toEqual([soon, seen, late])
  })

  it('are all shown once over several pages, also those with the same deadline', async () => {
    const { store, pages } = pagesDatabase()
    const ids: number[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push(await ticket(store, name))

    const shown: number[] = []
    for (let after: string | null = null, turn = 0; turn < 9; turn++) {
      const page = await pages.ticketPage(open, { after, limit: 2 })
      shown.push(...page.items.map(({ id }) => id))
      after = page.next
      if (after === null) break
    }

    expect(shown).toEqual(ids)
  })

  it('can be closed ones, the last changed first', async () => {
    const { store, pages } = pagesDatabase()
    const [one, two] = [await ticket(store, 'a'), await ticket(store, 'b')]
    await answer(store, two, hour(1))
    await answer(store, one, hour(2))

    const page = await pages.ticketPage({ ...open, tab: 'answered' }, { after: null, limit: 1 })
    const next = await pages.ticketPage({ ...open, tab: 'answered' }, { after: page.next, limit: 1 })

    expect([...page.items, ...next.items].map(({ id }) => id)).toEqual([one, two])
    expect(next.next).toBeNull()
  })

  it('are found by the words of any of their texts, whatever the accents', async () => {
    const { store, pages } = pagesDatabase()
    const found = await ticket(store, 'a', {}, 'Bière périmée, déçu')
    await ticket(store, 'b', {}, 'Something else')

    const { items } = await pages.ticketPage({ ...open, words: 'biere perime*' }, first)

    expect(items.map(({ id }) => id)).toEqual([found])
  })

  it('are found by a text that joined them, and no longer by one that left', async () => {
    const { store, pages } = pagesDatabase()
    const one = await ticket(store, 'a', {}, 'first words')
    const two = await ticket(store, 'b', {}, 'second words')
    await store.mergeTickets(two, one, 'ada', hour(1))

    const { items } = await pages.ticketPage({ ...open, tab: 'all', words: 'second' }, first)

    expect(items.map(({ id }) => id)).toEqual([one])
  })

  it('are counted by state and by owner', async () => {
    const { store, pages } = pagesDatabase()
    await ticket(store, 'a')
    await ticket(store, 'b', { owner: 'bob' })

    const counts = await pages.ticketCounts()

    expect(counts.states).toEqual({ new: 2 })
    expect(Object.fromEntries(counts.owners)).toEqual({ ada: 1, bob: 1 })
    expect(await pages.countTickets({ ...open, owner: 'bob' }, 100)).toBe(1)
  })

  it('take a page key from outside as a number or not at all', async () => {
    const { store, pages } = pagesDatabase()
    await ticket(store, 'a')

    const { items } = await pages.ticketPage(open, { after: "1' OR 1=1 --", limit: 10 })

    expect(items).toHaveLength(1)
  })

  it('leave drills out unless they are asked for', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'drill', drill: true, polarity: 'negative', outcome: 'ticket' })

    expect((await pages.ticketPage(open, first)).items).toEqual([])
    expect((await pages.ticketPage({ ...open, tab: 'drill' }, first)).items).toHaveLength(1)
  })
})

describe('mentions in a list', () => {
  it('come the last found first, with what was decided', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'first', polarity: 'positive', outcome: 'none' })
    await tell(store, { id: 'b', text: 'second', polarity: 'negative', outcome: 'ticket' })
    await tell(store, { id: 'c', text: 'third' })

    const { items } = await pages.mentionPage(all, first)

    expect(items.map(({ mention, outcome }) => [mention.entry.text, outcome])).toEqual([
      ['third', null],
      ['second', 'ticket'],
      ['first', 'none'],
    ])
    expect(items[1]?.ticket).toBe(1)
  })

  it.each([
    ['negative', ['neg']],
    ['positive', ['pos']],
    ['to-read', ['maybe']],
    ['waiting', ['new']],
  ] as const)('can be only the %s ones', async (kind, expected) => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'neg', polarity: 'negative', outcome: 'ticket' })
    await tell(store, { id: 'b', text: 'pos', polarity: 'positive', outcome: 'none' })
    await tell(store, { id: 'c', text: 'maybe', polarity: 'negative', sure: false, outcome: 'to-read' })
    await tell(store, { id: 'd', text: 'new' })

    const { items } = await pages.mentionPage({ ...all, kind }, first)

    expect(items.map(({ mention }) => mention.entry.text)).toEqual(expected)
  })

  it('are found by words, phrases and absences, of one watch or all', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'the glass was broken' })
    await tell(store, { id: 'b', text: 'broken promises, a glass of water' })
    await tell(store, { id: 'c', text: 'broken glass', watch: 'shop-two', source: 'two:file:x' })

    const texts = async (words: string, watch: string | null = null) =>
      (await pages.mentionPage({ ...all, words, watch }, first)).items.map(
        ({ mention }) => mention.entry.text,
      )

    expect(await texts('glass broken')).toHaveLength(3)
    expect(await texts('"broken glass"')).toEqual(['broken glass'])
    expect(await texts('broken -promises', 'shop')).toEqual(['the glass was broken'])
    expect(await texts('text:broken "')).toEqual([])
  })

  it.each(['"', '*', 'a"b', "';--", 'NEAR(', '{title}: x', '-only', '()', '\0x'])(
    'survive %j in the search box',
    async (words) => {
      const { store, pages } = pagesDatabase()
      await tell(store, { id: 'a', text: 'text' })

      await expect(pages.mentionPage({ ...all, words }, first)).resolves.toBeDefined()
    },
  )

  it('can be those found in a period', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'before', collectedAt: hour(0) })
    await tell(store, { id: 'b', text: 'within', collectedAt: hour(1) })
    await tell(store, { id: 'c', text: 'after', collectedAt: hour(2) })

    const { items } = await pages.mentionPage({ ...all, from: hour(1), to: hour(2) }, first)

    expect(items.map(({ mention }) => mention.entry.text)).toEqual(['within'])
  })

  it('go on where a page ended', async () => {
    const { store, pages } = pagesDatabase()
    for (const id of ['a', 'b', 'c']) await tell(store, { id, text: id })

    const one = await pages.mentionPage(all, { after: null, limit: 2 })
    const two = await pages.mentionPage(all, { after: one.next, limit: 2 })

    expect(one.items.map(({ mention }) => mention.entry.id)).toEqual(['c', 'b'])
    expect(two.items.map(({ mention }) => mention.entry.id)).toEqual(['a'])
    expect(two.next).toBeNull()
  })

  it('are no longer to be read once a person said what they are', async () => {
    const { store, pages } = pagesDatabase()
    const { mention } = await tell(store, {
      id: 'a',
      text: 'maybe',
      polarity: 'negative',
      sure: false,
      outcome: 'to-read',
    })
    await correct(store, mention, 'not-us')

    expect(await pages.countToRead()).toBe(0)
    expect((await pages.mentionPage({ ...all, kind: 'to-read' }, first)).items).toEqual([])
    expect((await pages.listedMention(mention))?.correction?.kind).toBe('not-us')
  })

  it('become a ticket by a person’s word, once', async () => {
    const { store, pages } = pagesDatabase()
    const { mention } = await tell(store, {
      id: 'a',
      text: 'quite bad',
      polarity: 'neutral',
      outcome: 'none',
    })
    const opening = {
      mention,
      who: 'ada',
      at: hour(1),
      ticket: {
        watch: 'shop',
        category: 'rant',
        severity: 'low',
        approval: 'none',
        owner: 'ada',
        title: 'quite bad',
        language: 'en',
        seenBy: hour(2),
        answerBy: hour(3),
        reason: { ...noReason, rule: 'by-hand' },
      },
      keys: ['text:x'],
      notices: [],
    } as const

    const opened = await pages.openTicketByHand(opening)

    expect(opened).toMatchObject({ category: 'rant', state: 'new', mentionCount: 1 })
    expect(await pages.openTicketByHand(opening)).toBeNull()
    expect((await pages.ticketPage({ ...open, words: 'quite' }, first)).items).toHaveLength(1)
    expect(await store.ticketMentions(opened?.id ?? 0)).toHaveLength(1)
  })
})

describe('numbers', () => {
  const zone = 'Europe/Brussels'
  const day = { from: '2026-11-20', to: '2026-11-20' }

  it('count a local day by watch, polarity, hour and network', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'x', polarity: 'negative', engagement: { likes: 3, views: 90 } })
    await tell(store, { id: 'b', text: 'x', polarity: 'positive', kind: 'mastodon' })
    await tell(store, { id: 'c', text: 'x', polarity: 'negative', sure: false })
    await tell(store, { id: 'd', text: 'x', collectedAt: new Date('2026-11-19T23:30:00Z') })
    await tell(store, { id: 'e', text: 'x', collectedAt: new Date('2026-11-20T23:30:00Z') })

    await pages.refreshFacts(zone)
    const [facts] = await pages.dayFacts(day, ['shop'])

    expect(facts).toMatchObject({ mentions: 4, negative: 1, positive: 1, unsure: 1, unjudged: 1 })
    expect(facts?.hours[13]).toBe(3)
    expect(facts?.hours[0]).toBe(1)
    expect(facts?.networks['file']).toEqual({ mentions: 3, negative: 1, reactions: 3, views: 90 })
    expect(facts?.sites['example.org']).toBe(4)
  })

  it('are counted anew only where something changed', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'x', polarity: 'negative' })
    expect(await pages.refreshFacts(zone)).toBe(1)
    expect(await pages.refreshFacts(zone)).toBe(0)

    await tell(store, { id: 'b', text: 'y' })

    expect(await pages.refreshFacts(zone)).toBe(1)
    expect((await pages.dayFacts(day, ['shop']))[0]?.mentions).toBe(2)
  })

  it('follow what a person says: not negative, not about us', async () => {
    const { store, pages } = pagesDatabase()
    const one = await tell(store, { id: 'a', text: 'x', polarity: 'negative' })
    const two = await tell(store, { id: 'b', text: 'y', polarity: 'negative' })
    await correct(store, one.mention, 'not-negative')
    await correct(store, two.mention, 'not-us')

    await pages.refreshFacts(zone)

    expect((await pages.dayFacts(day, ['shop']))[0]).toMatchObject({ mentions: 1, negative: 0, neutral: 1 })
  })

  it('stay when the texts are removed by retention', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'x', polarity: 'neutral', outcome: 'none' })
    await tell(store, { id: 'b', text: 'y', polarity: 'neutral', outcome: 'none' })
    await pages.refreshFacts(zone)
    await store.prune({ unrelatedBefore: hour(0), neutralBefore: hour(1), pollsBefore: hour(0) })
    await tell(store, { id: 'c', text: 'late', publishedAt: hour(0), collectedAt: hour(30) })

    await pages.refreshFacts(zone)

    expect((await pages.dayFacts(day, ['shop']))[0]?.mentions).toBe(2)
  })

  it('say who spoke more than once', async () => {
    const { store, pages } = pagesDatabase()
    for (const [id, author] of [
      ['a', 'Zoé'],
      ['b', 'Zoé'],
      ['c', 'Max'],
      ['d', null],
    ] as const)
      await tell(store, { id, text: id, author })
    const period = { from: hour(-1), to: hour(1) }

    const facts = await pages.authorFacts(period, ['shop'], 4)

    expect(facts).toMatchObject({ signed: 3, authors: 2, repeaters: 1, repeated: 2, isEstimate: false })
    expect(facts.top).toEqual([{ author: 'Zoé', mentions: 2 }])
  })

  it('let a part of the authors stand for all in a long period, within a few percent', async () => {
    const { store, pages } = pagesDatabase()
    for (let person = 0; person < 400; person++) {
      const author = `${['Léa', 'Tom', 'user', 'Γιώργος'][person % 4]} ${person * 37}`
      await tell(store, { id: `m${person}`, text: `text ${person}`, author })
    }

    const facts = await pages.authorFacts({ from: hour(-1), to: hour(1) }, ['shop'], 24_000)

    expect(facts.isEstimate).toBe(true)
    expect(facts.authors).toBeGreaterThan(300)
    expect(facts.authors).toBeLessThan(500)
  })

  it('say how fast people looked and answered', async () => {
    const { store, pages } = pagesDatabase()
    const one = await ticket(store, 'a')
    await ticket(store, 'b')
    await store.changeTicket(one, {
      at: hour(2),
      who: 'ada',
      what: 'answered',
      detail: {},
      set: { state: 'answered', seenAt: hour(1), answeredAt: hour(2) },
    })

    const [facts] = await pages.responseFacts({ from: hour(-1), to: hour(1) }, ['shop'])

    expect(facts).toMatchObject({
      severity: 'normal',
      opened: 2,
      seen: 1,
      seenInTime: 1,
      answered: 1,
      answeredInTime: 1,
      medianSeenMs: 3_600_000,
      medianAnsweredMs: 7_200_000,
    })
  })
})

describe('signing in', () => {
  it('uses a link up once, and not after its time', async () => {
    const { pages } = pagesDatabase()
    await pages.addSignInLink({ hash: 'h', person: 'ada', browser: 'b', expiresAt: hour(1) })

    expect(await pages.signInLink('h', hour(2))).toBeNull()
    expect(await pages.signInLink('h', hour(0))).toEqual({ person: 'ada', browser: 'b' })
    expect(await pages.useSignInLink('h', hour(0))).toBe('ada')
    expect(await pages.useSignInLink('h', hour(0))).toBeNull()
  })

  it('counts tries of the last while only', async () => {
    const { pages } = pagesDatabase()
    await pages.countTry('k', hour(0), hour(-1))

    expect(await pages.countTry('k', hour(1), hour(0.5))).toBe(1)
    expect(await pages.countTry('k', hour(1.2), hour(0.5))).toBe(2)
    expect(await pages.countTry('other', hour(1.2), hour(0.5))).toBe(1)
  })

  it('ends sessions and shares for good', async () => {
    const { pages } = pagesDatabase()
    const session = {
      hash: 's',
      person: 'ada',
      browser: 'Firefox',
      createdAt: hour(0),
      usedAt: hour(0),
      expiresAt: hour(9),
    }
    await pages.addSession(session)
    const share = await pages.addShare({
      token: 't',
      kind: 'tickets',
      person: 'ada',
      name: 'mine',
      filter: 'tab=mine',
      createdAt: hour(0),
      endedAt: null,
    })

    expect(await pages.session('s', hour(1))).toEqual(session)
    expect(await pages.session('s', hour(10))).toBeNull()
    await pages.endSession('s')
    expect(await pages.session('s', hour(1))).toBeNull()
    expect(await pages.endShare(share.id, 'bob', hour(1))).toBe(false)
    expect(await pages.endShare(share.id, 'ada', hour(1))).toBe(true)
    expect(await pages.shareByToken('t')).toBeNull()
  })
})

type TheStore = ReturnType<typeof pagesDatabase>['store']

async function ticket(
  store: TheStore,
  id: string,
  deadlines: { seenBy?: Date; answerBy?: Date; owner?: string } = {},
  text = `a complaint ${id}`,
): Promise<number> {
  const told = await tell(store, { id, text, polarity: 'negative', outcome: 'ticket', ticket: deadlines })
  return told.ticket ?? 0
}

async function answer(store: TheStore, id: number, at: Date): Promise<void> {
  await store.changeTicket(id, {
    at,
    who: 'ada',
    what: 'answered',
    detail: {},
    set: { state: 'answered', answeredAt: at },
  })
}

async function correct(store: TheStore, mention: number, kind: 'not-us' | 'not-negative'): Promise<void> {
  await store.recordCorrection(
    {
      mention,
      ticket: null,
      watch: 'shop',
      at: hour(0),
      who: 'ada',
      kind,
      text: 'x',
      language: 'en',
      category: null,
    },
    'hash',
  )
}
