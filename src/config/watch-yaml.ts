import { z } from 'zod'
import type { Duration } from '../domain/duration.ts'
import type { SourceSpec, Watch } from '../domain/watch.ts'
import { didYouMean } from './problem.ts'
import { duration, languageCode, line, query, querySource, strict } from './schemas.ts'

/** What the configuration must know of the connectors: their names and how to read their settings. */
export type SourceKinds = ReadonlyMap<
  string,
  { readonly schema: z.ZodType; readonly secrets: readonly string[] }
>

interface WrittenSource {
  readonly kind: string
  readonly settings: unknown
  /** What tells it from others of its kind, without its keys. */
  readonly locator: string
  readonly id: string | undefined
  readonly every: Duration | undefined
}

const common = strict({ id: line.optional(), every: duration.optional() })

/** The shape of feeds/*.yaml: what we listen for and where. */
export function watchYaml(kinds: SourceKinds) {
  return strict({
    name: line,
    kind: z.enum(['brand', 'person', 'product', 'competitor']).default('brand'),
    query: querySource,
    confirm: z.array(query).default([]),
    deny: z.array(query).default([]),
    languages: z.array(languageCode).default([]),
    every: duration.prefault('60m'),
    'alert-since': z.union([z.literal('all').transform(() => null), duration]).prefault('48h'),
    sources: z.array(writtenSource(kinds)).min(1, 'name at least one source'),
  })
}

export type WatchYaml = z.output<ReturnType<typeof watchYaml>>

/** `- google-news`, `- rss: https://…`, or `- mastodon: { … }` with `id:` and `every:` beside it. */
function writtenSource(kinds: SourceKinds) {
  return z.unknown().transform((written, context): WrittenSource => {
    const fail = (message: string, path: PropertyKey[] = []) => {
      context.addIssue({ code: 'custom', message, path })
      return z.NEVER
    }
    const entries = typeof written === 'string' ? [[written, {}] as const] : Object.entries(written ?? {})
    const rest = Object.fromEntries(entries.filter(([key]) => key === 'id' || key === 'every'))
    const named = entries.filter(([key]) => !(key in rest))
    const [kind, settings] = named[0] ?? []
    if (kind === undefined)
      return fail('names no kind of source: write for example "- rss: https://example.org/feed.xml"')
    if (named.length > 1)
      return fail(
        `names two kinds of source (${named.map(([key]) => key).join(', ')}): start each with its own "-"`,
      )
    const connector = kinds.get(kind)
    if (!connector)
      return fail(
        `no source of the kind "${kind}"${didYouMean(kind, kinds.keys())}`,
        typeof written === 'string' ? [] : [kind],
      )

    const beside = common.safeParse(rest)
    const read = connector.schema.safeParse(settings ?? {})
    const inside = typeof written === 'string' ? [] : [kind]
    for (const issue of beside.error?.issues ?? []) context.addIssue({ ...issue } as never)
    for (const issue of read.error?.issues ?? [])
      context.addIssue({ ...issue, path: [...inside, ...issue.path] } as never)
    if (!read.success || !beside.success) return z.NEVER
    const locator = locatorOf(read.data, connector.secrets)
    return { kind, locator, settings: read.data, id: beside.data.id, every: beside.data.every }
  })
}

/** The watch of a file; `id` is the file's name without its ending. */
export function watchOf(id: string, yaml: WatchYaml): Watch {
  return {
    id,
    name: yaml.name,
    kind: yaml.kind,
    query: yaml.query.query,
    querySource: yaml.query.source,
    confirm: yaml.confirm,
    deny: yaml.deny,
    languages: yaml.languages,
    every: yaml.every,
    alertSince: yaml['alert-since'],
    sources: yaml.sources.map((source) => sourceSpec(id, source)),
  }
}

function sourceSpec(watch: string, source: WrittenSource): SourceSpec {
  const { locator } = source
  const id = source.id ?? [watch, source.kind, ...(locator === '' ? [] : [locator])].join(':')
  return { id, kind: source.kind, settings: source.settings, every: source.every ?? null }
}

/** The settings in a row, without those that are keys. */
function locatorOf(settings: unknown, secrets: readonly string[]): string {
  if (typeof settings === 'string' || typeof settings === 'number') return String(settings)
  if (typeof settings !== 'object' || settings === null) return ''
  return Object.entries(settings)
    .filter(([key]) => !secrets.includes(key))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .join('/')
    .slice(0, 200)
}
