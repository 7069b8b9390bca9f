import { VigieError } from '../domain/errors.ts'
import type { Message } from '../domain/message.ts'
import { headerText, isAddress } from './mime.ts'
import type { Notifier } from './notifier.ts'
import { transportPauseMs } from './retry.ts'

export interface SmtpSettings {
  /**
   * `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. Under `smtp:` TLS is taken when the
   * server offers it, and required before a password leaves this machine; `?tls=required` and `?tls=never` decide.
   */
  readonly url: string
  /** The envelope's sender: where bounces go. */
  readonly from: string
  /** For tests. RFC 5321 §4.5.3.2 gives ten minutes to the answer after the dot; less would send twice. */
  readonly socketTimeoutMs?: number
  readonly connectTimeoutMs?: number
}

export interface SmtpDeps {
  now(): Date
}

/** Hands stored bytes to a mail server: one recipient a mail, over a few connections that are kept open. */
export function smtpNotifier(settings: SmtpSettings, deps: SmtpDeps = { now: () => new Date() }): Notifier {
  const options = { pool: true as const, ...transportOptions(settings) }
  let pool: ReturnType<typeof openPool> | null = null
  let refusedLogin: { readonly error: VigieError; readonly until: Date } | null = null

  return {
    async send(message, signal) {
      if (refusedLogin && deps.now() < refusedLogin.until) throw refusedLogin.error
      refusedLogin = null
      try {
        return await hand(message, signal)
      } catch (error) {
        const failure = smtpFailure(error)
        if (/^EAUTH-5/.test(failure.code)) {
          refusedLogin = { error: failure, until: new Date(deps.now().getTime() + transportPauseMs) }
        }
        throw failure
      }
    },
    close: async () => (await pool)?.close(),
  }

  async function hand(message: Message, signal: AbortSignal): Promise<string> {
    if (!isAddress(message.recipient)) {
      throw new VigieError('bad-address', `"${headerText(message.recipient)}" is not a mail address`)
    }
    pool ??= openPool(options)
    const info = await (await pool).sendMail({
      envelope: { from: settings.from, to: [message.recipient] },
      raw: message.bytes,
      signal,
    })
    const [refused] = info.rejectedErrors ?? []
    if (refused) throw refused
    if (info.rejected.length > 0) throw new VigieError('EENVELOPE', 'the server refused the recipient')
    return clean(info.response)
  }
}

/** Loads its library at the first mail: most commands send none. */
async function openPool(options: { pool: true } & ReturnType<typeof transportOptions>) {
  const { createTransport } = await import('nodemailer')
  return createTransport(options)
}

/** Connects and signs in without sending anything: what `doctor` asks. Throws VigieError as sending would. */
export async function tryMailServer(settings: SmtpSettings): Promise<void> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(transportOptions(settings))
  try {
    await transport.verify()
  } catch (error) {
    throw smtpFailure(error)
  } finally {
    transport.close()
  }
}

export interface MailServer {
  readonly host: string
  readonly port: number
  /** TLS from the first byte. */
  readonly secure: boolean
  readonly tls: 'required' | 'offered' | 'never'
  readonly login: { readonly user: string; readonly pass: string } | null
}

/** Reads the address of a mail server; null when it is not one. `plain` and `secure` are the schemes with their ports. */
export function readServerUrl(
  url: string,
  plain: readonly [scheme: string, port: number],
  secure: readonly [scheme: string, port: number],
): MailServer | null {
  if (!URL.canParse(url)) return null
  const parsed = new URL(url)
  const scheme = [plain, secure].find(([name]) => parsed.protocol === `${name}:`)
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  const wanted = parsed.searchParams.get('tls')
  if (!scheme || host === '' || (wanted !== null && wanted !== 'required' && wanted !== 'never')) return null
  const login = loginOf(parsed)
  return {
    host,
    port: parsed.port === '' ? scheme[1] : Number(parsed.port),
    secure: scheme === secure,
    tls: wanted ?? (login !== null && !isLoopback(host) ? 'required' : 'offered'),
    login,
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

function loginOf(url: URL): MailServer['login'] {
  if (url.username === '' && url.password === '') return null
  try {
    return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
  } catch {
    return { user: url.username, pass: url.password }
  }
}

export function readSmtpUrl(url: string): MailServer | null {
  return readServerUrl(url, ['smtp', 587], ['smtps', 465])
}

function transportOptions({ url, connectTimeoutMs = 30_000, socketTimeoutMs = 600_000 }: SmtpSettings) {
  const server = readSmtpUrl(url)
  // The address holds a password: it is not repeated here.
  if (!server) throw new VigieError('bad-url', 'mail.smtp is not an smtp:// or smtps:// address')
  return {
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.tls === 'required' && !server.secure,
    ignoreTLS: server.tls === 'never',
    // Between two programs of one machine a certificate proves nothing, and few have one for `localhost`.
    tls: { minVersion: 'TLSv1.2' as const, rejectUnauthorized: !isLoopback(server.host) },
    ...(server.login === null ? {} : { auth: server.login }),
    maxConnections: 3,
    maxMessages: 100,
    // The outbox decides when to try again; the library would hand over once more by itself.
    maxRequeues: 0,
    // Shorter than any server's patience: a connection found closed would cost the mail its first attempt.
    idleTimeout: 20_000,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: socketTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

interface LibraryError {
  readonly code?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
  readonly command?: unknown
}

/** The library's error as ours: its word and the server's reply code, `EENVELOPE-550`. */
function smtpFailure(error: unknown): VigieError {
  if (error instanceof VigieError) return error
  if (!(error instanceof Error)) throw error
  const { code, responseCode, response, command } = error as LibraryError
  if (typeof code !== 'string') throw error
  const reply = typeof responseCode === 'number' ? responseCode : null
  const said = typeof response === 'string' && response !== '' ? response : error.message
  if (code === 'EABORT') return new VigieError('stopped', 'stopped while sending', { cause: error })
  const word = wordFor(code, reply, said, String(command ?? ''))
  return new VigieError(reply === null ? word : `${word}-${reply}`, clean(said), { cause: error })
}

function wordFor(code: string, reply: number | null, said: string, command: string): string {
  if (code !== 'EENVELOPE' || reply === null || reply < 500) return code
  // Refused before a recipient was named: it is our sender, or the size, that the server does not want.
  if (command.startsWith('MAIL')) return reply === 552 ? 'EMESSAGE' : 'ESENDER'
  if (command.startsWith('DATA')) return 'EMESSAGE'
  // RFC 3463 X.7: a policy. The mailbox may well exist.
  return /^5\d\d[ -]5\.7\./.test(said) ? 'EPOLICY' : code
}

function clean(text: string): string {
  return headerText(text.slice(0, 500))
}
