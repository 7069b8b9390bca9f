import { closeSync, existsSync, openSync, readdirSync, readSync, rmSync } from 'node:fs'
import path from 'node:path'
import { databaseFile, outboxFolder } from '../folder.ts'
import { openArchive } from '../store/archive.ts'
import type { Forgotten, NamedAuthor } from '../store/archive-store.ts'
import { questions } from './ask.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** `access AUTHOR`: everything that is kept about an author, as JSON (GDPR, article 15). */
export async function accessCommand(folder: string, author: string, terminal: Terminal): Promise<ExitCode> {
  if (isMissing(folder, author, terminal)) return exitCode.input
  const archive = openArchive(databaseFile(path.resolve(folder)))
  try {
    const stored = await archive.storedAbout(author)
    if (stored.mentions.length + stored.unrelated.length === 0) terminal.err(nothingUnder(author))
    await terminal.out(JSON.stringify({ author, ...stored }, null, 2))
    return exitCode.done
  } finally {
    await archive.close()
  }
}

export interface ForgetOptions {
  readonly yes?: boolean
  readonly json?: boolean
}

/** `forget AUTHOR`: erases an author's texts, names and addresses (GDPR, article 17), after a yes. */
export async function forgetCommand(
  folder: string,
  author: string,
  options: ForgetOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (isMissing(folder, author, terminal)) return exitCode.input
  const archive = openArchive(databaseFile(path.resolve(folder)))
  try {
    const found = await archive.authorsCalled(author)
    if (found.length === 0) {
      terminal.err(nothingUnder(author))
      if (options.json) await terminal.out(JSON.stringify({ author, mentions: 0, unrelated: 0 }))
      return exitCode.done
    }
    for (const line of asFound(found)) terminal.err(line)
    if (!options.yes && !(await isConfirmed(terminal))) return exitCode.input
    const forgotten = await archive.forgetAuthor(author, terminal.now())
    const files = removeMails(outboxFolder(path.resolve(folder)), new Set(forgotten.emptied))
    const { names: _names, emptied, ...counts } = forgotten
    await terminal.out(
      options.json
        ? JSON.stringify({ author, ...counts, emptied: emptied.length, files })
        : inWords(forgotten, files),
    )
    return exitCode.done
  } finally {
    await archive.close()
  }
}

function isMissing(folder: string, author: string, terminal: Terminal): boolean {
  const database = databaseFile(path.resolve(folder))
  const problem =
    author.trim() === ''
      ? 'name an author, as in: vigie access "Jean Dupont"'
      : existsSync(database)
        ? null
        : `nothing is stored yet: ${database} is not there`
  if (problem !== null) terminal.err(problem)
  return problem !== null
}

function nothingUnder(author: string): string {
  return `nothing is kept under the name "${author}". Names are compared whole, without case and accents; a name with @ is also looked for in addresses. "vigie export csv" shows the names as they are kept.`
}

const namesShown = 20

function asFound(found: readonly NamedAuthor[]): string[] {
  const lines = found
    .slice(0, namesShown)
    .map(({ name, texts }) => `  ${name}: ${texts === 1 ? '1 text' : `${texts} texts`}`)
  return found.length > namesShown ? [...lines, `  and ${found.length - namesShown} more names`] : lines
}

async function isConfirmed(terminal: Terminal): Promise<boolean> {
  if (!terminal.isWatched) {
    terminal.err('nothing was erased: nobody is here to confirm. Add --yes')
    return false
  }
  const asking = questions(terminal)
  try {
    const isYes = await asking.confirm('Erase these texts, names and addresses for good?')
    if (!isYes) terminal.err('nothing was erased')
    return isYes
  } finally {
    await asking.close()
  }
}

/** The mails that were written as files, known by their Message-ID. */
function removeMails(outbox: string, ids: ReadonlySet<string>): number {
  if (ids.size === 0 || !existsSync(outbox)) return 0
  const files = readdirSync(outbox).filter(
    (name) => name.endsWith('.eml') && ids.has(messageIdOf(path.join(outbox, name))),
  )
  for (const name of files) rmSync(path.join(outbox, name))
  return files.length
}

const headerBytes = 16_384

function messageIdOf(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(headerBytes)
    const head = buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, headerBytes, 0))
    return /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,300}>)/im.exec(head)?.[1] ?? ''
  } finally {
    closeSync(descriptor)
  }
}

function inWords(done: Forgotten, files: number): string {
  const { mentions, versions, unrelated, evidence, corrections, tickets, withdrawn, emptied } = done
  const count = (n: number, one: string, many: string) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`])
  const erased = [
    ...count(mentions, 'mention', 'mentions'),
    ...count(versions, 'former version', 'former versions'),
    ...count(unrelated, 'unrelated entry', 'unrelated entries'),
    ...count(evidence, 'record of evidence', 'records of evidence'),
    ...count(corrections, 'correction', 'corrections'),
    ...count(emptied.length, 'copy of a mail that was sent', 'copies of mails that were sent'),
    ...count(files, 'mail in data/outbox', 'mails in data/outbox'),
  ]
  return [
    `Erased: ${erased.join(', ')}.`,
    ...(tickets > 0
      ? [
          `${tickets === 1 ? '1 ticket stays' : `${tickets} tickets stay`}, without the text and the name; counts are as before.`,
        ]
      : []),
    ...(withdrawn > 0 ? [`Mails that waited and are written anew, without the text: ${withdrawn}.`] : []),
    'The same entries will not be stored again. What others wrote about the author stays.',
    ...(done.swept
      ? []
      : [
          'Something else used the database, so the file itself could not be cleaned of former bytes: stop the daemon and run "vigie backup" and "vigie restore" once.',
        ]),
    'Backups made before today still hold the texts; mails that were sent are where they were sent.',
  ].join('\n')
}
