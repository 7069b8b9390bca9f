import type { AlertParts, AnswerParts, MentionParts } from './mail-alert-parts.ts'
import type { Piece, Shown } from './mail-clean.ts'
import { number } from './mail-formats.ts'
import { blocks, colon, heading, lines, paragraph, point, quoted } from './mail-text.ts'
import { mailWords } from './mail-words.ts'
import { alertWords } from './mail-words-alert.ts'
import type { AlertView } from './views.ts'

type Language = AlertView['language']

/** The alert as plain text, complete by itself and fit to be read aloud: no symbol carries a meaning alone. */
export function alertText(parts: AlertParts, language: Language): string {
  const words = alertWords[language]
  return blocks(
    parts.drill ? paragraph(words.drill) : null,
    paragraph(`${parts.severityWord}. ${parts.category}. ${parts.watch}, ${parts.ticketName}.`),
    paragraph(`${parts.intro} ${parts.tally}`.trim()),
    lines(
      ...parts.deadlines.map(({ label, instant, much }) => paragraph(`${label} ${instant} (${much}).`)),
      ...parts.people.map(({ label, value }) => paragraph(withColon(label, value, language))),
    ),
    parts.mention && mentionText(parts.mention, words.written, language),
    othersText(parts, language),
    paragraph(mailWords[language].page(parts.page)),
    blocks(
      heading(words.why, language),
      lines(
        ...parts.why.map(({ label, sentences }) =>
          point(`${label}${colon(language)} ${sentences.join(' ')}`),
        ),
      ),
    ),
    list(words.questions, parts.questions, language),
    parts.advice.pieces.length > 0
      ? blocks(heading(words.advice, language), paragraph(plain(parts.advice, language)))
      : null,
    answersText(parts, language),
    list(words.never, parts.never, language),
    clocksText(parts, language),
    parts.replyTo === null ? null : repliesText(language),
    // The signature mark: mail programs leave what follows out of an answer.
    `-- \n${lines(...parts.footer.map((text) => paragraph(text)))}\n`,
  )
}

function withColon(label: string, value: string, language: Language): string {
  return `${label}${colon(language)} ${value}.`
}

function list(title: string, items: readonly string[], language: Language): string | null {
  if (items.length === 0) return null
  return blocks(heading(title, language), lines(...items.map((item) => point(item))))
}

function mentionText(mention: MentionParts, title: string, language: Language): string {
  const words = alertWords[language]
  const { author, site, when, stars, language: spoken } = mention
  const byline = [author, site, when, stars, spoken].filter((part) => part !== null && part !== '').join(', ')
  const cited = [mention.title && plain(mention.title, language), plain(mention.text, language)]
  return blocks(
    heading(title, language),
    quoted(cited.filter((text) => text !== null && text !== '').join('\n\n')),
    lines(
      paragraph(`${byline}.`),
      mention.url === null
        ? null
        : paragraph(`${mailWords[language].openPost}${colon(language)} ${mention.url}`),
      mention.matched.length > 0 ? paragraph(words.matched(mention.matched.join(', '))) : null,
    ),
  )
}

function othersText({ others, othersMore }: AlertParts, language: Language): string | null {
  const { others: title } = alertWords[language]
  if (others.length === 0) return othersMore && paragraph(othersMore)
  return blocks(
    others.map((mention) => mentionText(mention, title, language)),
    othersMore && paragraph(othersMore),
  )
}

function answersText({ answers }: AlertParts, language: Language): string | null {
  const words = alertWords[language]
  if (answers.length === 0) return null
  const one = ({ heading: title, text, notes, end }: AnswerParts) =>
    blocks(
      heading(title, language),
      paragraph(plain(text, language)),
      lines(paragraph(end), ...notes.map(paragraph)),
    )
  return blocks(heading(words.answers, language), paragraph(words.answersHint), answers.map(one))
}

function clocksText({ clocks }: AlertParts, language: Language): string | null {
  const words = alertWords[language]
  if (clocks.length === 0) return null
  const items = clocks.map(({ line, note }) => `${line} ${note}`)
  return blocks(list(words.clocks, items, language), paragraph(words.clocksNote))
}

/** Each word is followed by what it does: alone on a line, a mail program's quotation of it would act. */
function repliesText(language: Language): string {
  const { reply, replyHint, replies } = alertWords[language]
  const items = replies.map(({ word, rest, does }) =>
    point(withColon([word, rest].join(' ').trim(), does, language)),
  )
  return blocks(heading(reply, language), paragraph(replyHint), lines(...items))
}

function plain({ pieces, hidden }: Shown, language: Language): string {
  const text = pieces.map((piece: Piece) => piece.text).join('')
  return hidden === 0 ? text : `${text}\n${mailWords[language].cut(number(hidden, language))}`
}
