import type { Person } from '../../src/domain/person.ts'
import type { ReportView } from '../../src/notify/mail-report-parts.ts'
import type { SummaryView } from '../../src/notify/summary-mail.tsx'
import type {
  AlertView,
  DigestSource,
  DigestTicket,
  DigestView,
  DraftView,
  MentionView,
} from '../../src/notify/views.ts'

export const now = new Date('2026-11-24T08:00:00Z')

export const anne: Person = {
  id: 'anne',
  name: 'Anne Dubois',
  email: 'anne@lumen.example',
  role: 'owner',
  title: 'gérante',
  language: 'fr',
  timezone: 'Europe/Brussels',
  deputy: 'marc',
  quiet: null,
  away: [],
  alerts: true,
  reports: [],
}

export const marc: Person = { ...anne, id: 'marc', name: 'Marc Peeters', language: 'en', role: 'responder' }

/** Where a phrase stands in a text. */
export function spanOf(text: string, phrase: string): { start: number; end: number } {
  const start = text.indexOf(phrase)
  return { start, end: start + phrase.length }
}

const complaint =
  'Trois semaines que j’attends ma caisse de Brasserie Lumen, toujours rien reçu. Deux mails, zéro réponse. ' +
  'Merci quand même au livreur qui, lui, décroche.\n\nJe ne commanderai plus.'

export const mention: MentionView = {
  title: 'Commande jamais arrivée',
  text: complaint,
  author: 'Jeanne M.',
  site: 'avis.example',
  url: 'https://avis.example/lumen/12345?page=2&sort=new',
  publishedAt: new Date('2026-11-23T20:40:00Z'),
  language: 'fr',
  stars: 2,
  judgement: {
    language: 'fr',
    polarity: 'negative',
    confidence: 0.93,
    sure: true,
    scores: { negative: 0.93, neutral: 0.05, positive: 0.02 },
  },
  matched: [{ field: 'text', ...spanOf(complaint, 'Brasserie Lumen') }],
  evidence: [
    { text: 'toujours rien', weight: 2.14 },
    { text: 'zéro réponse', weight: 1.42 },
    { text: 'Merci', weight: -0.63 },
  ],
}

export const draft = draftOf(
  'fr',
  'Bonjour Jeanne,\n\nMerci d’avoir pris le temps de raconter cela. Une caisse qui se fait attendre trois semaines, ce n’est pas ce ' +
    'que nous voulons faire vivre.\n\nNous avons relu nos notes : [fait vérifié]. [ce que nous faisons]\n\nPour la suite, sans ' +
    'rien publier de personnel : contact@lumen.example\n\nAnne, Brasserie Lumen',
  ['fait vérifié', 'ce que nous faisons'],
  null,
)

export function draftOf(
  language: string,
  text: string,
  labels: readonly string[],
  name: string | null,
  maxLength: number | null = null,
): DraftView {
  const gaps = labels.map((label) => ({ label, ...spanOf(text, `[${label}]`) }))
  return { name, language, text, gaps, maxLength }
}

export const alert: AlertView = {
  reader: anne,
  language: 'fr',
  kind: 'opened',
  drill: false,
  ticket: {
    id: 42,
    title: 'Commande jamais arrivée',
    watchName: 'Brasserie Lumen',
    severity: 'normal',
    categoryTitle: 'Client mécontent',
    alternatives: ['Désaccord', 'Avis douteux'],
    categoryConfidence: 0.78,
    approval: 'responder',
    ownerName: 'Anne Dubois',
    deputyName: 'Marc Peeters',
    openedAt: now,
    seenBy: new Date('2026-11-24T12:00:00Z'),
    answerBy: new Date('2026-11-26T16:00:00Z'),
    seenAt: null,
    mentionCount: 1,
    authorCount: 1,
    page: 'https://vigie.lumen.example/tickets/42',
  },
  mentions: [mention],
  why: { category: ['jamais reçu', 'toujours rien reçu'], match: ['brasserie lumen', 'caisse'] },
  questions: [
    'Retrouve-t-on le dossier (date, lieu, commande) sans rien demander en public ?',
    'Que s’est-il passé selon nos traces, et selon la personne qui était de service ?',
    'Cette plainte est-elle déjà ouverte ailleurs : mail, téléphone, comptoir ?',
  ],
  advice:
    'Cette personne a pris le temps de raconter. Cherchez d’abord si c’est vrai, auprès de ceux qui étaient là, puis répondez au ' +
    'fait plutôt qu’au ton.',
  drafts: [
    draft,
    draftOf(
      'fr',
      'Bonjour, merci de l’avoir écrit. Nous regardons ce qui s’est passé, réponse avant [jour et heure].\nAnne, Brasserie Lumen',
      ['jour et heure'],
      'X',
      280,
    ),
  ],
  never: [
    'un numéro de commande, une adresse, un téléphone ou un détail du dossier',
    'la confirmation que la personne est cliente, même si elle l’a écrit elle-même',
  ],
  clocks: [],
  asked: null,
  replyTo: 'vigie+42.anne.0123456789abcdef@lumen.example',
}

