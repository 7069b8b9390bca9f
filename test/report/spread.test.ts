import { describe, expect, it } from 'vitest'
import { placeSpread, spreadOf } from '../../src/report/spread.ts'

const at = new Date('2026-11-20T12:00:00Z')

describe('who carries an affair', () => {
  it('names those who speak on several sites', () => {
    const spread = spreadOf([
      { author: 'Zoé', site: 'forum.example', at },
      { author: 'Zoé', site: 'press.example', at },
      { author: 'Max', site: 'forum.example', at },
      { author: null, site: 'forum.example', at },
    ])

    expect(spread.bridges).toEqual([{ author: 'Zoé', sites: ['forum.example', 'press.example'] }])
    expect(spread.sites.map(({ name, texts }) => [name, texts])).toEqual([
      ['forum.example', 3],
      ['press.example', 1],
    ])
    expect(spread.unsigned).toBe(1)
  })

  it('is cut to those who said most, but never loses a bridge', () => {
    const loud = Array.from({ length: 300 }, (_, index) => ({
      author: `loud ${index % 60}`,
      site: 'one.example',
      at,
    }))
    const bridge = ['one.example', 'two.example'].map((site) => ({ author: 'bridge', site, at }))

    const spread = spreadOf([...loud, ...bridge])

    expect(spread.authors).toHaveLength(40)
    expect(spread.authors[0]?.name).toBe('bridge')
    expect(spread.isCut).toBe(true)
  })

  it('tells names apart that look like a pair of others', () => {
    const spread = spreadOf([
      { author: 'a","b', site: 'c', at },
      { author: 'a', site: 'b","c', at },
    ])

    expect(spread.links).toHaveLength(2)
  })

  it('stands at the same place at every call, a bridge between its sites', () => {
    const texts = ['one.example', 'two.example'].map((site) => ({ author: 'Zoé', site, at }))
    const [one, two, zoe] = placeSpread(spreadOf(texts))

    expect(placeSpread(spreadOf(texts))).toEqual([one, two, zoe])
    expect(zoe?.y).toBeCloseTo(((one?.y ?? 0) + (two?.y ?? 0)) / 2)
  })
})
