import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

/** A feed to be added to a watch. */
export interface NewFeed {
  readonly url: string
  readonly title: string | null
}

/**
 * Writes sources after the last one of a watch file and leaves every other character of it as it is: the person's
 * comments, order and spaces. Null when the list of sources is not written a line each.
 */
export function withFeeds(text: string, feeds: readonly NewFeed[]): string | null {
  const place = endOfSources(text)
  if (place === null) return null
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = feeds.map(
    ({ url, title }) => `${place.indent}- rss: ${quoted(url)}${comment(title)}${newline}`,
  )
  const before = text.slice(0, place.at)
  const gap = before.endsWith('\n') ? '' : newline
  return before + gap + lines.join('') + text.slice(place.at)
}

function endOfSources(text: string): { at: number; indent: string } | null {
  const { contents, errors } = parseDocument(text)
  if (errors.length > 0 || !isMap(contents)) return null
  const sources = contents.items.find(({ key }) => isScalar(key) && key.value === 'sources')?.value
  if (!isSeq(sources) || sources.flow) return null
  const first = rangeOf(sources.items[0])
  const last = rangeOf(sources.items.at(-1))
  if (!first || !last) return null
  const lineStart = text.lastIndexOf('\n', first[0] - 1) + 1
  const indent = /^[ ]*(?=-)/.exec(text.slice(lineStart, first[0]))?.[0]
  if (indent === undefined) return null
  // A block's value may end at the start of the next line.
  const end = text.slice(last[0], last[1]).trimEnd().length + last[0]
  const lineEnd = text.indexOf('\n', end)
  return { at: lineEnd === -1 ? text.length : lineEnd + 1, indent }
}

function rangeOf(node: unknown): readonly [number, number, number] | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null
  return (node.range as [number, number, number] | null | undefined) ?? null
}

/** As it is where YAML reads it as one text, else in quotes. */
function quoted(url: string): string {
  return /^https?:\/\/[\w.:/?&=%~+,;@!$()*-]*[\w/=-]$/i.test(url) ? url : JSON.stringify(url)
}

function comment(title: string | null): string {
  const words = (title ?? '')
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 80)
  return words === '' ? '' : `   # ${words}`
}
