import type { Child } from 'hono/jsx'
import type { ReaderLanguage } from '../domain/person.ts'
import type { Severity } from '../domain/playbook.ts'
import type { Span } from '../domain/span.ts'
import { openStates, type Ticket } from '../domain/ticket.ts'
import { languageTag, quoted, webAddress } from '../notify/mail-clean.ts'
import {
  dayAndTime,
  fromNow,
  howLong,
  number,
  type Reading,
  shortDayAndTime,
} from '../notify/mail-formats.ts'
import { isOne } from '../notify/mail-words.ts'
import { Icon } from './icons.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

/** A form that changes something: always by POST, always with the token. */
export function Act({
  visit,
  to,
  class: className,
  back,
  children,
  ...rest
}: {
  readonly visit: Pick<Visit, 'formToken' | 'here'>
  readonly to: string
  readonly class?: string
  /** Where to come back to, when it is not the page itself. */
  readonly back?: string
  readonly id?: string
  readonly 'data-ticks'?: string
  readonly 'data-draft'?: string
  readonly 'data-writing'?: string
  readonly children?: Child
}) {
  return (
    <form method="post" action={to} class={`act ${className ?? ''}`.trim()} {...rest}>
      <input type="hidden" name="_token" value={visit.formToken} />
      <input type="hidden" name="_back" value={back ?? visit.here} />
      {children}
    </form>
  )
}

/** One button that acts. */
export function ActButton({
  visit,
  to,
  label,
  look = 'small',
  fields = {},
  back,
}: {
  readonly visit: Pick<Visit, 'formToken' | 'here'>
  readonly to: string
  readonly label: Child
  readonly look?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly back?: string
}) {
  return (
    <Act visit={visit} to={to} {...(back === undefined ? {} : { back })}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={look}>
        {label}
      </button>
    </Act>
  )
}

/** Only where a script can copy; else the text is there to be selected. */
export function CopyButton({ of, visit }: { readonly of: string; readonly visit: Visit }) {
  const say = words[visit.language]
  return (
    <button type="button" class="js-only small" data-copy={of} data-copied={say.copied}>
      {say.copy}
    </button>
  )
}

/** An instant as people say it, with the exact one for machines and on hover. */
export function Time({ at, reading }: { readonly at: Date; readonly reading: Reading }) {
  return (
    <time datetime={at.toISOString()} title={dayAndTime(at, reading)}>
      {fromNow(at, reading)}
    </time>
  )
}

export function ExactTime({ at, reading }: { readonly at: Date; readonly reading: Reading }) {
  return <time datetime={at.toISOString()}>{shortDayAndTime(at, reading)}</time>
}

const soonMs = 2 * 3_600_000

/** What is left of the deadline that comes next: to have looked at a new ticket, to have answered a seen one. */
export function nextDeadline(ticket: Ticket): { at: Date; isToSee: boolean } | null {
  if (!openStates.includes(ticket.state)) return null
  const isToSee = ticket.state === 'new'
  return { at: isToSee ? ticket.seenBy : ticket.answerBy, isToSee }
}

export function Deadline({ ticket, visit }: { readonly ticket: Ticket; readonly visit: Visit }) {
  const { reading, language } = visit
  const say = words[language]
  const next = nextDeadline(ticket)
  if (!next) return null
  const leftMs = next.at.getTime() - reading.now.getTime()
  const much = howLong(Math.max(1, Math.abs(Math.round(leftMs / 60_000))), language)
  const tone = leftMs < 0 ? 'late' : leftMs < soonMs ? 'soon' : ''
  return (
    <span class={`due ${tone}`}>
      <Icon name="clock" />
      <time datetime={next.at.toISOString()} title={dayAndTime(next.at, reading)}>
        {leftMs < 0 ? say.late(much) : say.left(much)}
      </time>
      <span class="soft small">{next.isToSee ? say.toSee : say.toAnswer}</span>
    </span>
  )
}

export function SeverityChip({ severity, visit }: { readonly severity: Severity; readonly visit: Visit }) {
  const isGrave = severity === 'critical' || severity === 'high'
  return (
    <span class={`chip ${isGrave ? severity : ''}`.trim()}>
      {isGrave && <Icon name={severity === 'critical' ? 'stop' : 'warn'} />}
      {words[visit.language].severity[severity]}
    </span>
  )
}

