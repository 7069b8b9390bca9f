import type { Message } from '../domain/message.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { number } from '../notify/mail-formats.ts'
import { fr } from '../notify/mail-words.ts'
import { Icon } from './icons.tsx'
import { type MailParts, mailParts } from './mail-parts.ts'
import type { PagesDeps } from './pages-deps.ts'
import { Time } from './parts.tsx'
import { numberParam, PageError, type Pages, sendPage } from './routing.tsx'
import { mailPolicy } from './security.ts'
import type { Visit } from './visit.ts'

const french = {
  title: 'Courriers',
  lead: fr`Chaque message que Vigie a écrit, tel qu'il est parti, et ce qu'il est devenu.`,
  folder: fr`Aucun serveur de courrier n'est réglé : les messages restent ici et dans data/outbox/.`,
  back: 'Tous les courriers',
  states: { all: 'Tous', pending: 'En attente', sent: 'Partis', 'gave-up': 'Abandonnés' },
  statesLabel: 'Quels courriers',
  state: { pending: 'En attente', sent: 'Parti', 'gave-up': 'Abandonné' },
  kind: {
    alert: 'Alerte',
    update: 'Suite',
    summary: 'Résumé',
    digest: 'Digest du jour',
    report: 'Rapport',
    reminder: 'Rappel',
    escalation: 'Signalé plus haut',
    confirmation: 'Confirmation',
    'sign-in': 'Lien pour entrer',
    webhook: 'Salon de discussion',
    canary: 'Essai',
  } as Readonly<Record<string, string>>,
  to: 'À',
  written: 'Écrit',
  sent: 'Parti',
  attempts: 'Essais',
  next: 'Prochain essai',
  reply: 'Réponse du serveur',
  ticket: 'Ticket',
  asHtml: 'Tel qu’il se voit',
  asText: 'En texte seul',
  attachments: 'Pièces jointes',
  empty: fr`Aucun courrier ici.`,
  twice: fr`Après une coupure, ce message peut être arrivé deux fois, avec le même identifiant.`,
}

const english: typeof french = {
  title: 'Outbox',
  lead: 'Every message Vigie wrote, as it left, and what became of it.',
  folder: 'No mail server is set: messages stay here and in data/outbox/.',
  back: 'All messages',
  states: { all: 'All', pending: 'Waiting', sent: 'Sent', 'gave-up': 'Given up' },
  statesLabel: 'Which messages',
  state: { pending: 'Waiting', sent: 'Sent', 'gave-up': 'Given up' },
  kind: {
    alert: 'Alert',
    update: 'Update',
    summary: 'Summary',
    digest: 'Daily digest',
    report: 'Report',
    reminder: 'Reminder',
    escalation: 'Escalation',
    confirmation: 'Confirmation',
    'sign-in': 'Sign-in link',
    webhook: 'Chat room',
    canary: 'Probe',
  },
  to: 'To',
  written: 'Written',
  sent: 'Sent',
  attempts: 'Attempts',
  next: 'Next attempt',
  reply: 'The server’s answer',
  ticket: 'Ticket',
  asHtml: 'As it looks',
  asText: 'As plain text',
  attachments: 'Attachments',
  empty: 'No message here.',
  twice: 'After a cut, this message may have arrived twice, with the same identifier.',
}

export const outboxWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

const shown = 200
const states = ['pending', 'sent', 'gave-up'] as const

export function outboxRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/outbox', async (c) => {
    const visit = c.get('visit')
    const state = states.find((known) => known === c.req.query('state')) ?? null
    const messages = await deps.store.messages(state, shown)
    const counts = await deps.store.messageCounts()
    return sendPage(c, deps, {
      title: outboxWords[visit.language].title,
      section: 'outbox',
      body: <MessageList visit={visit} deps={deps} messages={messages} state={state} counts={counts} />,
    })
  })

  app.get('/outbox/:id', async (c) => {
    const visit = c.get('visit')
    const message = await requireMessage(c.req.param('id'), visit, deps)
    return sendPage(c, deps, {
      title: oneLine(message.subject, 80),
      section: 'outbox',
      body: <MessagePage visit={visit} message={message} parts={mailParts(message.bytes)} deps={deps} />,
    })
  })

  // In a frame of its own, where it may have its styles and nothing may act.
  app.get('/outbox/:id/mail', async (c) => {
    const message = await requireMessage(c.req.param('id'), c.get('visit'), deps)
    const { html } = mailParts(message.bytes)
    if (html === null) throw new PageError(404)
    c.header('Content-Security-Policy', mailPolicy)
    c.header('X-Frame-Options', 'SAMEORIGIN')
    return c.html(html)
  })
}

/** A link that signs someone in is nobody else's to read. */
async function requireMessage(id: string, visit: Visit, deps: PagesDeps): Promise<Message> {
  const message = await deps.store.message(numberParam(id))
  if (!message || (message.kind === 'sign-in' && message.person !== visit.person.id)) throw new PageError(404)
  return message
}

