import type { ReaderLanguage } from '../domain/person.ts'
import type { Severity } from '../domain/playbook.ts'
import {
  languageTag,
  oneLine,
  preheaderOf,
  quoted,
  type Shown,
  shown,
  subjectLine,
  webAddress,
} from './mail-clean.ts'
import {
  choice,
  dayAndTime,
  fromNow,
  howLong,
  languageName,
  number,
  percent,
  type Reading,
  signed,
} from './mail-formats.ts'
import { frenchSpaces, isOne, mailWords } from './mail-words.ts'
import { alertWords } from './mail-words-alert.ts'
import type { AlertView, DraftView, MentionView } from './views.ts'

/** An alert in the reader's words, cleaned and cut: what the HTML and the text lay out, each in its way. */
export interface AlertParts {
  readonly subject: string
  readonly preheader: string
  readonly drill: boolean
  readonly severity: Severity
  readonly severityWord: string
  readonly category: string
  readonly watch: string
  readonly ticketName: string
  /** `3 mentions, 2 authors.`; empty for a single one. */
  readonly tally: string
  readonly intro: string
  readonly deadlines: readonly DeadlineParts[]
  readonly page: string
  readonly mention: MentionParts | null
  readonly others: readonly MentionParts[]
  readonly othersMore: string | null
  readonly why: readonly ReasonParts[]
  readonly people: readonly { readonly label: string; readonly value: string }[]
  readonly questions: readonly string[]
  readonly advice: Shown
  readonly answers: readonly AnswerParts[]
  readonly never: readonly string[]
  readonly clocks: readonly { readonly line: string; readonly note: string }[]
  readonly replyTo: string | null
  readonly footer: readonly string[]
}

/** One ground of the verdict: what it is about, then its sentences. */
export interface ReasonParts {
  readonly label: string
  readonly sentences: readonly string[]
}

export interface DeadlineParts {
  readonly label: string
  readonly instant: string
  readonly much: string
  readonly isPast: boolean
}

export interface MentionParts {
  readonly title: Shown | null
  readonly text: Shown
  readonly author: string
  readonly site: string
  readonly when: string | null
  readonly stars: string | null
  /** Named when it is not the reader's. */
  readonly language: string | null
  readonly languageTag: string | undefined
  readonly url: string | null
  /** Words of the query that were found, each once. */
  readonly matched: readonly string[]
}

export interface AnswerParts {
  readonly heading: string
  readonly end: string
  readonly languageTag: string | undefined
  readonly text: Shown
  readonly notes: readonly string[]
}

/** `share` of the usual lengths: less than 1 when the page would grow too large. */
export function alertParts(view: AlertView, now: Date, share = 1): AlertParts {
  const { ticket, language } = view
  const reading = { language, zone: view.reader.timezone, now }
  const [words, common] = [alertWords[language], mailWords[language]]
  const [first = null, ...rest] = view.mentions
  const others = rest.slice(0, 4)
  const untold = ticket.mentionCount - others.length - 1
  const { mentionCount, authorCount } = ticket
  const spaced = language === 'fr' ? frenchSpaces : (text: string) => text
  return {
    subject: alertSubject(view),
    preheader: preheaderOf(first === null ? ticket.title : first.text || (first.title ?? '')),
    drill: view.drill,
    severity: ticket.severity,
    severityWord: common.severity[ticket.severity],
    category: oneLine(ticket.categoryTitle, 80),
    watch: oneLine(ticket.watchName, 80),
    ticketName: common.ticket(ticket.id),
    tally: mentionCount > 1 ? `${tallyOf(mentionCount, authorCount, language)}.` : '',
    intro: [words.intro[view.kind], oneLine(view.asked?.reason ?? '', 500)]
      .filter((text) => text !== '')
      .join(' '),
    deadlines: [
      ...(ticket.seenAt === null ? [deadlineParts(words.seenBy, ticket.seenBy, reading)] : []),
      deadlineParts(words.answerBy, ticket.answerBy, reading),
    ],
    page: ticket.page,
    mention: first && mentionParts(first, 1800 * share, reading),
    others: others.map((mention) => mentionParts(mention, 400 * share, reading)),
    othersMore: untold > 0 ? words.othersMore(number(untold, language), isOne(untold, language)) : null,
    why: reasons(view, first),
    people: people(view),
    questions: view.questions.slice(0, 20).map((question) => oneLine(spaced(question), 400 * share)),
    advice: shown(spaced(view.advice), 2500 * share),
    answers: view.drafts.slice(0, 8).map((draft, index) => answerParts(draft, index + 1, share, view)),
    never: view.never.slice(0, 20).map((text) => oneLine(spaced(text), 300 * share)),
    clocks: view.clocks.slice(0, 10).map(({ title, at, note }) => ({
      line: words.clock(oneLine(title, 150), dayAndTime(at, reading), fromNow(at, reading)),
      note: oneLine(note, 400 * share),
    })),
    replyTo: view.replyTo,
    footer: [
      reasonOf(view),
      words.unsubscribe,
      `${common.zone(view.reader.timezone)} ${common.publishesNothing}`,
    ],
  }
}

