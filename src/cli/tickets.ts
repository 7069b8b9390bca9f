import { didYouMean } from '../config/problem.ts'
import type { Config } from '../config.ts'
import type { Ticket, TicketEvent } from '../domain/ticket.ts'
import { openStates } from '../domain/ticket.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { type TicketAction, TicketActionError } from '../triage/act.ts'
import { desk } from '../triage/desk.ts'
import { readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

export interface TicketsRequest {
  readonly verb: string
  readonly id?: number | undefined
  readonly value?: string | undefined
  readonly reason?: string
  readonly as?: string
  readonly all?: boolean
  readonly json?: boolean
}

const verbs = ['list', 'show', 'seen', 'answered', 'dismiss', 'assign', 'snooze']

/** `tickets`: the list, one ticket whole, or what a person does about it. */
export async function ticketsCommand(
  folder: string,
  request: TicketsRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const wrong = mistakeIn(request, config)
  if (wrong) {
    terminal.err(wrong)
    return exitCode.input
  }
  const store = openStore(config)
  try {
    return await carryOut(request, config, store, terminal)
  } catch (error) {
    if (!(error instanceof TicketActionError)) throw error
    terminal.err(error.message)
    return exitCode.input
  } finally {
    await store.close()
  }
}

function mistakeIn(request: TicketsRequest, config: Config): string | null {
  if (!verbs.includes(request.verb)) return `no verb "${request.verb}"${didYouMean(request.verb, verbs)}`
  if (request.verb !== 'list' && request.id === undefined)
    return `which ticket? "vigie tickets ${request.verb} 12"`
  if (request.as !== undefined && !config.people.has(request.as)) {
    return `"${request.as}" is not among the people of vigie.yaml${didYouMean(request.as, config.people.keys())}`
  }
  return null
}

async function carryOut(
  request: TicketsRequest,
  config: Config,
  store: Store,
  terminal: Terminal,
): Promise<ExitCode> {
  if (request.verb === 'list') return list(request, store, terminal)
  const id = request.id ?? 0
  const ticket = await store.ticket(id)
  if (!ticket) {
    terminal.err(`there is no ticket ${id}: "vigie tickets" lists them`)
    return exitCode.input
  }
  if (request.verb !== 'show') {
    const who = request.as ?? ownerOf(config)
    const action = { verb: request.verb, value: request.value, reason: request.reason } as TicketAction
    await desk(config, { store, now: terminal.now, languageOf: () => null, onCorrection: () => {} }).act(
      id,
      action,
      who,
    )
  }
  return show(id, request, store, terminal)
}

/** Whoever has the terminal of the server speaks for the owner. */
function ownerOf(config: Config): string {
  const owner = [...config.people.values()].find((person) => person.role === 'owner')
  return owner?.id ?? [...config.people.keys()][0] ?? ''
}

async function list(request: TicketsRequest, store: Store, terminal: Terminal): Promise<ExitCode> {
  const states = request.all
    ? (['new', 'seen', 'in-approval', 'answered', 'dismissed', 'snoozed'] as const)
    : openStates
  const tickets = await store.tickets({ states, limit: 1000 })
  if (request.json) await terminal.out(JSON.stringify(tickets.map(asJson)))
  else if (tickets.length === 0) await terminal.out('No ticket waits.')
  else
    for (const ticket of tickets)
      await terminal.out(inWords(ticket, terminal.now()).slice(0, terminal.isRead ? terminal.columns : 500))
  return exitCode.done
}

async function show(
  id: number,
  request: TicketsRequest,
  store: Store,
  terminal: Terminal,
): Promise<ExitCode> {
  const ticket = await store.ticket(id)
  if (!ticket) return exitCode.fault
  const mentions = await store.ticketMentions(id)
  const events = await store.ticketEvents(id)
  if (request.json) {
    const told = mentions.map(({ mention, judgement }) => ({
      ...mention.entry,
      source: mention.source,
      judgement,
    }))
    await terminal.out(JSON.stringify({ ...asJson(ticket), mentions: told, events }))
    return exitCode.done
  }
  await terminal.out(inWords(ticket, terminal.now()))
  for (const { mention } of mentions) {
    const { url, author, text, title } = mention.entry
    await terminal.out(
      `\n  ${[author, url].filter(Boolean).join(', ')}\n  ${(title ? `${title}. ` : '') + text.replace(/\s+/g, ' ')}`,
    )
  }
  await terminal.out('')
  for (const event of events) await terminal.out(`  ${eventInWords(event)}`)
  return exitCode.done
}

function asJson(ticket: Ticket) {
  return { ...ticket, page: `/tickets/${ticket.id}` }
}

function inWords(ticket: Ticket, now: Date): string {
  const hours = Math.round((ticket.answerBy.getTime() - now.getTime()) / 3_600_000)
  const left = openStates.includes(ticket.state) ? (hours < 0 ? `${-hours} h late` : `${hours} h left`) : ''
  const spread = ticket.mentionCount > 1 ? ` (${ticket.mentionCount} texts)` : ''
  return `${`#${ticket.id}`.padEnd(5)} ${ticket.severity.padEnd(8)} ${ticket.state.padEnd(11)} ${left.padEnd(9)} ${ticket.owner.padEnd(8)} ${ticket.category}: ${ticket.title}${spread}`
}

function eventInWords({ at, who, what, detail }: TicketEvent): string {
  const reason = typeof detail['reason'] === 'string' ? `: ${detail['reason']}` : ''
  return `${at.toISOString().slice(0, 16).replace('T', ' ')}  ${who}  ${what}${reason}`
}
