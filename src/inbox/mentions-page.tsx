import type { Child } from 'hono/jsx'
import type { EvidenceRecord } from '../domain/answer.ts'
import { instantOf, plusDays } from '../domain/calendar.ts'
import { fullText } from '../domain/relevance.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { fromNow, number } from '../notify/mail-formats.ts'
import { siteOf } from '../respond/draft.ts'
import { may } from '../triage/desk.ts'
import { Icon } from './icons.tsx'
import { MarkedText } from './marked-text.tsx'
import { mentionWords } from './mention-words.ts'
import type { PagesDeps } from './pages-deps.ts'
import type { ListedMention, MentionKind, MentionListFilter, Page, SetAside } from './pages-store.ts'
import { Act, ActButton, addressWith, Field, MorePage, OutLink, Outside, Select, Time } from './parts.tsx'
import { type ProposedRule, proposeRules } from './propose-rule.ts'
import { numberParam, PageError, type Pages, sendPage } from './routing.tsx'
import { Byline, Difference, EngagementWords, MatchFact, ToneFact } from './ticket-published.tsx'
import { EvidenceList } from './ticket-side.tsx'
import { ticketWords } from './ticket-words.ts'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

const kinds = [
  'all',
  'to-read',
  'negative',
  'neutral',
  'positive',
  'late',
  'other-language',
  'waiting',
] as const satisfies readonly MentionKind[]
const perPage = 30

export function mentionRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/mentions', async (c) => {
    const visit = c.get('visit')
    const query = new URL(c.req.url).searchParams
    const request = { after: query.get('after'), limit: perPage }
    const title = mentionWords[visit.language].title
    if (query.get('kind') === 'unrelated') {
      const page = await deps.pagesStore.unrelatedPage({ watch: query.get('watch') || null }, request)
      const body = <UnrelatedList visit={visit} deps={deps} query={query} page={page} />
      return sendPage(c, deps, { title, section: 'mentions', body })
    }
    const filter = mentionFilterOf(query, deps.config.calendar.zone)
    const page = await deps.pagesStore.mentionPage(filter, request)
    const body = <MentionList visit={visit} deps={deps} query={query} filter={filter} page={page} />
    return sendPage(c, deps, { title, section: 'mentions', body })
  })

  app.get('/mentions/:id', async (c) => {
    const visit = c.get('visit')
    const listed = await deps.pagesStore.listedMention(numberParam(c.req.param('id')))
    if (!listed) throw new PageError(404)
    const watch = deps.config.watches.find(({ id }) => id === listed.mention.watch)
    const isNotUs = listed.correction?.kind === 'not-us'
    const rules = isNotUs && watch ? await proposeRules(listed.mention, watch, deps.pagesStore) : null
    const versions = await deps.pagesStore.versionsOf(listed.mention.id)
    const records = await deps.store.evidenceOf(listed.mention.id)
    return sendPage(c, deps, {
      title: oneLine(fullText(listed.mention.entry), 60),
      section: 'mentions',
      body: (
        <MentionPage
          visit={visit}
          deps={deps}
          listed={listed}
          rules={rules}
          versions={versions}
          records={records}
        />
      ),
    })
  })
}

/** What an address asks of the list; days are those of the company. */
export function mentionFilterOf(query: URLSearchParams, zone: string): MentionListFilter {
  const day = (name: string) => {
    const value = query.get(name) ?? ''
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : null
  }
  const [from, to] = [day('from'), day('to')]
  return {
    kind: kinds.find((kind) => kind === query.get('kind')) ?? 'all',
    watch: query.get('watch') || null,
    source: query.get('source') || null,
    words: (query.get('q') ?? '').slice(0, 300),
    from: from === null ? null : instantOf(from, 0, zone),
    to: to === null ? null : instantOf(plusDays(to, 1), 0, zone),
  }
}

interface ListProps {
  readonly visit: Visit
  readonly deps: PagesDeps
  readonly query: URLSearchParams
}

function ListHead({ visit, query, children }: Omit<ListProps, 'deps'> & { readonly children?: Child }) {
  const say = mentionWords[visit.language]
  const current = query.get('kind') ?? 'all'
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
      </div>
      <p class="lead">{current === 'unrelated' ? say.unrelatedLead : say.lead}</p>
      <nav class="tabs" aria-label={say.tabsLabel}>
        {[...kinds, 'unrelated' as const].map((kind) => (
          <a
            href={addressWith(query, { kind: kind === 'all' ? null : kind, after: null }, '/mentions')}
            aria-current={kind === current ? 'page' : undefined}
          >
            {say.tabs[kind]}
          </a>
        ))}
      </nav>
      {children}
    </>
  )
}

