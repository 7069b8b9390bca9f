import type { Playbook } from '../domain/playbook.ts'

/** Comments that teach, by language, in the order of the file. */
export type ExamplesByLanguage = ReadonlyMap<string, readonly string[]>

/**
 * What playbooks/examples/ holds: thousands of comments, which only learning reads. Whoever does not learn knows how
 * many there are, and whether they changed.
 */
export interface ExampleFiles {
  /** Changes whenever a file does. */
  readonly digest: string
  /** How many comments there are, by name (a category, or `_harmless`) and language. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Reads them, as they are now. */
  read(): ExampleTexts
}

export interface ExampleTexts {
  /** Of what was read just now: another one than before when a file changed meanwhile. */
  readonly digest: string
  readonly byName: ReadonlyMap<string, ExamplesByLanguage>
}

export interface ExampleDeps {
  /** Names of the files in a folder, sorted; empty when there is no such folder. */
  list(folder: string): readonly string[]
  /** The file's text, or null when there is none; throws when it cannot be read. */
  readText(path: string): string | null
  /** Hash of a text, short and stable. */
  hash(text: string): string
}

const folder = 'playbooks/examples'

/**
 * Looks at playbooks/examples/NAME.<language>.txt, a comment a line. `onFile` is told of each with its digest;
 * `onUnreadable` of each that cannot be read, and the others count.
 */
export function exampleFiles(
  deps: ExampleDeps,
  onFile: (path: string, digest: string) => void,
  onUnreadable: (path: string, reason: string) => void,
): ExampleFiles {
  const counts = new Map<string, Map<string, number>>()
  const digest = eachFile(deps, onUnreadable, ({ path, name, language, lines, digest }) => {
    onFile(path, digest)
    const ofName = counts.get(name) ?? new Map<string, number>()
    counts.set(name, ofName.set(language, lines.length))
  })
  return { digest, counts, read: () => readAll(deps) }
}

/** Examples that stand in no file. */
export function examplesAtHand(byName: ReadonlyMap<string, ExamplesByLanguage>): ExampleFiles {
  const counts = [...byName].map(
    ([name, lists]) =>
      [name, new Map([...lists].map(([language, list]) => [language, list.length]))] as const,
  )
  const digest = JSON.stringify([...byName].map(([name, lists]) => [name, ...lists]))
  return { digest, counts: new Map(counts), read: () => ({ digest, byName }) }
}

/** How many examples teach a playbook, by language. */
export function exampleCounts(
  { category, examples }: Playbook,
  files: Pick<ExampleFiles, 'counts'>,
): ReadonlyMap<string, number> {
  const counts = new Map([...examples].map(([language, list]) => [language, list.length]))
  for (const [language, count] of files.counts.get(category) ?? [])
    counts.set(language, (counts.get(language) ?? 0) + count)
  return counts
}

function readAll(deps: ExampleDeps): ExampleTexts {
  const byName = new Map<string, Map<string, readonly string[]>>()
  const ignore = () => {}
  const digest = eachFile(deps, ignore, ({ name, language, lines }) => {
    const ofName = byName.get(name) ?? new Map<string, readonly string[]>()
    byName.set(name, ofName.set(language, lines))
  })
  return { digest, byName }
}

interface ExampleFile {
  readonly path: string
  readonly name: string
  readonly language: string
  readonly lines: readonly string[]
  readonly digest: string
}

/** Returns the digest of all files that could be read. */
function eachFile(
  deps: ExampleDeps,
  onUnreadable: (path: string, reason: string) => void,
  use: (file: ExampleFile) => void,
): string {
  const digests: string[] = []
  for (const file of deps.list(folder)) {
    const [, name, language] = /^(.+)\.([a-z]{2})\.txt$/.exec(file) ?? []
    if (name === undefined || language === undefined) continue
    const path = `${folder}/${file}`
    try {
      const text = deps.readText(path) ?? ''
      const digest = deps.hash(text)
      digests.push(`${path} ${digest}`)
      use({ path, name, language, lines: linesIn(text), digest })
    } catch (error) {
      onUnreadable(path, error instanceof Error ? error.message : String(error))
    }
  }
  return deps.hash(digests.join('\n'))
}

function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
