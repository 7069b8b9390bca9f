import { describe, expect, it } from 'vitest'
import { pagesDatabase, tell } from '../helpers/pages-database.ts'
import { type Site, siteOver } from '../helpers/pages-site.ts'
import { visitor } from '../helpers/visitor.ts'

const start = new Date('2026-11-20T12:00:00Z')

describe('a ticket’s page', () => {
  it('shows the text, the questions and the prepared answer', async () => {
    const { site, id } = await oneTicket()
    const page = await (await visitor(site, 'marc')).read(`/tickets/${id}`)

    expect(page).toContain('Three weeks and still nothing, this is ')
    expect(page).toContain('<mark class="neg">terrible</mark>')
    expect(page).toContain('name="tick" value="0"')
    expect(page).toContain('name="gap-checked_fact"')
  })

  it('takes the ticket over: seen, and mine', async () => {
    const { site, store, id } = await oneTicket()
    const marc = await visitor(site, 'marc')

    const answer = await marc.post(`/tickets/${id}/take`)

    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/back'])
    expect(await store.ticket(id)).toMatchObject({ state: 'seen', owner: 'marc' })
  })

  it('says once what was done', async () => {
    const { site, id } = await oneTicket()
    const marc = await visitor(site, 'marc')
    const done = (await marc.post(`/tickets/${id}/take`)).headers.get('set-cookie')?.split(';')[0] ?? ''

    const shown = await marc.get(`/tickets/${id}`, {
      Cookie: `vigie=${`marc${'x'.repeat(43)}`.slice(0, 43)}; ${done}`,
    })

    expect(await shown.text()).toContain('role="status"')
    expect(shown.headers.get('set-cookie')).toContain(
      'vigie-done=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    )
  })

  it('keeps the ticks a person sets and lifts those they unset', async () => {
    const { site, store, id } = await oneTicket()
    const marc = await visitor(site, 'marc')

    await marc.post(`/tickets/${id}/ticks`, { tick: ['0', '2', '99', 'x'] })
    expect(await store.ticks(id)).toEqual([0, 2])
    await marc.post(`/tickets/${id}/ticks`, { tick: ['2'] })
    expect(await store.ticks(id)).toEqual([2])
  })

  it('corrects the category with one click and keeps the correction in sight', async () => {
    const { site, store, id } = await oneTicket()
    const marc = await visitor(site, 'marc')

    await marc.post(`/tickets/${id}/category`, { category: 'rant' })

    expect(await store.ticket(id)).toMatchObject({ category: 'rant', categoryConfidence: 1 })
    expect(await marc.read(`/tickets/${id}`)).toContain(
      'Marc Peeters corrected Dissatisfied customer to Outburst'.slice(0, 30),
    )
    expect(await store.corrections(null)).toMatchObject([{ kind: 'category', category: 'rant' }])
  })

  it('fills the places of an answer from its fields, and says what is still open', async () => {
    const { site, store, id } = await oneTicket()
    const marc = await visitor(site, 'marc')

    await marc.post(`/tickets/${id}/draft`, {
      do: 'save',
      name: '',
      language: 'en',
      text: 'Hello,\r\n[checked fact] and [private contact, with a role]',
      'gap-checked_fact': 'Your parcel left on Monday. $& $1',
    })

    const [draft] = await store.drafts(id)
    expect(draft?.text).toBe('Hello,\nYour parcel left on Monday. $& $1 and [private contact, with a role]')
    const page = await marc.read(`/tickets/${id}`)
    expect(page).toContain('[private contact, with a role] is still to be filled in')
    expect(page).not.toContain('name="gap-checked_fact"')
  })

  it('does not let an answer leave past the guard, and keeps what was written', async () => {
    const { site, store, id } = await oneTicket()
    const marc = await visitor(site, 'marc')

    const answer = await marc.post(`/tickets/${id}/draft`, {
      do: 'posted',
      name: '',
      language: 'en',
      text: 'It is our fault. Marc Peeters, Brasserie Lumen',
    })

    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('admits a fault before anyone has checked')
    expect((await store.drafts(id))[0]?.text).toContain('our fault')
    expect((await store.ticket(id))?.state).toBe('new')
  })

  it('goes from writer to approver to posted, each seeing what is theirs to do', async () => {
    const { site, store, id } = await oneTicket({ category: 'press', approval: 'owner' })
    const [marc, anne] = [await visitor(site, 'marc'), await visitor(site, 'anne')]
    const text = 'Thank you for asking. Marc Peeters, Brasserie Lumen'

    expect(await marc.read(`/tickets/${id}`)).not.toContain('value="posted"')
    expect(
      (await marc.post(`/tickets/${id}/draft`, { do: 'ask', name: '', language: 'en', text })).status,
    ).toBe(303)
    expect((await store.ticket(id))?.state).toBe('in-approval')
    expect(await marc.read(`/tickets/${id}`)).toContain('waits for the approval of')
    expect(await marc.read(`/tickets/${id}`)).not.toContain(`/tickets/${id}/approve`)

    const waiting = await anne.read(`/tickets/${id}`)
    const draft = /name="draft" value="(\d+)"/.exec(waiting)?.[1] ?? ''
    expect(waiting).toContain('votre accord')
    expect((await marc.post(`/tickets/${id}/approve`, { draft })).status).toBe(422)
    expect((await anne.post(`/tickets/${id}/refuse`, { draft, reason: '' })).status).toBe(422)
    expect((await anne.post(`/tickets/${id}/approve`, { draft, comment: 'Good' })).status).toBe(303)

    expect(await marc.read(`/tickets/${id}`)).toContain('Approved by Anne Dubois')
    const posted = await marc.post(`/tickets/${id}/posted`, { draft, url: 'https://forum.example.org/a/1' })
    expect(posted.status).toBe(303)
    expect(await store.ticket(id)).toMatchObject({
      state: 'answered',
      answerUrl: 'https://forum.example.org/a/1',
    })
  })

  it('proposes several candidates together', async () => {
    const { site, store, id } = await oneTicket({ category: 'press', approval: 'owner' })
    const marc = await visitor(site, 'marc')
    const draft = (name: string, fields: Record<string, string> = {}) =>
      marc.post(`/tickets/${id}/draft`, {
        do: 'save',
        name,
        language: 'en',
        text: `Version ${name || 'main'}. Brasserie Lumen`,
        ...fields,
      })
    await draft('X')
    const [first] = await store.drafts(id)

    await draft('', { do: 'ask', also: String(first?.id) })

    const states = (await store.drafts(id)).map(({ state }) => state)
    expect(states).toEqual(['proposed', 'proposed'])
  })

  it('tells others that someone writes', async () => {
    const { site, id } = await oneTicket()
    const [marc, anne] = [await visitor(site, 'marc'), await visitor(site, 'anne')]

    await anne.post(`/tickets/${id}/writing`)

    expect(await marc.read(`/tickets/${id}`)).toContain('Anne Dubois is writing an answer right now')
    expect(await marc.read('/')).toContain('Anne Dubois is writing an answer')
    expect(await anne.read('/')).not.toContain('écrit une réponse')
  })

  it('answers a script with what the guard says, in the reader’s language', async () => {
    const { site, id } = await oneTicket()
    const anne = await visitor(site, 'anne')

    const answer = await anne.post(`/tickets/${id}/guard`, {
      text: 'Merci, nous promettons un remboursement',
      language: 'fr',
      name: '',
    })

    expect(await answer.json()).toMatchObject({
      findings: expect.arrayContaining([
        { message: expect.stringContaining('promet ce qui'), kind: 'bad' },
      ]) as unknown,
    })
  })

  it('notes, snoozes, dismisses with a reason, reopens, silences', async () => {
    const { site, store, id } = await oneTicket()
    const marc = await visitor(site, 'marc')

    await marc.post(`/tickets/${id}/note`, { text: 'Called the shop' })
    await marc.post(`/tickets/${id}/snooze`, { until: '1d' })
    expect((await store.ticket(id))?.state).toBe('snoozed')
    await marc.post(`/tickets/${id}/reopen`)
    await marc.post(`/tickets/${id}/dismiss`, { reason: 'no-answer', words: 'a joke' })
    expect(await store.ticket(id)).toMatchObject({ state: 'dismissed', dismissReason: 'no-answer' })
    expect((await marc.post(`/tickets/${id}/dismiss`, { reason: 'because' })).status).toBe(422)
    await marc.post(`/tickets/${id}/silence`, { query: 'outage OR panne', for: '1d', reason: 'planned' })
    expect((await marc.post(`/tickets/${id}/silence`, { query: '(', for: '1d', reason: 'x' })).status).toBe(
      422,
    )

    expect(await store.silences(start)).toMatchObject([
      { query: 'outage OR panne', watch: 'lumen', who: 'marc' },
    ])
    const page = await marc.read(`/tickets/${id}`)
    expect(page).toContain('Called the shop')
    expect(page).toContain('Dismissed: No answer would help, a joke')
  })

  it('merges and splits', async () => {
    const { site, store, id } = await oneTicket()
    const other = await complaint(store, 'b', 'The waiter was terrible too')
    const marc = await visitor(site, 'marc')

    expect((await marc.post(`/tickets/${id}/merge`, { into: '999' })).status).toBe(422)
    const merged = await marc.post(`/tickets/${id}/merge`, { into: String(other) })
    expect(merged.headers.get('location')).toBe(`/tickets/${other}`)
    const [, second] = await store.ticketMentions(other)
    const split = await marc.post(`/tickets/${other}/split`, { mention: String(second?.mention.id) })

    expect(split.headers.get('location')).toMatch(/^\/tickets\/\d+$/)
    expect((await store.ticket(other))?.mentionCount).toBe(1)
  })

  it('shows what an edit changed', async () => {
    const { site, store, id } = await oneTicket()
    await edit(store)

    const page = await (await visitor(site, 'marc')).read(`/tickets/${id}`)

    expect(page).toContain('<del>Three</del><ins>Four</ins>')
  })

  it('is not there for a number that is none', async () => {
    const { site } = await oneTicket()
    const marc = await visitor(site, 'marc')

    for (const number of ['999', '0', 'abc', '1e3', '-1']) {
      expect((await marc.get(`/tickets/${number}`)).status).toBe(404)
    }
  })
})

type Store = ReturnType<typeof pagesDatabase>['store']

async function oneTicket(options: { category?: string; approval?: 'owner' } = {}): Promise<{
  site: Site
  store: Store
  id: number
}> {
  const database = pagesDatabase()
  const site = siteOver(database, { now: () => start })
  const id = await complaint(
    database.store,
    'a',
    'Three weeks and still nothing, this is terrible',
    options.category,
  )
  if (options.approval) {
    await database.store.changeTicket(id, {
      at: start,
      who: 'vigie',
      what: 'note',
      detail: {},
      set: { approval: options.approval },
    })
  }
  return { site, store: database.store, id }
}

async function complaint(
  store: Store,
  id: string,
  text: string,
  category = 'dissatisfied-customer',
): Promise<number> {
  const told = await tell(store, {
    id,
    text,
    watch: 'lumen',
    polarity: 'negative',
    outcome: 'ticket',
    collectedAt: start,
    ticket: { category, owner: 'anne' },
  })
  return told.ticket ?? 0
}

/** The author changes a word; the next poll sees it. */
async function edit(store: Store): Promise<void> {
  await store.recordPoll({
    source: { id: 'shop:file:feeds/shop.xml', watch: 'lumen', kind: 'file', definition: '' },
    at: new Date(start.getTime() + 1000),
    tookMs: 1,
    nextPollAt: start,
    status: 'fetched',
    cursor: null,
    title: null,
    link: null,
    entries: 1,
    documentIds: ['a'],
    mentions: [
      {
        entry: {
          id: 'a',
          url: 'https://example.org/a',
          title: null,
          text: 'Four weeks and still nothing, this is terrible',
          author: 'Someone',
          publishedAt: start,
          language: null,
          engagement: null,
          stars: null,
        },
        canonicalUrl: null,
        contentHash: 'other',
        match: { spans: [], confirmedBy: [], deniedBy: [], certain: true },
      },
    ],
    unrelated: [],
    lastEntryAt: null,
  })
}
