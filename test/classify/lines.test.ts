import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { classifyLines, loadClassifier } from '../../src/classify/classify.ts'
import { linesOf } from '../../src/classify/lines.ts'

describe('linesOf', () => {
  it('finds the same lines however the bytes arrive', async () => {
    const text = 'première\n\ndeuxième 😀\r\ndernière'
    const bytes = Buffer.from(text)

    for (const size of [1, 2, 3, 7, 100]) {
      const chunks: Buffer[] = []
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
      const lines = await collect(linesOf(Readable.from(chunks), 1000))

      expect(lines.map((line) => line.text)).toEqual(['première', '', 'deuxième 😀\r', 'dernière'])
      expect(lines.map((line) => line.number)).toEqual([1, 2, 3, 4])
    }
  })

  it('gives up a line that is too long, and goes on', async () => {
    const lines = await collect(
      linesOf(Readable.from(['ab\n', 'c'.repeat(40), 'd'.repeat(40), '\nef\n']), 10),
    )

    expect(lines).toEqual([
      { number: 1, text: 'ab' },
      { number: 2, text: null },
      { number: 3, text: 'ef' },
    ])
  })
})

describe('classifyLines', () => {
  const classifier = loadClassifier('data/model')

  it('judges in order and reports broken lines with their number', async () => {
    const broken: [number, string][] = []
    const input = Readable.from([
      '{"text":"I love this lovely place so much"}\n',
      '{"text":\n',
      '\n',
      '["text"]\n{"words":"x"}\n',
      `{"text":"${'x'.repeat(1_100_000)}"}\n`,
      '{"text":"What a horrible awful waste of money"}',
    ])

    const judged = await collect(
      classifyLines(input, classifier, { onBroken: (line, reason) => broken.push([line, reason]) }),
    )

    expect(judged.map(({ line, judgement }) => [line, judgement.polarity])).toEqual([
      [1, 'positive'],
      [7, 'negative'],
    ])
    expect(broken).toEqual([
      [2, 'not JSON'],
      [4, 'not a JSON object'],
      [5, 'no "text"'],
      [6, 'longer than 1000000 bytes'],
    ])
  })
})

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
