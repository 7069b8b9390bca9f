import type { ReaderLanguage } from '../domain/person.ts'
import { type AlertParts, type AnswerParts, alertParts, type MentionParts } from './mail-alert-parts.ts'
import { alertText } from './mail-alert-text.ts'
import { fitted, type Shown } from './mail-clean.ts'
import { number } from './mail-formats.ts'
import {
  Bullets,
  Button,
  Buttons,
  Fact,
  Footer,
  Link,
  look,
  Marked,
  Masthead,
  mailHtml,
  Row,
  SecondButton,
  Section,
  SeverityMark,
  Table,
} from './mail-layout.tsx'
import { mailWords } from './mail-words.ts'
import { alertWords } from './mail-words-alert.ts'
import type { AlertView, MailText } from './views.ts'

/** One ticket that cannot wait: what was written, why it matters, by when, and how to answer. */
export function alertMail(view: AlertView, now: Date): MailText {
  const parts = alertParts(view, now)
  return {
    subject: parts.subject,
    text: alertText(parts, view.language),
    html: fitted((share) => alertHtml(alertParts(view, now, share), view.language)),
  }
}

function alertHtml(parts: AlertParts, language: ReaderLanguage): string {
  const words = alertWords[language]
  const { openTicket, openPost } = mailWords[language]
  const { mention, replyTo } = parts
  return mailHtml(
    { language, subject: parts.subject, preheader: parts.preheader },
    <>
      <Masthead left={parts.watch} right={parts.ticketName} />
      {parts.drill && (
        <Row top={14}>
          <div {...look.notice}>{words.drill}</div>
        </Row>
      )}
      <Row top={18}>
        <SeverityMark severity={parts.severity} language={language} />
        <h1 {...look.h1}>{parts.category}</h1>
        <p {...look.lead}>
          {parts.intro} {parts.tally}
        </p>
      </Row>
      <Row top={14}>
        <Deadlines parts={parts} />
      </Row>
      {mention && (
        <Row top={26}>
          <Quote mention={mention} page={parts.page} language={language} />
        </Row>
      )}
      <Row top={22}>
        <Buttons>
          <Button href={parts.page} label={openTicket} />
          {mention?.url && <SecondButton href={mention.url} label={openPost} />}
        </Buttons>
      </Row>
      <Row top={12}>
        <Table>
          {parts.people.map(({ label, value }) => (
            <Fact label={label}>{value}</Fact>
          ))}
        </Table>
      </Row>
      <Others parts={parts} language={language} />
      <Section title={words.why}>
        <Table>
          {parts.why.map(({ label, sentences }) => (
            <Fact label={label}>{sentences.join(' ')}</Fact>
          ))}
        </Table>
      </Section>
      {parts.questions.length > 0 && (
        <Section title={words.questions}>
          <Bullets items={parts.questions} />
        </Section>
      )}
      {parts.advice.pieces.length > 0 && (
        <Section title={words.advice}>
          <p {...look.text}>
            <Cut shown={parts.advice} page={parts.page} language={language} />
          </p>
        </Section>
      )}
      {parts.answers.length > 0 && (
        <Section title={words.answers}>
          <p {...look.small}>{words.answersHint}</p>
          {parts.answers.map((answer) => (
            <Answer answer={answer} page={parts.page} language={language} />
          ))}
        </Section>
      )}
      {parts.never.length > 0 && (
        <Section title={words.never}>
          <Bullets items={parts.never} />
        </Section>
      )}
      <Clocks parts={parts} language={language} />
      {replyTo !== null && <Replies replyTo={replyTo} subject={parts.subject} language={language} />}
      <Footer paragraphs={parts.footer} />
    </>,
  )
}

function Deadlines({ parts }: { readonly parts: AlertParts }) {
  return (
    <Table {...look.panel}>
      <tr>
        {parts.deadlines.map(({ label, instant, much, isPast }) => (
          <td class="stack" width="50%" valign="top" style="padding:14px 16px;">
            <div class="muted" style="font-size:14px;line-height:20px;color:#53606d;">
              {label}
            </div>
            <div class="ink" style="font-size:15px;line-height:23px;font-weight:600;color:#18212b;">
              {instant}
            </div>
            <div
              class={isPast ? 'late' : 'muted'}
              style={`font-size:14px;line-height:20px;${isPast ? 'font-weight:600;color:#9a2c0a;' : 'color:#53606d;'}`}
            >
              {much}
            </div>
          </td>
        ))}
      </tr>
    </Table>
  )
}

interface MentionProps {
  readonly mention: MentionParts
  readonly page: string
  readonly language: ReaderLanguage
}

function Quote({ mention, page, language }: MentionProps) {
  return (
    <>
      <Byline mention={mention} />
      <blockquote {...look.quote} lang={mention.languageTag} dir="auto">
        {mention.title && (
          <>
            <strong>
              <Marked pieces={mention.title.pieces} />
            </strong>
            <br />
          </>
        )}
        <Cut shown={mention.text} page={page} language={language} />
      </blockquote>
    </>
  )
}

