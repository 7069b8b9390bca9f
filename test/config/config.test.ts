import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { renderProblem } from '../../src/config/problem.ts'
import { secret } from '../../src/config/secret.ts'
import { configOf, type Files, folderWith, playbookOf, problemsOf, smallFolder } from '../helpers/folder.ts'

function said(files: Files): string[] {
  return problemsOf({ ...smallFolder, ...files }).map(renderProblem)
}

describe('a folder', () => {
  it('is read into one frozen configuration', () => {
    const config = configOf(folderWith(smallFolder))

    expect(Object.isFrozen(config)).toBe(true)
    expect(config.people.get('ada')).toMatchObject({
      email: 'ada@shop.example',
      language: 'en',
      timezone: 'Europe/Brussels',
    })
    expect(config.watches[0]?.sources[0]?.id).toBe('shop:file:feeds/shop.xml')
    expect(config.playbooks.get('dissatisfied-customer')?.texts.get('fr')?.questions).toEqual([
      'Retrouve-t-on le dossier ?',
    ])
    expect(config.digest).toEqual({ at: 480, to: ['ada'] })
  })

  it('takes values from the environment and from secret files, and keeps them to itself', () => {
    const folder = folderWith({
      ...smallFolder,
      'vigie.yaml': `${smallFolder['vigie.yaml'].replace('mail: {', 'mail: { smtp: "${SMTP}", imap: "${file:imap.txt}",')}\ncompany: \${COMPANY:-Shop & Sons}\n`,
      'imap.txt': 'imaps://ada:pass@mail.example\n',
    })

    const config = configOf(folder, { SMTP: 'smtp://ada:hunter2@mail.example' })

    expect(config.mail.smtp?.reveal()).toBe('smtp://ada:hunter2@mail.example')
    expect(config.mail.imap?.reveal()).toBe('imaps://ada:pass@mail.example')
    expect(config.company).toBe('Shop & Sons')
    expect(JSON.stringify(config)).not.toContain('hunter2')
  })

  it('leaves out what an unset variable would give', () => {
    const files = {
      ...smallFolder,
      'vigie.yaml': smallFolder['vigie.yaml'].replace('mail: {', 'mail: { smtp: "${SMTP}",'),
    }

    expect(configOf(folderWith(files)).mail.smtp).toBeNull()
  })

  it('changes its version when any file changes', () => {
    const one = configOf(folderWith(smallFolder)).version
    const other = configOf(
      folderWith({
        ...smallFolder,
        'playbooks/_blocks.md': '## Block: hi {fr}\nSalut\n\n## Block: hi {en}\nHi\n',
      }),
    ).version

    expect(configOf(folderWith(smallFolder)).version).toBe(one)
    expect(other).not.toBe(one)
  })
})

describe('a list of feeds', () => {
  const list = (...urls: string[]) =>
    `<opml version="2.0"><body>${urls.map((url) => `<outline text="x" xmlUrl="${url}"/>`).join('')}</body></opml>`
  const shop = smallFolder['feeds/shop.yaml'].replace(
    '- file: feeds/shop.xml',
    '- { opml: feeds/press.opml, every: 2h }\n  - rss: https://a.example/feed',
  )

  it('gives each of its feeds a source of its own, once', () => {
    const files = { 'feeds/press.opml': list('https://a.example/feed', 'https://b.example/feed') }
    const [watch] = configOf(folderWith({ ...smallFolder, ...files, 'feeds/shop.yaml': shop })).watches

    expect(watch?.sources.map(({ id, every }) => [id, every === null])).toEqual([
      ['shop:rss:https://a.example/feed', false],
      ['shop:rss:https://b.example/feed', false],
    ])
  })

  it.each([
    ['is not there', {}, 'feeds/press.opml'],
    ['is none', { 'feeds/press.opml': '<rss/>' }, 'not an OPML file'],
  ])('that %s is told at its line', (_, files, message) => {
    const [problem] = said({ ...files, 'feeds/shop.yaml': shop })

    expect(problem).toMatch(/^feeds\/shop.yaml:6:/)
    expect(problem).toContain(message)
  })
})

