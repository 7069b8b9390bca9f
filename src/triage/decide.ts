import type { Judgement } from '../domain/judgement.ts'
import { type Playbook, severities } from '../domain/playbook.ts'
import type { TriageOutcome, TriageReason } from '../domain/ticket.ts'
import { type CategoryChoice, untaughtLanguage } from './categoriser.ts'

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
}

/** Chosen on held-out blocks of the examples and the development comments; what each costs stands in README.md here. */
const thresholds = {
  /** Doubt goes up: a graver category at least this fraction as likely as the first takes its place. */
  graver: 0.85,
  /** Less likely harmless than this, a text opens a ticket: as a rule, in a surely negative tone, with a signal. */
  ticket: 0.02,
  negativeTicket: 0.05,
  signalTicket: 0.15,
  /** In a surely positive tone a ticket takes a signal and less than this: good news about us is for reading. */
  positiveTicket: 0.001,
  /** Nothing is done only where grave categories together (twice that in a surely positive tone) and the others together are less likely. */
  perhapsGrave: 0.04,
  perhapsOther: 0.4,
  /** Read whatever the category model says, when the polarity is this clearly negative. */
  surelyNegative: 0.98,
  /** Where the category model knows too little, an unsure text is read when negative is at least this likely. */
  perhapsNegative: 0.3,
}

/** What to do about one text, and why. Pure. */
export function decide(input: DecisionInput): Decision {
  const { judgement, choice, playbooks } = input
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
  const grave = graveShare(choice, playbooks)
  if (grave >= thresholds.perhapsGrave * (tone === 'positive' ? 2 : 1))
    return { outcome: 'to-read', rule: 'perhaps-grave' }
  if (1 - harmless - grave >= thresholds.perhapsOther) return { outcome: 'to-read', rule: 'perhaps-harmless' }
  if (tone === 'negative' && judgement.confidence >= thresholds.surelyNegative)
    return { outcome: 'to-read', rule: 'negative-but-harmless' }
  return { outcome: 'none', rule: 'harmless' }
}

/** Why the text opens a ticket, or null when it does not by itself. */
function ticketRule(harmless: number, tone: Judgement['polarity'], hasSignal: boolean): string | null {
  if (tone === 'positive') return hasSignal && harmless < thresholds.positiveTicket ? 'category' : null
  if (harmless < thresholds.ticket) return 'category'
  if (tone === 'negative' && harmless < thresholds.negativeTicket) return 'category-and-tone'
  return hasSignal && harmless < thresholds.signalTicket ? 'category-and-signal' : null
}

/** How likely it is one of the grave categories, whichever. */
function graveShare(choice: CategoryChoice, playbooks: ReadonlyMap<string, Playbook>): number {
  return choice.ranked
    .filter(({ category }) => severityOf(category, playbooks) >= severities.indexOf('high'))
    .reduce((sum, { probability }) => sum + probability, 0)
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
