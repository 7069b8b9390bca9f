import { describe, expect, it } from 'vitest'
import { queriesFor, searchTerms } from '../../src/collect/search-terms.ts'
import { parseQuery } from '../../src/domain/query.ts'

const terms = (query: string) => searchTerms(parseQuery(query), query)

describe('searchTerms', () => {
  it.each([
    ['lumen', [['lumen']], []],
    ['"brasserie lumen" OR lumenbeer', [['brasserie lumen'], ['lumenbeer']], []],
    [
      'lumen (beer OR bière)',
      [
        ['lumen', 'beer'],
        ['lumen', 'bière'],
      ],
      [],
    ],
    ['lumen NOT (candela OR "lux meter")', [['lumen']], ['candela', 'lux meter']],
    ['lumen OR (beer -candela)', [['lumen'], ['beer']], []],
    ['lumen NEAR/5 beer', [['lumen', 'beer']], []],
    ['title:lumen lang:fr', [['lumen']], []],
    ['lumen*', [['lumen']], []],
    ['lumen OR LUMEN', [['lumen']], []],
    ['site:example.org', [], []],
  ])('of %s', (query, any, none) => {
    expect(terms(query)).toMatchObject({ any, none })
  })

  it('never multiplies without end, and then asks for too much rather than too little', () => {
    const group = `(${Array.from({ length: 20 }, (_, index) => `a${index}`).join(' OR ')})`

    const { any } = terms(`${group} ${group} lumen`)

    expect(any.length).toBeLessThanOrEqual(64)
    expect(any.every((all) => all.includes('lumen'))).toBe(true)
  })
})

describe('queriesFor', () => {
  const style = { or: ' OR ', not: '-', longest: 100, most: 3 }

  it('quotes phrases and what is not a plain word', () => {
    expect(queriesFor(terms('("brasserie lumen" OR @lumen_beer OR lumen) -candela'), style)).toEqual([
      '("brasserie lumen" OR "@lumen_beer" OR lumen) -candela',
    ])
  })

  it('cuts a long query into several, and stops where the service would', () => {
    const long = Array.from({ length: 40 }, (_, index) => `alternative${index}`).join(' OR ')

    const queries = queriesFor(terms(long), style)

    expect(queries).toHaveLength(3)
    expect(queries.every((query) => query.length <= 100)).toBe(true)
  })

  it('asks for each alternative by itself where there is no OR', () => {
    expect(queriesFor(terms('(a b) OR c'), { ...style, or: null, not: null })).toEqual(['a b', 'c'])
  })
})
