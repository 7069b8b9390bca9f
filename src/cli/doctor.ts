import { existsSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { loadJudges } from '../app.ts'
import { ConfigError } from '../config/problem.ts'
import type { Config } from '../config.ts'
import { codeOf, VigieError } from '../domain/errors.ts'
import { databaseFile, lockFile } from '../folder.ts'
import { openArchive } from '../store/archive.ts'
import { lockFolder } from '../store/lock.ts'
import { openStore } from '../store/open-store.ts'
import { checkCommand } from './check.ts'
import {
  canaryChecks,
  clockChecks,
  digestChecks,
  mailChecks,
  outboxChecks,
  pagesChecks,
  sourceChecks,
} from './doctor-checks.ts'
import { broken, type DoctorDeps, type Finding, fine, type Opened, warning } from './doctor-finding.ts'
import { readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** `doctor`: what works and what does not, each with what to do. Changes nothing. Exit 3 when something is broken. */
export async function doctorCommand(
  folder: string,
  options: { json?: boolean },
  terminal: Terminal,
  deps: DoctorDeps,
): Promise<ExitCode> {
  const target = path.resolve(folder)
  const findings: Finding[] = []
  const tell = async (...found: readonly Finding[]) => {
    findings.push(...found)
    if (!options.json) for (const finding of found) await terminal.out(inWords(finding))
  }
  await tell(nodeCheck(), await filesCheck(target, terminal))
  const config = configOf(target, terminal)
  if (config) await tell(modelCheck(config))
  await tell(...diskChecks(target))
  const daemon = daemonIn(target)
  await tell(daemonCheck(daemon))
  if (config) await tell(...(await pagesChecks(config, daemon !== null)))
  if (config) await tell(...(await mailChecks(config, deps, terminal)))
  await tell(...(await databaseChecks(target, config, daemon !== null, terminal)))
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length
  if (options.json)
    await terminal.out(
      JSON.stringify({ broken: count('broken'), warnings: count('warning'), checks: findings }),
    )
  else await terminal.out(summary(count('broken'), count('warning')))
  return count('broken') > 0 ? exitCode.partly : exitCode.done
}

const signs = { ok: '✓', warning: '!', broken: '✗' } as const

function inWords({ check, level, message, todo }: Finding): string {
  const line = `${signs[level]} ${check.padEnd(9)} ${message}`
  return todo === null ? line : `${line}\n            ${todo}`
}

function summary(brokenCount: number, warnings: number): string {
  if (brokenCount > 0) return `${brokenCount === 1 ? '1 thing does' : `${brokenCount} things do`} not work.`
  return warnings > 0
    ? `All works; ${warnings === 1 ? '1 thing' : `${warnings} things`} to look at.`
    : 'All works.'
}

const oldestNode: readonly [number, number] = [20, 19]

function nodeCheck(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])
  return isOld
    ? broken('node', `Node ${process.versions.node}`, `install Node ${oldestNode.join('.')} or newer`)
    : fine('node', `Node ${process.versions.node}`)
}

/** What `check` says, with its playbook examples. */
async function filesCheck(folder: string, terminal: Terminal): Promise<Finding> {
  const lines: string[] = []
  const quiet: Terminal = { ...terminal, out: async (line) => void lines.push(line), err: () => {} }
  const code = await checkCommand(folder, { json: true }, quiet)
  const levels = lines.map((line) => (JSON.parse(line) as { level: string }).level)
  const errors = levels.filter((level) => level === 'error').length
  if (code !== exitCode.done)
    return broken(
      'files',
      `${errors} ${errors === 1 ? 'mistake' : 'mistakes'} in what you wrote`,
      'vigie check',
    )
  return levels.length > 0
    ? warning(
        'files',
        `understood, with ${levels.length} ${levels.length === 1 ? 'warning' : 'warnings'}`,
        'vigie check',
      )
    : fine('files', 'all is understood')
}

function configOf(folder: string, terminal: Terminal): Config | null {
  try {
    return readConfig(folder, { ...terminal, err: () => {} })
  } catch (error) {
    if (error instanceof ConfigError) return null
    throw error
  }
}

