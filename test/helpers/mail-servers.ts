import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const binaries = ['/usr/sbin/smtpd', '/usr/sbin/dovecot']

/** Null when OpenSMTPD and Dovecot can be run here, installed from Debian if need be; else why not. */
export function whyNoMailServers(): string | null {
  if (process.getuid?.() !== 0) return 'mail servers deliver as other users: only root can run them'
  if (binaries.every((file) => existsSync(file))) return null
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const packages = ['opensmtpd', 'dovecot-imapd']
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env,
      stdio: 'ignore',
    })
  } catch {
    return 'apt-get could not install opensmtpd and dovecot-imapd'
  }
  return binaries.every((file) => existsSync(file)) ? null : 'the packages came without their programs'
}

export interface MailServers {
  readonly smtpUrl: string
  readonly imapUrl: string
  /** Every mail that was delivered, oldest first, as the server stored it. */
  delivered(): readonly Buffer[]
  /** Ends the SMTP server without a word, as a power cut would, and starts it again. */
  killSmtp(): Promise<void>
  restartImap(): Promise<void>
  close(): Promise<void>
}

/** OpenSMTPD on loopback, which takes every address, and Dovecot showing what it delivered as one mailbox. */
export async function startMailServers(): Promise<MailServers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-mail-'))
  execFileSync('chmod', ['755', folder])
  const [uid, gid] = [65_534, 65_534]
  for (const name of ['Maildir', 'home', 'run', 'state']) {
    mkdirSync(path.join(folder, name))
    if (name === 'Maildir' || name === 'home') chownSync(path.join(folder, name), uid, gid)
  }
  const smtpPort = await freePort()
  const imapPort = await freePort()
  writeFileSync(path.join(folder, 'smtpd.conf'), smtpdConfig(folder, smtpPort))
  writeFileSync(path.join(folder, 'dovecot.conf'), dovecotConfig(folder, imapPort))
  const runSmtp = () => run('smtpd', ['-d', '-f', path.join(folder, 'smtpd.conf')], smtpPort)
  const runImap = () => run('dovecot', ['-F', '-c', path.join(folder, 'dovecot.conf')], imapPort)
  let smtp = await runSmtp()
  let imap = await runImap()
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    imapUrl: `imap://vigie:secret@127.0.0.1:${imapPort}`,
    delivered: () => mailsIn(path.join(folder, 'Maildir')),
    async killSmtp() {
      await end(smtp, 'SIGKILL')
      smtp = await runSmtp()
    },
    async restartImap() {
      await end(imap, 'SIGTERM')
      imap = await runImap()
    },
    async close() {
      await end(smtp, 'SIGTERM')
      await end(imap, 'SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function smtpdConfig(folder: string, port: number): string {
  return [
    'table catchall { "@" = "nobody" }',
    `listen on 127.0.0.1 port ${port}`,
    `action "store" maildir "${folder}/Maildir" virtual <catchall>`,
    'match from any for any action "store"',
    '',
  ].join('\n')
}

function dovecotConfig(folder: string, port: number): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/Maildir
first_valid_uid = 1
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/home
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
}

/** In a group of its own, so that the helpers that such servers start can be ended with it. */
async function run(program: string, args: readonly string[], port: number): Promise<ChildProcess> {
  const child = spawn(`/usr/sbin/${program}`, args, { stdio: 'ignore', detached: true })
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`${program} ended at once with code ${child.exitCode}`)
    if (await answers(port)) return child
    await sleep(100)
  }
  throw new Error(`${program} did not answer within ten seconds`)
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, signal)
  await Promise.race([ended, sleep(5_000)])
  await sleep(200)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(1_000, () => socket.destroy())
    socket.once('data', () => {
      resolve(true)
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address ? address.port : 0
}

function mailsIn(maildir: string): Buffer[] {
  return ['new', 'cur']
    .map((name) => path.join(maildir, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .sort((a, b) => path.basename(a).localeCompare(path.basename(b)))
    .map((file) => readFileSync(file))
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
