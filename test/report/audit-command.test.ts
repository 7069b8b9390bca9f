import { describe, expect, it } from 'vitest'
import { auditCommand } from '../../src/cli/audit.ts'
import { VigieError } from '../../src/domain/errors.ts'
import type { NetworkSearch } from '../../src/report/audit.ts'
import { folderWith, smallFolder } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const nothing = { title: null, text: '', author: null, publishedAt: null }
const searches: readonly NetworkSearch[] = [
  {
    network: 'Mastodon',
    search: async () => [
      {
        ...nothing,
        url: 'https://social.example/@zinc',
        title: 'Zinc\u001b[2J',
        kind: 'account',
        followers: 3,
      },
      ...Array.from({ length: 7 }, (_, at) => ({
        ...nothing,
        url: `https://social.example/@x/${at}`,
        text: 'Zinc says',
      })),
    ],
  },
  {
    network: 'Lemmy',
    search: async () => {
      throw new VigieError('timeout', 'slow')
    },
  },
  { network: 'GitHub', search: async () => [] },
]

describe('audit', () => {
  it('says where a name is present, what is unproven, and who did not answer', async () => {
    const terminal = fakeTerminal()

    const code = await auditCommand(folderWith(smallFolder), 'Zinc', {}, terminal, () => [...searches])

    expect(code).toBe(3)
    expect(terminal.text()).toMatch(/account {4}unproven {12}https:\/\/social\.example\/@zinc {2}Zinc \[2J/)
    expect(terminal.text()).toContain('and 2 more citations')
    expect(terminal.text()).toContain('Nothing on GitHub.')
    expect(terminal.told).toEqual(['Lemmy: the site takes too long to answer [timeout]'])
  })

  it('is JSON for programs', async () => {
    const terminal = fakeTerminal()

    const code = await auditCommand(folderWith(smallFolder), 'Zinc', { json: true }, terminal, () =>
      searches.slice(0, 1),
    )

    expect(code).toBe(0)
    expect(JSON.parse(terminal.text())).toMatchObject({
      name: 'Zinc',
      at: '2026-11-22T10:00:00.000Z',
      networks: [{ network: 'Mastodon', accounts: [{ standing: 'unproven' }] }],
    })
  })

  it.each(['', '"', '!!!', 'x'.repeat(101)])('refuses "%s" as a name', async (name) => {
    expect(await auditCommand(folderWith(smallFolder), name, {}, fakeTerminal(), () => [])).toBe(2)
  })
})
