import type { Child } from 'hono/jsx'
import { instantOf, localDate, plusDays } from '../domain/calendar.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import { fullText } from '../domain/relevance.ts'
import type { Ticket } from '../domain/ticket.ts'
import { languageTag, oneLine } from '../notify/mail-clean.ts'
import { localDay, number } from '../notify/mail-formats.ts'
import { fr } from '../notify/mail-words.ts'
import { siteOf } from '../respond/draft.ts'
import type { Activity } from '../store/store.ts'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import type { Excerpt, ListedMention } from './pages-store.ts'
import { countWords, OutLink } from './parts.tsx'
import { type Pages, sendPage } from './routing.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Journal',
  of: (day: string) => fr`Ce qui s'est dit le ${day}`,
  counts: (mentions: string, negative: string, opened: string, answered: string) =>
    fr`Mentions : ${mentions}, négatives : ${negative}. Tickets ouverts : ${opened}, répondus : ${answered}.`,
  quiet: fr`Une journée calme : rien de négatif.`,
  opened: 'À la une',
  answered: 'Répondu',
  good: 'On dit aussi du bien',
  before: 'La veille',
  after: 'Le lendemain',
  pages: 'Jours',
  share: 'Partager ce journal',
  more: (count: string) => fr`et ${count} de plus`,
}

const english: typeof french = {
  title: 'Newspaper',
  of: (day) => `What was said on ${day}`,
  counts: (mentions, negative, opened, answered) =>
    `Mentions: ${mentions}, negative: ${negative}. Tickets opened: ${opened}, answered: ${answered}.`,
  quiet: 'A quiet day: nothing negative.',
  opened: 'Front page',
  answered: 'Answered',
  good: 'Good things are said too',
  before: 'The day before',
  after: 'The day after',
  pages: 'Days',
  share: 'Share this newspaper',
  more: (count) => `and ${count} more`,
}

export const newspaperWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

/** What happened on one local day. */
export interface Newspaper {
  readonly day: string
  readonly isToday: boolean
  readonly activity: Activity
  readonly opened: readonly Ticket[]
  readonly answered: readonly Ticket[]
  readonly excerpts: ReadonlyMap<number, Excerpt>
  readonly good: readonly ListedMention[]
}

const storiesShown = 12
const goodShown = 6

export function newspaperRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/newspaper', async (c) => {
    const visit = c.get('visit')
    const paper = await newspaperOf(c.req.query('day') ?? null, deps)
    return sendPage(c, deps, {
      title: newspaperWords[visit.language].title,
      section: 'newspaper',
      body: <NewspaperPage paper={paper} deps={deps} language={visit.language} visit={visit} />,
    })
  })
}

/** The newspaper of a day; when none is named the latest complete one, but today's on Vigie's first day. */
export async function newspaperOf(asked: string | null, deps: PagesDeps): Promise<Newspaper> {
  const { zone } = deps.config.calendar
  const today = localDate(deps.now(), zone)
  const isDay =
    asked !== null && /^\d{4}-\d{2}-\d{2}$/.test(asked) && !Number.isNaN(Date.parse(asked)) && asked <= today
  if (isDay) return newspaperOn(asked, today, deps)
  const yesterday = await newspaperOn(plusDays(today, -1), today, deps)
  if (!isEmpty(yesterday)) return yesterday
  const latest = await newspaperOn(today, today, deps)
  return isEmpty(latest) ? yesterday : latest
}

function isEmpty({ activity }: Newspaper): boolean {
  return activity.mentions + activity.opened + activity.answered === 0
}

async function newspaperOn(day: string, today: string, deps: PagesDeps): Promise<Newspaper> {
  const { zone } = deps.config.calendar
  const period = { from: instantOf(day, 0, zone), to: instantOf(plusDays(day, 1), 0, zone) }
  const opened = await deps.pagesStore.ticketsOpened(period, storiesShown + 1)
  const good = await deps.pagesStore.mentionPage(
    { kind: 'positive', watch: null, source: null, words: '', ...period },
    { after: null, limit: goodShown },
  )
  return {
    day,
    isToday: day === today,
    activity: await deps.store.activity(period.from, period.to),
    opened,
    answered: (await deps.store.ticketsAnswered(period.from, period.to)).slice(0, storiesShown),
    excerpts: await deps.pagesStore.excerptsOf(opened.map(({ id }) => id)),
    good: good.items,
  }
}

