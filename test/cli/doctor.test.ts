import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { collectCommand } from '../../src/cli/collect.ts'
import { doctorCommand } from '../../src/cli/doctor.ts'
import type { DoctorDeps } from '../../src/cli/doctor-finding.ts'
import { databaseFile, lockFile } from '../../src/folder.ts'
import { tryMailServer } from '../../src/notify/smtp.ts'
import { lockFolder } from '../../src/store/lock.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { feedOf, folderWith, smallFolder, writeFiles } from '../helpers/folder.ts'
import { smtpFaultServer } from '../helpers/smtp-server.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const now = new Date('2026-11-22T10:00:00Z')
const hourMs = 3_600_000

let folder: string
let port: number

beforeEach(async () => {
  port = await freePort()
  folder = folderWith({
    ...smallFolder,
    'vigie.yaml': `${smallFolder['vigie.yaml']}pages: { listen: "127.0.0.1:${port}" }\n`,
    'feeds/shop.xml': feedOf([{ id: '1', text: 'Lovely shop' }]),
  })
  expect(await collectCommand(folder, {}, fakeTerminal())).toBe(0)
})

describe('doctor', () => {
  it('finds nothing broken where all is well', async () => {
    const { code, checks, told } = await examined()

    expect(checks.filter(({ level }) => level === 'broken')).toEqual([])
    expect(code).toBe(0)
    expect(checks.map(({ check }) => check)).toEqual([
      ...[
        'node',
        'files',
        'model',
        'disk',
        'daemon',
        'pages',
        'mail',
        'database',
        'clock',
        'outbox',
        'digest',
      ],
      'source',
    ])
    expect(told).toContain('✓ database')
    expect(told).toContain('! daemon    does not run')
    expect(told).toContain('✓ clock     2026-11-22 11:00 in Europe/Brussels')
    expect(told).toContain('✓ source    shop:file:feeds/shop.xml')
  })

  it('does not create what is not there', async () => {
    const fresh = folderWith(smallFolder)
    const terminal = fakeTerminal()

    await doctorCommand(fresh, {}, terminal, { tryMailServer })

    expect(terminal.text()).toContain('! database  not there yet')
    expect(() => readFileSync(databaseFile(fresh))).toThrow()
  })

  it('sends to check for what is wrong in the files, and goes on', async () => {
    writeFiles(folder, { 'vigie.yaml': 'people: {}\nlanguag: fr\n' })

    const { code, found, told } = await examined()

    expect(code).toBe(3)
    expect(found('files')).toMatchObject({ level: 'broken', todo: 'vigie check' })
    expect(found('database')).toMatchObject({ level: 'ok' })
    expect(told).toMatch(/✗ files .*mistakes in what you wrote\n {12}vigie check/)
  })

  it('notices a damaged database', async () => {
    const file = databaseFile(folder)
    const bytes = readFileSync(file)
    for (let page = 3; page < bytes.length / 4096; page++) bytes.fill(0xaa, page * 4096, page * 4096 + 64)
    writeFileSync(file, bytes)

    expect((await examined()).found('database')).toMatchObject({
      level: 'broken',
      message: expect.stringMatching(/damaged|sound/),
    })
  })

  it('notices evidence that was changed by hand', async () => {
    const store = opened()
    await store.recordEvidence({ mention: 1, at: now, kind: 'first-seen', payload: { text: 'a' } })
    await store.close()
    const raw = new Database(databaseFile(folder))
    raw.exec("UPDATE evidence SET kind = 'deleted'")
    raw.close()

    expect((await examined()).found('evidence')).toMatchObject({ level: 'broken' })
  })

  it('names the daemon that runs, and expects its pages and its digest', async () => {
    const lock = lockFolder(lockFile(folder), '"vigie start", process 4711, since today')
    onTestFinished(() => lock.release())
    const store = opened()
    await store.setSetting('first-started-at', new Date(now.getTime() - 48 * hourMs).toISOString())
    await store.close()

    const { found, code } = await examined()

    expect(code).toBe(3)
    expect(found('daemon')).toMatchObject({
      level: 'ok',
      message: 'runs: "vigie start", process 4711, since today',
    })
    expect(found('pages')).toMatchObject({ level: 'broken', message: `nothing answers at 127.0.0.1:${port}` })
    expect(found('digest')).toMatchObject({ level: 'broken', message: 'none was written for ada yet' })
  })

  it('notices another program at the address of the pages', async () => {
    const server = createServer().listen(port, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')

    expect((await examined()).found('pages')).toMatchObject({
      level: 'broken',
      message: `another program listens at 127.0.0.1:${port}`,
    })
  })

  it.each([
    ['none', 'ok', 'greets us'],
    ['535-auth', 'broken', 'EAUTH'],
    ['close-before-greeting', 'broken', '['],
  ] as const)('asks the mail server without sending: %s', async (fault, level, said) => {
    const server = await smtpFaultServer(fault)
    onTestFinished(() => server.close())

    const { found } = await examined({
      VIGIE_SMTP_URL: `smtp://user:word@127.0.0.1:${server.port}?tls=never`,
    })

    expect(found('mail')).toMatchObject({ level, message: expect.stringContaining(said) })
    expect(JSON.stringify(found('mail'))).not.toContain('word@')
    expect(server.stored).toEqual([])
  })

  it('notices mails that wait for long and mails that were given up', async () => {
    const store = opened()
    const [waits = 0, lost = 0] = await store.recordMessages(
      [mail('waits'), mail('lost')],
      [],
      new Date(now.getTime() - 3 * hourMs),
    )
    const failure = { code: 'ESOCKET', reply: 'connection refused', at: now }
    await store.recordDeliveryFailure(waits, { ...failure, nextAttemptAt: now })
    await store.recordDeliveryFailure(lost, { ...failure, code: 'EENVELOPE-550', nextAttemptAt: null })
    await store.close()

    const { checks } = await examined()

    const outbox = checks.filter(({ check }) => check === 'outbox')
    expect(outbox).toMatchObject([
      { level: 'broken', message: '1 waits, the oldest since 3 h ago: connection refused [ESOCKET]' },
      { level: 'broken', message: expect.stringContaining('1 given up, the last to ada@shop.example') },
    ])
  })

  it('notices a clock that went back', async () => {
    const terminal = fakeTerminal({ now: new Date('2026-11-20T10:00:00Z') })

    expect(await doctorCommand(folder, {}, terminal, { tryMailServer })).toBe(3)

    expect(terminal.text()).toContain('✗ clock     the clock says 2026-11-20T10:00:00.000Z')
  })

  it('notices a source that fails again and again', async () => {
    writeFiles(folder, { 'feeds/shop.xml': '' })
    for (let n = 0; n < 3; n++) await collectCommand(folder, {}, fakeTerminal())

    expect((await examined()).found('source')).toMatchObject({
      level: 'broken',
      message: expect.stringContaining('3 times in a row'),
    })
  })

  const canary = (sentAt: string, seenAt: string | null) =>
    JSON.stringify({ sentAt, seenAt, messageId: null, isTold: false })
  it.each([
    [null, 'warning'],
    [canary('2026-11-22T07:59:00.000Z', '2026-11-22T08:00:00.000Z'), 'ok'],
    [canary('2026-11-22T04:00:00.000Z', '2026-11-21T04:00:00.000Z'), 'broken'],
    [canary('2026-11-19T08:00:00.000Z', '2026-11-19T08:01:00.000Z'), 'broken'],
    ['{broken', 'warning'],
  ])('tells a canary that came back (%s) from a dead one', async (kept, level) => {
    writeFiles(folder, {
      'vigie.yaml': `${readFileSync(path.join(folder, 'vigie.yaml'), 'utf8')}canary: { every: 24h }\n`,
    })
    const store = opened()
    if (kept !== null) await store.setSetting('canary', kept)
    await store.close()

    expect((await examined()).found('canary')).toMatchObject({ level })
  })
})

interface Checked {
  readonly check: string
  readonly level: string
  readonly message: string
  readonly todo: string | null
}

/** The report as a program and as a person reads it. */
async function examined(env: Readonly<Record<string, string>> = {}, deps: DoctorDeps = { tryMailServer }) {
  const yaml = readFileSync(path.join(folder, 'vigie.yaml'), 'utf8')
  if ('VIGIE_SMTP_URL' in env)
    writeFiles(folder, { 'vigie.yaml': yaml.replace('mail: {', 'mail: { smtp: "${VIGIE_SMTP_URL}",') })
  const terminal = fakeTerminal({ now, env })
  const json = fakeTerminal({ now, env })
  const code = await doctorCommand(folder, {}, terminal, deps)
  expect(await doctorCommand(folder, { json: true }, json, deps)).toBe(code)
  const { checks } = JSON.parse(json.text()) as { checks: Checked[] }
  const found = (name: string) => checks.find(({ check }) => check === name)
  return { code, checks, found, told: terminal.text() }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function mail(subject: string) {
  return {
    kind: 'alert' as const,
    ticket: null,
    person: 'ada',
    recipient: 'ada@shop.example',
    messageId: `<${subject}@shop.example>`,
    subject,
    bytes: Buffer.from(''),
  }
}

function opened(): Store {
  const store = openStore({ folder })
  onTestFinished(() => store.close().catch(() => {}))
  return store
}
