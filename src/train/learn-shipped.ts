import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sourceKinds } from '../collect/sources.ts'
import { loadConfig } from '../config.ts'
import { configDeps, home, shippedModels } from '../folder.ts'
import { categoryCategoriser } from '../triage/category-categoriser.ts'

// Run by the build: learns the shipped playbooks, so that the first start need not.
const { config } = loadConfig(home, configDeps(home, process.env, sourceKinds))
rmSync(shippedModels, { recursive: true, force: true })
mkdirSync(shippedModels, { recursive: true })
categoryCategoriser(
  { ...config, corrections: [] },
  { read: () => null, write: (key, bytes) => writeFileSync(path.join(shippedModels, `${key}.bin`), bytes) },
)
