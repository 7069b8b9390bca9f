import type { Span } from '../domain/span.ts'
import { Token, type Tokens } from './tokens.ts'
import { isOneOf, turnsOf, wordSet } from './words.ts'

/**
 * A token in the clause of the name, in its sentence, in the two sentences behind it (which mostly go on about it),
 * in the one before (which is often about somebody else), elsewhere; and on the other side of a "but".
 */
const near = { clause: 1.4, sentence: 0.9, otherSide: 0.4, behind: 0.7, before: 0.3, far: 0.2 }
/** Tokens that weigh more than this stand near the name. */
export const nearFrom = 0.5
/** However long the text, what stands far from the name counts for no more than this many tokens there. */
const farTokens = 40
/** What is said of the other side of a comparison speaks against it, a little less strongly. */
const opposite = -0.8

const sentenceEnds = wordSet('. ! ? … ; ." !" ?" .) !) ?) !! !!! ?? ??? ... ?! !?', Token.punctuation)
const clauseEnds = wordSet(', : - ( ) -- — –', Token.punctuation)
/** Beside the turns of the text's own language. */
const contrasts = wordSet('while whereas tandis heureusement wahrend terwijl mientras mentre enquanto')
const better = wordSet(
  'better best prefer preferred superior faster cheaper nicer tastier mieux meilleur meilleure meilleurs meilleures prefere superieur besser lieber beter liever mejor mejores meglio migliore migliori melhor melhores',
)
const worse = wordSet(
  'worse inferior pire pires schlechter slechter erger peor peores peggio peggiore pior piores',
)
const than = wordSet("than que qu' als dan di del do")
const preferring = wordSet(
  'prefer preferred prefere preferons preferais preferer prefiero prefieren prefiro prefere preferisco verkies',
)
const over = wordSet('to over a au boven al')
const unlike = wordSet(
  'unlike contrairement contrario contrary anders tegenstelling gegensatz diferencia differenza diferente',
)
const leaving = wordSet(
  'from leaving left leave ditched dropped quit quitter quitte quittes abandonne lache verlassen weg verlaten dejado dejar lasciato lasciare abbandonato deixei largado',
)
const switching = wordSet(
  'switched switching switch moved moving changed went passe passee passer change changer bascule gewechselt wechsel wechseln overgestapt overstappen cambie cambiado pasado cambiato passato passei mudei troquei troque',
)
const arriving = wordSet('to for pour chez vers a zu nach naar voor por para al per')

/**
 * How much each token says about the name at `about`: most in its own clause, least far away, turned round where the
 * text compares ("better than us", "left us for them").
 */
export function weighTokens(
  tokens: Tokens,
  about: readonly Span[],
  language: string | null,
  out: Float64Array,
): void {
  const names = nameTokens(tokens, about)
  if (names.length === 0) {
    out.fill(1, 0, tokens.count)
    return
  }
  const turns = turnsOf(language)
  const parts = numberParts(tokens, turns)
  let far = 0
  for (let i = 0; i < tokens.count; i++) {
    const weight = weightAt(i, names, parts)
    out[i] = weight
    if (weight === near.far) far++
  }
  if (far > farTokens) {
    for (let i = 0; i < tokens.count; i++) if (out[i] === near.far) out[i] = (near.far * farTokens) / far
  }
  for (const name of names) applyComparison(tokens, name, parts.sentences, out)
  // A name says nothing about itself.
  for (const { from, to } of names) out.fill(0.3, from, to)
}

interface NameAt {
  readonly from: number
  readonly to: number
}

function nameTokens(tokens: Tokens, about: readonly Span[]): NameAt[] {
  const names: NameAt[] = []
  for (const span of about.slice(0, 16)) {
    let from = 0
    while (from < tokens.count && (tokens.end[from] ?? 0) <= span.start) from++
    let to = from
    while (to < tokens.count && (tokens.start[to] ?? 0) < span.end) to++
    if (to > from) names.push({ from, to })
  }
  return names
}

/** For each token the number of its sentence, of its side of a "but", of its clause. */
interface Parts {
  readonly sentences: Int32Array
  readonly sides: Int32Array
  readonly clauses: Int32Array
}

