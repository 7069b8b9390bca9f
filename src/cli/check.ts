import { existsSync } from 'node:fs'
import path from 'node:path'
import { sourceKinds } from '../collect/sources.ts'
import { ConfigError, type Problem, renderProblem } from '../config/problem.ts'
import { type Config, loadConfig } from '../config.ts'
import { configDeps } from '../folder.ts'
import { checkTexts } from '../respond/check-texts.ts'
import { misplacedExamples } from '../triage/category-misplaced.ts'
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
  try {
    const { config, warnings } = loadConfig(
      path.resolve(folder),
      configDeps(folder, terminal.env, sourceKinds),
    )
    const sources = config.watches.reduce((sum, watch) => sum + watch.sources.length, 0)
    const summary = `${config.watches.length} watched, ${sources} sources, ${config.playbooks.size} playbooks, ${config.people.size} people`
    const missing = config.watches.flatMap((watch) => missingFiles(folder, watch))
    return {
      problems: [...warnings, ...missing, ...checkTexts(config, terminal.now()), ...misplaced(config)],
      summary,
    }
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems, summary: '' }
    throw error
  }
}

/** An example that would land in another playbook teaches the wrong thing. */
function misplaced(config: Config): Problem[] {
  const writtenIn = (category: string, language: string) =>
    config.ownExamples.get(`${category} ${language}`) ?? 0
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

function missingFiles(
  folder: string,
  watch: { id: string; sources: readonly { kind: string; settings: unknown }[] },
): Problem[] {
  return watch.sources.flatMap(({ kind, settings }, index): Problem[] => {
    if (kind !== 'file' || typeof settings !== 'string' || existsSync(path.resolve(folder, settings)))
      return []
    const message = `"${settings}" is not there: a file: is named from the Vigie folder`
    return [
      {
        level: 'error',
        file: `feeds/${watch.id}.yaml`,
        line: null,
        column: null,
        key: `sources.${index}.file`,
        message,
      },
    ]
  })
}
