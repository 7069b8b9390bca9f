import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

// The daemon on a copy of the example folder, started twice: the time to its first mail in the outbox, and what it
// takes of memory when it has nothing to do. Linux only: it reads /proc.

const root = path.resolve(import.meta.dirname, '../..')
const settleMs = 20_000
const TARGETS = { firstMailS: 3, idleMb: 120 }

const folder = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'))
try {
  spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  for (const part of ['vigie.yaml', 'feeds', 'playbooks'])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true })
  await measure('first start')
  await measure('restart')
} finally {
  rmSync(folder, { recursive: true })
}

async function measure(what: string): Promise<void> {
  const started = performance.now()
  const daemon = spawn(process.execPath, [path.join(root, 'dist/cli.js'), '--dir', folder, 'start'])
  daemon.stdout.resume()
  for await (const line of createInterface({ input: daemon.stderr })) if (/^ {2}mailed /.test(line)) break
  const readyS = (performance.now() - started) / 1000
  daemon.stderr.resume()
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const idleMb = memoryMb(daemon.pid, 'VmRSS')
  const isGood = readyS < TARGETS.firstMailS && idleMb < TARGETS.idleMb
  if (!isGood) process.exitCode = 1
  process.stdout.write(
    `${what.padEnd(12)} ready and mailed after ${readyS.toFixed(2)} s, idle ${idleMb} MB, at most ${memoryMb(daemon.pid, 'VmHWM')} MB  ` +
      `${isGood ? 'ok' : `MISSED (under ${TARGETS.firstMailS} s, ${TARGETS.idleMb} MB)`}\n`,
  )
  daemon.kill('SIGTERM')
  await new Promise((resolve) => daemon.once('exit', resolve))
}

/** Resident memory now (`VmRSS`) or at its highest (`VmHWM`), in millions of bytes. */
function memoryMb(pid: number | undefined, key: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round((Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / 1e6)
}
