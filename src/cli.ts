#!/usr/bin/env node
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { AddOptions } from './cli/add.ts'
import type { InitOptions } from './cli/init.ts'
import type { LearnedOptions } from './cli/learned.ts'
import type { ForgetOptions } from './cli/privacy.ts'
import type { SilenceRequest } from './cli/silence.ts'
import { type ExitCode, exitCode, type Terminal } from './cli/terminal.ts'
import type { ExportOptions, ImportOptions } from './cli/transfer.ts'
import { collectEarly } from './memory.ts'

collectEarly()

interface GlobalOptions {
  readonly dir?: string
  readonly now?: Date
}

const program = new Command('vigie')
  .description(
    'Tells you what is said about you in public, and puts each negative comment before who can answer it.',
  )
  .option('--dir <folder>', 'the Vigie folder (default: VIGIE_DIR, or the current one)')
  .addOption(
    new Option(
      '--now <instant>',
      'the clock of a one-shot command, for rehearsals: 2026-11-22T08:00:00Z',
    ).argParser(readInstant),
  )
  .version(versionOf(), '-V, --version', 'the version')
  .helpOption('-h, --help', 'help on a command: vigie help try')
  .showHelpAfterError('(vigie --help lists the commands)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples
  vigie start                          listen, sort, mail; until you stop it
  vigie try "Trois semaines et toujours rien reçu, j'exige un remboursement"
  vigie preview https://example.org/feed.xml
  vigie check                          is everything I wrote understood?
  vigie tickets                        what waits for an answer
Exit codes: 0 done, 1 a fault of ours, 2 something you wrote is wrong, 3 done but some source or delivery failed`,
  )

program
  .command('start')
  .description('the daemon: collects on schedule, triages, mails, digests, serves the pages')
  .addHelpText(
    'after',
    `
Examples
  vigie start                          the pages open on http://127.0.0.1:8484/ if nothing else is said
  VIGIE_LOG=debug vigie --dir /srv/vigie start
SIGTERM or Ctrl-C: what is in hand is finished, then it ends.`,
  )
  .action(run(async (terminal, folder) => (await import('./cli/start.ts')).startCommand(folder, terminal)))

program
  .command('collect')
  .description('one pass over everything that is due, through every stage, then ends')
  .option('--source <id...>', 'only these sources, due or not')
  .option('--json', 'the counts as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie collect                        all that is due
  vigie collect --source lumen:google-news
  vigie collect --json | jq .mentions
Exit code 3 when a source or a delivery failed; it is named on standard error.`,
  )
  .action(
    run(async (terminal, folder, options: { source?: string[]; json?: boolean }) =>
      (await import('./cli/collect.ts')).collectCommand(folder, options, terminal),
    ),
  )

program
  .command('preview')
  .description('what addresses, files or configured sources give, without storing anything')
  .argument('<source...>', 'a URL, a file or the id of a configured source')
  .option('--json', 'a JSON line for each source')
  .addHelpText(
    'after',
    `
Examples
  vigie preview https://example.org/feed.xml
  vigie preview feeds/samples/reviews.xml lumen:google-news
  vigie preview https://example.org/ --json | jq '.entries[].title'`,
  )
  .action(
    run(async (terminal, folder, sources: string[], options: { json?: boolean }) =>
      (await import('./cli/preview.ts')).previewCommand(folder, sources, options, terminal),
    ),
  )

program
  .command('audit')
  .description(
    'where a name is present today, by network: accounts, communities, citations; what is official',
  )
  .argument('<name>', 'a name, or that of a watch')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie audit lumen
  vigie audit "Brasserie Lumen" --json | jq '.networks[].accounts'
