import { formTokenOf } from '../../src/inbox/security.ts'
import type { Site } from './pages-site.ts'

/** Someone's browser, without the browser: keeps the session cookie and knows the form's token. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** The page's HTML; fails when it is not there. */
  read(path: string): Promise<string>
  post(
    path: string,
    fields?: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<Response>
}

export const origin = 'http://127.0.0.1:8484'

export async function visitor(site: Site, person: string): Promise<Visitor> {
  const secret = await site.session(person)
  return visitorWith(site, `vigie=${secret}`, formTokenOf(secret))
}

export function visitorWith(site: Site, cookie: string, token: string): Visitor {
  const base = { Host: '127.0.0.1:8484', Cookie: cookie }
  const get = async (path: string, headers: Record<string, string> = {}) =>
    site.pages.app.request(`${origin}${path}`, { headers: { ...base, ...headers } })
  return {
    get,
    async read(path) {
      const answer = await get(path)
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
      return answer.text()
    },
    async post(path, fields = {}, headers = {}) {
      const body = new URLSearchParams({ _token: token, _back: '/back' })
      for (const [name, value] of Object.entries(fields)) {
        body.delete(name)
        for (const one of [value].flat()) body.append(name, one)
      }
      return site.pages.app.request(`${origin}${path}`, {
        method: 'POST',
        headers: { ...base, Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
        body: body.toString(),
      })
    },
  }
}