function MentionList({
  visit,
  deps,
  query,
  filter,
  page,
}: ListProps & { readonly filter: MentionListFilter; readonly page: Page<ListedMention> }) {
  const say = mentionWords[visit.language]
  const isSearch = ['q', 'watch', 'source', 'from', 'to'].some((name) => (query.get(name) ?? '') !== '')
  const isShort = page.next !== null && page.items.length < perPage
  return (
    <>
      <ListHead visit={visit} query={query}>
        <MentionFilters visit={visit} deps={deps} query={query} filter={filter} isSearch={isSearch} />
      </ListHead>
      {page.items.length === 0 ? (
        <div class="card empty">
          <Icon name="mentions" />
          <p>{page.next !== null ? say.goOn : isSearch ? say.emptySearch : say.empty}</p>
        </div>
      ) : (
        <ul class="card list" data-walk="">
          {page.items.map((listed) => (
            <MentionItem listed={listed} visit={visit} deps={deps} />
          ))}
        </ul>
      )}
      <MorePage query={query} next={page.next} isShort={isShort} visit={visit} />
      <p class="small no-print">
        <a
          href={`/out?${new URLSearchParams({ kind: 'mentions', filter: addressWith(query, { after: null }).slice(1) })}`}
        >
          {say.share}
        </a>
      </p>
    </>
  )
}

