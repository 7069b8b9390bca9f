import { z } from 'zod'
import { hoursForm, isZone, parseHours, parseTimeOfDay } from '../domain/calendar.ts'
import { durationForm, parseDuration } from '../domain/duration.ts'
import { matchesNothingInParticular, parseQuery, type Query, QuerySyntaxError } from '../domain/query.ts'
import { type Secret, secret } from './secret.ts'

/** A mapping that refuses unknown keys and can say which it knows. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? ['unknown', ...Object.keys(shape)].join('|') : undefined,
  })
}

/** A text that a reader of ours turns into something, or says in words what form it wants. */
function read<T>(parse: (text: string) => T | null, form: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text)
    if (value !== null) return value
    context.addIssue({ code: 'custom', message: `"${text}" is not ${form}` })
    return z.NEVER
  })
}

export const duration = read(parseDuration, durationForm)
export const hours = read(parseHours, hoursForm)
export const timeOfDay = read(parseTimeOfDay, 'a time of day such as "08:00"')
export const timezone = read((name) => (isZone(name) ? name : null), 'a time zone such as Europe/Brussels')
export const localDate = read(
  (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null),
  'a date such as 2027-11-01',
)
export const line = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'longer than 200 characters')
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'must be one line without control characters')
export const bilingual = strict({ fr: z.string().trim().min(1), en: z.string().trim().min(1) })
export const languageCode = read(
  (text) => (/^[a-z]{2}$/.test(text) ? text : null),
  'a two-letter language code such as fr',
)
export const id = read(
  (text) => (/^[\p{Ll}\p{N}][\p{Ll}\p{N}_-]{0,59}$/u.test(text) ? text : null),
  'a short name of lower-case letters, digits, - and _',
)
export const secretText = z
  .string()
  .min(1)
  .transform((text): Secret => secret(text))

// RFC 5321 mailbox without quoted local parts or address literals: what people have, and nothing that could smuggle a header.
const addressPattern =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,252}[\p{L}\p{N}])?$/u
export const emailAddress = read(
  (text) => (addressPattern.test(text) && !text.includes('..') ? text : null),
  'a mail address such as anne@lumen.example',
)

export interface Mailbox {
  readonly name: string
  readonly address: string
}

/** `Vigie <vigie@lumen.example>` or the address alone. */
export const mailbox = read(parseMailbox, 'an address such as Vigie <vigie@lumen.example>')

function parseMailbox(text: string): Mailbox | null {
  const match = /^(?:"?([^"<>\r\n]{0,100}?)"?\s*<([^<>\s]+)>|([^<>\s]+))$/.exec(text.trim())
  const address = match?.[2] ?? match?.[3] ?? ''
  return addressPattern.test(address) ? { name: match?.[1]?.trim() ?? '', address } : null
}

/** A query; a mistake points at its character. */
export const query = z.string().transform((text, context): Query => {
  try {
    return parseQuery(text)
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error
    context.addIssue({ code: 'custom', message: error.message, params: { offset: error.offset } })
    return z.NEVER
  }
})

/** A query with its source, as watches and signals keep it. */
export const querySource = z.string().transform((text, context): { query: Query; source: string } => {
  const parsed = query.safeParse(text)
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      context.addIssue({ ...issue, path: [] } as Parameters<typeof context.addIssue>[0])
    return z.NEVER
  }
  if (matchesNothingInParticular(parsed.data)) {
    context.addIssue({
      code: 'custom',
      message: 'asks for no word at all, only for absences: it would match almost everything',
    })
    return z.NEVER
  }
  return { query: parsed.data, source: text }
})
