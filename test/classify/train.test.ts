import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { termCount } from '../../src/classify/calibrate.ts'
import { buildConcepts } from '../../src/classify/concepts.ts'
import { type Model, readModel, writeModel } from '../../src/classify/model.ts'
import { modelClassifier } from '../../src/classify/polarity.ts'
import { readCases } from '../../src/train/calibrate.ts'
import type { Example } from '../../src/train/corpus.ts'
import { crossValidate, foldCount, foldOf } from '../../src/train/cross-validate.ts'
import { trainLanguage } from '../../src/train/language.ts'
import { quantise, tabulate, trainPolarity } from '../../src/train/polarity.ts'

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

  it('keeps a text and its copies in one part, and never holds out the large sets', () => {
    const example = (i: number, source: string): Example => ({
      text: `text ${i}`,
      label: 'neutral',
      language: 'fr',
      source,
    })
    const parts = Array.from({ length: 4000 }, (_, i) => foldOf(example(i, 'umsab')))

    expect(parts).toEqual(Array.from({ length: 4000 }, (_, i) => foldOf(example(i, 'umsab'))))
    for (let part = 0; part < foldCount; part++) {
      const share = parts.filter((found) => found === part).length / 4000
      expect(share).toBeCloseTo(1 / foldCount, 1)
    }
    expect(foldOf(example(1, 'tweeteval'))).toBeNull()
  })

  it('measures on texts the judge was not shown: what can only be learnt by heart is not known', () => {
    const labels = ['negative', 'neutral', 'positive'] as const
    const examples = Array.from({ length: 240 }, (_, i): Example => {
      const code = ((i * 2654435761) >>> 0).toString(36)
      return { text: `entry ${code}`, label: labels[i % 3] ?? 'neutral', language: 'fr', source: 'umsab' }
    })
    const fold = (shown: Example[], asked: Example[]) => {
      const model = trainOn(shown, 1)
      return { model, cases: readCases(model, asked) }
    }
    const folds = Array.from({ length: foldCount }, (_, part) =>
      fold(
        examples.filter((example) => foldOf(example) !== part),
        examples.filter((example) => foldOf(example) === part),
      ),
    )
    const known = [fold(examples, examples)]

    expect(crossValidate(known, []).all.accuracy).toBeGreaterThan(0.95)
    const { all } = crossValidate(folds, [])
    expect(all.texts).toBe(240)
    expect(all.accuracy).toBeLessThan(0.6)
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
  const table = tabulate(examples, 'all', concepts, settings.bits, quiet)
  const { weights, step } = quantise(trainPolarity(table, settings, quiet), settings.bits)
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
