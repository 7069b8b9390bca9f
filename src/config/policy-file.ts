import { z } from 'zod'
import type { Policy } from '../domain/policy.ts'
import { splitFrontMatter } from './playbook-file.ts'
import type { Place, Problem } from './problem.ts'
import { bilingual, languageCode, localDate, querySource, strict } from './schemas.ts'
import { readYaml, type YamlDeps } from './yaml-text.ts'

const words = z.record(languageCode, z.array(z.string().trim().min(2))).default({})

const frontMatter = strict({
  disclosure: bilingual.optional(),
  'needs-approval': z
    .array(
      strict({
        topic: bilingual,
        signals: z.record(languageCode, z.array(querySource)).default({}),
        approval: z.enum(['owner', 'adviser']),
      }),
    )
    .default([]),
  /** For people to read: what each role may say. */
  roles: z.record(z.string(), bilingual).default({}),
  'promise-words': words,
  'admission-words': words,
  'review-by': localDate.optional(),
})

const empty: Policy = {
  disclosure: null,
  needsApproval: [],
  promiseWords: new Map(),
  admissionWords: new Map(),
  reviewBy: null,
}

export interface PolicyFile {
  readonly policy: Policy
  readonly problems: readonly Problem[]
  /** Where a key stands; null when it is not there. */
  place(key: string): Place | null
}

/** Reads `_policy.md`; without the file, or what is wrong in it asks for nothing. Never throws. */
export function readPolicy(file: string, text: string | null, deps: YamlDeps): PolicyFile {
  if (text === null) return { policy: empty, problems: [], place: () => null }
  const split = splitFrontMatter(text)
  if (!split) {
    const message = 'must begin with front matter between two lines of three hyphens (---)'
    const problem: Problem = { level: 'error', file, line: 1, column: 1, key: '', message }
    return { policy: empty, problems: [problem], place: () => null }
  }
  const yaml = readYaml(split.yaml, frontMatter, { file, lineOffset: 1 }, deps)
  const { rest: value, problems } = yaml
  const place = (key: string) => yaml.place(key.split('.'))
  if (!value) return { policy: empty, problems, place }
  return {
    policy: {
      disclosure: value.disclosure ?? null,
      needsApproval: value['needs-approval'].map(({ topic, signals, approval }) => ({
        topic,
        approval,
        signals: new Map(Object.entries(signals)),
      })),
      promiseWords: new Map(Object.entries(value['promise-words'])),
      admissionWords: new Map(Object.entries(value['admission-words'])),
      reviewBy: value['review-by'] ?? null,
    },
    problems,
    place,
  }
}
