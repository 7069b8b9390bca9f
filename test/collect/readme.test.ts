import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { connectors } from '../../src/collect/connectors.ts'

it('lists every kind of source in the README, in the same order', () => {
  const readme = readFileSync(new URL('../../src/collect/README.md', import.meta.url), 'utf8')
  const rows = [...readme.matchAll(/^\| `([a-z-]+)/gm)].map(([, kind]) => kind)

  expect(rows).toEqual([...connectors.keys()])
})
