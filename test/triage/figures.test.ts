import { beforeAll, describe, expect, it } from 'vitest'
import { loadClassifier } from '../../src/classify/classify.ts'
import { modelFolder } from '../../src/folder.ts'
import { categoryCategoriser } from '../../src/triage/category-categoriser.ts'
import {
  evaluateTriage,
  renderTriageReport,
  type TriageReport,
  wilson,
} from '../../src/triage/category-evaluation.ts'
import { misplacedExamples } from '../../src/triage/category-misplaced.ts'
import { labelledComments, shippedConfig, writtenIn } from './shipped.ts'

const config = shippedConfig()

describe('triage on comments that no example was written from', () => {
  let report: TriageReport

  beforeAll(() => {
    report = evaluateTriage([...labelledComments('unseen'), ...labelledComments('harmless')], {
      classifier: loadClassifier(modelFolder),
      categoriser: categoryCategoriser({ ...config, corrections: [] }, { read: () => null, write: () => {} }),
      playbooks: config.playbooks,
    })
  }, 60_000)

  // Floors a little under what README.md in src/triage tells.
  it('finds the right category first, and among the first two', () => {
    expect(report.all.first / report.all.comments).toBeGreaterThan(0.84)
    expect(report.all.firstTwo / report.all.comments).toBeGreaterThan(0.9)
  })

  it('is at home in every category', () => {
    for (const { name, first, comments } of report.byCategory)
      expect(first / comments, name).toBeGreaterThan(0.55)
  })

  it('loses almost nothing that hurts, and nothing grave', () => {
    expect(report.all.none / report.all.comments).toBeLessThan(0.05)
    expect(report.missedCritical.length).toBeLessThanOrEqual(3)
  })

  it('leaves most of what is harmless alone', () => {
    const { tickets, toRead, comments } = report.harmless

    expect(tickets / comments).toBeLessThan(0.08)
    expect((tickets + toRead) / comments).toBeLessThan(0.43)
  })

  it('prints its figures', () => {
    expect(renderTriageReport(report)).toMatch(/^category .*\n(?:.*\n)*harmless: 164 comments/)
  })
})

describe('the examples written in the playbooks', () => {
  it('land at home when left out of what is learnt', () => {
    const misplaced = misplacedExamples(config, (category, language) => writtenIn(config, category, language))

    expect(misplaced).toEqual([])
  })

  it('are found when they stand in the wrong playbook', () => {
    const wrong = 'Reporter at a weekly here, could your spokesperson comment before we publish on Friday?'
    const safety = config.playbooks.get('safety')
    if (!safety) throw new Error('no safety playbook')
    const examples = new Map([['en', [wrong, ...(safety.examples.get('en') ?? [])]]])
    const playbooks = new Map([...config.playbooks, ['safety', { ...safety, examples }]])

    const misplaced = misplacedExamples({ ...config, playbooks }, (category) =>
      category === 'safety' ? 1 : 0,
    )

    expect(misplaced).toEqual([
      { category: 'safety', language: 'en', index: 0, text: wrong, landsIn: 'press' },
    ])
  })
})

describe('the interval of a share', () => {
  it.each([
    [0, 10, 0, 0.278],
    [5, 10, 0.237, 0.763],
    [10, 10, 0.722, 1],
  ])('%i of %i', (count, of, low, high) => {
    const interval = wilson(count, of)

    expect(interval.low).toBeCloseTo(low, 3)
    expect(interval.high).toBeCloseTo(high, 3)
  })
})