const englishComplaint =
  'Someone in my family was taken ill after drinking the Lumen amber from batch 2231 last night. The shop says it ' +
  'has had two other calls. Does anybody at Lumen Brewery answer the phone?'

export const critical: AlertView = {
  ...alert,
  reader: marc,
  language: 'en',
  ticket: {
    ...alert.ticket,
    id: 57,
    title: 'Taken ill after batch 2231',
    watchName: 'Lumen Brewery',
    severity: 'critical',
    categoryTitle: 'Safety or health',
    alternatives: ['Dissatisfied customer'],
    categoryConfidence: 0.97,
    approval: 'adviser',
    seenBy: new Date('2026-11-24T08:30:00Z'),
    answerBy: new Date('2026-11-24T10:00:00Z'),
    mentionCount: 9,
    authorCount: 7,
    page: 'https://vigie.lumen.example/tickets/57',
  },
  mentions: [
    {
      ...mention,
      title: null,
      text: englishComplaint,
      author: 'R. Oakes',
      site: 'forum.example',
      url: 'https://forum.example/t/9981',
      language: 'en',
      stars: null,
      matched: [
        { field: 'text', ...spanOf(englishComplaint, 'Lumen amber') },
        { field: 'text', ...spanOf(englishComplaint, 'Lumen Brewery') },
      ],
      evidence: [
        { text: 'taken ill', weight: 2.6 },
        { text: 'batch', weight: 0.8 },
      ],
    },
    {
      ...mention,
      title: null,
      text: 'Pareil ici, deux personnes malades après une Lumen ambrée.',
      author: '@kika',
      site: 'mastodon.example',
      stars: null,
      matched: [],
      url: 'https://mastodon.example/@kika/1',
    },
    {
      ...mention,
      title: 'Recall?',
      text: 'Has anyone heard of a recall for Lumen?',
      author: null,
      language: 'en',
      stars: 1,
      matched: [],
    },
  ],
  why: { category: ['taken ill', 'batch'], match: ['lumen', 'brewery'] },
  questions: ['Is anyone hurt now?', 'Which batch, which place, which date?', 'Does the sale have to stop?'],
  advice: 'Call whoever is on duty first. Say what is known, what is not, and when the next word comes.',
  drafts: [
    draftOf(
      'en',
      'Thank you for telling us. We have stopped selling batch [batch number] while we look into it. Please keep the bottle, ' +
        'see a doctor if you feel ill, and reach us at [private contact, with a role]. Next word by [day and hour].',
      ['batch number', 'private contact, with a role', 'day and hour'],
      null,
      500,
    ),
  ],
  never: ['that nobody was hurt, before it is known', 'the name of a person who is ill'],
  clocks: [
    {
      title: 'Notice to the food agency (BE)',
      at: new Date('2026-11-25T08:00:00Z'),
      note: 'Unsafe food that has left the producer is notified at once; ask counsel which form.',
    },
  ],
}

export const drill: AlertView = { ...critical, drill: true, kind: 'escalation' }

