import { wordsOf } from '../domain/word.ts'

const mostTerms = 12
const longestTerm = 80

/**
 * What a person typed in a search box as an FTS5 expression: every word must be there, `"a b"` stand together, `word*`
 * begins so, `-word` must not be there. Null when there is nothing to look for. What is typed is only ever quoted text.
 */
export function searchExpression(typed: string): string | null {
  const wanted: string[] = []
  const unwanted: string[] = []
  const plain = typed.slice(0, 500).replace(/\p{Cc}/gu, ' ')
  for (const [, minus = '', quoted, bare = ''] of plain.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)) {
    if (wanted.length + unwanted.length === mostTerms) break
    const text = quoted ?? bare
    const words = wordsOf(text)
    if (words.length === 0) continue
    const isPrefix = quoted === undefined && text.endsWith('*') && text.length > 3
    const term = `"${text.slice(0, longestTerm).replaceAll('"', ' ')}"${isPrefix ? '*' : ''}`
    ;(minus === '' ? wanted : unwanted).push(term)
  }
  if (wanted.length === 0) return null
  const without = unwanted.length === 0 ? '' : ` NOT (${unwanted.join(' OR ')})`
  return `(${wanted.join(' AND ')})${without}`
}
