import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { evaluateCommand } from '../../src/cli/evaluate.ts'
import { folderWith, smallFolder, writeFiles } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

let folder: string

beforeEach(() => {
  folder = folderWith(smallFolder)
})

describe('evaluate', () => {
  const lines = [
    { text: 'Never again, terrible service, I want my money back.', label: 'negative', language: 'en' },
    { text: 'Wonderful, thank you so much, I love it!', label: 'positive', language: 'en' },
  ]
  const labelled = lines.map((line) => `${JSON.stringify(line)}\n`).join('')

  it('measures a file', async () => {
    writeFiles(folder, { 'labelled.jsonl': labelled })
    const terminal = fakeTerminal()
    const words = fakeTerminal()

    expect(await evaluateCommand(path.join(folder, 'labelled.jsonl'), { json: true }, terminal)).toBe(0)
    expect(await evaluateCommand(path.join(folder, 'labelled.jsonl'), {}, words)).toBe(0)

    expect(JSON.parse(terminal.text())).toMatchObject({ texts: 2, all: { accuracy: 1 } })
    expect(words.text()).toContain('source/language')
    expect(readFileSync(path.join(folder, 'labelled.jsonl'), 'utf8')).toBe(labelled)
  })

  it('names the lines it could not read', async () => {
    const terminal = fakeTerminal({ input: `{"text":1}\n${labelled}` })

    expect(await evaluateCommand('-', { json: true }, terminal)).toBe(2)

    expect(terminal.told).toEqual(['line 1: no "text"'])
    expect(JSON.parse(terminal.text()).texts).toBe(2)
  })

  it('says when there is no such file', async () => {
    const terminal = fakeTerminal()

    expect(await evaluateCommand('none.jsonl', {}, terminal)).toBe(2)

    expect(terminal.told.join()).toContain('none.jsonl is not there')
  })

  it('names ten of many lines it could not read, and gives no table of nothing', async () => {
    const terminal = fakeTerminal({ input: '{"text":"x"}\n'.repeat(40), cwd: folder })

    const code = await evaluateCommand('-', {}, terminal)

    expect([code, terminal.text()]).toEqual([2, ''])
    expect(terminal.told).toHaveLength(12)
    expect(terminal.told[10]).toContain('and 30 or more other lines')
  })

  it('says when a folder is named', async () => {
    const terminal = fakeTerminal({ cwd: folder })

    expect(await evaluateCommand('feeds', {}, terminal)).toBe(2)
    expect(terminal.told).toEqual(['feeds is a folder: name a file in it'])
  })
})
