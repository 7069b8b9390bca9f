import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type LoadServer, loadServer } from './load-server.ts'

// 200 feeds of 50 entries from a server on this machine, through every stage to judged mentions in the store: what a
// first pass costs, and what a pass costs over feeds that did not change. newsboat does what it can in the same run.

const FEEDS = Number(process.env['FEEDS'] ?? 200)
const ENTRIES = Number(process.env['ENTRIES'] ?? 50)
/** Where Debian's package puts it. */
const NEWSBOAT = '/usr/bin/newsboat'
const root = path.resolve(import.meta.dirname, '../..')

interface Cost {
  readonly wallS: number
  readonly cpuS: number
  readonly peakMb: number
}

const TARGETS = { first: { cpuS: 5, peakMb: 200 }, unchanged: { cpuS: 1, peakMb: 200 } }
/** What newsboat's first pass over the same feeds cost on the machine for which the targets were set. */
const NEWSBOAT_CPU_S = 2.4

const folder = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'))
const server = await loadServer({ feeds: FEEDS, entries: ENTRIES })
try {
  const cli = buildCli()
  writeVigieFolder(server)
  const now = Date.now()
  const first = await vigie(cli, now)
  report('vigie, first pass', first.cost, server, TARGETS.first)
  process.stdout.write(`  ${first.said}\n`)
  const unchanged = await vigie(cli, now + 26 * 3_600_000)
  report('vigie, nothing changed', unchanged.cost, server, TARGETS.unchanged)
  process.stdout.write(`  ${unchanged.said}\n`)
  const peer = await newsboat(server)
  if (peer) compare('first pass', first.cost, TARGETS.first, peer)
  if (peer) compare('nothing changed', unchanged.cost, TARGETS.unchanged, peer)
} finally {
  await server.close()
  rmSync(folder, { recursive: true })
}

/** The built program with what it learnt, as users run it: the sources through tsx would count the compiler. */
function buildCli(): string {
  spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  return path.join(root, 'dist/cli.js')
}

function writeVigieFolder({ host, urls }: LoadServer): void {
  for (const name of ['feeds', 'data']) mkdirSync(path.join(folder, name), { recursive: true })
  cpSync(path.join(root, 'playbooks'), path.join(folder, 'playbooks'), { recursive: true })
  const sources = urls.map((url) => `  - rss: ${url}`).join('\n')
  writeFileSync(
    path.join(folder, 'vigie.yaml'),
    'language: fr\ntimezone: Europe/Brussels\npeople:\n' +
      '  anne: { name: Anne Dubois, email: anne@lumen.example, role: owner }\n' +
      '  marc: { name: Marc Peeters, email: marc@lumen.example, role: responder }\n' +
      '  claire: { name: Claire Lambert, email: claire@cabinet.example, role: adviser }\n' +
      'mail: { from: Vigie <vigie@lumen.example> }\n' +
      `fetch: { allow: ["${host}"] }\n`,
  )
  writeFileSync(
    path.join(folder, 'feeds/bench.yaml'),
    `name: Bench\nquery: service OR client OR colis\nlanguages: [fr]\nsources:\n${sources}\n`,
  )
}

async function vigie(cli: string, now: number): Promise<{ cost: Cost; said: string }> {
  const args = [cli, '--dir', folder, '--now', new Date(now).toISOString(), 'collect', '--json']
  const { cost, stdout, code } = await timed(process.execPath, args)
  if (code !== 0) throw new Error(`vigie collect ended with ${code}: ${stdout.slice(0, 2000)}`)
  return { cost, said: summary(stdout) }
}

/** `collect --json` in a line. */
function summary(stdout: string): string {
  const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  const counts = new Map<string, number>()
  for (const { status } of said.sources) counts.set(status, (counts.get(status) ?? 0) + 1)
  const statuses = [...counts].map(([status, count]) => `${count} ${status}`)
  return `${statuses.join(', ')}; mentions ${JSON.stringify(said.mentions)}`
}

/** The cost of its first pass; null where it is not installed. */
async function newsboat(load: LoadServer): Promise<Cost | null> {
  if (!existsSync(NEWSBOAT)) {
    process.stdout.write('newsboat is not installed: apt-get install newsboat\n')
    return null
  }
  const urls = path.join(folder, 'urls')
  const config = path.join(folder, 'config')
  writeFileSync(urls, load.urls.join('\n'))
  writeFileSync(config, 'reload-threads 8\n')
  const args = ['-u', urls, '-C', config, '-c', path.join(folder, 'cache.db'), '-x', 'reload']
  const { cost } = await timed(NEWSBOAT, args)
  report('newsboat, first pass', cost, load)
  report('newsboat, second pass', (await timed(NEWSBOAT, args)).cost, load)
  return cost
}

/** Machines differ by more than the code does: the target in newsboats is the same everywhere. */
function compare(what: string, cost: Cost, target: { cpuS: number }, peer: Cost): void {
  const ratio = cost.cpuS / peer.cpuS
  const most = target.cpuS / NEWSBOAT_CPU_S
  process.stdout.write(
    `${what}: ${ratio.toFixed(2)} of newsboat's first pass (${most.toFixed(2)} wanted): ${ratio < most ? 'ok' : 'MISSED'}\n`,
  )
}

/** Runs a program to its end; processor time and peak memory as the system counts them for it. */
async function timed(
  program: string,
  args: readonly string[],
): Promise<{ cost: Cost; stdout: string; code: number | null }> {
  const started = performance.now()
  // The server lives in this process: waiting must not stop it.
  const child = spawn('/usr/bin/time', ['-f', '%U %S %M', program, ...args], {
    env: { ...process.env, TZ: 'UTC' },
  })
  const [out, err] = [[] as Buffer[], [] as Buffer[]]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const wallS = (performance.now() - started) / 1000
  const said = Buffer.concat(err).toString().trim().split('\n')
  const [user = 0, system = 0, peakKb = 0] = (said.at(-1) ?? '').split(' ').map(Number)
  const stdout = Buffer.concat(out).toString() || said.join('\n')
  return { cost: { wallS, cpuS: user + system, peakMb: peakKb / 1000 }, stdout, code }
}

function report(what: string, cost: Cost, load: LoadServer, target?: { cpuS: number; peakMb: number }): void {
  const { full, notModified, megabytes } = load.takeCounts()
  const isGood = target === undefined || (cost.cpuS < target.cpuS && cost.peakMb < target.peakMb)
  const verdict =
    target === undefined ? '' : isGood ? '  ok' : `  MISSED (under ${target.cpuS} s, ${target.peakMb} MB)`
  process.stdout.write(
    `${what.padEnd(24)} ${cost.wallS.toFixed(2)} s wall  ${cost.cpuS.toFixed(2)} s CPU  ${cost.peakMb.toFixed(0)} MB peak  ` +
      `(${full} × 200, ${notModified} × 304, ${megabytes.toFixed(1)} MB sent)${verdict}\n`,
  )
  if (!isGood) process.exitCode = 1
}
