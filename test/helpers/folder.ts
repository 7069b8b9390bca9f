import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { sourceKinds } from '../../src/collect/sources.ts'
import { ConfigError, type Problem } from '../../src/config/problem.ts'
import { type Config, loadConfig } from '../../src/config.ts'
import { configDeps } from '../../src/folder.ts'

export type Files = Readonly<Record<string, string>>

/** A Vigie folder of its own for a test, removed when the test ends. */
export function folderWith(files: Files): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFiles(folder, files)
  return folder
}

export function writeFiles(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

export function configOf(folder: string, env: Readonly<Record<string, string>> = {}): Config {
  return loadConfig(folder, configDeps(folder, env, sourceKinds)).config
}

/** What is wrong with a folder; empty when all is well. */
export function problemsOf(files: Files, env: Readonly<Record<string, string>> = {}): readonly Problem[] {
  const folder = folderWith(files)
  try {
    return loadConfig(folder, configDeps(folder, env, sourceKinds)).warnings
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

/** The smallest folder that passes `check`, to be changed by a test. */
export const smallFolder = {
  'vigie.yaml': `
language: en
timezone: Europe/Brussels
people:
  ada: { name: Ada Example, email: ada@shop.example, role: owner }
mail: { from: Vigie <vigie@shop.example> }
`,
  'feeds/shop.yaml': `
name: Shop
query: shop
alert-since: all
sources:
  - file: feeds/shop.xml
`,
  'feeds/shop.xml': feedOf([]),
  'playbooks/dissatisfied-customer.md': playbookOf(),
} as const

export interface Item {
  readonly id: string
  readonly text: string
  readonly title?: string
  readonly url?: string
  readonly author?: string
  readonly at?: string
}

/** An RSS feed of some entries. */
export function feedOf(items: readonly Item[]): string {
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  const rows = items.map(
    (item) => `<item><guid isPermaLink="false">${escaped(item.id)}</guid>
<link>${escaped(item.url ?? `https://example.org/${item.id}`)}</link>
${item.title ? `<title>${escaped(item.title)}</title>` : ''}
<pubDate>${new Date(item.at ?? '2026-11-20T10:00:00Z').toUTCString()}</pubDate>
${item.author ? `<author>${escaped(item.author)}</author>` : ''}
<description>${escaped(item.text)}</description></item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Reviews</title><link>https://example.org/</link>${rows.join('\n')}</channel></rss>`
}

/** A playbook in two languages; `front` is added to its front matter. */
export function playbookOf(front = '', title = 'Dissatisfied customer'): string {
  return `---
title: { fr: Client mécontent, en: ${title} }
severity: normal
owner: ada
seen-within: 4h
answer-within: 24h
approval: responder
signals: { fr: [remboursement, '"jamais reçu"', déçu*], en: [refund, '"never arrived"', disappointed, terrible] }
examples: { fr: ["Toujours rien reçu après trois semaines."], en: ["Three weeks and still nothing."] }
${front}
---

## Questions {fr}
- [ ] Retrouve-t-on le dossier ?

## Answer {fr}
Bonjour {{ author }},
{{ checked_fact! }}
{{ signature }}

## Questions {en}
- [ ] Do we find the order?

## Answer {en}
Hello {{ author }},
{{ checked_fact! }}
{{ signature }}
`
}
