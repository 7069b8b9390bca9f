import { describe, expect, it } from 'vitest'
import { buildConcepts, conceptMarks, markConcepts } from '../../src/classify/concepts.ts'
import { tokenBuffer, tokenize } from '../../src/classify/tokens.ts'

const concepts = buildConcepts(
  [
    '# feeling | en | fr | nl | de | es | it | pt',
    '3 | love* delight | ador* | - | - | - | - | -',
    '-2 | let_down | déçu* | - | - | - | - | -',
    '-3 | 😡 🤬 :-( | - | - | - | - | - | -',
  ].join('\n'),
)

describe('ideas', () => {
  it.each([
    ['en', 'loved it', [3, 0]],
    ['fr', "j'adore", [0, 3]],
    ['fr', 'loved it', [0, 0]],
    ['en', 'they let down', [0, -2, 0]],
    ['fr', 'très déçue', [0, -2]],
  ])('are found by word, beginning and expression, in %s: %s', (language, text, feelings) => {
    expect(feelingsOf(text, language)).toEqual(feelings)
  })

  it.each([null, 'en', 'fr', 'pt'])('of emoji and emoticons are the same everywhere (%s)', (language) => {
    expect(feelingsOf('🤬', language)).toEqual([-3])
    expect(feelingsOf('😡 :-(', language)).toEqual([-3, -3])
  })
})

function feelingsOf(text: string, language: string | null): number[] {
  const tokens = tokenBuffer()
  const marks = conceptMarks(64)
  tokenize(text, tokens)
  markConcepts(tokens, tokens.count, language, concepts, marks)
  return Array.from(marks.idea.subarray(0, tokens.count), (idea) => concepts.feelings[idea] ?? 0)
}
