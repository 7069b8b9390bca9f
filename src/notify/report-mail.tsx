import type { ReaderLanguage } from '../domain/person.ts'
import { Chart, chartAttachments } from './mail-chart.tsx'
import { fitted, preheaderOf } from './mail-clean.ts'
import {
  Button,
  Buttons,
  Fact,
  Figures,
  Footer,
  look,
  Masthead,
  mailHtml,
  Row,
  Section,
  Table,
} from './mail-layout.tsx'
import { type ReportParts, type ReportView, reportParts } from './mail-report-parts.ts'
import { blocks, colon, heading, lines, paragraph, point } from './mail-text.ts'
import { TicketList, ticketText } from './mail-tickets.tsx'
import { mailWords } from './mail-words.ts'
import { reportWords } from './mail-words-report.ts'
import type { MailText } from './views.ts'

/** How a week or a month went: how much was said, how fast it was answered, what still waits. */
export function reportMail(view: ReportView, now: Date): MailText {
  const parts = reportParts(view, now)
  const hasChart = parts.columns.length > 0
  return {
    subject: parts.subject,
    text: reportText(parts, view.language),
    html: fitted(() => reportHtml(parts, view.language)),
    ...(hasChart ? { attachments: chartAttachments(view.columns.slice(0, parts.columns.length)) } : {}),
  }
}

function reportText(parts: ReportParts, language: ReaderLanguage): string {
  const words = reportWords[language]
  const facts = (title: string, items: ReportParts['times']) =>
    items.length === 0
      ? null
      : blocks(
          heading(title, language),
          lines(...items.map(({ label, value }) => point(`${label}${colon(language)} ${value}`))),
        )
  return blocks(
    paragraph(`${parts.company}. ${parts.period}. ${parts.headline}.`),
    paragraph(`${parts.figures.map(({ value, label }) => `${value} ${label}`).join(', ')}.`),
    parts.before && paragraph(parts.before),
    parts.also && paragraph(parts.also),
    facts(words.times, parts.times),
    parts.columns.length > 0
      ? blocks(heading(words.chart, language), lines(...parts.columns.map(({ told }) => point(`${told}.`))))
      : null,
    facts(words.categories, parts.categories),
    facts(words.watches, parts.watches),
    parts.waiting.length > 0
      ? blocks(
          heading(words.waiting, language),
          parts.waiting.map((ticket) => ticketText(ticket, language)),
        )
      : null,
    paragraph(mailWords[language].inbox(parts.inbox)),
    `-- \n${lines(...parts.footer.map((text) => paragraph(text)))}\n`,
  )
}

function reportHtml(parts: ReportParts, language: ReaderLanguage): string {
  const words = reportWords[language]
  return mailHtml(
    { language, subject: parts.subject, preheader: preheaderOf(parts.headline) },
    <>
      <Masthead left={parts.company} right="" />
      <Row top={12}>
        <p {...look.small}>{parts.period}</p>
        <h1 {...look.h1}>{parts.headline}</h1>
      </Row>
      <Row top={18}>
        <Figures figures={parts.figures} />
      </Row>
      <Row top={12}>
        {parts.before && <p {...look.small}>{parts.before}</p>}
        {parts.also && <p {...look.small}>{parts.also}</p>}
      </Row>
      <Facts title={words.times} items={parts.times} />
      {parts.columns.length > 0 && (
        <Section title={words.chart}>
          <Chart title={words.chart} columns={parts.columns} language={language} />
        </Section>
      )}
      <Facts title={words.categories} items={parts.categories} />
      <Facts title={words.watches} items={parts.watches} />
      {parts.waiting.length > 0 && (
        <Section title={words.waiting}>
          <TicketList tickets={parts.waiting} language={language} />
        </Section>
      )}
      <Row top={12}>
        <Buttons>
          <Button href={parts.inbox} label={mailWords[language].openInbox} />
        </Buttons>
      </Row>
      <Footer paragraphs={parts.footer} />
    </>,
  )
}

function Facts({ title, items }: { readonly title: string; readonly items: ReportParts['times'] }) {
  if (items.length === 0) return null
  return (
    <Section title={title}>
      <Table>
        {items.map(({ label, value }) => (
          <Fact label={label}>{value}</Fact>
        ))}
      </Table>
    </Section>
  )
}
