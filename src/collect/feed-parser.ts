import { Worker } from 'node:worker_threads'
import { VigieError } from '../domain/errors.ts'
import { ownProgram } from '../program.ts'
import { failure } from './failures.ts'
import type { Feed } from './feed.ts'
import type { ParseAnswer, ParseJob } from './parse-worker.ts'

/** Reads feeds without ever holding up the rest: bounded in time and memory. */
export interface FeedParser {
  /** Throws VigieError `not-a-feed`, `empty`, `parse-timeout`, `parse-memory`. */
  parse(document: FeedDocument, signal: AbortSignal): Promise<Feed>
  /** Ends the worker, if one was started. */
  close(): Promise<void>
}

export interface FeedDocument {
  readonly bytes: Uint8Array
  readonly contentType: string | null
  /** What relative links are relative to. */
  readonly baseUrl: string | null
}

export interface ParserSettings {
  /** Up to this size a document is read on the spot: reading is linear, some 20 ms a megabyte. */
  readonly inlineBytes?: number
  readonly timeoutMs?: number
  readonly memoryMb?: number
  /** Replaces the worker's code in tests. */
  readonly worker?: URL
}

const INLINE_BYTES = 256 * 1024
const TIMEOUT_MS = 5000
const MEMORY_MB = 160

/** One worker, started for the first large document and kept for the next. Documents wait for each other. */
export function feedParser(settings: ParserSettings = {}): FeedParser {
  const inlineBytes = settings.inlineBytes ?? INLINE_BYTES
  let worker: Worker | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function parse(document: FeedDocument, signal: AbortSignal): Promise<Feed> {
    signal.throwIfAborted()
    if (document.bytes.length <= inlineBytes) {
      // Loaded when first needed: a pass over feeds that did not change needs no parser.
      const { parseFeed } = await import('./feed.ts')
      return parseFeed(document.bytes, document.contentType, document.baseUrl)
    }
    const turn = last.then(() => inWorker(document, signal))
    last = turn.catch(() => {})
    return turn
  }

  async function inWorker(document: FeedDocument, signal: AbortSignal): Promise<Feed> {
    signal.throwIfAborted()
    worker ??= startWorker(settings)
    const current = worker
    try {
      return await answerOf(current, document, { timeoutMs: settings.timeoutMs ?? TIMEOUT_MS, signal })
    } catch (error) {
      if (!(error instanceof VigieError) || error.code.startsWith('parse-') || signal.aborted) {
        worker = null
        await current.terminate()
      }
      throw error
    }
  }

  async function close(): Promise<void> {
    await last
    await worker?.terminate()
    worker = null
  }

  return { parse, close }
}

function startWorker(settings: ParserSettings): Worker {
  const options = {
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb ?? MEMORY_MB },
    execArgv: [],
    env: { TZ: 'UTC' },
  }
  const program = ownProgram('collect/parse-worker.ts')
  const isSource = settings.worker === undefined && program.flags.length > 0
  const worker = isSource
    ? new Worker(sourceWorker(program.file), { ...options, eval: true })
    : new Worker(settings.worker ?? program.file, options)
  worker.unref()
  return worker
}

/** Run from the sources (tests, development), the worker is TypeScript too, and Node 20 needs tsx to read it. */
function sourceWorker({ href }: URL): string {
  const tsx = import.meta.resolve('tsx/esm/api')
  return `import('${tsx}').then(({ register }) => { register(); return import('${href}') })`
}

function answerOf(
  worker: Worker,
  document: FeedDocument,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Feed> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => end(() => reject(failure('parse-timeout', `not read within ${timeoutMs} ms`))),
      timeoutMs,
    )
    const onAbort = () => end(() => reject(signal.reason))
    const onError = (error: Error) => end(() => reject(workerFailure(error)))
    const onExit = () => end(() => reject(failure('parse-memory', 'the reader stopped')))
    const onMessage = (answer: ParseAnswer) =>
      end(() =>
        answer.kind === 'feed' ? resolve(answer.feed) : reject(new VigieError(answer.code, answer.message)),
      )
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      worker.off('error', onError).off('exit', onExit).off('message', onMessage)
      settle()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    worker.on('error', onError).on('exit', onExit).on('message', onMessage)
    worker.postMessage(document satisfies ParseJob)
  })
}

function workerFailure(error: Error): Error {
  const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isMemory ? failure('parse-memory', 'reading takes too much memory', { cause: error }) : error
}
