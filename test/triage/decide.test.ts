import { describe, expect, it } from 'vitest'
import type { Judgement } from '../../src/domain/judgement.ts'
import type { Playbook, Severity } from '../../src/domain/playbook.ts'
import type { CategoryChoice } from '../../src/triage/categoriser.ts'
import { type Decision, decide, matchedTexts } from '../../src/triage/decide.ts'

const playbooks = new Map<string, Playbook>([
  playbook('safety', 'critical'),
  playbook('staff-conduct', 'high'),
  playbook('dissatisfied-customer', 'normal'),
  playbook('rant', 'low'),
])

describe('deciding what to do about a text', () => {
  it('opens a ticket for what is surely not harmless, though its tone is neutral', () => {
    const decision = decideOn({ ranked: [['safety', 0.9]], harmless: 0.01 }, { polarity: 'neutral' })

    expect(decision).toMatchObject({ outcome: 'ticket', category: 'safety' })
  })

  it('does nothing about what is surely harmless', () => {
    const decision = decideOn({ ranked: [['rant', 0.04]], harmless: 0.96 }, { polarity: 'positive' })

    expect(decision).toMatchObject({ outcome: 'none', category: null, alternatives: ['rant'] })
  })

  it('lets a person read what is in doubt, with its likeliest category', () => {
    const decision = decideOn({ ranked: [['dissatisfied-customer', 0.7]], harmless: 0.3 })

    expect(decision).toMatchObject({ outcome: 'to-read', category: 'dissatisfied-customer' })
  })

  it('reads a perhaps grave text that would be nothing if it were not grave', () => {
    const of = (category: string, probability: number) =>
      decideOn({ ranked: [[category, probability]], harmless: 1 - probability }, { polarity: 'neutral' })

    expect([of('safety', 0.2), of('staff-conduct', 0.2), of('rant', 0.2)].map(outcomeOf)).toEqual([
      'to-read',
      'none',
      'none',
    ])
    expect([of('staff-conduct', 0.35), of('rant', 0.35), of('rant', 0.75)].map(outcomeOf)).toEqual([
      'to-read',
      'none',
      'to-read',
    ])
  })

  it('lets doubt go up: of two close categories the graver leads and the other is offered', () => {
    const decision = decideOn({
      ranked: [
        ['dissatisfied-customer', 0.46],
        ['safety', 0.44],
        ['rant', 0.05],
      ],
      harmless: 0.01,
    })

    expect(decision).toMatchObject({
      category: 'safety',
      alternatives: ['dissatisfied-customer', 'rant'],
      reason: { rule: 'graver-of-two' },
    })
  })

  it('keeps the likelier category when it is much likelier than the graver one', () => {
    const decision = decideOn({
      ranked: [
        ['dissatisfied-customer', 0.7],
        ['safety', 0.2],
      ],
      harmless: 0.01,
    })

    expect(decision.category).toBe('dissatisfied-customer')
  })

  it('adds up what may be grave before doing nothing', () => {
    const decision = decideOn(
      {
        ranked: [
          ['safety', 0.12],
          ['staff-conduct', 0.12],
        ],
        harmless: 0.76,
      },
      { polarity: 'neutral' },
    )

    expect(decision).toMatchObject({ outcome: 'to-read', reason: { rule: 'perhaps-grave' } })
  })

  it('opens a ticket on a little doubt when the tone is negative too', () => {
    const sketch: Sketch = { ranked: [['rant', 0.8]], harmless: 0.18 }

    const angry = decideOn(sketch, { polarity: 'negative' })
    const calm = decideOn(sketch, { polarity: 'neutral' })

    expect([angry.outcome, calm.outcome]).toEqual(['ticket', 'to-read'])
  })

  it('opens a ticket on more doubt where a signal stands', () => {
    const sketch: Sketch = { ranked: [['rant', 0.75]], harmless: 0.25 }

    const marked = decideOn({ ...sketch, signals: ['"never again"'] }, { polarity: 'neutral' })
    const plain = decideOn(sketch, { polarity: 'neutral' })

    expect([marked.outcome, plain.outcome]).toEqual(['ticket', 'to-read'])
    expect(marked.reason.rule).toBe('category-and-signal')
  })

  it('lets a person read surely positive news instead of opening a ticket', () => {
    const decision = decideOn({ ranked: [['rant', 0.99]], harmless: 0.0001 }, { polarity: 'positive' })

    expect(decision.outcome).toBe('to-read')
  })

  it('reads praise that may be grave as it reads anything else: the sting is in its tail', () => {
    const sketch: Sketch = { ranked: [['safety', 0.2]], harmless: 0.8 }

    const praise = decideOn(sketch, { polarity: 'positive' })
    const calm = decideOn(sketch, { polarity: 'neutral' })

    expect([praise.outcome, calm.outcome]).toEqual(['to-read', 'to-read'])
  })

  it('says so when it knew only the tone of a language nobody taught', () => {
    const decision = decideOn({
      ranked: [['dissatisfied-customer', 0.1]],
      harmless: 0.1,
      sure: false,
      rule: 'untaught-language',
    })

    expect(decision).toMatchObject({ outcome: 'ticket', reason: { rule: 'untaught-language' } })
  })

  it.each([
    ['negative', 'ticket'],
    ['neutral', 'to-read'],
    ['positive', 'none'],
  ] as const)('takes a signal with an unsure %s tone for %s where little was taught', (polarity, outcome) => {
    const sketch: Sketch = { ranked: [['rant', 0.6]], harmless: 0.1, sure: false, signals: ['refund'] }

    const decision = decideOn(sketch, { polarity, sure: false })

    expect(decision.outcome).toBe(outcome)
  })

  it('opens no ticket about someone who may be of the same name', () => {
    const decision = decideOn({ ranked: [['safety', 0.9]], harmless: 0.01 }, {}, false)

    expect(decision).toMatchObject({ outcome: 'to-read', reason: { rule: 'maybe-not-us' } })
  })

  it.each([
    ['negative', true, 'ticket'],
    ['negative', false, 'to-read'],
    ['positive', true, 'none'],
  ] as const)(
    'follows the polarity where the category is not sure: %s, sure %s, is %s',
    (polarity, sure, outcome) => {
      const decision = decideOn({ ranked: [['rant', 0.1]], harmless: 0.1, sure: false }, { polarity, sure })

      expect(decision.outcome).toBe(outcome)
    },
  )

  it('gives no word of the name that was looked for as a reason', () => {
    const choice = choiceOf({ ranked: [['safety', 0.9]], harmless: 0.01 })
    const words = ['Lumen', 'Bière', 'glass'].map((text) => ({ text, weight: 1 }))
    const entry = { title: 'Lumen beer', text: 'Glass in my brasserie-lumen, biere.' }
    const spans = [
      { field: 'text', start: 12, end: 27, term: 'brasserie lumen' },
      { field: 'text', start: 29, end: 34, term: 'bière' },
    ] as const

    const decision = decide({
      judgement: judgementOf({}),
      isCertainlyUs: true,
      choice: { ...choice, reason: { ...choice.reason, words } },
      playbooks,
      matched: matchedTexts(entry, { spans }),
    })

    expect(decision.reason.words.map(({ text }) => text)).toEqual(['glass'])
  })

  it('does not judge a language that the watch does not ask for', () => {
    const decision = decide({
      judgement: null,
      isCertainlyUs: true,
      choice: choiceOf({ ranked: [['safety', 0.9]], harmless: 0 }),
      playbooks,
    })

    expect(decision.outcome).toBe('other-language')
  })
})

