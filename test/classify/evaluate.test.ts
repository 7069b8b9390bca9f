import { describe, expect, it } from 'vitest'
import type { Classifier } from '../../src/classify/classifier.ts'
import { evaluate, renderReport } from '../../src/classify/evaluate.ts'
import type { Polarity } from '../../src/domain/judgement.ts'

describe('evaluate', () => {
  it('counts what was right, by source and language', async () => {
    const lines = [
      line('negative', 'negative', 'a', 'fr'),
      line('negative', 'positive', 'a', 'fr'),
      line('neutral', 'neutral', 'a', 'fr'),
      line('positive', 'positive', 'b', 'en'),
      line('negative', 'neutral', 'b', 'en'),
      'not JSON',
    ]

    const report = await evaluate(lines, parrot)

    expect(report.texts).toBe(5)
    expect(report.broken).toEqual([{ line: 6, reason: 'not JSON' }])
    expect(report.groups.map((group) => [group.source, group.language, group.classes])).toEqual([
      ['a', 'fr', 3],
      ['b', 'en', 2],
    ])
    expect(report.groups[0]?.negative).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 })
    // Two-class sets are a forced choice: the "neutral" of the last line leans to negative.
    expect(report.groups[1]?.accuracy).toBe(1)
    expect(report.groups[0]?.calibrationError).toBeCloseTo(Math.abs(0.8 - 2 / 3), 9)
  })

  it('prints a table that names every group', async () => {
    const text = renderReport(await evaluate([line('negative', 'negative', 'shop', 'nl')], parrot))

    expect(text).toContain('shop/nl')
    expect(text).toContain('ECE')
  })
})

function line(label: Polarity, said: Polarity, source: string, lang: string): string {
  return JSON.stringify({ text: said, label, source, lang })
}

/** Says what the text says. */
const parrot: Classifier = {
  judge(text) {
    const polarity: Polarity = text === 'negative' ? 'negative' : text === 'positive' ? 'positive' : 'neutral'
    const scores = { negative: 0.1, neutral: 0.1, positive: 0.1, [polarity]: 0.8 }
    const lean = polarity === 'neutral' ? { ...scores, negative: 0.15, positive: 0.05 } : scores
    return { language: 'en', polarity, confidence: 0.8, sure: true, scores: lean }
  },
  explain: () => [],
}
