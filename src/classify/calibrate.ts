import { Kind, kindOf } from './letters.ts'
import { Flag, Token, type Tokens } from './tokens.ts'

/**
 * How sure the words make us depends on the kind of text: reviews and headlines say what they mean, tweets less so.
 * The temperature of the softmax is the exponential of a sum over a few facts about the text.
 */
export const styleSize = 10

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
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kind[i]
    if (kind === Token.user) users = 1
    else if (kind === Token.link) links = 1
    else if (kind === Token.number) numbers = 1
    else if (kind === Token.word) words++
    const flags = tokens.flags[i] ?? 0
    if (flags & Flag.hashtag) tags = 1
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
}

/** Terms: `styleSize` for all languages, then one for each of `calibratedLanguages`, then one for the rest. */
export function temperatureOf(
  style: Float64Array,
  language: string | null,
  terms: readonly number[],
): number {
  let sum = terms[styleSize + languageTerm(language)] ?? 0
  for (let k = 0; k < styleSize; k++) sum += (style[k] ?? 0) * (terms[k] ?? 0)
  return Math.exp(Math.max(-1.5, Math.min(1.5, sum)))
}

export function languageTerm(language: string | null): number {
  const at = language === null ? -1 : calibratedLanguages.indexOf(language)
  return at === -1 ? calibratedLanguages.length : at
}
