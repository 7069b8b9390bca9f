import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Calibration, type Model, writeModel } from '../classify/model.ts'
import { type Recipe, readExamples } from './corpus.ts'
import { trainLanguage } from './language.ts'
import { quantise, trainPolarity } from './polarity.ts'

const settings = { bits: 21, passes: 6, rate: 0.01, smoothing: 0.05, lengthPower: 0.5 }

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
  const examples = await readExamples(data, 'train')
  const language = trainLanguage(examples, seed, show)
  const cells = trainPolarity(examples, recipe, { ...settings, seed }, show)
  const { weights, step } = quantise(cells, settings.bits)
  const calibration: Calibration = {
    temperature: { rest: 1 },
    sure: { negative: 0.6, neutral: 0.6, positive: 0.6 },
  }
  const { bits, lengthPower } = settings
  const about: Model['about'] = {
    format: 1,
    version: '1',
    recipe,
    seed,
    bits,
    step,
    lengthPower,
    calibration,
  }
  mkdirSync(out, { recursive: true })
  writeModel(out, { about, polarity: weights, language })
}

function show(done: number, note: string): void {
  const width = 30
  const full = Math.round(done * width)
  const bar = '#'.repeat(full).padEnd(width, '.')
  process.stderr.write(`\r[${bar}] ${String(Math.round(done * 100)).padStart(3)} % ${note.padEnd(40)}`)
  if (done >= 1) process.stderr.write('\n')
}
