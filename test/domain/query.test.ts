import { describe, expect, it } from 'vitest'
import {
  matchesNothingInParticular,
  matchQuery,
  parseQuery,
  prepare,
  QuerySyntaxError,
} from '../../src/domain/query.ts'

function matches(query: string, text: string, rest: Partial<Parameters<typeof prepare>[0]> = {}): boolean {
  return matchQuery(parseQuery(query), prepare({ text, ...rest })).matched
}

function spans(query: string, text: string): string[] {
  return matchQuery(parseQuery(query), prepare({ text })).spans.map((span) =>
    text.slice(span.start, span.end),
  )
}

describe('words and names', () => {
  it.each([
    ['oréal', "déçue par l'Oréal hier", true],
    ['oreal', 'déçue par l’Oréal hier', true],
    ["l'oréal", 'L’ORÉAL encore en rupture', true],
    ['orange', "le service d'Orange", true],
    ['orange', 'une robe orangée', false],
    ['orange', 'des oranges bio', false],
    ['orange', '#orangebelgium', false],
    ['orange', '@orange répondez', true],
    ['orange', 'Orange-Belgique annonce', true],
    ['Élan', 'ELAN déçoit', true],
    ['cafe noel', 'Café\u00a0 Noël\nferme', true],
    ['cafe noel', 'cafe\u0301 Noël', true],
    ['coeur', 'au cœur du sujet', true],
    ['strasse', 'die Straße', true],
    ['"C&A"', 'C&A ferme', true],
    ['C&A', 'vitamine C a bon marché', false],
    ['AT&T', 'AT&T again', true],
    ['AT&T', 'AT&amp;T again', false],
    ['H&M', 'chez h&m', true],
    ['C++', 'learning C++ now', true],
    ['C++', 'vitamin C now', false],
    ['C#', 'a C# job', true],
    ['bpost', 'b-post', false],
    ['mediamarkt', 'Media Markt', false],
    ['"media markt"', 'Media-Markt', true],
    ['chez leon', 'Chez-Léon', true],
    ['"chez leon"', 'rentré chez. Léon dort', false],
    ['"brasserie lumen"', 'la brasserie « Lumen »', true],
    ['3M', '3M colle mal', true],
    ['3M', "13M d'euros", false],
    ['ikea', 'Ikea😡nul', true],
    ['ikea', '_ikea_', true],
    ['ikea', 'Ikea™ et Ikea®', true],
    ['lumen.example', 'voir lumen.example pour tout', true],
    ['lumen.example', 'un lumen, example', false],
    ['istanbul', 'İstanbul', true],
    ['プロキシマス', 'プロキシマスが遅い', true],
    ['京都', '私は京都に行く', true],
    ['lumen', 'Lu\u00ADmen', true],
    ['🍺', 'ce soir 🍺 !', true],
  ])('%s in "%s": %s', (query, text, expected) => {
    expect(matches(query, text)).toBe(expected)
  })

  it.each([
    ['@lumen_beer', 'merci @lumen_beer !', true],
    ['@lumen_beer', 'merci lumen_beer', false],
    ['@lumen_beer', 'merci @lumen-beer', false],
    ['@lumen', 'merci @lumen_beer', false],
    ['@lumen', 'merci @LUMEN.', true],
    ['#lumen', 'vive #Lumen', true],
    ['#lumen', 'vive lumen', false],
  ])('takes handles and tags literally: %s in "%s": %s', (query, text, expected) => {
    expect(matches(query, text)).toBe(expected)
  })
})

