import { databaseFile } from '../folder.ts'
import { type SqliteStore, sqliteStore } from './sqlite.ts'

/** The folder's store alone, for commands that neither collect nor send. Throws VigieError when it cannot be opened. */
export function openStore(config: { readonly folder: string }): SqliteStore {
  return sqliteStore(databaseFile(config.folder))
}
