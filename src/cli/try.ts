import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { loadJudges } from '../app.ts'
import { newEntry } from '../collect/new-entry.ts'
import { didYouMean } from '../config/problem.ts'
import type { Config } from '../config.ts'
import type { Correction } from '../domain/answer.ts'
import type { Entry } from '../domain/entry.ts'
import type { Watch } from '../domain/watch.ts'
import { databaseFile } from '../folder.ts'
import { type Rehearsal, rehearse } from '../respond/rehearse.ts'
import { openStore } from '../store/open-store.ts'
import { readJsonLines } from './json-lines.ts'
import { readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

interface TryOptions {
  readonly watch?: string
  readonly json?: boolean
}

interface Comment {
  readonly id?: unknown
  readonly text: string
  readonly language: string | null
  readonly watch: string | undefined
}

/** `try`: what would happen to a comment, and why. `-` reads JSON lines and writes one for each, in order. */
export async function tryCommand(
  folder: string,
  text: string,
  options: TryOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (text.trim() === '') return refuse('the comment is empty: vigie try "what they wrote"', terminal)
  const config = readConfig(folder, terminal)
  const judges = loadJudges(config, await correctionsOf(config))
  const run = (comment: Comment, watch: Watch | null) =>
    rehearse(entryOf(comment), watch, config, terminal.now(), judges)
  if (text !== '-') {
    const watch = watchCalled(options.watch, config)
    if (typeof watch === 'string') return refuse(watch, terminal)
    const rehearsal = run({ text, language: null, watch: options.watch }, watch)
    await terminal.out(options.json ? JSON.stringify(asJson({}, rehearsal)) : inWords(rehearsal, config))
    return exitCode.done
  }
  let broken = 0
  const onBroken = (number: number, message: string) => {
    broken++
    terminal.err(`line ${number}: ${message}`)
  }
  for await (const { number, value } of readJsonLines(terminal.input, onBroken)) {
    const comment = commentOf(value)
    const watch = comment ? watchCalled(comment.watch ?? options.watch, config) : null
    if (!comment) onBroken(number, 'needs a "text" (a string): left out')
    else if (typeof watch === 'string') onBroken(number, watch)
    else await terminal.out(JSON.stringify(asJson(comment, run(comment, watch))))
  }
  return broken > 0 ? exitCode.input : exitCode.done
}

/** What people taught this folder, when it has a store; `try` makes none. */
async function correctionsOf(config: Config): Promise<readonly Correction[]> {
  if (!existsSync(databaseFile(config.folder))) return []
  const store = openStore(config)
  try {
    return await store.corrections(null)
  } finally {
    await store.close()
  }
}

function refuse(message: string, terminal: Terminal): ExitCode {
  terminal.err(message)
  return exitCode.input
}

/** The watch of that id or name; null when none is asked for; a message when there is no such one. */
function watchCalled(name: string | undefined, config: Config): Watch | null | string {
  if (name === undefined) return null
  const wanted = name.toLowerCase()
  const watch = config.watches.find(({ id, name: full }) => id === wanted || full.toLowerCase() === wanted)
  return (
    watch ??
    `no watch "${name}"${didYouMean(
      name,
      config.watches.map(({ id }) => id),
    )}`
  )
}

function commentOf(value: unknown): Comment | null {
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
    return null
  const { id, text, language, watch } = value as Record<string, unknown> & { text: string }
  return {
    ...(id === undefined ? {} : { id }),
    text,
    language: typeof language === 'string' ? language : null,
    watch: typeof watch === 'string' ? watch : undefined,
  }
}

function entryOf({ text, language }: Comment): Entry {
  return newEntry({ id: createHash('sha256').update(text).digest('hex'), text, language })
}

function asJson({ id }: { id?: unknown }, { match, judgement, evidence, decision, answer }: Rehearsal) {
  const { language, polarity, confidence, sure } = judgement
  const [draft] = answer?.drafts ?? []
  return {
    ...(id === undefined ? {} : { id }),
    language,
    polarity,
    confidence,
    sure,
    outcome: decision.outcome === 'other-language' || decision.outcome === 'late' ? 'none' : decision.outcome,
    category: decision.category,
    alternatives: decision.alternatives,
    severity: answer?.playbook.severity ?? null,
    owner: answer?.owner ?? null,
    approval: answer?.playbook.approval ?? null,
    seenBy: answer?.seenBy.toISOString() ?? null,
    answerBy: answer?.answerBy.toISOString() ?? null,
    why: {
      matched: match.spans,
      polarity: evidence,
      category: categoryReasons(decision.reason),
    },
    draft: draft ? { language: draft.language, text: draft.text, missing: draft.missing } : null,
  }
}

function categoryReasons(reason: Rehearsal['decision']['reason']) {
  return [
    ...reason.signals.map((signal) => ({ signal })),
    ...reason.words.map(({ text, weight }) => ({ text, weight })),
    { rule: reason.rule, margin: reason.margin },
  ]
}

function inWords({ watch, match, judgement, evidence, decision, answer }: Rehearsal, config: Config): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const matched = match.spans.map((span) => span.term).join(', ')
  const toward = evidence
    .map(({ text, weight }) => `${text} (${weight > 0 ? '+' : ''}${weight.toFixed(1)})`)
    .join(', ')
  const lines = [
    `Watch     ${watch?.name ?? '-'}${matched ? `: ${matched}` : ' (its name is not in the comment)'}`,
    `Language  ${judgement.language ?? 'unknown'}`,
    `Polarity  ${judgement.polarity} ${percent(judgement.confidence)}${judgement.sure ? '' : ', not sure'}${toward ? `: ${toward}` : ''}`,
    `Outcome   ${decision.outcome} (${decision.reason.rule})`,
  ]
  if (!answer) return [...lines, 'Nothing would be done.'].join('\n')
  const { playbook } = answer
  const title = playbook.title[config.language]
  const others = decision.alternatives.map(
    (category) => config.playbooks.get(category)?.title[config.language] ?? category,
  )
  const why = [...decision.reason.signals, ...decision.reason.words.map((word) => word.text)].join(', ')
  const [draft] = answer.drafts
  return [
    ...lines,
    `Category  ${title} ${decision.confidence === null ? '' : percent(decision.confidence)}${why ? `: ${why}` : ''}`,
    ...(others.length > 0 ? [`          or is it: ${others.join(', ')}?`] : []),
    `Severity  ${playbook.severity}; approval: ${playbook.approval}`,
    `Owner     ${config.people.get(answer.owner)?.name ?? answer.owner}, seen by ${answer.seenBy.toISOString()}, answered by ${answer.answerBy.toISOString()}`,
    '',
    'Prepared answer',
    ...(draft?.text ?? '').split('\n').map((line) => `  ${line}`),
    ...(draft && draft.missing.length > 0
      ? ['', `To be filled by a person: ${draft.missing.join(', ')}`]
      : []),
  ].join('\n')
}