/** Signs end a part behind themselves, a turn begins one. */
function numberParts(tokens: Tokens, turns: ReadonlySet<number>): Parts {
  const parts: Parts = {
    sentences: new Int32Array(tokens.count),
    sides: new Int32Array(tokens.count),
    clauses: new Int32Array(tokens.count),
  }
  let sentence = 0
  let side = 0
  let clause = 0
  for (let i = 0; i < tokens.count; i++) {
    const isSign = tokens.kind[i] === Token.punctuation
    if (!isSign && (isOneOf(turns, tokens, i) || isOneOf(contrasts, tokens, i))) {
      side++
      clause++
    }
    parts.sentences[i] = sentence
    parts.sides[i] = side
    parts.clauses[i] = clause
    if (!isSign) continue
    if (isOneOf(sentenceEnds, tokens, i)) {
      sentence++
      side++
      clause++
    } else if (isOneOf(clauseEnds, tokens, i)) clause++
  }
  return parts
}

function weightAt(i: number, names: readonly NameAt[], { sentences, sides, clauses }: Parts): number {
  let weight = near.far
  for (const { from } of names) {
    if (clauses[i] === clauses[from]) return near.clause
    const apart = (sentences[i] ?? 0) - (sentences[from] ?? 0)
    const isOtherSide = apart === 0 && sides[i] !== sides[from]
    weight = Math.max(weight, isOtherSide ? near.otherSide : weightOfSentence(apart))
  }
  return weight
}

function weightOfSentence(apart: number): number {
  if (apart === 0) return near.sentence
  if (apart === 1 || apart === 2) return near.behind
  return apart === -1 ? near.before : near.far
}

function applyComparison(tokens: Tokens, name: NameAt, sentences: Int32Array, out: Float64Array): void {
  const sentence = sentences[name.from] ?? 0
  let begin = name.from
  while (begin > 0 && sentences[begin - 1] === sentence) begin--
  let end = name.to
  while (end < tokens.count && sentences[end] === sentence) end++
  const compared = findBefore(tokens, name.from, begin, 3, than)
  const isCompared =
    findBefore(tokens, compared, begin, 8, better) >= 0 || findBefore(tokens, compared, begin, 8, worse) >= 0
  const chosen = findBefore(tokens, name.from, begin, 2, over)
  if (isCompared || findBefore(tokens, chosen, begin, 6, preferring) >= 0) {
    // "Everybody is better than us": what was praised is the other.
    for (let i = begin; i < name.from; i++) out[i] = (out[i] ?? 0) * opposite
    return
  }
  if (findBefore(tokens, name.from, begin, 3, unlike) >= 0) {
    for (let i = name.to; i < end; i++) out[i] = (out[i] ?? 0) * opposite
    return
  }
  const way = findBefore(tokens, name.from, begin, 3, arriving)
  const leftOther =
    findBefore(tokens, way, begin, 10, leaving) >= 0 || findBefore(tokens, way, begin, 10, switching) >= 0
  if (way >= 0 && leftOther && findBefore(tokens, name.from, begin, 1, leaving) < 0) {
    // "Left them for us": the past was theirs, what comes behind the name is ours.
    for (let i = begin; i < name.from; i++) out[i] = (out[i] ?? 0) * opposite * 0.5
    for (let i = name.to; i < end; i++) out[i] = near.clause
    return
  }
  const gone = findBefore(tokens, name.from, begin, 2, leaving)
  const goal = gone < 0 ? -1 : findAfter(tokens, name.to, end, 6, arriving)
  if (goal >= 0) {
    for (let i = goal; i < end; i++) out[i] = near.clause * opposite
  }
}

function findBefore(
  tokens: Tokens,
  at: number,
  begin: number,
  reach: number,
  words: ReadonlySet<number>,
): number {
  for (let i = at - 1; i >= Math.max(begin, at - reach); i--) if (isOneOf(words, tokens, i)) return i
  return -1
}

function findAfter(
  tokens: Tokens,
  at: number,
  end: number,
  reach: number,
  words: ReadonlySet<number>,
): number {
  for (let i = at; i < Math.min(end, at + reach); i++) if (isOneOf(words, tokens, i)) return i
  return -1
}