The answer is kept and shows on the page "Presence". Exit code 3 when a network did not answer.`,
  )
  .action(
    run(async (terminal, folder, name: string, options: { json?: boolean }) =>
      (await import('./cli/audit.ts')).auditCommand(folder, name, options, terminal),
    ),
  )

program
  .command('match')
  .description('JSON lines {title?, text, author?, url?, language?} in, {matched, spans} out')
  .argument('<query>', `as in a search box: '("brasserie lumen" OR @lumen_beer) NOT candela'`)
  .addHelpText(
    'after',
    `
Examples
  echo '{"text":"At Brasserie Lumen again"}' | vigie match '"brasserie lumen" NOT candela'
  vigie match 'recall NEAR/5 bottle' < comments.jsonl`,
  )
  .action(
    run(async (terminal, _folder, query: string) =>
      (await import('./cli/match.ts')).matchCommand(query, terminal),
    ),
  )

program
  .command('classify')
  .description('JSON lines {text, language?, watch?} in, {language, polarity, confidence, sure, scores} out')
  .addHelpText(
    'after',
    `
Examples
  echo '{"text":"Three weeks and still nothing","language":"en"}' | vigie classify
  vigie classify < comments.jsonl > verdicts.jsonl`,
  )
  .action(
    run(async (terminal, folder) => (await import('./cli/classify.ts')).classifyCommand(folder, terminal)),
  )

program
  .command('try')
  .description('what would happen to a comment, and why; stores nothing')
  .argument('<text>', 'the comment, or - for JSON lines {id?, text, language?, watch?}')
  .option('--watch <name>', 'the watch it would be found by')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie try "Trois semaines et toujours rien reçu, j'exige un remboursement"
  vigie try "Never again" --watch lumen --json
  vigie try - < comments.jsonl | jq -r .category`,
  )
  .action(
    run(async (terminal, folder, text: string, options: { watch?: string; json?: boolean }) =>
      (await import('./cli/try.ts')).tryCommand(folder, text, options, terminal),
    ),
  )

program
  .command('check')
  .description('reads everything you wrote, strictly; every mistake with its file and line')
  .option('--json', 'the problems as JSON lines')
  .addHelpText(
    'after',
    `
Examples
  vigie check
  vigie check --json | jq -r .file | sort | uniq -c
Exit code 2 when something has to be mended.`,
  )
  .action(
    run(async (terminal, folder, options: { json?: boolean }) =>
      (await import('./cli/check.ts')).checkCommand(folder, options, terminal),
    ),
  )

program
  .command('digest')
  .description('the digest as it would leave now')
  .option('--print', 'on standard output (the default)')
  .option('--send', 'into the outbox, and out')
  .option('--person <id>', 'as this person reads it')
  .addHelpText(
    'after',
    `
Examples
  vigie digest                         as the first of its readers gets it
  vigie digest --person marc
  vigie --now 2026-12-01T08:00:00Z digest
  vigie digest --send                  to all of its readers, now`,
  )
  .action(
    run(async (terminal, folder, options: { send?: boolean; person?: string }) =>
      (await import('./cli/digest.ts')).digestCommand(folder, options, terminal),
    ),
  )

program
  .command('drill')
  .description('a made-up affair through the whole chain: who would see it, and when')
  .option('--text <text>', 'what it says (default: broken glass)')
  .option('--watch <name>', 'about which watch')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie drill
  vigie drill --text "I found glass in a bottle" --watch lumen
