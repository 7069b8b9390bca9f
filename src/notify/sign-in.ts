import { randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Person } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import { dkimOf, envelopeOf } from './compose.ts'
import { digestMessageId, domainOf, renderMime } from './mime.ts'
import { signInMail } from './sign-in-mail.tsx'

export interface SignInDeps {
  readonly store: Pick<Store, 'recordMessages'>
  readonly folderId: string
  now(): Date
}

/** Puts the mail with the link that signs a person in into the outbox. */
export async function writeSignInMail(
  person: Person,
  url: string,
  config: Config,
  deps: SignInDeps,
): Promise<void> {
  const now = deps.now()
  const mail = signInMail(url, person.language)
  const domain = domainOf(config.mail.from.address)
  const messageId = digestMessageId(
    'sign-in',
    randomBytes(8).toString('hex'),
    person.id,
    domain,
    deps.folderId,
  )
  const bytes = await renderMime(
    mail,
    {
      ...envelopeOf(person, config, now),
      replyTo: null,
      messageId,
      thread: { inReplyTo: null, references: [] },
      list: { name: 'sign-in', unsubscribeUrl: null, unsubscribeMail: null },
      severity: null,
      category: null,
      watch: null,
    },
    dkimOf(config),
  )
  const { subject } = mail
  const message = {
    kind: 'sign-in',
    ticket: null,
    person: person.id,
    recipient: person.email,
    messageId,
    subject,
    bytes,
  } as const
  await deps.store.recordMessages([message], [], now)
}
