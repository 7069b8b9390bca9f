import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser'
import { beforeAll, describe, expect, it } from 'vitest'

/** Names a folder shows to the others: contracts, stages, plain functions. Adapters are named after what they speak to. */
const adapters = [
  'collect/rss',
  'collect/file',
  'collect/fetch',
  'notify/smtp',
  'notify/outbox-folder',
  'notify/imap',
  'notify/webhook',
  'store/sqlite',
  'store/database',
]
const drivers = [
  'better-sqlite3',
  'nodemailer/lib/nodemailer',
  'imapflow',
  'undici',
  'rss-parser',
  'node-cron',
  'echarts',
  'sanitize-html',
  'mailparser',
]
const wiring = ['src/app.ts']

let modules: readonly IModule[]

beforeAll(async () => {
  const result = await cruise(
    ['src'],
    {
      ruleSet: {},
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^src/train' },
    },
    undefined,
    { tsConfig: undefined },
  )
  modules = (result.output as ICruiseResult).modules.filter((module) => module.source.startsWith('src/'))
})

describe('the structure', () => {
  it('was really read', () => {
    expect(modules.length).toBeGreaterThan(60)
    expect(imports('src/app.ts')).toContain('src/collect/collect.ts')
  })

  it('keeps domain/ to itself', () => {
    const leaks = modules
      .filter((module) => module.source.startsWith('src/domain/'))
      .flatMap((module) => imports(module.source).map((target) => `${module.source} -> ${target}`))
      .filter((edge) => !/-> (src\/domain\/|node:|crypto$|node_modules\/luxon)/.test(edge))

    expect(leaks).toEqual([])
  })

  it('names adapters only in their own folder and where everything is wired', () => {
    const leaks = modules.flatMap((module) =>
      imports(module.source)
        .filter((target) => adapters.some((adapter) => target === `src/${adapter}.ts`))
        .filter((target) => folderOf(target) !== folderOf(module.source))
        .filter(() => !wiring.includes(module.source))
        .map((target) => `${module.source} -> ${target}`),
    )

    expect(leaks).toEqual([])
  })

  it('imports each driver in one file of a folder', () => {
    const users = drivers.flatMap((driver) => {
      const files = modules
        .filter((module) => imports(module.source).some((target) => isOf(driver, target)))
        .map((module) => module.source)
      const folders = [...new Set(files.map(folderOf))]
      return folders.map((folder) => [driver, files.filter((file) => folderOf(file) === folder)] as const)
    })

    expect(users.length).toBeGreaterThan(drivers.length / 2)
    expect(users.filter(([, files]) => files.length > 1)).toEqual([])
  })

  it('never imports the root of natural', () => {
    const roots = modules
      .flatMap((module) => imports(module.source))
      .filter((target) => /node_modules\/natural\/(lib\/natural\/)?index\.js$/.test(target))

    expect(roots).toEqual([])
  })

  it('has no cycle', () => {
    const cycles = modules
      .filter((module) => module.dependencies.some((dependency) => dependency.circular))
      .map((module) => module.source)

    expect(cycles).toEqual([])
  })
})

function imports(source: string): string[] {
  const module = modules.find((candidate) => candidate.source === source)
  return module?.dependencies.map((dependency) => dependency.resolved) ?? []
}

/** Its types stand in a package of their own. */
function isOf(driver: string, target: string): boolean {
  return target.includes(`node_modules/${driver}/`) || target.includes(`node_modules/@types/${driver}/`)
}

function folderOf(source: string): string {
  return source.split('/').slice(0, 2).join('/')
}
