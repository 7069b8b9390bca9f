import type { Entry } from '../domain/entry.ts'
import type { JudgedMention } from '../domain/mention.ts'
import { fullText } from '../domain/relevance.ts'
import { clean, oneLine } from '../notify/mail-clean.ts'
import { fromNow, languageName, list, number, percent } from '../notify/mail-formats.ts'
import { siteOf } from '../respond/draft.ts'
import { Icon } from './icons.tsx'
import { MarkedText, strongest } from './marked-text.tsx'
import { Act, ActButton, OutLink, Select, Time } from './parts.tsx'
import { type DiffPiece, diffTexts } from './text-diff.ts'
import type { TicketProps } from './ticket-view.ts'
import { ticketWords } from './ticket-words.ts'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

/** The texts themselves, as they were published, with what matched and what weighed marked. */
export function Published({ view, visit, deps }: TicketProps) {
  const say = ticketWords[visit.language].published
  const [first, ...others] = view.mentions
  const hidden = view.ticket.mentionCount - view.mentions.length
  return (
    <section class="card pad stack step" aria-labelledby="published">
      <h2 id="published">
        <span class="n">1</span> {say.title}
      </h2>
      {first && <MentionText judged={first} view={view} visit={visit} deps={deps} />}
      {others.length > 0 && (
        <details class="plain">
          <summary>
            {others.length === 1 ? say.moreOne : say.more(number(others.length, visit.language))}
          </summary>
          <Act visit={visit} to={`/tickets/${view.ticket.id}/split`} class="stack wide">
            {others.map((judged) => (
              <div class="stack">
                <MentionText judged={judged} view={view} visit={visit} deps={deps} />
                {view.mayWork && (
                  <div class="check">
                    <label>
                      <input type="checkbox" name="mention" value={String(judged.mention.id)} />
                      <span>
                        {say.splitChoose}{' '}
                        <span class="sr">{oneLine(fullText(judged.mention.entry), 60)}</span>
                      </span>
                    </label>
                  </div>
                )}
              </div>
            ))}
            {view.mayWork && (
              <button type="submit" class="small">
                {say.split}
              </button>
            )}
          </Act>
        </details>
      )}
      {hidden > 0 && <p class="soft small">{say.notShown(number(hidden, visit.language))}</p>}
      {view.ticket.mentionCount > 2 && (
        <p>
          <a href={`/numbers/affair/${view.ticket.id}`}>{say.spread}</a>
        </p>
      )}
    </section>
  )
}

function MentionText({ judged, view, visit }: TicketProps & { readonly judged: JudgedMention }) {
  const { mention, judgement } = judged
  const { entry } = mention
  const say = ticketWords[visit.language].published
  const evidence = view.evidence.get(mention.id) ?? []
  const language = judgement?.language ?? entry.language
  const versions = view.versions.get(mention.id) ?? []
  return (
    <article class="stack">
      <Byline judged={judged} visit={visit} />
      {entry.title && !entry.text.startsWith(entry.title) && (
        <h3>
          <MarkedText mention={mention} field="title" evidence={evidence} language={language} visit={visit} />
        </h3>
      )}
      <blockquote class="text" tabindex={0}>
        {entry.text === '' ? (
          <span class="soft">{say.noText}</span>
        ) : (
          <MarkedText mention={mention} field="text" evidence={evidence} language={language} visit={visit} />
        )}
      </blockquote>
      <p class="row small">
        {entry.url && (
          <OutLink url={entry.url}>
            {words[visit.language].open} <Icon name="link" />
          </OutLink>
        )}
        <a href={`/mentions/${mention.id}`}>{say.details}</a>
        <EngagementWords entry={entry} visit={visit} />
      </p>
      {versions.map((version, index) => {
        const later = versions[index + 1] ?? entry
        return (
          <details class="plain">
            <summary>
              {say.edited} <Time at={version.seenAt} reading={visit.reading} />
            </summary>
            <p class="answer">
              <Difference before={fullText(version)} after={fullText(later)} />
            </p>
          </details>
        )
      })}
    </article>
  )
}

export function Byline({ judged, visit }: { readonly judged: JudgedMention; readonly visit: Visit }) {
  const { mention, judgement } = judged
  const { entry } = mention
  const say = words[visit.language]
  const own = ticketWords[visit.language].published
  const language = judgement?.language ?? entry.language
  return (
    <p class="byline">
      <span class="strong">{entry.author ? oneLine(entry.author, 80) : say.unknownAuthor}</span>
      <span>{siteOf(entry.url) || mention.sourceKind}</span>
      <Time at={entry.publishedAt ?? mention.collectedAt} reading={visit.reading} />
      {language !== null && <span>{languageName(language, visit.language)}</span>}
      {entry.stars !== null && (
        <span>
          <span aria-hidden="true">{'★'.repeat(Math.round(Math.min(5, Math.max(0, entry.stars))))}</span>
          <span class="sr">{own.stars(number(entry.stars, visit.language))}</span>
        </span>
      )}
    </p>
  )
}

export function EngagementWords({ entry, visit }: { readonly entry: Entry; readonly visit: Visit }) {
  const say = ticketWords[visit.language].published
  const counts = entry.engagement ?? {}
  const told = (['likes', 'shares', 'comments', 'views', 'followers'] as const).flatMap((name) =>
    counts[name] === undefined ? [] : [`${number(counts[name], visit.language)} ${say[name]}`],
  )
  return told.length === 0 ? null : <span class="soft">{told.join(', ')}</span>
}

export function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  return <Pieces pieces={diffTexts(clean(before), clean(after))} />
}

