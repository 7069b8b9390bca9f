import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml'
import type { z } from 'zod'
import { didYouMean, type Place, type Problem } from './problem.ts'
import { type Path, type Salvage, salvage } from './salvage.ts'

export interface YamlSettings {
  /** As it is named to the person. */
  readonly file: string
  /** Lines before this text in the file, as before the front matter of a playbook. */
  readonly lineOffset?: number
  /** Values for required keys that are wrong or missing, so that the rest can be read. */
  readonly standIns?: Readonly<Record<string, unknown>>
}

export interface YamlDeps {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The content of a secret's file without its final newline; throws when it cannot be read. */
  readSecretFile(path: string): string
}

export interface YamlText<T> {
  /** Null when there are errors. */
  readonly value: T | null
  /** What is left when all that is wrong is taken out, so that the rest can be checked too; null when nothing is. */
  readonly rest: T | null
  readonly problems: readonly Problem[]
  /** What was written, before any of it was judged. */
  readonly written: unknown
  /** The path of `rest` as it was before anything was taken out. */
  asWritten(path: Path): Path
  /** Where a key of `rest` stands, for problems found later. */
  place(path: Path, offset?: number): Place
}

const maxBytes = 1_000_000

/** Reads YAML strictly against a schema. Every problem at once, each with its line and column. Never throws. */
export function readYaml<T>(
  text: string,
  schema: z.ZodType<T>,
  settings: YamlSettings,
  deps: YamlDeps,
): YamlText<T> {
  const lines = new LineCounter()
  const problems: Problem[] = []
  const report = (message: string, key: string, at: Place) =>
    problems.push({ level: 'error', file: settings.file, ...at, key, message })
  const tooLong = text.length > maxBytes
  const document = parseDocument(tooLong ? '' : text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: line + (settings.lineOffset ?? 0), column: col }
  }
  const placeWritten = (path: Path, offset = 0) => at(startOf(document.contents, path) + offset)
  const whole = { problems, asWritten: (path: Path) => path, place: placeWritten }

  if (tooLong) report('longer than 1 MB: Vigie does not read it', '', { line: 1, column: 1 })
  for (const error of document.errors) report(yamlMessage(error.message), '', at(error.pos[0]))
  if (problems.length > 0) return { ...whole, value: null, rest: null, written: undefined }

  const unread = interpolate(document, deps, (message, key, node) =>
    report(message, key, at(node.range?.[0] ?? 0)),
  )
  const written = plain(document.contents === null ? {} : document.toJS({ maxAliasCount: 50 }))
  const parsed = schema.safeParse(written)
  if (parsed.success && problems.length === 0)
    return { ...whole, value: parsed.data, rest: parsed.data, written }
  for (const issue of parsed.error?.issues ?? []) {
    for (const said of sayIssue(issue, unread.unset, document.contents)) {
      const key = said.path.map(String).join('.')
      if (unread.told.has(key)) continue
      report(
        said.message,
        key,
        said.isAboutKey ? at(keyStart(document.contents, said.path)) : placeWritten(said.path, said.offset),
      )
    }
  }
  const left: Salvage<T> = salvage(written, schema, settings.standIns ?? {})
  return {
    value: null,
    rest: left.value,
    problems,
    written,
    asWritten: left.asWritten,
    place: (path, offset) => placeWritten(left.asWritten(path), offset),
  }
}

/** An empty mapping value such as `pages:` means "nothing said", not null. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, plain(inner)]),
  )
}

function yamlMessage(message: string): string {
  return `not valid YAML: ${message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message}`
}

// --- ${NAME}, ${NAME:-default}, ${file:/run/secrets/x} -------------------------------------------------------------

interface Unread {
  /** The names of variables that were not set, by the key they left out. */
  readonly unset: ReadonlyMap<string, string>
  /** Keys whose value could not be made, which was told. */
  readonly told: ReadonlySet<string>
}

/** Replaces them in every value. */
function interpolate(
  document: ReturnType<typeof parseDocument>,
  deps: YamlDeps,
  report: (message: string, key: string, node: Scalar) => void,
): Unread {
  const unset = new Map<string, string>()
  const told = new Set<string>()
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return undefined
      const where = pathOf([...path, node]).join('.')
      const name = /^\$\{(\w+)\}$/.exec(node.value)?.[1]
      if (name && !deps.env[name]) {
        unset.set(where, name)
        node.value = null
        return undefined
      }
      try {
        node.value = node.value.replace(
          /\$\{(file:)?([^}]*)\}/g,
          (all, isFile: string | undefined, body: string) =>
            readReference(all, isFile !== undefined, body, deps),
        )
      } catch (error) {
        report(error instanceof Error ? error.message : String(error), where, node)
        told.add(where)
        node.value = null
      }
      return undefined
    },
  })
  return { unset, told }
}

