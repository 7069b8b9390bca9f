import type { Kysely } from 'kysely'
import type { PagesStore } from '../inbox/pages-store.ts'
import { factStore } from './pages-facts.ts'
import { listStore } from './pages-lists.ts'
import { signInStore } from './pages-sign-in.ts'
import type { Tables } from './schema.ts'

/** What the pages need of the same database. */
export function pagesStore(db: Kysely<Tables>): PagesStore {
  return { ...listStore(db), ...factStore(db), ...signInStore(db) }
}
