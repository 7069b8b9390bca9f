import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { backupCommand, restoreCommand } from '../../src/cli/backup.ts'
import { collectCommand } from '../../src/cli/collect.ts'
import { accessCommand, forgetCommand } from '../../src/cli/privacy.ts'
import { contentHash } from '../../src/domain/content-hash.ts'
import { databaseFile } from '../../src/folder.ts'
import { withoutForgotten } from '../../src/store/archive-marks.ts'
import { answersTo } from '../../src/store/archive-store.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { NewMention, PollRecord, Store } from '../../src/store/store.ts'
import { feedOf, folderWith, smallFolder } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const author = 'Ginette Quaquelin'
const complaint = {
  id: 'tag:quaquelin-1',
  author,
  url: 'https://forum.example.org/@quaquelin/41-a-lamp',
  text: 'Never again shop: the zyxwords lamp broke in a day, I want a refund. Terrible.',
}
const other = {
  id: 'other-1',
  author: 'Somebody Else',
  url: 'https://forum.example.org/42',
  text: 'The shop is terrible, four weeks without an answer and no refund.',
}
const aside = {
  id: 'aside-1',
  author,
  url: 'https://forum.example.org/43',
  text: 'A shop of candela and zyxwords photometry.',
}

let folder: string

beforeEach(async () => {
  folder = folderWith({
    ...smallFolder,
    'feeds/shop.yaml': `${smallFolder['feeds/shop.yaml']}deny: [candela]\n`,
    'feeds/shop.xml': feedOf([complaint, other, aside]),
  })
  expect(await collectCommand(folder, {}, fakeTerminal())).toBe(0)
  await workOnTicket()
})

/** What people do leaves the name and the text in other places. */
async function workOnTicket(): Promise<void> {
  const store = opened()
  const at = new Date('2026-11-22T11:00:00Z')
  const id = await ticketOf(store, 'zyxwords')
  const [first] = await store.ticketMentions(id)
  const mention = first?.mention.id ?? 0
  const draft = { ticket: id, at, who: 'ada', language: 'en', name: null, state: 'working' as const }
  await store.saveDraft({ ...draft, text: `Hello ${author}, thank you.` })
  const note = { text: `Rang GINETTE QUAQUELIN about ${complaint.url}` }
  await store.changeTicket(id, { at, who: 'ada', what: 'note', detail: note, set: {} })
  await store.recordCorrection(
    {
      mention,
      ticket: id,
      watch: 'shop',
      at,
      who: 'ada',
      kind: 'category',
      text: complaint.text,
      language: 'en',
      category: 'dissatisfied-customer',
    },
    'hash',
  )
  await store.close()
}

describe('access', () => {
  it('gives everything that is kept about an author, and nothing of others', async () => {
    const terminal = fakeTerminal()

    expect(await accessCommand(folder, 'ginette quaquelin', terminal)).toBe(0)

    const told = JSON.parse(terminal.text())
    expect(told).toMatchObject({
      names: [author],
      mentions: [
        {
          mention: { entry: { text: complaint.text, author, url: complaint.url } },
          judgement: { polarity: expect.any(String) },
          decision: { outcome: 'ticket' },
          evidence: [{ kind: 'first-seen', payload: { text: complaint.text } }],
        },
      ],
      unrelated: [{ reason: 'deny:candela', entry: { text: aside.text } }],
      tickets: [{ category: 'dissatisfied-customer', answers: [{ text: `Hello ${author}, thank you.` }] }],
      corrections: [{ kind: 'category', text: complaint.text }],
      mails: [{ kind: 'alert', state: 'sent' }],
    })
    expect(terminal.text()).not.toContain('Somebody')
    expect(terminal.text()).not.toContain('ada@shop.example')
  })

  it('says when there is nothing', async () => {
    const terminal = fakeTerminal()

    expect(await accessCommand(folder, 'Ginette', terminal)).toBe(0)

    expect(terminal.told.join()).toContain('nothing is kept under the name "Ginette"')
    expect(JSON.parse(terminal.text())).toMatchObject({ mentions: [], unrelated: [] })
  })
})

