import { readFileSync, writeFileSync } from 'node:fs'
import { VigieError } from '../domain/errors.ts'
import { holdExclusively } from './database.ts'

export interface FolderLock {
  release(): void
}

/**
 * Only one process collects and sends for a folder. The lock is an exclusive transaction on a small database beside
 * the real one: the system frees it when the process dies, however it dies. Throws VigieError `locked`, naming the
 * process that holds it.
 */
export function lockFolder(file: string, holder: string): FolderLock {
  const lock = holdExclusively(file)
  if (lock === null) {
    const message = `another Vigie works in this folder: ${holderOf(file)}. Stop it first, or let it do the work`
    throw new VigieError('locked', message)
  }
  writeFileSync(`${file}.txt`, `${holder}\n`)
  return lock
}

function holderOf(file: string): string {
  try {
    return readFileSync(`${file}.txt`, 'utf8').trim()
  } catch {
    return 'its name could not be read'
  }
}
