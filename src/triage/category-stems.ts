import english from 'natural/lib/natural/stemmers/porter_stemmer.js'
import french from 'natural/lib/natural/stemmers/porter_stemmer_fr.js'

interface Stemmer {
  stem(word: string): string
}

const stemmers: Readonly<Record<string, Stemmer>> = { en: english, fr: french }
/** The word without its endings; unchanged in a language we have no stemmer for. */
export function stemOf(folded: string, language: string | null): string {
  const stemmer = language === null ? undefined : stemmers[language]
  return stemmer === undefined || folded.length > 30 ? folded : stemmer.stem(folded)
}
