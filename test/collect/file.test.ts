import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feedParser } from '../../src/collect/feed-parser.ts'
import { fileSource } from '../../src/collect/file.ts'
import { RSS } from './local-server.ts'

const never = new AbortController().signal
let root = ''
let folder = ''

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'vigie-file-'))
  folder = path.join(root, 'vigie')
  mkdirSync(path.join(folder, 'feeds'), { recursive: true })
  writeFileSync(path.join(folder, 'feeds/a.xml'), RSS)
  writeFileSync(path.join(root, 'secret.xml'), RSS)
})

afterEach(() => rmSync(root, { recursive: true }))

function source(file: string, allow: string[] = []) {
  return fileSource({ id: 'lumen:file', path: file, folder, allow }, { parser: feedParser() })
}

describe('fileSource', () => {
  it('reads a feed inside the Vigie folder, and again only when its bytes change', async () => {
    const feed = source('feeds/a.xml')

    const first = await feed.poll(null, never)
    const second = await feed.poll(first.cursor, never)
    writeFileSync(path.join(folder, 'feeds/a.xml'), RSS.replace('Un', 'Autre'))
    const third = await feed.poll(second.cursor, never)

    expect(first).toMatchObject({ status: 'fetched', title: 'Journal' })
    expect(second).toMatchObject({ status: 'unchanged', entries: [], title: 'Journal' })
    expect(third.entries[0]?.title).toBe('Autre')
  })

  it('reads by absolute path, by file address, and in allowed folders', async () => {
    const inside = path.join(folder, 'feeds/a.xml')

    expect((await source(inside).poll(null, never)).entries).toHaveLength(2)
    expect((await source(`file://${inside}`).poll(null, never)).entries).toHaveLength(2)
    expect((await source('../secret.xml', [root]).poll(null, never)).entries).toHaveLength(2)
  })

  it.each([
    ['a path that climbs out', '../secret.xml', 'file-outside'],
    ['an absolute path elsewhere', '/etc/passwd', 'file-outside'],
    ['a file address elsewhere', 'file:///etc/passwd', 'file-outside'],
    ['an encoded climb', 'file:///tmp/%2e%2e/etc/passwd', 'file-outside'],
    ['another machine', 'file://evil.example/share/a.xml', 'file-outside'],
    ['a zero character', 'feeds/a.xml\0.png', 'file-outside'],
    ['the environment', '/proc/self/environ', 'file-outside'],
    ['nothing there', 'feeds/b.xml', 'file-missing'],
    ['a folder', 'feeds', 'file-unreadable'],
  ])('refuses %s', async (_what, file, code) => {
    await expect(source(file).poll(null, never)).rejects.toMatchObject({ code })
  })

  it('refuses a link that leads out, and a neighbour with a similar name', async () => {
    symlinkSync(path.join(root, 'secret.xml'), path.join(folder, 'feeds/link.xml'))
    mkdirSync(path.join(root, 'vigie-evil'))
    writeFileSync(path.join(root, 'vigie-evil/a.xml'), RSS)

    await expect(source('feeds/link.xml').poll(null, never)).rejects.toMatchObject({ code: 'file-outside' })
    await expect(source('../vigie-evil/a.xml').poll(null, never)).rejects.toMatchObject({
      code: 'file-outside',
    })
  })

  it('refuses what is not a file of bytes, without waiting for it', async () => {
    const server = createServer().listen(path.join(folder, 'feeds/socket.xml'))
    await once(server, 'listening')

    await expect(source('feeds/socket.xml').poll(null, never)).rejects.toMatchObject({
      code: 'file-unreadable',
    })

    server.close()
  })

  it('refuses a file that is too large', async () => {
    writeFileSync(path.join(folder, 'feeds/big.xml'), Buffer.alloc(10 * 1024 * 1024 + 1))

    await expect(source('feeds/big.xml').poll(null, never)).rejects.toMatchObject({ code: 'too-large' })
  })

  const vectors = '/work/shared/reliability/vectors/paths/vigie-generated-file-urls.json'
  it.skipIf(!existsSync(vectors))('refuses the shared vectors', async () => {
    const list = JSON.parse(readFileSync(vectors, 'utf8')) as { url: string; allow: boolean }[]

    for (const { url, allow } of list) {
      if (!allow)
        await expect(source(url).poll(null, never)).rejects.toMatchObject({
          code: expect.stringMatching(/^file-/),
        })
    }
  })
})
