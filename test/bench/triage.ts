// npx tsx test/bench/triage.ts: how long learning, checking and choosing take.
import { categoryCategoriser } from '../../src/triage/category-categoriser.ts'
import { misplacedExamples } from '../../src/triage/category-misplaced.ts'
import { labelledComments, shippedConfig, writtenIn } from '../triage/shipped.ts'

const config = shippedConfig()
let kept: Uint8Array | null = null
const cache = {
  has: () => kept !== null,
  read: () => kept,
  write: (_: string, bytes: Uint8Array) => {
    kept = bytes
  },
}
const settings = { ...config, corrections: [] }

time('misplaced examples', () =>
  misplacedExamples(config, (category, language) => writtenIn(config, category, language)),
)
time('learn', () => categoryCategoriser(settings, cache))
const categoriser = time('from the cache', () => categoryCategoriser(settings, cache))
const comments = labelledComments('dev')
time(`choose for ${comments.length} comments`, () => {
  for (const { text, language } of comments) categoriser.categorise(text, language)
})
console.log(`cache ${((kept as Uint8Array | null)?.length ?? 0) / 1e6} MB`)

function time<T>(what: string, run: () => T): T {
  const from = process.cpuUsage()
  const begunAt = performance.now()
  const result = run()
  const { user, system } = process.cpuUsage(from)
  console.log(
    `${what}: ${Math.round(performance.now() - begunAt)} ms, of which ${Math.round((user + system) / 1000)} ms of processor`,
  )
  return result
}
