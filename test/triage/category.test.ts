import { describe, expect, it } from 'vitest'
import { examplesAtHand } from '../../src/config/examples.ts'
import type { Playbook } from '../../src/domain/playbook.ts'
import { parseQuery } from '../../src/domain/query.ts'
import {
  type Correction,
  categoryCategoriser,
  type ModelCache,
} from '../../src/triage/category-categoriser.ts'

const spoilt = [
  'The soup made my brother ill all night.',
  'My son was ill after the soup, we called a doctor.',
  'Two of us were ill, the doctor says it was the fish.',
  'Ill since your fish on Friday, doctor again tomorrow.',
]
const late = [
  'The parcel is a week late and nobody answers.',
  'Still no parcel, it should have come on Monday.',
  'My parcel never came, a week of waiting.',
  'Waiting for a parcel since Monday, no answer.',
]
const fineOnce = [
  'What a lovely day at the market, thank you all.',
  'Lovely people, lovely bread, thank you.',
  'Thank you for the lovely evening on Monday.',
  'When does the market open, please?',
]

const fine = Array.from({ length: 8 }, (_, i) => fineOnce.map((text) => `${text} ${i}`)).flat()

describe('choosing a category', () => {
  it('learns from the examples', () => {
    const categoriser = categoryCategoriser(settingsOf(), noCache)

    expect(categoriser.categorise('We were both ill after the fish.', 'en').ranked[0]?.category).toBe(
      'safety',
    )
    expect(categoriser.categorise('No parcel yet, a week late.', 'en').ranked[0]?.category).toBe('delivery')
    expect(categoriser.categorise('Lovely bread at the market.', 'en').harmless).toBeGreaterThan(0.5)
  })

  it('gives probabilities that sum to one with what is harmless', () => {
    const { ranked, harmless } = categoryCategoriser(settingsOf(), noCache).categorise('A late fish.', 'en')

    expect(ranked.reduce((sum, { probability }) => sum + probability, harmless)).toBeCloseTo(1)
  })

  it('says which words and signals decided: no little words, none twice', () => {
    const { reason } = categoryCategoriser(settingsOf(), noCache).categorise(
      'My sister is ill, the fish!',
      'en',
    )

    expect(reason.words.map(({ text }) => text)).toEqual(['fish'])
    expect(reason.signals).toEqual(['ill'])
    expect(reason.margin).toBeGreaterThan(0)
  })

  it('chooses the same after a rest, from the cache', () => {
    const cache = memoryCache()
    const categoriser = categoryCategoriser(settingsOf(), cache)
    const before = categoriser.categorise('We were both ill after the fish.', 'en')

    categoriser.rest()

    expect(categoriser.categorise('We were both ill after the fish.', 'en')).toEqual(before)
    expect(cache.writes).toBe(1)
  })

  it('does not rest when the cache lost what it learnt', () => {
    const cache = memoryCache()
    const categoriser = categoryCategoriser(settingsOf(), cache)
    cache.clear()

    categoriser.rest()
    categoriser.categorise('We were both ill after the fish.', 'en')

    expect(cache.writes).toBe(1)
  })

  it('chooses the same from the cache without learning again', () => {
    const cache = memoryCache()
    const text = 'The fish came late.'
    const learnt = categoryCategoriser(settingsOf(), cache).categorise(text, 'en')

    const kept = categoryCategoriser(settingsOf(), cache).categorise(text, 'en')

    expect(kept).toEqual(learnt)
    expect(cache.writes).toBe(1)
  })

  it('learns again when an example changes', () => {
    const cache = memoryCache()
    categoryCategoriser(settingsOf(), cache)

    categoryCategoriser(settingsOf({ late: [...late, 'The courier lost it.'] }), cache)

    expect(cache.writes).toBe(2)
  })

  it.each([
    ['empty', Buffer.alloc(0)],
    ['something else', Buffer.from('VIGIEC1\n{"labels":["a"],"features":1e9,"step":1}\nxx')],
    [
      'sizes without a body',
      Buffer.from('VIGIEC3\n{"labels":["a"],"shared":9,"single":9,"singleRarity":1}\nxx'),
    ],
  ])('learns again when the cache holds %s', (_, bytes) => {
    const broken: ModelCache = { has: () => true, read: () => bytes, write: () => {} }

    const { ranked } = categoryCategoriser(settingsOf(), broken).categorise('Ill after the fish.', 'en')

    expect(ranked[0]?.category).toBe('safety')
  })

  it('follows the corrections people make', () => {
    const text = 'The crate was sticky when I lifted it.'
    const correction = {
      text: 'A sticky crate again, lifted it at my door.',
      language: 'en',
      category: 'safety',
    }

    const before = categoryCategoriser(settingsOf(), noCache).categorise(text, 'en')
    const after = categoryCategoriser(settingsOf({ corrections: [correction] }), noCache).categorise(
      text,
      'en',
    )

    expect(chanceOf('safety', after)).toBeGreaterThan(chanceOf('safety', before))
  })

  it('reaches a category without examples by its signals', () => {
    const settings = settingsOf({ extra: playbook('noise', [], ['trumpet']) })

    const { ranked } = categoryCategoriser(settings, noCache).categorise('trumpet trumpet', 'en')

    expect(chanceOf('noise', { ranked })).toBeGreaterThan(0.2)
  })

  it('is not sure in a language without examples', () => {
    const { sure } = categoryCategoriser(settingsOf(), noCache).categorise('Das Paket kam nie an.', 'de')

    expect(sure).toBe(false)
  })

  it('is not sure when nobody taught what is harmless', () => {
    const taught = { ...settingsOf(), exampleFiles: examplesAtHand(new Map()) }

    expect(
      categoryCategoriser(taught, noCache).categorise('We were both ill after the fish.', 'en').sure,
    ).toBe(false)
    expect(
      categoryCategoriser(settingsOf(), noCache).categorise('We were both ill after the fish.', 'en').sure,
    ).toBe(true)
  })

  it.each([
    [
      'the one by its name',
      [
        ['dissatisfied-customer', 'low', 1],
        ['delivery', 'normal', 3],
      ],
      'dissatisfied-customer',
    ],
    [
      'the largest',
      [
        ['returns', 'normal', 2],
        ['delivery', 'low', 3],
      ],
      'delivery',
    ],
    [
      'a light one',
      [
        ['safety', 'critical', 9],
        ['delivery', 'normal', 3],
      ],
      'delivery',
    ],
    ['the only one', [['safety', 'critical', 9]], 'safety'],
  ] as const)('takes %s for what it cannot read', (_, sketched, expected) => {
    const playbooks = sketched.map(([name, severity, size]) => ({
      ...playbook(name, late.concat(spoilt, fine).slice(0, size), []),
      severity,
    }))
    const settings = { ...settingsOf(), playbooks: new Map(playbooks.map((one) => [one.category, one])) }

    const { ranked, reason } = categoryCategoriser(settings, noCache).categorise(
      'Das Paket kam nie an.',
      'de',
    )

    expect([ranked[0]?.category, reason.rule]).toEqual([expected, 'untaught-language'])
  })

  it('leans a little to ordinary complaints', () => {
    const chanceIn = (name: string) => {
      const grave = { ...playbook(name, late, []), severity: 'high' as const }
      const playbooks = new Map([grave, playbook('safety', spoilt, [])].map((one) => [one.category, one]))
      const categoriser = categoryCategoriser({ ...settingsOf(), playbooks }, noCache)
      return chanceOf(name, categoriser.categorise('A late fish.', 'en'))
    }

    expect(chanceIn('dissatisfied-customer')).toBeGreaterThan(chanceIn('delivery'))
  })

  it('asks two signals for a grave category in a language without examples', () => {
    const ordinary = playbook('dissatisfied-customer', late, [])
    const safety = playbook('safety', spoilt, ['fish', 'ill'])
    const playbooks = new Map([ordinary, safety].map((one) => [one.category, one]))
    const categoriser = categoryCategoriser({ ...settingsOf(), playbooks }, noCache)

    expect(categoriser.categorise('Der fish war kalt.', 'de').ranked[0]?.category).toBe(
      'dissatisfied-customer',
    )
    expect(categoriser.categorise('Vom fish sind wir alle ill.', 'de').ranked[0]?.category).toBe('safety')
  })

  it.each([
    ['nothing', ''],
    ['half a surrogate', '\ud83d'],
    ['one endless word', 'a'.repeat(100_000)],
    ['many words', 'ill fish '.repeat(50_000)],
    ['only marks', '\u0301'.repeat(5000)],
    ['only punctuation', '!?…'.repeat(5000)],
  ])('takes %s', (_, text) => {
    const categoriser = categoryCategoriser(settingsOf(), noCache)

    for (const language of ['en', 'fr', null])
      expect(categoriser.categorise(text, language).ranked).toHaveLength(2)
  })
})

