/** A prepared answer: text with typed placeholders, `{{ name }}`, or `{{ name! }}` when a person must fill it. */
export type Template = readonly TemplatePart[]

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'placeholder'
      readonly name: string
      readonly byPerson: boolean
      readonly offset: number
    }
  | { readonly kind: 'block'; readonly name: string; readonly offset: number }

export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError'
  /** Offset in the template, in UTF-16 code units. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Reads `{{ name }}`, `{{ name! }}` and `{{> block }}`. Throws TemplateSyntaxError. */
export function parseTemplate(source: string): Template {
  const parts: TemplatePart[] = []
  let at = 0
  for (;;) {
    const open = source.indexOf('{{', at)
    if (open < 0) break
    const close = source.indexOf('}}', open)
    if (close < 0) throw new TemplateSyntaxError('"{{" without its "}}"', open)
    if (open > at) parts.push({ kind: 'text', text: source.slice(at, open) })
    parts.push(readTag(source.slice(open + 2, close), open))
    at = close + 2
  }
  if (at < source.length) parts.push({ kind: 'text', text: source.slice(at) })
  return parts
}

function readTag(inside: string, offset: number): TemplatePart {
  const block = /^>\s*([\p{L}\p{N}_-]{1,60})\s*$/u.exec(inside)
  if (block?.[1]) return { kind: 'block', name: block[1], offset }
  const placeholder = /^\s*([a-z][a-z0-9_]{0,59})(!?)\s*$/.exec(inside)
  if (placeholder?.[1]) {
    return { kind: 'placeholder', name: placeholder[1], byPerson: placeholder[2] === '!', offset }
  }
  throw new TemplateSyntaxError(
    `"{{${inside.slice(0, 40)}}}" is no placeholder: write {{ name }}, {{ name! }} or {{> block }}`,
    offset,
  )
}

/** The answer with what is known filled in. Nothing a mention says is ever read as a placeholder. */
export interface FilledTemplate {
  readonly text: string
  /** Names of the placeholders a person has yet to fill, in order of appearance, each once. */
  readonly missing: readonly string[]
  /** Where each of them stands in `text`, so that it can be marked. */
  readonly gaps: readonly { readonly name: string; readonly start: number; readonly end: number }[]
}

/**
 * Fills a template whose blocks are resolved. A name without a value is left visible as `[label]` and reported missing.
 */
export function fillTemplate(
  template: Template,
  values: ReadonlyMap<string, string>,
  labelOf: (name: string) => string,
): FilledTemplate {
  let text = ''
  const gaps: { name: string; start: number; end: number }[] = []
  for (const part of template) {
    if (part.kind === 'text') text += part.text
    if (part.kind !== 'placeholder') continue
    const value = values.get(part.name)
    // "Bonjour {{ author }}," to someone without a name is "Bonjour,".
    if (value === '') text = text.replace(/ $/, '')
    const start = text.length
    text += value ?? `[${labelOf(part.name)}]`
    if (value === undefined) gaps.push({ name: part.name, start, end: text.length })
  }
  return { text, missing: [...new Set(gaps.map((gap) => gap.name))], gaps }
}
