import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Logger } from 'pino'
import type { Classifier } from './classify/classifier.ts'
import { restingClassifier } from './classify/classify.ts'
import { learn, withCorrections } from './classify/corrections.ts'
import { evidenceOf, judgeAll } from './classify/judge.ts'
import { type CollectDeps, collect, type SourceResult } from './collect/collect.ts'
import { decode } from './collect/decode.ts'
import { madeUpMention, recordGiven } from './collect/given.ts'
import { plainText } from './collect/plain-text.ts'
import { nextPollAt } from './collect/schedule.ts'
import { isSearch, openSources } from './collect/sources.ts'
import type { Config } from './config.ts'
import type { Correction } from './domain/answer.ts'
import { approximateMs, dayMs, minuteMs } from './domain/duration.ts'
import type { Entry } from './domain/entry.ts'
import { VigieError } from './domain/errors.ts'
import type { Message } from './domain/message.ts'
import type { Person, ReaderLanguage } from './domain/person.ts'
import type { Letter } from './domain/playbook.ts'
import type { Ticket } from './domain/ticket.ts'
import type { Watch } from './domain/watch.ts'
import { modelCache, modelFolder, outboxFolder } from './folder.ts'
import { type PagesApp, pagesApp } from './inbox/pages-app.tsx'
import { handleAnswer } from './notify/answer.ts'
import { type CanaryDeps, canaryReader, meetCanary, releaseCanary, tendCanary } from './notify/canary.ts'
import { compose, type Hold, whatHolds } from './notify/compose.ts'
import { type DeliveryCounts, deliver } from './notify/deliver.ts'
import { imapMailbox } from './notify/imap.ts'
import type { Notifier } from './notify/notifier.ts'
import { folderNotifier } from './notify/outbox-folder.ts'
import type { Reply } from './notify/reply.ts'
import { readToken, replyAddress, replyToken } from './notify/reply-token.ts'
import { writeSignInMail } from './notify/sign-in.ts'
import { smtpNotifier } from './notify/smtp.ts'
import { webhookName, webhookNotifier, withWebhooks } from './notify/webhook.ts'
import { ownProgram } from './program.ts'
import { auditDesk, searchesFor } from './report/audit-desk.ts'
import { writeDigests, writeReports } from './report/digest.ts'
import { letterDraft } from './respond/letters.ts'
import { openStore } from './store/open-store.ts'
import type { SqliteStore } from './store/sqlite.ts'
import type { Store } from './store/store.ts'
import type { Categoriser } from './triage/categoriser.ts'
import { categoryCategoriser, exampleCount, modelKey } from './triage/category-categoriser.ts'
import { watchForCrises } from './triage/crisis.ts'
import { type Desk, desk } from './triage/desk.ts'
import { clockOf, escalateAll, type Step } from './triage/escalate.ts'
import { type EvidenceDeps, keepEvidence, lookAgain } from './triage/evidence.ts'
import { triageAll } from './triage/triage.ts'

export interface AppDeps {
  now(): Date
  readonly log: Logger
  /** Replaces the folder's store, in tests of what must not happen. */
  readonly store?: SqliteStore
}

/** Everything wired together over one folder's store. */
export interface App {
  readonly config: Config
  readonly store: Store
  /** Collects what is due, then judges, triages, writes and sends. */
  pass(options: AppPass): Promise<PassReport>
  /** Tells this folder's mails from those of any other. */
  readonly folderId: string
  /** What people may do to tickets. */
  readonly desk: Desk
  /** The responders' pages over this app. */
  pages(around: PagesAround): PagesApp
  /** Answers by mail, as they come, until the signal aborts. */
  readAnswers(signal: AbortSignal): Promise<void>
  /** Sends a made-up affair through every stage after collection; null when it would not open a ticket. */
  drill(entry: Entry, watch: Watch, signal: AbortSignal): Promise<DrillReport | null>
  /** Writes the digests and reports whose hour has come; `deliver` sends them. `refused`: a change of the files that was not taken. */
  writeDigests(refused: readonly string[]): Promise<number>
  deliver(signal: AbortSignal): Promise<DeliveryCounts>
  /** Lets go of what only work needs; what is asked next takes it again. Says whether that was much. */
  rest(): boolean
  close(): Promise<void>
}