const noCache: ModelCache = { has: () => false, read: () => null, write: () => {} }

function memoryCache(): ModelCache & { writes: number; clear(): void } {
  const kept = new Map<string, Uint8Array>()
  return {
    writes: 0,
    clear: () => kept.clear(),
    has: (key) => kept.has(key),
    read: (key) => kept.get(key) ?? null,
    write(key, bytes) {
      this.writes++
      kept.set(key, bytes)
    },
  }
}

interface Changes {
  readonly late?: readonly string[]
  readonly corrections?: readonly Correction[]
  readonly extra?: Playbook
}

function settingsOf(changes: Changes = {}) {
  const playbooks = [
    playbook('safety', spoilt, ['ill']),
    playbook('delivery', changes.late ?? late, ['parcel']),
  ]
  if (changes.extra) playbooks.push(changes.extra)
  return {
    playbooks: new Map(playbooks.map((one) => [one.category, one])),
    exampleFiles: examplesAtHand(new Map([['_harmless', new Map([['en', fine]])]])),
    corrections: changes.corrections ?? [],
  }
}

function playbook(category: string, examples: readonly string[], signals: readonly string[]): Playbook {
  const written = signals.map((source) => ({ source, query: parseQuery(source) }))
  // Only what choosing reads.
  return {
    category,
    severity: 'normal',
    overlay: false,
    examples: new Map(examples.length > 0 ? [['en', examples]] : []),
    signals: new Map([['en', written]]),
  } as unknown as Playbook
}

function chanceOf(
  category: string,
  { ranked }: { ranked: readonly { category: string; probability: number }[] },
) {
  return ranked.find((one) => one.category === category)?.probability ?? 0
}