describe('mistakes are told with file, line, column, key and what to do', () => {
  it.each<[string, Files, string]>([
    [
      'a wrong key',
      { 'vigie.yaml': `${smallFolder['vigie.yaml']}timezon: Europe/Paris\n` },
      'vigie.yaml:7:1 timezon: unknown key (did you mean "timezone"?)',
    ],
    [
      'a wrong key deep inside',
      { 'vigie.yaml': smallFolder['vigie.yaml'].replace('email:', 'emial:') },
      'vigie.yaml:5:29 people.ada.emial: unknown key (did you mean "email"?)',
    ],
    [
      'a missing key',
      { 'vigie.yaml': smallFolder['vigie.yaml'].replace('email:', 'emial:') },
      'vigie.yaml:5:3 people.ada.email: missing: give a text',
    ],
    [
      'a bad address',
      { 'vigie.yaml': smallFolder['vigie.yaml'].replace('ada@shop.example,', 'ada at shop,') },
      'vigie.yaml:5:36 people.ada.email: "ada at shop" is not a mail address',
    ],
    [
      'a header in an address',
      {
        'vigie.yaml': smallFolder['vigie.yaml'].replace(
          'ada@shop.example,',
          '"ada@shop.example\\r\\nBcc: eve@evil.example",',
        ),
      },
      'is not a mail address',
    ],
    [
      'a role that does not exist',
      { 'vigie.yaml': smallFolder['vigie.yaml'].replace('role: owner', 'role: ownr') },
      'people.ada.role: "ownr" is not known (did you mean "owner"?)',
    ],
    [
      'a zone that does not exist',
      { 'vigie.yaml': smallFolder['vigie.yaml'].replace('Europe/Brussels', 'Europe/Bruxelles') },
      'vigie.yaml:3:11 timezone: "Europe/Bruxelles" is not a time zone',
    ],
    [
      'a deputy nobody knows',
      { 'vigie.yaml': smallFolder['vigie.yaml'].replace('role: owner', 'role: owner, deputy: bob') },
      '"bob" is not among the people',
    ],
    ['not YAML', { 'vigie.yaml': 'people: { ada: [ }' }, 'vigie.yaml:1:18 not valid YAML'],
    [
      'an open parenthesis',
      { 'feeds/shop.yaml': smallFolder['feeds/shop.yaml'].replace('query: shop', 'query: (shop OR store') },
      'feeds/shop.yaml:3:8 query: this "(" is never closed: add a ")"',
    ],
    [
      'an open parenthesis in quotes',
      { 'feeds/shop.yaml': smallFolder['feeds/shop.yaml'].replace('query: shop', 'query: "shop (store"') },
      'feeds/shop.yaml:3:14 query: this "(" is never closed',
    ],
    [
      'a tag that YAML takes for a comment',
      { 'feeds/shop.yaml': smallFolder['feeds/shop.yaml'].replace('query: shop', 'query: shop OR #shop') },
      'put the whole value in quotes',
    ],
    [
      'a query of absences',
      { 'feeds/shop.yaml': smallFolder['feeds/shop.yaml'].replace('query: shop', 'query: NOT shop') },
      'only for absences',
    ],
    [
      'a source of no kind',
      { 'feeds/shop.yaml': smallFolder['feeds/shop.yaml'].replace('file:', 'fil:') },
      'feeds/shop.yaml:6:10 sources.0.fil: no source of the kind "fil" (did you mean "file"?)',
    ],
    [
      'no source',
      { 'feeds/shop.yaml': 'name: Shop\nquery: shop\n' },
      'feeds/shop.yaml:1:1 sources: missing: give a list',
    ],
    [
      'a source twice',
      { 'feeds/shop.yaml': `${smallFolder['feeds/shop.yaml']}  - file: feeds/shop.xml\n` },
      'feeds/shop.yaml:7:5 sources.1: a second source',
    ],
    [
      'a playbook without its English answer',
      { 'playbooks/dissatisfied-customer.md': playbookOf().replace(/## Answer \{en\}[\s\S]*/, '') },
      'playbooks/dissatisfied-customer.md:1:1 Answer {en}: missing: add a section "## Answer {en}"',
    ],
    [
      'an unknown placeholder',
      {
        'playbooks/dissatisfied-customer.md': playbookOf().replace(
          'Hello {{ author }}',
          'Hello {{ auther }}',
        ),
      },
      'playbooks/dissatisfied-customer.md:25:7 Answer {en}: unknown placeholder {{ auther }} (did you mean "author"?)',
    ],
    [
      'an open placeholder',
      { 'playbooks/dissatisfied-customer.md': playbookOf().replace('Hello {{ author }}', 'Hello {{ author') },
      'Answer {en}:',
    ],
    [
      'an unknown person',
      { 'playbooks/dissatisfied-customer.md': playbookOf().replace('owner: ada', 'owner: adda') },
      '"adda" is not among the people of vigie.yaml (did you mean "ada"?)',
    ],
    [
      'an unknown section',
      { 'playbooks/dissatisfied-customer.md': playbookOf().replace('## Answer {en}', '## Anwser {en}') },
      'no section is called "Anwser" (did you mean "answer"?)',
    ],
    [
      'a category nothing can reach',
      {
        'playbooks/dissatisfied-customer.md': playbookOf()
          .replace(/signals:.*\n/, '')
          .replace(/examples:.*\n/, ''),
      },
      'nothing could ever land here',
    ],
    [
      'a duration without a unit',
      { 'playbooks/dissatisfied-customer.md': playbookOf().replace('seen-within: 4h', 'seen-within: 4') },
      'playbooks/dissatisfied-customer.md:5:14 seen-within: must be a text',
    ],
    [
      'a duration of another unit',
      {
        'playbooks/dissatisfied-customer.md': playbookOf().replace('seen-within: 4h', 'seen-within: 4 weeks'),
      },
      '"4 weeks" is not a number and a unit: 30m, 4h, 2d, 3mo or 1y',
    ],
    [
      'a signal that is no query',
      { 'playbooks/dissatisfied-customer.md': playbookOf().replace('[refund,', '[(refund,') },
      'never closed',
    ],
    [
      'no front matter',
      { 'playbooks/dissatisfied-customer.md': '## Answer {en}\nHello' },
      'playbooks/dissatisfied-customer.md:1:1 must begin with front matter',
    ],
    [
      'an unset variable',
      { 'vigie.yaml': smallFolder['vigie.yaml'].replace('ada@shop.example', '"${ADA}"') },
      'people.ada.email: missing, because the environment variable ADA is not set',
    ],
    [
      'a secret file that is not there',
      { 'vigie.yaml': smallFolder['vigie.yaml'].replace('mail: {', 'mail: { smtp: "${file:nowhere}",') },
      '${file:nowhere}: ENOENT',
    ],
  ])('%s', (_name, files, expected) => {
    expect(said(files).join('\n')).toContain(expected)
  })

  it('tells all of them at once', () => {
    const problems = said({
      'vigie.yaml': smallFolder['vigie.yaml'].replace('role: owner', 'role: ownr'),
      'feeds/shop.yaml': smallFolder['feeds/shop.yaml'].replace('query: shop', 'query: (shop'),
      'playbooks/dissatisfied-customer.md': playbookOf().replace(/## Answer \{en\}[\s\S]*/, ''),
    })

    expect(problems.map((line) => line.split(':')[0])).toEqual(
      expect.arrayContaining(['vigie.yaml', 'feeds/shop.yaml', 'playbooks/dissatisfied-customer.md']),
    )
  })

  it('says where to begin in an empty folder', () => {
    expect(problemsOf({}).map(renderProblem)).toEqual([
      'vigie.yaml not found: run "vigie init" here, or name another folder with --dir',
    ])
  })
})

describe('a secret', () => {
  it('never prints itself', async () => {
    const password = secret('hunter2')

    expect(`${String(password)} ${JSON.stringify({ password })} ${inspect({ password })}`).not.toContain(
      'hunter2',
    )
    expect(password.reveal()).toBe('hunter2')
  })
})
