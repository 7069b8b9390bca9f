import type { ReaderLanguage } from '../domain/person.ts'
import type { DigestParts } from './mail-digest-parts.ts'
import { blocks, colon, heading, lines, paragraph, point } from './mail-text.ts'
import { type TicketParts, ticketText } from './mail-tickets.tsx'
import { mailWords } from './mail-words.ts'
import { digestWords } from './mail-words-digest.ts'

/** The digest as plain text, complete by itself. */
export function digestText(parts: DigestParts, language: ReaderLanguage): string {
  const words = digestWords[language]
  return blocks(
    paragraph(`${parts.company}, ${parts.date}. ${parts.headline}.`),
    ...parts.crises.map(({ title, lines: told, link }) =>
      lines(
        paragraph(title),
        ...told.map((line) => point(line)),
        `  ${link.label}${colon(language)} ${link.url}`,
      ),
    ),
    parts.late && paragraph(parts.late),
    paragraph(parts.summary),
    parts.figures.length > 0
      ? paragraph(`${parts.figures.map(({ value, label }) => `${value} ${label}`).join(', ')}.`)
      : null,
    parts.also && paragraph(parts.also),
    list(words.refused, parts.refused),
    list(words.undelivered, parts.undelivered),
    tickets(words.waitingTitle, parts.waiting, parts.waitingRest, language),
    parts.clocks.length > 0
      ? blocks(list(heading(words.clocks, language), parts.clocks), paragraph(words.clocksNote))
      : null,
    toRead(parts, language),
    tickets(words.answered, parts.answered, parts.answeredRest, language, true),
    week(parts, language),
    list(heading(words.sources, language), [
      ...parts.troubled,
      ...(parts.sourcesWell ? [parts.sourcesWell] : []),
    ]),
    paragraph(mailWords[language].inbox(parts.inbox)),
    `-- \n${lines(...parts.footer.map((text) => paragraph(text)))}\n`,
  )
}

function list(title: string, items: readonly string[]): string | null {
  return items.length === 0 ? null : blocks(paragraph(title), lines(...items.map((item) => point(item))))
}

function tickets(
  title: string,
  shown: readonly TicketParts[],
  rest: string | null,
  language: ReaderLanguage,
  done = false,
): string | null {
  if (shown.length === 0) return rest && paragraph(rest)
  return blocks(
    heading(title, language),
    shown.map((ticket) => ticketText(ticket, language, done)),
    rest && paragraph(rest),
  )
}

function toRead(parts: DigestParts, language: ReaderLanguage): string | null {
  const words = digestWords[language]
  if (parts.toRead.length === 0) return parts.toReadRest && paragraph(parts.toReadRest)
  const items = parts.toRead.map(({ title, about, url }) =>
    lines(point(`${title} (${about})`), url && `  ${url}`),
  )
  return blocks(
    heading(words.toRead, language),
    paragraph(words.toReadHint),
    lines(...items),
    parts.toReadRest && paragraph(parts.toReadRest),
  )
}

function week({ week }: DigestParts, language: ReaderLanguage): string | null {
  const words = digestWords[language]
  if (week.length === 0) return null
  const days = week.map(({ told }) => point(`${told}.`))
  return blocks(heading(`${words.week}, ${words.weekMentions}`, language), lines(...days))
}
