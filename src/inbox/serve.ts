import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { VigieError } from '../domain/errors.ts'
import type { PagesApp } from './pages-app.tsx'

export interface ServedPages {
  readonly port: number
  /** Answers from now on with other pages, as after a change of the files; the address stays open. */
  use(pages: PagesApp): void
  /** Lets what is being answered end, then stops listening. */
  close(): Promise<void>
}

/** Headers and body of a request must be there within so long. */
const requestMs = 30_000

/** Listens. Throws VigieError `address-in-use` or `address-unusable`. */
export async function servePages(
  first: PagesApp,
  { host, port }: { host: string; port: number },
): Promise<ServedPages> {
  let pages = first
  const server = createAdaptorServer({
    fetch: (request, env) => pages.app.fetch(request, env),
    serverOptions: { requestTimeout: requestMs, headersTimeout: requestMs, keepAliveTimeout: 5000 },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, host, port)))
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    use(next) {
      pages.close()
      pages = next
    },
    close: () =>
      new Promise((resolve) => {
        pages.close()
        // A browser keeps its connection after the last answer: it is closed as soon as nothing is under way on it.
        const tidy = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 50)
        server.close(() => {
          clearInterval(tidy)
          resolve()
        })
      }),
  }
}

function inWords(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (error.code === 'EADDRINUSE')
    return new VigieError(
      'address-in-use',
      `${host}:${port} is taken: is another Vigie running? Change pages: listen: in vigie.yaml`,
      { cause: error },
    )
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new VigieError(
      'address-unusable',
      `cannot listen on ${host}:${port} (${error.code}): change pages: listen: in vigie.yaml`,
      { cause: error },
    )
  return error
}
