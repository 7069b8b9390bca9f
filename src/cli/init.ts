import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { sourceKinds } from '../collect/sources.ts'
import { ConfigError } from '../config/problem.ts'
import { loadConfig } from '../config.ts'
import { configDeps } from '../folder.ts'
import { type Questions, questions } from './ask.ts'
import { filesOf, type NewFolder } from './init-files.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

export interface InitOptions {
  readonly name?: string
  readonly company?: string
  readonly owner?: string
  readonly email?: string
  readonly language?: string
  readonly timezone?: string
  readonly country?: string
  readonly feed?: readonly string[]
  /** Asks nothing: what is not said takes its default. */
  readonly yes?: boolean
}

/** `init`: a folder that passes `check`. Everything is checked before the first file is written; none is overwritten. */
export async function initCommand(
  folder: string,
  options: InitOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const target = path.resolve(terminal.cwd, folder)
  const wanted = await whatIsWanted(target, options, terminal)
  if (wanted === null) return exitCode.input
  const files = new Map(filesOf(wanted))
  if (existsSync(path.join(target, '.gitignore'))) {
    files.delete('.gitignore')
    terminal.err('.gitignore is there already and stays as it is: see that it names data/')
  }
  const problem = problemWith(target, files, terminal)
  if (problem !== null) {
    terminal.err(problem)
    return exitCode.input
  }
  for (const [name, text] of files) {
    mkdirSync(path.dirname(path.join(target, name)), { recursive: true })
    writeFileSync(path.join(target, name), text, { flag: 'wx' })
  }
  await terminal.out(welcome(target, wanted, files.size, terminal))
  return exitCode.done
}

function problemWith(target: string, files: ReadonlyMap<string, string>, terminal: Terminal): string | null {
  const there = [...files.keys()].filter((name) => existsSync(path.join(target, name)))
  if (there.length > 0) {
    const named = there.length > 5 ? [...there.slice(0, 5), `${there.length - 5} more`] : there
    return `nothing was written: ${named.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already. Choose another folder: vigie init FOLDER`
  }
  try {
    loadConfig(target, {
      ...configDeps(target, terminal.env, sourceKinds),
      readText: (name) => files.get(name) ?? null,
      list: (inside) =>
        [...files.keys()]
          .filter((name) => path.posix.dirname(name) === inside)
          .map((name) => path.posix.basename(name))
          .sort(),
    })
    return null
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return `nothing was written, because of:\n${error.message}`
  }
}

async function whatIsWanted(
  target: string,
  options: InitOptions,
  terminal: Terminal,
): Promise<NewFolder | null> {
  const given = givenOr(target, options, terminal)
  if (options.yes) return finished(given, terminal)
  if (terminal.isWatched) {
    const asked = await askAll(given, options, terminal)
    return asked === null ? null : finished(asked, terminal)
  }
  const missing = (['name', 'email'] as const).filter((flag) => options[flag] === undefined)
  if (missing.length === 0) return finished(given, terminal)
  terminal.err(
    `nobody is here to answer: add ${missing.map((flag) => `--${flag}`).join(' and ')}, or --yes to take a default for everything`,
  )
  return null
}

type Answers = Omit<NewFolder, 'timezone'> & { readonly timezone: string | null }

const nobodysEmail = 'owner@example.org'

function givenOr(target: string, options: InitOptions, terminal: Terminal): Answers {
  const name = options.name ?? path.basename(target)
  const locale = terminal.env['LC_ALL'] || terminal.env['LANG'] || ''
  const [, language, country] = /^([a-z]{2})_([A-Z]{2})/.exec(locale) ?? []
  return {
    name,
    company: options.company ?? name,
    owner: options.owner ?? 'Owner',
    email: options.email ?? nobodysEmail,
    language: options.language ?? (language === 'fr' ? 'fr' : 'en'),
    country: options.country ?? country ?? null,
    timezone: options.timezone ?? null,
    feeds: options.feed ?? [],
  }
}

async function askAll(given: Answers, options: InitOptions, terminal: Terminal): Promise<Answers | null> {
  const asking = questions(terminal)
  const ask = (flag: keyof InitOptions, question: string, fallback: string) =>
    options[flag] === undefined ? asking.ask(question, fallback) : Promise.resolve(fallback)
  try {
    const name = await ask('name', 'Which name shall Vigie listen for?', given.name)
    if (name === null) return null
    const company = await ask('company', 'Which company signs the answers?', options.company ?? name)
    const owner = await ask('owner', 'Who answers for it? (first name and name)', options.owner ?? '')
    const email = await askEmail(asking, options)
    const language = await ask('language', 'Mails and pages in French or English? (fr, en)', given.language)
    const country = await ask(
      'country',
      'Whose public holidays count? (BE, FR, GB-ENG; - for none)',
      given.country ?? '-',
    )
    const feeds =
      options.feed ??
      (await asking.ask('Addresses of feeds or sites to follow, with spaces between (none: Google News)'))
    const typed = typeof feeds === 'string' ? feeds.split(/\s+/).filter((url) => url !== '') : (feeds ?? [])
    return {
      name,
      company: company ?? name,
      owner: owner || 'Owner',
      email: email || given.email,
      language: language ?? given.language,
      country: country === '-' ? null : country,
      timezone: given.timezone,
      feeds: typed,
    }
  } finally {
    await asking.close()
  }
}

async function askEmail(asking: Questions, options: InitOptions): Promise<string | null> {
  return options.email ?? asking.ask('Their mail address?')
}

/** With the time zone: the system's if it is one of the country's, else the country's own. */
function finished(answers: Answers, terminal: Terminal): NewFolder | null {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const { country } = answers
  if (country === null) return { ...answers, timezone: answers.timezone ?? own }
  const zones = zonesOf(country)
  if (zones === null) {
    terminal.err(
      `no public holidays are known for "${country}": give a country such as BE, or a region such as DE-BY`,
    )
    return null
  }
  return { ...answers, timezone: answers.timezone ?? (zones.includes(own) ? own : (zones[0] ?? own)) }
}

/** Null: no such country. */
function zonesOf(country: string): readonly string[] | null {
  const Holidays = createRequire(import.meta.url)('date-holidays') as typeof import('date-holidays').default
  const [land = ''] = country.split('-')
  if (!Object.hasOwn(new Holidays().getCountries(), land)) return null
  return new Holidays(land).getTimezones() ?? []
}

function welcome(
  target: string,
  { name, email, feeds }: NewFolder,
  count: number,
  terminal: Terminal,
): string {
  const shown = path.relative(terminal.cwd, target) || '.'
  const dir = shown === '.' ? '' : ` --dir ${shown}`
  return [
    `${count} files in ${shown}: vigie.yaml, feeds/ and playbooks/. They are yours to change.`,
    `Listens for ${name} in ${feeds.length === 0 ? 'Google News' : feeds.length === 1 ? 'one feed' : `${feeds.length} feeds`}.`,
    ...(email === nobodysEmail ? [`Mails go to ${nobodysEmail}: write your own address in vigie.yaml.`] : []),
    '',
    'What now:',
    `  vigie${dir} check       is everything understood?`,
    `  vigie${dir} try "three weeks and my order still has not shipped"`,
    `  vigie${dir} start       listens until you stop it; without a mail server, mails are files in data/outbox/`,
  ].join('\n')
}
