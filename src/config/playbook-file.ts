import { z } from 'zod'
import { type Placeholder, placeholders } from '../domain/placeholder.ts'
import type { Answer, Playbook, PlaybookText, Signal } from '../domain/playbook.ts'
import { parseTemplate, type Template, TemplateSyntaxError } from '../domain/template.ts'
import { didYouMean, type Place, type Problem } from './problem.ts'
import { bilingual, duration, id, languageCode, localDate, querySource, strict } from './schemas.ts'
import { readYaml, type YamlDeps, type YamlText } from './yaml-text.ts'

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
  /** What could be read, even when there are problems; null when nothing could. */
  readonly playbook: Playbook | null
  readonly problems: readonly Problem[]
  /** Who is named in it, as far as the names could be read. */
  readonly people: readonly NamedPerson[]
  /** Where a key or a section stands; null when it is not there. */
  place(key: string): Place | null
}

export interface NamedPerson extends Place {
  readonly key: string
  readonly who: string
}

export const requiredLanguages = ['fr', 'en'] as const

/** Reads one playbook, front matter and sections, strictly. `shared` are the blocks of `_blocks.md`. Never throws. */
export function readPlaybook(
  category: string,
  file: string,
  text: string,
  shared: Pick<BlocksFile, 'blocks' | 'isWhole'>,
  deps: YamlDeps,
): PlaybookFile {
  const problems: Problem[] = []
  const split = splitFrontMatter(text)
  if (!split) {
    const message = 'must begin with front matter between two lines of three hyphens (---)'
    return { playbook: null, problems: [problem(file, 1, '', message)], people: [], place: () => null }
  }
  const standIns = { title: { fr: category, en: category }, owner: 'unread' }
  const yaml = readYaml(split.yaml, frontMatter, { file, lineOffset: 1, standIns }, deps)
  problems.push(...yaml.problems)
  const { sections, misread } = readSections(split.body, split.bodyLine, file, problems)
  const blocks = blocksOf(sections, shared.blocks)
  const isEveryBlockKnown = shared.isWhole && misread.every(({ kind }) => kind !== null && kind !== 'block')
  const fields = yaml.rest && fieldsOf(yaml.rest, yaml.problems)
  const texts = new Map<string, PlaybookText>()
  for (const language of new Set([...requiredLanguages, ...sections.map((section) => section.language)])) {
    const textOfLanguage = readText(language, {
      ...{ file, sections, misread, blocks, isEveryBlockKnown, fields, problems },
      onUnknown: (_, found) => problems.push(found),
    })
    if (textOfLanguage) texts.set(language, textOfLanguage)
  }
  if (misread.length === 0) compareLanguages(texts, file, problems)
  const place = (key: string) => placeOf(key, yaml, sections)
  const written = yaml.rest
  if (!written) return { playbook: null, problems, people: [], place }
  if (!written.overlay) requireTeaching(written, file, yaml, problems)

  const people = (['owner', 'deputy'] as const).flatMap((key): NamedPerson[] => {
    const who = written[key]
    const isRead = !yaml.problems.some((found) => found.key === key)
    return who && isRead ? [{ key, who, ...yaml.place([key]) }] : []
  })
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
    fields: fields ?? new Map(),
    clocks: written.clocks,
    letters: written.letters,
    lookAgain: written['look-again'] ?? null,
    reviewBy: written['review-by'] ?? null,
    overlay: written.overlay,
    marks: written.marks,
    texts,
  }
  return { playbook, problems, people, place }
}

type FrontMatter = z.output<typeof frontMatter>

/** Null when a field could not be read: then nobody can tell an unknown placeholder from one that is declared wrong. */
function fieldsOf(
  written: FrontMatter,
  problems: readonly Problem[],
): ReadonlyMap<string, Placeholder> | null {
  if (problems.some(({ key }) => key === 'fields' || key.startsWith('fields.'))) return null
  return new Map(
    Object.entries(written.fields).map(([name, { type, fr, en }]): [string, Placeholder] => [
      name,
      { type, label: { fr, en }, filledBy: 'person' },
    ]),
  )
}

function placeOf(key: string, yaml: YamlText<FrontMatter>, sections: readonly Section[]): Place | null {
  const section = sections.find(({ kind, name, language }) => {
    const title = `${kind}${name === null ? '' : `: ${name}`} {${language}}`
    return title === key.charAt(0).toLowerCase() + key.slice(1)
  })
  if (section) return { line: section.line, column: 1 }
  const [top, ...inner] = key.split('.')
  const isThere =
    typeof yaml.written === 'object' && yaml.written !== null && Object.hasOwn(yaml.written, top ?? '')
  return isThere ? yaml.place([top ?? '', ...inner]) : null
}

export interface BlocksFile {
  readonly blocks: Blocks
  readonly problems: readonly Problem[]
  /** Every heading could be read: a block that is not among them is nowhere. */
  readonly isWhole: boolean
  /** The placeholders that only a playbook's fields can explain, each with what to say when none does. */
  readonly asked: readonly { readonly name: string; readonly problem: Problem }[]
}

/** Reads `_blocks.md`: `## Block: name {fr}` sections only. */
export function readBlocks(file: string, text: string): BlocksFile {
  const problems: Problem[] = []
  const split = splitFrontMatter(text)
  const { sections, misread } = readSections(split?.body ?? text, split?.bodyLine ?? 1, file, problems)
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
    if (section.kind === 'block' && missing && misread.length === 0)
      problems.push(
        problem(
          file,
          section.line,
          section.title,
          `has no {${missing}} version: add "## Block: ${section.name} {${missing}}"`,
        ),
      )
  }
  const blocks = blocksOf(sections, new Map())
  const asked: { name: string; problem: Problem }[] = []
  const onUnknown = (name: string, found: Problem) => asked.push({ name, problem: found })
  const isWhole = misread.length === 0
  const reading = { file, blocks, isEveryBlockKnown: isWhole, fields: new Map(), problems, onUnknown }
  for (const section of sections) readTemplate(section, reading)
  return { blocks, problems, isWhole, asked }
}

