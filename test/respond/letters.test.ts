import { describe, expect, it } from 'vitest'
import type { Letter } from '../../src/domain/playbook.ts'
import { letterDraft } from '../../src/respond/letters.ts'

const kinds: readonly Letter[] = [
  'dsa-notice',
  'doubtful-review-report',
  'right-of-reply',
  'extortion-report',
]

function draft(kind: Letter, language: 'fr' | 'en', url: string | null = 'https://example.org/review/1') {
  return letterDraft({
    kind,
    language,
    mention: {
      id: 1,
      watch: 'shop',
      source: 'shop:rss:x',
      sourceKind: 'rss',
      entry: {
        id: '1',
        url,
        title: null,
        text: 'They {{ signer }} stole',
        author: 'Sam',
        publishedAt: new Date('2026-11-18T08:00:00Z'),
        language: null,
        engagement: null,
        stars: null,
      },
      canonicalUrl: null,
      contentHash: 'x',
      collectedAt: new Date('2026-11-19T08:00:00Z'),
      match: { spans: [], confirmedBy: [], deniedBy: [], certain: true },
      isDrill: false,
    },
    evidence: [],
    company: 'Shop',
    signer: null,
    zone: 'Europe/Brussels',
    now: new Date('2026-11-20T08:00:00Z'),
  })
}

describe('letters', () => {
  it.each(kinds.flatMap((kind) => (['fr', 'en'] as const).map((language) => [kind, language] as const)))(
    '%s in %s states the facts and leaves the rest to a person',
    (kind, language) => {
      const letter = draft(kind, language)

      expect(letter.text).toContain('https://example.org/review/1')
      expect(letter.missing.length).toBeGreaterThan(1)
      expect(letter.text).not.toMatch(/\{\{ (?!signer \}\} stole)/)
      expect(letter.text).not.toContain('undefined')
    },
  )

  it('reads nothing of a mention as a placeholder', () => {
    expect(draft('dsa-notice', 'en').text).toContain('They {{ signer }} stole')
  })

  it('asks for the address when the source gave none', () => {
    expect(draft('dsa-notice', 'en', null).missing).toContain('link')
  })
})
