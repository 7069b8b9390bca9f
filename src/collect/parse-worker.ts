import { parentPort } from 'node:worker_threads'
import { VigieError } from '../domain/errors.ts'
import { type Feed, parseFeed } from './feed.ts'

export interface ParseJob {
  readonly bytes: Uint8Array
  readonly contentType: string | null
  readonly baseUrl: string | null
}

export type ParseAnswer =
  | { readonly kind: 'feed'; readonly feed: Feed }
  | { readonly kind: 'failure'; readonly code: string; readonly message: string }

// The thread that reads large feeds: one job in, one answer out. What is our fault ends it, and is logged outside.
parentPort?.on('message', (job: ParseJob) => {
  void answer(job).then((done) => parentPort?.postMessage(done))
})

async function answer(job: ParseJob): Promise<ParseAnswer> {
  try {
    return { kind: 'feed', feed: await parseFeed(job.bytes, job.contentType, job.baseUrl) }
  } catch (error) {
    if (error instanceof VigieError) return { kind: 'failure', code: error.code, message: error.message }
    throw error
  }
}
