import { describe, expect, it } from 'vitest'
import {
  clean,
  fitted,
  languageTag,
  maxPageBytes,
  oneLine,
  quoted,
  shown,
  subjectLine,
  webAddress,
} from '../../src/notify/mail-clean.ts'

describe('clean', () => {
  it.each([
    ['direction overrides', 'a\u202Egnp.exe\u202C b\u2066c\u2069', 'agnp.exe bc'],
    ['direction marks', 'a\u200Fb\u200Ec\u061Cd', 'abcd'],
    ['zero widths', 'Lu\u200Bmen \uFEFFbi\u00ADère\u2060', 'Lumen bière'],
    ['invisible tags', 'a\u{E0041}\u{E0042}b', 'ab'],
    ['fillers that look like nothing', 'a\u3164\u115Fb', 'ab'],
    ['controls', 'a\0b\x07c\x1B[31md\x9Be', 'abc[31mde'],
    ['line breaks of every kind', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['empty lines', 'a\n\n\n\n\nb', 'a\n\nb'],
    ['halves of a character', 'a\uD83Db', 'a\uFFFDb'],
    ['runs of joiners', 'a\u200D\u200D\u200Db', 'a\u200Db'],
  ])('tames %s', (_, text, expected) => {
    expect(clean(text)).toBe(expected)
  })

  it('flattens towers of accents but keeps accents', () => {
    expect(clean(`e${'\u0301'.repeat(50)}`)).toBe(`e${'\u0301'.repeat(4)}`)
    expect(clean('e\u0301té')).toBe('e\u0301té')
  })

  it.each(['👩‍👩‍👧', '🇧🇪', '日本語', 'עברית', 'Ça va ?', '❤️'])('leaves %s as it is', (text) => {
    expect(clean(text)).toBe(text)
  })

  it.each([' ', '\n', '\u0301', '\u200D', '\u202E', '\t', ' \n'])('is quick on a million of %j', (unit) => {
    const started = performance.now()

    clean(`é${unit.repeat(1_000_000 / unit.length)}x`)

    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('shown', () => {
  const text = 'Brasserie Lumen : toujours rien'

  it('marks spans at their places, although cleaning moves them', () => {
    const dirty = `\u202E\u200B${text}`

    const { pieces } = shown(dirty, 100, [{ start: 2, end: 17 }])

    expect(pieces).toEqual([
      { text: 'Brasserie Lumen', marked: true },
      { text: ' : toujours rien', marked: false },
    ])
  })

  it('copes with spans that overlap, are empty or point outside', () => {
    const spans = [
      { start: 10, end: 15 },
      { start: 0, end: 12 },
      { start: 5, end: 5 },
      { start: 90, end: 95 },
      { start: -5, end: 2 },
      { start: Number.NaN, end: 3 },
    ]

    const { pieces } = shown(text, 100, spans)

    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  })

  it('says how much it left out, and cuts after a word', () => {
    expect(shown('un deux trois quatre', 12)).toEqual({
      pieces: [{ text: 'un deux', marked: false }],
      hidden: 13,
    })
  })

  it('begins near what is marked when that lies beyond the cut', () => {
    const filler = 'Rien pour nous ici. '.repeat(40)
    const article = `${filler}\nLe soir, Lumen a fermé tôt. ${filler}`
    const start = article.indexOf('Lumen')
    const { pieces, hidden } = quoted(article, 200, [{ start, end: start + 5 }])

    expect(pieces.slice(0, 3)).toEqual([
      { text: '[…] ', marked: false },
      { text: 'Le soir, ', marked: false },
      { text: 'Lumen', marked: true },
    ])
    expect(hidden).toBeGreaterThan(500)
    expect(shown(article, 200).pieces[0]?.text).toMatch(/^Rien pour nous/)
  })

  it('begins a little before what is marked in a line without end', () => {
    const article = `${'mot '.repeat(500)}Lumen${' mot'.repeat(500)}`
    const text = quoted(article, 600, [{ start: 2000, end: 2005 }])
      .pieces.map((piece) => piece.text)
      .join('')

    expect(text).toMatch(/^\[…\] mot /)
    expect(text).toContain('Lumen')
    expect(quoted(article, 600, [{ start: Number.NaN, end: 3 }]).pieces[0]?.text).toMatch(/^mot/)
  })

  it.each([30, 100, 200, 300, 400])('shows what is marked, however little room there is: %i', (limit) => {
    for (const filler of ['mot ', 'mot', 'x'.repeat(500)]) {
      const before = filler.repeat(600)
      const marks = [{ start: before.length, end: before.length + 5 }]
      const { pieces } = quoted(`${before}Lumen${before}`, limit, marks)

      expect(pieces.filter((piece) => piece.marked)).toEqual([{ text: 'Lumen', marked: true }])
    }
  })

  it('begins what is no quotation at its beginning, wherever its marks are', () => {
    const draft = `${'mot '.repeat(500)}{nom}`

    expect(shown(draft, 600, [{ start: 2000, end: 2005 }]).pieces[0]?.text).toMatch(/^mot/)
  })

  it('cuts no character in two', () => {
    expect(shown('😀'.repeat(50), 35).pieces[0]?.text).toBe('😀'.repeat(17))
  })

  it('stays quick with many spans', () => {
    const spans = Array.from({ length: 100_000 }, (_, start) => ({ start, end: start + 1 }))

    expect(shown('a'.repeat(100_000), 100_000, spans).pieces.length).toBeLessThan(300)
  })
})

describe('oneLine', () => {
  it('is one line, cut with an ellipsis', () => {
    expect(oneLine(' a\n b\tc ', 10)).toBe('a b c')
    expect(oneLine('un deux trois quatre', 12)).toBe('un deux…')
    expect(oneLine('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(10)}…`)
  })
})

describe('webAddress', () => {
  it.each([
    ['https://a.example/é?b=1&c', 'https://a.example/%C3%A9?b=1&c'],
    ['http://user:secret@a.example/', 'http://a.example/'],
    ['javascript:alert(1)', null],
    ['java\nscript:alert(1)', null],
    ['data:text/html,x', null],
    ['vbscript:x', null],
    ['//a.example', null],
    ['/etc/passwd', null],
    ['file:///etc/passwd', null],
    ['', null],
    [`https://a.example/${'x'.repeat(5000)}`, null],
    [null, null],
  ])('%j gives %j', (url, expected) => {
    expect(webAddress(url)).toBe(expected)
  })
})

describe('languageTag', () => {
  it.each([
    ['fr', 'fr'],
    ['EN', 'en'],
    ['"><script>', undefined],
    [null, undefined],
  ])('%j gives %j', (language, expected) => {
    expect(languageTag(language)).toBe(expected)
  })
})

it('a subject is never an encoded word', () => {
  expect(subjectLine('=?utf-8?B?SGkNCg==?=')).not.toContain('=?')
})

it('a page that stays too large is rendered smaller', () => {
  const page = fitted((share) => 'é'.repeat(Math.round(maxPageBytes * share)))

  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(maxPageBytes)
  expect(Buffer.byteLength(page)).toBeGreaterThan(maxPageBytes / 3)
})
