import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { loadClassifier } from '../classify/classify.ts'
import { sourceKinds } from '../collect/sources.ts'
import { loadConfig } from '../config.ts'
import { configDeps, home, modelFolder } from '../folder.ts'
import { categoryCategoriser } from '../triage/category-categoriser.ts'
import { evaluateTriage, type LabelledComment, renderTriageReport } from '../triage/category-evaluation.ts'

const comment = z.object({
  id: z.string(),
  text: z.string(),
  language: z.string(),
  expected: z.string(),
  accept: z.array(z.string()).optional(),
  title: z.string().optional(),
  name: z.string().optional(),
})

/** Comments written apart from the examples. */
const measured = [
  'unseen',
  'unseen-fresh',
  'unseen-third',
  'harmless',
  'harmless-fresh',
  'harmless-third',
  'articles',
]
const folder = process.argv[2] ?? path.join(home, 'test', 'fixtures', 'triage')
const names = process.argv[3]?.split(',') ?? measured.map((name) => `${name}.jsonl`)
const files = names.map((name) => path.join(folder, name)).filter((file) => existsSync(file))
if (files.length === 0) {
  process.stderr.write('node dist/evaluate-triage.js [FOLDER [FILE.jsonl,FILE.jsonl]]\n')
  process.exit(2)
}

const { config } = loadConfig(home, configDeps(home, process.env, sourceKinds))
const begunAt = performance.now()
const categoriser = categoryCategoriser(
  { ...config, corrections: [] },
  { has: () => false, read: () => null, write: () => {} },
)
process.stderr.write(`learnt the categories in ${((performance.now() - begunAt) / 1000).toFixed(1)} s\n`)
const judges = { classifier: loadClassifier(modelFolder), categoriser, playbooks: config.playbooks }
const all = files.flatMap(readComments)
const isArticle = ({ name }: LabelledComment) => name !== undefined
print(all.filter((one) => !isArticle(one)))
if (all.some(isArticle)) {
  process.stdout.write('\nArticles that name a company:\n')
  print(all.filter(isArticle))
}

function print(comments: readonly LabelledComment[]): void {
  const report = evaluateTriage(comments, judges)
  process.stdout.write(renderTriageReport(report))
  if (process.env['VIGIE_MISTAKES'] === undefined) return
  for (const {
    comment: { id, expected, text },
    outcome,
    category,
    rule,
  } of report.mistakes)
    process.stdout.write(`${id} ${expected} -> ${outcome} ${category} (${rule}): ${text.slice(0, 500)}\n`)
}

function readComments(file: string): LabelledComment[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines.map((line) => comment.parse(JSON.parse(line)))
}
