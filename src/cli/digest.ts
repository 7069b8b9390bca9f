import { didYouMean } from '../config/problem.ts'
import { digestEnvelope, digestNow } from '../report/digest.ts'
import { logger, readConfig, withApp } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

interface DigestOptions {
  readonly send?: boolean
  readonly person?: string
}

/** `digest`: as it would leave now, printed; with --send, written to the outbox and sent. */
export async function digestCommand(
  folder: string,
  options: DigestOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const ids = options.person === undefined ? config.digest.to : [options.person]
  const people = ids.flatMap((id) => config.people.get(id) ?? [])
  if (people.length < ids.length) {
    const unknown = ids.find((id) => !config.people.has(id)) ?? ''
    terminal.err(
      `"${unknown}" is not among the people of vigie.yaml${didYouMean(unknown, config.people.keys())}`,
    )
    return exitCode.input
  }
  return withApp(
    config,
    'digest',
    logger(terminal, 'fatal'),
    terminal,
    async ({ store, folderId, deliver }) => {
      const deps = { store, folderId, now: terminal.now, refusedConfig: [] }
      if (!options.send) {
        const [first] = people
        if (first) await terminal.out((await digestNow(config, first, deps)).mail.text)
        return exitCode.done
      }
      for (const person of people) {
        const { mail } = await digestNow(config, person, deps)
        const message = await digestEnvelope(config, person, mail, terminal.now().toISOString(), deps)
        await store.recordMessages([message], [], terminal.now())
      }
      const { sent, pending, failed } = await deliver(new AbortController().signal)
      await terminal.out(`${sent} sent${pending > 0 ? `, ${pending} waiting` : ''}`)
      return failed > 0 ? exitCode.partly : exitCode.done
    },
  )
}