It counts in no statistic, and no real ticket list shows it.`,
  )
  .action(
    run(async (terminal, folder, options: { text?: string; watch?: string; json?: boolean }) =>
      (await import('./cli/drill.ts')).drillCommand(folder, options, terminal),
    ),
  )

program
  .command('tickets')
  .description(
    'list | show ID | seen ID | answered ID [URL] | dismiss ID --reason R | assign ID WHO | snooze ID UNTIL',
  )
  .argument('[verb]', 'what to do', 'list')
  .argument('[id]', 'the number of a ticket', readTicketId)
  .argument('[value]', 'who, until when, or where')
  .option(
    '--reason <reason>',
    'no-answer, not-us, not-negative, already-answered; words after a colon are kept',
  )
  .option('--as <person>', 'who does it (default: the owner)')
  .option('--all', 'the closed ones too')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie tickets                        what waits
  vigie tickets show 12
  vigie tickets answered 12 https://reviews.example.org/12#answer
  vigie tickets dismiss 12 --reason "no-answer: nothing to add"
  vigie tickets assign 12 marc
  vigie tickets snooze 12 2d`,
  )
  .action(
    run(
      async (
        terminal,
        folder,
        verb: string,
        id: number | undefined,
        value: string | undefined,
        options: { reason?: string; as?: string; all?: boolean; json?: boolean },
      ) =>
        (await import('./cli/tickets.ts')).ticketsCommand(folder, { verb, id, value, ...options }, terminal),
    ),
  )

program
  .command('init')
  .description('asks a few questions (or takes them as flags) and writes a folder that passes check')
  .argument('[folder]', 'where; the current folder by default')
  .option('--name <name>', 'the name to listen for')
  .option('--company <name>', 'what answers are signed with (default: the name)')
  .option('--owner <name>', 'who answers: first name and name')
  .option('--email <address>', 'their mail address')
  .option('--language <code>', 'of mails and pages: fr or en')
  .option('--country <code>', 'whose public holidays count: BE, FR, GB-ENG')
  .option('--timezone <zone>', "as Europe/Brussels (default: the system's, or the country's)")
  .option('--feed <url...>', 'feeds or sites to follow (default: Google News)')
  .option('--yes', 'ask nothing: a default for what is not said')
  .addHelpText(
    'after',
    `
Examples
  vigie init                           asks, then writes here
  vigie init lumen --name "Brasserie Lumen" --email anne@lumen.example --language fr --country BE
  vigie init trial --yes               a folder to try things in
Nothing that exists is overwritten.`,
  )
  .action(
    run(async (terminal, folder, where: string | undefined, options: InitOptions) =>
      (await import('./cli/init.ts')).initCommand(where ?? folder, options, terminal),
    ),
  )

program
  .command('backup')
  .description('a consistent copy of the database, checked, while everything goes on')
  .argument('<file>', 'where; must not exist yet')
  .addHelpText(
    'after',
    `
Examples
  vigie backup /backups/vigie-$(date +%F).db
The text files are not in it: copy vigie.yaml, feeds/ and playbooks/ too.`,
  )
  .action(
    run(async (terminal, folder, file: string) =>
      (await import('./cli/backup.ts')).backupCommand(folder, file, terminal),
    ),
  )

program
  .command('restore')
  .description('puts a backup in place of the database, after checking it; stop the daemon first')
  .argument('<file>', 'what "vigie backup" wrote')
  .addHelpText(
    'after',
    `
Examples
  vigie restore /backups/vigie-2026-11-22.db
The former database is kept beside. A mail that left since the backup is not sent again; one that waits for more than
12 hours is held and named in the next digest.`,
  )
  .action(
    run(async (terminal, folder, file: string) =>
      (await import('./cli/backup.ts')).restoreCommand(folder, file, terminal),
    ),
  )

program
  .command('access')
  .description('everything that is kept about an author, as JSON')
  .argument('<author>', 'a name as it signs, or a handle with its @')
  .addHelpText(
    'after',
    `
Examples
  vigie access "Jean Dupont" > jean.json
  vigie access @jean@social.example    a name with @ is also looked for in addresses`,
  )
  .action(
    run(async (terminal, folder, author: string) =>
      (await import('./cli/privacy.ts')).accessCommand(folder, author, terminal),
    ),
  )

