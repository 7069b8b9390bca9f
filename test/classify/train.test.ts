import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { termCount } from '../../src/classify/calibrate.ts'
import { buildConcepts } from '../../src/classify/concepts.ts'
import { type Model, readModel, writeModel } from '../../src/classify/model.ts'
import { modelClassifier } from '../../src/classify/polarity.ts'
import type { Example } from '../../src/train/corpus.ts'
import { trainLanguage } from '../../src/train/language.ts'
import { quantise, trainPolarity } from '../../src/train/polarity.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-train-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('training', () => {
  it('gives the same bytes for the same seed, others for another', () => {
    writeModel(folder, train(1))
    const first = readFileSync(join(folder, 'polarity.bin'))
    writeModel(folder, train(1))
    const second = readFileSync(join(folder, 'polarity.bin'))
    writeModel(folder, train(2))
    const third = readFileSync(join(folder, 'polarity.bin'))

    expect(second.equals(first)).toBe(true)
    expect(third.equals(first)).toBe(false)
  })

  it('writes a model that is read back whole and has learnt', () => {
    const model = train(1)
    writeModel(folder, model)

    const read = readModel(folder)

    expect(read.polarity).toEqual(model.polarity)
    expect(read.concepts.keys).toEqual(model.concepts.keys)
    expect(modelClassifier(read).judge('the crummy thing again').polarity).toBe('negative')
    expect(modelClassifier(read).judge('the splendid thing again').polarity).toBe('positive')
  })

  it('knows posts to somebody apart from the rest: the same words may mean another thing there', () => {
    const kinds = [
      ['', 'famous', 'positive'],
      ['', 'modest', 'negative'],
      ['@user ', 'famous', 'negative'],
      ['@user ', 'modest', 'positive'],
    ] as const
    const examples = kinds.flatMap(([to, word, label]) =>
      Array.from({ length: 60 }, (_, i): Example => {
        const text = `${to}on day ${i} we all saw the ${word} thing`
        return { text, label, language: 'en', source: 'umsab' }
      }),
    )
    const classifier = modelClassifier(trainOn(examples, 1))

    const said = kinds.map(
      ([to, word]) => classifier.judge(`${to}on day 7 we all saw the ${word} thing`).polarity,
    )
    expect(said).toEqual(kinds.map(([, , label]) => label))
  })

  it('names a model that is missing', () => {
    expect(() => readModel(join(folder, 'nowhere'))).toThrow(/cannot read the model/)
  })
})

function train(seed: number): Model {
  const examples = ['crummy', 'plain', 'splendid'].flatMap((word, k) =>
    Array.from({ length: 30 }, (_, i): Example => {
      const label = (['negative', 'neutral', 'positive'] as const)[k] ?? 'neutral'
      return { text: `the ${word} thing number ${i}`, label, language: 'en', source: 'umsab' }
    }),
  )
  return trainOn(examples, seed)
}

function trainOn(examples: readonly Example[], seed: number): Model {
  const concepts = buildConcepts('3 | good | bon | goed | gut | bueno | buono | bom\n')
  const settings = { bits: 12, runs: 1, passes: 4, rate: 0.1, smoothing: 0.02, lengthPower: 0.5, seed }
  const quiet = () => {}
  const { weights, step } = quantise(trainPolarity(examples, 'all', concepts, settings, quiet), settings.bits)
  const none = { negative: 1, neutral: 1, positive: 1 }
  return {
    about: {
      format: 1,
      version: 'test',
      recipe: 'all',
      seed,
      bits: settings.bits,
      step,
      lengthPower: settings.lengthPower,
      calibration: { temperature: new Array<number>(termCount).fill(0), sure: {}, sureElsewhere: none },
    },
    polarity: weights,
    language: trainLanguage(examples, [], seed, quiet),
    concepts,
  }
}
