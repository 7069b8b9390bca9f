import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { addCommand } from '../../src/cli/add.ts'
import { collectCommand } from '../../src/cli/collect.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { folderWith, smallFolder, writeFiles } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const angry = 'The shop never sent my order, I want a refund. Terrible, terrible service.'

let folder: string

beforeEach(() => {
  folder = folderWith(smallFolder)
})

describe('add', () => {
  it('takes a pasted comment, which then goes the way of all others', async () => {
    const terminal = fakeTerminal({ input: `${angry}\n` })

    expect(
      await addCommand(folder, '-', { url: 'https://reviews.example.org/', author: 'Jo M.' }, terminal),
    ).toBe(0)
    await collectCommand(folder, {}, fakeTerminal())

    expect(terminal.text()).toContain('Added to Shop')
    const store = opened()
    const [ticket] = await store.tickets({ limit: 10 })
    const [first] = await store.ticketMentions(ticket?.id ?? 0)
    expect(first?.mention).toMatchObject({
      source: 'shop:pasted',
      entry: { text: angry, author: 'Jo M.', url: 'https://reviews.example.org/' },
    })
  })

  it('takes a text that does not name us: a person says that it is about us', async () => {
    expect(await addCommand(folder, '-', {}, fakeTerminal({ input: 'No answer for weeks.' }))).toBe(0)

    expect(await opened().mention(1)).toMatchObject({ mention: { match: { certain: true, spans: [] } } })
  })

  it('does not add the same twice', async () => {
    await addCommand(folder, '-', {}, fakeTerminal({ input: angry }))
    const terminal = fakeTerminal({ input: angry })

    expect(await addCommand(folder, '-', { json: true }, terminal)).toBe(0)

    expect(JSON.parse(terminal.text())).toMatchObject({ watch: 'shop', added: false })
  })

  it('reads the page of an address', async () => {
    const server = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html')
      answer.end(
        `<html lang="en"><title>Topic</title><body><nav>Menu</nav><main>${angry}</main></body></html>`,
      )
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    writeFiles(folder, { 'vigie.yaml': `${smallFolder['vigie.yaml']}fetch: { allow: ["${host}"] }\n` })

    expect(await addCommand(folder, `http://${host}/topic`, {}, fakeTerminal())).toBe(0)

    expect(await opened().mention(1)).toMatchObject({ mention: { entry: { title: 'Topic', text: angry } } })
  })

  it.each([
    ['nothing', '-', '  \n', {}, 2, 'nothing was pasted'],
    ['a file', 'comment.txt', '', {}, 2, 'the address of a page'],
    ['too much', '-', 'x'.repeat(100_001), {}, 2, '100 kB'],
    ['a private address', 'http://127.0.0.1:1/', '', {}, 3, 'blocked-address'],
    ['an unknown watch', '-', angry, { watch: 'shap' }, 2, 'did you mean "shop"?'],
  ])('refuses %s', async (_, what, input, options, code, said) => {
    const terminal = fakeTerminal({ input })

    expect(await addCommand(folder, what, options, terminal)).toBe(code)

    expect(terminal.told.join()).toContain(said)
  })
})

function opened(): Store {
  const store = openStore({ folder })
  onTestFinished(() => store.close().catch(() => {}))
  return store
}
