import type { Person } from '../domain/person.ts'
import { oneLine, preheaderOf } from './mail-clean.ts'
import { Bullets, Button, Buttons, Footer, look, mailHtml, Row, Section } from './mail-layout.tsx'
import { blocks, heading, lines, paragraph, point } from './mail-text.ts'
import { confirmationWords } from './mail-words-confirmation.ts'
import type { MailText } from './views.ts'

/** What an answer by mail has led to. */
export interface ConfirmationView {
  readonly reader: Person
  /** The ticket's title and page; null when the answer was about none. */
  readonly ticket: { readonly title: string; readonly page: string; readonly subject: string } | null
  /** Sentences in the reader's language. */
  readonly done: readonly string[]
  readonly notDone: readonly string[]
}

/** One confirmation an answer, in the thread of its ticket. */
export function confirmationMail(view: ConfirmationView): MailText {
  const { reader, ticket } = view
  const words = confirmationWords[reader.language]
  const title = view.done.length > 0 ? words.title : words.refusedTitle
  const done = view.done.map((text) => oneLine(text, 500))
  const notDone = view.notDone.map((text) => oneLine(text, 500))
  const about = ticket ? oneLine(ticket.title, 120) : ''
  return {
    subject: ticket ? `Re: ${ticket.subject.replace(/^Re: /, '')}` : title,
    text: blocks(
      paragraph(about === '' ? title : `${title} (${about})`),
      ...(done.length > 0
        ? [heading(words.done, reader.language), lines(...done.map((text) => point(text)))]
        : []),
      ...(notDone.length > 0
        ? [heading(words.notDone, reader.language), lines(...notDone.map((text) => point(text)))]
        : []),
      ...(ticket ? [ticket.page] : []),
      `-- \n${paragraph(words.footer)}\n`,
    ),
    html: mailHtml(
      {
        language: reader.language,
        subject: title,
        preheader: preheaderOf(about === '' ? title : words.preheader(about)),
      },
      <>
        <Row top={16}>
          <h1 {...look.h1}>{title}</h1>
          {about !== '' && <p {...look.lead}>{about}</p>}
        </Row>
        {done.length > 0 && (
          <Section title={words.done}>
            <Bullets items={done} />
          </Section>
        )}
        {notDone.length > 0 && (
          <Section title={words.notDone}>
            <Bullets items={notDone} />
          </Section>
        )}
        {ticket && (
          <Row top={8}>
            <Buttons>
              <Button href={ticket.page} label={words.open} />
            </Buttons>
          </Row>
        )}
        <Footer paragraphs={[words.footer]} />
      </>,
    ),
  }
}
