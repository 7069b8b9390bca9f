import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isNearby, isOwnHost, isOwnOrigin, ownPath } from '../../src/inbox/security.ts'

const url = 'https://vigie.lumen.example'
const vectors = JSON.parse(readFileSync(new URL('./return-to.json', import.meta.url), 'utf8')) as {
  value: string
  allow: boolean
}[]

describe('a path to go back to', () => {
  it.each(vectors)('$value is $allow', ({ value, allow }) => {
    const path = ownPath(value, url)

    expect(new URL(path, url).origin).toBe(url)
    if (allow) expect(path).not.toBe('/')
    else expect(path).toBe('/')
  })

  it('keeps query and fragment', () => {
    expect(ownPath('/mentions?q=a%20b#c', url)).toBe('/mentions?q=a%20b#c')
  })
})

describe('the name a request is for', () => {
  it.each([
    ['vigie.lumen.example', true],
    ['127.0.0.1:8484', true],
    ['localhost:8484', true],
    ['[::1]:8484', true],
    ['evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['vigie.lumen.example.evil.example', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (host, isOwn) => {
    expect(isOwnHost(host, url)).toBe(isOwn)
  })
})

describe('where a change comes from', () => {
  it.each([
    [url, 'vigie.lumen.example', true],
    ['http://vigie.lumen.example', 'vigie.lumen.example', false],
    ['http://127.0.0.1:8484', '127.0.0.1:8484', true],
    ['http://127.0.0.1:9999', '127.0.0.1:8484', false],
    ['https://evil.example', 'evil.example', false],
    ['null', 'vigie.lumen.example', false],
    [undefined, 'vigie.lumen.example', false],
  ])('%s to %s: %s', (origin, host, isOwn) => {
    expect(isOwnOrigin(origin, host, url)).toBe(isOwn)
  })
})

it.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:10.0.0.3', true],
  ['172.20.0.2', true],
  ['172.32.0.2', false],
  ['203.0.113.9', false],
  ['fd12::1', true],
  [undefined, false],
])('%s stands beside us: %s', (address, expected) => {
  expect(isNearby(address)).toBe(expected)
})
