import { existsSync } from 'node:fs'
import path from 'node:path'
import { sourceKinds } from '../collect/sources.ts'
import { byPlace, type Problem, renderProblem } from '../config/problem.ts'
import { type Config, type Inspection, inspectFolder } from '../config.ts'
import type { Watch } from '../domain/watch.ts'
import { configDeps } from '../folder.ts'
import { checkTexts } from '../respond/check-texts.ts'
import { misplacedExamples } from '../triage/category-misplaced.ts'
import { checkPeople } from './check-people.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** `check`: everything the person wrote, read strictly. Every problem at once; exit 2 when one is an error. */
export async function checkCommand(
  folder: string,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { problems, summary } = problemsOf(folder, terminal)
  for (const problem of problems)
    await terminal.out(options.json ? JSON.stringify(problem) : renderProblem(problem))
  const errors = problems.filter((problem) => problem.level === 'error').length
  if (!options.json) {
    await terminal.out(
      errors > 0
        ? `${errors} ${errors === 1 ? 'thing' : 'things'} to mend.`
        : `All is understood: ${summary}.`,
    )
  }
  return errors > 0 ? exitCode.input : exitCode.done
}

function problemsOf(folder: string, terminal: Terminal): { problems: readonly Problem[]; summary: string } {
  const inspection = inspectFolder(path.resolve(folder), configDeps(folder, terminal.env, sourceKinds))
  const { config } = inspection
  if (!config) return { problems: inspection.problems, summary: '' }
  const sources = config.watches.reduce((sum, watch) => sum + watch.sources.length, 0)
  const summary = `${config.watches.length} watched, ${sources} sources, ${config.playbooks.size} playbooks, ${config.people.size} people`
  const found = [
    ...checkTexts(config, terminal.now()),
    ...checkPeople(config, terminal.now()),
    ...misplaced(config, inspection.problems),
  ]
  const placed = found.map((problem) => ({ ...problem, ...inspection.place(problem.file, problem.key) }))
  const missing = config.watches.flatMap((watch) => missingFiles(folder, watch, inspection))
  return { problems: [...inspection.problems, ...missing, ...placed].sort(byPlace), summary }
}

/** An example that would land in another playbook teaches the wrong thing. */
function misplaced(config: Config, told: readonly Problem[]): Problem[] {
  const isMisread = (file: string) =>
    told.some((problem) => problem.file === file && /^(signals|examples)\b/.test(problem.key))
  const writtenIn = (category: string, language: string) =>
    isMisread(`playbooks/${category}.md`)
      ? 0
      : (config.playbooks.get(category)?.examples.get(language)?.length ?? 0)
  return misplacedExamples(config, writtenIn).map(({ category, language, index, text, landsIn }) => {
    const where = landsIn === '_harmless' ? 'reads as asking for nothing' : `lands in "${landsIn}"`
    return {
      level: 'error',
      file: `playbooks/${category}.md`,
      line: null,
      column: null,
      key: `examples.${language}.${index}`,
      message: `"${text.slice(0, 60)}" ${where}: move it there, make it plainer, or add more like it to playbooks/examples/${category}.${language}.txt`,
    }
  })
}

function missingFiles(folder: string, watch: Watch, inspection: Inspection): Problem[] {
  const file = `feeds/${watch.id}.yaml`
  const once = new Map(watch.sources.map((source) => [source.id, source]))
  return [...once.values()].flatMap(({ id, kind, settings }): Problem[] => {
    if (kind !== 'file' || typeof settings !== 'string' || existsSync(path.resolve(folder, settings)))
      return []
    const message = `"${settings}" is not there: a file: is named from the Vigie folder`
    const at = { line: null, column: null, ...inspection.place(file, id) }
    return [{ level: 'error', file, ...at, key: 'sources', message }]
  })
}
