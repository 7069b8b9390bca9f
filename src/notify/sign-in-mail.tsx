import type { ReaderLanguage } from '../domain/person.ts'
import { preheaderOf } from './mail-clean.ts'
import { Button, Buttons, Footer, look, mailHtml, Row } from './mail-layout.tsx'
import { blocks, paragraph } from './mail-text.ts'
import { signInWords } from './mail-words-sign-in.ts'
import type { MailText } from './views.ts'

/** The mail that lets a person in. */
export function signInMail(url: string, language: ReaderLanguage): MailText {
  const words = signInWords[language]
  return {
    subject: words.subject,
    text: blocks(paragraph(words.intro), url, paragraph(words.validity), `-- \n${paragraph(words.notYou)}\n`),
    html: mailHtml(
      { language, subject: words.subject, preheader: preheaderOf(words.validity) },
      <>
        <Row top={16}>
          <h1 {...look.h1}>{words.subject}</h1>
          <p {...look.lead}>{words.intro}</p>
        </Row>
        <Row top={8}>
          <Buttons>
            <Button href={url} label={words.open} />
          </Buttons>
          <p {...look.small}>{words.validity}</p>
        </Row>
        <Footer paragraphs={[words.notYou]} />
      </>,
    ),
  }
}
