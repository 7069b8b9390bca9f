import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { Polarity } from '../domain/judgement.ts'

export interface Example {
  readonly text: string
  readonly label: Polarity
  readonly language: string
  readonly source: string
}

export type Recipe = 'open' | 'all'

interface SourcePlan {
  /** How much a row of it counts. */
  readonly weight: number
  /** Whether its stated terms let it into the `open` recipe. */
  readonly isOpen: boolean
  /** Sets without neutral rows teach negative against positive and say nothing about neutral. */
  readonly isTwoClass?: boolean
}

/** What each set is worth, found on validation texts. A set that is not named here is not used. */
export const plans: Readonly<Record<string, SourcePlan>> = {
  umsab: { weight: 3, isOpen: true },
  tweeteval: { weight: 1, isOpen: true },
  tweeteval_emotion: { weight: 0.5, isOpen: true, isTwoClass: true },
  airline: { weight: 1, isOpen: false },
  sanders: { weight: 1, isOpen: false },
  apple_dfe: { weight: 0.3, isOpen: false },
  goemotions: { weight: 1, isOpen: true },
  xed: { weight: 0.3, isOpen: true },
  allocine_tv: { weight: 1, isOpen: false, isTwoClass: true },
  typology: { weight: 1, isOpen: false, isTwoClass: true },
  germeval17: { weight: 1, isOpen: false },
  newsmtsc: { weight: 1, isOpen: true },
  sentfin: { weight: 1, isOpen: false },
  mabsa: { weight: 1, isOpen: false, isTwoClass: true },
}

/** Film subtitles have neutral rows in these languages only. */
const subtitlesWithNeutral = new Set(['en', 'fi'])

export function isTwoClass(example: Pick<Example, 'source' | 'language'>): boolean {
  if (example.source === 'xed') return !subtitlesWithNeutral.has(example.language)
  return plans[example.source]?.isTwoClass ?? false
}

export function weightOf(example: Example, recipe: Recipe): number {
  const plan = plans[example.source]
  if (plan === undefined || (recipe === 'open' && !plan.isOpen)) return 0
  // The Hindi labels of UMSAB do not follow its texts: no model of ours does better on them than chance.
  if (example.source === 'umsab' && example.language === 'hi') return 0
  if (isTwoClass(example) && example.label === 'neutral') return 0
  return plan.weight
}

export async function readExamples(folder: string, set: 'train' | 'val'): Promise<Example[]> {
  const input = createReadStream(join(folder, `sentiment.${set}.jsonl.gz`)).pipe(createGunzip())
  const examples: Example[] = []
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue
    // The documented sets, on the developer's own disk.
    const row = JSON.parse(line) as { text: string; label: Polarity; lang: string; source: string }
    examples.push({ text: row.text, label: row.label, language: row.lang, source: row.source })
  }
  return examples
}
