import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openStore } from '../../src/store/open-store.ts'
import { startVigie } from './built.ts'
import type { CountingServer, Received } from './counting-smtp.ts'
import { feedOf, folderWith, type Item, smallFolder, writeFiles } from './folder.ts'

const start = Date.parse('2026-11-20T09:00:00Z')

/** A folder whose mails go to a server, and whose feed grows batch by batch. */
export interface KillSite {
  readonly folder: string
  readonly server: CountingServer
  readonly batchSize: number
}

export function killSite(server: CountingServer, batchSize: number): KillSite {
  const mail = smallFolder['vigie.yaml'].replace('mail: {', 'mail: { smtp: "${SMTP}",')
  // A port of nobody: the pages are not what is killed here.
  const folder = folderWith({ ...smallFolder, 'vigie.yaml': `${mail}pages: { listen: "127.0.0.1:9" }\n` })
  return { folder, server, batchSize }
}

/** More is published: the feed now holds this batch and all before it. */
export function publish({ folder, batchSize }: KillSite, batch: number): void {
  writeFiles(folder, { 'feeds/shop.xml': feedOf(items((batch + 1) * batchSize)) })
}

/** Runs a command with a batch's clock: an hour further each, so that no mail waits for the limit of six an hour. */
export function startAt(
  { folder, server }: KillSite,
  batch: number,
  command: readonly string[],
): ChildProcess {
  return startVigie(folder, ['--now', instantOf(batch), ...command], { SMTP: server.url })
}

/** The same pass by a pipeline that is wrong on purpose. */
export function startUnsafe(
  fault: 'send-first' | 'record-first',
  { folder, server }: KillSite,
  batch: number,
): ChildProcess {
  const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'unsafe-pipeline.js')
  return spawn(process.execPath, ['--import', 'tsx', script, fault, folder, server.url, instantOf(batch)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

/** Returns 1 when it was killed, 0 when it ended before. */
export async function killAfter(child: ChildProcess, ms: number): Promise<number> {
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  await ended(child)
  clearTimeout(timer)
  return child.signalCode === 'SIGKILL' ? 1 : 0
}

/** Kills when the server has stored the nth mail, before it answers; at the latest after `latestMs`: a daemon stays. */
export async function killWhenStored(
  child: ChildProcess,
  nth: number,
  server: CountingServer,
  latestMs = 60_000,
): Promise<number> {
  let stored = 0
  server.onStored(() => {
    if (++stored === nth) child.kill('SIGKILL')
  })
  const killed = await killAfter(child, latestMs)
  server.onStored(null)
  return killed
}

export function ended(child: ChildProcess): Promise<void> {
  child.stdin?.end()
  child.stdout?.resume()
  child.stderr?.resume()
  return new Promise((resolve) => child.once('close', () => resolve()))
}

/** What a command writes on standard output, to its end. */
export async function outcomeOf(child: ChildProcess): Promise<string> {
  const out: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
  await ended(child)
  return Buffer.concat(out).toString()
}

/** What the folder holds, and how many of its tickets some mail has told. */
export async function contents({ folder, server }: KillSite) {
  const store = openStore({ folder })
  const tickets = await store.tickets({ limit: 10_000 })
  const { mentions } = await store.activity(new Date(0), new Date('2030-01-01'))
  const sent = await store.messages('sent', 10_000)
  await store.close()
  const linked = new Set(server.received.flatMap(ticketsIn))
  const received = new Set(server.received.map((mail) => mail.messageId))
  return {
    mentions,
    tickets: tickets.length,
    told: tickets.filter(({ id }) => linked.has(id)).length,
    /** Recorded as sent, and never seen by the server. */
    lost: sent.filter(({ messageId }) => !received.has(messageId)).length,
  }
}

function ticketsIn(mail: Received): number[] {
  const links = mail.text.replace(/=\r?\n/g, '').matchAll(/tickets\/(\d+)/g)
  return [...links].map((link) => Number(link[1]))
}

/** How many mails came that had come before. */
export function copies(mails: readonly Received[]): number {
  return mails.length - new Set(mails.map((mail) => mail.messageId)).size
}

/** Message-IDs that came with more than one content. */
export function differingCopies(mails: readonly Received[]): string[] {
  const hashes = new Map<string, Set<string>>()
  for (const { messageId, hash } of mails)
    hashes.set(messageId, (hashes.get(messageId) ?? new Set()).add(hash))
  return [...hashes].filter(([, seen]) => seen.size > 1).map(([messageId]) => messageId)
}

/** Complaints, each in its own words, so that each is its own affair. */
function items(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `c${index}`,
    author: `customer${index}@example.com (Customer ${index})`,
    text: `Terrible service at Shop, order number ${index}: it never arrived, nobody answers and they refuse the refund. Very disappointed, worst shop ever, article ${index * 7919}.`,
  }))
}

function instantOf(batch: number): string {
  return new Date(start + batch * 61 * 60_000).toISOString()
}

/** Numbers from 0 to 1, the same at every run (Lehmer). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
