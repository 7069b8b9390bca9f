import { z } from 'zod'
import { type Placeholder, placeholders } from '../domain/placeholder.ts'
import type { Answer, Playbook, PlaybookText, Signal } from '../domain/playbook.ts'
import { parseTemplate, type Template, TemplateSyntaxError } from '../domain/template.ts'
import { didYouMean, type Problem } from './problem.ts'
import { bilingual, duration, id, languageCode, localDate, querySource, strict } from './schemas.ts'
import { readYaml, type YamlDeps } from './yaml-text.ts'

const field = strict({
  type: z.enum(['text', 'date', 'url', 'email', 'duration']).default('text'),
  fr: z.string().min(1),
  en: z.string().min(1),
})

const clock = strict({
  title: bilingual,
  within: duration,
  from: z.enum(['published', 'seen']),
  where: z.enum(['FR', 'BE', 'EU', 'UK', 'US']),
  note: bilingual,
})

const frontMatter = strict({
  title: bilingual,
  severity: z.enum(['low', 'normal', 'high', 'critical']).default('normal'),
  owner: id,
  deputy: id.optional(),
  'seen-within': duration.prefault('4h'),
  'answer-within': duration.prefault('24h'),
  'around-the-clock': z.boolean().default(false),
  approval: z.enum(['none', 'responder', 'owner', 'adviser']).default('responder'),
  signals: z.record(languageCode, z.array(querySource)).default({}),
  examples: z.record(languageCode, z.array(z.string().trim().min(1).max(2000))).default({}),
  never: z.array(bilingual).default([]),
  fields: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and _'), field)
    .default({}),
  clocks: z.array(clock).default([]),
  letters: z
    .array(z.enum(['dsa-notice', 'doubtful-review-report', 'right-of-reply', 'extortion-report']))
    .default([]),
  'look-again': duration.optional(),
  'review-by': localDate.optional(),
  overlay: z.boolean().default(false),
  marks: z.array(duration).default([]),
})

/** Reusable pieces of answers, by language and name. */
export type Blocks = ReadonlyMap<string, { readonly template: Template }>

export interface PlaybookFile {
  readonly playbook: Playbook | null
  readonly problems: readonly Problem[]
}

export const requiredLanguages = ['fr', 'en'] as const

/** Reads one playbook, front matter and sections, strictly. `shared` are the blocks of `_blocks.md`. Never throws. */
export function readPlaybook(
  category: string,
  file: string,
  text: string,
  shared: Blocks,
  deps: YamlDeps,
): PlaybookFile {
  const problems: Problem[] = []
  const split = splitFrontMatter(text)
  if (!split) {
    return {
      playbook: null,
      problems: [
        problem(file, 1, '', 'must begin with front matter between two lines of three hyphens (---)'),
      ],
    }
  }
  const yaml = readYaml(split.yaml, frontMatter, { file, lineOffset: 1 }, deps)
  problems.push(...yaml.problems)
  const sections = readSections(split.body, split.bodyLine, file, problems)
  if (!yaml.value) return { playbook: null, problems }

  const written = yaml.value
  const fields = new Map(
    Object.entries(written.fields).map(([name, { type, fr, en }]): [string, Placeholder] => [
      name,
      { type, label: { fr, en }, filledBy: 'person' },
    ]),
  )
  const blocks = blocksOf(sections, shared)
  const texts = new Map<string, PlaybookText>()
  for (const language of new Set([...requiredLanguages, ...sections.map((section) => section.language)])) {
    const textOfLanguage = readText(language, { file, sections, blocks, fields, problems })
    if (textOfLanguage) texts.set(language, textOfLanguage)
  }
  compareLanguages(texts, file, problems)
  if (!written.overlay) requireTeaching(written, file, yaml.place([]).line, problems)

  const playbook: Playbook = {
    category,
    title: written.title,
    severity: written.severity,
    owner: written.owner,
    deputy: written.deputy ?? null,
    seenWithin: written['seen-within'],
    answerWithin: written['answer-within'],
    aroundTheClock: written['around-the-clock'],
    approval: written.approval,
    signals: new Map<string, readonly Signal[]>(Object.entries(written.signals)),
    examples: new Map(Object.entries(written.examples)),
    never: written.never,
    fields,
    clocks: written.clocks,
    letters: written.letters,
    lookAgain: written['look-again'] ?? null,
    reviewBy: written['review-by'] ?? null,
    overlay: written.overlay,
    marks: written.marks,
    texts,
  }
  return { playbook: problems.some((found) => found.level === 'error') ? null : playbook, problems }
}

