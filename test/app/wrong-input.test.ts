import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkCommand } from '../../src/cli/check.ts'
import { collectCommand } from '../../src/cli/collect.ts'
import { doctorCommand } from '../../src/cli/doctor.ts'
import { ConfigError } from '../../src/config/problem.ts'
import { outboxFolder } from '../../src/folder.ts'
import { answer, localServer } from '../collect/local-server.ts'
import { feedOf, folderWith, playbookOf, smallFolder, writeFiles } from '../helpers/folder.ts'
import { smtpFaultServer } from '../helpers/smtp-server.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const now = new Date('2026-11-18T09:00:00Z')
const later = new Date('2026-11-18T09:20:00Z')
const complaint = {
  id: '1',
  text: 'My order never arrived, the shop refuses the refund. Terrible, very disappointed.',
  author: 'Someone',
}

/** One pass; its exit code, its JSON and what the person was told. */
async function collected(folder: string, at = now) {
  const terminal = fakeTerminal({ now: at })
  const code = await collectCommand(folder, { json: true }, terminal)
  return { code, report: JSON.parse(terminal.text()), told: terminal.told.join('\n') }
}

describe('collect --json', () => {
  it('has the counts of the design, and a second run adds and sends nothing', async () => {
    const folder = folderWith({
      ...smallFolder,
      'feeds/shop.xml': feedOf([
        complaint,
        { ...complaint, id: '2', url: 'https://elsewhere.example.org/copy' },
        { id: '3', text: 'What a lovely shop, thank you so much for the quick delivery!' },
        { id: '4', text: 'Nothing about them at all.' },
      ]),
    })

    const first = await collected(folder)
    const second = await collected(folder, later)

    expect(first).toMatchObject({
      code: 0,
      report: {
        sources: [{ id: 'shop:file:feeds/shop.xml', status: 'fetched', entries: 4, added: 3 }],
        mentions: { added: 3, negative: 2, unsure: 0 },
        tickets: { opened: 1, joined: 1 },
        messages: { sent: 1, pending: 0, failed: 0 },
      },
    })
    expect(second.report).toEqual({
      sources: [{ id: 'shop:file:feeds/shop.xml', status: 'unchanged', entries: 0, added: 0 }],
      mentions: { added: 0, negative: 0, unsure: 0 },
      tickets: { opened: 0, joined: 0 },
      messages: { sent: 0, pending: 0, failed: 0 },
    })
  })
})

describe('a feed that is an HTML page', () => {
  it('is named with what it is, and every other source goes on', async () => {
    const page = answer(200, { 'content-type': 'text/html' }, '<html><body><h1>Our shop</h1></body></html>')
    const server = await localServer({ '/': page })
    onTestFinished(() => server.close())
    const folder = folderWith({
      ...smallFolder,
      'vigie.yaml': `${smallFolder['vigie.yaml']}fetch: { allow: ["${server.host}"] }\n`,
      'feeds/shop.yaml': `${smallFolder['feeds/shop.yaml']}  - rss: ${server.url('/')}\n`,
      'feeds/shop.xml': feedOf([complaint]),
    })

    const { code, report, told } = await collected(folder)

    expect(code).toBe(3)
    expect(report.sources).toMatchObject([
      { status: 'fetched', added: 1 },
      { status: 'failed', code: 'not-a-feed' },
    ])
    expect(report.messages.sent).toBe(1)
    expect(told.split('\n').filter((line) => line.includes('not-a-feed'))).toHaveLength(1)
  })
})

describe('a mail server that cannot be reached', () => {
  it('costs a clear line and no mail: it leaves when the server is back', async () => {
    const server = await smtpFaultServer('no-greeting')
    const url = `smtp://127.0.0.1:${server.port}`
    await server.close()
    const folder = folderWith({
      ...smallFolder,
      'vigie.yaml': smallFolder['vigie.yaml'].replace('mail: {', `mail: { smtp: "${url}",`),
      'feeds/shop.xml': feedOf([complaint]),
    })

    const { code, report, told } = await collected(folder)

    expect(code).toBe(3)
    expect(report).toMatchObject({
      mentions: { added: 1 },
      tickets: { opened: 1 },
      messages: { sent: 0, pending: 1, failed: 1 },
    })
    expect(told).toContain('not taken by the mail server')
    writeFiles(folder, { 'vigie.yaml': smallFolder['vigie.yaml'] })
    expect((await collected(folder, later)).report.messages).toEqual({ sent: 1, pending: 0, failed: 0 })
  })
})

