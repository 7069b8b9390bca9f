import { fold } from './letters.ts'
import { mix, Token, type Tokens } from './tokens.ts'

/** Words that turn round what follows them, by language. */
const negators: Record<string, string> = {
  en: "n't not no never none nothing nobody neither nor without cannot cant dont doesnt didnt isnt wasnt wont wouldnt couldnt shouldnt arent werent havent hasnt hadnt aint hardly barely lacks lack",
  fr: 'pas jamais rien aucun aucune sans ni personne guere nullement point',
  de: 'nicht kein keine keinen keinem keiner keines nie niemals ohne weder noch nichts niemand kaum nich ned',
  nl: 'niet geen nooit zonder noch niemand niets nergens nauwelijks',
  es: 'no nunca jamas sin ni tampoco nada nadie ningun ninguna ninguno apenas',
  it: 'non mai senza ne nessun nessuno nessuna niente nulla neanche nemmeno',
  pt: 'nao nunca jamais sem nem nada nenhum nenhuma ninguem tampouco',
  sv: 'inte aldrig ingen inget inga utan ej',
  da: 'ikke aldrig ingen intet uden ej',
  no: 'ikke aldri ingen intet uten ikkje ei',
  fi: 'ei en et emme ette eivat ala koskaan ilman',
  pl: 'nie nigdy bez nic nikt zaden',
  cs: 'ne nikdy bez nic nikdo zadny neni',
  sk: 'nie nikdy bez nic nikto ziadny',
  hr: 'ne nije nikad bez nista nitko nema',
  sl: 'ne ni nikoli brez nic nihce',
  ro: 'nu niciodata fara nimic nimeni',
  hu: 'nem soha nelkul semmi senki sem ne',
  bg: 'не никога без нищо никои няма',
  el: 'δεν μην ποτε χωρις τιποτα κανεις δε',
  hi: 'nahi nhi na mat nahin bina',
  ar: 'لا لم لن ليس ما بدون غير',
  eu: 'ez inoiz gabe',
}

/** Words after which the writer says what counts. */
const turns: Record<string, string> = {
  en: 'but however although though yet except unfortunately',
  fr: 'mais cependant pourtant toutefois malheureusement neanmoins sauf dommage',
  de: 'aber jedoch leider trotzdem allerdings dennoch',
  nl: 'maar echter helaas toch',
  es: 'pero sino aunque desgraciadamente lamentablemente',
  it: 'ma pero tuttavia purtroppo peccato',
  pt: 'mas porem contudo infelizmente entretanto',
}

const negatorSets = hashed(negators)
const turnSets = hashed(turns)
/** For texts whose language is unknown: only words that negate wherever they occur. */
const commonNegators = wordSet("n't not never pas nicht kein keine niet geen nunca nao nessun")
const commonTurns = wordSet('but mais aber pero maar')

export function negatorsOf(language: string | null): ReadonlySet<number> {
  return (language === null ? undefined : negatorSets[language]) ?? commonNegators
}

export function turnsOf(language: string | null): ReadonlySet<number> {
  return (language === null ? undefined : turnSets[language]) ?? commonTurns
}

/** Hashes of words (or of tokens of another kind) that stand between spaces in `list`. */
export function wordSet(list: string, kind: number = Token.word): ReadonlySet<number> {
  return new Set(list.split(' ').map((word) => wordHash(word, kind)))
}

export function isOneOf(words: ReadonlySet<number>, tokens: Tokens, i: number): boolean {
  return words.has(tokens.hash[i] ?? 0)
}

/** The hash that the tokeniser gives to a word. */
export function wordHash(word: string, kind: number = Token.word): number {
  let hash = 0x811c9dc5 ^ kind
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ fold(word.charCodeAt(i)), 0x01000193)
  return mix(hash)
}

function hashed(lists: Record<string, string>): Record<string, ReadonlySet<number>> {
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, wordSet(list)]))
}

/** A number for a language, never 0. */
export function localSalt(language: string): number {
  return mix(language.charCodeAt(0) * 977 + language.charCodeAt(1) * 31 + 7) | 1
}