program
  .command('forget')
  .description("erases an author's texts, names and addresses for good; counts stay")
  .argument('<author>', 'a name as it signs, or a handle with its @')
  .option('--yes', 'without asking')
  .option('--json', 'what was erased, as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie access "Jean Dupont"           first: what would be erased
  vigie forget "Jean Dupont"
The same entries are not stored again; what others wrote about the author stays.`,
  )
  .action(
    run(async (terminal, folder, author: string, options: ForgetOptions) =>
      (await import('./cli/privacy.ts')).forgetCommand(folder, author, options, terminal),
    ),
  )

program
  .command('import')
  .description('the feeds of an OPML list become sources of a watch')
  .argument('<format>', 'opml')
  .argument('<file>', 'the list')
  .option('--watch <name>', 'for which watch, when there are several')
  .addHelpText(
    'after',
    `
Examples
  vigie import opml subscriptions.opml
  vigie import opml press.opml --watch lumen
A line each is added to feeds/NAME.yaml; what you wrote there stays as it is.`,
  )
  .action(
    run(async (terminal, folder, format: string, file: string, options: ImportOptions) =>
      (await import('./cli/transfer.ts')).importCommand(folder, format, file, options, terminal),
    ),
  )

program
  .command('export')
  .description('mentions and tickets as csv, json, rss or html; the feeds as opml')
  .argument('<format>', 'opml, csv, json, rss or html')
  .option('--since <when>', '30d, or 2026-11-01: collected since')
  .option('--watch <name>', 'of this watch only')
  .option('--out <file>', 'into a file (default: standard output)')
  .option('--separator <sign>', 'between the cells of csv: , or ; as a French spreadsheet expects')
  .addHelpText(
    'after',
    `
Examples
  vigie export csv --since 30d --separator ";" --out november.csv
  vigie export json | jq '.mentions[].url'
  vigie export opml > feeds.opml
In csv no cell is a formula, whatever was published.`,
  )
  .action(
    run(async (terminal, folder, format: string, options: ExportOptions) =>
      (await import('./cli/transfer.ts')).exportCommand(folder, format, options, terminal),
    ),
  )

program
  .command('add')
  .description('a comment you found where Vigie cannot read, or a page you point at')
  .argument('<what>', 'the address of a page, or - for a text on standard input')
  .option('--watch <name>', 'for which watch, when there are several')
  .option('--url <address>', 'where a pasted text was seen')
  .option('--author <name>', 'who wrote it')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie add https://forum.example.org/topic/12
  echo "Three weeks and still nothing" | vigie add - --url https://reviews.example.org/ --author "Jo M."`,
  )
  .action(
    run(async (terminal, folder, what: string, options: AddOptions) =>
      (await import('./cli/add.ts')).addCommand(folder, what, options, terminal),
    ),
  )

program
  .command('silence')
  .description('expected words for a while: kept and gathered, nobody is alerted')
  .argument('<query>', 'as in a search box; or: list; or: end')
  .argument('[until]', 'a length such as 2d, or 2026-12-01, or 2026-12-01T09:00; for end: the number')
  .argument('[reason...]', 'why')
  .option('--watch <name>', 'for this watch only')
  .option('--from <when>', 'not before: 2d, or 2026-12-01')
  .option('--as <person>', 'who says so (default: the owner)')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie silence "strike OR grève" 2d the strike was announced on Monday
  vigie silence 'recall NEAR/5 bottle' 2026-12-24 answered on our site --watch lumen
  vigie silence list
  vigie silence end 3`,
  )
  .action(
    run(
      async (
        terminal,
        folder,
        what: string,
        until: string | undefined,
        reason: string[],
        options: Pick<SilenceRequest, 'watch' | 'from' | 'as' | 'json'>,
      ) =>
        (await import('./cli/silence.ts')).silenceCommand(
          folder,
          { what, until, reason, ...options },
          terminal,
        ),
    ),
  )

program
  .command('learned')
  .description('what people corrected, and what it shifts')
  .option('--forget <id>', 'this correction no longer counts; or: all')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie learned
  vigie learned --forget 12`,
  )
  .action(
    run(async (terminal, folder, options: LearnedOptions) =>
      (await import('./cli/learned.ts')).learnedCommand(folder, options, terminal),
    ),
  )