export function Pieces({ pieces }: { readonly pieces: readonly DiffPiece[] }) {
  return (
    <>
      {pieces.map(({ kind, text }) =>
        kind === 'same' ? text : kind === 'removed' ? <del>{text}</del> : <ins>{text}</ins>,
      )}
    </>
  )
}

/** Every decision with its reason, and one click to correct it. */
export function Why({ view, visit, deps }: TicketProps) {
  const { ticket, playbook } = view
  const { language, reading } = visit
  const say = ticketWords[language].why
  const { config } = deps
  const first = view.mentions[0]
  if (!first) return null
  const titleOf = (category: string) => config.playbooks.get(category)?.title[language] ?? category
  const nameOf = (id: string) => config.people.get(id)?.name ?? id
  const others = [...config.playbooks.values()].filter(
    ({ category, overlay }) => !overlay && category !== ticket.category,
  )
  const path = `/tickets/${ticket.id}`
  const rule = say.rules[ticket.reason.rule]
  return (
    <section class="card pad stack" aria-labelledby="why" id="why-block">
      <h2 id="why">{say.title}</h2>
      <dl class="facts">
        <MatchFact
          judged={first}
          visit={visit}
          watchName={config.watches.find(({ id }) => id === ticket.watch)?.name ?? ticket.watch}
        />
        <ToneFact judged={first} evidence={view.evidence.get(first.mention.id) ?? []} visit={visit} />
        <dt>{say.category}</dt>
        <dd>
          {playbook?.title[language] ?? ticket.category}{' '}
          <span class="soft">
            (
            {ticket.categoryConfidence === 1
              ? say.chosen
              : say.likely(percent(ticket.categoryConfidence, language))}
            )
          </span>
          {rule && <p class="soft small">{rule}</p>}
        </dd>
        {(ticket.reason.signals.length > 0 || ticket.reason.words.length > 0) && (
          <>
            <dt>{say.signals}</dt>
            <dd class="row">
              {ticket.reason.signals.slice(0, 8).map((signal) => (
                <code class="chip">{oneLine(signal, 80)}</code>
              ))}
              {ticket.reason.words.slice(0, 8).map(({ text }) => (
                <span class="chip">{oneLine(text, 40)}</span>
              ))}
            </dd>
          </>
        )}
      </dl>
      {view.events
        .filter(({ what }) => what === 'categorised')
        .map(({ who, at, detail }) => (
          <p class="small">
            <Icon name="check" />{' '}
            {say.corrected(
              nameOf(who),
              titleOf(String(detail['from'] ?? '')),
              titleOf(String(detail['to'] ?? '')),
              fromNow(at, reading),
            )}
          </p>
        ))}
      {view.mayWork && (
        <div class="stack">
          <p class="soft small">{say.correct}</p>
          <div class="row">
            {ticket.alternatives
              .filter((category) => config.playbooks.has(category))
              .slice(0, 3)
              .map((category) => (
                <ActButton
                  visit={visit}
                  to={`${path}/category`}
                  fields={{ category }}
                  label={say.rather(titleOf(category))}
                />
              ))}
            <ActButton
              visit={visit}
              to={`${path}/dismiss`}
              fields={{ reason: 'not-negative' }}
              label={words[language].dismissReason['not-negative']}
            />
            <ActButton
              visit={visit}
              to={`${path}/dismiss`}
              fields={{ reason: 'not-us' }}
              label={words[language].dismissReason['not-us']}
            />
          </div>
          <Act visit={visit} to={`${path}/category`} class="fields">
            <Select
              name="category"
              label={say.other}
              value=""
              options={others.map(({ category, title }) => ({ value: category, label: title[language] }))}
            />
            <div class="fit">
              <button type="submit">{say.change}</button>
            </div>
          </Act>
        </div>
      )}
    </section>
  )
}

export function MatchFact({
  judged,
  visit,
  watchName,
}: {
  readonly judged: JudgedMention
  readonly visit: Visit
  readonly watchName: string
}) {
  const say = ticketWords[visit.language].why
  const { spans, confirmedBy, certain } = judged.mention.match
  const terms = [...new Set(spans.map(({ term }) => term))].slice(0, 6)
  const clues = [...new Set(confirmedBy)].slice(0, 6)
  return (
    <>
      <dt>{say.about}</dt>
      <dd>
        {terms.length > 0 ? say.aboutText(watchName, list(terms, visit.language)) : watchName}
        {clues.length > 0 && <span class="soft">, {say.confirmed(list(clues, visit.language))}</span>}
        {!certain && <span class="chip note">{say.uncertain}</span>}
      </dd>
    </>
  )
}

export function ToneFact({
  judged,
  evidence,
  visit,
}: {
  readonly judged: JudgedMention
  readonly evidence: readonly { readonly text: string; readonly weight: number }[]
  readonly visit: Visit
}) {
  const { judgement } = judged
  const { language } = visit
  const say = ticketWords[language].why
  if (!judgement) {
    return (
      <>
        <dt>{say.negative}</dt>
        <dd>{say.rules['language-not-judged']}</dd>
      </>
    )
  }
  const what = words[language].polarity[judgement.polarity]
  return (
    <>
      <dt>{say.negative}</dt>
      <dd>{judgement.sure ? say.sure(what, percent(judgement.confidence, language)) : say.unsure(what)}</dd>
      {evidence.length > 0 && (
        <>
          <dt>{say.words}</dt>
          <dd class="row">
            {strongest(evidence).map(({ text, weight }) => (
              <mark class={weight > 0 ? 'neg' : 'pos'}>
                {oneLine(text, 40)}
                <span class="sr"> ({weight > 0 ? say.heavier : say.lighter})</span>
              </mark>
            ))}
          </dd>
        </>
      )}
    </>
  )
}