function outcomeOf({ outcome }: Decision): string {
  return outcome
}

interface Sketch {
  readonly ranked: readonly (readonly [string, number])[]
  readonly harmless: number
  readonly sure?: boolean
  readonly signals?: readonly string[]
  readonly rule?: string
}

function decideOn(sketch: Sketch, judged: Partial<Judgement> = {}, isCertainlyUs = true) {
  return decide({ judgement: judgementOf(judged), isCertainlyUs, choice: choiceOf(sketch), playbooks })
}

function choiceOf({
  ranked,
  harmless,
  sure = true,
  signals = [],
  rule = 'likeliest',
}: Sketch): CategoryChoice {
  return {
    ranked: ranked.map(([category, probability]) => ({ category, probability })),
    harmless,
    sure,
    reason: { words: [], signals, rule, margin: 0 },
  }
}

function judgementOf(judged: Partial<Judgement>): Judgement {
  const polarity = judged.polarity ?? 'negative'
  const scores = { negative: 0.2, neutral: 0.4, positive: 0.4, [polarity]: 0.6 }
  return { language: 'en', polarity, confidence: 0.6, sure: true, scores, ...judged }
}

function playbook(category: string, severity: Severity): [string, Playbook] {
  // Only what deciding reads.
  return [category, { category, severity } as unknown as Playbook]
}
