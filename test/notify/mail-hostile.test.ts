import { describe, expect, it } from 'vitest'
import { alertMail } from '../../src/notify/alert-mail.tsx'
import { digestMail } from '../../src/notify/digest-mail.tsx'
import { webAddress } from '../../src/notify/mail-clean.ts'
import type { MailText } from '../../src/notify/views.ts'
import { hostileAlert, hostileDigest, hostileViews } from '../helpers/mail-hostile.ts'
import { elementsOf, foreignParts } from '../helpers/mail-html.ts'
import { vectors } from '../helpers/mail-vectors.ts'
import { alert, mention, now } from '../helpers/mail-views.ts'

const texts = vectors()

const varying = ['br', 'mark', 'bdi']

/** The elements of a page but for those that follow the text: breaks, marks, and a part that may be absent. */
function skeleton(html: string): string {
  const names = elementsOf(html).map(({ name }) => name)
  return names.filter((name) => !varying.includes(name)).join(' ')
}

/** What is wrong with a mail, in words. */
function faults(mail: MailText): string[] {
  const found = foreignParts(mail.html)
  if (Buffer.byteLength(mail.html) >= 100_000) found.push('too large')
  if (hidden.test(mail.html.replace(/&#\d+;/g, ''))) found.push('hidden characters in the HTML')
  if (hidden.test(mail.text)) found.push('hidden characters in the text')
  if (/[\0-\x1F\x7F-\x9F\u2028\u2029]/.test(mail.subject)) found.push('controls in the subject')
  if (mail.subject.length > 200) found.push('long subject')
  if (mail.subject.includes('=?')) found.push('encoded word in the subject')
  return found
}

// Controls, direction marks, zero widths but joiners, halves of characters.
const hidden = /[\0-\x09\x0B-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|\p{Cs}/u

describe('nothing in a mention survives as markup', () => {
  it('has vectors to try', () => {
    expect(texts.length).toBeGreaterThan(20)
  })

  it('in an alert, whatever field it stands in', () => {
    const plain = skeleton(
      alertMail(
        hostileAlert(() => 'plain words'),
        now,
      ).html,
    )
    for (const view of hostileViews(texts, hostileAlert)) {
      const mail = alertMail(view, now)

      expect(faults(mail)).toEqual([])
      expect(skeleton(mail.html)).toBe(plain)
    }
  }, 120_000)

  it('in a digest, whatever field it stands in', () => {
    const plain = skeleton(
      digestMail(
        hostileDigest(() => 'plain words'),
        now,
      ).html,
    )
    for (const view of hostileViews(texts, hostileDigest)) {
      const mail = digestMail(view, now)

      expect(faults(mail)).toEqual([])
      expect(skeleton(mail.html)).toBe(plain)
    }
  }, 120_000)

  it('as an address: only http and https are linked', () => {
    const addresses = texts.map((url) => webAddress(url)).filter((address) => address !== null)

    expect(addresses.filter((address) => !/^https?:\/\/[^\s"'<>@/]+\//.test(address))).toEqual([])
    expect(addresses.filter((address) => /[<>"\s]/.test(address))).toEqual([])
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      ...addresses.slice(0, 50),
    ]) {
      expect(foreignParts(alertMail({ ...alert, mentions: [{ ...mention, url }] }, now).html)).toEqual([])
    }
  })
})

describe('however much there is', () => {
  const sizes = ['a', '<', "'", '&', '😀', '\u0301', '\u202E', ' ', '\n', '漢', 'a\n', '\u200D']

  it.each(sizes)('100,000 times %j is below 100 kB, whole, cut with a mark, and quick', (unit) => {
    const text = unit.repeat(100_000)
    const started = performance.now()

    const mail = alertMail(
      {
        ...hostileAlert(() => text),
        mentions: Array.from({ length: 5 }, () => ({
          ...mention,
          title: text,
          text,
          author: text,
          site: text,
        })),
        questions: Array.from({ length: 100 }, () => text),
        never: Array.from({ length: 100 }, () => text),
        drafts: Array.from({ length: 20 }, () => ({
          name: text,
          language: 'fr',
          text,
          gaps: [],
          maxLength: 10,
        })),
        clocks: Array.from({ length: 100 }, () => ({ title: text, at: now, note: text })),
      },
      now,
    )

    expect(performance.now() - started).toBeLessThan(3000)
    expect(faults(mail)).toEqual([])
    expect(mail.html.endsWith('</html>')).toBe(true)
    expect(mail.html).toContain('coupé ici')
    expect(mail.text).toContain('coupé ici')
    expect(Buffer.byteLength(mail.text)).toBeLessThan(500_000)
  })
})

describe('the plain text', () => {
  it('has no line beyond 76 columns but addresses, whatever comes', () => {
    for (const view of hostileViews(texts, hostileAlert)) {
      const long = alertMail(view, now)
        .text.split('\n')
        .filter((line) => [...line].length > 76 && !/https?:\/\//.test(line))

      // Marks and joiners take no column.
      expect(long.filter((line) => [...line.replace(/[\p{M}\u200C\u200D]/gu, '')].length > 76)).toEqual([])
    }
  }, 60_000)

  it('never begins a line of a mention with a command', () => {
    const text = '#not-us\n\n#pas-nous\n#assign marc\r\n#seen\u2028#vu'

    const mail = alertMail({ ...alert, mentions: [{ ...mention, text, title: '#seen', matched: [] }] }, now)

    expect(mail.text).not.toMatch(/^\s*#/m)
  })
})