export interface NewspaperProps {
  readonly paper: Newspaper
  readonly deps: PagesDeps
  readonly language: ReaderLanguage
  /** Null for who reads a shared one: no links that need a session. */
  readonly visit: Visit | null
}

export function NewspaperPage({ paper, deps, language, visit }: NewspaperProps) {
  const say = newspaperWords[language]
  const { activity, day } = paper
  const numbers = [activity.mentions, activity.negative, activity.opened, activity.answered].map((count) =>
    number(count, language),
  )
  const [mentions = '', negative = '', opened = '', answered = ''] = numbers
  return (
    <div class="paper stack wide">
      <header class="masthead">
        <h1>{deps.config.company ?? deps.config.watches[0]?.name ?? words[language].name}</h1>
        <p>{say.of(localDay(day, language))}</p>
      </header>
      {visit && (
        <nav class="row between no-print" aria-label={say.pages}>
          <a href={`/newspaper?day=${plusDays(day, -1)}`}>
            <Icon name="back" /> {say.before}
          </a>
          <a href="/out?kind=newspaper">{say.share}</a>
          {paper.isToday ? <span></span> : <a href={`/newspaper?day=${plusDays(day, 1)}`}>{say.after}</a>}
        </nav>
      )}
      <p class="strong">{say.counts(mentions, negative, opened, answered)}</p>
      {paper.opened.length === 0 ? (
        <p class="banner good">
          <Icon name="sun" /> {say.quiet}
        </p>
      ) : (
        <Stories title={say.opened}>
          {paper.opened.slice(0, storiesShown).map((ticket) => (
            <Story
              ticket={ticket}
              excerpt={paper.excerpts.get(ticket.id)}
              deps={deps}
              language={language}
              visit={visit}
            />
          ))}
          {paper.opened.length > storiesShown && (
            <li class="soft">{say.more(number(Math.max(1, activity.opened - storiesShown), language))}</li>
          )}
        </Stories>
      )}
      {paper.answered.length > 0 && (
        <Stories title={say.answered}>
          {paper.answered.map((ticket) => (
            <li>
              <Icon name="check" /> {oneLine(ticket.title, 140)}{' '}
              {ticket.answerUrl && (
                <OutLink url={ticket.answerUrl}>
                  <Icon name="link" />
                  <span class="sr">{words[language].open}</span>
                </OutLink>
              )}
            </li>
          ))}
        </Stories>
      )}
      {paper.good.length > 0 && (
        <Stories title={say.good}>
          {paper.good.map(({ mention, judgement }) => (
            <li class="stack">
              <blockquote class="text" lang={languageTag(judgement?.language ?? mention.entry.language)}>
                {oneLine(fullText(mention.entry), 320)}
              </blockquote>
              <p class="byline">
                <span>
                  {mention.entry.author ? oneLine(mention.entry.author, 60) : words[language].unknownAuthor}
                </span>
                <OutLink url={mention.entry.url}>{siteOf(mention.entry.url) || mention.sourceKind}</OutLink>
              </p>
            </li>
          ))}
        </Stories>
      )}
    </div>
  )
}

function Stories({ title, children }: { readonly title: string; readonly children?: Child }) {
  return (
    <section class="card">
      <h2 class="pad">{title}</h2>
      <ul class="list">{children}</ul>
    </section>
  )
}

function Story({
  ticket,
  excerpt,
  deps,
  language,
  visit,
}: Omit<NewspaperProps, 'paper'> & { readonly ticket: Ticket; readonly excerpt: Excerpt | undefined }) {
  const say = words[language]
  const title = oneLine(ticket.title, 140)
  return (
    <li>
      <h3>{visit ? <a href={`/tickets/${ticket.id}`}>{title}</a> : title}</h3>
      {excerpt && excerpt.text !== ticket.title && (
        <p class="excerpt" lang={languageTag(ticket.language)}>
          {oneLine(excerpt.text, 320)}
        </p>
      )}
      <p class="byline">
        <span class="strong">
          {deps.config.playbooks.get(ticket.category)?.title[language] ?? ticket.category}
        </span>
        <span>{siteOf(excerpt?.url ?? null)}</span>
        {ticket.mentionCount > 1 && <span>{countWords(ticket.mentionCount, say.texts, { language })}</span>}
        <span>{say.state[ticket.state]}</span>
      </p>
    </li>
  )
}
