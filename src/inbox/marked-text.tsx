import type { Evidence } from '../domain/judgement.ts'
import type { Mention } from '../domain/mention.ts'
import { textOffset } from '../domain/relevance.ts'
import type { Span } from '../domain/span.ts'
import { clean, languageTag } from '../notify/mail-clean.ts'
import { number } from '../notify/mail-formats.ts'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

type Tone = 'match' | 'neg' | 'pos'

interface Toned extends Span {
  readonly tone: Tone
}

const longest = 20_000
const mostMarks = 300

/** A mention's title or text with what matched and what weighed marked; every piece is shown as text. */
export function MarkedText({
  mention,
  field,
  evidence,
  language,
  visit,
}: {
  readonly mention: Mention
  readonly field: 'title' | 'text'
  readonly evidence: readonly Evidence[]
  readonly language: string | null
  readonly visit: Visit
}) {
  const text = (field === 'title' ? mention.entry.title : mention.entry.text) ?? ''
  const offset = field === 'title' ? 0 : textOffset(mention.entry)
  const spans: Toned[] = [
    ...mention.match.spans
      .filter((span) => span.field === field)
      .map(({ start, end }) => ({ start, end, tone: 'match' as const })),
    ...strongest(evidence).map(({ start, end, weight }) => ({
      start: start - offset,
      end: end - offset,
      tone: weight > 0 ? ('neg' as const) : ('pos' as const),
    })),
  ]
  const hidden = Math.max(0, text.length - longest)
  return (
    <span lang={languageTag(language)}>
      {piecesOf(text.slice(0, longest), spans).map(({ text: piece, tone }) =>
        tone === null ? piece : <mark class={tone === 'match' ? undefined : tone}>{piece}</mark>,
      )}
      {hidden > 0 && <span class="soft"> {words[visit.language].cut(number(hidden, visit.language))}</span>}
    </span>
  )
}

const mostWords = 8

/** Words that really weighed: marking every other one would say nothing. */
export function strongest<One extends { readonly weight: number }>(evidence: readonly One[]): One[] {
  const most = Math.max(0, ...evidence.map(({ weight }) => Math.abs(weight)))
  return [...evidence]
    .filter(({ weight }) => Math.abs(weight) >= most * 0.35)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostWords)
}

interface Piece {
  readonly text: string
  readonly tone: Tone | null
}

/** Cuts a text at its marks; where two overlap the earlier one stands. Each piece is cleaned after it was cut. */
export function piecesOf(text: string, spans: readonly Toned[]): Piece[] {
  const pieces: Piece[] = []
  const add = (from: number, to: number, tone: Tone | null) => {
    const piece = clean(text.slice(from, to))
    if (piece !== '') pieces.push({ text: piece, tone })
  }
  let at = 0
  const inOrder = spans.filter(({ start, end }) => start >= 0 && start < end && start < text.length)
  for (const { start, end, tone } of inOrder.sort((a, b) => a.start - b.start).slice(0, mostMarks)) {
    if (start < at) continue
    add(at, start, null)
    add(start, Math.min(end, text.length), tone)
    at = Math.min(end, text.length)
  }
  add(at, text.length, null)
  return pieces
}
