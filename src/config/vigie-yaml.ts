import { z } from 'zod'
import type { Person } from '../domain/person.ts'
import {
  duration,
  emailAddress,
  hours,
  id,
  line,
  localDate,
  mailbox,
  secretText,
  strict,
  timeOfDay,
  timezone,
} from './schemas.ts'

const language = z.enum(['fr', 'en'])

const quietHours = z.string().transform((text, context) => {
  const [from, to] = text.split('-').map((part) => timeOfDay.safeParse(part.trim()).data)
  if (from !== undefined && to !== undefined) return { from, to }
  context.addIssue({ code: 'custom', message: `"${text}" is not a range such as 22:00-07:00` })
  return z.NEVER
})

const person = strict({
  name: line,
  email: emailAddress,
  role: z.enum(['owner', 'responder', 'approver', 'adviser', 'reader']).default('responder'),
  title: line.optional(),
  language: language.optional(),
  timezone: timezone.optional(),
  deputy: id.optional(),
  quiet: quietHours.optional(),
  away: z.array(strict({ from: localDate, to: localDate })).default([]),
  alerts: z.boolean().default(true),
  reports: z.array(z.enum(['weekly', 'monthly'])).default([]),
})

const listen = z.string().transform((text, context) => {
  const match = /^(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(text)
  const port = Number(match?.[2])
  if (match?.[1] && port <= 65_535) return { host: match[1].replace(/^\[|\]$/g, ''), port }
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not an address and a port such as 127.0.0.1:8484`,
  })
  return z.NEVER
})

const dkim = strict({ domain: line, selector: line, key: secretText })

const webhook = strict({
  kind: z.enum(['slack', 'mattermost', 'teams', 'discord', 'ntfy', 'json']),
  url: secretText,
  secret: secretText.optional(),
  severity: z.enum(['low', 'normal', 'high', 'critical']).default('normal'),
  language: language.default('en'),
})

/** The shape of vigie.yaml: who we are. Every key but `people` has a default that suits a company of five. */
export const vigieYaml = strict({
  language: language.default('en'),
  timezone: timezone.default('Europe/Brussels'),
  hours: hours.prefault('Mon-Fri 09:00-18:00'),
  holidays: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$/, 'a country such as BE, or a country and region such as DE-BY')
    .optional(),
  closed: z.array(localDate).default([]),
  company: line.optional(),
  contact: line.optional(),
  people: z.record(id, person).refine((people) => Object.keys(people).length > 0, 'name at least one person'),
  mail: strict({
    from: mailbox.prefault('Vigie <vigie@localhost.localdomain>'),
    smtp: secretText.optional(),
    imap: secretText.optional(),
    /** Where replies go, when it is not `from`: `vigie@…`, to which the token is added after a +. */
    'reply-to': emailAddress.optional(),
    dkim: dkim.optional(),
  }).prefault({}),
  digest: strict({ at: timeOfDay.prefault('08:00'), to: z.array(id).optional() }).prefault({}),
  pages: strict({
    listen: listen.prefault('127.0.0.1:8484'),
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .default('http://127.0.0.1:8484'),
    'trusted-header': line.optional(),
  }).prefault({}),
  keep: strict({
    unrelated: duration.prefault('7d'),
    neutral: duration.prefault('90d'),
    tickets: duration.prefault('3y'),
  }).prefault({}),
  fetch: strict({
    /** Hosts, or host:port, of an intranet that may be read although their address is not public. */
    allow: z.array(line).default([]),
    contact: line.optional(),
  }).prefault({}),
  /** Folders beside this one that a `file:` source may read. */
  'allow-files': z.array(line).default([]),
  webhooks: z.array(webhook).default([]),
  canary: strict({ every: duration.prefault('24h'), to: emailAddress.optional() }).optional(),
})

export type VigieYaml = z.output<typeof vigieYaml>

/** The people, with the company's language and zone where they set none. */
export function peopleOf(yaml: VigieYaml): ReadonlyMap<string, Person> {
  return new Map(
    Object.entries(yaml.people).map(([key, written]) => [
      key,
      {
        id: key,
        name: written.name,
        email: written.email,
        role: written.role,
        title: written.title ?? null,
        language: written.language ?? yaml.language,
        timezone: written.timezone ?? yaml.timezone,
        deputy: written.deputy ?? null,
        quiet: written.quiet ?? null,
        away: written.away,
        alerts: written.alerts,
        reports: written.reports,
      },
    ]),
  )
}
