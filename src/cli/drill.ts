import { randomUUID } from 'node:crypto'
import type { DrillReport } from '../app.ts'
import type { Config } from '../config.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import { openStates } from '../domain/ticket.ts'
import type { Hold } from '../notify/compose.ts'
import { logger, readConfig, withApp } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

interface DrillOptions {
  readonly text?: string
  readonly watch?: string
  readonly json?: boolean
}

/** Grave enough that it must reach someone at any hour. */
const texts: Readonly<Record<ReaderLanguage, (name: string) => string>> = {
  fr: (name) =>
    `Ma fille a trouvé un morceau de verre dans ce que nous avons acheté chez ${name} hier. Elle s'est coupé la lèvre, nous sortons des urgences, et personne ne répond au téléphone.`,
  en: (name) =>
    `My daughter found a piece of glass in what we bought from ${name} yesterday. She cut her lip, we are just back from A&E, and nobody answers the phone.`,
}

/** `drill`: a made-up affair through the whole chain; who would see it, and when. */
export async function drillCommand(
  folder: string,
  options: DrillOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const watch = config.watches.find(
    ({ id, name }) => !options.watch || options.watch === id || options.watch === name,
  )
  if (!watch) {
    terminal.err(`no watch "${options.watch}" (known: ${config.watches.map(({ id }) => id).join(', ')})`)
    return exitCode.input
  }
  const text = options.text ?? texts[config.language](watch.name)
  const entry = {
    id: `drill-${randomUUID()}`,
    url: null,
    title: null,
    text,
    author: 'Vigie (drill)',
    publishedAt: terminal.now(),
    language: null,
    engagement: null,
    stars: null,
  }
  const report = await withApp(config, 'drill', logger(terminal, 'fatal'), terminal, (app) =>
    app.drill(entry, watch, new AbortController().signal),
  )
  if (!report) {
    terminal.err('This text opens no ticket, so nobody would have been told: try one that hurts.')
    return exitCode.partly
  }
  await terminal.out(options.json ? JSON.stringify(plain(report)) : inWords(report, config))
  const isReached = report.messages.some((message) => message.state === 'sent')
  return isReached ? exitCode.done : exitCode.partly
}

const holds: Readonly<Record<Hold, (owner: string) => string>> = {
  'digest-only': (owner) => `${owner} asked for the digest only`,
  'quiet-hours': (owner) => `${owner} has quiet hours now; only what is critical comes through`,
  'hourly-limit': (owner) => `${owner} had six alerts within the hour; the rest comes in one summary`,
}

const noMail = 'no mail could be written; the log says why, with VIGIE_LOG=error'

function plain({ ticket, messages, steps, heldBack }: DrillReport) {
  return {
    category: ticket.category,
    severity: ticket.severity,
    owner: ticket.owner,
    seenBy: ticket.seenBy,
    answerBy: ticket.answerBy,
    told: messages.map(({ kind, recipient, state, sentAt, lastReply }) => ({
      kind,
      recipient,
      state,
      sentAt,
      reply: lastReply,
    })),
    heldBack,
    later: steps.map(({ level, at, to }) => ({ level, at, to })),
  }
}

function inWords({ ticket, messages, steps, heldBack }: DrillReport, config: Config): string {
  const name = (id: string) => config.people.get(id)?.name ?? id
  const at = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ')
  const told = messages.map(
    ({ recipient, state, lastReply }) => `  ${recipient}: ${state}${lastReply ? ` (${lastReply})` : ''}`,
  )
  const later = steps.map(
    (step) =>
      `  ${at(step.at)} UTC  ${step.kind === 'reminder' ? 'reminder to' : 'escalation to'} ${step.to.map(name).join(', ')}`,
  )
  const open = openStates.includes(ticket.state) ? 'open' : ticket.state
  return [
    `Drill ${ticket.id}: ${ticket.category}, ${ticket.severity}, for ${name(ticket.owner)} (${open})`,
    'Told now',
    ...(told.length > 0 ? told : [`  nobody: ${heldBack ? holds[heldBack](name(ticket.owner)) : noMail}`]),
    'Told later, if nobody moves',
    ...later,
    'It stands in no list, no statistic and no clock.',
  ].join('\n')
}
