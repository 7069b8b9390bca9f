import type { z } from 'zod'

export type Path = readonly PropertyKey[]

/** What can be read of something that is partly wrong. */
export interface Salvage<T> {
  /** Null when nothing is left that could be read. */
  readonly value: T | null
  /** Where a path of `value` stood before anything was taken out: lists close their gaps. */
  asWritten(path: Path): Path
}

const mostRounds = 12
const mostMistakes = 2000
const takenOut = Symbol('taken out')

/** Takes out what a schema refuses until it takes the rest. `standIns` fill keys of the root that it cannot do without. */
export function salvage<T>(
  written: unknown,
  schema: z.ZodType<T>,
  standIns: Readonly<Record<string, unknown>>,
): Salvage<T> {
  const draft = structuredClone(written)
  const asWritten = (path: Path) => withGaps(draft, path)
  const missing = new Map(Object.entries(standIns))
  for (let round = 0; round < mostRounds; round++) {
    const parsed = schema.safeParse(withoutGaps(draft))
    if (parsed.success) return { value: parsed.data, asWritten }
    if (parsed.error.issues.length > mostMistakes) break
    // Every path is found before anything goes, since what goes moves the rest.
    const wrong = parsed.error.issues.flatMap(pathsOf).map((path) => reached(draft, asWritten(path)))
    for (const { path, isAll } of wrong) {
      if (path.length > 0 && !isAll) takeOut(draft, path)
      else if (!standIn(draft, String(isAll ? path[0] : ''), missing)) return { value: null, asWritten }
    }
  }
  return { value: null, asWritten }
}

function pathsOf(issue: z.core.$ZodIssue): Path[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
}

/** The path as far as it leads: a missing key is its parent's mistake; one of the root is nobody's (`isAll`). */
function reached(draft: unknown, path: Path): { path: Path; isAll: boolean } {
  let at = draft
  for (const [index, step] of path.entries()) {
    const inside = childOf(at, step)
    if (inside === undefined)
      return index === 0 ? { path, isAll: true } : { path: path.slice(0, index), isAll: false }
    at = inside
  }
  return { path, isAll: false }
}

function childOf(node: unknown, step: PropertyKey): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, step)
    ? (node as Record<PropertyKey, unknown>)[step]
    : undefined
}

function takeOut(draft: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce(childOf, draft)
  const last = path.at(-1)
  if (typeof parent !== 'object' || parent === null || last === undefined) return
  if (Array.isArray(parent)) parent[Number(last)] = takenOut
  else delete (parent as Record<PropertyKey, unknown>)[last]
}

function standIn(draft: unknown, key: string, missing: Map<string, unknown>): boolean {
  if (typeof draft !== 'object' || draft === null || !missing.has(key)) return false
  ;(draft as Record<string, unknown>)[key] = structuredClone(missing.get(key))
  missing.delete(key)
  return true
}

function withoutGaps(node: unknown): unknown {
  if (Array.isArray(node)) return node.filter((inner) => inner !== takenOut).map(withoutGaps)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, withoutGaps(inner)]))
}

function withGaps(draft: unknown, path: Path): Path {
  let at = draft
  return path.map((step) => {
    const original = Array.isArray(at) ? nthLeft(at, Number(step)) : step
    at = childOf(at, original)
    return original
  })
}

function nthLeft(list: readonly unknown[], n: number): number {
  const left = list.flatMap((inner, index) => (inner === takenOut ? [] : [index]))
  return left[n] ?? list.length
}
