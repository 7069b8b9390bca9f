import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Message } from '../../src/domain/message.ts'
import { fileNameOf, folderNotifier } from '../../src/notify/outbox-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-outbox-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const signal = new AbortController().signal

function message(over: Partial<Message> = {}): Message {
  return {
    id: 1,
    kind: 'alert',
    ticket: 12,
    person: 'anne',
    recipient: 'anne@lumen.example',
    messageId: '<t12.1.0000000000000000@lumen.example>',
    subject: 'test',
    bytes: Buffer.from('Subject: test\r\n\r\nété\r\n'),
    state: 'pending',
    createdAt: new Date('2026-11-22T08:15:00Z'),
    attempts: 0,
    nextAttemptAt: null,
    lastCode: null,
    lastReply: null,
    sentAt: null,
    ...over,
  }
}

it('writes a mail whole, with nothing left beside it', async () => {
  await folderNotifier(path.join(folder, 'outbox')).send(message(), signal)

  const files = await readdir(path.join(folder, 'outbox'))
  expect(files).toEqual([
    expect.stringMatching(/^20261122T081500-alert-anne@lumen\.example-[0-9a-f]{8}\.eml$/),
  ])
  expect(await readFile(path.join(folder, 'outbox', files[0] ?? ''))).toEqual(message().bytes)
})

it('writes a resend over the first', async () => {
  const notifier = folderNotifier(folder)

  const first = await notifier.send(message(), signal)
  const second = await notifier.send(message({ attempts: 3, id: 99 }), signal)

  expect(second).toBe(first)
  expect(await readdir(folder)).toHaveLength(1)
})

it('keeps two messages of one second to one person apart', async () => {
  const notifier = folderNotifier(folder)

  await notifier.send(message(), signal)
  await notifier.send(message({ messageId: '<t13.1.0000000000000000@lumen.example>' }), signal)

  expect(await readdir(folder)).toHaveLength(2)
})

it('says so when the folder cannot be written', async () => {
  await writeFile(path.join(folder, 'file'), '')

  const sending = folderNotifier(path.join(folder, 'file')).send(message(), signal)

  await expect(sending).rejects.toMatchObject({ name: 'VigieError', code: 'outbox-folder' })
})

it.each(['../../etc/passwd', 'a/b\\c:d*e?"<>|', '..', 'é@é.example', 'x'.repeat(1000), '\0\n', ''])(
  'makes a plain file name of the recipient %j',
  (recipient) => {
    const name = fileNameOf(message({ recipient }))

    expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9@+._-]*\.eml$/)
    expect(name).not.toContain('..')
    expect(name.length).toBeLessThan(200)
  },
)
