import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { termCount } from '../classify/calibrate.ts'
import { buildConcepts } from '../classify/concepts.ts'
import { renderReport } from '../classify/evaluate.ts'
import { anotherLanguage } from '../classify/language.ts'
import { type Model, writeModel } from '../classify/model.ts'
import { home } from '../folder.ts'
import { calibrate, readCases } from './calibrate.ts'
import { type Example, type Recipe, readExamples, readOwn } from './corpus.ts'
import { crossValidate, type Fold, foldCount, foldOf } from './cross-validate.ts'
import { trainLanguage } from './language.ts'
import { type PolaritySettings, type Progress, quantise, tabulate, trainPolarity } from './polarity.ts'

const settings = { bits: 22, runs: 5, passes: 8, rate: 0.01, smoothing: 0.02, lengthPower: 0.5 }

const version = '4'
const nowhere = { negative: 1, neutral: 1, positive: 1 }
const uncalibrated = {
  temperature: new Array<number>(termCount).fill(0),
  sure: {},
  sureElsewhere: nowhere,
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    recipe: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'data/model' },
  },
})
if (values.data === undefined || (values.recipe !== 'open' && values.recipe !== 'all')) {
  process.stderr.write('npm run train -- --data FOLDER [--recipe open|all] [--seed N] [--out FOLDER]\n')
  process.exit(2)
}
await train(values.data, values.recipe, Number(values.seed), values.out)

async function train(data: string, recipe: Recipe, seed: number, out: string): Promise<void> {
  const own = readOwn()
  const examples = [...(await readExamples(data, 'train')), ...own.labelled]
  const language = trainLanguage(
    examples.filter((example) => example.language !== anotherLanguage),
    own.languages,
    seed,
    show,
  )
  const concepts = buildConcepts(readFileSync(path.join(home, 'src/train/concepts.txt'), 'utf8'))
  const table = tabulate(examples, recipe, concepts, settings.bits, show)
  const learn = (
    how: PolaritySettings,
    progress: Progress,
    isKept?: (example: Example) => boolean,
  ): Model => {
    const { weights, step } = quantise(trainPolarity(table, how, progress, isKept), settings.bits)
    const { bits, lengthPower } = settings
    const about = {
      format: 1,
      version,
      recipe,
      seed,
      bits,
      step,
      lengthPower,
      calibration: uncalibrated,
    } as const
    return { about, polarity: weights, language, concepts }
  }

  const model = learn({ ...settings, seed }, show)
  const folds = Array.from({ length: foldCount }, (_, part): Fold => {
    const progress: Progress = (done, note) => show(done, `without part ${part + 1}: ${note}`)
    const model = learn({ ...settings, runs: 1, seed }, progress, (example) => foldOf(example) !== part)
    const heldOut = table.examples.filter((example) => foldOf(example) === part)
    return { model, cases: readCases(model, heldOut) }
  })
  const validation = readCases(model, await readExamples(data, 'val'))
  const calibration = calibrate(
    validation,
    folds.flatMap(({ cases }) => cases),
  )
  mkdirSync(out, { recursive: true })
  writeModel(out, { ...model, about: { ...model.about, calibration } })
  process.stdout.write(renderReport(crossValidate(folds, validation)))
}

/** A bar on a terminal; elsewhere (a log) only what is complete. */
function show(done: number, note: string): void {
  if (!process.stderr.isTTY) {
    if (done >= 1) process.stderr.write(`${note}\n`)
    return
  }
  const width = 30
  const bar = '#'.repeat(Math.round(done * width)).padEnd(width, '.')
  process.stderr.write(`\r[${bar}] ${String(Math.round(done * 100)).padStart(3)} % ${note.padEnd(40)}`)
  if (done >= 1) process.stderr.write('\n')
}
