import { describe, expect, it } from 'vitest'
import { mailParts } from '../../src/inbox/mail-parts.ts'
import { piecesOf } from '../../src/inbox/marked-text.tsx'
import { searchExpression } from '../../src/inbox/search-words.ts'
import { diffTexts, withoutPassages } from '../../src/inbox/text-diff.ts'
import { renderMime } from '../../src/notify/mime.ts'

describe('a mail taken apart', () => {
  it('is what it was: text, HTML with its pictures, attachments', async () => {
    const picture = Buffer.from('not really a picture')
    const bytes = await renderMime(
      {
        subject: 'Été',
        text: 'Voilà le texte = tout simplement,\nsur deux lignes.',
        html: '<p>Voilà <img src="cid:week@vigie"></p>',
        attachments: [
          { filename: 'semaine.csv', contentType: 'text/csv', content: Buffer.from('a;b') },
          { filename: 'week.png', contentType: 'image/png', content: picture, contentId: 'week@vigie' },
        ],
      },
      {
        from: { name: 'Vigie', address: 'vigie@lumen.example' },
        to: { name: 'Anne', address: 'anne@lumen.example' },
        replyTo: null,
        messageId: '<m.1@lumen.example>',
        thread: { inReplyTo: null, references: [] },
        date: new Date('2026-11-20T12:00:00Z'),
        list: { name: 'alerts', unsubscribeUrl: null, unsubscribeMail: null },
        severity: null,
        category: null,
        watch: null,
      },
    )

    const parts = mailParts(bytes)

    expect(parts.text?.replace(/\r\n/g, '\n').trim()).toBe(
      'Voilà le texte = tout simplement,\nsur deux lignes.',
    )
    expect(parts.html).toContain(`<img src="data:image/png;base64,${picture.toString('base64')}">`)
    expect(parts.attachments).toEqual([{ name: 'semaine.csv', bytes: 3 }])
  })

  it.each([
    '',
    'no headers at all',
    'Content-Type: multipart/mixed; boundary=x\r\n\r\n',
    `${'Content-Type: multipart/mixed; boundary="x"\n\n--x\n'.repeat(50)}`,
  ])('survives %j', (source) => {
    expect(mailParts(Buffer.from(source))).toBeDefined()
  })
})

describe('what changed between two texts', () => {
  it.each([
    ['a b c', 'a x c', 'a [-b][+x] c'],
    ['same', 'same', 'same'],
    ['', 'new', '[+new]'],
    ['gone', '', '[-gone]'],
    ['one two three', 'one three', 'one [-two ]three'],
  ])('%j to %j', (before, after, expected) => {
    const shown = diffTexts(before, after)
      .map(({ kind, text }) => (kind === 'same' ? text : `[${kind === 'added' ? '+' : '-'}${text}]`))
      .join('')

    expect(shown).toBe(expected)
  })

  it('puts both texts back together, however long', () => {
    const before = Array.from({ length: 3000 }, (_, index) => `w${index}`).join(' ')
    const after = Array.from({ length: 3000 }, (_, index) => `w${index * 2}`).join(' ')
    const started = performance.now()

    const pieces = diffTexts(before, after)

    expect(performance.now() - started).toBeLessThan(1000)
    expect(
      pieces
        .filter(({ kind }) => kind !== 'added')
        .map(({ text }) => text)
        .join(''),
    ).toBe(before.slice(0, 20_000))
    expect(
      pieces
        .filter(({ kind }) => kind !== 'removed')
        .map(({ text }) => text)
        .join(''),
    ).toBe(after.slice(0, 20_000))
  })
})

it('passages that a page no longer holds are shown as removed, also where they overlap', () => {
  const pieces = withoutPassages('one two three four five', ['two three', 'three four', 'nowhere', ''])

  expect(pieces).toEqual([
    { kind: 'same', text: 'one ' },
    { kind: 'removed', text: 'two three four' },
    { kind: 'same', text: ' five' },
  ])
})

describe('a text with marks', () => {
  it('is cut at them, in order, without overlap, with nothing lost', () => {
    const pieces = piecesOf('never again, truly never', [
      { start: 19, end: 24, tone: 'neg' },
      { start: 0, end: 5, tone: 'neg' },
      { start: 3, end: 9, tone: 'match' },
      { start: 90, end: 95, tone: 'match' },
      { start: -3, end: 2, tone: 'match' },
    ])

    expect(pieces.map(({ text }) => text).join('')).toBe('never again, truly never')
    expect(pieces.filter(({ tone }) => tone !== null).map(({ text }) => text)).toEqual(['never', 'never'])
  })

  it('hides nothing and turns nothing round', () => {
    expect(piecesOf('a\u202Eb\u0000c\u200Bd', [])).toEqual([{ text: 'abcd', tone: null }])
  })
})

describe('what is typed in the search box', () => {
  it.each([
    ['bière chaude', '("bière" AND "chaude")'],
    ['"not good" -beer', '("not good") NOT ("beer")'],
    ['brass*', '("brass*"*)'],
    ['a* b', '("a*" AND "b")'],
    ['-only', null],
    ['   ', null],
    ['title: OR AND (', '("title:" AND "OR" AND "AND")'],
  ])('%j asks for %j', (typed, expected) => {
    expect(searchExpression(typed)).toBe(expected)
  })
})
