import type { EvidenceRecord } from '../domain/answer.ts'
import { fullText } from '../domain/relevance.ts'
import type { TicketEvent } from '../domain/ticket.ts'
import { dismissReasons, openStates } from '../domain/ticket.ts'
import { clean, oneLine } from '../notify/mail-clean.ts'
import { Act, ExactTime, Field, Select, Time } from './parts.tsx'
import { withoutPassages } from './text-diff.ts'
import { Difference, Pieces } from './ticket-published.tsx'
import type { TicketProps } from './ticket-view.ts'
import { ticketWords } from './ticket-words.ts'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

/** Beside the work: who, until when, what else can be done, what happened. */
export function Aside(props: TicketProps) {
  return (
    <aside class="stack wide">
      <Facts {...props} />
      <Clocks {...props} />
      {props.view.mayWork && <OtherActions {...props} />}
      <History {...props} />
      <EvidenceList records={props.view.records} visit={props.visit} />
    </aside>
  )
}

function Facts({ view, visit, deps }: TicketProps) {
  const { ticket, playbook } = view
  const { language, reading } = visit
  const say = ticketWords[language].side
  const { people } = deps.config
  const owner = people.get(ticket.owner)
  const deputy = people.get(playbook?.deputy ?? owner?.deputy ?? '')
  const isOpen = openStates.includes(ticket.state)
  return (
    <section class="card pad stack" aria-labelledby="brief">
      <h2 id="brief">{say.title}</h2>
      <dl class="facts">
        <dt>{say.owner}</dt>
        <dd class="strong">{owner?.name ?? ticket.owner}</dd>
        {deputy && (
          <>
            <dt>{say.deputy}</dt>
            <dd>{deputy.name}</dd>
          </>
        )}
        <dt>{say.openedAt}</dt>
        <dd>
          <ExactTime at={ticket.openedAt} reading={reading} />
        </dd>
        {isOpen && ticket.state === 'new' && (
          <>
            <dt>{say.seenBy}</dt>
            <dd>
              <ExactTime at={ticket.seenBy} reading={reading} />
            </dd>
          </>
        )}
        {isOpen && (
          <>
            <dt>{say.answerBy}</dt>
            <dd>
              <ExactTime at={ticket.answerBy} reading={reading} />
            </dd>
          </>
        )}
        <dt>{say.approval}</dt>
        <dd>{words[language].approval[ticket.approval]}</dd>
      </dl>
      {view.mayWork && (
        <Act visit={visit} to={`/tickets/${ticket.id}/assign`} class="fields">
          <Select
            name="to"
            id="assign-to"
            label={say.assign}
            value={visit.person.id}
            options={[...people.values()]
              .filter(({ role }) => role !== 'reader')
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
          <div class="fit">
            <button type="submit">{say.assignDo}</button>
          </div>
        </Act>
      )}
      <p class="soft small">{words[language].zone(reading.zone)}</p>
    </section>
  )
}

function Clocks({ view, visit }: TicketProps) {
  const { language, reading } = visit
  const say = ticketWords[language].side
  if (view.clocks.length === 0) return null
  return (
    <section class="card pad stack" aria-labelledby="clocks">
      <h2 id="clocks">{say.clocks}</h2>
      <ul class="stack">
        {view.clocks.map((clock) => (
          <li>
            <details>
              <summary>
                {clock.title[language]} ({clock.where}){' '}
                <span class={`due ${clock.at < reading.now ? 'late' : ''}`.trim()}>
                  <Time at={clock.at} reading={reading} />
                </span>
              </summary>
              <p class="soft small">{clock.note[language]}</p>
            </details>
          </li>
        ))}
      </ul>
      <p class="soft small">{say.clockNote}</p>
    </section>
  )
}

function OtherActions({ view, visit }: TicketProps) {
  const { ticket } = view
  const { language } = visit
  const say = ticketWords[language].side
  const path = `/tickets/${ticket.id}`
  const isOpen = openStates.includes(ticket.state)
  const lengths = Object.entries(say.snoozeOptions).map(([value, label]) => ({ value, label }))
  const first = view.mentions[0]
  return (
    <section class="card pad stack no-print" aria-labelledby="actions">
      <h2 id="actions">{say.actions}</h2>
      <details>
        <summary>{say.note}</summary>
        <Act visit={visit} to={`${path}/note`} class="stack">
          <label for="note">{say.noteText}</label>
          <textarea id="note" name="text" rows={3} required maxlength={10_000}></textarea>
          <button type="submit">{say.noteDo}</button>
        </Act>
      </details>
      {isOpen && (
        <details>
          <summary>{say.snooze}</summary>
          <Act visit={visit} to={`${path}/snooze`} class="stack">
            <Select name="until" id="snooze-until" label={say.snoozeFor} value="1d" options={lengths} />
            <button type="submit">{say.snooze}</button>
          </Act>
        </details>
      )}
      {isOpen && (
        <details>
          <summary>{say.dismiss}</summary>
          <Act visit={visit} to={`${path}/dismiss`} class="stack">
            <fieldset class="check">
              <legend class="label">{say.reason}</legend>
              {dismissReasons.map((reason) => (
                <label>
                  <input type="radio" name="reason" value={reason} required />
                  <span>{words[language].dismissReason[reason]}</span>
                </label>
              ))}
            </fieldset>
            <Field
              name="words"
              id="dismiss-words"
              label={say.reasonWords}
              maxlength={500}
              autocomplete="off"
            />
            <button type="submit">{say.dismissDo}</button>
          </Act>
        </details>
      )}
      <details>
        <summary>{say.silence}</summary>
        <Act visit={visit} to={`${path}/silence`} class="stack">
          <Field
            name="query"
            id="silence-query"
            label={say.silenceQuery}
            hint={say.silenceHint}
            value={[...new Set(first?.mention.match.spans.map(({ term }) => term) ?? [])]
              .slice(0, 1)
              .join(' ')}
            required
            maxlength={300}
            autocomplete="off"
          />
          <Select name="for" id="silence-for" label={say.silenceFor} value="1d" options={lengths} />
          <Field
            name="reason"
            id="silence-reason"
            label={say.silenceReason}
            required
            maxlength={300}
            autocomplete="off"
          />
          <button type="submit">{say.silenceDo}</button>
        </Act>
      </details>
      <details>
        <summary>{say.merge}</summary>
        <Act visit={visit} to={`${path}/merge`} class="stack">
          <Field
            name="into"
            id="merge-into"
            label={say.mergeInto}
            inputmode="numeric"
            required
            maxlength={12}
            autocomplete="off"
          />
          <button type="submit">{say.mergeDo}</button>
        </Act>
      </details>
    </section>
  )
}

const eventsShown = 60

function History(props: TicketProps) {
  const { view, visit, deps } = props
  const say = ticketWords[visit.language].side
  return (
    <section class="card pad stack" aria-labelledby="history">
      <h2 id="history">{say.history}</h2>
      <ol class="timeline">
        {[...view.events]
          .reverse()
          .slice(0, eventsShown)
          .map((event) => (
            <li class={event.who === 'vigie' ? '' : 'person'}>
              <div>
                <EventText event={event} {...props} />
                <div class="soft">
                  {event.who === 'vigie'
                    ? words[visit.language].vigie
                    : (deps.config.people.get(event.who)?.name ?? event.who)}
                  , <Time at={event.at} reading={visit.reading} />
                </div>
              </div>
            </li>
          ))}
      </ol>
    </section>
  )
}

function EventText({ event, view, visit, deps }: TicketProps & { readonly event: TicketEvent }) {
  const say = ticketWords[visit.language].events
  const { detail } = event
  const text = (name: string) => (typeof detail[name] === 'string' ? detail[name] : '')
  const titleOf = (category: string) => deps.config.playbooks.get(category)?.title[visit.language] ?? category
  switch (event.what) {
    case 'opened':
      return <>{detail['byHand'] === true ? say.openedByHand : say.opened}</>
    case 'assigned':
      return <>{say.assigned(deps.config.people.get(text('to'))?.name ?? text('to'))}</>
    case 'categorised':
      return <>{say.categorised(titleOf(text('to')))}</>
    case 'refused':
      return <>{say.refused(oneLine(text('reason'), 300))}</>
    case 'dismissed': {
      const reason = dismissReasons.find((known) => known === detail['reason'])
      const why = reason === undefined ? '' : words[visit.language].dismissReason[reason]
      return <>{say.dismissed([why, oneLine(text('words'), 300)].filter(Boolean).join(', '))}</>
    }
    case 'crisis': {
      const number = Number(detail['closed'] ?? detail['crisis'])
      const told = 'closed' in detail ? say.crisisClosed(oneLine(text('reason'), 300)) : say.crisis
      return <a href={`/crises/${number}`}>{told}</a>
    }
    case 'merged':
      return <>{say.merged(String(detail['into'] ?? detail['from'] ?? ''))}</>
    case 'split':
      return <>{say.split(String(detail['into'] ?? detail['from'] ?? ''))}</>
    case 'note':
      return (
        <>
          <span class="strong">{say.note}</span>
          <p class="pre">{text('text')}</p>
        </>
      )
    case 'question': {
      const questions = view.playbook?.texts.get(visit.language)?.questions ?? []
      const question = oneLine(questions[Number(detail['question'])] ?? '', 90)
      return <>{detail['isDone'] === true ? say.ticked(question) : say.unticked(question)}</>
    }
    default: {
      const known = say[event.what]
      return <>{typeof known === 'string' ? known : event.what}</>
    }
  }
}

/** What was seen of a publication, when, and what was gone. */
export function EvidenceList({
  records,
  visit,
}: {
  readonly records: readonly EvidenceRecord[]
  readonly visit: Visit
}) {
  const say = ticketWords[visit.language].side
  if (records.length === 0) return null
  return (
    <section class="card pad stack" aria-labelledby="evidence">
      <h2 id="evidence">{say.evidence}</h2>
      <ol class="timeline">
        {records.slice(0, recordsShown).map((record, index) => (
          <li>
            <div>
              <span class="strong">{say.evidenceKind[record.kind]}</span>,{' '}
              <ExactTime at={record.at} reading={visit.reading} />
              <WhatChanged record={record} before={records.slice(0, index)} />
              <p class="soft mono">{record.sha256.slice(0, 16)}</p>
            </div>
          </li>
        ))}
      </ol>
      <p class="soft small">{say.evidenceText}</p>
    </section>
  )
}

const recordsShown = 40

/** A later text beside the one before; or the first text with the passages that the page no longer holds. */
function WhatChanged({
  record,
  before,
}: {
  readonly record: EvidenceRecord
  readonly before: readonly EvidenceRecord[]
}) {
  const known = before.map(textOf).filter((text) => text !== null)
  const text = textOf(record)
  const last = known.at(-1)
  if (last === undefined) return null
  if (text !== null && text !== last) {
    return (
      <p class="answer small">
        <Difference before={last} after={text} />
      </p>
    )
  }
  const { missing } = record.payload
  const passages = Array.isArray(missing) ? missing.filter((passage) => typeof passage === 'string') : []
  if (passages.length === 0) return null
  return (
    <p class="answer small">
      <Pieces pieces={withoutPassages(clean(last.slice(0, 10_000)), passages.map(clean))} />
    </p>
  )
}

function textOf({ payload }: EvidenceRecord): string | null {
  const { title, text } = payload
  if (typeof text !== 'string') return null
  return fullText({ title: typeof title === 'string' ? title : null, text })
}
