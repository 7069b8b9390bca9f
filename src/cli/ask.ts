import { linesOf } from '../classify/lines.ts'
import type { Terminal } from './terminal.ts'

export interface Questions {
  /** The answer without spaces around; the fallback for an empty one, `''` when there is none. Null: no more input. */
  ask(question: string, fallback?: string): Promise<string | null>
  /** True for yes only. */
  confirm(question: string): Promise<boolean>
  /** Lets go of the input. */
  close(): Promise<void>
}

const longestAnswer = 10_000

/** Asks a person, one line an answer. To be used only where somebody watches. */
export function questions(terminal: Pick<Terminal, 'input' | 'err'>): Questions {
  const lines = linesOf(terminal.input, longestAnswer)[Symbol.asyncIterator]()

  async function ask(question: string, fallback = ''): Promise<string | null> {
    terminal.err(fallback === '' ? question : `${question} [${fallback}]`)
    const next = await lines.next()
    if (next.done) return null
    return next.value.text?.trim() || fallback
  }

  return {
    ask,
    confirm: async (question) => /^(y|yes|o|oui)$/i.test((await ask(`${question} (y/n)`)) ?? ''),
    close: async () => {
      await lines.return?.(undefined)
    },
  }
}
