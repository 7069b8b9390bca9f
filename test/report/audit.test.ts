import { describe, expect, it } from 'vitest'
import { VigieError } from '../../src/domain/errors.ts'
import { auditName, ownSites, type Sighting, sortSightings } from '../../src/report/audit.ts'

const settings = {
  name: 'Brasserie Lumen',
  official: ['lumen.example', 'https://social.example.org/@lumen_beer'],
}

function seen(url: string, more: Partial<Sighting> = {}): Sighting {
  return { url, title: null, text: '', author: null, publishedAt: null, ...more }
}

describe('what is found under a name', () => {
  it('is told apart: accounts, communities, citations', () => {
    const found = sortSightings(
      'social',
      [
        seen('https://social.example.org/@brasserielumen'),
        seen('https://social.example.org/r/BrasserieLumen'),
        seen('https://social.example.org/@someone/12345', { text: 'Brasserie Lumen is great' }),
        seen('https://social.example.org/someone'),
        seen('https://video.example.org/x', { kind: 'account' }),
      ],
      settings,
    )

    expect(found.accounts.map(({ url }) => url)).toEqual([
      'https://social.example.org/@brasserielumen',
      'https://video.example.org/x',
    ])
    expect(found.communities).toHaveLength(1)
    expect(found.citations).toHaveLength(2)
  })

  it.each([
    ['https://social.example.org/@lumen_beer', '', 'official'],
    ['https://www.lumen.example/brasserie-lumen', '', 'official'],
    ['https://social.example.org/@brasserielumen', 'Our site: https://shop.lumen.example/', 'linked'],
    ['https://social.example.org/@brasserielumen', 'Visit lumen.example today', 'linked'],
    ['https://social.example.org/@brasserielumen', 'Fans, see notlumen.example', 'unproven'],
    ['https://social.example.org/@brasserielumen2', 'The real one, honest', 'unproven'],
  ])('%s saying "%s" is %s', (url, text, standing) => {
    const { accounts } = sortSightings('social', [seen(url, { text, kind: 'account' })], settings)

    expect(accounts[0]?.standing).toBe(standing)
  })

  it('is counted once, however often it is found', () => {
    const twice = seen('https://social.example.org/@brasserielumen')

    expect(sortSightings('social', [twice, twice], settings).accounts).toHaveLength(1)
  })

  it('goes on when one network fails, and names it', async () => {
    const audit = await auditName(
      settings,
      [
        {
          network: 'down',
          search: async () => {
            throw new VigieError('timeout', 'took too long')
          },
        },
        { network: 'up', search: async () => [seen('https://up.example/x')] },
      ],
      new AbortController().signal,
    )

    expect(
      audit.networks.map(({ network, failure, citations }) => [
        network,
        failure?.code ?? null,
        citations.length,
      ]),
    ).toEqual([
      ['down', 'timeout', 0],
      ['up', null, 1],
    ])
  })

  it('knows our sites by our mail addresses, not by a mail provider’s', () => {
    expect(ownSites(['vigie@lumen.example', 'anne@lumen.example', 'marc@gmail.com', 'x@localhost'])).toEqual([
      'lumen.example',
    ])
  })

  it('reads a text made to be slow in no time', () => {
    const text = `${'a.'.repeat(100_000)} ${'http://'.repeat(20_000)}`

    expect(
      sortSightings(
        'social',
        [seen('https://a.example/@brasserielumen', { text, kind: 'account' })],
        settings,
      ).accounts,
    ).toHaveLength(1)
  })
})
