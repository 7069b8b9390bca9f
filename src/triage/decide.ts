import type { Entry } from '../domain/entry.ts'
import type { Judgement } from '../domain/judgement.ts'
import type { Mention, MentionMatch } from '../domain/mention.ts'
import { type Playbook, severities } from '../domain/playbook.ts'
import type { TriageOutcome, TriageReason } from '../domain/ticket.ts'
import { fold, wordsOf } from '../domain/word.ts'
import { type Categoriser, type CategoryChoice, untaughtLanguage } from './categoriser.ts'
import { whatIsCategorised } from './passage.ts'

export interface Decision {
  readonly outcome: TriageOutcome
  /** The playbook, or the likeliest one for a text to read; null when nothing is to be done. */
  readonly category: string | null
  readonly confidence: number | null
  readonly alternatives: readonly string[]
  readonly reason: TriageReason
}

export interface DecisionInput {
  /** Null: in a language the watch does not judge. */
  readonly judgement: Judgement | null
  /** False when it may be about someone else of that name. */
  readonly isCertainlyUs: boolean
  readonly choice: CategoryChoice
  readonly playbooks: ReadonlyMap<string, Playbook>
  /** What the watch matched, as written: why we read the text at all, which is no reason for what we make of it. */
  readonly matched?: readonly string[] | undefined
}

/** Chosen on held-out blocks of the examples and the development comments, but for the cost of the critical: see README.md here. */
const thresholds = {
  /** Doubt goes up: a graver category at least this fraction as likely as the first takes its place. */
  graver: 0.92,
  /** Less likely harmless than this, a text opens a ticket: as a rule, in a surely negative tone, with a signal. */
  ticket: 0.16,
  negativeTicket: 0.22,
  signalTicket: 0.3,
  /** In a surely positive tone a ticket takes a signal and less than this: good news about us is for reading. */
  positiveTicket: 0.05,
  /** Nothing is done only where what it could be, each kind as likely as it is and as dear to miss as here, sums to less than 1. */
  costs: { critical: 12, high: 3.1, else: 1.6 },
  /** Where the category model knows too little, an unsure text is read when negative is at least this likely. */
  perhapsNegative: 0.3,
}

/** What to do about a mention, and why: its category, from what of it counts, and its verdict. */
export function decideOn(
  { entry, match }: Pick<Mention, 'entry' | 'match'>,
  judgement: Judgement | null,
  { categoriser, playbooks }: DecideDeps,
): Decision {
  const text = whatIsCategorised({ entry, match })
  return decide({
    judgement,
    isCertainlyUs: match.certain,
    choice: categoriser.categorise(text, judgement?.language ?? null),
    playbooks,
    matched: matchedTexts(entry, match),
  })
}

export interface DecideDeps {
  readonly categoriser: Categoriser
  readonly playbooks: ReadonlyMap<string, Playbook>
}

/** What to do about one text, and why. Pure. */
export function decide(input: DecisionInput): Decision {
  const { judgement, playbooks } = input
  const choice = withoutMatched(input.choice, input.matched ?? [])
  if (judgement === null) return nothing('other-language', 'language-not-judged', choice)
  const ranked = doubtGoesUp(choice, playbooks)
  const verdict = choice.sure ? byCategory(judgement, choice, playbooks) : byPolarity(judgement, choice)
  if (verdict.outcome === 'none') return nothing('none', verdict.rule, choice)
  const [first] = ranked.order
  const found = {
    category: first?.category ?? null,
    confidence: first?.probability ?? null,
    alternatives: ranked.order.slice(1, 4).map((other) => other.category),
  }
  if (verdict.outcome === 'ticket' && first === undefined)
    return { outcome: 'to-read', ...found, reason: { ...choice.reason, rule: 'no-category' } }
  if (verdict.outcome === 'ticket' && !input.isCertainlyUs)
    return { outcome: 'to-read', ...found, reason: { ...choice.reason, rule: 'maybe-not-us' } }
  const rule = ranked.rule !== 'likeliest' && verdict.rule === 'category' ? ranked.rule : verdict.rule
  return { outcome: verdict.outcome, ...found, reason: { ...choice.reason, rule } }
}

/** What a watch matched in an entry, as it stands there. */
export function matchedTexts(
  entry: Pick<Entry, 'title' | 'text'>,
  match: Pick<MentionMatch, 'spans'>,
): string[] {
  return match.spans.map(({ field, start, end }) => (entry[field] ?? '').slice(start, end))
}