program
  .command('sources')
  .description("each source's health against its own rhythm")
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie sources
  vigie sources --json | jq '.[] | select(.health != "well") | .id'
Exit code 3 when one fails or is gone.`,
  )
  .action(
    run(async (terminal, folder, options: { json?: boolean }) =>
      (await import('./cli/sources.ts')).sourcesCommand(folder, options, terminal),
    ),
  )

program
  .command('evaluate')
  .description("the classifier's measured quality on labelled JSON lines {text, label, language?, source?}")
  .argument('<file>', 'the file, or - for standard input')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie evaluate labelled.jsonl
  echo '{"text":"Never again","label":"negative","language":"en"}' | vigie evaluate -`,
  )
  .action(
    run(async (terminal, _folder, file: string, options: { json?: boolean }) =>
      (await import('./cli/evaluate.ts')).evaluateCommand(file, options, terminal),
    ),
  )

program
  .command('doctor')
  .description('what works and what does not, each with what to do; sends nothing, changes nothing')
  .option('--json', 'as JSON')
  .addHelpText(
    'after',
    `
Examples
  vigie doctor
  vigie doctor --json | jq '.checks[] | select(.level == "broken")'
Exit code 3 when something is broken.`,
  )
  .action(
    run(async (terminal, folder, options: { json?: boolean }) =>
      (await import('./cli/doctor.ts')).doctorCommand(folder, options, terminal, {
        tryMailServer: (await import('./app.ts')).tryMailServer,
      }),
    ),
  )

await main()

async function main(): Promise<void> {
  // A reader that goes away (`vigie … | head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.done)
    throw error
  })
  try {
    await program.parseAsync()
  } catch (error) {
    process.exitCode = await explain(error)
  }
}

/** Wraps a command: gives it a terminal and the folder, turns what it returns or throws into an exit code. */
function run<Args extends unknown[]>(
  command: (terminal: Terminal, folder: string, ...args: Args) => Promise<ExitCode>,
): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const options = program.opts<GlobalOptions>()
    const folder = options.dir ?? process.env['VIGIE_DIR'] ?? process.cwd()
    process.exitCode = await command(terminalOf(options.now), folder, ...(args as Args))
  }
}

async function explain(error: unknown): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.input
  const { ConfigError } = await import('./config/problem.ts')
  const { VigieError } = await import('./domain/errors.ts')
  if (error instanceof ConfigError) {
    console.error(error.message)
    const count = error.problems.filter((problem) => problem.level === 'error').length
    console.error(`${count} ${count === 1 ? 'thing' : 'things'} to mend.`)
    return exitCode.input
  }
  if (error instanceof VigieError) console.error(`vigie: ${error.message}`)
  else console.error(error)
  return exitCode.fault
}

function terminalOf(now: Date | undefined): Terminal {
  let isProgressShown = false
  const clearProgress = () => {
    if (isProgressShown) process.stderr.write('\r\x1b[2K')
    isProgressShown = false
  }
  return {
    env: process.env,
    cwd: process.cwd(),
    input: process.stdin,
    isWatched: process.stderr.isTTY === true,
    isRead: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 100,
    now: () => now ?? new Date(),
    out: async (line) => {
      clearProgress()
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
    },
    err: (line) => {
      clearProgress()
      process.stderr.write(`${line}\n`)
    },
    progress: (line) => {
      if (process.stderr.isTTY !== true) return
      process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`)
      isProgressShown = true
    },
  }
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return String(version)
}

function readInstant(text: string): Date {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new InvalidArgumentError('write an instant such as 2026-11-22T08:00:00Z')
  return new Date(ms)
}

function readTicketId(text: string): number {
  const id = Number(text.replace(/^#/, ''))
  if (!Number.isSafeInteger(id) || id < 1)
    throw new InvalidArgumentError('a ticket has a number, as in "vigie tickets show 12"')
  return id
}