function modelCheck(config: Config): Finding {
  try {
    const classifier = loadJudges(config, []).classifierFor('')
    classifier.judge('Is it read?')
    return fine('model', 'the classifiers are loaded')
  } catch (error) {
    return broken(
      'model',
      `the classifiers cannot be loaded: ${messageOf(error)}`,
      'install Vigie anew: data/model belongs to it',
    )
  }
}

const leastRoom = 200_000_000
const comfortableRoom = 1_000_000_000

function diskChecks(folder: string): Finding[] {
  const place = existsSync(path.join(folder, 'data')) ? path.join(folder, 'data') : folder
  if (!existsSync(place)) return []
  const { bavail, bsize } = statfsSync(place)
  const free = bavail * bsize
  const said = `${inGigabytes(free)} free`
  if (free < leastRoom) return [broken('disk', said, 'free some space: with none left nothing is collected')]
  return [free < comfortableRoom ? warning('disk', said, 'free some space soon') : fine('disk', said)]
}

/** Who works in the folder; null: nobody. */
function daemonIn(folder: string): string | null {
  if (!existsSync(path.join(folder, 'data'))) return null
  try {
    lockFolder(lockFile(folder), '"vigie doctor"').release()
    return null
  } catch (error) {
    if (error instanceof VigieError && error.code === 'locked')
      return /: (.*)\. Stop it/.exec(error.message)?.[1] ?? 'another Vigie'
    throw error
  }
}

function daemonCheck(daemon: string | null): Finding {
  return daemon === null
    ? warning(
        'daemon',
        'does not run: nothing is collected, nobody is told',
        'vigie start, or a service that runs it',
      )
    : fine('daemon', `runs: ${daemon}`)
}

async function databaseChecks(
  folder: string,
  config: Config | null,
  isRunning: boolean,
  terminal: Terminal,
): Promise<Finding[]> {
  const file = databaseFile(folder)
  if (!existsSync(file))
    return [warning('database', 'not there yet: nothing was collected', 'vigie collect, or vigie start')]
  try {
    const opened: Opened = {
      store: openStore({ folder }),
      archive: openArchive(file),
      now: terminal.now(),
      isRunning,
    }
    try {
      return await openedChecks(opened, config, file)
    } finally {
      await opened.archive.close()
      await opened.store.close()
    }
  } catch (error) {
    // Whatever it is, the rest of the report is worth more than a stack.
    return [
      broken(
        'database',
        `${messageOf(error)} [${codeOf(error)}]`,
        'keep the file whatever you do; a copy that works: vigie restore FILE',
      ),
    ]
  }
}

async function openedChecks(opened: Opened, config: Config | null, file: string): Promise<Finding[]> {
  const findings = [integrityCheck(opened, file), ...journalCheck(file), ...(await evidenceCheck(opened))]
  if (config) findings.push(...(await clockChecks(config, opened)))
  findings.push(...(await outboxChecks(opened)))
  if (!config) return findings
  findings.push(...(await digestChecks(config, opened)), ...(await canaryChecks(config, opened)))
  return [...findings, ...(await sourceChecks(config, opened))]
}

function integrityCheck({ store }: Opened, file: string): Finding {
  const problems = store.integrityProblems()
  const size = inGigabytes(statSync(file).size)
  return problems.length === 0
    ? fine('database', `${size}, every page is sound`)
    : broken(
        'database',
        `damaged: ${problems.slice(0, 3).join('; ')}`,
        'stop the daemon, then put a backup back: vigie restore FILE',
      )
}

const largeJournal = 200_000_000

function journalCheck(file: string): Finding[] {
  const journal = `${file}-wal`
  const size = existsSync(journal) ? statSync(journal).size : 0
  return size < largeJournal
    ? []
    : [
        warning(
          'journal',
          `${inGigabytes(size)} wait to be written into the database`,
          'a program holds it open for long: end other commands of Vigie',
        ),
      ]
}

async function evidenceCheck({ store }: Opened): Promise<Finding[]> {
  const first = await store.brokenEvidence()
  return first === null
    ? []
    : [
        broken(
          'evidence',
          `the chain does not hold from record ${first} on`,
          'somebody changed the database by hand: compare with a backup',
        ),
      ]
}

function inGigabytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`
  return bytes < 1_000_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${(bytes / 1_000_000_000).toFixed(1)} GB`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
