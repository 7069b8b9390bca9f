import type { Judgement } from '../domain/judgement.ts'
import { type Playbook, severities } from '../domain/playbook.ts'
import type { TriageOutcome, TriageReason } from '../domain/ticket.ts'
import type { CategoryChoice } from './categoriser.ts'

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

/** Thresholds chosen on the development comments (test/fixtures/triage/dev.jsonl); see README.md here for their figures. */
const thresholds = {
  /** A grave category this likely opens a ticket whatever the polarity says. */
  grave: 0.5,
  /** Doubt goes up: a graver category at least this fraction as likely as the first takes its place. */
  graver: 0.75,
  /** Above this, the text asks for nothing although its words look bad. */
  harmless: 0.6,
  /** An unsure text is read by a person when negative is at least this likely. */
  toRead: 0.3,
}

/** What to do about one text, and why. Pure. */
export function decide(input: DecisionInput): Decision {
  const { judgement, choice, playbooks } = input
  if (judgement === null) return nothing('other-language', 'language-not-judged', choice)
  const ranked = doubtGoesUp(choice, playbooks)
  const [first] = ranked.order
  const category = first?.category ?? null
  const found = (outcome: TriageOutcome, rule: string): Decision => ({
    outcome,
    category,
    confidence: first?.probability ?? null,
    alternatives: ranked.order.slice(1, 4).map((other) => other.category),
    reason: { ...choice.reason, rule },
  })
  const isNegative = judgement.polarity === 'negative'
  const isGrave = first !== undefined && severityOf(first.category, playbooks) >= severities.indexOf('high')
  if (isGrave && first.probability >= thresholds.grave && choice.harmless < thresholds.harmless) {
    return found(
      input.isCertainlyUs ? 'ticket' : 'to-read',
      input.isCertainlyUs ? 'grave-category' : 'maybe-not-us',
    )
  }
  if (choice.harmless >= thresholds.harmless) return { ...nothing('none', 'harmless', choice) }
  if (isNegative && judgement.sure) {
    if (!input.isCertainlyUs) return found('to-read', 'maybe-not-us')
    return category === null ? found('to-read', 'no-category') : found('ticket', ranked.rule)
  }
  if (judgement.language === null && !judgement.sure) return found('to-read', 'language-unknown')
  if (!judgement.sure && judgement.scores.negative >= thresholds.toRead) return found('to-read', 'unsure')
  return nothing('none', 'not-negative', choice)
}

/** Between two likely categories the graver one leads. */
function doubtGoesUp(choice: CategoryChoice, playbooks: ReadonlyMap<string, Playbook>) {
  const known = choice.ranked.filter(({ category }) => playbooks.has(category))
  const [first, ...others] = known
  const graver = others.find(
    (other) =>
      first !== undefined &&
      other.probability >= thresholds.graver * first.probability &&
      severityOf(other.category, playbooks) > severityOf(first.category, playbooks),
  )
  if (!graver) return { order: known, rule: 'likeliest' }
  return { order: [graver, ...known.filter((other) => other !== graver)], rule: 'graver-of-two' }
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
