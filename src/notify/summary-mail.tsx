import type { Person, ReaderLanguage } from '../domain/person.ts'
import { fitted, oneLine, preheaderOf, subjectLine } from './mail-clean.ts'
import { list, number, type Reading, time } from './mail-formats.ts'
import { Button, Buttons, Footer, look, Masthead, mailHtml, Row, Section } from './mail-layout.tsx'
import { blocks, colon, heading, lines, paragraph } from './mail-text.ts'
import { TicketList, type TicketRow, ticketParts, ticketText } from './mail-tickets.tsx'
import { isOne, mailWords } from './mail-words.ts'
import { summaryWords } from './mail-words-summary.ts'
import type { MailText } from './views.ts'

/** Alerts that would have been too many mails in an hour: what they were about, in one. */
export interface SummaryView {
  readonly reader: Person
  readonly language: ReaderLanguage
  /** The gravest first. */
  readonly tickets: readonly TicketRow[]
  readonly inbox: string
}

const ticketsShown = 50

/** "17 more": one mail in the place of many. */
export function summaryMail(view: SummaryView, now: Date): MailText {
  const { language, tickets } = view
  const words = summaryWords[language]
  const reading = { language, zone: view.reader.timezone, now }
  const headline = words.headline(number(tickets.length, language), isOne(tickets.length, language))
  return {
    subject: subjectLine(`${watchesOf(view)}${colon(language)} ${headline}`),
    text: summaryText(view, headline, reading),
    html: fitted((share) => summaryHtml(view, headline, reading, share)),
  }
}

function summaryText(view: SummaryView, headline: string, reading: Reading): string {
  const { language } = reading
  const words = summaryWords[language]
  const shown = view.tickets.slice(0, ticketsShown)
  return blocks(
    paragraph(`${headline}. ${words.why}`),
    heading(words.tickets, language),
    shown.map((ticket) => ticketText(ticketParts(ticket, reading), language)),
    rest(view, shown.length),
    paragraph(mailWords[language].inbox(view.inbox)),
    `-- \n${lines(...footer(view).map((text) => paragraph(text)))}\n`,
  )
}

function summaryHtml(view: SummaryView, headline: string, reading: Reading, share: number): string {
  const { language } = reading
  const words = summaryWords[language]
  const shown = view.tickets.slice(0, Math.max(3, Math.round(ticketsShown * share)))
  const more = rest(view, shown.length)
  return mailHtml(
    {
      language,
      subject: headline,
      preheader: preheaderOf(shown.map(({ title }) => title.slice(0, 100)).join(', ')),
    },
    <>
      <Masthead left={watchesOf(view)} right={time(reading.now, reading)} />
      <Row top={12}>
        <h1 {...look.h1}>{headline}</h1>
        <p {...look.lead}>{words.why}</p>
      </Row>
      <Section title={words.tickets}>
        <TicketList tickets={shown.map((ticket) => ticketParts(ticket, reading))} language={language} />
        {more && <p {...look.small}>{more}</p>}
      </Section>
      <Row top={8}>
        <Buttons>
          <Button href={view.inbox} label={mailWords[language].openInbox} />
        </Buttons>
      </Row>
      <Footer paragraphs={footer(view)} />
    </>,
  )
}

function watchesOf({ tickets, language }: SummaryView): string {
  const names = new Set(tickets.slice(0, 200).map(({ watchName }) => oneLine(watchName, 40)))
  return list([...names].slice(0, 3), language) || 'Vigie'
}

function rest({ tickets, language }: SummaryView, shown: number): string | null {
  const left = tickets.length - shown
  return left > 0 ? mailWords[language].more(number(left, language)) : null
}

function footer({ language, reader }: SummaryView): string[] {
  const common = mailWords[language]
  return [summaryWords[language].reason, `${common.zone(reader.timezone)} ${common.publishesNothing}`]
}
