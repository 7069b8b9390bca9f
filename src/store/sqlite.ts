import type { PagesStore } from '../inbox/pages-store.ts'
import { openDatabase } from './database.ts'
import { messageStore } from './messages.ts'
import { pagesStore } from './pages.ts'
import { pollStore } from './polls.ts'
import type { Store } from './store.ts'
import { ticketStore } from './tickets.ts'
import { workStore } from './work.ts'

/** The store with what the pages read of it. */
export interface SqliteStore extends Store {
  readonly pages: PagesStore
}

/** The store in one SQLite file. Throws what `openDatabase` throws. */
export function sqliteStore(file: string): SqliteStore {
  const database = openDatabase(file)
  const db = database.kysely
  return {
    ...pollStore(db),
    ...ticketStore(db),
    ...messageStore(db),
    ...workStore(db),
    pages: pagesStore(db),

    async setting(name) {
      const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
      return row?.value ?? null
    },

    async setSetting(name, value) {
      await db
        .insertInto('settings')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute()
    },

    integrityProblems: database.integrityProblems,
    close: database.close,
  }
}