function tallyOf(mentions: number, authors: number, language: ReaderLanguage): string {
  const common = mailWords[language]
  const counted = common.mentions(number(mentions, language), isOne(mentions, language))
  return `${counted}, ${common.authors(number(authors, language), isOne(authors, language))}`
}

/** The same for all mails of a ticket, but for the `Re:`, so that every mail program keeps them in one thread. */
function alertSubject(view: AlertView): string {
  const { ticket, language } = view
  const { severity, drill } = mailWords[language]
  const subject = [
    view.kind === 'opened' ? '' : 'Re: ',
    view.drill ? `[${drill}] ` : '',
    `[${severity[ticket.severity]}] `,
    `${oneLine(ticket.watchName, 50)}${language === 'fr' ? '\u00A0' : ''}: `,
    `${oneLine(ticket.title, 90)} `,
    `(#${ticket.id})`,
  ]
  return subjectLine(subject.join(''))
}

function deadlineParts(label: string, at: Date, reading: Reading): DeadlineParts {
  const lateMinutes = Math.floor((reading.now.getTime() - at.getTime()) / 60_000)
  const isPast = lateMinutes > 0
  const much = isPast
    ? mailWords[reading.language].late(howLong(lateMinutes, reading.language))
    : fromNow(at, reading)
  return { label, instant: dayAndTime(at, reading), much, isPast }
}

function mentionParts(mention: MentionView, limit: number, reading: Reading): MentionParts {
  const { language } = reading
  const words = alertWords[language]
  const spansOf = (field: 'title' | 'text') => mention.matched.filter((span) => span.field === field)
  const { title, text } = mention
  const tagOf = languageTag(mention.language)
  return {
    // A title that the text begins with would be read twice.
    title:
      title === null || title === '' || text.startsWith(title) ? null : shown(title, 300, spansOf('title')),
    text: quoted(text, Math.round(limit), spansOf('text')),
    author: mention.author === null ? words.anonymous : oneLine(mention.author, 80),
    site: oneLine(mention.site, 80),
    when: mention.publishedAt && dayAndTime(mention.publishedAt, reading),
    stars: mention.stars === null ? null : words.stars(number(mention.stars, language)),
    language: tagOf && tagOf !== language ? words.inLanguage(languageName(tagOf, language)) : null,
    languageTag: tagOf,
    url: webAddress(mention.url),
    matched: matchedWords(mention),
  }
}

function matchedWords({ title, text, matched }: MentionView): string[] {
  const words = new Set<string>()
  for (const { field, start, end } of matched.slice(0, 50)) {
    const word = oneLine(((field === 'title' ? title : text) ?? '').slice(start, end), 60)
    if (word !== '') words.add(word)
  }
  return [...words].slice(0, 8)
}

function reasons(view: AlertView, mention: MentionView | null): ReasonParts[] {
  const { language, ticket, why } = view
  const words = alertWords[language]
  const alternatives = ticket.alternatives.slice(0, 3).map((title) => oneLine(title, 80))
  const title = oneLine(ticket.categoryTitle, 80)
  const sure = percent(ticket.categoryConfidence, language)
  return [
    { label: words.tone, sentences: toneSentences(view, mention) },
    {
      label: words.category,
      sentences: [
        ticket.categoryConfidence < 0.5 ? words.categoryUnsure(title) : words.categoryIs(title, sure),
        ...sentence(words.because, quotes(why.category, language)),
        ...sentence(words.orIsIt, choice(alternatives, language)),
      ],
    },
    { label: words.aboutUs, sentences: sentence(words.aboutUsFrom, quotes(why.match, language)) },
  ].filter(({ sentences }) => sentences.length > 0)
}

