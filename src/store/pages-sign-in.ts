import type { Kysely, Selectable } from 'kysely'
import { dayMs, hourMs } from '../domain/duration.ts'
import type { Session, Share, ShareKind, SignInStore } from '../inbox/pages-store.ts'
import { toDate } from './rows.ts'
import type { Tables } from './schema.ts'

/** Who is signed in, and what is shown without. */
export function signInStore(db: Kysely<Tables>): SignInStore {
  return {
    async addSignInLink({ hash, person, browser, expiresAt }) {
      await db
        .insertInto('sign_in_links')
        .values({ hash, person, browser, expires_at: expiresAt.getTime(), used_at: null })
        .execute()
    },

    async signInLink(hash, now) {
      const row = await db
        .selectFrom('sign_in_links')
        .select(['person', 'browser'])
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now.getTime())
        .executeTakeFirst()
      return row ?? null
    },

    async useSignInLink(hash, now) {
      const row = await db
        .updateTable('sign_in_links')
        .set({ used_at: now.getTime() })
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now.getTime())
        .returning('person')
        .executeTakeFirst()
      return row?.person ?? null
    },

    countTry: (key, at, since) =>
      db.transaction().execute(async (tx) => {
        await tx.insertInto('sign_in_tries').values({ key, at: at.getTime() }).execute()
        const { tries } = await tx
          .selectFrom('sign_in_tries')
          .select((eb) => eb.fn.countAll<number>().as('tries'))
          .where('key', '=', key)
          .where('at', '>', since.getTime())
          .executeTakeFirstOrThrow()
        return tries
      }),

    async addSession(session) {
      await db
        .insertInto('sessions')
        .values({
          hash: session.hash,
          person: session.person,
          browser: session.browser,
          created_at: session.createdAt.getTime(),
          used_at: session.usedAt.getTime(),
          expires_at: session.expiresAt.getTime(),
        })
        .execute()
    },

    async session(hash, now) {
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('hash', '=', hash)
        .where('expires_at', '>', now.getTime())
        .executeTakeFirst()
      return row ? toSession(row) : null
    },

    async extendSession(hash, usedAt, expiresAt) {
      await db
        .updateTable('sessions')
        .set({ used_at: usedAt.getTime(), expires_at: expiresAt.getTime() })
        .where('hash', '=', hash)
        .execute()
    },

    async endSession(hash) {
      await db.deleteFrom('sessions').where('hash', '=', hash).execute()
    },

    async sessionsOf(person, now) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('person', '=', person)
        .where('expires_at', '>', now.getTime())
        .orderBy('used_at', 'desc')
        .execute()
      return rows.map(toSession)
    },

    sweep: (now) =>
      db.transaction().execute(async (tx) => {
        const past = now.getTime() - dayMs
        await tx.deleteFrom('sign_in_links').where('expires_at', '<', past).execute()
        await tx.deleteFrom('sign_in_tries').where('at', '<', past).execute()
        await tx.deleteFrom('sessions').where('expires_at', '<', now.getTime()).execute()
        await tx
          .deleteFrom('writers')
          .where('at', '<', now.getTime() - hourMs)
          .execute()
      }),

    async addShare({ token, kind, person, name, filter, createdAt }) {
      const row = await db
        .insertInto('shares')
        .values({ token, kind, person, name, filter, created_at: createdAt.getTime(), ended_at: null })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toShare(row)
    },

    async shareByToken(token) {
      const row = await db
        .selectFrom('shares')
        .selectAll()
        .where('token', '=', token)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      return row ? toShare(row) : null
    },

    async sharesOf(person) {
      const rows = await db
        .selectFrom('shares')
        .selectAll()
        .where('person', '=', person)
        .where('ended_at', 'is', null)
        .orderBy('id', 'desc')
        .limit(100)
        .execute()
      return rows.map(toShare)
    },

    async endShare(id, person, at) {
      const done = await db
        .updateTable('shares')
        .set({ ended_at: at.getTime() })
        .where('id', '=', id)
        .where('person', '=', person)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      return done.numUpdatedRows > 0n
    },
  }
}

function toSession(row: Selectable<Tables['sessions']>): Session {
  const { hash, person, browser } = row
  return {
    hash,
    person,
    browser,
    createdAt: new Date(row.created_at),
    usedAt: new Date(row.used_at),
    expiresAt: new Date(row.expires_at),
  }
}

function toShare(row: Selectable<Tables['shares']>): Share {
  const { id, token, person, name, filter } = row
  return {
    id,
    token,
    person,
    name,
    filter,
    kind: row.kind as ShareKind,
    createdAt: new Date(row.created_at),
    endedAt: toDate(row.ended_at),
  }
}
