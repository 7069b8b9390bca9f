import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isAllowedHost, isPublicAddress, refusalOf } from '../../src/collect/address.ts'

describe('isPublicAddress', () => {
  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '100.100.100.200',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'not an address',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111', '172.32.0.1'])('lets %s through', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('refusalOf', () => {
  const reason = (url: string, allow: string[] = []) => refusalOf(new URL(url), allow)

  it.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://127.1/',
    'http://localhost/',
  ])('sees through the spelling of %s', (url) => {
    expect(reason(url)).not.toBeNull()
  })

  it('refuses ports that are not of the web', () => {
    expect(reason('http://news.example.org:25/')).toMatch(/port 25/)
    expect(reason('https://news.example.org/')).toBeNull()
  })

  it('lets what the configuration allows be private, for its port only when one is named', () => {
    expect(reason('http://127.0.0.1:8099/feed', ['127.0.0.1:8099'])).toBeNull()
    expect(reason('http://127.0.0.1:8098/feed', ['127.0.0.1:8099'])).not.toBeNull()
    expect(isAllowedHost(['intranet.example'], new URL('http://intranet.example:8080/'))).toBe(true)
  })

  const vectors = '/work/shared/reliability/vectors/ssrf/vigie-generated-ssrf-urls.json'
  it.skipIf(!existsSync(vectors))('refuses every literal address of the shared vectors', () => {
    const list = JSON.parse(readFileSync(vectors, 'utf8')) as { class: string; url: string; expect: string }[]
    const literals = list.filter(({ url, expect, ...rest }) => {
      if (expect !== 'block' || !URL.canParse(url) || !/^https?:/.test(url)) return false
      return rest.class !== 'name' && /^[\d.]+$|^\[/.test(new URL(url).hostname)
    })

    const missed = literals.filter(({ url }) => reason(url) === null)

    expect(literals.length).toBeGreaterThan(200)
    expect(missed).toEqual([])
  })
})
