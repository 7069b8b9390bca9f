/** One line of a stream, counted from 1; `text` is null where the line is longer than allowed. */
export interface Line {
  readonly number: number
  readonly text: string | null
}

const newline = 10

/** Cuts a stream into lines. Holds one line at a time, at most `limit` bytes of it. */
export async function* linesOf(input: AsyncIterable<Buffer | string>, limit: number): AsyncIterable<Line> {
  let number = 1
  let parts: Buffer[] = []
  let size = 0
  let isOpen = false
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    let from = 0
    for (;;) {
      const end = bytes.indexOf(newline, from)
      const piece = bytes.subarray(from, end === -1 ? bytes.length : end)
      size += piece.length
      isOpen = isOpen || piece.length > 0
      if (size <= limit) parts.push(piece)
      else parts = []
      if (end === -1) break
      yield { number, text: size <= limit ? textOf(parts) : null }
      number++
      parts = []
      size = 0
      isOpen = false
      from = end + 1
    }
  }
  if (isOpen) yield { number, text: size <= limit ? textOf(parts) : null }
}

function textOf(parts: readonly Buffer[]): string {
  const [first] = parts
  return parts.length === 1 && first !== undefined
    ? first.toString('utf8')
    : Buffer.concat(parts).toString('utf8')
}
