import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/domain/word.ts'

describe('the words of a text', () => {
  it('are the same whether its letters are looked up or held against the pattern', () => {
    for (let unit = 0; unit < 0x2200; unit++) {
      const text = `avant${String.fromCharCode(unit)}après ${String.fromCharCode(unit)} fin`
      // A letter that is a word by itself makes the whole text go the general way.
      const general = wordsOf(`${text} 茶`).slice(0, -1)
      expect(wordsOf(text), `U+${unit.toString(16)}`).toEqual(general)
    }
  })

  it('stand where they stood in the original', () => {
    const text = "L’Œuvre d'Élan, cafe\u0301-bar : co\u00ADopé"
    const found = wordsOf(text).map(({ folded, start, end }) => [folded, text.slice(start, end)])
    expect(found).toEqual([
      ['l', 'L'],
      ['oeuvre', 'Œuvre'],
      ['d', 'd'],
      ['elan', 'Élan'],
      ['cafe', 'cafe\u0301'],
      ['bar', 'bar'],
      ['coope', 'co\u00ADopé'],
    ])
  })
})
