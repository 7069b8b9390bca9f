import type { NoticeKind } from '../domain/message.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import type { Severity } from '../domain/playbook.ts'
import { clean, oneLine, webAddress } from './mail-clean.ts'
import { dayAndTime } from './mail-formats.ts'
import { fr, mailWords } from './mail-words.ts'
import type { AlertView } from './views.ts'
import { discordText, mattermostText, plainText, slackText } from './webhook-escape.ts'

export type WebhookKind = 'slack' | 'mattermost' | 'teams' | 'discord' | 'ntfy' | 'json'

/** What a webhook is sent, as the bytes that are stored and that leave. `url` gives ntfy its topic. */
export function renderWebhook(
  hook: { readonly kind: WebhookKind; readonly url: string },
  view: AlertView,
  now: Date,
): Buffer {
  return Buffer.from(JSON.stringify(bodyFor(hook, view, now)))
}

/** What Vigie itself has to say, without a ticket. */
export function renderWarning(
  hook: { readonly kind: WebhookKind; readonly url: string },
  { title, text, page, language }: Warning,
): Buffer {
  if (hook.kind === 'json')
    return Buffer.from(JSON.stringify({ version: 1, event: 'warning', language, title, text, page }))
  const mail = mailWords[language]
  const words: Said = {
    severity: 'high',
    title: oneLine(`Vigie: ${title}`, 150),
    quote: cut(clean(text), maxQuote),
    source: '',
    facts: [],
    page: webAddress(page) ?? '',
    post: null,
    openTicket: mail.openInbox,
    openPost: mail.openPost,
  }
  return Buffer.from(JSON.stringify(bodies[hook.kind](words, hook.url)))
}

interface Warning {
  readonly title: string
  readonly text: string
  readonly page: string
  readonly language: ReaderLanguage
}

function bodyFor(hook: { kind: WebhookKind; url: string }, view: AlertView, now: Date): unknown {
  return hook.kind === 'json' ? jsonBody(view) : bodies[hook.kind](said(view, now), hook.url)
}

const bodies: Readonly<Record<Exclude<WebhookKind, 'json'>, (text: Said, url: string) => unknown>> = {
  slack: slackBody,
  mattermost: mattermostBody,
  teams: teamsBody,
  discord: discordBody,
  ntfy: ntfyBody,
}

// --- what is said -------------------------------------------------------------------------------------------------

interface Said {
  readonly severity: Severity
  /** One line: what happened, how grave, about whom. */
  readonly title: string
  /** Words of the author. */
  readonly quote: string
  /** Who wrote it and where. */
  readonly source: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly page: string
  readonly post: string | null
  readonly openTicket: string
  readonly openPost: string
}

const french = {
  kind: {
    opened: 'Nouveau ticket',
    joined: 'Nouvelles mentions',
    reopened: 'Ticket rouvert',
    reminder: 'Rappel',
    escalation: 'Sans réaction',
    assigned: 'Ticket confié',
    approval: 'Réponse à approuver',
    approved: 'Réponse approuvée',
    refused: 'Réponse refusée',
    crisis: 'Crise',
  } satisfies Record<NoticeKind, string>,
  owner: 'Responsable',
  seenBy: 'À voir avant',
  answerBy: 'À répondre avant',
  mentions: 'Mentions',
  anonymous: 'auteur inconnu',
  source: (author: string, site: string) => fr`${author}, sur ${site} :`,
}

const english: typeof french = {
  kind: {
    opened: 'New ticket',
    joined: 'New mentions',
    reopened: 'Ticket reopened',
    reminder: 'Reminder',
    escalation: 'No reaction',
    assigned: 'Ticket assigned',
    approval: 'Answer to approve',
    approved: 'Answer approved',
    refused: 'Answer refused',
    crisis: 'Crisis',
  },
  owner: 'Owner',
  seenBy: 'See by',
  answerBy: 'Answer by',
  mentions: 'Mentions',
  anonymous: 'unknown author',
  source: (author, site) => `${author}, on ${site}:`,
}

const webhookWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

const maxQuote = 600

function said(view: AlertView, now: Date): Said {
  const words = webhookWords[view.language]
  const mail = mailWords[view.language]
  const { ticket } = view
  const [mention] = view.mentions
  const reading = { language: view.language, zone: view.reader.timezone, now }
  const drill = view.drill ? `[${mail.drill}] ` : ''
  return {
    severity: ticket.severity,
    title: oneLine(
      `${drill}[${mail.severity[ticket.severity]}] ${words.kind[view.kind]}: ${ticket.watchName}, ${ticket.categoryTitle} (#${ticket.id})`,
      150,
    ),
    quote: cut(clean(mention?.text ?? ticket.title), maxQuote),
    source: words.source(oneLine(mention?.author ?? words.anonymous, 80), oneLine(mention?.site ?? '', 80)),
    facts: [
      [words.owner, oneLine(ticket.ownerName, 80)],
      [words.seenBy, dayAndTime(ticket.seenBy, reading)],
      [words.answerBy, dayAndTime(ticket.answerBy, reading)],
      [words.mentions, String(ticket.mentionCount)],
    ],
    page: webAddress(ticket.page) ?? '',
    post: webAddress(mention?.url ?? null),
    openTicket: mail.openTicket,
    openPost: mail.openPost,
  }
}

function cut(text: string, limit: number): string {
  const letters = [...text.slice(0, limit * 2)]
  return letters.length <= limit && text.length <= limit * 2 ? text : `${letters.slice(0, limit).join('')}…`
}

