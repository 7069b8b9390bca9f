import { wordsOf } from '../domain/word.ts'

/** Which of the words or phrases stand in a text as whole words, whatever their case and accents; as they were written. */
export function wordsFound(text: string, phrases: readonly string[]): string[] {
  const folded = ` ${wordsOf(text)
    .map((word) => word.folded)
    .join(' ')} `
  return phrases.filter((phrase) => {
    const wanted = wordsOf(phrase)
      .map((word) => word.folded)
      .join(' ')
    return wanted !== '' && folded.includes(` ${wanted} `)
  })
}
