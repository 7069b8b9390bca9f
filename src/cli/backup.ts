import { existsSync } from 'node:fs'
import path from 'node:path'
import { VigieError } from '../domain/errors.ts'
import { databaseFile, lockFile } from '../folder.ts'
import { backupDatabase, type Restored, restoreDatabase } from '../store/backup.ts'
import { lockFolder } from '../store/lock.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** What a person can mend by giving another file. */
const inputCodes = ['file-exists', 'backup-unwritable', 'not-a-backup', 'database-newer', 'database-damaged']

/** `backup FILE`: a consistent copy of the database, checked page by page; the daemon may go on. */
export async function backupCommand(folder: string, file: string, terminal: Terminal): Promise<ExitCode> {
  const database = databaseFile(path.resolve(folder))
  if (!existsSync(database)) return refuse(terminal, `nothing is stored yet: ${database} is not there`)
  try {
    const { bytes, mentions, tickets } = await backupDatabase(database, path.resolve(terminal.cwd, file))
    await terminal.out(
      [
        `${file}: ${mentions} mentions and ${tickets} tickets, ${inMegabytes(bytes)}; every page was checked.`,
        'Copy the text files too, they are not in it: vigie.yaml, feeds/ and playbooks/.',
        `Put it back with: vigie restore ${file}`,
      ].join('\n'),
    )
    return exitCode.done
  } catch (error) {
    return explained(error, terminal)
  }
}

/** `restore FILE`: checks the copy, keeps the former database beside, and sends nothing twice. */
export async function restoreCommand(folder: string, file: string, terminal: Terminal): Promise<ExitCode> {
  const target = path.resolve(folder)
  const database = databaseFile(target)
  try {
    const lock = lockFolder(
      lockFile(target),
      `"vigie restore", process ${process.pid}, since ${terminal.now().toISOString()}`,
    )
    try {
      const done = await restoreDatabase(path.resolve(terminal.cwd, file), database, terminal.now())
      await terminal.out(`${file} is in place: ${done.mentions} mentions and ${done.tickets} tickets.`)
      if (done.former !== null)
        await terminal.out(
          `The former database is kept as ${path.relative(target, done.former)}: delete it when all is well.`,
        )
      for (const line of notes(done)) await terminal.out(line)
      return exitCode.done
    } finally {
      lock.release()
    }
  } catch (error) {
    return explained(error, terminal)
  }
}

function notes({ alreadySent, forgottenAgain, held }: Restored): string[] {
  const lines: string[] = []
  if (forgottenAgain > 0)
    lines.push(`Texts that were forgotten since the backup, and are now again: ${forgottenAgain}.`)
  if (alreadySent > 0)
    lines.push(`${mails(alreadySent)} waited in the backup and left since: not sent again.`)
  if (held > 0) {
    lines.push(
      `${mails(held)} waited in the backup for more than 12 hours and may have left since: held. The next digest names them; the tickets are in "vigie tickets".`,
    )
  }
  return lines
}

function mails(count: number): string {
  return count === 1 ? '1 mail' : `${count} mails`
}

function inMegabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function explained(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof VigieError && inputCodes.includes(error.code)) return refuse(terminal, error.message)
  throw error
}

function refuse(terminal: Terminal, message: string): ExitCode {
  terminal.err(message)
  return exitCode.input
}