/** Reads `_blocks.md`: `## Block: name {fr}` sections only. */
export function readBlocks(file: string, text: string): { blocks: Blocks; problems: readonly Problem[] } {
  const problems: Problem[] = []
  const split = splitFrontMatter(text)
  const sections = readSections(split?.body ?? text, split?.bodyLine ?? 1, file, problems)
  for (const section of sections) {
    if (section.kind !== 'block')
      problems.push(
        problem(file, section.line, section.title, 'only "## Block: name {fr}" sections stand here'),
      )
  }
  for (const section of sections) {
    const missing = requiredLanguages.find(
      (language) =>
        !sections.some(
          (other) => other.kind === 'block' && other.name === section.name && other.language === language,
        ),
    )
    if (section.kind === 'block' && missing)
      problems.push(
        problem(
          file,
          section.line,
          section.title,
          `has no {${missing}} version: add "## Block: ${section.name} {${missing}}"`,
        ),
      )
  }
  return { blocks: blocksOf(sections, new Map()), problems }
}

function requireTeaching(
  written: z.output<typeof frontMatter>,
  file: string,
  line: number,
  problems: Problem[],
): void {
  for (const language of requiredLanguages) {
    if ((written.signals[language]?.length ?? 0) + (written.examples[language]?.length ?? 0) > 0) continue
    problems.push(
      problem(
        file,
        line,
        `signals.${language}`,
        `no signal and no example in ${language}: nothing could ever land here, add some under signals: or examples:`,
      ),
    )
  }
}

// --- sections -----------------------------------------------------------------------------------------------------

interface Section {
  readonly kind: 'questions' | 'advice' | 'answer' | 'block'
  readonly title: string
  /** The name of a candidate or block; null for the main answer, questions and advice. */
  readonly name: string | null
  readonly language: string
  readonly maxLength: number | null
  readonly body: string
  /** Line of the heading in the file, from 1. */
  readonly line: number
  /** Line on which `body` begins. */
  readonly bodyLine: number
}

const kinds: Readonly<Record<string, Section['kind']>> = {
  questions: 'questions',
  advice: 'advice',
  answer: 'answer',
  block: 'block',
}

export function splitFrontMatter(text: string): { yaml: string; body: string; bodyLine: number } | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines[0]?.trim() !== '---') return null
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === '---')
  if (end < 0) return null
  return { yaml: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 }
}

function readSections(body: string, firstLine: number, file: string, problems: Problem[]): Section[] {
  const sections: Section[] = []
  const lines = body.split('\n')
  const headings = lines.flatMap((line, index) => (line.startsWith('## ') ? [index] : []))
  for (const [order, at] of headings.entries()) {
    const heading = lines[at] ?? ''
    const line = firstLine + at
    const match = /^## (\p{L}+)(?::\s*([^{]{1,80}?))?\s*\{\s*([a-z]{2})\s*(?:,\s*(\d{1,5})\s*)?\}\s*$/u.exec(
      heading,
    )
    const kind = kinds[match?.[1]?.toLowerCase() ?? '']
    if (!match || !kind) {
      problems.push(
        problem(
          file,
          line,
          heading.slice(3),
          sectionHelp(match?.[1] ?? heading.slice(3).split(/[ :{]/)[0] ?? '', match !== null),
        ),
      )
      continue
    }
    const rest = lines.slice(at + 1, headings[order + 1] ?? lines.length)
    const leading = rest.findIndex((text) => text.trim() !== '')
    sections.push({
      kind,
      title: heading.slice(3),
      name: match[2]?.trim() ?? null,
      language: match[3] ?? '',
      maxLength: match[4] ? Number(match[4]) : null,
      body: rest.join('\n').trim(),
      line,
      bodyLine: line + 1 + Math.max(0, leading),
    })
  }
  return sections
}

function sectionHelp(word: string, formed: boolean): string {
  const help =
    'a heading is "## Questions {fr}", "## Advice {fr}", "## Answer {fr}", "## Answer: name {fr, 500}" or "## Block: name {fr}"'
  return formed
    ? `no section is called "${word}"${didYouMean(word.toLowerCase(), Object.keys(kinds))}; ${help}`
    : help
}

function blocksOf(sections: readonly Section[], shared: Blocks): Blocks {
  const blocks = new Map(shared)
  for (const section of sections) {
    if (section.kind !== 'block') continue
    const template = tryTemplate(section.body)
    if (template) blocks.set(`${section.language}:${section.name ?? ''}`, { template })
  }
  return blocks
}

