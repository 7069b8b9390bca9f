import { describe, expect, it } from 'vitest'
import { accountWords } from '../../src/inbox/account-page.tsx'
import { crisisWords } from '../../src/inbox/crisis-page.tsx'
import { inboxWords } from '../../src/inbox/inbox-page.tsx'
import { mentionWords } from '../../src/inbox/mention-words.ts'
import { newspaperWords } from '../../src/inbox/newspaper.tsx'
import { numberWords } from '../../src/inbox/numbers-words.ts'
import { outWords } from '../../src/inbox/out-page.tsx'
import { outboxWords } from '../../src/inbox/outbox-page.tsx'
import { playbookWords } from '../../src/inbox/playbooks-page.tsx'
import { presenceWords } from '../../src/inbox/presence-page.tsx'
import { signInWords } from '../../src/inbox/sign-in.tsx'
import { silenceWords } from '../../src/inbox/silences-page.tsx'
import { sourceWords } from '../../src/inbox/sources-page.tsx'
import { ticketWords } from '../../src/inbox/ticket-words.ts'
import { words } from '../../src/inbox/words.ts'

const all = {
  accountWords,
  crisisWords,
  inboxWords,
  mentionWords,
  newspaperWords,
  numberWords,
  outWords,
  outboxWords,
  playbookWords,
  presenceWords,
  signInWords,
  silenceWords,
  sourceWords,
  ticketWords,
  words,
}

describe.each(Object.entries(all))('%s', (_name, both) => {
  it('say the same things in French and in English', () => {
    expect(shapeOf(both.fr)).toEqual(shapeOf(both.en))
  })

  it('leave nothing unsaid', () => {
    expect(textsOf(both.fr).filter((text) => text.trim() === '')).toEqual([])
    expect(textsOf(both.en).filter((text) => text.trim() === '')).toEqual([])
  })

  it('keep French punctuation on the line of its word', () => {
    expect(textsOf(both.fr).filter((text) => / [:;!?»]|« /.test(text))).toEqual([])
  })
})

/** Every key with what stands there: a text, or words around so many values. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'function') return `words around ${value.length}`
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, inside]) => [key, shapeOf(inside)]),
  )
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(value('one', 'two', 'three', 'four'))]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
