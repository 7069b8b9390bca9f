import type { ReaderLanguage } from '../domain/person.ts'
import { Chart, chartAttachments } from './mail-chart.tsx'
import { fitted, preheaderOf } from './mail-clean.ts'
import { csv } from './mail-csv.ts'
import {
  type CrisisParts,
  type DigestNews,
  type DigestParts,
  digestParts,
  ticketsInMail,
} from './mail-digest-parts.ts'
import { digestText } from './mail-digest-text.ts'
import {
  Bullets,
  Button,
  Buttons,
  Figures,
  Footer,
  look,
  Masthead,
  mailHtml,
  Row,
  Section,
  TitleLink,
} from './mail-layout.tsx'
import { TicketList } from './mail-tickets.tsx'
import { mailWords } from './mail-words.ts'
import { digestWords } from './mail-words-digest.ts'
import type { Attachment, DigestTicket, DigestView, MailText } from './views.ts'

/** Everything at its hour; on a quiet day a few lines that say so, and that every source answered. */
export function digestMail(view: DigestNews, now: Date): MailText {
  const parts = digestParts(view, now)
  const attachments = [
    ...(parts.week.length > 0 ? chartAttachments(view.week) : []),
    ...(view.waiting.length > ticketsInMail ? [restAttachment(view)] : []),
  ]
  return {
    subject: parts.subject,
    text: digestText(parts, view.language),
    html: fitted((share) => digestHtml(digestParts(view, now, share), view.language)),
    ...(attachments.length > 0 ? { attachments } : {}),
  }
}

function restAttachment(view: DigestView): Attachment {
  const words = digestWords[view.language]
  const rows = view.waiting.slice(ticketsInMail).map((ticket) => csvRow(ticket, view))
  return {
    filename: `vigie-${words.csvName}-${view.localDate}.csv`,
    contentType: 'text/csv; charset=utf-8',
    // Spreadsheets set to French expect the semicolon.
    content: csv([words.csvHeader, ...rows], view.language === 'fr' ? ';' : ','),
  }
}

function csvRow(ticket: DigestTicket, { language }: DigestView): string[] {
  const words = digestWords[language]
  return [
    String(ticket.id),
    mailWords[language].severity[ticket.severity],
    words.states[ticket.state] ?? ticket.state,
    ticket.title,
    ticket.categoryTitle,
    ticket.watchName,
    ticket.ownerName,
    ticket.answerBy.toISOString(),
    ticket.isOverdue ? words.yes : words.no,
    String(ticket.mentionCount),
    ticket.page,
  ]
}

function digestHtml(parts: DigestParts, language: ReaderLanguage): string {
  const words = digestWords[language]
  const preheader = preheaderOf(`${parts.headline}. ${parts.summary}`)
  return mailHtml(
    { language, subject: parts.subject, preheader },
    <>
      <Masthead left={parts.company} right={parts.date} />
      <Row top={12}>
        <h1 {...look.h1}>{parts.headline}</h1>
        <p {...look.lead}>{parts.summary}</p>
      </Row>
      {parts.crises.map((crisis) => (
        <Crisis crisis={crisis} />
      ))}
      {parts.late && (
        <Row top={16}>
          <div {...look.notice}>{parts.late}</div>
        </Row>
      )}
      <Trouble title={words.refused} items={parts.refused} />
      <Trouble title={words.undelivered} items={parts.undelivered} />
      {parts.figures.length > 0 && (
        <Row top={18}>
          <Figures figures={parts.figures} />
        </Row>
      )}
      {parts.also && (
        <Row top={12}>
          <p {...look.small}>{parts.also}</p>
        </Row>
      )}
      {(parts.waiting.length > 0 || parts.waitingRest) && (
        <Section title={words.waitingTitle}>
          <TicketList tickets={parts.waiting} language={language} />
          {parts.waitingRest && <p {...look.small}>{parts.waitingRest}</p>}
        </Section>
      )}
      <Row top={16}>
        <Buttons>
          <Button href={parts.inbox} label={mailWords[language].openInbox} />
        </Buttons>
      </Row>
      {parts.clocks.length > 0 && (
        <Section title={words.clocks}>
          <Bullets items={parts.clocks} />
          <p {...look.small}>
            <em>{words.clocksNote}</em>
          </p>
        </Section>
      )}
      <ToRead parts={parts} language={language} />
      {parts.answered.length > 0 && (
        <Section title={words.answered}>
          <TicketList tickets={parts.answered} language={language} done />
          {parts.answeredRest && <p {...look.small}>{parts.answeredRest}</p>}
        </Section>
      )}
      {parts.week.length > 0 && (
        <Section title={words.week}>
          <Chart title={words.week} columns={parts.week} language={language} />
        </Section>
      )}
      {(parts.troubled.length > 0 || parts.sourcesWell) && (
        <Section title={words.sources}>
          {parts.troubled.length > 0 && <Bullets items={parts.troubled} />}
          {parts.sourcesWell && <p {...look.text}>{parts.sourcesWell}</p>}
        </Section>
      )}
      <Footer paragraphs={parts.footer} />
    </>,
  )
}

/** Before anything else: who leads, why, and where what was held can be read. */
function Crisis({ crisis }: { readonly crisis: CrisisParts }) {
  return (
    <Row top={16}>
      <div {...look.notice}>
        <strong>{crisis.title}</strong>
        {crisis.lines.map((line) => (
          <div style="margin:6px 0 0;">{line}</div>
        ))}
        <div style="margin:8px 0 0;">
          <a href={crisis.link.url} {...look.link}>
            {crisis.link.label}
          </a>
        </div>
      </div>
    </Row>
  )
}

/** What went wrong with Vigie itself comes before what was said about the company. */
function Trouble({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null
  return (
    <Row top={16}>
      <div {...look.notice}>
        <strong>{title}</strong>
        {items.map((item) => (
          <div style="margin:6px 0 0;">{item}</div>
        ))}
      </div>
    </Row>
  )
}

function ToRead({ parts, language }: { readonly parts: DigestParts; readonly language: ReaderLanguage }) {
  const words = digestWords[language]
  if (parts.toRead.length === 0 && parts.toReadRest === null) return null
  return (
    <Section title={words.toRead}>
      <p {...look.small}>{words.toReadHint}</p>
      {parts.toRead.map(({ title, about, url }) => (
        <div style="margin:0 0 12px;">
          <div {...look.row}>
            <bdi>{url === null ? title : <TitleLink href={url}>{title}</TitleLink>}</bdi>
          </div>
          <div class="muted" style="font-size:14px;line-height:21px;color:#53606d;">
            <bdi>{about}</bdi>
          </div>
        </div>
      ))}
      {parts.toReadRest && <p {...look.small}>{parts.toReadRest}</p>}
    </Section>
  )
}
