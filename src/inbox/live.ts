import { streamSSE } from 'hono/streaming'
import { versionOf } from './inbox-page.tsx'
import type { PagesDeps } from './pages-deps.ts'
import type { Pages } from './routing.tsx'

const everyMs = 5000
const keepAliveTurns = 5
const mostListeners = 200

/**
 * Counts that change while one looks. All who listen share one look at the store every five seconds, and nobody is told
 * what they know already; when nobody listens, nothing is looked at.
 */
export interface LiveCounts {
  routes(app: Pages): void
  /** Ends every connection, so that the server can stop. */
  close(): void
}

export function liveCounts(deps: Pick<PagesDeps, 'pagesStore' | 'log'>): LiveCounts {
  const listeners = new Set<(text: string) => void>()
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | null = null
  let last = ''

  async function look(): Promise<string> {
    const counts = await deps.pagesStore.ticketCounts()
    const { new: fresh = 0, seen = 0, 'in-approval': waiting = 0 } = counts.states
    const toRead = await deps.pagesStore.countToRead()
    return JSON.stringify({ open: fresh + seen + waiting, toRead, version: versionOf(counts) })
  }

  async function turn(): Promise<void> {
    const now = await look()
    if (now === last) return
    last = now
    for (const tell of listeners) tell(now)
  }

  function start(): void {
    timer ??= setInterval(() => {
      turn().catch((error: unknown) => deps.log.error({ err: error }, 'the live counts could not be read'))
    }, everyMs)
    timer.unref()
  }

  return {
    routes(app) {
      app.get('/live', async (c) => {
        if (listeners.size >= mostListeners || stopping.signal.aborted) return c.body(null, 503)
        last = await look()
        return streamSSE(c, async (stream) => {
          const told: string[] = [last]
          let wake = () => {}
          const tell = (text: string) => {
            told.push(text)
            wake()
          }
          const stop = () => wake()
          listeners.add(tell)
          stopping.signal.addEventListener('abort', stop)
          stream.onAbort(stop)
          start()
          try {
            while (!stream.aborted && !stopping.signal.aborted) {
              for (const text of told.splice(0)) await stream.writeSSE({ event: 'counts', data: text })
              const isQuiet = await Promise.race([
                new Promise<false>((resolve) => {
                  wake = () => resolve(false)
                }),
                quiet(everyMs * keepAliveTurns),
              ])
              if (isQuiet) await stream.write(': still here\n\n')
            }
          } finally {
            listeners.delete(tell)
            stopping.signal.removeEventListener('abort', stop)
            if (listeners.size === 0 && timer) {
              clearInterval(timer)
              timer = null
            }
          }
        })
      })
    },
    close: () => stopping.abort(),
  }
}

function quiet(ms: number): Promise<true> {
  return new Promise((resolve) => setTimeout(() => resolve(true), ms).unref())
}
