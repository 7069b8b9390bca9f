import { describe, expect, it } from 'vitest'
import { told } from '../../src/inbox/numbers-parts.tsx'
import { lastDays, numbersOf } from '../../src/report/numbers.ts'
import { configOf } from '../helpers/folder.ts'
import { pagesDatabase, tell } from '../helpers/pages-database.ts'
import { exampleFolder } from '../helpers/pages-site.ts'

const zone = 'Europe/Brussels'
const at = (day: number, hour = 12) => new Date(Date.UTC(2026, 10, day, hour))
const [lumen] = configOf(exampleFolder).watches
if (!lumen) throw new Error('no watch')
const watches = [lumen, { ...lumen, id: 'soleil', name: 'Soleil', kind: 'competitor' as const }]
const settings = { zone, from: '2026-11-18', to: '2026-11-20', watch: null, watches }

describe('the numbers of a period', () => {
  it('are those that Social Mention defined', async () => {
    const { store, pages } = pagesDatabase()
    const told = (id: string, day: number, author: string, polarity: 'negative' | 'positive') =>
      tell(store, { id, text: id, watch: 'lumen', author, collectedAt: at(day), polarity })
    await told('a', 18, 'Zoé', 'positive')
    await told('b', 19, 'Zoé', 'positive')
    await told('c', 19, 'Max', 'positive')
    await told('d', 20, 'Léa', 'negative')

    const { four } = await numbersOf(settings, pages)

    expect(four).toEqual({
      strength: { part: 1, whole: 4 },
      sentiment: { positive: 3, negative: 1 },
      passion: { part: 2, whole: 4 },
      reach: { part: 3, whole: 4 },
    })
  })

  it('leave competitors out of ours, and count them for the share of voice', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'a', watch: 'lumen', collectedAt: at(19) })
    await tell(store, { id: 'b', text: 'b', watch: 'soleil', source: 's', collectedAt: at(19) })

    const ours = await numbersOf(settings, pages)
    const theirs = await numbersOf({ ...settings, watch: 'soleil' }, pages)

    expect([ours.totals.mentions, theirs.totals.mentions]).toEqual([1, 1])
    expect(ours.voices.map(({ watch, mentions }) => [watch, mentions])).toEqual([
      ['lumen', 1],
      ['soleil', 1],
    ])
  })

  it('show every day, also the silent ones; weeks and months for longer periods', async () => {
    const { store, pages } = pagesDatabase()
    await tell(store, { id: 'a', text: 'a', watch: 'lumen', collectedAt: at(19) })

    const steps = async (from: string, to: string) => {
      const { steps: found, stepKind } = await numbersOf({ ...settings, from, to }, pages)
      return [stepKind, found.length, found[0]?.from, found.reduce((sum, step) => sum + step.mentions, 0)]
    }

    expect(await steps('2026-11-18', '2026-11-20')).toEqual(['day', 3, '2026-11-18', 1])
    expect(await steps('2026-08-20', '2026-11-20')).toEqual(['week', 14, '2026-08-17', 1])
    expect(await steps('2024-02-10', '2026-11-20')).toEqual(['month', 34, '2024-02-01', 1])
  })

  it('count a day as the company’s zone has it, over a change of clocks too', async () => {
    const { store, pages } = pagesDatabase()
    const instants = [
      '2026-10-24T22:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-25T22:30:00Z',
      '2026-10-25T23:30:00Z',
    ]
    for (const instant of instants)
      await tell(store, { id: instant, text: instant, watch: 'lumen', collectedAt: new Date(instant) })

    const numbers = await numbersOf({ ...settings, from: '2026-10-25', to: '2026-10-26' }, pages)

    expect(numbers.steps.map(({ mentions }) => mentions)).toEqual([3, 1])
    expect([numbers.hours[0], numbers.hours[2], numbers.hours[23]]).toEqual([2, 1, 1])
  })

  it('ask for the last days with today in them', () => {
    expect(lastDays(7, new Date('2026-11-20T23:30:00Z'), zone)).toEqual({
      from: '2026-11-15',
      to: '2026-11-21',
    })
  })
})

describe('a share', () => {
  it.each([
    [2, 3, '2 of 3'],
    [9, 9, '9 of 9'],
    [5, 10, '50%'],
    [1999, 2000, '99%'],
    [0, 0, '–'],
  ])('of %i in %i is told as %s', (part, whole, expected) => {
    expect(told({ part, whole }, 'en').value).toBe(expected)
  })
})
