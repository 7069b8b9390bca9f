import { describe, expect, it } from 'vitest'
import { type ExampleDeps, exampleFiles } from '../../src/config/examples.ts'
import { problemsOf, smallFolder } from '../helpers/folder.ts'

function depsOf(files: Record<string, string | Error>): ExampleDeps {
  return {
    list: () => Object.keys(files).sort(),
    readText: (path) => {
      const text = files[path.replace('playbooks/examples/', '')] ?? null
      if (text instanceof Error) throw text
      return text
    },
    hash: (text) => `<${text}>`,
  }
}

const ignore = () => {}

describe('the files of examples', () => {
  const files = {
    'README.md': 'no examples',
    'rant.en.txt': 'You clowns!\n\n  \t\nWorst of all.\r\n',
    'rant.fr.txt': 'Bande de clowns',
    '_harmless.en.txt': 'What a day.\n',
  }

  it('are counted by name and language as they will be read', () => {
    const { counts, read } = exampleFiles(depsOf(files), ignore, ignore)

    const { byName } = read()
    expect([...(byName.get('rant') ?? [])]).toEqual([
      ['en', ['You clowns!', 'Worst of all.']],
      ['fr', ['Bande de clowns']],
    ])
    for (const [name, lists] of byName)
      for (const [language, list] of lists) expect(counts.get(name)?.get(language)).toBe(list.length)
    expect([...counts.keys()]).toEqual(['_harmless', 'rant'])
  })

  it('have another digest when a word changes, also between looking and reading', () => {
    const changing: Record<string, string> = { ...files }
    const before = exampleFiles(depsOf(changing), ignore, ignore)
    expect(before.read().digest).toBe(before.digest)

    changing['rant.fr.txt'] = 'Bande de pitres'

    expect(before.read().digest).not.toBe(before.digest)
    expect(exampleFiles(depsOf(changing), ignore, ignore).digest).toBe(before.read().digest)
  })

  it('that cannot be read are told, and the others count', () => {
    const told: string[] = []
    const deps = depsOf({ ...files, 'rant.en.txt': new Error('larger than 2 MB') })

    const { counts, read } = exampleFiles(deps, ignore, (path, reason) => told.push(`${path}: ${reason}`))

    expect(told).toEqual(['playbooks/examples/rant.en.txt: larger than 2 MB'])
    expect(counts.get('rant')).toEqual(new Map([['fr', 1]]))
    expect(read().byName.get('rant')?.size).toBe(1)
  })

  it('are named by check when they are too large', () => {
    const text = `${'a line of a comment\n'.repeat(110_000)}`

    const problems = problemsOf({ ...smallFolder, 'playbooks/examples/rant.en.txt': text })

    expect(problems).toMatchObject([{ level: 'error', file: 'playbooks/examples/rant.en.txt' }])
    expect(problems[0]?.message).toMatch(/^cannot be read: .*larger than 2 MB$/)
  })
})
