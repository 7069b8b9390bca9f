import { beforeAll, describe, expect, it } from 'vitest'
import type { Classifier } from '../../src/classify/classifier.ts'
import { loadClassifier } from '../../src/classify/classify.ts'
import { modelFolder } from '../../src/folder.ts'
import { categoryCategoriser } from '../../src/triage/category-categoriser.ts'
import { type Decision, decide } from '../../src/triage/decide.ts'
import { configOf, folderWith, playbookOf, smallFolder } from '../helpers/folder.ts'

const poisoning = playbookOf('', 'Ill guests')
  .replace('severity: normal', 'severity: critical')
  .replace(/signals: .*/, 'signals: { fr: [malade*], en: [poisoning, sick] }')
  .replace(
    /examples: .*/,
    'examples: { fr: ["Malades toute la nuit après le repas de dimanche."], en: ["We were sick all night after the soup, the doctor came twice.", "My daughter ended up in hospital with stomach pains."] }',
  )

describe('a folder with two playbooks, a handful of examples and nothing harmless', () => {
  let classifier: Classifier

  beforeAll(() => {
    classifier = loadClassifier(modelFolder)
  })

  it.each([
    ['a signal', 'I want a refund, this is the worst shop I know.', 'dissatisfied-customer'],
    [
      'the nearest example',
      'Four weeks and still nothing, this is terrible service.',
      'dissatisfied-customer',
    ],
    ['a grave signal', 'Awful: food poisoning, all three of us, never again.', 'safety'],
    [
      'the nearest grave example',
      'Horrible night: hospital, stomach pains, because of their awful soup.',
      'safety',
    ],
    ['a French signal', 'Nous avons été malades toute la soirée, quelle honte, cuisine infecte.', 'safety'],
  ])('opens a ticket in the right playbook by %s', (_, text, category) => {
    const decision = decideOn(text)

    expect(decision).toMatchObject({ outcome: 'ticket', category })
  })

  it('opens a ticket in the ordinary playbook for a language it has no examples in', () => {
    const decision = decideOn('Sehr schlechter Service, nie wieder! Ich bin total enttäuscht und verärgert.')

    expect(decision).toMatchObject({
      outcome: 'ticket',
      category: 'dissatisfied-customer',
      reason: { rule: 'untaught-language' },
    })
  })

  it.each([
    'What a wonderful shop, lovely people, I loved every minute.',
    'Superbe accueil, très bon repas, merci à toute la famille !',
    'Thank you so much for the beautiful flowers, my mother was delighted.',
    'Das Essen war ausgezeichnet, sehr freundliches Personal, gerne wieder!',
  ])('opens none for praise: %s', (text) => {
    expect(decideOn(text).outcome).toBe('none')
  })

  function decideOn(text: string): Decision {
    const config = configOf(folderWith({ ...smallFolder, 'playbooks/safety.md': poisoning }))
    const categoriser = categoryCategoriser(
      { ...config, corrections: [] },
      { has: () => false, read: () => null, write: () => {} },
    )
    const judgement = classifier.judge(text)
    const choice = categoriser.categorise(text, judgement.language)
    return decide({ judgement, isCertainlyUs: true, choice, playbooks: config.playbooks })
  }
})