function MentionFilters({
  visit,
  deps,
  query,
  filter,
  isSearch,
}: ListProps & { readonly filter: MentionListFilter; readonly isSearch: boolean }) {
  const say = words[visit.language]
  const own = mentionWords[visit.language]
  const { config } = deps
  const sources = config.watches.flatMap((watch) => watch.sources)
  const isNarrow = ['watch', 'source', 'from', 'to'].some((name) => (query.get(name) ?? '') !== '')
  return (
    <search>
      <form method="get" action="/mentions" class="filter">
        {filter.kind !== 'all' && <input type="hidden" name="kind" value={filter.kind} />}
        <div class="searchline">
          <input
            type="search"
            name="q"
            value={filter.words}
            aria-label={own.search}
            placeholder={own.search}
            maxlength={300}
          />
          <button type="submit">
            <Icon name="search" />
            <span class="sr">{say.search}</span>
          </button>
        </div>
        <details class="plain" open={isNarrow}>
          <summary class="small">{own.filters}</summary>
          <div class="fields">
            <Select
              name="watch"
              label={say.watch}
              value={filter.watch ?? ''}
              options={[
                { value: '', label: say.all },
                ...config.watches.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <Select
              name="source"
              label={say.source}
              value={filter.source ?? ''}
              options={[
                { value: '', label: say.any },
                ...sources.map(({ id }) => ({ value: id, label: id })),
              ]}
            />
            <Field name="from" label={say.from} type="date" value={query.get('from') ?? ''} />
            <Field name="to" label={say.to} type="date" value={query.get('to') ?? ''} />
            <div class="fit row">
              <button type="submit">{say.apply}</button>
              {isSearch && (
                <a
                  class="button"
                  href={filter.kind === 'all' ? '/mentions' : `/mentions?kind=${filter.kind}`}
                >
                  {say.clear}
                </a>
              )}
            </div>
          </div>
        </details>
      </form>
    </search>
  )
}

interface ItemProps {
  readonly listed: ListedMention
  readonly visit: Visit
  readonly deps: PagesDeps
}

function MentionItem({ listed, visit, deps }: ItemProps) {
  const { mention, judgement } = listed
  const { entry } = mention
  const say = mentionWords[visit.language]
  const language = judgement?.language ?? entry.language
  const title = entry.title && !entry.text.startsWith(entry.title) ? entry.title : null
  return (
    <li>
      <div class="row between">
        <Byline judged={listed} visit={visit} />
        <DecisionChips listed={listed} visit={visit} deps={deps} />
      </div>
      <h2 class={title === null ? 'as-text' : undefined}>
        <a class="title" href={`/mentions/${mention.id}`}>
          {oneLine(title ?? entry.text, title === null ? 320 : 140) || say.id(mention.id)}
        </a>
      </h2>
      {title !== null && (
        <p class="excerpt">
          <Outside
            text={entry.text}
            limit={360}
            language={language}
            visit={visit}
            spans={mention.match.spans.filter(({ field }) => field === 'text')}
          />
        </p>
      )}
      {may(visit.person, 'work') && listed.outcome === 'to-read' && !listed.correction && (
        <QuickActions listed={listed} visit={visit} deps={deps} />
      )}
    </li>
  )
}

function DecisionChips({ listed, visit, deps }: ItemProps) {
  const { judgement, outcome, correction } = listed
  const { language, reading } = visit
  const say = mentionWords[language]
  if (correction) {
    const name = deps.config.people.get(correction.who)?.name ?? correction.who
    return (
      <span class="chip good">{say.corrected[correction.kind](name, fromNow(correction.at, reading))}</span>
    )
  }
  const tone = judgement?.polarity
  return (
    <span class="row">
      {judgement && tone && (
        <span class={`chip ${judgement.sure ? tone : ''}`.trim()}>
          {words[language].polarity[tone]}
          {judgement.sure ? '' : ' ?'}
        </span>
      )}
      {listed.ticket !== null ? (
        <a class="chip" href={`/tickets/${listed.ticket}`}>
          {say.outcome.ticket(listed.ticket)}
        </a>
      ) : (
        <span class={`chip ${outcome === 'to-read' ? 'note' : ''}`.trim()}>
          {outcome === null ? say.outcome.waiting : outcome === 'ticket' ? '' : say.outcome[outcome]}
        </span>
      )}
    </span>
  )
}

/** A text to be read: three answers, one click each. */
function QuickActions({ listed, visit, deps }: ItemProps) {
  const say = mentionWords[visit.language]
  const path = `/mentions/${listed.mention.id}`
  const playbook = deps.config.playbooks.get(listed.category ?? '')
  const rule = ticketWords[visit.language].why.rules[listed.reason?.rule ?? '']
  return (
    <div class="row">
      {rule && <span class="soft small">{rule}</span>}
      {playbook && (
        <ActButton
          visit={visit}
          to={`${path}/open`}
          fields={{ category: playbook.category }}
          label={`${say.openTicket} (${playbook.title[visit.language]})`}
        />
      )}
      <ActButton
        visit={visit}
        to={`${path}/correct`}
        fields={{ kind: 'not-negative' }}
        label={say.notNegative}
      />
      <ActButton
        visit={visit}
        to={`${path}/correct`}
        fields={{ kind: 'not-us' }}
        label={say.notUs}
        back={path}
      />
    </div>
  )
}

function UnrelatedList({ visit, deps, query, page }: ListProps & { readonly page: Page<SetAside> }) {
  const say = mentionWords[visit.language]
  const mayWork = may(visit.person, 'work')
  return (
    <>
      <ListHead visit={visit} query={query} />
      {page.items.length === 0 ? (
        <div class="card empty">
          <Icon name="mentions" />
          <p>{say.empty}</p>
        </div>
      ) : (
        <ul class="card list">
          {page.items.map(({ id, entry, collectedAt, reason, watch }) => (
            <li>
              <div class="row between">
                <p class="byline">
                  <span class="strong">
                    {entry.author ? oneLine(entry.author, 80) : words[visit.language].unknownAuthor}
                  </span>
                  <span>{siteOf(entry.url)}</span>
                  <Time at={collectedAt} reading={visit.reading} />
                  <span>{deps.config.watches.find((known) => known.id === watch)?.name ?? watch}</span>
                </p>
                <span class="chip note">{say.setAside(oneLine(reason, 80))}</span>
              </div>
              {entry.title && <h2>{oneLine(entry.title, 140)}</h2>}
              <p class="excerpt">
                <Outside text={entry.text} limit={500} visit={visit} />
              </p>
              <div class="row small">
                <OutLink url={entry.url}>{words[visit.language].open}</OutLink>
                {mayWork && <ActButton visit={visit} to={`/unrelated/${id}/adopt`} label={say.isUs} />}
              </div>
            </li>
          ))}
        </ul>
      )}
      <MorePage query={query} next={page.next} isShort={false} visit={visit} />
    </>
  )
}

function MentionPage({
  listed,
  visit,
  deps,
  rules,
  versions,
  records,
}: ItemProps & {
  readonly records: readonly EvidenceRecord[]
  readonly rules: readonly ProposedRule[] | null
  readonly versions: readonly {
    readonly seenAt: Date
    readonly title: string | null
    readonly text: string
  }[]
}) {
  const { mention, judgement } = listed
  const { entry } = mention
  const say = mentionWords[visit.language]
  const why = ticketWords[visit.language]
  const evidence = deps.explain(listed)
  const language = judgement?.language ?? entry.language
  const watch = deps.config.watches.find(({ id }) => id === mention.watch)
  const rule = why.why.rules[listed.reason?.rule ?? '']
  return (
    <>
      <p class="row between">
        <a href="/mentions" class="small">
          <Icon name="back" /> {say.back}
        </a>
        <span class="soft small">{say.id(mention.id)}</span>
      </p>
      <h1>{oneLine(entry.title ?? entry.text, 120) || say.id(mention.id)}</h1>
      <DecisionChips listed={listed} visit={visit} deps={deps} />
      <section class="card pad stack" aria-labelledby="published">
        <h2 id="published">{why.published.title}</h2>
        <Byline judged={listed} visit={visit} />
        <blockquote class="text" tabindex={0}>
          {entry.text === '' ? (
            <span class="soft">{why.published.noText}</span>
          ) : (
            <MarkedText
              mention={mention}
              field="text"
              evidence={evidence}
              language={language}
              visit={visit}
            />
          )}
        </blockquote>
        <p class="row small">
          {entry.url && (
            <OutLink url={entry.url}>
              {words[visit.language].open} <Icon name="link" />
            </OutLink>
          )}
          <EngagementWords entry={entry} visit={visit} />
          <span class="soft">
            {say.fromSource(mention.source)}, {say.found}{' '}
            <Time at={mention.collectedAt} reading={visit.reading} />
          </span>
        </p>
        {versions.map((version, index) => (
          <details class="plain">
            <summary>
              {why.published.edited} <Time at={version.seenAt} reading={visit.reading} />
            </summary>
            <p class="answer">
              <Difference before={fullText(version)} after={fullText(versions[index + 1] ?? entry)} />
            </p>
          </details>
        ))}
      </section>
      <section class="card pad stack" aria-labelledby="decision">
        <h2 id="decision">{say.decision}</h2>
        <dl class="facts">
          <MatchFact judged={listed} visit={visit} watchName={watch?.name ?? mention.watch} />
          <ToneFact judged={listed} evidence={evidence} visit={visit} />
          {listed.category !== null && (
            <>
              <dt>{why.why.category}</dt>
              <dd>{deps.config.playbooks.get(listed.category)?.title[visit.language] ?? listed.category}</dd>
            </>
          )}
        </dl>
        {rule && <p class="soft">{rule}</p>}
        {listed.outcome === 'late' && <p class="soft">{say.late}</p>}
      </section>
      {may(visit.person, 'work') && <Corrections listed={listed} visit={visit} deps={deps} />}
      <EvidenceList records={records} visit={visit} />
      {rules && <Rules rules={rules} visit={visit} file={`feeds/${mention.watch}.yaml`} />}
    </>
  )
}

function Corrections({ listed, visit, deps }: ItemProps) {
  const { mention, correction } = listed
  const say = mentionWords[visit.language]
  const path = `/mentions/${mention.id}`
  return (
    <section class="card pad stack no-print" aria-labelledby="correct">
      <h2 id="correct">{say.correct}</h2>
      {listed.ticket !== null ? (
        <p>
          {say.inTicket} <a href={`/tickets/${listed.ticket}`}>{say.goTicket}</a>
        </p>
      ) : correction ? (
        <ActButton
          visit={visit}
          to={`${path}/undo`}
          fields={{ correction: String(correction.id) }}
          label={words[visit.language].undo}
        />
      ) : (
        <>
          <div class="row">
            <ActButton
              visit={visit}
              to={`${path}/correct`}
              fields={{ kind: 'not-negative' }}
              label={say.notNegative}
            />
            <ActButton visit={visit} to={`${path}/correct`} fields={{ kind: 'not-us' }} label={say.notUs} />
          </div>
          <Act visit={visit} to={`${path}/open`} class="fields">
            <Select
              name="category"
              label={say.openAs}
              value={listed.category ?? ''}
              options={[...deps.config.playbooks.values()]
                .filter(({ overlay }) => !overlay)
                .map(({ category, title }) => ({ value: category, label: title[visit.language] }))}
            />
            <div class="fit">
              <button type="submit" class="main">
                {say.openTicket}
              </button>
            </div>
          </Act>
        </>
      )}
    </section>
  )
}

function Rules({
  rules,
  visit,
  file,
}: {
  readonly rules: readonly ProposedRule[]
  readonly visit: Visit
  readonly file: string
}) {
  const say = mentionWords[visit.language]
  return (
    <section class="card pad stack" aria-labelledby="rule">
      <h2 id="rule">{say.rule}</h2>
      {rules.length === 0 ? (
        <p class="soft">{say.noRule}</p>
      ) : (
        <>
          <p>{say.ruleText(file)}</p>
          <ul class="stack">
            {rules.map(({ kind, words: rule, others }) => (
              <li class="row">
                <code class="chip">{kind === 'not' ? `NOT "${rule}"` : `deny: [${rule}]`}</code>
                <span class="soft small">
                  {others === 0 ? say.ruleNone : say.ruleOthers(number(others, visit.language))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
