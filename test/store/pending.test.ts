import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../src/store/migrations.ts'
import { openStore } from '../../src/store/open-store.ts'
import { folderWith } from '../helpers/folder.ts'
import { storeMention } from '../helpers/tickets.ts'

const at = new Date('2026-11-18T08:00:00Z')
const reason = { words: [], signals: [], rule: 'test', margin: 1 }
const none = { at, outcome: 'none', category: null, confidence: null, alternatives: [], reason } as const

describe('what is still to do', () => {
  it('is handed on from stage to stage, each mention once', async () => {
    const store = openStore({ folder: folderWith({}) })
    const one = await storeMention(store, at, 'one')
    const two = await storeMention(store, at, 'two')

    expect(await store.unjudgedMentions(10)).toEqual([])
    expect((await store.untriagedMentions(10)).map(({ mention }) => mention.id)).toEqual([one, two])

    await store.recordTriages([{ mention: one, ...none }])

    expect((await store.untriagedMentions(10)).map(({ mention }) => mention.id)).toEqual([two])
    expect(await store.mentionsWithoutEvidence(10)).toEqual([])
  })

  it('is known of a database from before there was such a list', async () => {
    const folder = folderWith({ 'data/empty': '' })
    const raw = new Database(path.join(folder, 'data/vigie.db'))
    for (const step of migrations.slice(0, 2)) raw.exec(step)
    raw.pragma('user_version = 2')
    raw.exec(`INSERT INTO mentions (watch, source, source_kind, external_id, text, collected_at, content_hash, match)
      VALUES ('shop', 's', 'rss', '1', 'Never arrived.', 1, 'h', '{"spans":[],"confirmedBy":[],"deniedBy":[],"certain":true}')`)
    raw.close()

    const store = openStore({ folder })

    expect((await store.unjudgedMentions(10)).map(({ entry }) => entry.id)).toEqual(['1'])
    await store.close()
  })

  it('is found without reading what is done', async () => {
    const folder = folderWith({})
    await openStore({ folder }).close()
    const raw = new Database(path.join(folder, 'data/vigie.db'), { readonly: true })
    const plan = raw
      .prepare(
        `EXPLAIN QUERY PLAN SELECT mentions.* FROM pending JOIN mentions ON mentions.id = pending.mention
         WHERE pending.stage = 'judge' ORDER BY pending.mention LIMIT 200`,
      )
      .all() as { detail: string }[]
    raw.close()

    expect(plan.map(({ detail }) => detail).join('; ')).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})