/** What the pages need of the daemon around the app. */
export interface PagesAround {
  pollNow(source: string): Promise<void>
  refusedConfig(): readonly string[]
  /** A person's word changed what is learnt. */
  onCorrection(): void
  /** Without a mail server the link that signs a person in is shown on the terminal too. */
  showLink(person: Person, url: string): void
}

export interface AppPass {
  readonly only?: readonly string[]
  readonly signal: AbortSignal
  /** The daemon also looks again at publications that have a ticket and lets the canary go; a one-shot pass does not. */
  readonly isDaemon: boolean
  /** How long a new alert waits for what belongs to it. */
  readonly groupWaitMs: number
  onSource?(result: SourceResult, done: number, total: number): void
}

/** Who was told of a rehearsal, and who would be told later if nobody moved. */
export interface DrillReport {
  readonly ticket: Ticket
  readonly messages: readonly Omit<Message, 'bytes'>[]
  readonly steps: readonly Step[]
  /** Why nobody was told; null when somebody was, or when it is a fault of ours. */
  readonly heldBack: Hold | null
}

/** What a pass did: the shape of `collect --json`. */
export interface PassReport {
  readonly sources: readonly SourceResult[]
  readonly mentions: { readonly added: number; readonly negative: number; readonly unsure: number }
  readonly tickets: { readonly opened: number; readonly joined: number }
  readonly messages: DeliveryCounts
}

/** Whether the mail server takes us: connects and signs in, sends nothing. Throws VigieError. */
export { tryMailServer } from './notify/smtp.ts'

const learningLimitMs = 120_000
/** So few examples are learnt sooner than a process starts, and take no memory worth giving back. */
const fewExamples = 200

/** What judges texts: slow to build, the same for every command. */
export interface Judges {
  /** By the watch's id. */
  classifierFor(watch: string): Classifier
  readonly categoriser: Categoriser
  /** Lets go of what only judging needs, until there is something to judge again. Says whether there was any. */
  rest(): boolean
}

/** Loads the models and what this folder's people have corrected; learns the playbooks anew when they changed. */
export function loadJudges(config: Config, corrections: readonly Correction[]): Judges {
  const shipped = restingClassifier(modelFolder)
  const taught = { ...config, corrections: taughtCategories(corrections) }
  const categoriser = categoryCategoriser(taught, modelCache(config.folder))
  return {
    classifierFor: watchClassifiers(shipped, corrections),
    categoriser,
    rest: () => {
      const wasJudging = shipped.rest()
      return categoriser.rest() || wasJudging
    },
  }
}

/** The shipped classifier, shifted for each watch by what people said of its verdicts. */
function watchClassifiers(
  shipped: Classifier,
  corrections: readonly Correction[],
): (watch: string) => Classifier {
  const learnt = new Map<string, Classifier>()
  return (watch) => {
    const known = learnt.get(watch)
    if (known) return known
    const said = corrections.flatMap((correction) =>
      correction.watch === watch && correction.kind !== 'category'
        ? [{ text: correction.text, said: correction.kind }]
        : [],
    )
    const classifier = said.length === 0 ? shipped : withCorrections(shipped, learn(said, shipped))
    learnt.set(watch, classifier)
    return classifier
  }
}

/** The corrections that say what kind of comment a text is. */
export function taughtCategories(corrections: readonly Correction[]) {
  return corrections.flatMap(({ kind, text, language, category }) =>
    kind === 'category' && category !== null ? [{ text, language, category }] : [],
  )
}

/** Learns changed playbooks in a process of its own, so that neither its time nor its memory is ours. */
async function learnAside(config: Config, corrections: readonly Correction[]): Promise<void> {
  if (exampleCount(config) + corrections.length <= fewExamples) return
  const key = modelKey({ ...config, corrections: taughtCategories(corrections) })
  if (modelCache(config.folder).has(key)) return
  const { file, flags } = ownProgram('train/learn-playbooks.ts')
  const args = [...flags, fileURLToPath(file), config.folder]
  await promisify(execFile)(process.execPath, args, { timeout: learningLimitMs }).catch(() => {
    // What could not be learnt aside is learnt here, more slowly.
  })
}

