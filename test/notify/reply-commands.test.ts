import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { type ReplyCommand, readCommands } from '../../src/notify/reply-commands.ts'

const anne = person('anne', 'Anne Dubois')
const people = new Map(
  [
    anne,
    person('marc', 'Marc Peeters'),
    person('zoe', 'Zoé Marc'),
    person('jean1', 'Jean Un'),
    person('jean2', 'Jean Deux'),
  ].map((each) => [each.id, each]),
)
const context = { people, author: anne, now: new Date('2026-11-22T09:00:00Z') }

function person(id: string, name: string): Person {
  return {
    id,
    name,
    title: null,
    email: `${id}@lumen.example`,
    role: 'responder',
    language: 'fr',
    timezone: 'Europe/Brussels',
    deputy: null,
    quiet: null,
    away: [],
    alerts: true,
    reports: [],
  }
}

const inDays = (days: number): ReplyCommand => ({
  kind: 'snooze',
  until: new Date(context.now.getTime() + days * 86_400_000),
})
const dismiss = (reason: 'no-answer' | 'not-us' | 'not-negative', detail = ''): ReplyCommand => ({
  kind: 'dismiss',
  reason,
  detail,
})

describe('a command alone on its line', () => {
  it.each<[string, ReplyCommand]>([
    ['#seen', { kind: 'seen' }],
    ['#vu', { kind: 'seen' }],
    ['  #Vu. ', { kind: 'seen' }],
    ['*#SEEN*', { kind: 'seen' }],
    ['＃seen', { kind: 'seen' }],
    ['#answered https://example.org/a?b=c', { kind: 'answered', url: 'https://example.org/a?b=c' }],
    ['#answered <https://example.org/a>', { kind: 'answered', url: 'https://example.org/a' }],
    [
      '#answered https://example.org/a [https://example.org/a]',
      { kind: 'answered', url: 'https://example.org/a' },
    ],
    ['#répondu https://example.org/a', { kind: 'answered', url: 'https://example.org/a' }],
    ['#repondu', { kind: 'answered', url: null }],
    ['#REPONDU HTTPS://example.org/', { kind: 'answered', url: 'HTTPS://example.org/' }],
    ['#no-answer a troll, again', dismiss('no-answer', 'a troll, again')],
    ['#sans-réponse c’est un troll', dismiss('no-answer', 'c’est un troll')],
    ['#sans-reponse', dismiss('no-answer')],
    ['#sans réponse un troll', dismiss('no-answer', 'un troll')],
    ['#not-us', dismiss('not-us')],
    ['#not us', dismiss('not-us')],
    ['#pas-nous', dismiss('not-us')],
    ['#pas‑nous', dismiss('not-us')],
    ['#not-negative', dismiss('not-negative')],
    ['#pas-négatif', dismiss('not-negative')],
    ['#pas-negatif !', dismiss('not-negative')],
    ['#assign Marc Peeters', { kind: 'assign', to: 'marc' }],
    ['#confier zoe', { kind: 'assign', to: 'zoe' }],
    ['#confier Zoé', { kind: 'assign', to: 'zoe' }],
    ['#assign @marc', { kind: 'assign', to: 'marc' }],
    ['#assign MARC@lumen.example', { kind: 'assign', to: 'marc' }],
    ['#snooze 2d', inDays(2)],
    ['#reporter 2j', inDays(2)],
    ['#reporter 2 jours', inDays(2)],
    ['#snooze 12h', inDays(0.5)],
    ['#snooze 1 week', inDays(7)],
    ['#reporter 2 sem', inDays(14)],
    ['#reporter 1 mois', inDays(30)],
    ['#snooze 2026-12-01', { kind: 'snooze', until: new Date('2026-12-01T07:00:00Z') }],
  ])('%s', (line, expected) => {
    const { commands, problems, note } = readCommands(`\nMerci.\n\n${line}\n`, context)

    expect({ commands, problems, note }).toEqual({ commands: [expected], problems: [], note: 'Merci.' })
  })
})

describe('a line that is no command', () => {
  it.each([
    ['#sen', 'unknown-word'],
    ['#seen thanks', 'not-alone'],
    ['#vu merci', 'not-alone'],
    ['#answered by telephone', 'bad-address'],
    ['#answered javascript:alert(1)', 'bad-address'],
    ['#answered https://a.example https://b.example', 'bad-address'],
    ['#assign', 'unknown-person'],
    ['#assign Nobody', 'unknown-person'],
    ['#assign Jean', 'unknown-person'],
    ['#snooze', 'bad-time'],
    ['#snooze forever', 'bad-time'],
    ['#snooze 0d', 'bad-time'],
    ['#snooze 99999mo', 'bad-time'],
    ['#snooze 2026-01-01', 'bad-time'],
    ['#snooze 2026-13-45', 'bad-time'],
  ])('%s is told to its author and kept', (line, why) => {
    expect(readCommands(line, context)).toEqual({ commands: [], problems: [{ line, why }], note: line })
  })

  it.each([
    '#beer is what they talk about',
    'see #seen',
    '> #seen',
    '# seen',
    '##seen',
    '#12',
    'seen',
    '- #seen',
  ])('%s is only kept', (line) => {
    expect(readCommands(line, context)).toEqual({ commands: [], problems: [], note: line })
  })
})

it('takes several commands in their order and keeps the rest as the note', () => {
  const read = readCommands('J’appelle le client.\n#vu\n\n#confier marc\n\nIl est prévenu.', context)

  expect(read).toEqual({
    commands: [{ kind: 'seen' }, { kind: 'assign', to: 'marc' }],
    problems: [],
    note: 'J’appelle le client.\n\nIl est prévenu.',
  })
})

it('obeys none of a list that looks like our own', () => {
  const list = '#seen\n#answered\n#no-answer\n#not-us\n#not-negative'

  expect(readCommands(list, context)).toEqual({
    commands: [],
    problems: [{ line: '', why: 'too-many' }],
    note: list,
  })
})

it('is read in time however it is written', () => {
  const hostile = [
    '#'.repeat(500_000),
    `#${'a'.repeat(500_000)}`,
    '#seen\n'.repeat(100_000),
    `#assign ${'x '.repeat(200_000)}`,
  ]

  for (const text of hostile) {
    const started = performance.now()
    readCommands(text, context)
    expect(performance.now() - started).toBeLessThan(1000)
  }
})
