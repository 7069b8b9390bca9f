import { createHash } from 'node:crypto'
import { mkdir, open, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import { VigieError } from '../domain/errors.ts'
import type { Message } from '../domain/message.ts'
import type { Notifier } from './notifier.ts'

/** Takes the place of a mail server: each mail becomes a file that any mail program opens. */
export function folderNotifier(folder: string): Notifier {
  return {
    async send(message) {
      const name = fileNameOf(message)
      try {
        await writeWhole(folder, name, message.bytes)
      } catch (error) {
        throw new VigieError('outbox-folder', `${name} could not be written to the outbox folder`, {
          cause: error,
        })
      }
      return `written as ${name}`
    },
    close: async () => {},
  }
}

/** The same for every try at a message, sorted by age, and different for two messages whatever became of the database. */
export function fileNameOf(message: Pick<Message, 'createdAt' | 'kind' | 'recipient' | 'messageId'>): string {
  const at = message.createdAt.toISOString().slice(0, 19).replace(/[-:]/g, '')
  const recipient = message.recipient
    .toLowerCase()
    .replace(/[^a-z0-9@+._-]/g, '_')
    .replace(/\.{2,}/g, '_')
  const identity = createHash('sha256').update(message.messageId).digest('hex').slice(0, 8)
  return `${at}-${message.kind}-${recipient.slice(0, 100)}-${identity}.eml`
}

/** Written beside, made durable, then put in place: no reader and no power cut ever finds half a mail. */
async function writeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true })
  const temporary = path.join(folder, `.${name}.part`)
  try {
    await writeDurably(temporary, bytes)
    await rename(temporary, path.join(folder, name))
  } catch (error) {
    await unlink(temporary).catch(() => {})
    throw error
  }
  await syncFolder(folder)
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