describe('forget', () => {
  it('leaves no byte of the name or the text in the folder', async () => {
    expect(bytesOf(folder)).toMatch(/quaquelin/i)

    expect(await forgetCommand(folder, author, { yes: true }, fakeTerminal())).toBe(0)

    expect(bytesOf(folder)).not.toMatch(/quaquelin|ginette|zyxwords/i)
    expect(bytesOf(folder)).toContain('four weeks')
  })

  it('erases what audits of names kept: they quote anyone', async () => {
    const kept = opened()
    await kept.setSetting('presence', JSON.stringify(['lamp']))
    await kept.setSetting('presence:lamp', JSON.stringify({ text: `${author}: zyxwords lamp` }))
    await kept.setSetting('presence-of-mind', 'stays')
    await kept.close()

    await forgetCommand(folder, author, { yes: true }, fakeTerminal())

    const store = opened()
    expect([await store.setting('presence'), await store.setting('presence:lamp')]).toEqual([null, null])
    expect(await store.setting('presence-of-mind')).toBe('stays')
    await store.close()
    expect(bytesOf(folder)).not.toMatch(/quaquelin|ginette|zyxwords/i)
  })

  it('keeps the counts, the ticket, and what others wrote', async () => {
    const before = await counts()

    await forgetCommand(folder, author, { yes: true }, fakeTerminal())

    expect(await counts()).toEqual(before)
    const store = opened()
    const [ticket] = (await store.tickets({ limit: 10 })).filter(({ title }) => title === '[effacé · erased]')
    const [first] = await store.ticketMentions(ticket?.id ?? 0)
    expect(first?.mention.entry).toMatchObject({ url: null, title: null, text: '[effacé · erased]' })
    expect(first?.judgement?.polarity).toBe('negative')
    expect(await ticketOf(store, 'four weeks')).toBeGreaterThan(0)
    expect((await store.drafts(ticket?.id ?? 0)).map(({ text }) => text)).toEqual([
      'Hello [effacé · erased], thank you.',
    ])
  })

  it('keeps the hashes of the evidence, so that the chain still holds', async () => {
    const before = chain()

    await forgetCommand(folder, author, { yes: true }, fakeTerminal())

    const after = chain()
    expect(after.map(({ sha256, previous }) => [sha256, previous])).toEqual(
      before.map(({ sha256, previous }) => [sha256, previous]),
    )
    const texts = after.map(({ payload }) => JSON.parse(payload)).map(({ text, erased }) => text ?? erased)
    expect(texts.sort()).toEqual(['2026-11-22T10:00:00.000Z', other.text])
    expect(await opened().brokenEvidence()).toBeNull()
  })

  it('writes a mail that waits anew, without the text', async () => {
    const store = opened()
    const id = await ticketOf(store, 'zyxwords')
    const [notice] = rows<{ id: number }>('SELECT id FROM notices WHERE ticket = ?', id)
    const mail = {
      kind: 'update' as const,
      ticket: id,
      person: 'ada',
      recipient: 'ada@shop.example',
      messageId: '<waits@shop.example>',
      subject: complaint.text,
      bytes: Buffer.from(complaint.text),
    }
    await store.recordMessages([mail], [notice?.id ?? 0], new Date('2026-11-22T10:00:00Z'))
    await store.close()

    expect(await forgetCommand(folder, author, { yes: true }, fakeTerminal())).toBe(0)
    await collectCommand(folder, { source: ['shop:file:feeds/shop.xml'] }, fakeTerminal())

    const anew = readdirSync(path.join(folder, 'data/outbox')).filter((name) => name.endsWith('.eml'))
    expect(anew).toHaveLength(2)
    expect(
      rows<{ n: number }>("SELECT count(*) AS n FROM messages WHERE message_id = '<waits@shop.example>'"),
    ).toEqual([{ n: 0 }])
  })

  it('withdraws a digest that waits and empties one that was sent, and no other mail', async () => {
    const store = opened()
    const at = new Date('2026-11-22T10:30:00Z')
    const digest = (name: string, text: string) => ({
      kind: 'digest' as const,
      ticket: null,
      person: 'ada',
      recipient: 'ada@shop.example',
      messageId: `<${name}@shop.example>`,
      subject: 'Today',
      bytes: Buffer.from(`Subject: Today\r\n\r\n${text}`),
    })
    await store.recordDigest(
      'ada',
      'daily',
      '2026-11-21',
      digest('sent', '> Never again shop: the zyxwor=\r\nds\r\n> lamp broke in a day'),
      at,
    )
    const [sent] = await store.messages('pending', 1)
    await store.recordSent(sent?.id ?? 0, '250', at)
    await store.recordDigest('ada', 'daily', '2026-11-22', digest('waits', 'by Ginette Quaquelin'), at)
    await store.recordDigest('ada', 'weekly', '2026-11-22', digest('another', 'nothing of note'), at)
    await store.close()
    const terminal = fakeTerminal()

    expect(await forgetCommand(folder, author, { yes: true, json: true }, terminal)).toBe(0)

    expect(JSON.parse(terminal.text())).toMatchObject({
      withdrawn: 1,
      mentions: 1,
      unrelated: 1,
      swept: true,
    })
    const left = rows<{ message_id: string; bytes: Buffer }>(
      "SELECT message_id, bytes FROM messages WHERE kind = 'digest'",
    )
    expect(left.map(({ message_id, bytes }) => [message_id, bytes.includes('erased')])).toEqual([
      ['<sent@shop.example>', true],
      ['<another@shop.example>', false],
    ])
  })

  it('keeps the same entry out when its source shows it again, edited or under another identifier', async () => {
    await forgetCommand(folder, author, { yes: true }, fakeTerminal())
    const again = mentionOf(complaint.id, 'other words', author)
    const renamed = mentionOf('new-id', complaint.text, author)
    const someoneElse = mentionOf('new-id-2', complaint.text, 'Somebody Else')
    const database = openDatabase(databaseFile(folder))
    onTestFinished(() => database.close())

    const kept = await database.kysely
      .transaction()
      .execute((tx) => withoutForgotten(tx, pollOf([again, renamed, someoneElse])))

    expect(kept.mentions).toEqual([someoneElse])
  })

  it('holds when a backup from before is put back', async () => {
    const file = path.join(folder, 'before.db')
    await backupCommand(folder, file, fakeTerminal())
    await forgetCommand(folder, author, { yes: true }, fakeTerminal())
    const terminal = fakeTerminal()

    expect(await restoreCommand(folder, file, terminal)).toBe(0)

    expect(terminal.text()).toContain('forgotten since the backup, and are now again: 2')
    expect(bytesOf(folder)).not.toMatch(/quaquelin|ginette|zyxwords/i)
    expect(bytesOf(folder)).toContain('four weeks')
  })

  it('asks first, and does nothing without a yes', async () => {
    const no = fakeTerminal({ isWatched: true, input: 'n\n' })
    const nobody = fakeTerminal()
    const yes = fakeTerminal({ isWatched: true, input: 'y\n' })

    expect(await forgetCommand(folder, author, {}, no)).toBe(2)
    expect(await forgetCommand(folder, author, {}, nobody)).toBe(2)
    expect(no.told).toContain(`  ${author}: 2 texts`)
    expect(nobody.told.join()).toContain('--yes')
    expect(bytesOf(folder)).toContain('zyxwords')

    expect(await forgetCommand(folder, author, {}, yes)).toBe(0)
    expect(bytesOf(folder)).not.toContain('zyxwords')
  })
})

