import { linesOf } from '../classify/lines.ts'

export interface JsonLine {
  /** From 1. */
  readonly number: number
  readonly value: unknown
}

const maxLine = 1_000_000

/**
 * Reads JSON a line, in order, in constant memory. A line that is not JSON, or longer than a million bytes, is
 * reported and the rest goes on. Empty lines are passed over.
 */
export async function* readJsonLines(
  input: AsyncIterable<Buffer | string>,
  onBroken: (number: number, message: string) => void,
): AsyncGenerator<JsonLine> {
  for await (const { number, text } of linesOf(input, maxLine)) {
    if (text === null) onBroken(number, `longer than ${maxLine} bytes: left out`)
    else if (text.trim() !== '') {
      const value = parse(text)
      if (value === undefined) onBroken(number, 'not JSON: left out')
      else yield { number, value }
    }
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