// --- how each service takes it ------------------------------------------------------------------------------------

const colours: Readonly<Record<Severity, string>> = {
  low: '#5b6b7a',
  normal: '#155a86',
  high: '#b45309',
  critical: '#b91c1c',
}

/** Block Kit. Words from outside stand in `plain_text`, where Slack finds no mention, link or markup. */
function slackBody(text: Said): unknown {
  const links = [slackLink(text.page, text.openTicket), slackLink(text.post, text.openPost)]
    .filter(Boolean)
    .join(' · ')
  return {
    text: slackText(`${text.title}: ${text.quote}`),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(text.title) },
      { type: 'section', text: plain(quoted(text)) },
      ...(text.facts.length === 0 ? [] : [{ type: 'section', fields: text.facts.map(slackFact) }]),
      { type: 'section', text: { type: 'mrkdwn', text: links === '' ? '-' : links } },
    ],
  }
}

/** Who wrote it, and what: Slack takes no section without fields, and no line without words. */
function quoted({ source, quote }: Said): string {
  return [source, quote].filter((line) => line !== '').join('\n')
}

function slackFact([name, value]: Said['facts'][number]) {
  return { type: 'mrkdwn', text: `*${name}*\n${slackText(value)}` }
}

function plain(text: string) {
  return { type: 'plain_text', text: plainText(text), emoji: false }
}

function slackLink(url: string | null, label: string): string {
  return url ? `<${slackText(url).replaceAll('|', '%7C')}|${label}>` : ''
}

function mattermostBody(text: Said): unknown {
  return {
    username: 'Vigie',
    text: mattermostText(text.title),
    attachments: [
      {
        fallback: mattermostText(text.title),
        color: colours[text.severity],
        text: `${mattermostText(quoted(text))}\n\n${[
          markdownLink(text.page, text.openTicket),
          markdownLink(text.post, text.openPost),
        ]
          .filter(Boolean)
          .join(' · ')}`,
        fields: text.facts.map(([title, value]) => ({ title, value: mattermostText(value), short: true })),
      },
    ],
  }
}

function markdownLink(url: string | null, label: string): string {
  return url ? `[${label}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)` : ''
}

/** An Adaptive Card. Words from outside stand in text runs, which know no markup; a mention would need `entities`. */
function teamsBody(text: Said): unknown {
  const run = (words: string, more: object = {}) => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: plainText(words), ...more }],
  })
  const open = (title: string, url: string | null) => (url ? [{ type: 'Action.OpenUrl', title, url }] : [])
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            run(text.title, { weight: 'bolder', size: 'medium' }),
            ...(text.source === '' ? [] : [run(text.source, { isSubtle: true })]),
            run(text.quote),
            { type: 'FactSet', facts: text.facts.map(([title, value]) => ({ title, value })) },
          ],
          actions: [...open(text.openTicket, text.page), ...open(text.openPost, text.post)],
        },
      },
    ],
  }
}

function discordBody(text: Said): unknown {
  const links = [markdownLink(text.page, text.openTicket), markdownLink(text.post, text.openPost)]
  return {
    username: 'Vigie',
    // Whatever the text says, no one is called.
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: discordText(text.title).slice(0, 256),
        ...(text.page === '' ? {} : { url: text.page }),
        color: Number.parseInt(colours[text.severity].slice(1), 16),
        description: `${discordText(quoted(text))}\n\n${links.filter(Boolean).join(' · ')}`,
        fields: text.facts.map(([name, value]) => ({ name, value: discordText(value) || '-', inline: true })),
      },
    ],
  }
}

const ntfyPriority: Readonly<Record<Severity, number>> = { low: 2, normal: 3, high: 4, critical: 5 }

/** Plain text: without `markdown` ntfy shows it as it is. */
function ntfyBody(text: Said, url: string): unknown {
  return {
    topic: decodeURIComponent(new URL(url).pathname.replace(/^\/|\/$/g, '')),
    title: text.title,
    message: `${quoted(text)}\n\n${text.facts.map(([name, value]) => `${name}: ${value}`).join('\n')}`.trim(),
    priority: ntfyPriority[text.severity],
    ...(text.page === '' ? {} : { click: text.page }),
    actions: [
      { label: text.openTicket, url: text.page },
      { label: text.openPost, url: text.post },
    ]
      .filter(({ url: address }) => address)
      .map((action) => ({ action: 'view', ...action })),
  }
}

/** For programs: names as in the rest of Vigie, instants in ISO 8601, words as they were published. */
function jsonBody({ ticket, mentions, kind, drill, language }: AlertView): unknown {
  return {
    version: 1,
    event: kind,
    drill,
    language,
    ticket: {
      id: ticket.id,
      title: cut(ticket.title, 300),
      watch: ticket.watchName,
      category: ticket.categoryTitle,
      severity: ticket.severity,
      approval: ticket.approval,
      owner: ticket.ownerName,
      openedAt: ticket.openedAt,
      seenBy: ticket.seenBy,
      answerBy: ticket.answerBy,
      mentionCount: ticket.mentionCount,
      authorCount: ticket.authorCount,
      page: ticket.page,
    },
    mentions: mentions.map((mention) => ({
      title: mention.title && cut(mention.title, 300),
      text: cut(mention.text, 5_000),
      author: mention.author && cut(mention.author, 300),
      site: mention.site,
      url: mention.url,
      publishedAt: mention.publishedAt,
      language: mention.language,
    })),
  }
}
