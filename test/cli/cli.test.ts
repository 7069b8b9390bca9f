import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const source = readFileSync('src/cli.ts', 'utf8')

describe('vigie', () => {
  it('says its version on standard output', () => {
    const said = execFileSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', '--version'], {
      encoding: 'utf8',
    })

    expect(said).toBe(`${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`)
  })

  const commands = source.split(".command('").slice(1)

  it.each(commands.map((text) => [text.split("'")[0] ?? '', text]))('%s teaches by example', (name, text) => {
    expect(text).toMatch(new RegExp(`Examples\n[^]{0,200}vigie ${name}\\b`))
  })
})