it.each([
  ['Jean Dupont', 'jean dupont', null, true],
  ['jean dupont', 'Jéan  DUPONT', null, true],
  ['Jean', 'Jean Dupont', null, false],
  ['@jean@social.example', 'Jean Dupont (@jean@social.example)', null, true],
  ['jean', '@jean', null, true],
  ['@jean', 'Jean D.', 'https://social.example/@jean/12', true],
  ['@jean@social.example', 'Jean D.', 'https://social.example/@jean/12', true],
  ['@jean@other.example', 'Jean D.', 'https://social.example/@jean/12', false],
  ['@jean.example', 'Jean D.', 'https://bsky.app/profile/jean.example/post/3', true],
  ['jean', 'Press', 'https://news.example/jean/12', false],
  ['', '', null, false],
])('%s is the author "%s" of %s: %s', (wanted, name, url, answers) => {
  expect(answersTo(wanted, name, url)).toBe(answers)
})

function opened(): Store {
  const store = openStore({ folder })
  onTestFinished(() => store.close().catch(() => {}))
  return store
}

async function ticketOf(store: Store, word: string): Promise<number> {
  for (const { id } of await store.tickets({ limit: 10 })) {
    const mentions = await store.ticketMentions(id)
    if (mentions.some(({ mention }) => mention.entry.text.includes(word))) return id
  }
  return 0
}

function rows<Row>(query: string, ...values: readonly unknown[]): Row[] {
  const raw = new Database(databaseFile(folder), { readonly: true })
  try {
    return raw.prepare(query).all(...values) as Row[]
  } finally {
    raw.close()
  }
}

function chain() {
  return rows<{ payload: string; sha256: string; previous: string }>('SELECT * FROM evidence ORDER BY id')
}

async function counts() {
  const store = opened()
  const {
    mentions,
    negative,
    opened: tickets,
    unrelated,
  } = await store.activity(new Date('2026-11-22T00:00:00Z'), new Date('2026-11-23T00:00:00Z'))
  await store.close()
  const authors = rows('SELECT count(DISTINCT author) AS n FROM mentions')
  return {
    mentions,
    negative,
    tickets,
    unrelated,
    authors,
    states: rows('SELECT state, author_count FROM tickets'),
  }
}

/** Every byte in data/, mails decoded enough to find a word in them. */
function bytesOf(folder: string): string {
  const inside = path.join(folder, 'data')
  return readdirSync(inside, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1').replace(/=\r\n/g, ''),
    )
    .join('\n')
}

function mentionOf(id: string, text: string, name: string): NewMention {
  return {
    entry: {
      id,
      url: null,
      title: null,
      text,
      author: name,
      publishedAt: null,
      language: null,
      engagement: null,
      stars: null,
    },
    canonicalUrl: null,
    contentHash: contentHash({ title: null, text }),
    match: { spans: [], confirmedBy: [], deniedBy: [], certain: true },
  }
}

function pollOf(mentions: readonly NewMention[]): PollRecord {
  return {
    source: { id: 'shop:file:feeds/shop.xml', watch: 'shop', kind: 'file', definition: '' },
    at: new Date(),
    tookMs: 1,
    nextPollAt: new Date(),
    status: 'fetched',
    cursor: null,
    title: null,
    link: null,
    entries: mentions.length,
    documentIds: mentions.map(({ entry }) => entry.id),
    mentions,
    unrelated: [],
    lastEntryAt: null,
  }
}