/** Opens the folder's store and builds every stage over it. Throws VigieError when the database cannot be opened. */
export async function openApp(config: Config, deps: AppDeps): Promise<App> {
  const store = deps.store ?? openStore(config)
  const folderId = await settingOr(store, 'folder-id', () => randomBytes(9).toString('base64url'))
  const firstStartedAt = new Date(await settingOr(store, 'first-started-at', () => deps.now().toISOString()))
  const corrections = await store.corrections(null)
  await learnAside(config, corrections)
  const judges = loadJudges(config, corrections)
  const outside = openSources(config, deps)
  const watches = new Map(config.watches.map((watch) => [watch.id, watch]))
  const replyKey = Buffer.from(
    await settingOr(store, 'reply-key', () => randomBytes(32).toString('base64')),
    'base64',
  )
  const rooms = config.webhooks.map((hook) => {
    const url = hook.url.reveal()
    return {
      name: webhookName({ kind: hook.kind, url }),
      kind: hook.kind,
      url,
      language: hook.language,
      severity: hook.severity,
    }
  })
  const notifier = notifierFor(config, deps)
  const { now, log } = deps
  const audits = auditDesk(config, { searches: searchesFor(config, outside), store, now, log })
  const watched = config.watches.flatMap((watch) =>
    watch.sources.map((spec) => ({ watch, spec, source: outside.configured(spec, watch) })),
  )

  function replyFor(ticket: number, person: string): string {
    return replyAddress(config.mail.replyTo ?? config.mail.from.address, replyToken(replyKey, ticket, person))
  }

  const work = desk(config, {
    store,
    now: deps.now,
    languageOf: (text) => judges.classifierFor('').judge(text).language,
    onCorrection: (correction) =>
      deps.log.info({ kind: correction.kind, watch: correction.watch }, 'a decision was corrected'),
  })

  function pages(around: PagesAround): PagesApp {
    return pagesApp({
      config,
      store,
      pagesStore: store.pages,
      desk: work,
      now: deps.now,
      explain: (judged) => evidenceOf(judged, judges.classifierFor(judged.mention.watch)),
      mailSignInLink: (person, url) => mailSignInLink(person, url, around),
      pollNow: around.pollNow,
      preview: previewOf,
      audits,
      letter: letterFor,
      isUnsubscribeToken: (person, token) => readToken(replyKey, token, person) === 0,
      refusedConfig: around.refusedConfig,
      onCorrection: around.onCorrection,
      log: deps.log,
    })
  }

  async function mailSignInLink(person: Person, url: string, around: PagesAround): Promise<void> {
    await writeSignInMail(person, url, config, { store, folderId, now: deps.now })
    if (config.mail.smtp === null) around.showLink(person, url)
    await deliverDue(new AbortController().signal)
  }

  async function previewOf(source: string, signal: AbortSignal): Promise<readonly Entry[]> {
    const found = watched.find(({ spec }) => spec.id === source)
    if (!found) throw new VigieError('unknown-source', `no source "${source}"`)
    return (await found.source.poll(null, signal)).entries
  }

  async function letterFor(ticket: Ticket, kind: Letter, language: ReaderLanguage): Promise<string | null> {
    const [first] = await store.ticketMentions(ticket.id)
    if (!first) return null
    const { title, text } = letterDraft({
      kind,
      language,
      mention: first.mention,
      evidence: await store.evidenceOf(first.mention.id),
      company: config.company ?? watches.get(ticket.watch)?.name ?? '',
      signer: config.people.get(ticket.owner) ?? null,
      zone: config.calendar.zone,
      now: deps.now(),
    })
    return `${title}\n\n${text}`
  }

  /** Answers by mail, as they come, until the signal aborts. Does nothing when no mailbox is set. */
  async function readAnswers(signal: AbortSignal): Promise<void> {
    const { imap } = config.mail
    if (imap === null) return
    const mailbox = imapMailbox(
      { url: imap.reveal() },
      {
        memory: {
          read: () => store.setting('imap'),
          write: (value) => store.setSetting('imap', value),
        },
        now: deps.now,
        onFailure: (error, waitMs) =>
          deps.log.warn({ code: error.code, reason: error.message, waitMs }, 'the mailbox cannot be read'),
        onMailFailure: (error, isLast) =>
          deps.log.error({ err: error, isLast }, 'an answer could not be dealt with'),
      },
    )
    const answerDeps = {
      store,
      desk: work,
      folderId,
      key: replyKey,
      now: deps.now,
      onRead: (reply: Reply) =>
        deps.log.info(
          { kind: reply.kind, why: reply.kind === 'ignored' ? reply.why : undefined },
          'a mail was read',
        ),
    }
    const canary = canaryDeps()
    await mailbox.watch(async (rawMail) => {
      if (!(await meetCanary(rawMail, canary))) await handleAnswer(rawMail, config, answerDeps)
    }, signal)
  }

  let crisesWatchedAt = 0

  async function pass(options: AppPass): Promise<PassReport> {
    const sources = await collect(watched, options, collectDeps(options))
    const canary = canaryDeps()
    if (options.isDaemon) await releaseCanary(config, canary)
    const { negative, unsure } = await judgeAll(watches, options.signal, {
      store,
      classifierFor: judges.classifierFor,
      now: deps.now,
    })
    const present = { ...config, people: await peopleNow(config, store) }
    const tickets = await triageAll(
      {
        ...present,
        watches,
        rooms: rooms.map(({ name, severity }) => ({ name, fromSeverity: severity })),
        groupWaitMs: options.groupWaitMs,
      },
      options.signal,
      {
        store,
        categoriser: judges.categoriser,
        now: deps.now,
        onFault: (error, mention) => deps.log.error({ err: error, mention }, 'triage failed for a mention'),
      },
    )
    await escalateAll(present, {
      store,
      now: deps.now,
      onFault: (error, ticket) => deps.log.error({ err: error, ticket }, 'fault while following a ticket'),
    })
    const evidence = evidenceDeps()
    await keepEvidence(options.signal, evidence)
    if (options.isDaemon) await lookAgain(options.signal, evidence)
    // Weeks are read for it: not at every tick in which nothing came.
    const isNews = tickets.opened + tickets.joined > 0
    if (isNews || deps.now().getTime() - crisesWatchedAt >= minuteMs) {
      crisesWatchedAt = deps.now().getTime()
      await watchForCrises(present, { store, now: deps.now })
    }
    await composeDue(present)
    const messages = await deliverDue(options.signal)
    if (options.isDaemon) await tendCanary(config, canary)
    return {
      sources,
      mentions: { added: sources.reduce((sum, source) => sum + source.added, 0), negative, unsure },
      tickets,
      messages,
    }
  }

  async function drill(entry: Entry, watch: Watch, signal: AbortSignal): Promise<DrillReport | null> {
    await recordGiven(madeUpMention(entry), watch.id, 'drill', deps.now(), store)
    const before = await store.tickets({ drill: true, limit: 10_000 })
    await pass({ only: [], signal, groupWaitMs: 0, isDaemon: false })
    const ticket = (await store.tickets({ drill: true, limit: 10_000 })).find(
      ({ id }) => !before.some((old) => old.id === id),
    )
    if (!ticket) return null
    const messages = (await store.messages(null, 200)).filter((message) => message.ticket === ticket.id)
    const owner = (await peopleNow(config, store)).get(ticket.owner)
    const isTold = messages.length > 0 || owner === undefined
    const heldBack = isTold ? null : await whatHolds(owner, ticket, { store, now: deps.now })
    return { ticket, messages, steps: clockOf(ticket, config), heldBack }
  }

  function collectDeps(options: AppPass): CollectDeps {
    return {
      store,
      now: deps.now,
      nextPollAt: ({ watched: { watch, spec }, state, at, outcome }) =>
        nextPollAt(
          {
            everyMs: approximateMs(spec.every ?? watch.every),
            slowsDown: !isSearch(spec.kind),
            lastEntryAt: state?.lastEntryAt ?? null,
            failuresBefore: state?.failures ?? 0,
            outcome:
              outcome instanceof VigieError
                ? { kind: 'failed', code: outcome.code, retryAt: outcome.retryAt }
                : { kind: 'read', notBefore: outcome.notBefore },
          },
          at,
          Math.random(),
        ),
      onSource: (result, done, total) => {
        const { id, status, entries, added, code, message } = result
        if (status === 'failed') deps.log.warn({ source: id, code, reason: message }, 'source failed')
        else if (status === 'fetched') deps.log.info({ source: id, entries, added }, 'source read')
        options.onSource?.(result, done, total)
      },
      onFault: (error, source) => deps.log.error({ err: error, source }, 'fault while reading a source'),
    }
  }

  function canaryDeps(): CanaryDeps {
    return {
      store,
      folderId,
      rooms,
      now: deps.now,
      onLost: (sentAt) =>
        deps.log.error({ sentAt }, 'the canary did not come back: mails may no longer arrive'),
    }
  }

  function evidenceDeps(): EvidenceDeps {
    return {
      store,
      now: deps.now,
      onFault: (error, mention) =>
        deps.log.error({ err: error, mention }, 'fault while looking at a publication'),
      look: async (url, signal) => {
        try {
          const answer = await outside.fetcher.fetch({ url, signal, accept: 'page' })
          return { kind: 'there', text: plainText(decode(answer.body, answer.contentType)) }
        } catch (error) {
          if (!(error instanceof VigieError)) throw error
          return {
            kind: error.code === 'http-404' || error.code === 'gone' ? 'gone' : 'unreachable',
            code: error.code,
          }
        }
      },
    }
  }

  function composeDue(present: Config): Promise<number> {
    return compose(present, {
      store,
      folderId,
      now: deps.now,
      evidenceOf: (judged) => evidenceOf(judged, judges.classifierFor(judged.mention.watch)),
      replyTo: (ticket, person) => (config.mail.imap === null ? null : replyFor(ticket, person)),
      unsubscribeMail: (person) => (config.mail.imap === null ? null : replyFor(0, person)),
      unsubscribeUrl: (person) =>
        `${config.pages.url}/unsubscribe/${person}/${replyToken(replyKey, 0, person)}`,
      rooms,
      onFault: (error, ticket) => deps.log.error({ err: error, ticket }, 'a mail could not be written'),
    })
  }

  function deliverDue(signal: AbortSignal): Promise<DeliveryCounts> {
    return deliver(signal, {
      store,
      notifier,
      now: deps.now,
      onFailure: (message, code, reply, nextAttemptAt) =>
        deps.log.warn(
          { message: message.messageId, code, reply, nextAttemptAt },
          nextAttemptAt === null ? 'mail given up' : 'mail not taken yet',
        ),
    })
  }

  return {
    config,
    store,
    folderId,
    desk: work,
    pages,
    readAnswers,
    pass,
    drill,
    writeDigests: async (refusedConfig) => {
      const digestDeps = { store, folderId, now: deps.now, firstStartedAt, refusedConfig }
      return (await writeDigests(config, digestDeps)) + (await writeReports(config, digestDeps))
    },
    deliver: deliverDue,
    rest: judges.rest,
    close: async () => {
      audits.close()
      await outside.close()
      await notifier.close()
      await store.close()
    },
  }
}

