import { Kind, kindOf } from './letters.ts'
import { Flag, isAddressed, Token, type Tokens } from './tokens.ts'

/**
 * How sure the words make us depends on the kind of text: reviews and headlines say what they mean, tweets less so.
 * The temperature of the softmax is the exponential of a sum over a few facts about the text.
 */
export const styleSize = 13

/** Languages with a term of their own. */
export const calibratedLanguages: readonly string[] = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'ar', 'hi']

/** Facts about how a text is written, each 0 to 1 or so. */
export function styleOf(text: string, tokens: Tokens, out: Float64Array): void {
  let users = 0
  let links = 0
  let tags = 0
  let numbers = 0
  let titles = 0
  let words = 0
  let emoji = 0
  let stretched = 0
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kind[i]
    if (kind === Token.user) users = 1
    else if (kind === Token.link) links = 1
    else if (kind === Token.number) numbers = 1
    else if (kind === Token.emoji) emoji = 1
    else if (kind === Token.word) words++
    const flags = tokens.flags[i] ?? 0
    if (flags & Flag.hashtag) tags = 1
    if (flags & Flag.stretched) stretched = 1
    if (flags & Flag.title) titles++
  }
  const last = tokens.count - 1
  const unit = text.charCodeAt((tokens.end[last] ?? 1) - 1)
  out[0] = 1
  out[1] = Math.log2(1 + words) / 4 - 1
  out[2] = users
  out[3] = links
  out[4] = tags
  out[5] = numbers
  out[6] = words > 0 ? titles / words : 0
  out[7] = last >= 0 && kindOf(unit) === Kind.punctuation ? 1 : 0
  out[8] = words < 4 ? 1 : 0
  out[9] = words > 40 ? 1 : 0
  out[10] = emoji
  out[11] = stretched
  out[12] = isAddressed(tokens) ? 1 : 0
}

/**
 * Terms: `styleSize` for all texts, then for each of `calibratedLanguages` and the rest one for plain texts and one for
 * posts (with user names, tags, links or emoji).
 */
export const termCount = styleSize + 2 * (calibratedLanguages.length + 1)

export function temperatureOf(
  style: Float64Array,
  language: string | null,
  terms: readonly number[],
): number {
  let sum = terms[languageTerm(style, language)] ?? 0
  for (let k = 0; k < styleSize; k++) sum += (style[k] ?? 0) * (terms[k] ?? 0)
  return Math.exp(Math.max(-1.5, Math.min(1.5, sum)))
}

/** The place of the language's own term. */
export function languageTerm(style: Float64Array, language: string | null): number {
  const found = language === null ? -1 : calibratedLanguages.indexOf(language)
  const isPost = (style[2] ?? 0) + (style[3] ?? 0) + (style[4] ?? 0) + (style[10] ?? 0) > 0
  return styleSize + 2 * (found === -1 ? calibratedLanguages.length : found) + (isPost ? 1 : 0)
}
