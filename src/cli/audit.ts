import { openSources } from '../collect/sources.ts'
import type { NetworkPresence, Sighting, Standing } from '../report/audit.ts'
import { auditDesk, isAuditable, type KeptAudit, searchesFor } from '../report/audit-desk.ts'
import { failureInWords } from '../report/failure-words.ts'
import { openStore } from '../store/open-store.ts'
import { logger, readConfig } from './open.ts'
import { bar } from './progress.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** `audit`: where a name is present today, by network, and what of it is official. Exit 3 when a network failed. */
export async function auditCommand(
  folder: string,
  name: string,
  options: { json?: boolean },
  terminal: Terminal,
  openSearches: typeof searchesFor = searchesFor,
): Promise<ExitCode> {
  if (!isAuditable(name)) {
    terminal.err('which name? As in: vigie audit "Brasserie Lumen", or the name of a watch')
    return exitCode.input
  }
  const config = readConfig(folder, terminal)
  const sources = openSources(config, { now: terminal.now })
  const store = openStore(config)
  const desk = auditDesk(config, {
    searches: openSearches(config, sources),
    store,
    now: terminal.now,
    log: logger(terminal, 'fatal'),
  })
  try {
    const audit = await desk.run(name, new AbortController().signal, (network, done, total) =>
      terminal.progress(`${bar(done, total)} ${done}/${total} ${network}`),
    )
    await terminal.out(options.json ? JSON.stringify(audit) : inWords(audit, terminal.columns))
    for (const { network, failure } of audit.networks)
      if (failure) terminal.err(`${network}: ${failureInWords(failure.code, 'en')} [${failure.code}]`)
    return audit.networks.some(({ failure }) => failure !== null) ? exitCode.partly : exitCode.done
  } finally {
    await sources.close()
    await store.close()
  }
}

const standingWords = {
  official: 'official',
  linked: 'points to your site',
  unproven: 'unproven',
} satisfies Record<Standing['standing'], string>

const citationsShown = 5

function inWords({ name, networks }: KeptAudit, columns: number): string {
  const told = networks.flatMap((network) => {
    const lines = linesOf(network)
    return lines.length === 0 ? [] : [`\n${network.network}`, ...lines.map((line) => line.slice(0, columns))]
  })
  const silent = networks.filter((network) => network.failure === null && linesOf(network).length === 0)
  return [
    `Where "${name}" is present today`,
    ...(told.length === 0 ? ['\nNowhere that answered.'] : told),
    ...(silent.length === 0 ? [] : [`\nNothing on ${silent.map(({ network }) => network).join(', ')}.`]),
  ].join('\n')
}

function linesOf({ accounts, communities, citations }: NetworkPresence): string[] {
  const more = citations.length - citationsShown
  return [
    ...accounts.map(
      (account) => `  account    ${standingWords[account.standing].padEnd(19)} ${placed(account)}`,
    ),
    ...communities.map((one) => `  community  ${standingWords[one.standing].padEnd(19)} ${placed(one)}`),
    ...citations
      .slice(0, citationsShown)
      .map(
        (one) =>
          `  citation   ${(one.publishedAt?.toISOString().slice(0, 10) ?? '').padEnd(19)} ${placed(one)}`,
      ),
    ...(more > 0 ? [`  and ${more} more ${more === 1 ? 'citation' : 'citations'}`] : []),
  ]
}

function placed({ url, title, text, followers }: Sighting): string {
  const said = (title ?? text).replace(/[\p{C}\s]+/gu, ' ').trim()
  return `${url}  ${said}${followers === undefined ? '' : ` (${followers} followers)`}`.replace(/\p{C}/gu, '')
}
