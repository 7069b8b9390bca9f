import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { taughtCategories } from '../app.ts'
import { sourceKinds } from '../collect/sources.ts'
import { loadConfig } from '../config.ts'
import { configDeps, databaseFile, home, modelCache, shippedModels } from '../folder.ts'
import { openStore } from '../store/open-store.ts'
import { categoryCategoriser } from '../triage/category-categoriser.ts'

// A process of its own, because learning takes seconds and 300 MB: `node learn-playbooks.js FOLDER` learns a folder's
// playbooks and corrections into its cache; without a folder it learns the shipped playbooks, as the build does.
const folder = process.argv[2]
const { config } = loadConfig(folder ?? home, configDeps(folder ?? home, process.env, sourceKinds))
if (folder === undefined) {
  rmSync(shippedModels, { recursive: true, force: true })
  mkdirSync(shippedModels, { recursive: true })
  const write = (key: string, bytes: Uint8Array) =>
    writeFileSync(path.join(shippedModels, `${key}.bin`), bytes)
  categoryCategoriser({ ...config, corrections: [] }, { has: () => false, read: () => null, write })
} else {
  categoryCategoriser({ ...config, corrections: await correctionsOf(folder) }, modelCache(folder))
}

async function correctionsOf(of: string) {
  if (!existsSync(databaseFile(of))) return []
  const store = openStore({ folder: of })
  try {
    return taughtCategories(await store.corrections(null))
  } finally {
    await store.close()
  }
}
