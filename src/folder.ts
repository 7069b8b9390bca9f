import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOpml } from './collect/opml.ts'
import type { HolidayCache } from './config/holidays.ts'
import type { SourceKinds } from './config/watch-yaml.ts'
import type { ConfigDeps } from './config.ts'

/** Where Vigie itself lies: holds data/model. */
export const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
export const modelFolder = path.join(home, 'data', 'model')

export function databaseFile(folder: string): string {
  return path.join(folder, 'data', 'vigie.db')
}

export function lockFile(folder: string): string {
  return path.join(folder, 'data', 'vigie.lock')
}

/** What was learnt from the shipped playbooks, made by the build. */
export const shippedModels = path.join(home, 'dist', 'learnt')

/** Whoever reads the file meanwhile finds it whole, as it was or as it is. */
export function replaceFile(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.part`, content)
  renameSync(`${file}.part`, file)
}

/** A daemon may still read the one that a command has just learnt anew. */
const modelsKept = 3

/** What was learnt from the folder's own playbooks. Losing it only costs the time to learn it again. */
export function modelCache(folder: string): {
  has(key: string): boolean
  read(key: string): Uint8Array | null
  write(key: string, bytes: Uint8Array): void
} {
  const own = path.join(folder, 'data', 'learnt')
  const fileOf = (key: string) =>
    [own, shippedModels].map((place) => path.join(place, `${key}.bin`)).find((place) => existsSync(place))
  return {
    has: (key) => fileOf(key) !== undefined,
    read: (key) => {
      const file = fileOf(key)
      return file === undefined ? null : readFileSync(file)
    },
    write: (key, bytes) => {
      try {
        mkdirSync(own, { recursive: true })
        replaceFile(path.join(own, `${key}.bin`), bytes)
        const byAge = readdirSync(own).map((name) => [statSync(path.join(own, name)).mtimeMs, name] as const)
        const old = byAge.sort(([a], [b]) => b - a).slice(modelsKept)
        for (const [, name] of old) rmSync(path.join(own, name), { force: true })
      } catch {
        // A folder that cannot be written is `doctor`'s to explain; learning again costs seconds.
      }
    },
  }
}

export function outboxFolder(folder: string): string {
  return path.join(folder, 'data', 'outbox')
}

/** Public holidays of the countries asked for: one small file. */
function holidayCache(folder: string): HolidayCache {
  const file = path.join(folder, 'data', 'holidays.json')
  let known: Readonly<Record<string, unknown>> | null = null
  const readAll = () => {
    try {
      known ??= { ...JSON.parse(readFileSync(file, 'utf8')) }
    } catch {
      known = {}
    }
    return known ?? {}
  }
  return {
    read: (key) => {
      const dates = readAll()[key]
      return Array.isArray(dates) && dates.every((date) => typeof date === 'string') ? dates : null
    },
    write: (dates) => {
      known = { ...readAll(), ...dates }
      try {
        // No data/ yet: this folder was never worked in, and only looking at it must not begin that.
        if (!existsSync(path.dirname(file))) return
        replaceFile(file, JSON.stringify(known))
      } catch {
        // A folder that cannot be written is `doctor`'s to explain; reckoning again costs a third of a second.
      }
    },
  }
}

const maxText = 2_000_000

/** Reads the person's files of a Vigie folder. */
export function configDeps(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  kinds: SourceKinds,
): ConfigDeps {
  return {
    env,
    kinds,
    holidays: holidayCache(folder),
    readSecretFile: (file) => readFileSync(path.resolve(folder, file), 'utf8').replace(/\r?\n$/, ''),
    readText: (name) => {
      const file = path.join(folder, name)
      if (!existsSync(file)) return null
      if (statSync(file).size > maxText) throw new Error(`${name} is larger than 2 MB`)
      return readFileSync(file, 'utf8')
    },
    list: (name) => {
      const inside = path.join(folder, name)
      if (!existsSync(inside)) return []
      return readdirSync(inside, { withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    },
    readSubscriptions: (opml) => readOpml(Buffer.from(opml)).map(({ url }) => url),
    hash: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16),
  }
}

/** Changes whenever one of the person's files may have changed. */
export function configStamp(folder: string): string {
  const stampOf = (name: string) => {
    const file = path.join(folder, name)
    if (!existsSync(file)) return ''
    const { mtimeMs, size, isDirectory } = { ...statSync(file), isDirectory: statSync(file).isDirectory() }
    const inside: string[] = isDirectory
      ? readdirSync(file)
          .sort()
          .filter((entry) => /\.(ya?ml|md|txt|opml)$/.test(entry))
          .map((entry) => stampOf(path.join(name, entry)))
      : []
    return [name, mtimeMs, size, ...inside].join(' ')
  }
  return ['vigie.yaml', 'feeds', 'playbooks', 'playbooks/examples'].map(stampOf).join('\n')
}
