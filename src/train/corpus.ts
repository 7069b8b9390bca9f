import { createReadStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { anotherLanguage } from '../classify/language.ts'
import type { Polarity } from '../domain/judgement.ts'
import { home } from '../folder.ts'

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
  /** Sets without neutral rows: how much of the lesson is "not neutral either", the rest is negative against positive. */
  readonly twoClass?: number
  /** Whether its mix of classes is its own affair, learnt beside the features and left out of the model. */
  readonly ownMix?: boolean
  /** What a row counts by its language, where that is not 1. */
  readonly shares?: Readonly<Record<string, number>>
}

/** What each set is worth, found on validation texts. A set that is not named here is not used. */
export const plans: Readonly<Record<string, SourcePlan>> = {
  // Emoji alone are a few lines against a third of a million. Of written French and English there is so much that it would
  // outvote the tweets of the public sets, which are labelled by other rules.
  own: { weight: 1.5, isOpen: true, shares: { [anotherLanguage]: 8, fr: 0.55, en: 0.65 } },
  // English has fifty thousand real ones, and most of the others were written in French.
  posts: { weight: 6, isOpen: true, shares: { en: 0.25, fr: 0.6 } },
  umsab: { weight: 12, isOpen: true },
  tweeteval: { weight: 3, isOpen: true },
  tweeteval_emotion: { weight: 0.5, isOpen: true, twoClass: 0 },
  airline: { weight: 8, isOpen: false },
  sanders: { weight: 1, isOpen: false },
  apple_dfe: { weight: 0.5, isOpen: false },
  goemotions: { weight: 0.25, isOpen: true, ownMix: true },
  xed: { weight: 0.2, isOpen: true, ownMix: true },
  allocine_tv: { weight: 6, isOpen: false, twoClass: 0.15 },
  typology: { weight: 0.7, isOpen: false, twoClass: 0.15, ownMix: true },
  germeval17: { weight: 0.5, isOpen: false, ownMix: true },
  newsmtsc: { weight: 2, isOpen: true },
  sentfin: { weight: 3, isOpen: false },
  mabsa: { weight: 0.5, isOpen: false, twoClass: 0.15, ownMix: true },
}

/** Film subtitles have neutral rows in these languages only. */
const subtitlesWithNeutral = new Set(['en', 'fi'])

/** The share of "not neutral" in the lesson of a row of two classes; null for rows of three. */
export function twoClassShare(example: Pick<Example, 'source' | 'language'>): number | null {
  if (example.source === 'xed') return subtitlesWithNeutral.has(example.language) ? null : 0
  return plans[example.source]?.twoClass ?? null
}

export function weightOf(example: Example, recipe: Recipe): number {
  const plan = plans[example.source]
  if (plan === undefined || (recipe === 'open' && !plan.isOpen)) return 0
  // The Hindi labels of UMSAB do not follow its texts: no model of ours does better on them than chance.
  if (example.source === 'umsab' && example.language === 'hi') return 0
  if (twoClassShare(example) !== null && example.label === 'neutral') return 0
  return plan.weight * (plan.shares?.[example.language] ?? 1)
}

export async function readExamples(folder: string, set: 'train' | 'val'): Promise<Example[]> {
  const input = createReadStream(path.join(folder, `sentiment.${set}.jsonl.gz`)).pipe(createGunzip())
  const examples: Example[] = []
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue
    // The documented sets, on the developer's own disk.
    const row = JSON.parse(line) as { text: string; label: Polarity; lang: string; source: string }
    examples.push({ text: row.text, label: row.label, language: row.lang, source: row.source })
  }
  return examples
}

const ownLabels: Readonly<Record<string, Polarity>> = { '-': 'negative', '0': 'neutral', '+': 'positive' }

/**
 * The texts that were written for Vigie. Those with a label teach polarity; those of own.txt, labelled or not, teach what a
 * language looks like.
 */
export function readOwn(): { labelled: Example[]; languages: Pick<Example, 'text' | 'language'>[] } {
  const own = readWritten('own')
  return {
    labelled: [...own, ...readWritten('posts')].flatMap(({ sign, ...row }) => {
      const label = ownLabels[sign]
      return label === undefined ? [] : [{ ...row, label }]
    }),
    languages: own.filter(({ language }) => language !== anotherLanguage),
  }
}

function readWritten(source: 'own' | 'posts'): (Omit<Example, 'label'> & { sign: string })[] {
  const file = `src/train/${source}.txt`
  const lines = readFileSync(path.join(home, file), 'utf8').split('\n')
  return lines.flatMap((line, k) => {
    if (line === '' || line.startsWith('#')) return []
    const [, language, sign, text] = /^([a-z]{2}) ([-0+?]) (.+)$/.exec(line) ?? []
    if (language === undefined || sign === undefined || text === undefined)
      throw new Error(`${file}:${k + 1}: write a language, one of - 0 + ?, and the text`)
    return [{ text, language, source, sign }]
  })
}