function requireTeaching(
  written: FrontMatter,
  file: string,
  yaml: YamlText<FrontMatter>,
  problems: Problem[],
): void {
  const isMisread = yaml.problems.some(({ key }) => /^(signals|examples)\b/.test(key))
  for (const language of isMisread ? [] : requiredLanguages) {
    if ((written.signals[language]?.length ?? 0) + (written.examples[language]?.length ?? 0) > 0) continue
    problems.push(
      problem(
        file,
        yaml.place([]).line,
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

/** A heading that was told to be wrong: what it was meant to be is not missing too. Null: nobody can tell. */
interface Misread {
  readonly kind: Section['kind'] | null
  readonly language: string | null
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

function readSections(
  body: string,
  firstLine: number,
  file: string,
  problems: Problem[],
): { sections: readonly Section[]; misread: readonly Misread[] } {
  const sections: Section[] = []
  const misread: Misread[] = []
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
      const word = /^## (\p{L}{1,40})/u.exec(heading)?.[1]?.toLowerCase() ?? ''
      misread.push({ kind: kinds[word] ?? null, language: /\{\s*([a-z]{2})\b/.exec(heading)?.[1] ?? null })
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
  return { sections, misread }
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
    const template = readableTemplate(section.body, () => {})
    blocks.set(`${section.language}:${section.name ?? ''}`, { template })
  }
  return blocks
}

const mostTemplateErrors = 20

/** The template without what is wrong in it; each mistake is told. */
function readableTemplate(text: string, onError: (error: TemplateSyntaxError) => void): Template {
  let source = text
  for (let round = 0; round < mostTemplateErrors; round++) {
    try {
      return parseTemplate(source)
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error
      onError(error)
      source = `${source.slice(0, error.offset)}  ${source.slice(error.offset + 2)}`
    }
  }
  return []
}

interface TemplateReading {
  readonly file: string
  readonly blocks: Blocks
  readonly isEveryBlockKnown: boolean
  /** Null when what is declared could not be read. */
  readonly fields: ReadonlyMap<string, Placeholder> | null
  readonly problems: Problem[]
  onUnknown(name: string, problem: Problem): void
}

interface Reading extends TemplateReading {
  readonly sections: readonly Section[]
  readonly misread: readonly Misread[]
}

function readText(language: string, reading: Reading): PlaybookText | null {
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
  const main = answers.find((answer) => answer.name === null)
  if (!main) tellMissing('answer', language, reading)
  if (one('questions').length === 0) tellMissing('questions', language, reading)
  const questions = one('questions').flatMap((section) => readQuestions(section, reading))
  if (answers.length === 0) return null
  return {
    questions,
    advice: one('advice')
      .map((section) => section.body)
      .join('\n\n'),
    answers: main ? [main, ...answers.filter((answer) => answer !== main)] : answers,
  }
}

function tellMissing(kind: 'answer' | 'questions', language: string, reading: Reading): void {
  const isTold = reading.misread.some(
    (heading) =>
      (heading.kind === null || heading.kind === kind) &&
      (heading.language === null || heading.language === language),
  )
  if (isTold) return
  const [title, content] = kind === 'answer' ? ['Answer', 'the prepared answer'] : ['Questions', '- [ ] …']
  const key = `${title} {${language}}`
  reading.problems.push(problem(reading.file, 1, key, `missing: add a section "## ${key}" with ${content}`))
}

function readQuestions(section: Section, { file, problems }: TemplateReading): string[] {
  const questions = section.body.split('\n').flatMap((line) => {
    const match = /^\s*[-*] \[[ xX]\] (.+)$/.exec(line)
    return match?.[1] ? [match[1].trim()] : []
  })
  if (questions.length === 0)
    problems.push(problem(file, section.line, section.title, 'holds no question: write each as "- [ ] …"'))
  return questions
}

function readTemplate(section: Section, reading: TemplateReading): Template {
  const { file, blocks, problems } = reading
  const problemAt = (offset: number, message: string): Problem => {
    const before = section.body.slice(0, offset).split('\n')
    const at = { line: section.bodyLine + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 }
    return { level: 'error', file, ...at, key: section.title, message }
  }
  const template = readableTemplate(section.body, (error) =>
    problems.push(problemAt(error.offset, error.message)),
  )
  for (const part of template) {
    if (
      part.kind === 'placeholder' &&
      !(part.name in placeholders) &&
      reading.fields?.has(part.name) === false
    ) {
      const known = [...Object.keys(placeholders), ...reading.fields.keys()]
      const help = didYouMean(part.name, known) || '; declare it under fields:'
      reading.onUnknown(part.name, problemAt(part.offset, `unknown placeholder {{ ${part.name} }}${help}`))
    }
    if (
      part.kind === 'block' &&
      reading.isEveryBlockKnown &&
      !blocks.has(`${section.language}:${part.name}`)
    ) {
      const known = [...blocks.keys()]
        .filter((key) => key.startsWith(`${section.language}:`))
        .map((key) => key.slice(3))
      const message = `no block "${part.name}" in ${section.language}${didYouMean(part.name, known)}`
      problems.push(problemAt(part.offset, message))
    }
  }
  return resolveBlocks(template, section.language, blocks, 0)
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
  const hasMain = (text: PlaybookText | undefined) => text?.answers[0]?.name === null
  if (!fr || !en || !hasMain(fr) || !hasMain(en) || fr.answers.length === en.answers.length) return
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
