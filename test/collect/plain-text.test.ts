import { describe, expect, it } from 'vitest'
import { plainLine, plainText } from '../../src/collect/plain-text.ts'

describe('plainText', () => {
  it.each([
    [
      'keeps a negation in bold where it stands',
      'I do <b>not</b> like <i>it</i> at all',
      'I do not like it at all',
    ],
    ['turns blocks into lines', '<p>One</p><p>Two<br/>Three</p>', 'One\nTwo\nThree'],
    ['keeps table cells apart', '<tr><td>a</td><td>b</td></tr>', 'a b'],
    ['decodes entities', 'd&eacute;&ccedil;u &amp; f&#226;ch&#xe9; &hellip; &#146;', 'déçu & fâché … ’'],
    ['leaves unknown entities as written', 'R&D; &nonsense;', 'R&D; &nonsense;'],
    ['folds white space', ' a\u00a0\n\t b ', 'a b'],
    [
      'leaves out scripts, styles and comments',
      'a<script>x<b>y</script><style>p{}</style><!-- c -->b',
      'a b',
    ],
    ['keeps what follows a script never closed', 'a <script>b', 'a b'],
    ['keeps a comment sign that opens nothing', 'a <!-- b', 'a <!-- b'],
    ['opens CDATA', 'a <![CDATA[b & c]]> d', 'a b & c d'],
    ['keeps less-than signs', 'if a < b and x<y or <3, then c<d>e', 'if a < b and x<y or <3, then c<d>e'],
    ['keeps the words after a tag never closed', 'cheap <a href="x but bad', 'cheap <a href="x but bad'],
    ['is not fooled by > inside an attribute', '<img alt="a > b" src=x>text', 'text'],
    [
      'keeps an emoji that became an image',
      'bad <img class="emoji" alt="😡" src="x.png"> really',
      'bad 😡 really',
    ],
    ['leaves out other image descriptions', '<img alt="our logo" src="x.png">text', 'text'],
    ['drops zero-width spaces', 'ex\u200bample', 'example'],
  ])('%s', (_what, html, text) => {
    expect(plainText(html)).toBe(text)
  })

  it.each([
    ['a<p', 400_000],
    ['&lt;', 300_000],
    ['<', 1_000_000],
    ['<a b="', 200_000],
    ['<!--', 250_000],
    ['<script>', 125_000],
    ['<![CDATA[', 110_000],
    ['<p a="<p b=\'', 80_000],
    [' \n', 500_000],
    ['&', 1_000_000],
  ])('reads %j × %i in linear time', (piece, times) => {
    const started = performance.now()

    plainText(piece.repeat(times))

    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('plainLine', () => {
  it('puts a title on one line', () => {
    expect(plainLine('<p>One</p><p>Two</p>')).toBe('One Two')
  })
})
