import type { ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { outboxFolder } from '../../src/folder.ts'
import { openStore } from '../../src/store/open-store.ts'
import { build, startVigie, vigie } from '../helpers/built.ts'
import { feedOf, folderWith, smallFolder } from '../helpers/folder.ts'
import { type SmtpFault, smtpFaultServer } from '../helpers/smtp-server.ts'

const now = ['--now', '2026-11-18T09:00:00Z']

beforeAll(build, 120_000)

function folderOf(mail: string): string {
  const text = 'My order never arrived, the shop refuses the refund. Terrible, very disappointed.'
  return folderWith({
    ...smallFolder,
    'vigie.yaml': `${smallFolder['vigie.yaml'].replace('mail: {', `mail: { ${mail}`)}pages: { listen: "127.0.0.1:9" }\n`,
    'feeds/shop.xml': feedOf([{ id: '1', text, at: '2026-11-18T08:00:00Z' }]),
  })
}

function start(folder: string): ChildProcess {
  const child = startVigie(folder, [...now, 'start'])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Waits for a line on standard error. */
async function line(child: ChildProcess, wanted: RegExp): Promise<string> {
  if (!child.stderr) throw new Error('no standard error')
  for await (const text of createInterface({ input: child.stderr })) if (wanted.test(text)) return text
  throw new Error(`it ended without a line like ${wanted}`)
}

async function ended(child: ChildProcess): Promise<{ code: number | null; tookMs: number }> {
  const started = performance.now()
  child.stderr?.resume()
  child.stdout?.resume()
  const code = child.exitCode ?? (await new Promise<number | null>((resolve) => child.once('exit', resolve)))
  return { code, tookMs: performance.now() - started }
}

describe('a daemon that is told to stop', () => {
  it('finishes what is in hand and ends with 0; meanwhile a second one is refused, naming it', {
    timeout: 60_000,
  }, async () => {
    const folder = folderOf('')
    const first = start(folder)
    await line(first, /^ {2}try /)

    const second = await vigie(folder, [...now, 'start'])
    const pass = await vigie(folder, [...now, 'collect'])
    first.kill('SIGTERM')
    const { code, tookMs } = await ended(first)

    for (const refused of [second, pass]) {
      expect(refused.code).toBe(1)
      expect(refused.err).toContain(`another Vigie works in this folder: "vigie start", process ${first.pid}`)
    }
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(10_000)
    expect(readdirSync(outboxFolder(folder))).toHaveLength(1)
    expect((await vigie(folder, [...now, 'collect'])).code).toBe(0)
  })

  it.each<SmtpFault>(['no-greeting', 'stored-then-hang'])(
    'ends within ten seconds while a mail server hangs (%s), and sends the same mail at the next start',
    async (fault) => {
      const server = await smtpFaultServer(fault)
      onTestFinished(() => server.close())
      const folder = folderOf(`smtp: "smtp://127.0.0.1:${server.port}", `)
      const daemon = start(folder)
      await expect.poll(() => server.connections, { timeout: 20_000 }).toBeGreaterThan(0)
      if (fault === 'stored-then-hang')
        await expect.poll(() => server.stored.length, { timeout: 20_000 }).toBe(1)

      daemon.kill('SIGTERM')
      const { code, tookMs } = await ended(daemon)
      server.setFault('none')
      const again = await vigie(folder, ['--now', '2026-11-18T09:10:00Z', 'collect', '--json'])

      expect(code).toBe(0)
      expect(tookMs).toBeLessThan(10_000)
      expect(JSON.parse(again.out).messages).toEqual({ sent: 1, pending: 0, failed: 0 })
      // What may have been stored before is the same mail: its reader's program shows it once.
      expect(new Set(server.stored.map(({ bytes }) => bytes.toString())).size).toBe(1)
      const store = openStore({ folder })
      expect(await store.tickets({ limit: 10 })).toHaveLength(1)
      await store.close()
    },
    60_000,
  )
})
