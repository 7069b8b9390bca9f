import type { Child } from 'hono/jsx'
import type { ReaderLanguage } from '../domain/person.ts'
import { assetPaths } from './assets.ts'
import { Brand, Icon, type IconName } from './icons.tsx'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

export interface DocumentProps {
  readonly language: ReaderLanguage
  readonly title: string
  /** Where counts are heard from; absent on pages without a session. */
  readonly live?: string
  readonly children?: Child
}

/** The bare page: head and body. */
export function Document({ language, title, live, children }: DocumentProps) {
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === words[language].name ? title : `${title} · ${words[language].name}`}</title>
        <link rel="icon" type="image/svg+xml" href={assetPaths.icon} />
        <link rel="stylesheet" href={assetPaths.style} />
        <script src={assetPaths.script} defer></script>
      </head>
      <body data-live={live}>{children}</body>
    </html>
  )
}

/** What stands around every page of someone who is signed in. */
export interface Frame {
  readonly visit: Visit
  readonly counts: { readonly open: number; readonly toRead: number }
  /** What everybody should know first: a refused change of the files. */
  readonly notices: readonly string[]
  readonly crises: readonly { readonly text: string; readonly page: string }[]
}

export type Section =
  | 'tickets'
  | 'mentions'
  | 'numbers'
  | 'sources'
  | 'playbooks'
  | 'outbox'
  | 'silences'
  | 'presence'
  | 'newspaper'
  | 'out'
  | 'account'

const addresses: Readonly<Record<Section, string>> = {
  tickets: '/',
  mentions: '/mentions',
  numbers: '/numbers',
  sources: '/sources',
  playbooks: '/playbooks',
  outbox: '/outbox',
  silences: '/silences',
  presence: '/presence',
  newspaper: '/newspaper',
  out: '/out',
  account: '/account',
}

const everyday = ['tickets', 'mentions', 'numbers', 'sources'] as const
const others = ['playbooks', 'outbox', 'silences', 'presence', 'newspaper', 'out'] as const

export interface PageProps {
  readonly frame: Frame
  readonly title: string
  readonly section: Section | null
  readonly children?: Child
}

export function Page({ frame, title, section, children }: PageProps) {
  const { visit } = frame
  const say = words[visit.language]
  return (
    <Document language={visit.language} title={title} live="/live">
      <a class="skip" href="#content">
        {say.nav.skip}
      </a>
      <div class="frame">
        <Side frame={frame} section={section} />
        <div>
          <header class="top">
            <a class="brand" href="/">
              <Brand /> {say.name}
            </a>
            <a href="/account" class="small">
              {visit.person.name}
            </a>
          </header>
          <main id="content" tabindex={-1}>
            {frame.notices.map((notice) => (
              <p class="banner bad">
                <Icon name="warn" /> <span>{notice}</span>
              </p>
            ))}
            {frame.crises.map(({ text, page }) => (
              <p class="banner warn">
                <Icon name="warn" />
                <span>
                  {text} <a href={page}>{say.openCrisis}</a>
                </span>
              </p>
            ))}
            {visit.done && (
              <p class="banner good done" role="status">
                <Icon name="check" /> <span>{say.done[visit.done]}</span>
              </p>
            )}
            {children}
          </main>
        </div>
      </div>
      <BottomTabs frame={frame} section={section} />
    </Document>
  )
}

interface NavProps {
  readonly frame: Frame
  readonly section: Section | null
}

function Side({ frame, section }: NavProps) {
  const { visit } = frame
  const say = words[visit.language]
  return (
    <header class="side">
      <a class="brand" href="/">
        <Brand /> {say.name}
      </a>
      <nav aria-label={say.nav.label} class="stack wide">
        <ul class="menu">
          {everyday.map((name) => (
            <li>
              <NavLink name={name} frame={frame} section={section} />
            </li>
          ))}
        </ul>
        <ul class="menu">
          {others.map((name) => (
            <li>
              <NavLink name={name} frame={frame} section={section} />
            </li>
          ))}
        </ul>
      </nav>
      <p class="me">
        <a href="/account">{visit.person.name}</a>
        <br />
        {say.role[visit.person.role]}
      </p>
    </header>
  )
}

function NavLink({ name, frame, section }: NavProps & { readonly name: Section }) {
  const say = words[frame.visit.language]
  return (
    <a href={addresses[name]} aria-current={section === name ? 'page' : undefined}>
      <Icon name={name satisfies IconName} />
      <span>{say.nav[name]}</span>
      <Count name={name} counts={frame.counts} />
    </a>
  )
}

function Count({ name, counts }: { readonly name: Section; readonly counts: Frame['counts'] }) {
  const count = name === 'tickets' ? counts.open : name === 'mentions' ? counts.toRead : null
  if (count === null) return null
  return (
    <span class="count num" data-count={name === 'tickets' ? 'open' : 'toRead'} hidden={count === 0}>
      {count}
    </span>
  )
}

/** On a phone, under the thumb. */
function BottomTabs({ frame, section }: NavProps) {
  const say = words[frame.visit.language]
  const isOther = section !== null && !everyday.some((name) => name === section)
  return (
    <nav class="tabs-bottom" aria-label={say.nav.label}>
      {everyday.map((name) => (
        <NavLink name={name} frame={frame} section={section} />
      ))}
      <details>
        <summary aria-current={isOther ? 'page' : undefined}>
          <Icon name="more" />
          <span>{say.nav.more}</span>
        </summary>
        <div class="sheet">
          {[...others, 'account' as const].map((name) => (
            <a href={addresses[name]} aria-current={section === name ? 'page' : undefined}>
              <Icon name={name} />
              <span>{say.nav[name]}</span>
            </a>
          ))}
        </div>
      </details>
    </nav>
  )
}

/** Before signing in, and for errors: one thing in the middle. */
export function Gate({
  language,
  title,
  children,
}: {
  readonly language: ReaderLanguage
  readonly title: string
  readonly children?: Child
}) {
  return (
    <Document language={language} title={title}>
      <main class="gate stack wide" id="content">
        <a class="brand" href="/">
          <Brand /> {words[language].name}
        </a>
        <div class="card pad stack wide">
          <h1>{title}</h1>
          {children}
        </div>
      </main>
    </Document>
  )
}
