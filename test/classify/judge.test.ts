import { describe, expect, it } from 'vitest'
import { loadClassifier } from '../../src/classify/classify.ts'
import { evidenceOf, whatIsJudged } from '../../src/classify/judge.ts'
import { elsewhere, mentionOfLumen } from '../helpers/mentions.ts'

describe('what of a mention is judged', () => {
  it('is all of a comment, with the name where it stands', () => {
    const { text, name } = judged('They lost my parcel. Lumen says sorry.')

    expect(text).toBe('They lost my parcel. Lumen says sorry.')
    expect(name).toBe('Lumen')
  })

  it('of an article that names us in passing is what stands beside the name', () => {
    const written = `${elsewhere}He bought the lamp at Lumen last year. ${elsewhere}`
    const { text, name } = judged(written)
    const words = written.split(' ')

    expect(text.split(' ').filter((word) => !words.includes(word))).toEqual([])
    expect(text).toContain('He bought the lamp at Lumen last year.')
    expect(text.length).toBeLessThan(220)
    expect(name).toBe('Lumen')
  })

  it('of an article about us is its beginning and what stands around the name', () => {
    const { text, name } = judged(
      `A bad week. ${elsewhere}Lumen knew. ${elsewhere}${elsewhere}Lumen was told.`,
    )

    expect(text.startsWith('A bad week.')).toBe(true)
    expect(text).toContain('Lumen knew.')
    expect(text.endsWith('Lumen was told.')).toBe(true)
    expect(text.length).toBeLessThan(2000)
    expect(name).toBe('Lumen')
  })

  it('is all of a long text that does not name us', () => {
    const { text } = judged(`${elsewhere}${elsewhere}`)

    expect(text).toBe(`${elsewhere}${elsewhere}`)
  })
})

describe('the words that decided', () => {
  const classifier = loadClassifier('data/model')

  it.each([
    ['in passing', `${elsewhere}The beer at Lumen was horrible, disgusting even. ${elsewhere}`],
    [
      'about us',
      `Lumen again. ${elsewhere}${elsewhere}The beer at Lumen was horrible, disgusting even. ${elsewhere}`,
    ],
  ])('stand where they stand in the whole article, %s', (_, written) => {
    const mention = mentionOfLumen({ text: written })
    const evidence = evidenceOf({ mention }, classifier)

    expect(evidence.map(({ text }) => text)).toContain('horrible')
    for (const { start, end, text } of evidence) expect(written.slice(start, end)).toBe(text)
  })
})

/** The text that is judged, and what stands at the first place where the name is said to be. */
function judged(written: string) {
  const { text, context } = whatIsJudged(mentionOfLumen({ text: written }))
  const [first] = context.about ?? []
  return { text, name: first ? text.slice(first.start, first.end) : null }
}