// Words that weigh less say nothing to a person.
const leastWeight = 0.25

function toneSentences({ language }: AlertView, mention: MentionView | null): string[] {
  const words = alertWords[language]
  const judgement = mention?.judgement ?? null
  if (mention === null || judgement === null) return [words.notJudged]
  const verdict = judgement.sure && judgement.polarity === 'negative' ? words.negative : words.notSure
  const worse = mention.evidence.filter(({ weight }) => weight >= leastWeight)
  const better = mention.evidence.filter(({ weight }) => weight <= -leastWeight)
  return [
    verdict(percent(judgement.scores.negative, language)),
    ...sentence(words.evidenceFor, weighed(worse, language)),
    ...sentence(words.evidenceAgainst, weighed(better, language)),
    ...(worse.length + better.length > 0 ? [words.evidenceScale] : []),
  ]
}

function sentence(write: (list: string) => string, list: string): string[] {
  return list === '' ? [] : [write(list)]
}

function quotes(texts: readonly string[], language: ReaderLanguage): string {
  const { quote } = mailWords[language]
  // Signals come as the query that a person wrote: its own quotation marks would stand inside ours.
  const words = texts.slice(0, 8).map((text) => oneLine(text.replaceAll('"', ''), 60))
  return [...new Set(words)].map(quote).join(', ')
}

function weighed(evidence: MentionView['evidence'], language: ReaderLanguage): string {
  const { quote } = mailWords[language]
  const weights = new Map<string, number>()
  for (const { text, weight } of evidence.slice(0, 50)) {
    const word = oneLine(text, 60)
    // The strongest come first; a word that stands twice is named once.
    if (!weights.has(word)) weights.set(word, weight)
  }
  const words = [...weights]
    .slice(0, 5)
    .map(([word, weight]) => `${quote(word)} (${signed(weight, language)})`)
  return words.join(', ')
}

function people({ language, ticket }: AlertView): AlertParts['people'] {
  const words = alertWords[language]
  const deputy =
    ticket.deputyName === null ? [] : [{ label: words.deputy, value: oneLine(ticket.deputyName, 80) }]
  return [
    { label: words.owner, value: oneLine(ticket.ownerName, 80) },
    ...deputy,
    { label: words.approval, value: words.approvals[ticket.approval] },
  ]
}

function answerParts(
  draft: DraftView,
  position: number,
  share: number,
  { language }: AlertView,
): AnswerParts {
  const words = alertWords[language]
  const text = shown(draft.text, Math.max(600, Math.round(6000 * share)), draft.gaps)
  const labels = [...new Set(draft.gaps.slice(0, 50).map(({ label }) => oneLine(label, 60)))].slice(0, 12)
  const name = draft.name === null ? null : oneLine(draft.name, 60)
  return {
    heading: words.answer(position, name, languageName(oneLine(draft.language, 20), language)),
    end: words.answerEnd(position),
    languageTag: languageTag(draft.language),
    text,
    notes: [
      labels.length > 0 ? words.missing(labels.join(', ')) : '',
      draft.maxLength === null ? '' : lengthNote(draft.text, draft.maxLength, language),
    ].filter((note) => note !== ''),
  }
}

function lengthNote(text: string, maxLength: number, language: AlertView['language']): string {
  const { fits, tooLong } = alertWords[language]
  const length = [...text].length
  return (length > maxLength ? tooLong : fits)(number(length, language), number(maxLength, language))
}

function reasonOf({ kind, language, reader, ticket }: AlertView): string {
  const { reason } = alertWords[language]
  if (kind === 'escalation') return reason.escalation
  if (reader.name === ticket.ownerName) return reason.owner(oneLine(ticket.watchName, 80))
  if (reader.name === ticket.deputyName) return reason.deputy(oneLine(ticket.ownerName, 80))
  return reason.named(oneLine(ticket.watchName, 80))
}
