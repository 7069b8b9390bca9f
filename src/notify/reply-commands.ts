import { instantOf } from '../domain/calendar.ts'
import { approximateMs, type Duration, type DurationUnit } from '../domain/duration.ts'
import type { Person } from '../domain/person.ts'
import type { DismissReason } from '../domain/ticket.ts'
import { fold } from '../domain/word.ts'

/** What a person asks for in an answer. */
export type ReplyCommand =
  | { readonly kind: 'seen' }
  | { readonly kind: 'answered'; readonly url: string | null }
  | { readonly kind: 'dismiss'; readonly reason: DismissReason; readonly detail: string }
  | { readonly kind: 'assign'; readonly to: string }
  | { readonly kind: 'snooze'; readonly until: Date }

/** A line that looks like a command and cannot be obeyed, to be told to its author. */
export interface CommandProblem {
  readonly line: string
  readonly why:
    | 'unknown-word'
    | 'unknown-person'
    | 'bad-address'
    | 'bad-time'
    | 'not-alone'
    /** More commands than a person gives: more likely our own list of them, quoted back. */
    | 'too-many'
    /** The mail that was answered could not be told apart, and the command might be its. */
    | 'unclear-quote'
    /** The mail that was answered is about no ticket. */
    | 'no-ticket'
}

export interface CommandsRead {
  readonly commands: readonly ReplyCommand[]
  readonly problems: readonly CommandProblem[]
  /** What is left to keep beside the ticket. */
  readonly note: string
}

export interface CommandContext {
  readonly people: ReadonlyMap<string, Person>
  /** Who writes: their zone is the one of a date. */
  readonly author: Person
  readonly now: Date
}

const maxCommands = 3
export const maxNoteLength = 20_000

/** Reads the commands that stand alone on a line, in English or French, with or without accents; the rest is a note. */
export function readCommands(text: string, context: CommandContext): CommandsRead {
  const commands: ReplyCommand[] = []
  const problems: CommandProblem[] = []
  const rest: string[] = []
  const lines = text.split('\n')
  for (const line of lines) {
    const result = readLine(line, context)
    if (result === null) rest.push(line)
    else if (typeof result === 'object') commands.push(result)
    else {
      rest.push(line)
      problems.push({ line: line.trim().slice(0, 200), why: result })
    }
  }
  if (commands.length > maxCommands) {
    return { commands: [], problems: [{ line: '', why: 'too-many' }], note: noteOf(lines) }
  }
  return { commands, problems: problems.slice(0, 10), note: noteOf(rest) }
}

type LineReader = (rest: string, context: CommandContext) => ReplyCommand | CommandProblem['why']

const readers: readonly (readonly [words: RegExp, read: LineReader])[] = [
  [/^(?:seen|vue?)$/, alone(() => ({ kind: 'seen' }))],
  [/^(?:answered|repondue?)$/, readAnswered],
  [/^(?:no[- ]?answer|sans[- ]?reponse)$/, (detail) => ({ kind: 'dismiss', reason: 'no-answer', detail })],
  [/^(?:not[- ]?us|pas[- ]?nous)$/, alone(() => ({ kind: 'dismiss', reason: 'not-us', detail: '' }))],
  [
    /^(?:not[- ]?negative|pas[- ]?negati(?:f|ve))$/,
    alone(() => ({ kind: 'dismiss', reason: 'not-negative', detail: '' })),
  ],
  [/^(?:assign|confier)$/, readAssign],
  [/^(?:snooze|reporter)$/, readSnooze],
]

/** A command, why it is none although it looks like one, or null for any other line. */
function readLine(line: string, context: CommandContext): ReplyCommand | CommandProblem['why'] | null {
  const bare = line
    .slice(0, 2500)
    .trim()
    .replace(/^[*_]{1,3}(?=[#＃])|[*_]{1,3}$/g, '')
  if (!/^[#＃]\p{L}/u.test(bare)) return null
  // Keyboards and mail programs put their own hyphens and spaces.
  const asked = bare
    .slice(1)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
  for (const take of [2, 1]) {
    const { word, rest } = splitWords(asked, take)
    const reader = readers.find(([words]) => words.test(word))
    if (reader) return reader[1](rest, context)
  }
  // A topic, as people write `#beer`, is no command gone wrong unless it stands alone.
  return /^\S+$/.test(asked) ? 'unknown-word' : null
}

function splitWords(text: string, take: number): { word: string; rest: string } {
  const parts = text.split(' ')
  const word = fold(parts.slice(0, take).join(' ')).replace(/[.!,;:]$/, '')
  return { word, rest: parts.slice(take).join(' ').trim() }
}

function alone(command: () => ReplyCommand): LineReader {
  return (rest) => (/^[.!,;]?$/.test(rest) ? command() : 'not-alone')
}

function readAnswered(rest: string): ReplyCommand | CommandProblem['why'] {
  if (rest === '') return { kind: 'answered', url: null }
  // Programs turn an address into a link and write it twice: `https://… <https://…>`.
  const [first = '', second = ''] = rest.split(' ').map((part) => part.replace(/^[<[(]+|[>\])]+$/g, ''))
  if (!isWebAddress(first) || (second !== '' && second !== first)) return 'bad-address'
  return { kind: 'answered', url: first }
}

function isWebAddress(text: string): boolean {
  return text.length <= 2000 && /^https?:\/\//i.test(text) && URL.canParse(text)
}

function readAssign(rest: string, { people }: CommandContext): ReplyCommand | CommandProblem['why'] {
  const asked = fold(rest.replace(/^@/, '').trim())
  const called = [...people.values()].filter(({ id, name, email }) =>
    [fold(id), fold(name), email.toLowerCase()].includes(asked),
  )
  const byFirstName = [...people.values()].filter(({ name }) => fold(name.split(' ')[0] ?? '') === asked)
  const [one, other] = called.length > 0 ? called : byFirstName
  return one && !other ? { kind: 'assign', to: one.id } : 'unknown-person'
}

const units: readonly (readonly [names: RegExp, unit: DurationUnit, times: number])[] = [
  [/^(?:m|mn|min|minutes?)$/, 'minute', 1],
  [/^(?:h|hours?|heures?)$/, 'hour', 1],
  [/^(?:d|days?|j|jours?)$/, 'day', 1],
  [/^(?:w|weeks?|sem|semaines?)$/, 'day', 7],
  [/^(?:mo|months?|mois)$/, 'month', 1],
]
const longestSnooze: Duration = { amount: 1, unit: 'year' }
const morning = 8 * 60

/** `2d`, `2 jours`, or a date, at eight in the morning where the author is; a year at most. */
function readSnooze(rest: string, { author, now }: CommandContext): ReplyCommand | CommandProblem['why'] {
  const until = /^\d{4}-\d{2}-\d{2}$/.test(rest)
    ? instantOf(rest, morning, author.timezone)
    : new Date(now.getTime() + lengthOf(rest))
  const waitMs = until.getTime() - now.getTime()
  return waitMs > 0 && waitMs <= approximateMs(longestSnooze) ? { kind: 'snooze', until } : 'bad-time'
}

/** In milliseconds; 0 for what is no length of time. */
function lengthOf(text: string): number {
  const match = /^(\d{1,5}) ?([a-z]{1,8})$/.exec(fold(text))
  const unit = units.find(([names]) => names.test(match?.[2] ?? ''))
  return unit ? approximateMs({ amount: Number(match?.[1]) * unit[2], unit: unit[1] }) : 0
}

function noteOf(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, maxNoteLength)
}
