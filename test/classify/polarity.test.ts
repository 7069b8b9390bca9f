import { describe, expect, it } from 'vitest'
import { loadClassifier } from '../../src/classify/classify.ts'
import { excerptOf } from '../../src/classify/excerpt.ts'

const classifier = loadClassifier('data/model')

describe('the verdict', () => {
  it('takes the stars of a review as evidence', () => {
    const text = 'Went there on Tuesday with my sister'

    expect(classifier.judge(text, { stars: 1 }).polarity).toBe('negative')
    expect(classifier.judge(text, { stars: 5 }).polarity).toBe('positive')
  })

  it('depends on nothing that was read before', () => {
    const text = 'Le colis arrive cassé, mais le service client est adorable'
    const first = classifier.judge(text)
    for (let first = 0; first < 120_000; first += 24) {
      classifier.judge(Array.from({ length: 24 }, (_, k) => `colis${first + k}`).join(' '))
    }

    expect(classifier.judge(text)).toEqual(first)
    expect(loadClassifier('data/model').judge(text)).toEqual(first)
  })

  it('of a text without a word is the same whatever was asked about it', () => {
    const bare = classifier.judge('')
    classifier.judge('Lumen is horrible', { about: [{ start: 0, end: 5 }] })

    expect(classifier.judge('', { about: [{ start: 0, end: 0 }] })).toEqual(bare)

    classifier.judge('@lumen is horrible')
    expect(classifier.judge('')).toEqual(bare)
  })

  it('is about the name, wherever it stands in a long text', () => {
    const filler = 'The weather was mild and the train left at nine. '.repeat(800)
    const text = `${filler}The stand of Lumen was horrible, rude staff and disgusting beer. ${filler}`
    const start = text.indexOf('Lumen')

    const judgement = classifier.judge(text, { about: [{ start, end: start + 5 }] })
    const reasons = classifier.explain(text, { about: [{ start, end: start + 5 }] })

    expect(judgement.polarity).toBe('negative')
    expect(reasons.length).toBeGreaterThan(0)
    for (const reason of reasons) expect(text.slice(reason.start, reason.end)).toBe(reason.text)
    expect(reasons.map((reason) => reason.text)).toContain('horrible')
  })

  it('bears hostile texts in little time', () => {
    const texts = [
      '!'.repeat(1_000_000),
      'a b '.repeat(250_000),
      '@'.repeat(300_000),
      '#Aa'.repeat(300_000),
      "n't".repeat(300_000),
      '\u0301'.repeat(300_000),
      'https://'.repeat(100_000),
      "l'".repeat(300_000),
    ]
    const start = process.cpuUsage()

    for (const text of texts) classifier.judge(text, { about: [{ start: 5, end: 9 }] })
    const { user } = process.cpuUsage(start)

    expect(user / 1e6).toBeLessThan(2)
  })

  it('bears spans that are not in the text', () => {
    for (const about of [
      [{ start: -5, end: 900 }],
      [{ start: 50, end: 40 }],
      [{ start: 1e9, end: 1e9 + 5 }],
    ]) {
      expect(classifier.judge('Lumen is fine', { about }).confidence).toBeGreaterThan(0)
      expect(classifier.judge('Lumen is fine. '.repeat(3000), { about }).confidence).toBeGreaterThan(0)
    }
  })
})

describe('excerptOf', () => {
  it('maps places in the excerpt back to the whole text', () => {
    const text = `${'x'.repeat(50_000)}Lumen${'y'.repeat(50_000)}`

    const excerpt = excerptOf(text, [{ start: 50_000, end: 50_005 }])

    const [span] = excerpt.spans
    expect(excerpt.text.slice(span?.start, span?.end)).toBe('Lumen')
    expect(excerpt.originalAt(span?.start ?? 0)).toBe(50_000)
  })
})