describe('operators', () => {
  it.each([
    ['bière Namur', 'une bière à Namur', true],
    ['bière Namur', 'une bière à Liège', false],
    ['bière AND Namur', 'Namur, sa bière', true],
    ['bière OR vin', 'du vin', true],
    ['a OR b c', 'b seul', false],
    ['a OR b c', 'a seul', true],
    ['(a OR b) c', 'a seul', false],
    ['lumen NOT technologies', 'Lumen Technologies', false],
    ['lumen -technologies', 'Lumen', true],
    ['lumen -"lumen technologies"', 'lumen and technologies', true],
    ['lumen NOT (candela OR photometry)', 'lumen et candela', false],
    ['brass*', 'les brasseurs', true],
    ['brass*', 'embrasser', false],
    ['"fût* perc*"', 'fûts percés', true],
    ['lumen or technologies', 'lumen', false],
    ['colis NEAR/3 perdu', 'mon colis est encore perdu', true],
    ['colis NEAR/3 perdu', 'perdu, mon colis', true],
    ['colis NEAR/1 perdu', 'colis que la poste a perdu', false],
    ['(colis OR paquet) NEAR/2 perdu', 'un paquet bien perdu', true],
    ['"colis perdu"~2', 'perdu ce fichu colis', true],
    ['"colis perdu"~2', 'perdu un et deux et trois colis', false],
    ['case:ING', 'ING ferme', true],
    ['case:ING', 'ing', false],
    ['case:"Le Monde"', 'dans Le Monde hier', true],
    ['case:"Le Monde"', 'le monde entier', false],
    ['well-known', 'a well known place', true],
    ['lumen - bière', 'x', 'error'],
  ])('%s in "%s": %s', (query, text, expected) => {
    if (expected === 'error') expect(() => matches(query, text)).toThrow(QuerySyntaxError)
    else expect(matches(query, text)).toBe(expected)
  })

  it.each([
    ['title:lumen', { title: 'Lumen ouvre' }, true],
    ['title:lumen', { title: 'Autre chose' }, false],
    ['title:(lumen OR phare)', { title: 'Le phare' }, true],
    ['lumen author:dupont', { author: 'Jeanne Dupont' }, true],
    ['lumen author:dupont', { author: 'Dupontel' }, false],
    ['lumen site:example.org', { url: 'https://blog.example.org/a' }, true],
    ['lumen site:example.org', { url: 'https://notexample.org/a' }, false],
    ['lumen site:example.org/avis', { url: 'https://www.example.org/Avis/3' }, true],
    ['lumen -site:(example.org OR example.com)', { url: 'https://example.com/' }, false],
    ['lumen lang:fr', { language: 'fr-BE' }, true],
    ['lumen lang:fr', { language: null }, false],
    ['lumen type:review', { type: 'review' }, true],
    ['lumen url:avis', { url: 'https://example.org/Avis' }, true],
  ])('%s with %j: %s', (query, item, expected) => {
    expect(matches(query, 'voici lumen', item)).toBe(expected)
  })

  it('says which exclusion removed a text', () => {
    const match = matchQuery(
      parseQuery('lumen NOT "lumen technologies"'),
      prepare({ text: 'Lumen Technologies Inc.' }),
    )

    expect(match).toEqual({ matched: false, spans: [], excludedBy: 'lumen technologies' })
  })

  it('marks every place that counts, and none of an alternative that failed', () => {
    expect(
      spans('"brasserie lumen" OR lumenbeer', 'Brasserie Lumen, alias LumenBeer : la brasserie'),
    ).toEqual(['Brasserie Lumen', 'LumenBeer'])
    expect(spans('(bière liège) OR lumen', 'la bière Lumen')).toEqual(['Lumen'])
    expect(spans('oréal', 'œuvre de l’Oréal')).toEqual(['Oréal'])
  })
})

describe('mistakes', () => {
  it.each([
    ['(lumen OR bière', 0, 'never closed'],
    ['lumen (bière', 6, 'never closed'],
    ['lumen)', 5, 'closes nothing'],
    ['"lumen', 0, 'never closed'],
    ['lumen OR', 6, 'nothing to the right'],
    ['OR lumen', 0, 'both sides'],
    ['lumen AND OR x', 6, 'nothing to the right'],
    ['lumen NOT', 6, 'nothing to the right'],
    ['', 0, 'empty'],
    ['a NEAR b', 2, 'NEAR/5'],
    ['a NEAR/2 (b AND c)', 9, 'NEAR stands between'],
    ['titre:lumen', 0, 'no field'],
    ['lumen ()', 6, 'empty'],
    ['a*', 0, 'two letters'],
    ['&', 0, 'no word'],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 50, 'deeply'],
  ])('%s points at %i', (query, offset, message) => {
    try {
      parseQuery(query)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(QuerySyntaxError)
      expect((error as QuerySyntaxError).offset).toBe(offset)
      expect((error as QuerySyntaxError).message).toContain(message)
    }
  })

  it.each([
    ['NOT lumen', true],
    ['lumen OR NOT bière', true],
    ['lumen -bière', false],
    ['site:example.org', false],
  ])('tells whether a query asks for nothing in particular: %s', (query, expected) => {
    expect(matchesNothingInParticular(parseQuery(query))).toBe(expected)
  })
})
