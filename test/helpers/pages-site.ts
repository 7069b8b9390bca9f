import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../../src/config.ts'
import type { Evidence } from '../../src/domain/judgement.ts'
import type { JudgedMention } from '../../src/domain/mention.ts'
import { fullText } from '../../src/domain/relevance.ts'
import { type PagesApp, pagesApp } from '../../src/inbox/pages-app.tsx'
import type { PagesDeps } from '../../src/inbox/pages-deps.ts'
import { hashOf } from '../../src/inbox/security.ts'
import type { NetworkSearch } from '../../src/report/audit.ts'
import { type AuditDesk, auditDesk } from '../../src/report/audit-desk.ts'
import { desk } from '../../src/triage/desk.ts'
import { configOf } from './folder.ts'
import type { PagesDatabase } from './pages-database.ts'

/** The example folder: the repository's own root. */
export const exampleFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

export interface Site {
  readonly pages: PagesApp
  readonly deps: PagesDeps
  readonly audits: AuditDesk
  /** Links that were mailed, the latest last. */
  readonly mailed: { person: string; url: string }[]
  readonly polled: string[]
  readonly faults: unknown[]
  /** The value of a session cookie for a person, as if they had signed in. */
  session(person: string): Promise<string>
}

export interface SiteOptions {
  readonly config?: Config
  readonly now?: () => Date
  readonly deps?: Partial<PagesDeps>
  /** Where a name can be looked for. */
  readonly searches?: readonly NetworkSearch[]
}

/** The pages over a database, with the real desk and a small stand-in for everything outside. */
export function siteOver(database: PagesDatabase, options: SiteOptions = {}): Site {
  const config = options.config ?? configOf(exampleFolder)
  const now = options.now ?? (() => new Date())
  const mailed: Site['mailed'] = []
  const polled: string[] = []
  const faults: unknown[] = []
  const { store, pages: pagesStore } = database
  const log: PagesDeps['log'] = {
    info: () => {},
    warn: () => {},
    error: (fields: unknown) => {
      faults.push(fields)
    },
  }
  const audits = auditDesk(config, { searches: options.searches ?? [], store, now, log })
  const deps: PagesDeps = {
    config,
    store,
    pagesStore,
    desk: desk(config, { store, now, languageOf: languageOf, onCorrection: () => {} }),
    now,
    explain: badWords,
    mailSignInLink: async (person, url) => {
      mailed.push({ person: person.id, url })
    },
    pollNow: async (source) => {
      polled.push(source)
    },
    preview: async () => [],
    audits,
    letter: async () => null,
    isUnsubscribeToken: (person, token) => token === `secret-of-${person}`,
    refusedConfig: () => [],
    onCorrection: () => {},
    log,
    ...options.deps,
  }
  return {
    pages: pagesApp(deps),
    deps,
    audits,
    mailed,
    polled,
    faults,
    session: async (person) => {
      const secret = `${person}${'x'.repeat(43)}`.slice(0, 43)
      if (await pagesStore.session(hashOf(secret), now())) return secret
      await pagesStore.addSession({
        hash: hashOf(secret),
        person,
        browser: 'Test',
        createdAt: now(),
        usedAt: now(),
        expiresAt: new Date(now().getTime() + 86_400_000),
      })
      return secret
    },
  }
}

function languageOf(text: string): string {
  return /\b(?:le|la|les|nous|vous|est|bonjour|merci)\b/i.test(text) ? 'fr' : 'en'
}

/** A few words that weigh, wherever they stand. */
function badWords({ mention }: JudgedMention): Evidence[] {
  const text = fullText(mention.entry)
  return [...text.matchAll(/terrible|jamais|never|périmé\w*|arnaque|honte/gi)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    weight: 1.5,
  }))
}
