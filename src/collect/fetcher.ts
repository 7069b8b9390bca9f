/** What makes one request to the outside. Throws VigieError with a code of `failures.ts`. */
export interface Fetcher {
  /** One document, redirects followed and checked. 304 is an answer, every other status outside 200 to 299 an error. */
  fetch(request: FetchRequest): Promise<FetchAnswer>
  /** Closes the connections kept open. */
  close(): Promise<void>
}

export interface FetchRequest {
  readonly url: string
  readonly signal: AbortSignal
  /** What kind of document we ask for; a feed when left out. */
  readonly accept?: 'feed' | 'json' | 'page'
  /** From the last answer for this very URL; makes the request conditional. */
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly method?: 'GET' | 'POST'
  readonly body?: string
  /** Added to ours; never sent on to another host by a redirect. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface FetchAnswer {
  readonly status: number
  /** After redirects. */
  readonly url: string
  /** Where every hop said 301 or 308: the address to use from now on, once it has said so often enough. */
  readonly movedTo: string | null
  readonly contentType: string | null
  /** Verbatim, also on a 304. */
  readonly etag: string | null
  readonly lastModified: string | null
  /** From `Cache-Control: max-age` or `Expires`. */
  readonly freshUntil: Date | null
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>
  /** Decompressed; empty on a 304. */
  readonly body: Uint8Array
}
