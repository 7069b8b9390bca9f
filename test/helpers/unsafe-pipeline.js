// The controls of the kill test, over the sources of Vigie: the same pipeline with one order turned round. Each must be
// caught. `send-first`: a mail leaves before its row exists. `record-first`: it counts as sent before it leaves.
import path from 'node:path'
import pino from 'pino'
import { openApp } from '../../src/app.ts'
import { sourceKinds } from '../../src/collect/sources.ts'
import { loadConfig } from '../../src/config.ts'
import { configDeps } from '../../src/folder.ts'
import { smtpNotifier } from '../../src/notify/smtp.ts'
import { openStore } from '../../src/store/open-store.ts'

const [fault = '', folder = '.', smtp = '', now = ''] = process.argv.slice(2)
// Ten times as fast as ours, so that no two runs fall into the same second.
const clock = () => new Date(Date.parse(now) + ((Date.now() * 10) % 3_600_000))
const { config } = loadConfig(path.resolve(folder), configDeps(folder, { SMTP: smtp }, sourceKinds))
const notifier = smtpNotifier({ url: smtp, from: config.mail.from.address })
const faults = { 'send-first': sendFirst, 'record-first': recordFirst }
const app = await openApp(config, {
  now: clock,
  log: pino({ level: 'silent' }),
  store: faults[fault](openStore(config)),
})
await app.pass({ signal: new AbortController().signal, groupWaitMs: 0 })
await app.close()
await notifier.close()

function sendFirst(store) {
  return {
    ...store,
    recordMessages: async (messages, notices, at) => {
      for (const message of messages) await notifier.send(asMessage(message), new AbortController().signal)
      const ids = await store.recordMessages(messages, notices, at)
      for (const id of ids) await store.recordSent(id, 'sent first', at)
      return ids
    },
  }
}

function recordFirst(store) {
  return {
    ...store,
    dueMessages: async (at, limit) => {
      const due = await store.dueMessages(at, limit)
      for (const { id } of due) await store.recordSent(id, 'recorded first', at)
      return due
    },
  }
}

function asMessage(message) {
  return {
    ...message,
    id: 0,
    state: 'pending',
    createdAt: clock(),
    attempts: 0,
    nextAttemptAt: null,
    lastCode: null,
    lastReply: null,
    sentAt: null,
  }
}
