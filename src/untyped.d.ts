// natural ships types for its root only, and its root must not be imported: see the architecture test.
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const stemmer: { stem(word: string): string }
  export = stemmer
}

declare module 'natural/lib/natural/stemmers/porter_stemmer_fr.js' {
  const stemmer: { stem(word: string): string }
  export = stemmer
}

// rss-parser ships no types for its parts.
declare module 'rss-parser/lib/utils.js' {
  const utils: { stripHtml(html: string): string }
  export = utils
}
