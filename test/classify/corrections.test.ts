import { describe, expect, it } from 'vitest'
import { loadClassifier } from '../../src/classify/classify.ts'
import {
  type Correction,
  learn,
  looksLikeOthers,
  nothingLearnt,
  withCorrections,
} from '../../src/classify/corrections.ts'

const classifier = loadClassifier('data/model')

describe('learning from corrections', () => {
  const corrections: Correction[] = [
    { text: 'Wicked stout, killer finish, sick label', said: 'not-negative' },
    { text: 'That stout is a killer, wicked good', said: 'not-negative' },
    { text: 'They changed the recipe to the metro version again', said: 'negative' },
    { text: 'The metro version tastes like the old one', said: 'negative' },
  ]

  it('shifts the verdict on texts like those corrected', () => {
    const taught = withCorrections(classifier, learn(corrections, classifier))
    const text = 'A wicked killer stout'

    expect(taught.judge(text).scores.negative).toBeLessThan(classifier.judge(text).scores.negative)
    expect(taught.judge('Got the metro version today').scores.negative).toBeGreaterThan(
      classifier.judge('Got the metro version today').scores.negative,
    )
  })

  it('leaves texts that share no word with the corrections alone', () => {
    const taught = withCorrections(classifier, learn(corrections, classifier))
    const text = 'Friendly staff and quick service'

    expect(taught.judge(text)).toEqual(classifier.judge(text))
  })

  it('keeps scores that sum to one, and does not claim a verdict it turned round', () => {
    const taught = withCorrections(classifier, learn([...corrections, ...corrections], classifier))

    for (const { text } of corrections) {
      const before = classifier.judge(text)
      const after = taught.judge(text)

      expect(after.scores.negative + after.scores.neutral + after.scores.positive).toBeCloseTo(1, 9)
      if (after.polarity !== before.polarity) expect(after.sure).toBe(false)
    }
  })

  it('is plain JSON, the same for the same corrections, and forgotten with them', () => {
    const weights = learn(corrections, classifier)

    expect(JSON.parse(JSON.stringify(weights))).toEqual(weights)
    expect(learn(corrections, classifier)).toEqual(weights)
    expect(withCorrections(classifier, nothingLearnt)).toBe(classifier)
    expect(withCorrections(classifier, learn([], classifier))).toBe(classifier)
  })

  it('tells texts like those called "not us" from others', () => {
    const weights = learn(
      [
        { text: 'Lumen is the unit of luminous flux in photometry', said: 'not-us' },
        { text: 'This lamp gives 800 lumen of luminous flux', said: 'not-us' },
        { text: 'The beer was warm and flat', said: 'negative' },
      ],
      classifier,
    )

    expect(looksLikeOthers('A lamp with more luminous flux', weights)).toBeGreaterThan(
      looksLikeOthers('The beer was flat and warm again', weights),
    )
  })

  it('says which learnt words decided', () => {
    const taught = withCorrections(classifier, learn(corrections, classifier))

    const metro = taught.explain('Got the metro version today').find((piece) => piece.text === 'metro')

    expect(metro?.weight).toBeGreaterThan(0)
  })
})