/** Throws with what stands there and why it cannot be read. */
function readReference(all: string, isFile: boolean, body: string, deps: YamlDeps): string {
  try {
    return isFile ? deps.readSecretFile(body) : variable(body, deps)
  } catch (error) {
    throw new Error(`${all}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function variable(body: string, deps: YamlDeps): string {
  const [, name, , fallback] = /^(\w+)(:-(.*))?$/s.exec(body) ?? []
  if (!name) throw new Error('write ${NAME}, ${NAME:-default} or ${file:/path}')
  const value = deps.env[name] || fallback
  if (value === undefined)
    throw new Error(`the environment variable ${name} is not set: set it or write \${${name}:-default}`)
  return value
}

function pathOf(nodes: readonly unknown[]): string[] {
  return nodes.flatMap((node, index) => {
    const next = nodes[index + 1]
    if (isSeq(node)) return [String(node.items.indexOf(next))]
    return isPair(node) && isScalar(node.key) ? [String(node.key.value)] : []
  })
}

// --- problems in words --------------------------------------------------------------------------------------------

interface Said {
  readonly path: Path
  readonly message: string
  readonly offset?: number
  /** The key itself is wrong, not what stands behind it. */
  readonly isAboutKey?: boolean
}

function sayIssue(issue: z.core.$ZodIssue, unset: ReadonlyMap<string, string>, root: unknown): Said[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: `unknown key${didYouMean(key, knownKeys(issue))}`,
        isAboutKey: true,
      }))
    case 'invalid_type':
      return [{ path: issue.path, message: sayType(issue, unset, root) }]
    case 'invalid_value':
      return [{ path: issue.path, message: sayValue(issue, root) }]
    case 'invalid_union':
      return sayUnion(issue, unset, root)
    default:
      return [
        { path: issue.path, message: issue.message + commentHint(root, issue.path), ...offsetOf(issue) },
      ]
  }
}

/** `query: a OR #b` reads as `a OR` with a comment behind it: the commonest surprise of YAML for those who write tags. */
function commentHint(root: unknown, path: Path): string {
  const comment = nodeAt(root, path)?.comment
  return comment
    ? ` (what follows "#${comment.slice(0, 20)}" is a comment in YAML: put the whole value in quotes)`
    : ''
}

/** Filled in by `strict` of schemas.ts, which knows the shape. */
function knownKeys(issue: z.core.$ZodIssue): string[] {
  return 'known' in issue && Array.isArray(issue.known)
    ? issue.known.map(String)
    : issue.message.split('|').slice(1)
}

function sayType(
  issue: z.core.$ZodIssueInvalidType,
  unset: ReadonlyMap<string, string>,
  root: unknown,
): string {
  const name = unset.get(issue.path.map(String).join('.'))
  if (name) return `missing, because the environment variable ${name} is not set`
  const wanted = {
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    object: 'keys and values',
    record: 'keys and values',
    array: 'a list',
  }
  const expected = wanted[issue.expected as keyof typeof wanted] ?? issue.expected
  return stepsTo(root, issue.path).length > 0 ? `must be ${expected}` : `missing: give ${expected}`
}

function sayValue(issue: z.core.$ZodIssueInvalidValue, root: unknown): string {
  const values = issue.values.map(String)
  const found = scalarAt(root, issue.path)
  const given = found === undefined ? '' : `"${String(found)}" `
  const close = found === undefined ? '' : didYouMean(String(found), values)
  return close.includes('did you mean')
    ? `${given}is not known${close}`
    : `${given}must be one of ${values.join(', ')}`
}

/** Of several forms a value may have, speaks of the one it came closest to. */
function sayUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  unset: ReadonlyMap<string, string>,
  root: unknown,
): Said[] {
  const depth = (issues: readonly z.core.$ZodIssue[]) =>
    issues.some((inner) => inner.code === 'invalid_type' && inner.path.length === 0)
      ? -1
      : Math.max(0, ...issues.map((inner) => inner.path.length))
  const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? []
  return closest
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap((inner) => sayIssue(inner, unset, root))
}

function offsetOf(issue: z.core.$ZodIssue): { offset?: number } {
  const params = 'params' in issue ? (issue.params as { offset?: unknown } | undefined) : undefined
  return typeof params?.offset === 'number' ? { offset: params.offset } : {}
}

// --- places -------------------------------------------------------------------------------------------------------

/** The nodes from the root to a path's own, with the key that led to each; empty when the path leads nowhere. */
function stepsTo(root: unknown, path: Path): { readonly key: unknown; readonly node: unknown }[] {
  const steps: { key: unknown; node: unknown }[] = [{ key: null, node: root }]
  for (const step of path) {
    const { node } = steps.at(-1) ?? { node: null }
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (!pair) return []
      steps.push({ key: pair.key, node: pair.value })
    } else if (isSeq(node) && node.items[Number(step)] !== undefined) {
      steps.push({ key: null, node: node.items[Number(step)] })
    } else return []
  }
  return steps
}

/** Where the value of a path begins, or its key when the value is not a scalar; of a missing key, where its parent does. */
function startOf(root: unknown, path: Path): number {
  const here = stepsTo(root, path).at(-1)
  if (!here) return path.length === 0 ? 0 : keyStart(root, path.slice(0, -1))
  if (isScalar(here.node)) return contentStart(here.node)
  return rangeOf(here.key ?? here.node)
}

function keyStart(root: unknown, path: Path): number {
  const here = stepsTo(root, path).at(-1)
  if (!here) return path.length === 0 ? 0 : keyStart(root, path.slice(0, -1))
  return rangeOf(here.key ?? here.node)
}

function contentStart(node: Scalar): number {
  const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE'
  return (node.range?.[0] ?? 0) + (quoted ? 1 : 0)
}

function rangeOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0
}

function scalarAt(root: unknown, path: Path): unknown {
  return nodeAt(root, path)?.value
}

function nodeAt(root: unknown, path: Path): Scalar | null {
  const node = stepsTo(root, path).at(-1)?.node
  return isScalar(node) ? node : null
}
