import { describe, expect, it } from 'vitest'
import { whatIsCategorised } from '../../src/triage/passage.ts'
import { elsewhere, mentionOfLumen } from '../helpers/mentions.ts'

describe('what of a mention its category is chosen from', () => {
  it('is all of a comment', () => {
    const text = 'They lost my parcel.\nLumen says sorry.\nThat is all.'

    expect(categorised(text)).toBe(text)
  })

  it('is the paragraph of an article that names us in passing', () => {
    const paragraph =
      'Her brother, who has made lamps at Lumen for eleven years and comes to every hearing, says that he stopped ' +
      'counting the days long ago; the workshop gives him every Monday off, and nobody there ever asked him why he needs it.'

    expect(categorised(`${elsewhere}\n${paragraph}\n${elsewhere}`)).toBe(paragraph)
  })

  it('goes on with the next paragraph when the name is but a heading', () => {
    const told =
      'Two hours for a cold soup, and the card machine was out of order, as it had been in May and June. '
    const text = `${elsewhere}\n7. Lumen\n${told.repeat(3)}\n${elsewhere}`

    expect(categorised(text)).toBe(`7. Lumen\n${told.repeat(3).trim()}`)
  })

  it('of a paragraph without end is what stands around the name', () => {
    const text = `${elsewhere}${elsewhere} Lumen ${elsewhere}${elsewhere}`
    const passage = categorised(text)

    expect(passage).toContain('Lumen')
    expect(passage.length).toBeLessThan(1300)
  })

  it.each([
    ['names us twice', `${elsewhere}\nLumen knew.\n${elsewhere}\nLumen was told.`, null],
    ['names us in its title', `${elsewhere}\nLumen knew.\n${elsewhere}`, 'Fire: what Lumen knew'],
  ])('is all of an article that %s', (_, text, title) => {
    expect(categorised(text, title)).toContain(elsewhere)
  })

  it('is all of an article that names us in its first lines, and of a review however rarely it names us', () => {
    const text = `A week at Lumen, day by day.\n${elsewhere}\n${elsewhere}`
    expect(categorised(text)).toBe(text)
    const review = `${elsewhere}\nThat was Lumen.\n${elsewhere}`
    expect(categorised(review, null, 2)).toBe(review)
    expect(categorised(review)).not.toBe(review)
  })

  it('is all of an article whose name stands in its link or nowhere', () => {
    expect(categorised(`${elsewhere}${elsewhere}`)).toBe(`${elsewhere}${elsewhere}`)
  })
})

function categorised(text: string, title: string | null = null, stars: number | null = null): string {
  return whatIsCategorised(mentionOfLumen({ title, text, stars }))
}
