import type { Classifier } from '../classify/classifier.ts'
import { evidenceOf, whatIsJudged } from '../classify/judge.ts'
import type { Config } from '../config.ts'
import type { Entry } from '../domain/entry.ts'
import type { Evidence, Judgement } from '../domain/judgement.ts'
import type { MentionMatch } from '../domain/mention.ts'
import type { Playbook } from '../domain/playbook.ts'
import { relevanceOf } from '../domain/relevance.ts'
import type { Watch } from '../domain/watch.ts'
import type { Categoriser } from '../triage/categoriser.ts'
import { type Decision, decideOn } from '../triage/decide.ts'
import { deadlinesOf, whoAnswers } from '../triage/triage.ts'
import { type Draft, draftsFor } from './draft.ts'

/** What would happen to a comment, stage by stage. */
export interface Rehearsal {
  readonly watch: Watch | null
  readonly match: MentionMatch
  readonly judgement: Judgement
  readonly evidence: readonly Evidence[]
  readonly decision: Decision
  /** Null when nothing would be done. */
  readonly answer: {
    readonly playbook: Playbook
    readonly owner: string
    readonly seenBy: Date
    readonly answerBy: Date
    readonly drafts: readonly Draft[]
  } | null
}

export interface RehearseDeps {
  classifierFor(watch: string): Classifier
  readonly categoriser: Categoriser
}

/** Runs one comment through every stage after matching, storing nothing. A watch whose name it lacks still takes it. */
export function rehearse(
  entry: Entry,
  watch: Watch | null,
  config: Config,
  now: Date,
  deps: RehearseDeps,
): Rehearsal {
  const found = watch ? [watch] : config.watches
  const relevances = found.map((candidate) => ({
    candidate,
    relevance: relevanceOf(candidate, entry, 'try'),
  }))
  const hit = relevances.find(({ relevance }) => relevance.kind === 'mention') ?? relevances[0]
  const match: MentionMatch =
    hit?.relevance.kind === 'mention'
      ? hit.relevance.match
      : { spans: [], confirmedBy: [], deniedBy: [], certain: true }
  const classifier = deps.classifierFor(hit?.candidate.id ?? '')
  const { text, context } = whatIsJudged({ entry, match })
  const judgement = classifier.judge(text, context)
  const decision = decideOn({ entry, match }, judgement, {
    categoriser: deps.categoriser,
    playbooks: config.playbooks,
  })
  return {
    watch: hit?.candidate ?? null,
    match,
    judgement,
    evidence: evidenceOf({ mention: { entry, match } }, classifier),
    decision,
    answer: answerFor(entry, judgement, decision, hit?.candidate ?? null, config, now),
  }
}

function answerFor(
  entry: Entry,
  judgement: Judgement,
  decision: Decision,
  watch: Watch | null,
  config: Config,
  now: Date,
): Rehearsal['answer'] {
  const playbook = config.playbooks.get(decision.category ?? '')
  if (!playbook) return null
  const owner = whoAnswers(playbook, now, config)
  const watchName = watch?.name ?? config.company ?? ''
  const drafts = draftsFor(playbook, entry, judgement.language, config.people.get(owner) ?? null, now, {
    fallbackLanguage: config.language,
    company: config.company ?? watchName,
    watchName,
    contact: config.contact,
    zone: config.calendar.zone,
  })
  return { playbook, owner, ...deadlinesOf(playbook, now, config.calendar), drafts }
}
