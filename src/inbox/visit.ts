import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import type { Reading } from '../notify/mail-formats.ts'
import type { DoneKey } from './words.ts'

/** Who looks at a page, and how it is to be written for them. */
export interface Visit {
  readonly person: Person
  readonly language: ReaderLanguage
  readonly reading: Reading
  /** Stands in every form. */
  readonly formToken: string
  /** The path with its query, to come back to. */
  readonly here: string
  /** What the person just did. */
  readonly done: DoneKey | null
}

export interface PagesEnv {
  Bindings: Partial<HttpBindings>
  Variables: { visit: Visit; form: URLSearchParams }
}

export type PagesContext = Context<PagesEnv>