function MessageList({
  visit,
  deps,
  messages,
  state,
  counts,
}: {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly messages: readonly Omit<Message, 'bytes'>[]
  readonly state: Message['state'] | null
  readonly counts: Readonly<Record<Message['state'], number>>
}) {
  const { language, reading } = visit
  const say = outboxWords[language]
  const readable = messages.filter(({ kind, person }) => kind !== 'sign-in' || person === visit.person.id)
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
      </div>
      <p class="lead">{say.lead}</p>
      {deps.config.mail.smtp === null && <p class="banner">{say.folder}</p>}
      <nav class="tabs" aria-label={say.statesLabel}>
        {([null, ...states] as const).map((tab) => (
          <a
            href={tab === null ? '/outbox' : `/outbox?state=${tab}`}
            aria-current={tab === state ? 'page' : undefined}
          >
            {say.states[tab ?? 'all']}
            {tab !== null && tab !== 'sent' && counts[tab] > 0 && (
              <span class="count">{number(counts[tab], language)}</span>
            )}
          </a>
        ))}
      </nav>
      {readable.length === 0 ? (
        <div class="card empty">
          <Icon name="outbox" />
          <p>{say.empty}</p>
        </div>
      ) : (
        <ul class="card list">
          {readable.map((message) => (
            <li>
              <div class="row between">
                <h2>
                  <a href={`/outbox/${message.id}`}>{oneLine(message.subject, 140)}</a>
                </h2>
                <StateOf message={message} visit={visit} />
              </div>
              <p class="byline">
                <span class="strong">{say.kind[message.kind] ?? message.kind}</span>
                <span>{deps.config.people.get(message.person ?? '')?.name ?? message.recipient}</span>
                <Time at={message.createdAt} reading={reading} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function StateOf({ message, visit }: { readonly message: Omit<Message, 'bytes'>; readonly visit: Visit }) {
  const tone = message.state === 'sent' ? 'good' : message.state === 'gave-up' ? 'critical' : 'note'
  return <span class={`chip ${tone}`}>{outboxWords[visit.language].state[message.state]}</span>
}

function MessagePage({
  visit,
  message,
  parts,
  deps,
}: {
  readonly visit: Visit
  readonly message: Message
  readonly parts: MailParts
  readonly deps: PagesDeps
}) {
  const { language, reading } = visit
  const say = outboxWords[language]
  return (
    <>
      <p>
        <a href="/outbox" class="small">
          <Icon name="back" /> {say.back}
        </a>
      </p>
      <div class="page-head">
        <h1>{oneLine(message.subject, 200)}</h1>
        <StateOf message={message} visit={visit} />
      </div>
      <section class="card pad">
        <dl class="facts">
          <dt>{say.to}</dt>
          <dd>
            {deps.config.people.get(message.person ?? '')?.name} {message.recipient}
          </dd>
          <dt>{say.written}</dt>
          <dd>
            <Time at={message.createdAt} reading={reading} />
          </dd>
          {message.sentAt && (
            <>
              <dt>{say.sent}</dt>
              <dd>
                <Time at={message.sentAt} reading={reading} />
              </dd>
            </>
          )}
          <dt>{say.attempts}</dt>
          <dd>{number(message.attempts, language)}</dd>
          {message.state === 'pending' && message.nextAttemptAt && (
            <>
              <dt>{say.next}</dt>
              <dd>
                <Time at={message.nextAttemptAt} reading={reading} />
              </dd>
            </>
          )}
          {message.lastReply && (
            <>
              <dt>{say.reply}</dt>
              <dd class="mono">{oneLine(`${message.lastCode ?? ''} ${message.lastReply}`, 300)}</dd>
            </>
          )}
          {message.ticket !== null && (
            <>
              <dt>{say.ticket}</dt>
              <dd>
                <a href={`/tickets/${message.ticket}`}>#{message.ticket}</a>
              </dd>
            </>
          )}
        </dl>
        {message.attempts > 1 && <p class="soft small">{say.twice}</p>}
      </section>
      {parts.html !== null && (
        <section class="stack" aria-labelledby="html">
          <h2 id="html">{say.asHtml}</h2>
          <iframe
            class="mail"
            src={`/outbox/${message.id}/mail`}
            title={say.asHtml}
            sandbox=""
            loading="lazy"
          ></iframe>
        </section>
      )}
      {parts.text !== null && (
        <details class="plain" open={parts.html === null}>
          <summary>{say.asText}</summary>
          <pre tabindex={0}>{parts.text}</pre>
        </details>
      )}
      {parts.attachments.length > 0 && (
        <section class="stack">
          <h2>{say.attachments}</h2>
          <ul>
            {parts.attachments.map(({ name, bytes }) => (
              <li>
                {oneLine(name, 120)}{' '}
                <span class="soft">({number(Math.ceil(bytes / 1000), language)} kB)</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
