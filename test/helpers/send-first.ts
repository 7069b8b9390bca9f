// The control of the kill test: the same pipeline, but a mail is sent before it is recorded. It must be caught.
import path from 'node:path'
import pino from 'pino'
import { openApp, openStore } from '../../src/app.ts'
import type { Message, NewMessage } from '../../src/domain/message.ts'
import { smtpNotifier } from '../../src/notify/smtp.ts'
import type { SqliteStore } from '../../src/store/sqlite.ts'
import { configOf } from './folder.ts'

const [folder = '.', smtp = '', now = ''] = process.argv.slice(2)
const clock = () => new Date(Date.parse(now) + Math.round(performance.now()))
const config = configOf(path.resolve(folder), { SMTP: smtp })
const notifier = smtpNotifier({ url: smtp, from: config.mail.from.address })
const app = await openApp(config, {
  now: clock,
  log: pino({ level: 'silent' }),
  store: sendFirst(openStore(config)),
})
await app.pass({ signal: new AbortController().signal, groupWaitMs: 0, isDaemon: false })
await app.close()
await notifier.close()

function sendFirst(store: SqliteStore): SqliteStore {
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

function asMessage(message: NewMessage): Message {
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
