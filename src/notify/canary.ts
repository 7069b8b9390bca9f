import { z } from 'zod'
import { madeUpMention, recordGiven } from '../collect/given.ts'
import type { Config } from '../config.ts'
import { approximateMs, hourMs } from '../domain/duration.ts'
import { canaryName } from '../domain/mention.ts'
import type { NewMessage } from '../domain/message.ts'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import { type ChatRoom, madeUpReader } from './compose.ts'
import { fr } from './mail-words.ts'
import { digestMessageId, domainOf } from './mime.ts'
import { renderWarning } from './webhook-body.ts'

/**
 * A made-up complaint that goes the way of all others each day (stored, judged, triaged, written, sent) to a mailbox of
 * our own. When it does not come out at the other end, silence can no longer be trusted, and another road says so.
 */
export interface CanaryDeps {
  readonly store: Pick<Store, 'setting' | 'setSetting' | 'recordPoll' | 'lastMessageTo' | 'recordMessages'>
  readonly folderId: string
  /** Roads that do not go by mail. */
  readonly rooms: readonly ChatRoom[]
  now(): Date
  /** Told once of each canary that is overdue. */
  onLost(sentAt: Date): void
}

const instant = z.iso.datetime().transform((text) => new Date(text))
const stateSchema = z.object({
  sentAt: instant,
  /** When it last came out at the other end. */
  seenAt: instant.nullable(),
  /** The Message-ID it comes back with; null until its mail is written. */
  messageId: z.string().nullable(),
  /** The overdue one was spoken of. */
  isTold: z.boolean(),
})

export type CanaryState = z.output<typeof stateSchema>

/** It has so long to go round: mail servers that make a stranger wait do so for minutes. */
export const canaryGraceMs = hourMs

/** What the setting `canary` holds; null before the first. */
export function readCanary(kept: string | null): CanaryState | null {
  if (kept === null) return null
  try {
    return stateSchema.parse(JSON.parse(kept))
  } catch {
    return null
  }
}

export function isLost({ sentAt, seenAt }: CanaryState, now: Date): boolean {
  return (seenAt === null || seenAt < sentAt) && now.getTime() - sentAt.getTime() > canaryGraceMs
}

/** Lets the next one go when its time has come. Before judging: it takes the same pass as what was just collected. */
export async function releaseCanary(config: Config, deps: CanaryDeps): Promise<void> {
  const [watch] = config.watches
  if (!config.canary || !watch) return
  const now = deps.now()
  const state = await readState(deps)
  if (state && now.getTime() - state.sentAt.getTime() < approximateMs(config.canary.every)) return
  const id = `canary-${now.toISOString()}`
  const entry = {
    id,
    url: null,
    title: null,
    text: canaryWords[config.language].complaint(watch.name),
    author: null,
    publishedAt: now,
    language: config.language,
    engagement: null,
    stars: null,
  }
  await recordGiven(madeUpMention(entry), watch.id, canaryName, now, deps.store)
  await writeState({ sentAt: now, seenAt: state?.seenAt ?? null, messageId: null, isTold: false }, deps)
}

/**
 * Looks after the one that is under way: without a mailbox to see it come back, it is out once the server took it; one
 * that is overdue is spoken of once, on every road that is not mail.
 */
export async function tendCanary(config: Config, deps: CanaryDeps): Promise<void> {
  const state = config.canary ? await readState(deps) : null
  if (!state) return
  const message = await deps.store.lastMessageTo(canaryName)
  const own = message && message.createdAt >= state.sentAt ? message : null
  const isOut = config.mail.imap === null && own?.state === 'sent'
  const known: CanaryState = {
    ...state,
    messageId: own?.messageId ?? state.messageId,
    seenAt: isOut ? own.sentAt : state.seenAt,
  }
  const now = deps.now()
  const isTold = known.isTold || isLost(known, now)
  if (isTold && !known.isTold) await tell(config, known.sentAt, now, deps)
  const next = { ...known, isTold }
  if (JSON.stringify(next) !== JSON.stringify(state)) await writeState(next, deps)
}

/** Notes that a mail read from our mailbox is the canary; false: it is another mail. */
export async function meetCanary(rawMail: Buffer, deps: Pick<CanaryDeps, 'store' | 'now'>): Promise<boolean> {
  const message = await deps.store.lastMessageTo(canaryName)
  const state = message && (await readState(deps))
  // The header only: a bounce holds the Message-ID too, further down.
  const head =
    rawMail
      .subarray(0, headBytes)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? ''
  if (!state || !/^message-id:/im.test(head) || !head.includes(message.messageId)) return false
  await writeState({ ...state, messageId: message.messageId, seenAt: deps.now() }, deps)
  return true
}

const headBytes = 32 * 1024

/** Whom it is sent to: a reader of the company, at the address that Vigie itself reads. */
export function canaryReader(config: Config): Person | null {
  if (!config.canary) return null
  const email = config.canary.to ?? config.mail.replyTo ?? config.mail.from.address
  return madeUpReader({ id: canaryName, name: 'Vigie', email, language: config.language }, config)
}

async function tell(config: Config, sentAt: Date, now: Date, deps: CanaryDeps): Promise<void> {
  deps.onLost(sentAt)
  const messages = deps.rooms.map((room): NewMessage => {
    const words = canaryWords[room.language]
    const warning = {
      title: words.lost,
      text: words.whatToDo,
      page: config.pages.url,
      language: room.language,
    }
    const domain = domainOf(config.mail.from.address)
    return {
      kind: 'webhook',
      ticket: null,
      person: room.name,
      recipient: room.name,
      messageId: digestMessageId(canaryName, sentAt.toISOString(), room.name, domain, deps.folderId),
      subject: words.lost,
      bytes: renderWarning(room, warning),
    }
  })
  if (messages.length > 0) await deps.store.recordMessages(messages, [], now)
}

async function readState({ store }: Pick<CanaryDeps, 'store'>): Promise<CanaryState | null> {
  return readCanary(await store.setting(canaryName))
}

function writeState(state: CanaryState, { store }: Pick<CanaryDeps, 'store'>): Promise<void> {
  return store.setSetting(canaryName, JSON.stringify(state))
}

const french = {
  /** Plain enough for any folder's playbooks. */
  complaint: (name: string) =>
    `Je suis très déçu de ${name} : commande jamais arrivée, personne ne répond au téléphone, plus jamais.`,
  lost: fr`Le courriel d'essai de Vigie n'est pas revenu`,
  whatToDo: fr`Les alertes ne partent ou n'arrivent peut-être plus : lancez « vigie doctor » sur le serveur et regardez la page Envois.`,
}

const english: typeof french = {
  complaint: (name) =>
    `I am very disappointed by ${name}: my order never arrived, nobody answers the phone, terrible, never again.`,
  lost: 'The test mail of Vigie did not come back',
  whatToDo:
    'Alerts may no longer leave or arrive: run "vigie doctor" on the server and look at the Outbox page.',
}

const canaryWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>
