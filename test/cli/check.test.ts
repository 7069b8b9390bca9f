import { describe, expect, it } from 'vitest'
import { checkCommand } from '../../src/cli/check.ts'
import { type Files, folderWith, playbookOf, smallFolder } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const customer = 'playbooks/dissatisfied-customer.md'
const policy = `---
promise-words: { fr: [garantissons], en: [we promise] }
admission-words: { fr: [notre faute], en: [our fault] }
---
`

/** What `check` prints for the small folder with these files in it. */
async function checked(files: Files) {
  const terminal = fakeTerminal({ now: new Date('2026-11-22T10:00:00Z') })
  const code = await checkCommand(folderWith({ ...smallFolder, ...files }), {}, terminal)
  return { code, said: terminal.results, told: terminal.told }
}

function vigie(change: (yaml: string) => string): Files {
  return { 'vigie.yaml': change(smallFolder['vigie.yaml']) }
}

function playbook(change: (text: string) => string, front = ''): Files {
  return { [customer]: change(playbookOf(front)) }
}

const mistakes: Readonly<Record<string, { files: Files; said: string }>> = {
  'missing-language': {
    files: playbook((text) => text.replace(/## Answer \{en\}[\s\S]*/, '')),
    said: `${customer}:1:1 Answer {en}: missing: add a section "## Answer {en}"`,
  },
  'unknown-placeholder': {
    files: playbook((text) => text.replace('Hello {{ author }}', 'Hello {{ authr }}')),
    said: `${customer}:25:7 Answer {en}: unknown placeholder {{ authr }} (did you mean "author"?)`,
  },
  'unknown-placeholder-in-a-block': {
    files: {
      'playbooks/_blocks.md':
        '## Block: hi {fr}\nBonjour {{ authr }}\n\n## Block: hi {en}\nHi {{ author }}\n',
    },
    said: 'playbooks/_blocks.md:2:9 Block: hi {fr}: unknown placeholder {{ authr }} (did you mean "author"?)',
  },
  'unknown-block': {
    files: playbook((text) => text.replace('Hello {{ author }},', '{{> hello }}')),
    said: `${customer}:25:1 Answer {en}: no block "hello" in en`,
  },
  'unknown-owner': {
    files: playbook((text) => text.replace('owner: ada', 'owner: adda')),
    said: `${customer}:4:8 owner: "adda" is not among the people of vigie.yaml (did you mean "ada"?)`,
  },
  'unknown-deputy-of-a-person': {
    files: vigie((yaml) => yaml.replace('role: owner', 'role: owner, deputy: bob')),
    said: 'vigie.yaml:5:75 people.ada.deputy: "bob" is not among the people of vigie.yaml',
  },
  'unknown-reader-of-the-digest': {
    files: vigie((yaml) => `${yaml}digest: { at: "08:00", to: [ada, adda] }\n`),
    said: 'vigie.yaml:7:34 digest.to: "adda" is not among the people of vigie.yaml (did you mean "ada"?)',
  },
  'absent-owner-without-deputy': {
    files: vigie((yaml) =>
      yaml.replace('role: owner', 'role: owner, away: [{ from: 2026-11-20, to: 2026-12-01 }]'),
    ),
    said: `${customer}:4:8 warning: owner: "ada" is away until 2026-12-01 and nobody stands in: name a deputy: who is there`,
  },
  'unreachable-category': {
    files: playbook((text) =>
      text.replace(/signals:.*\n/, 'signals: { en: [refund] }\n').replace(/examples:.*\n/, ''),
    ),
    said: `${customer}:2:1 signals.fr: no signal and no example in fr: nothing could ever land here`,
  },
  'answer-longer-than-its-channel': {
    files: playbook(
      (text) =>
        `${text}\n## Answer: short {fr, 30}\nBonjour.\n\n## Answer: short {en, 30}\n${'word '.repeat(10)}\n`,
    ),
    said: `${customer}:32:1 Answer: short {en}: 49 characters, but its channel takes 30: shorten it by 19`,
  },
  'promise-in-an-answer': {
    files: {
      ...playbook((text) => text.replace('Hello {{ author }},', 'Hello, we promise a refund.')),
      'playbooks/_policy.md': policy,
    },
    said: `${customer}:24:1 Answer {en}: "we promise" promises what may not be in your power`,
  },
  'admission-in-an-answer': {
    files: {
      ...playbook((text) => text.replace('Bonjour {{ author }},', "Bonjour, c'est notre faute.")),
      'playbooks/_policy.md': policy,
    },
    said: `${customer}:16:1 Answer {fr}: "notre faute" admits a fault before anyone has checked`,
  },
  'stale-review-date': {
    files: playbook((text) => text, 'review-by: 2026-01-31'),
    said: `${customer}:10:12 warning: review-by: was to be read again by 2026-01-31`,
  },
  'stale-review-date-of-the-policy': {
    files: { 'playbooks/_policy.md': policy.replace('---\n', '---\nreview-by: 2026-01-31\n') },
    said: 'playbooks/_policy.md:2:12 warning: review-by: was to be read again by 2026-01-31',
  },
  'file-source-that-is-not-there': {
    files: {
      'feeds/shop.yaml': smallFolder['feeds/shop.yaml'].replace('feeds/shop.xml', 'feeds/shopp.xml'),
    },
    said: 'feeds/shop.yaml:6:5 sources: "feeds/shopp.xml" is not there',
  },
}

describe('check names', () => {
  it.each(Object.entries(mistakes))('%s, alone', async (_, { files, said: expected }) => {
    const { code, said } = await checked(files)

    expect(said).toHaveLength(2)
    expect(said[0]).toContain(expected)
    expect(code).toBe(expected.includes(' warning:') ? 0 : 2)
  })

  it('an-example-that-lands-elsewhere', async () => {
    const { code, said } = await checked(fiveTrades('The barber cut my beard crooked with a blunt razor.'))

    expect(said[0]).toContain('playbooks/bakery.md:9:19 examples.en.0: "The barber cut my beard')
    expect(said[0]).toContain('lands in "barber"')
    expect(code).toBe(2)
  })
})

describe('one pass of check tells what a second would', () => {
  it.each([
    ['a wrong key in vigie.yaml', vigie((yaml) => `${yaml}timezon: Europe/Paris\n`), 'timezon: unknown key'],
    [
      'a wrong key of a person',
      vigie((yaml) => yaml.replace('role: owner', 'rol: owner')),
      'people.ada.rol: unknown key',
    ],
    ['a watch that is not YAML', { 'feeds/other.yaml': 'name: [' }, 'feeds/other.yaml:1:8 not valid YAML'],
  ])('beside %s', async (_, broken: Files, expected) => {
    const main = broken['vigie.yaml'] ?? smallFolder['vigie.yaml']
    const { said } = await checked({
      ...broken,
      'vigie.yaml': `${main}digest: { to: [bob] }\n`,
      [customer]: playbookOf('deputy: eve\nsevrity: low\nreview-by: 2026-01-31')
        .replace('Hello {{ author }}', 'Hello {{ authr }}, {{ , we promise')
        .replace('Bonjour {{ author }}', 'Bonjour, notre faute'),
      'playbooks/_policy.md': policy.replace('---\n', '---\ntopics: []\n'),
      'feeds/shop.yaml': smallFolder['feeds/shop.yaml'].replace(
        '- file: feeds/shop.xml',
        '- rrs: https://example.org/\n  - file: feeds/shopp.xml\n  - file: feeds/shopp.xml',
      ),
    })
    const text = said.join('\n')

    for (const part of [
      expected,
      'digest.to: "bob" is not among',
      'deputy: "eve" is not among',
      'sevrity: unknown key',
      'review-by: was to be read',
      'unknown placeholder {{ authr }}',
      'is no placeholder',
      '"we promise" promises',
      '"notre faute" admits',
      'topics: unknown key',
      'no source of the kind "rrs"',
      'feeds/shop.yaml:8:5 sources.2: a second source',
      'feeds/shop.yaml:7:5 sources: "feeds/shopp.xml" is not there',
    ])
      expect(text).toContain(part)
  })
})

describe('a consequence of a mistake is not told beside it', () => {
  it.each<[string, Files, string]>([
    [
      'people that are no mapping: nobody is unknown',
      vigie((yaml) => yaml.replace(/people:\n.*\n/, 'people: ada\n')),
      'people: must be keys and values',
    ],
    [
      'a vigie.yaml that is not YAML: nobody is unknown',
      vigie((yaml) => `${yaml}digest: [\n`),
      'not valid YAML',
    ],
    [
      'a person without an address: is there all the same',
      vigie((yaml) => yaml.replace('email: ada@shop.example, ', '')),
      'people.ada.email: missing',
    ],
    [
      'a playbook without an owner: is not unknown',
      playbook((text) => text.replace('owner: ada\n', '')),
      'owner: missing',
    ],
    [
      'a heading that is misspelt: its section is not missing',
      playbook((text) => text.replace('## Answer {en}', '## Anwser {en}')),
      'no section is called "Anwser"',
    ],
    [
      'a signal that is no query: the category is not unreachable',
      playbook((text) =>
        text.replace(/examples:.*\n/, '').replace(/signals:.*\n/, 'signals: { fr: ["(a"], en: [b] }\n'),
      ),
      'never closed',
    ],
    [
      'fields that cannot be read: their placeholders are not unknown',
      playbook(
        (text) => text.replace('Hello {{ author }}', 'Hello {{ batch }}'),
        'fields: { batch: number }',
      ),
      'fields.batch: must be keys and values',
    ],
    [
      'a block with an open placeholder: is not missing',
      {
        ...playbook((text) => text.replace('Hello {{ author }},', '{{> hi }}')),
        'playbooks/_blocks.md': '## Block: hi {fr}\nSalut\n\n## Block: hi {en}\nHi {{ author\n',
      },
      '"{{" without its "}}"',
    ],
    [
      'a secret file that is not there: its value is not wrong too',
      vigie((yaml) => yaml.replace('ada@shop.example', '"${file:nowhere}"')),
      'people.ada.email: ${file:nowhere}: ENOENT',
    ],
    [
      'a variable of a list that is not set: is told once',
      vigie((yaml) => `${yaml}digest: { to: ["\${BOSS}"] }\n`),
      'digest.to.0: missing, because the environment variable BOSS is not set',
    ],
  ])('%s', async (_, files, expected) => {
    const { code, said } = await checked(files)

    expect(said).toEqual([expect.stringContaining(expected), '1 thing to mend.'])
    expect(code).toBe(2)
  })
})

describe('a file that cannot be read', () => {
  it('is named, and everything else is checked', async () => {
    const { code, said } = await checked({
      'feeds/large.yaml': `name: ${'x'.repeat(2_100_000)}`,
      ...playbook((text) => text.replace('owner: ada', 'owner: bob')),
    })

    expect(code).toBe(2)
    expect(said).toEqual([
      expect.stringContaining('feeds/large.yaml cannot be read: feeds/large.yaml is larger than 2 MB'),
      expect.stringContaining('"bob" is not among the people'),
      '2 things to mend.',
    ])
  })
})

/** Five kinds of complaint that share no word; `odd` is written among the bakery's. */
function fiveTrades(odd: string): Files {
  const words = {
    bakery: ['bread', 'croissant', 'oven', 'flour', 'pastry', 'dough'],
    barber: ['beard', 'razor', 'barber', 'crooked', 'blunt', 'cut'],
    garage: ['engine', 'brakes', 'gearbox', 'oil', 'tyre', 'clutch'],
    hotel: ['pillow', 'lobby', 'bedroom', 'shower', 'checkout', 'blunt'],
    museum: ['painting', 'statue', 'gallery', 'guide', 'crooked', 'frame'],
  }
  const lines = (own: readonly string[]) =>
    Array.from({ length: 24 }, (_, index) => {
      const [a, b, c] = [0, 1, 3].map((step) => own[(index + step) % own.length])
      return `The ${a} and the ${b} were as bad as the ${c}, visit ${index}.`
    }).join('\n')
  const withExamples = (examples: string) => playbookOf().replace(/examples:.*/, examples)
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, own]) => [
      [`playbooks/${name}.md`, withExamples(name === 'bakery' ? `examples: { en: ["${odd}"] }` : '')],
      [`playbooks/examples/${name}.en.txt`, lines(own)],
    ]),
  )
}