function withoutMatched(choice: CategoryChoice, matched: readonly string[]): CategoryChoice {
  if (matched.length === 0) return choice
  const ours = new Set(matched.flatMap((text) => wordsOf(text).map(({ folded }) => folded)))
  const words = choice.reason.words.filter(({ text }) => !ours.has(fold(text)))
  return { ...choice, reason: { ...choice.reason, words } }
}

interface Verdict {
  readonly outcome: 'ticket' | 'to-read' | 'none'
  readonly rule: string
}

/** What a text is about decides, not its tone: a leak told calmly is a leak, a curse of delight is none. */
function byCategory(
  judgement: Judgement,
  choice: CategoryChoice,
  playbooks: ReadonlyMap<string, Playbook>,
): Verdict {
  const { harmless } = choice
  const tone = judgement.sure ? judgement.polarity : 'neutral'
  const rule = ticketRule(harmless, tone, choice.reason.signals.length > 0)
  if (rule !== null) return { outcome: 'ticket', rule }
  const { grave, other } = costOfSilence(choice, playbooks)
  if (grave >= 1) return { outcome: 'to-read', rule: 'perhaps-grave' }
  if (grave + other >= 1) return { outcome: 'to-read', rule: 'perhaps-harmless' }
  return { outcome: 'none', rule: 'harmless' }
}

/** Why the text opens a ticket, or null when it does not by itself. */
function ticketRule(harmless: number, tone: Judgement['polarity'], hasSignal: boolean): string | null {
  if (tone === 'positive') return hasSignal && harmless < thresholds.positiveTicket ? 'category' : null
  if (harmless < thresholds.ticket) return 'category'
  if (tone === 'negative' && harmless < thresholds.negativeTicket) return 'category-and-tone'
  return hasSignal && harmless < thresholds.signalTicket ? 'category-and-signal' : null
}

/** What doing nothing would cost: how likely each category is, times how dear it is to miss. */
function costOfSilence(choice: CategoryChoice, playbooks: ReadonlyMap<string, Playbook>) {
  const { costs } = thresholds
  let grave = 0
  let other = 0
  for (const { category, probability } of choice.ranked) {
    const severity = playbooks.get(category)?.severity
    if (severity === 'critical') grave += costs.critical * probability
    else if (severity === 'high') grave += costs.high * probability
    else other += costs.else * probability
  }
  return { grave, other }
}

/** Where the category model knows too little: a very short text, a language or a folder with hardly any examples. */
function byPolarity(judgement: Judgement, choice: CategoryChoice): Verdict {
  const { polarity, sure, scores } = judgement
  const hasSignal = choice.reason.signals.length > 0
  if (polarity === 'negative' && sure)
    return {
      outcome: 'ticket',
      rule: choice.reason.rule === untaughtLanguage ? untaughtLanguage : 'negative',
    }
  if (polarity === 'negative' && hasSignal) return { outcome: 'ticket', rule: 'signal' }
  if (polarity !== 'positive' && hasSignal) return { outcome: 'to-read', rule: 'signal' }
  if (judgement.language === null && !sure) return { outcome: 'to-read', rule: 'language-unknown' }
  if (!sure && scores.negative >= thresholds.perhapsNegative) return { outcome: 'to-read', rule: 'unsure' }
  return { outcome: 'none', rule: 'not-negative' }
}

/** Between two likely categories the graver one leads. */
function doubtGoesUp(choice: CategoryChoice, playbooks: ReadonlyMap<string, Playbook>) {
  const known = choice.ranked.filter(({ category }) => playbooks.has(category))
  const [first, second] = known
  const isCloseGraver =
    first !== undefined &&
    second !== undefined &&
    second.probability >= thresholds.graver * first.probability &&
    severityOf(second.category, playbooks) > severityOf(first.category, playbooks)
  const order = isCloseGraver ? [second, first, ...known.slice(2)] : known
  return { order, rule: isCloseGraver ? 'graver-of-two' : 'likeliest' }
}

function severityOf(category: string, playbooks: ReadonlyMap<string, Playbook>): number {
  return severities.indexOf(playbooks.get(category)?.severity ?? 'low')
}

function nothing(outcome: TriageOutcome, rule: string, choice: CategoryChoice): Decision {
  return {
    outcome,
    category: null,
    confidence: null,
    alternatives: choice.ranked.slice(0, 3).map((other) => other.category),
    reason: { ...choice.reason, rule },
  }
}
