import { describe, expect, it } from 'vitest'
import { blocks, heading, paragraph, point, quoted } from '../../src/notify/mail-text.ts'

const long =
  'Une phrase assez longue pour ne pas tenir sur une seule ligne de soixante-seize colonnes, voilà.'

describe('paragraph', () => {
  it('wraps at 76 columns and keeps every word', () => {
    const text = paragraph(`${long} ${long} ${long}`)

    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76)
    expect(text.split(/\s/).join(' ')).toBe(`${long} ${long} ${long}`)
  })

  it('keeps the line breaks of the text', () => {
    expect(paragraph('un\n\ndeux')).toBe('un\n\ndeux')
  })

  it('does not break at a no-break space', () => {
    const text = paragraph(`${'mot '.repeat(18)}fin\u00A0: suite`)

    expect(text).toContain('\nfin\u00A0: suite')
  })

  it('leaves an address whole, and breaks any other long word', () => {
    const address = `https://a.example/${'x'.repeat(100)}`

    expect(paragraph(`voir ${address}`)).toBe(`voir\n${address}`)
    expect(paragraph('x'.repeat(100))).toBe(`${'x'.repeat(76)}\n${'x'.repeat(24)}`)
  })

  it('counts wide characters as two columns, and cuts no emoji', () => {
    expect(paragraph('漢'.repeat(50)).split('\n')[0]).toBe('漢'.repeat(38))
    expect(
      paragraph('👩‍👩‍👧'.repeat(50))
        .split('\n')
        .every((line) => line.startsWith('👩')),
    ).toBe(true)
  })

  it('is not held open by letters joined without end', () => {
    const lines = paragraph('a\u200D'.repeat(5000)).split('\n')

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(320)
  })

  it('stays quick on a hundred thousand characters without a space', () => {
    const started = performance.now()

    paragraph('é'.repeat(100_000))

    expect(performance.now() - started).toBeLessThan(2000)
  })
})

it('a point hangs its lines', () => {
  expect(point(long)).toMatch(/^- Une phrase [^\n]+\n {2}\S/)
})

it('a quotation marks every line, empty ones too', () => {
  expect(
    quoted(`un\n\n${long}`)
      .split('\n')
      .every((line) => line.startsWith('>')),
  ).toBe(true)
})

it('a heading ends with the colon of its language', () => {
  expect(heading('À lire', 'fr')).toBe('À lire\u00A0:')
  expect(heading('To read', 'en')).toBe('To read:')
})

it('blocks leave out what is not there', () => {
  expect(blocks('a', null, '', ['b', 'c'])).toBe('a\n\nb\n\nc')
})
