import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

export interface LocalServer {
  /** `127.0.0.1:PORT`, as `fetch: allow` wants it. */
  readonly host: string
  readonly url: (path: string) => string
  readonly requests: IncomingMessage[]
  close(): Promise<void>
}

/** A web server on this machine that answers each path with its handler. */
export async function localServer(routes: Record<string, Handler>): Promise<LocalServer> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    const handler = routes[new URL(request.url ?? '/', 'http://x').pathname]
    if (handler) handler(request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  return {
    host,
    url: (path) => `http://${host}${path}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export function answer(status: number, headers: Record<string, string>, body: string | Buffer = ''): Handler {
  return (_request, response) => response.writeHead(status, headers).end(body)
}

export const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Journal</title><link>https://news.example.org/</link>
<item><guid>a1</guid><title>Un</title><link>https://news.example.org/1</link><description>Premier</description></item>
<item><guid>a2</guid><title>Deux</title><link>https://news.example.org/2</link><description>Second</description></item>
</channel></rss>`
