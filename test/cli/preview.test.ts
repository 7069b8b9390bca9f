import { describe, expect, it } from 'vitest'
import { previewCommand } from '../../src/cli/preview.ts'
import { folderWith, smallFolder } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

describe('preview', () => {
  it('says what to do about an address that is not public', async () => {
    const terminal = fakeTerminal()

    const code = await previewCommand(folderWith(smallFolder), ['http://127.0.0.1:1/feed'], {}, terminal)

    expect(code).toBe(3)
    expect(terminal.text()).toMatch(
      /\[blocked-address\]\n {2}name the host in fetch: \{ allow: \[\.\.\.\] \}/,
    )
  })
})