function tryTemplate(text: string): Template | null {
  try {
    return parseTemplate(text)
  } catch {
    return null
  }
}

interface Reading {
  readonly file: string
  readonly sections: readonly Section[]
  readonly blocks: Blocks
  readonly fields: ReadonlyMap<string, Placeholder>
  readonly problems: Problem[]
}

function readText(language: string, reading: Reading): PlaybookText | null {
  const { file, problems } = reading
  const own = reading.sections.filter((section) => section.language === language)
  const one = (kind: Section['kind']) => own.filter((section) => section.kind === kind)
  for (const block of one('block')) readTemplate(block, reading)
  const answers = one('answer').map(
    (section): Answer => ({
      name: section.name,
      maxLength: section.maxLength,
      template: readTemplate(section, reading),
    }),
  )
  const main = answers.findIndex((answer) => answer.name === null)
  const mainAnswer = answers[main]
  for (const [kind, example] of [
    ['questions', '- [ ] …'],
    ['answer', 'the prepared answer'],
  ] as const) {
    const missing = kind === 'answer' ? !mainAnswer : one(kind).length === 0
    if (missing)
      problems.push(
        problem(
          file,
          1,
          `${kind === 'answer' ? 'Answer' : 'Questions'} {${language}}`,
          `missing: add a section "## ${kind === 'answer' ? 'Answer' : 'Questions'} {${language}}" with ${example}`,
        ),
      )
  }
  const questions = one('questions').flatMap((section) => readQuestions(section, reading))
  if (!mainAnswer) return null
  return {
    questions,
    advice: one('advice')
      .map((section) => section.body)
      .join('\n\n'),
    answers: [mainAnswer, ...answers.filter((_, index) => index !== main)],
  }
}

function readQuestions(section: Section, { file, problems }: Reading): string[] {
  const questions = section.body.split('\n').flatMap((line) => {
    const match = /^\s*[-*] \[[ xX]\] (.+)$/.exec(line)
    return match?.[1] ? [match[1].trim()] : []
  })
  if (questions.length === 0)
    problems.push(problem(file, section.line, section.title, 'holds no question: write each as "- [ ] …"'))
  return questions
}

function readTemplate(section: Section, reading: Reading): Template {
  const { file, problems } = reading
  const lineAt = (offset: number) => section.bodyLine + section.body.slice(0, offset).split('\n').length - 1
  try {
    const template = parseTemplate(section.body)
    for (const part of template) {
      if (part.kind === 'placeholder' && !(part.name in placeholders) && !reading.fields.has(part.name)) {
        const known = [...Object.keys(placeholders), ...reading.fields.keys()]
        problems.push(
          problem(
            file,
            lineAt(part.offset),
            section.title,
            `unknown placeholder {{ ${part.name} }}${didYouMean(part.name, known) || '; declare it under fields:'}`,
          ),
        )
      }
      if (part.kind === 'block' && !reading.blocks.has(`${section.language}:${part.name}`)) {
        const known = [...reading.blocks.keys()]
          .filter((key) => key.startsWith(`${section.language}:`))
          .map((key) => key.slice(3))
        problems.push(
          problem(
            file,
            lineAt(part.offset),
            section.title,
            `no block "${part.name}" in ${section.language}${didYouMean(part.name, known)}`,
          ),
        )
      }
    }
    return resolveBlocks(template, section.language, reading.blocks, 0)
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error
    problems.push(problem(file, lineAt(error.offset), section.title, error.message))
    return []
  }
}

/** Puts the blocks in their places; five levels deep, so that a block that includes itself ends. */
function resolveBlocks(template: Template, language: string, blocks: Blocks, depth: number): Template {
  return template.flatMap((part): Template => {
    if (part.kind !== 'block') return [part]
    const block = blocks.get(`${language}:${part.name}`)
    return block && depth < 5 ? resolveBlocks(block.template, language, blocks, depth + 1) : []
  })
}

/** French and English are one object: as many candidates in the one as in the other. */
function compareLanguages(texts: ReadonlyMap<string, PlaybookText>, file: string, problems: Problem[]): void {
  const [fr, en] = requiredLanguages.map((language) => texts.get(language))
  if (!fr || !en || fr.answers.length === en.answers.length) return
  problems.push(
    problem(
      file,
      1,
      'Answer',
      `${fr.answers.length} answers in fr but ${en.answers.length} in en: each candidate needs its twin`,
    ),
  )
}

function problem(file: string, line: number, key: string, message: string): Problem {
  return { level: 'error', file, line, column: 1, key, message }
}
