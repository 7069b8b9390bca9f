import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { failure } from './failures.ts'
import type { FeedParser } from './feed-parser.ts'
import type { Cursor, PollResult, Source } from './source.ts'

export interface FileSettings {
  readonly id: string
  /** Relative to the Vigie folder, absolute, or a `file:` address. */
  readonly path: string
  /** The Vigie folder. */
  readonly folder: string
  /** Other folders that may be read. */
  readonly allow: readonly string[]
}

export interface FileDeps {
  readonly parser: Pick<FeedParser, 'parse'>
}

const MOST_BYTES = 10 * 1024 * 1024
const cursorSchema = z.object({ hash: z.string(), title: z.string().nullable(), link: z.string().nullable() })

/** A feed in a local file, read again when its bytes change. */
export function fileSource(settings: FileSettings, deps: FileDeps): Source {
  async function poll(cursor: Cursor, signal: AbortSignal): Promise<PollResult> {
    const bytes = await readInside(settings)
    signal.throwIfAborted()
    const hash = createHash('sha256').update(bytes).digest('base64url')
    const known = cursorSchema.safeParse(cursor)
    if (known.success && known.data.hash === hash) return unchanged(known.data)
    const feed = await deps.parser.parse({ bytes, contentType: null, baseUrl: null }, signal)
    const { title, link, entries, skipped } = feed
    return {
      status: 'fetched',
      entries,
      cursor: { hash, title, link },
      title,
      link,
      skipped,
      notBefore: null,
    }
  }

  return { id: settings.id, poll }
}

function unchanged(cursor: z.output<typeof cursorSchema>): PollResult {
  const { title, link } = cursor
  return { status: 'unchanged', entries: [], cursor, title, link, skipped: 0, notBefore: null }
}

/**
 * The bytes of a regular file inside the allowed folders, wherever its links lead. The opened file is looked at again,
 * so that a name swapped in between gains nothing; non-blocking, so that a pipe cannot hold us up.
 */
export async function readInside(settings: Omit<FileSettings, 'id'>): Promise<Uint8Array> {
  const real = await realPath(settings)
  const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch(
    unreadable,
  )
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw failure('file-unreadable', `${settings.path} is not a regular file`)
    if (stat.size > MOST_BYTES)
      throw failure('too-large', `${settings.path} is larger than ${MOST_BYTES} bytes`)
    const buffer = Buffer.alloc(Math.min(stat.size + 1, MOST_BYTES))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function realPath(settings: Omit<FileSettings, 'id'>): Promise<string> {
  const written = pathOf(settings.path)
  const real = await realpath(path.resolve(settings.folder, written)).catch(unreadable)
  const folders = await Promise.all(
    [settings.folder, ...settings.allow].map((folder) =>
      realpath(path.resolve(settings.folder, folder)).catch(() => null),
    ),
  )
  const isInside = folders.some((folder) => folder !== null && real.startsWith(folder + path.sep))
  if (!isInside) throw failure('file-outside', `${settings.path} is outside the Vigie folder and allow-files`)
  return real
}

function pathOf(written: string): string {
  if (written.includes('\0')) throw failure('file-outside', 'a zero character in the path')
  if (!/^file:/i.test(written)) return written
  try {
    return fileURLToPath(written)
  } catch (cause) {
    throw failure('file-outside', `${written} is not a local file`, { cause })
  }
}

function unreadable(cause: unknown): never {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') throw failure('file-missing', 'no such file', { cause })
  throw failure('file-unreadable', `cannot be read (${code})`, { cause })
}
