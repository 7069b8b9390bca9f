import type { Classifier } from '../classify/classifier.ts'
import { whatIsJudged } from '../classify/judge.ts'
import { newEntry } from '../collect/new-entry.ts'
import { type Playbook, severities } from '../domain/playbook.ts'
import { matchQuery, parseQuery, prepare } from '../domain/query.ts'
import type { TriageOutcome } from '../domain/ticket.ts'
import type { Categoriser } from './categoriser.ts'
import { decideOn } from './decide.ts'

/** A comment whose category a person has said; `none` asks for nothing. */
export interface LabelledComment {
  readonly id: string
  readonly text: string
  readonly language: string
  readonly expected: string
  /** Other categories a careful person could choose. */
  readonly accept?: readonly string[] | undefined
  /** Of an article: its title, and the name that is watched. */
  readonly title?: string | undefined
  readonly name?: string | undefined
}

export interface TriageEvaluationDeps {
  readonly classifier: Classifier
  readonly categoriser: Categoriser
  readonly playbooks: ReadonlyMap<string, Playbook>
}

/** How many of a group came out right. */
export interface Tally {
  readonly name: string
  readonly comments: number
  readonly first: number
  readonly firstTwo: number
  readonly tickets: number
  readonly toRead: number
  readonly none: number
}

export interface TriageReport {
  readonly all: Tally
  readonly byCategory: readonly Tally[]
  readonly byLanguage: readonly Tally[]
  readonly harmless: Tally
  /** Comments of a critical category that came to nothing. */
  readonly missedCritical: readonly string[]
  readonly mistakes: readonly Mistake[]
}

export interface Mistake {
  readonly comment: LabelledComment
  readonly outcome: TriageOutcome
  readonly category: string | null
  readonly rule: string
}

interface Judged {
  readonly comment: LabelledComment
  readonly outcome: TriageOutcome
  readonly category: string | null
  readonly next: string | null
  readonly rule: string
}

/** What an outsider would see: the category counts only when the outcome shows it. */
export function evaluateTriage(
  comments: readonly LabelledComment[],
  deps: TriageEvaluationDeps,
): TriageReport {
  const judged = comments.map((comment) => judge(comment, deps))
  const hurting = judged.filter(({ comment }) => comment.expected !== 'none')
  const harmless = judged.filter(({ comment }) => comment.expected === 'none')
  const group = (keyOf: (one: Judged) => string): Tally[] =>
    [...new Set(hurting.map(keyOf))].sort().map((name) =>
      tally(
        name,
        hurting.filter((one) => keyOf(one) === name),
      ),
    )
  return {
    all: tally('all', hurting),
    byCategory: group(({ comment }) => comment.expected),
    byLanguage: group(({ comment }) => comment.language),
    harmless: tally('harmless', harmless),
    missedCritical: hurting
      .filter(({ comment, outcome }) => outcome === 'none' && isCritical(comment.expected, deps.playbooks))
      .map(({ comment }) => comment.id),
    mistakes: judged.filter(isMistake).map(({ comment, outcome, category, rule }) => ({
      comment,
      outcome,
      category,
      rule,
    })),
  }
}

/** Categories of which nothing may be lost: people in danger, or a clock of the law running. */
const critical = ['safety', 'data-breach', 'serious-accusation', 'staff-conduct', 'threat']

function isCritical(category: string, playbooks: ReadonlyMap<string, Playbook>): boolean {
  const severity = playbooks.get(category)?.severity ?? 'low'
  return critical.includes(category) || severity === severities.at(-1)
}

function judge(comment: LabelledComment, deps: TriageEvaluationDeps): Judged {
  const entry = newEntry({
    id: comment.id,
    title: comment.title ?? null,
    text: comment.text,
    language: comment.language,
  })
  const { spans } =
    comment.name === undefined ? { spans: [] } : matchQuery(parseQuery(`"${comment.name}"`), prepare(entry))
  const mention = { entry, match: { spans, confirmedBy: [], deniedBy: [], certain: true } }
  const { text, context } = whatIsJudged(mention)
  const judgement = deps.classifier.judge(text, context)
  const decision = decideOn(mention, judgement, deps)
  const { outcome, category, reason } = decision
  return { comment, outcome, category, next: decision.alternatives[0] ?? null, rule: reason.rule }
}

function isRight(comment: LabelledComment, category: string | null): boolean {
  return category !== null && (category === comment.expected || (comment.accept ?? []).includes(category))
}

function isMistake({ comment, outcome, category }: Judged): boolean {
  return comment.expected === 'none' ? outcome === 'ticket' : !isRight(comment, category)
}

function tally(name: string, judged: readonly Judged[]): Tally {
  const count = (test: (one: Judged) => boolean) => judged.filter(test).length
  return {
    name,
    comments: judged.length,
    first: count(({ comment, category }) => isRight(comment, category)),
    firstTwo: count(
      ({ comment, category, next }) =>
        isRight(comment, category) || (category !== null && isRight(comment, next)),
    ),
    tickets: count(({ outcome }) => outcome === 'ticket'),
    toRead: count(({ outcome }) => outcome === 'to-read'),
    none: count(({ outcome }) => outcome === 'none'),
  }
}

/** The figures as a table for a terminal, with 95 % intervals. */
export function renderTriageReport(report: TriageReport): string {
  const { harmless } = report
  const lines = [
    `${'category'.padEnd(24)}${'comments'.padStart(9)}   ${'right first'.padEnd(22)}${'in first two'.padEnd(22)}ticket  to read  none`,
    ...[...report.byCategory, ...report.byLanguage, report.all].map(lineOf),
    '',
    `harmless: ${harmless.comments} comments, ${share(harmless.tickets, harmless.comments)} open a ticket, ` +
      `${share(harmless.toRead, harmless.comments)} are to read, ${harmless.none} ask for nothing`,
    `critical comments that came to nothing: ${report.missedCritical.length}` +
      (report.missedCritical.length > 0 ? ` (${report.missedCritical.join(', ')})` : ''),
  ]
  return `${lines.join('\n')}\n`
}

function lineOf({ name, comments, first, firstTwo, tickets, toRead, none }: Tally): string {
  return [
    name.padEnd(24),
    String(comments).padStart(9),
    '   ',
    share(first, comments).padEnd(22),
    share(firstTwo, comments).padEnd(22),
    String(tickets).padStart(6),
    String(toRead).padStart(9),
    String(none).padStart(6),
  ].join('')
}

function share(count: number, of: number): string {
  const { low, high } = wilson(count, of)
  const percent = (x: number) => (100 * x).toFixed(0)
  return of === 0 ? 'none seen' : `${((100 * count) / of).toFixed(1)} % (${percent(low)}-${percent(high)})`
}

/** The 95 % interval of a share (Wilson 1927): honest for small groups and for shares near 0 and 1. */
export function wilson(count: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 }
  const z = 1.96
  const p = count / of
  const middle = p + (z * z) / (2 * of)
  const spread = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) }
}
