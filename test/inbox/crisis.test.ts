import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config.ts'
import { hourMs, minuteMs } from '../../src/domain/duration.ts'
import type { Role } from '../../src/domain/person.ts'
import { configOf } from '../helpers/folder.ts'
import { readableText } from '../helpers/mail-html.ts'
import { type PagesDatabase, pagesDatabase, tell } from '../helpers/pages-database.ts'
import { exampleFolder, siteOver } from '../helpers/pages-site.ts'
import { visitor } from '../helpers/visitor.ts'

const now = new Date('2026-11-24T10:20:00Z')
const openedAt = new Date(now.getTime() - 20 * minuteMs)

/** A crisis of twenty minutes ago, led by Anne with Marc, that has held two alerts. */
async function crisisIn({ store }: PagesDatabase): Promise<{ id: number; began: number; held: number }> {
  const ticketOf = async (id: string, text: string) =>
    (
      await tell(store, {
        id,
        text,
        watch: 'lumen',
        collectedAt: openedAt,
        polarity: 'negative',
        outcome: 'ticket',
        ticket: { category: 'dissatisfied-customer', owner: 'anne', severity: 'normal' },
      })
    ).ticket ?? 0
  const began = await ticketOf('began', 'The amber made my brother ill <script>alert(1)</script>')
  const held = await ticketOf('held', 'Never again, three weeks of waiting')
  const { id } = await store.openCrisis({
    watch: 'lumen',
    openedAt,
    reason: ['said in English'],
    leader: 'anne',
    deputy: 'marc',
  })
  const signs = [
    { kind: 'authors', ticket: began, authors: 4 },
    { kind: 'press', ticket: began },
  ]
  const marks = [15, 60, 180].map((minute) => ({
    person: 'anne',
    kind: 'crisis' as const,
    dueAt: new Date(openedAt.getTime() + minute * minuteMs),
  }))
  const change = { at: openedAt, who: 'vigie', set: {} }
  await store.changeTicket(began, {
    ...change,
    what: 'crisis',
    detail: { crisis: id, signs },
    notices: marks,
  })
  await store.changeTicket(held, {
    ...change,
    what: 'note',
    detail: {},
    notices: [{ person: 'anne', kind: 'opened', dueAt: openedAt }],
  })
  const due = await store.dueNotices(openedAt)
  await store.foldNotices(due.filter(({ ticket }) => ticket === held).map((notice) => notice.id))
  await store.countHeld(id, 2)
  return { id, began, held }
}

/** The example, where Anne leads and is the owner; `role` is another person's. */
async function site(role: Role = 'responder') {
  const base = configOf(exampleFolder)
  const marc = base.people.get('marc')
  if (!marc) throw new Error('no marc')
  const zoe = { ...marc, id: 'zoe', name: 'Zoe Example', email: 'zoe@lumen.example', role }
  const config: Config = { ...base, people: new Map([...base.people, ['zoe', zoe]]) }
  const database = pagesDatabase()
  const crisis = await crisisIn(database)
  const pages = siteOver(database, { config, now: () => now })
  return { database, ...crisis, as: (person: string) => visitor(pages, person) }
}

function wordsOf(html: string): string {
  return readableText(html).replace(/[\s\u00A0\u202F]+/g, ' ')
}

describe('an open crisis', () => {
  it('stands on the inbox: who leads, why in the reader’s language, the marks, what is held, what to say', async () => {
    const { as, id, began } = await site()

    const french = wordsOf(await (await as('anne')).read('/'))
    const english = wordsOf(await (await as('marc')).read('/'))

    expect(french).toContain('Crise : Brasserie Lumen')
    expect(french).toContain(`4 personnes écrivent sur le ticket ${began}`)
    expect(french).not.toContain('said in English')
    expect(french).toContain('Nous sommes informés de ce qui se passe')
    expect(english).toContain(`4 people write about ticket ${began}`)
    expect(english).toContain('2 alerts')
    expect(english).toContain('We are aware of what is happening')
    expect(english).toMatch(/15 min, Tue 24 Nov, 11:15 \(past\)/)
    expect(english).toMatch(/1 h, Tue 24 Nov, 12:00 \(next\)/)
    expect(await (await as('marc')).read('/')).toContain(`action="/crises/${id}/close"`)
  })

  it('is named on every other page, with a way to it', async () => {
    const { as, id, began } = await site()

    for (const path of ['/mentions', `/tickets/${began}`]) {
      const page = await (await as('zoe')).read(path)
      expect(page).toContain(`href="/crises/${id}"`)
      expect(page).not.toContain(`action="/crises/${id}/close"`)
    }
  })

  it('has a page with the tickets whose alerts it held', async () => {
    const { as, id, held, began } = await site()

    const page = await (await as('anne')).read(`/crises/${id}`)

    expect(page.slice(page.indexOf('id="held"'))).toContain(`href="/tickets/${held}"`)
    expect(page.slice(page.indexOf('id="held"'))).not.toContain(`href="/tickets/${began}"`)
    expect(page).not.toContain('<script>alert')
    expect((await (await as('anne')).get('/crises/99')).status).toBe(404)
  })
})

describe('closing a crisis', () => {
  const close = { why: 'The recall is done <b>everywhere</b>' }

  it('takes a reason, lets alerts leave again, drops the marks and tells everybody why', async () => {
    const { as, id, began, database } = await site()
    const anne = await as('anne')

    expect((await anne.post(`/crises/${id}/close`, { why: '  ' })).status).toBe(422)
    expect(await database.store.openCrises()).toHaveLength(1)
    const answer = await anne.post(`/crises/${id}/close`, close)

    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/crises/${id}`])
    expect(await database.store.openCrises()).toEqual([])
    expect(await database.store.crisis(id)).toMatchObject({ closedBy: 'anne', closedWhy: close.why })
    const later = new Date(now.getTime() + 5 * hourMs)
    expect((await database.store.dueNotices(later)).filter(({ kind }) => kind === 'crisis')).toEqual([])
    for (const path of [`/crises/${id}`, `/tickets/${began}`]) {
      const page = await anne.read(path)
      expect(page).toContain('The recall is done &lt;b&gt;everywhere')
      expect(page).not.toContain(`action="/crises/${id}/close"`)
    }
    expect(await anne.read('/')).not.toContain(`/crises/${id}`)
    expect((await anne.post(`/crises/${id}/close`, close)).status).toBe(422)
  })

  it.each([
    ['anne', 'its leader, an owner', 'responder', 303],
    ['marc', 'its deputy', 'responder', 303],
    ['zoe', 'another owner', 'owner', 303],
    ['zoe', 'another responder', 'responder', 403],
    ['zoe', 'an approver', 'approver', 403],
    ['zoe', 'an adviser', 'adviser', 403],
    ['zoe', 'a reader', 'reader', 403],
  ] as const)('is for some: %s, %s', async (person, _who, role, status) => {
    const { as, id, database } = await site(role)
    const visit = await as(person)

    expect((await visit.read('/')).includes(`action="/crises/${id}/close"`)).toBe(status === 303)
    expect((await visit.post(`/crises/${id}/close`, close)).status).toBe(status)
    expect(await database.store.openCrises()).toHaveLength(status === 303 ? 0 : 1)
  })
})
