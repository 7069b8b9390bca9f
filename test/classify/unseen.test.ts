import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadClassifier } from '../../src/classify/classify.ts'
import { evaluate } from '../../src/classify/evaluate.ts'
import { readOwn } from '../../src/train/corpus.ts'
import { lettersOf } from '../helpers/letters.ts'

const folder = 'test/fixtures/polarity'

describe('the judgement of comments written by somebody who knew neither the program nor its training texts', () => {
  it('is right more often than not where a list of words would be wrong', async () => {
    const { all } = await evaluate(linesOf('hard'), loadClassifier('data/model'))

    expect(all.texts).toBe(480)
    expect(all.macroF1).toBeGreaterThan(0.6)
  })

  it('is right on what people post', async () => {
    const { all } = await evaluate(linesOf('wide'), loadClassifier('data/model'))

    expect(all.texts).toBe(600)
    expect(all.macroF1).toBeGreaterThan(0.6)
  })

  it('was not learnt by heart: no comment teaches', () => {
    const { labelled, languages } = readOwn()
    const taught = new Set([...labelled, ...languages].map(({ text }) => lettersOf(text)))
    const measured = ['hard', 'wide'].flatMap((name) => linesOf(name).map((line) => JSON.parse(line).text))

    expect(measured.filter((text: string) => taught.has(lettersOf(text)))).toEqual([])
  })
})

function linesOf(name: string): string[] {
  return readFileSync(`${folder}/${name}.jsonl`, 'utf8').trim().split('\n')
}
