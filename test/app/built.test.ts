import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { build, vigie } from '../helpers/built.ts'
import { folderWith, smallFolder } from '../helpers/folder.ts'
import { fakeImapServer } from '../helpers/imap-server.ts'

beforeAll(build, 120_000)

// Libraries that are loaded when first needed meet the bundler only here: the other tests read the sources.
describe('the built program', () => {
  it('reads notifications from a mailbox', { timeout: 30_000 }, async () => {
    const server = await fakeImapServer()
    onTestFinished(() => server.close())
    server.add(
      'Message-ID: <1@mail.example>\r\nFrom: Alerts <alerts@mail.example>\r\nSubject: New comment\r\n' +
        'Date: Wed, 18 Nov 2026 08:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n' +
        'The shop lost my parcel again, very disappointed.\r\n',
    )
    const folder = folderWith({
      ...smallFolder,
      'feeds/shop.yaml': `
name: Shop
query: shop
alert-since: all
sources:
  - mailbox: { imap: "imap://anne:right@127.0.0.1:${server.port}" }
`,
    })

    const { code, out, err } = await vigie(folder, ['--now', '2026-11-18T09:00:00Z', 'collect', '--json'])

    expect(err).toBe('')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ mentions: { added: 1 }, messages: { sent: 1 } })
  })
})
