import { describe, expect, it } from 'vitest'
import { loadClassifier, restingClassifier } from '../../src/classify/classify.ts'

const classifier = loadClassifier('data/model')

describe('the shipped classifier', () => {
  it.each([
    ['The delivery was late, the box was broken and nobody answers my mails.', 'en', 'negative'],
    ['Absolutely love this place, the staff are wonderful and the beer is great!', 'en', 'positive'],
    ['Service client lamentable, je ne recommande pas du tout cette entreprise.', 'fr', 'negative'],
    ['Un accueil chaleureux et une bière excellente, merci à toute l’équipe !', 'fr', 'positive'],
  ] as const)('judges %j', (text, language, polarity) => {
    const judgement = classifier.judge(text)

    expect(judgement.language).toBe(language)
    expect(judgement.polarity).toBe(polarity)
  })

  it('gives probabilities that sum to one, on any string', () => {
    for (const text of [
      '',
      ' ',
      '\ud800',
      '#'.repeat(50_000),
      'a'.repeat(100_000),
      '\u0000',
      '😀'.repeat(3000),
      "'''n't",
    ]) {
      const { scores, confidence } = classifier.judge(text)

      expect(scores.negative + scores.neutral + scores.positive).toBeCloseTo(1, 9)
      expect(confidence).toBeGreaterThan(0)
    }
  })

  it('does not guess a language from three words', () => {
    expect(classifier.judge('Super bon accueil').language).toBeNull()
  })

  it('names the words that decided, at their place in the text', () => {
    const text = 'The beer was fine but the waiter was rude and horrible.'

    const reasons = classifier.explain(text)

    expect(reasons.length).toBeLessThanOrEqual(8)
    for (const reason of reasons) expect(text.slice(reason.start, reason.end)).toBe(reason.text)
    expect(reasons.find((reason) => reason.text === 'horrible')?.weight).toBeGreaterThan(0)
  })
})

describe('a classifier that rests', () => {
  const text = 'The delivery was late and nobody answers my mails.'

  it('says the same before and after a rest', () => {
    const resting = restingClassifier('data/model')

    const before = [resting.judge(text), resting.explain(text)]
    resting.rest()

    expect([resting.judge(text), resting.explain(text)]).toEqual(before)
    expect(before).toEqual([classifier.judge(text), classifier.explain(text)])
  })

  it('says at once that there is no model to read', () => {
    expect(() => restingClassifier('data')).toThrow(/cannot read the model data.polarity\.bin/)
  })
})
