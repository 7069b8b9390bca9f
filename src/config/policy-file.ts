import { z } from 'zod'
import type { Policy } from '../domain/policy.ts'
import { splitFrontMatter } from './playbook-file.ts'
import type { Problem } from './problem.ts'
import { bilingual, languageCode, querySource, strict } from './schemas.ts'
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
  'review-by': z.string().optional(),
})

const empty: Policy = {
  disclosure: null,
  needsApproval: [],
  promiseWords: new Map(),
  admissionWords: new Map(),
}

/** Reads `_policy.md`; without the file, or what is wrong in it asks for nothing. Never throws. */
export function readPolicy(
  file: string,
  text: string | null,
  deps: YamlDeps,
): { policy: Policy; problems: readonly Problem[] } {
  if (text === null) return { policy: empty, problems: [] }
  const split = splitFrontMatter(text)
  if (!split) {
    const message = 'must begin with front matter between two lines of three hyphens (---)'
    return { policy: empty, problems: [{ level: 'error', file, line: 1, column: 1, key: '', message }] }
  }
  const { rest: value, problems } = readYaml(split.yaml, frontMatter, { file, lineOffset: 1 }, deps)
  if (!value) return { policy: empty, problems }
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
    },
    problems,
  }
}
