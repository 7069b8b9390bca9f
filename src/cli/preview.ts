import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Source } from '../collect/source.ts'
import { openSources, type Sources, type SourcesSettings } from '../collect/sources.ts'
import type { Config } from '../config.ts'
import type { Entry } from '../domain/entry.ts'
import { codeOf } from '../domain/errors.ts'
import { bar } from './progress.ts'
import { allowHint } from './source-health.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

type Previewed = { readonly name: string } & (
  | { readonly title: string | null; readonly link: string | null; readonly entries: readonly Entry[] }
  | { readonly error: { readonly code: string; readonly message: string } }
)

const concurrency = 8

/** `preview`: what sources give, stored nowhere; a line each, in the order asked. Exit 3 when some failed. */
export async function previewCommand(
  folder: string,
  names: readonly string[],
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const config = await configFor(names, folder, terminal)
  const sources = openSources(config ?? bareSettings(folder), { now: terminal.now })
  try {
    const opened = names.map((name) => ({ name, source: sourceOf(name, config, sources) }))
    let failed = 0
    const running = opened.slice(0, concurrency).map(read)
    for (const [index, { name }] of opened.entries()) {
      const previewed = await running[index]
      const next = opened[index + concurrency]
      if (next) running.push(read(next))
      if (!previewed) continue
      if ('error' in previewed) failed++
      if (opened.length > 1) terminal.progress(`${bar(index + 1, opened.length)} ${name}`)
      await terminal.out(
        options.json ? JSON.stringify(asJson(previewed)) : inWords(previewed, terminal.columns),
      )
    }
    return failed > 0 ? exitCode.partly : exitCode.done
  } finally {
    await sources.close()
  }
}

/** Files alone need no configuration; addresses may (an intranet that is allowed), configured sources do. */
async function configFor(
  names: readonly string[],
  folder: string,
  terminal: Terminal,
): Promise<Config | null> {
  const others = names.filter((name) => !existsSync(name))
  const needsConfig = others.some((name) => !isAddress(name))
  if (others.length === 0 || (!needsConfig && !existsSync(path.join(folder, 'vigie.yaml')))) return null
  const { readConfig } = await import('./open.ts')
  return readConfig(folder, terminal)
}

function bareSettings(folder: string): SourcesSettings {
  return { folder: path.resolve(folder), fetch: { allow: [], contact: null }, allowFiles: [] }
}

function sourceOf(name: string, config: Config | null, sources: Sources): Source {
  for (const watch of config?.watches ?? []) {
    const spec = watch.sources.find((source) => source.id === name)
    if (spec) return sources.configured(spec, watch)
  }
  return sources.named(name)
}

function isAddress(name: string): boolean {
  return /^https?:\/\//i.test(name)
}

async function read({ name, source }: { name: string; source: Source }): Promise<Previewed> {
  try {
    const { title, link, entries } = await source.poll(null, new AbortController().signal)
    return { name, title, link, entries }
  } catch (error) {
    return {
      name,
      error: { code: codeOf(error), message: error instanceof Error ? error.message : String(error) },
    }
  }
}

function asJson(previewed: Previewed) {
  if ('error' in previewed) return { source: previewed.name, error: previewed.error }
  const { name, title, link, entries } = previewed
  return {
    source: name,
    title,
    link,
    entries: entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title,
      text: entry.text,
      author: entry.author,
      publishedAt: entry.publishedAt?.toISOString() ?? null,
      language: entry.language,
      engagement: entry.engagement,
      ...(entry.stars === null ? {} : { stars: entry.stars }),
    })),
  }
}

function inWords(previewed: Previewed, columns: number): string {
  if ('error' in previewed) return failureInWords(previewed.name, previewed.error)
  const { name, title, entries } = previewed
  const lines = entries.map((entry) => {
    const day = entry.publishedAt?.toISOString().slice(0, 10) ?? '----------'
    const line = `  ${day}  ${entry.title ?? ''}${entry.title && entry.text ? ': ' : ''}${entry.text}`
    return line.replace(/\s+/g, ' ').replace(/^ /, '  ').slice(0, columns)
  })
  return [`${title ?? name} (${entries.length} entries)`, ...lines].join('\n')
}

function failureInWords(name: string, { code, message }: { code: string; message: string }): string {
  const hint = code === 'blocked-address' ? `\n  ${allowHint}` : ''
  return `${name}\n  ${message} [${code}]${hint}`
}
