import type { ReaderLanguage } from '../domain/person.ts'
import type { Severity } from '../domain/playbook.ts'
import { oneLine, webAddress } from './mail-clean.ts'
import { dayAndTime, number, type Reading, shortDayAndTime } from './mail-formats.ts'
import { look, SeverityMark, TitleLink } from './mail-layout.tsx'
import { lines, paragraph } from './mail-text.ts'
import { isOne, mailWords } from './mail-words.ts'
import type { DigestTicket } from './views.ts'

/** What a list of tickets needs to know of each. */
export type TicketRow = Omit<DigestTicket, 'state' | 'isOverdue' | 'isNew'> &
  Partial<Pick<DigestTicket, 'isOverdue' | 'isNew'>>

/** A ticket of a list, cleaned and in the reader's words. */
export interface TicketParts {
  readonly id: number
  readonly severity: Severity
  readonly severityWord: string
  readonly title: string
  /** Category, watch, owner. */
  readonly about: readonly string[]
  readonly deadline: string
  /** The same where there is little room. */
  readonly shortDeadline: string
  readonly isOverdue: boolean
  readonly isNew: boolean
  readonly page: string | null
}

export function ticketParts(ticket: TicketRow, reading: Reading): TicketParts {
  const { language } = reading
  const words = mailWords[language]
  const { mentionCount, isOverdue = ticket.answerBy < reading.now } = ticket
  const due = isOverdue ? words.overdueSince : words.before
  const mentions = words.mentions(number(mentionCount, language), isOne(mentionCount, language))
  return {
    id: ticket.id,
    severity: ticket.severity,
    severityWord: words.severity[ticket.severity],
    title: oneLine(ticket.title, 120) || words.untitled,
    about: [
      oneLine(ticket.categoryTitle, 60),
      oneLine(ticket.watchName, 60),
      words.owner(oneLine(ticket.ownerName, 60)),
      ...(mentionCount > 1 ? [mentions] : []),
    ],
    deadline: due(dayAndTime(ticket.answerBy, reading)),
    shortDeadline: due(shortDayAndTime(ticket.answerBy, reading)),
    isOverdue,
    isNew: ticket.isNew ?? false,
    page: webAddress(ticket.page),
  }
}

interface TicketListProps {
  readonly tickets: readonly TicketParts[]
  readonly language: ReaderLanguage
  /** Without the deadline, for tickets that are done. */
  readonly done?: boolean
}

/** Tickets one below the other: severity and deadline, the title that opens it, then what it is about. */
export function TicketList({ tickets, language, done = false }: TicketListProps) {
  const words = mailWords[language]
  return (
    <>
      {tickets.map((ticket, index) => (
        <div
          class="rule"
          style={`padding:${index === 0 ? 0 : 14}px 0 14px;${index === 0 ? '' : 'border-top:1px solid #e6ebef;'}`}
        >
          <div style="font-size:14px;line-height:25px;">
            <SeverityMark severity={ticket.severity} language={language} />
            {'\u2002'}
            {!done && <Due ticket={ticket} />}
            {ticket.isNew && (
              <span class="muted" style="color:#53606d;">
                {' · '}
                {words.isNew}
              </span>
            )}
          </div>
          <div {...look.row}>
            <bdi>
              {ticket.page === null ? ticket.title : <TitleLink href={ticket.page}>{ticket.title}</TitleLink>}
            </bdi>{' '}
            <span class="muted" style="color:#53606d;font-weight:400;">
              #{ticket.id}
            </span>
          </div>
          <div class="muted" style="font-size:14px;line-height:21px;color:#53606d;">
            {ticket.about.map((part, position) => (
              <>
                {position > 0 && ' · '}
                <bdi>{part}</bdi>
              </>
            ))}
          </div>
        </div>
      ))}
    </>
  )
}

function Due({ ticket }: { readonly ticket: TicketParts }) {
  if (!ticket.isOverdue) {
    return (
      <span class="muted" style="color:#53606d;">
        {ticket.shortDeadline}
      </span>
    )
  }
  return (
    <span class="late" style="font-weight:600;color:#9a2c0a;">
      {ticket.shortDeadline}
    </span>
  )
}

/** The same for the plain text. */
export function ticketText(ticket: TicketParts, language: ReaderLanguage, done = false): string {
  const words = mailWords[language]
  const marks = [
    ticket.severityWord.toLowerCase(),
    ticket.isOverdue ? words.overdue : '',
    ticket.isNew ? words.isNew : '',
  ]
  const head = `${capital(words.ticket(ticket.id))}, ${marks.filter((mark) => mark !== '').join(', ')}`
  return lines(
    paragraph(`${head}. ${ticket.title}`),
    paragraph(`${[...ticket.about, ...(done ? [] : [ticket.deadline])].join(', ')}.`),
    ticket.page,
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
