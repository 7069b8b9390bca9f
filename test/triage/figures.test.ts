import { beforeAll, describe, expect, it } from 'vitest'
import { loadClassifier } from '../../src/classify/classify.ts'
import { modelFolder } from '../../src/folder.ts'
import { categoryCategoriser } from '../../src/triage/category-categoriser.ts'
import {
  evaluateTriage,
  renderTriageReport,
  type TriageEvaluationDeps,
  type TriageReport,
  wilson,
} from '../../src/triage/category-evaluation.ts'
import { misplacedExamples } from '../../src/triage/category-misplaced.ts'
import { decide } from '../../src/triage/decide.ts'
import { labelledComments, shippedConfig, writtenIn } from './shipped.ts'

const config = shippedConfig()
const measured = ['unseen', 'unseen-fresh', 'unseen-third', 'harmless', 'harmless-fresh', 'harmless-third']

let judges: TriageEvaluationDeps

beforeAll(() => {
  judges = {
    classifier: loadClassifier(modelFolder),
    categoriser: categoryCategoriser(
      { ...config, corrections: [] },
      { has: () => false, read: () => null, write: () => {} },
    ),
    playbooks: config.playbooks,
  }
}, 60_000)

describe('triage on comments that no example was written from', () => {
  let report: TriageReport

  beforeAll(() => {
    report = evaluateTriage(measured.flatMap(labelledComments), judges)
  })

  // Floors a little under what README.md in src/triage tells.
  it('finds the right category first, and among the first two', () => {
    expect(report.all.first / report.all.comments).toBeGreaterThan(0.87)
    expect(report.all.firstTwo / report.all.comments).toBeGreaterThan(0.94)
  })

  it('is at home in every category', () => {
    for (const { name, first, comments } of report.byCategory)
      expect(first / comments, name).toBeGreaterThan(0.75)
  })

  it('loses almost nothing that hurts, and nothing grave', () => {
    expect(report.all.none / report.all.comments).toBeLessThan(0.03)
    expect(report.missedCritical).toEqual([])
    expect(report.all.tickets / report.all.comments).toBeGreaterThan(0.75)
  })

  it('leaves most of what is harmless alone', () => {
    const { tickets, toRead, comments } = report.harmless

    expect(tickets / comments).toBeLessThan(0.05)
    expect(toRead / comments).toBeLessThan(0.21)
  })

  it('prints its figures', () => {
    expect(renderTriageReport(report)).toMatch(/^category .*\n(?:.*\n)*harmless: 404 comments/)
  })
})

describe('triage on articles that name a company', () => {
  let report: TriageReport

  beforeAll(() => {
    report = evaluateTriage(labelledComments('articles'), judges)
  })

  it('opens no ticket because of what happened to others', () => {
    expect(report.harmless.tickets / report.harmless.comments).toBeLessThan(0.06)
  })

  it('finds the one passage that hurts', () => {
    expect(report.all.first / report.all.comments).toBeGreaterThan(0.87)
    expect(report.all.none / report.all.comments).toBeLessThan(0.05)
    expect(report.missedCritical).toEqual([])
  })
})

describe('a comment in a language that no example teaches', () => {
  it.each([
    [
      'nl',
      'ticket',
      'Drie weken gewacht op mijn bestelling en nog altijd niets, schandalig slechte service.',
    ],
    ['de', 'ticket', 'Furchtbarer Service, das Essen war kalt und der Kellner unverschämt. Nie wieder.'],
    ['es', 'ticket', 'Pésimo servicio, la comida fría y nadie nos atendió. No volveré jamás.'],
    ['nl', 'none', 'Wat een heerlijke avond, lekker gegeten en heel vriendelijk personeel.'],
    ['de', 'none', 'Wunderbarer Abend, tolles Essen, sehr freundliche Bedienung!'],
    ['es', 'none', 'Una velada maravillosa, la comida deliciosa y el personal encantador.'],
    ['nl', 'none', 'De winkel opent zaterdag om tien uur.'],
  ] as const)('in %s is %s: %s', (language, outcome, text) => {
    const judgement = judges.classifier.judge(text)
    const choice = judges.categoriser.categorise(text, judgement.language)

    const decision = decide({ judgement, isCertainlyUs: true, choice, playbooks: config.playbooks })

    const category = outcome === 'ticket' ? 'dissatisfied-customer' : null
    expect([judgement.language, decision.outcome, decision.category]).toEqual([language, outcome, category])
  })
})

describe('the reasons for a choice', () => {
  it.each([
    ['fr', 'Ma fille a trouvé un morceau de verre dans son gâteau, on a fini aux urgences avec elle.'],
    ['en', 'For three weeks I have been chasing them for my refund and they never call back.'],
  ])('are words a person would accept: %s', (language, text) => {
    const { reason } = judges.categoriser.categorise(text, language)

    expect(reason.words.length + reason.signals.length).toBeGreaterThan(0)
    for (const word of reason.words) {
      expect(word.text.length).toBeGreaterThan(2)
      expect([
        'une',
        'dans',
        'son',
        'avec',
        'elle',
        'for',
        'three',
        'have',
        'been',
        'them',
        'they',
      ]).not.toContain(word.text.toLowerCase())
      expect(word.weight).toBeGreaterThan(0)
    }
  })
})

describe('the examples written in the playbooks', () => {
  it('land at home when left out of what is learnt', () => {
    const misplaced = misplacedExamples(config, (category, language) => writtenIn(config, category, language))

    expect(misplaced).toEqual([])
  })

  it('are found when they stand in the wrong playbook', () => {
    const wrong =
      'Reporter at a weekly here: we publish an article on Friday, would your spokesperson answer our questions or give an interview before the deadline?'
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
