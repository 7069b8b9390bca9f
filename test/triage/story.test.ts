import { describe, expect, it } from 'vitest'
import { containment, isSameStory, storyKey, storyPrint } from '../../src/triage/story.ts'

const TEXT =
  'Les clients de Lumen attendent leurs colis depuis trois semaines et le service ne répond plus, a constaté hier ' +
  'notre journal dans plusieurs villes du pays où les magasins restent fermés.'

describe('storyKey', () => {
  it.each([
    ['Panne chez Lumen Telecom', 'panne chez lumen telecom'],
    ['VIDÉO. Panne chez Lumen Telecom - Le Courrier', 'panne chez lumen telecom'],
    ['[EN DIRECT] Panne chez Lumen Telecom | 7 sur 7', 'panne chez lumen telecom'],
    ['PANNE CHEZ LUMEN TELECOM', 'panne chez lumen telecom'],
    ['Grève, hausse – ce que dit Lumen', null],
    ['Avis Lumen', null],
    ['', null],
  ])('of %j', (title, key) => {
    expect(storyKey(title)).toBe(key)
  })
})

describe('isSameStory', () => {
  const print = (title: string | null, text: string) => storyPrint({ title, text })

  it('puts a dispatch and its reprint together', () => {
    const dispatch = print('Colis bloqués chez Lumen', TEXT)

    expect(isSameStory(dispatch, print('Un tout autre titre', `(Belga) – ${TEXT.toUpperCase()}`))).toBe(true)
    expect(isSameStory(dispatch, print('Autre', `${TEXT.slice(0, 90)}… [Lire la suite]`))).toBe(true)
    expect(isSameStory(dispatch, print('Colis bloqués chez Lumen - La Gazette', ''))).toBe(true)
  })

  it('keeps apart what only sounds alike', () => {
    const one = print('Orange en panne', 'La société Orange en panne, a indiqué un porte-parole.')
    const other = print('Telenet en panne', 'La société Telenet en panne, a indiqué un porte-parole.')

    expect(
      isSameStory(
        one,
        print('Autre', 'Rien à voir avec cela, ni de près ni de loin, vraiment rien du tout.'),
      ),
    ).toBe(false)
    expect(isSameStory(print('Déçu', 'Très déçu.'), print('Nul', 'Très déçu.'))).toBe(false)
    expect(containment(one.pairs, other.pairs)).toBeLessThan(0.8)
  })
})