describe('an outbox folder that cannot be written', () => {
  it('keeps the mail, says so, is named by doctor, and lets it leave once mended', async () => {
    const folder = folderWith({ ...smallFolder, 'feeds/shop.xml': feedOf([complaint]) })
    mkdirSync(path.join(folder, 'data'), { recursive: true })
    writeFileSync(outboxFolder(folder), 'a file where the folder should be')

    const broken = await collected(folder)
    const terminal = fakeTerminal({ now: new Date('2026-11-18T11:00:00Z') })
    await doctorCommand(folder, {}, terminal, { tryMailServer: async () => 'not asked' as never })
    rmSync(outboxFolder(folder))
    const mended = await collected(folder, later)

    expect(broken).toMatchObject({ code: 3, report: { messages: { sent: 0, pending: 1, failed: 1 } } })
    expect(terminal.text()).toMatch(/✗ outbox .*outbox-folder/)
    expect(mended).toMatchObject({ code: 0, report: { messages: { sent: 1, pending: 0, failed: 0 } } })
    expect(readdirSync(outboxFolder(folder))).toHaveLength(1)
  })
})

describe('a data folder that cannot be written', () => {
  it('is one clear message that names it, and no stack', async () => {
    const folder = folderWith({ ...smallFolder, 'feeds/shop.xml': feedOf([complaint]) })
    // A file in its place refuses even root, whom permissions do not stop.
    writeFileSync(path.join(folder, 'data'), '')

    const failed = collected(folder)

    await expect(failed).rejects.toMatchObject({ name: 'VigieError' })
    await expect(failed).rejects.toThrow(/data/)
  })

  it.skipIf(process.getuid?.() === 0)('is the same when its permissions forbid it', async () => {
    const folder = folderWith({ ...smallFolder, 'data/keep': '' })
    chmodSync(path.join(folder, 'data'), 0o500)
    onTestFinished(() => chmodSync(path.join(folder, 'data'), 0o700))

    await expect(collected(folder)).rejects.toMatchObject({ name: 'VigieError' })
  })
})

describe('many mistakes at once', () => {
  it('are all told in one pass, each with its file and line and what to do', async () => {
    const folder = folderWith({
      'vigie.yaml': `language: en
timezone: Europe/Brussel
peoples: {}
people:
  ada: { name: Ada Example, email: ada at shop, role: owner }
mail: { from: Vigie <vigie@shop.example>, smtp: "\${NOT_SET}" }
hours: Mon-Fri 18:00-09:00
`,
      'feeds/shop.yaml': `name: Shop
query: (shop OR store
every: soon
sources:
  - rrs: https://example.org/feed.xml
`,
      'playbooks/dissatisfied-customer.md': playbookOf().replace(/## Answer \{en\}[\s\S]*/, ''),
      'playbooks/rant.md': playbookOf('sevrity: low', 'Rant'),
    })
    const terminal = fakeTerminal({ now })

    const error = await checkCommand(folder, {}, terminal).catch((thrown: unknown) => thrown)
    const said = error instanceof ConfigError ? error.message : [...terminal.told, terminal.text()].join('\n')

    expect([2, 'ConfigError']).toContain(error instanceof ConfigError ? error.name : error)
    for (const expected of [
      /vigie\.yaml:2\b.*Europe\/Brussel/,
      /vigie\.yaml:3\b.*peoples/,
      /vigie\.yaml:5\b.*ada at shop/,
      /vigie\.yaml:7\b/,
      /shop\.yaml:2\b.*\(/,
      /shop\.yaml:3\b/,
      /shop\.yaml:5\b.*rss/,
      /dissatisfied-customer\.md.*(?:English|en)/,
      /rant\.md.*severity/,
    ]) {
      expect(said).toMatch(expected)
    }
  })
})
