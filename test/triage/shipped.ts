import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sourceKinds } from '../../src/collect/sources.ts'
import { type Config, loadConfig } from '../../src/config.ts'
import { configDeps, home } from '../../src/folder.ts'
import type { LabelledComment } from '../../src/triage/category-evaluation.ts'

/** The working example at the root of the repository. */
export function shippedConfig(): Config {
  return loadConfig(home, configDeps(home, {}, sourceKinds)).config
}

/** How many examples of a playbook stand in its own file, before those of playbooks/examples/. */
export function writtenIn(config: Config, category: string, language: string): number {
  return config.playbooks.get(category)?.examples.get(language)?.length ?? 0
}

export function labelledComments(name: string): LabelledComment[] {
  const file = path.join(home, 'test', 'fixtures', 'triage', `${name}.jsonl`)
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as LabelledComment)
}
