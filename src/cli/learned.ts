import { loadJudges } from '../app.ts'
import { type LearntWeights, learn } from '../classify/corrections.ts'
import type { Config } from '../config.ts'
import type { Correction } from '../domain/answer.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { readConfig } from './open.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

export interface LearnedOptions {
  /** A correction's number, or `all`. */
  readonly forget?: string
  readonly json?: boolean
}

/** `learned`: what people corrected and what it shifts; `--forget` takes a correction back. */
export async function learnedCommand(
  folder: string,
  options: LearnedOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = readConfig(folder, terminal)
  const store = openStore(config)
  try {
    if (options.forget !== undefined) return await forget(options.forget, store, terminal)
    const corrections = await store.corrections(null)
    const shifts = shiftsOf(corrections, config)
    if (options.json) await terminal.out(JSON.stringify({ corrections, shifts }))
    else for (const line of inWords(corrections, shifts)) await terminal.out(line)
    return exitCode.done
  } finally {
    await store.close()
  }
}

async function forget(which: string, store: Store, terminal: Terminal): Promise<ExitCode> {
  const known = (await store.corrections(null)).map(({ id }) => id)
  const wanted = which === 'all' ? known : known.filter((id) => String(id) === which.replace(/^#/, ''))
  if (wanted.length === 0 && which !== 'all') {
    terminal.err(`no correction "${which}" is in force: "vigie learned" shows them`)
    return exitCode.input
  }
  for (const id of wanted) await store.undoCorrection(id, terminal.now())
  await terminal.out(
    wanted.length === 1 ? '1 correction no longer counts.' : `${wanted.length} corrections no longer count.`,
  )
  return exitCode.done
}

interface Shift {
  readonly watch: string
  readonly corrections: number
  /** Words that speak for (above zero) or against a negative verdict, the strongest first. */
  readonly negative: readonly WordShift[]
  /** Words of texts that are not about us. */
  readonly notUs: readonly WordShift[]
}

interface WordShift {
  readonly word: string
  /** Log-odds. */
  readonly weight: number
}

/** A watch's corrections change its own verdicts only. */
function shiftsOf(corrections: readonly Correction[], config: Config): readonly Shift[] {
  const watches = [...new Set(corrections.map(({ watch }) => watch))]
  if (watches.length === 0) return []
  const classifier = loadJudges(config, []).classifierFor('')
  return watches.map((watch) => {
    const taught = corrections.flatMap(({ watch: of, kind: said, text }) =>
      of === watch && said !== 'category' && text !== '' ? [{ text, said }] : [],
    )
    const { corrections: count, negative, notUs } = learn(taught, classifier)
    return { watch, corrections: count, negative: strongest(negative), notUs: strongest(notUs) }
  })
}

const wordsShown = 12

function strongest(weights: LearntWeights['negative']): readonly WordShift[] {
  return Object.entries(weights)
    .map(([word, weight]) => ({ word, weight }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, wordsShown)
}

const meanings = {
  'not-negative': 'is not negative: the same text opens no ticket again',
  negative: 'is negative',
  'not-us': 'is not about us: the same text opens no ticket again',
  category: 'belongs to',
} as const satisfies Record<Correction['kind'], string>

function inWords(corrections: readonly Correction[], shifts: readonly Shift[]): string[] {
  if (corrections.length === 0)
    return [
      'Nobody has corrected anything yet. A ticket dismissed as "not-negative" or "not-us", or moved to another category, teaches.',
    ]
  const said = corrections.map(
    ({ id, at, who, watch, kind, category, text }) =>
      `#${id}  ${at.toISOString().slice(0, 10)}  ${who} in ${watch}: "${oneLine(text, 80) || '[erased]'}" ${meanings[kind]}${kind === 'category' ? ` ${category}` : ''}`,
  )
  const shifted = shifts.flatMap(({ watch, negative, notUs }) => [
    ...(negative.length > 0 ? [`${watch}, toward negative (+) or away (-): ${listed(negative)}`] : []),
    ...(notUs.length > 0 ? [`${watch}, toward "not about us": ${listed(notUs)}`] : []),
  ])
  return [
    ...said,
    ...(shifted.length > 0 ? ['', ...shifted] : []),
    '',
    'To take one back: vigie learned --forget ID',
  ]
}

function listed(words: readonly WordShift[]): string {
  return words.map(({ word, weight }) => `${word} ${weight > 0 ? '+' : ''}${weight.toFixed(1)}`).join(', ')
}