export function StateChip({ ticket, visit }: { readonly ticket: Ticket; readonly visit: Visit }) {
  const tone =
    ticket.state === 'answered'
      ? 'good'
      : ticket.state === 'in-approval'
        ? 'note'
        : ticket.state === 'new'
          ? 'fresh'
          : ''
  return <span class={`chip ${tone}`.trim()}>{words[visit.language].state[ticket.state]}</span>
}

export function countWords(
  count: number,
  say: (count: string, one: boolean) => string,
  { language }: Pick<Visit, 'language'>,
): string {
  return say(number(count, language), isOne(count, language))
}

/** A text from outside: every word, nothing hidden, places marked; cut when it is very long. */
export function Outside({
  text,
  spans = [],
  limit = 20_000,
  language,
  visit,
}: {
  readonly text: string
  readonly spans?: readonly (Span & { readonly tone?: 'neg' | 'pos' })[]
  readonly limit?: number
  readonly language?: string | null
  readonly visit: Visit
}) {
  const { pieces, hidden } = quoted(text, limit, spans)
  return (
    <span lang={languageTag(language ?? null)}>
      {pieces.map((piece) => (piece.marked ? <mark>{piece.text}</mark> : piece.text))}
      {hidden > 0 && <span class="soft"> {words[visit.language].cut(number(hidden, visit.language))}</span>}
    </span>
  )
}

/** A link to the outside, when the address is one a person may follow. */
export function OutLink({ url, children }: { readonly url: string | null; readonly children?: Child }) {
  const address = webAddress(url)
  if (address === null) return <>{children}</>
  return (
    <a href={address} rel="noopener noreferrer nofollow external">
      {children}
    </a>
  )
}

export interface Option {
  readonly value: string
  readonly label: string
}

export function Select({
  name,
  label,
  options,
  value,
  id = name,
}: {
  readonly name: string
  readonly label: string
  readonly options: readonly Option[]
  readonly value: string
  readonly id?: string
}) {
  return (
    <div>
      <label for={id}>{label}</label>
      <select id={id} name={name}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

export function Field({
  name,
  label,
  hint,
  value = '',
  id = name,
  ...rest
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly value?: string
  readonly id?: string
  readonly type?: string
  readonly required?: boolean
  readonly placeholder?: string
  readonly autocomplete?: string
  readonly inputmode?: 'text' | 'url' | 'email' | 'numeric'
  readonly 'data-gap'?: string
  readonly maxlength?: number
  readonly autofocus?: boolean
}) {
  return (
    <div>
      <label for={id}>{label}</label>
      <input id={id} name={name} value={value} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** Links to what follows and back to the beginning of a list. */
export function MorePage({
  query,
  next,
  isShort,
  visit,
}: {
  readonly query: URLSearchParams
  readonly next: string | null
  /** The page is not full: the search stopped and goes on where it was. */
  readonly isShort: boolean
  readonly visit: Visit
}) {
  const say = words[visit.language]
  const after = query.get('after')
  if (next === null && after === null) return null
  return (
    <nav class="more-page" aria-label={say.next}>
      {after !== null && (
        <a class="button" href={addressWith(query, { after: null })}>
          {say.first}
        </a>
      )}
      {next !== null && (
        <a class="button" href={addressWith(query, { after: next })} rel="next">
          {isShort ? say.goOn : say.next}
        </a>
      )}
    </nav>
  )
}

/** The same page with some of its query changed; null or empty takes a key away. */
export function addressWith(
  query: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
  path = '',
): string {
  const changed = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') changed.delete(name)
    else changed.set(name, value)
  }
  for (const [name, value] of [...changed]) if (value === '') changed.delete(name)
  const text = changed.toString()
  return text === '' ? path || '?' : `${path}?${text}`
}

export function Table({
  caption,
  head,
  rows,
  language,
}: {
  readonly language: ReaderLanguage
  readonly caption: string
  readonly head: readonly string[]
  /** Numbers stand right. */
  readonly rows: readonly (readonly (string | number | Child)[])[]
}) {
  return (
    <section class="scroll" tabindex={0} aria-label={words[language].tableOf(caption)}>
      <table>
        <caption class="sr">{caption}</caption>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th scope="col" class={index > 0 ? 'n' : undefined}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell, index) =>
                index === 0 ? <th scope="row">{cell}</th> : <td class="n">{cell}</td>,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
