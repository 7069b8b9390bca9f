import { z } from 'zod'
import { line, secretText, strict } from '../config/schemas.ts'
import type { Entry } from '../domain/entry.ts'
import { connector } from './connector.ts'
import { imapMailReader } from './imap.ts'
import { mailEntries } from './mail-entries.ts'
import type { MailReader } from './mail-reader.ts'
import type { Cursor, PollResult, Source } from './source.ts'

/**
 * `- mailbox: { imap: ${ALERTS_IMAP_URL}, folder: Alerts }`. The door for what no interface gives: a folder into which
 * Google Alerts, Facebook or Tripadvisor send their notifications. Messages are only looked at: nothing is moved,
 * deleted or marked as read. A message that holds several search results becomes as many entries.
 */
const schema = strict({ imap: secretText, folder: line.default('INBOX') })

export const mailbox = connector({
  kind: 'mailbox',
  schema,
  secrets: ['imap'],
  build: ({ imap, folder }, { sourceId }, deps) =>
    mailboxSource({ id: sourceId, folder }, { reader: imapMailReader({ url: imap }), now: deps.now }),
})

const cursorSchema = z.object({ uidValidity: z.string(), uid: z.number() })
const MOST_MAILS = 200
const FIRST_DAYS = 7

export function mailboxSource(
  settings: { readonly id: string; readonly folder: string },
  deps: { readonly reader: MailReader; readonly now: () => Date },
): Source {
  async function poll(cursor: Cursor, signal: AbortSignal): Promise<PollResult> {
    const last = cursorSchema.safeParse(cursor).data ?? null
    const since = new Date(deps.now().getTime() - FIRST_DAYS * 86_400_000)
    const batch = await deps.reader.read({ folder: settings.folder, last, since, most: MOST_MAILS }, signal)
    const entries: Entry[] = batch.mails.flatMap(mailEntries)
    const isUnchanged = batch.lastUid === last?.uid && batch.uidValidity === last.uidValidity
    return {
      status: isUnchanged ? 'unchanged' : 'fetched',
      entries,
      cursor: { uidValidity: batch.uidValidity, uid: batch.lastUid },
      title: settings.folder,
      link: null,
      skipped: batch.unreadable,
      notBefore: null,
    }
  }

  return { id: settings.id, poll }
}
