import { describe, expect, it } from 'vitest'
import { fr, mailWords } from '../../src/notify/mail-words.ts'
import { alertWords } from '../../src/notify/mail-words-alert.ts'
import { digestWords } from '../../src/notify/mail-words-digest.ts'
import { reportWords } from '../../src/notify/mail-words-report.ts'
import { summaryWords } from '../../src/notify/mail-words-summary.ts'

/** Every path to a word, with what stands there. */
function paths(words: object, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? paths(value, `${prefix}${key}.`)
      : [`${prefix}${key}: ${typeof value}`],
  )
}

describe.each([
  ['mail', mailWords],
  ['alert', alertWords],
  ['digest', digestWords],
  ['summary', summaryWords],
  ['report', reportWords],
])('the words of the %s', (_, words) => {
  it('are the same in both languages', () => {
    expect(paths(words.fr).length).toBeGreaterThan(3)
    expect(paths(words.en).sort()).toEqual(paths(words.fr).sort())
  })

  it('have no straight apostrophe and, in French, no space where a line may break before a sign', () => {
    const texts = [words.fr, words.en].flatMap((side) => strings(side))

    expect(texts.filter((text) => text.includes("'"))).toEqual([])
    expect(strings(words.fr).filter((text) => / [:;!?»%]/.test(text))).toEqual([])
  })
})

function strings(words: object): string[] {
  return Object.values(words).flatMap((value) => {
    if (typeof value === 'string') return [value]
    if (typeof value === 'object' && value !== null) return strings(value)
    return typeof value === 'function' ? [String(value('a', true, 'c', 'd'))] : []
  })
}

it('French spacing leaves what is filled in alone', () => {
  expect(fr`« ${'a : b'} » : l'un ?`).toBe('«\u00A0a : b\u00A0»\u00A0: l’un\u00A0?')
})