export const ticketRow: DigestTicket = {
  id: 42,
  title: 'Commande jamais arrivée',
  watchName: 'Brasserie Lumen',
  categoryTitle: 'Client mécontent',
  severity: 'normal',
  state: 'new',
  ownerName: 'Anne Dubois',
  answerBy: new Date('2026-11-25T16:00:00Z'),
  isOverdue: false,
  isNew: true,
  mentionCount: 1,
  page: 'https://vigie.lumen.example/tickets/42',
}

const well: DigestSource = {
  id: 'lumen:rss:https://news.example.org/feed.xml',
  health: 'well',
  lastSuccessAt: new Date('2026-11-24T06:50:00Z'),
  lastEntryAt: new Date('2026-11-23T20:00:00Z'),
  problem: '',
}

export const quiet: DigestView = {
  reader: anne,
  language: 'fr',
  localDate: '2026-11-24',
  from: new Date('2026-11-23T07:00:00Z'),
  to: new Date('2026-11-24T07:00:00Z'),
  lateMinutes: 0,
  company: 'Brasserie Lumen',
  counts: {
    mentions: 0,
    negative: 0,
    unsure: 0,
    opened: 0,
    joined: 0,
    answered: 0,
    dismissed: 0,
    unrelated: 0,
    otherLanguage: 0,
  },
  waiting: [],
  waitingTotal: 0,
  answeredTickets: [],
  toRead: [],
  toReadTotal: 0,
  sources: [
    well,
    { ...well, id: 'lumen:hacker-news' },
    { ...well, id: 'lumen:mastodon:mastodon.example:lumenbeer' },
  ],
  week: [
    { localDate: '2026-11-18', mentions: 12, negative: 2 },
    { localDate: '2026-11-19', mentions: 8, negative: 0 },
    { localDate: '2026-11-20', mentions: 15, negative: 4 },
    { localDate: '2026-11-21', mentions: 3, negative: 0 },
    { localDate: '2026-11-22', mentions: 0, negative: 0 },
    { localDate: '2026-11-23', mentions: 9, negative: 1 },
    { localDate: '2026-11-24', mentions: 0, negative: 0 },
  ],
  clocks: [],
  undelivered: [],
  refusedConfig: [],
  inbox: 'https://vigie.lumen.example/',
}

export const busy: DigestView = {
  ...quiet,
  counts: {
    mentions: 1234,
    negative: 46,
    unsure: 7,
    opened: 5,
    joined: 31,
    answered: 3,
    dismissed: 1,
    unrelated: 12,
    otherLanguage: 4,
  },
  waiting: [
    {
      ...ticketRow,
      id: 40,
      severity: 'critical',
      categoryTitle: 'Santé ou sécurité',
      title: 'Malade après le lot 2231',
      isOverdue: true,
      isNew: false,
      answerBy: new Date('2026-11-23T16:00:00Z'),
      mentionCount: 9,
    },
    {
      ...ticketRow,
      id: 41,
      severity: 'high',
      title: 'Un article annonce la vente de la brasserie à un groupe',
      categoryTitle: 'Fait inexact',
      ownerName: 'Marc Peeters',
      mentionCount: 3,
    },
    ticketRow,
    {
      ...ticketRow,
      id: 43,
      severity: 'low',
      title: 'Trop cher pour ce que c’est, franchement',
      categoryTitle: 'Désaccord',
      isNew: false,
    },
  ],
  waitingTotal: 4,
  answeredTickets: [
    { ...ticketRow, id: 38, title: 'Servi froid, et sans un mot', state: 'answered', isNew: false },
    { ...ticketRow, id: 39, title: 'La terrasse fermée sans prévenir', state: 'answered', isNew: false },
  ],
  toRead: [
    {
      title: 'Lumen, ou l’art de faire attendre',
      site: 'blog.example',
      url: 'https://blog.example/lumen',
      reason: 'unsure',
    },
    {
      title: 'Lumen Festival: the line-up',
      site: 'news.example',
      url: 'https://news.example/1',
      reason: 'maybe-not-us',
    },
    { title: 'ლუმენი', site: 'forum.example', url: null, reason: 'language-unknown' },
  ],
  toReadTotal: 7,
  sources: [
    ...quiet.sources,
    {
      ...well,
      id: 'lumen:rss:https://old.example.org/rss',
      health: 'failing',
      lastSuccessAt: new Date('2026-11-20T06:00:00Z'),
      problem: 'le serveur ne répond pas (délai dépassé)',
    },
    {
      ...well,
      id: 'lumen:file:feeds/samples/reviews.xml',
      health: 'silent',
      lastEntryAt: new Date('2026-10-02T06:00:00Z'),
      problem: 'rien de neuf depuis 53 jours, contre 2 d’habitude',
    },
  ],
  week: quiet.week.map((day, index) => ({
    ...day,
    mentions: day.mentions * 9 + index,
    negative: day.negative * 4,
  })),
  clocks: [
    { title: 'Notification à l’agence alimentaire', at: new Date('2026-11-25T08:00:00Z'), ticket: 40 },
  ],
  undelivered: [
    {
      recipient: 'marc@lumen.example',
      subject: '[Critique] Brasserie Lumen : Malade après le lot 2231 (#40)',
      code: 'mailbox-full',
      gaveUp: false,
    },
  ],
  refusedConfig: ['feeds/lumen.yaml:4:8 query: une parenthèse n’est pas fermée'],
}