/** The people with what they set about themselves by a reply or a link: absences. The canary's reader is one of them. */
async function peopleNow(config: Config, store: Store): Promise<Config['people']> {
  const people = new Map(config.people)
  for (const person of config.people.values()) {
    const settings = await store.personSettings(person.id)
    const [from, to] = [settings.get('away-from'), settings.get('away-to')]
    if (from !== undefined && to !== undefined) {
      people.set(person.id, { ...person, away: [...person.away, { from, to }] })
    }
  }
  const canary = canaryReader(config)
  if (canary) people.set(canary.id, canary)
  return people
}

/** A value made once for a folder and kept. */
async function settingOr(store: Store, name: string, make: () => string): Promise<string> {
  const known = await store.setting(name)
  if (known !== null) return known
  const made = make()
  await store.setSetting(name, made)
  return made
}

function notifierFor(config: Config, deps: AppDeps): Notifier {
  const { smtp } = config.mail
  const hooks = config.webhooks.map(({ kind, url, secret }) => ({
    kind,
    url: url.reveal(),
    secret: secret?.reveal() ?? null,
  }))
  const mail =
    smtp === null
      ? folderNotifier(outboxFolder(config.folder))
      : smtpNotifier({ url: smtp.reveal(), from: config.mail.from.address })
  return withWebhooks(mail, webhookNotifier(hooks, { fetch, now: deps.now }))
}

/** Forgets what the company no longer needs to keep. */
export async function prune(app: App, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const { unrelated, neutral } = app.config.keep
  await app.store.prune({
    unrelatedBefore: before(approximateMs(unrelated)),
    neutralBefore: before(approximateMs(neutral)),
    pollsBefore: before(90 * dayMs),
  })
}