function Byline({ mention }: { readonly mention: MentionParts }) {
  const rest = [mention.site, mention.when, mention.stars, mention.language]
  return (
    <p {...look.small}>
      <strong class="ink" style="color:#18212b;">
        <bdi>{mention.author}</bdi>
      </strong>
      {rest.map(
        (part) =>
          part !== null &&
          part !== '' && (
            <>
              {' · '}
              <bdi>{part}</bdi>
            </>
          ),
      )}
    </p>
  )
}

/** A text and, when it was cut, the mark that says so with the way to the rest. */
function Cut({
  shown,
  page,
  language,
}: {
  readonly shown: Shown
  readonly page: string
  readonly language: ReaderLanguage
}) {
  const { cut, cutMore } = mailWords[language]
  return (
    <>
      <Marked pieces={shown.pieces} />
      {shown.hidden > 0 && (
        <span lang={language} dir="ltr">
          <br />
          <span class="muted" style="font-size:14px;color:#53606d;">
            {cut(number(shown.hidden, language))}
          </span>{' '}
          <Link href={page}>{cutMore}</Link>
        </span>
      )}
    </>
  )
}

function Others({ parts, language }: { readonly parts: AlertParts; readonly language: ReaderLanguage }) {
  const words = alertWords[language]
  const { openPost } = mailWords[language]
  if (parts.others.length === 0 && parts.othersMore === null) return null
  return (
    <Section title={words.others}>
      {parts.others.map((mention) => (
        <div style="margin:0 0 18px;">
          <Quote mention={mention} page={parts.page} language={language} />
          {mention.url && (
            <p style="margin:8px 0 0;font-size:15px;line-height:22px;">
              <Link href={mention.url}>{openPost}</Link>
            </p>
          )}
        </div>
      ))}
      {parts.othersMore && <p {...look.small}>{parts.othersMore}</p>}
    </Section>
  )
}

function Answer({
  answer,
  page,
  language,
}: {
  readonly answer: AnswerParts
  readonly page: string
  readonly language: ReaderLanguage
}) {
  const { cut, cutMore } = mailWords[language]
  const { pieces, hidden } = answer.text
  return (
    <div style="margin:16px 0 0;">
      <h3 {...look.h3}>{answer.heading}</h3>
      <div {...look.copy} lang={answer.languageTag} dir="auto">
        <Marked pieces={pieces} as="gap" />
      </div>
      {hidden > 0 && (
        <p {...look.small}>
          {cut(number(hidden, language))} <Link href={page}>{cutMore}</Link>
        </p>
      )}
      {answer.notes.map((note) => (
        <p class="muted" style="margin:6px 0 0;font-size:14px;line-height:21px;color:#53606d;">
          {note}
        </p>
      ))}
    </div>
  )
}

function Clocks({ parts, language }: { readonly parts: AlertParts; readonly language: ReaderLanguage }) {
  const words = alertWords[language]
  if (parts.clocks.length === 0) return null
  return (
    <Section title={words.clocks}>
      {parts.clocks.map(({ line, note }) => (
        <>
          <p class="ink" style="margin:0;font-size:16px;line-height:25px;color:#18212b;">
            {line}
          </p>
          <p {...look.small}>{note}</p>
        </>
      ))}
      <p {...look.small}>
        <em>{words.clocksNote}</em>
      </p>
    </Section>
  )
}

function Replies({
  replyTo,
  subject,
  language,
}: {
  readonly replyTo: string
  readonly subject: string
  readonly language: ReaderLanguage
}) {
  const words = alertWords[language]
  return (
    <Section title={words.reply}>
      <p {...look.small}>{words.replyHint}</p>
      <Table>
        {words.replies.map(({ word, rest, does }) => (
          <tr>
            <td valign="top" style="padding:0 14px 0 0;font-size:16px;line-height:26px;white-space:nowrap;">
              <a href={replyLink(replyTo, subject, `${word} `)} class="link" style={replyButton}>
                {word}
              </a>
              {rest !== '' && (
                <span class="muted" style="color:#53606d;">
                  {' '}
                  {rest}
                </span>
              )}
            </td>
            <td class="ink" valign="top" style="padding:9px 0;font-size:16px;line-height:26px;color:#18212b;">
              {does}
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

// High enough for a thumb.
const replyButton = 'display:inline-block;padding:9px 0;color:#155a86;text-decoration:underline;'

/** Opens an answer that holds the word already: one touch on a phone, without a page or a password. */
function replyLink(replyTo: string, subject: string, body: string): string {
  const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
  return `mailto:${encodeURIComponent(replyTo).replaceAll('%40', '@').replaceAll('%2B', '+')}?${query}`
}