export const late: DigestView = { ...busy, lateMinutes: 192, reader: marc, language: 'en' }

export const summary: SummaryView = {
  reader: anne,
  language: 'fr',
  tickets: Array.from({ length: 17 }, (_, index) => ({
    id: 60 + index,
    title: `Commentaire ${index + 1} de la même journée`,
    watchName: 'Brasserie Lumen',
    categoryTitle: 'Client mécontent',
    severity: index === 0 ? ('high' as const) : ('normal' as const),
    ownerName: 'Anne Dubois',
    answerBy: new Date('2026-11-25T16:00:00Z'),
    mentionCount: 1 + index,
    page: `https://vigie.lumen.example/tickets/${60 + index}`,
  })),
  inbox: 'https://vigie.lumen.example/',
}

export const weekly: ReportView = {
  reader: anne,
  language: 'fr',
  period: 'weekly',
  firstDate: '2026-11-16',
  lastDate: '2026-11-22',
  company: 'Brasserie Lumen',
  counts: { mentions: 47, negative: 9, unsure: 4, opened: 6, answered: 4, dismissed: 1, stillOpen: 2 },
  before: { mentions: 61, negative: 12, opened: 8, answered: 7 },
  seen: { medianMinutes: 42, ninetiethMinutes: 260, inTime: 6, due: 6 },
  answered: { medianMinutes: 385, ninetiethMinutes: 1710, inTime: 4, due: 5 },
  columns: quiet.week.map(({ mentions, negative }, index) => ({
    localDate: `2026-11-${16 + index}`,
    mentions,
    negative,
  })),
  categories: [
    { title: 'Client mécontent', opened: 4, answered: 3, medianMinutes: 310 },
    { title: 'Fait inexact', opened: 1, answered: 1, medianMinutes: 95 },
    { title: 'Désaccord', opened: 1, answered: 0, medianMinutes: null },
  ],
  watches: [
    { name: 'Brasserie Lumen', mentions: 40, negative: 8 },
    { name: 'Lumen Festival', mentions: 7, negative: 1 },
  ],
  waiting: [{ ...ticketRow, answerBy: new Date('2026-11-23T16:00:00Z') }],
  inbox: 'https://vigie.lumen.example/',
}

export const monthly: ReportView = {
  ...weekly,
  reader: marc,
  language: 'en',
  period: 'monthly',
  firstDate: '2026-10-01',
  lastDate: '2026-10-31',
  before: null,
  answered: { medianMinutes: 200, ninetiethMinutes: null, inTime: 4, due: 4 },
  columns: ['2026-10-01', '2026-10-05', '2026-10-12', '2026-10-19', '2026-10-26'].map((localDate, index) => ({
    localDate,
    mentions: 20 + index * 7,
    negative: index,
  })),
  waiting: [],
}
