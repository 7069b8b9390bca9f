import { z } from 'zod'
import {
  errorJson,
  mentionsJson,
  numbersJson,
  sourcesJson,
  ticketDetailJson,
  ticketsJson,
} from './api-schemas.ts'

interface Parameter {
  readonly name: string
  readonly description: string
  readonly values?: readonly string[]
  readonly in?: 'path'
}

interface Operation {
  readonly path: string
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly answer: z.ZodType
}

const after = { name: 'after', description: 'the `next` of the page before' }
const limit = { name: 'limit', description: '1 to 200; 50 when absent' }
const watch = { name: 'watch', description: 'id of a watch' }
const words = { name: 'q', description: 'words, "a phrase", -without' }

/** Everything a program may read. */
export const operations: readonly Operation[] = [
  {
    path: '/api/tickets',
    summary: 'Tickets, the most urgent first',
    parameters: [
      {
        name: 'tab',
        description: 'which tickets',
        values: ['open', 'mine', 'approval', 'snoozed', 'answered', 'dismissed', 'all', 'drill'],
      },
      watch,
      { name: 'owner', description: 'id of a person' },
      { name: 'category', description: 'name of a playbook' },
      { name: 'severity', description: 'how grave', values: ['low', 'normal', 'high', 'critical'] },
      words,
      after,
      limit,
    ],
    answer: ticketsJson,
  },
  {
    path: '/api/tickets/{id}',
    summary: 'A ticket with its texts and its history',
    parameters: [{ name: 'id', description: 'number of a ticket', in: 'path' }],
    answer: ticketDetailJson,
  },
  {
    path: '/api/mentions',
    summary: 'Mentions, the last found first. A short page with a `next` goes on there.',
    parameters: [
      {
        name: 'kind',
        description: 'which mentions',
        values: ['all', 'to-read', 'negative', 'neutral', 'positive', 'late', 'other-language', 'waiting'],
      },
      watch,
      { name: 'source', description: 'id of a source' },
      words,
      { name: 'from', description: 'first local day found, YYYY-MM-DD' },
      { name: 'to', description: 'last local day found, YYYY-MM-DD' },
      after,
      limit,
    ],
    answer: mentionsJson,
  },
  {
    path: '/api/sources',
    summary: 'Sources with their health',
    parameters: [],
    answer: sourcesJson,
  },
  {
    path: '/api/numbers',
    summary: 'Counts over a period',
    parameters: [
      watch,
      { name: 'range', description: 'a usual period', values: ['7d', '30d', '90d', '1y', 'all'] },
      { name: 'from', description: 'first local day, YYYY-MM-DD' },
      { name: 'to', description: 'last local day, YYYY-MM-DD' },
    ],
    answer: numbersJson,
  },
]

/** The description of the interface: OpenAPI 3.1. */
export function openApi(url: string): Readonly<Record<string, unknown>> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vigie, for programs',
      version: '1.0.0',
      description:
        'Reads what the pages show; changes nothing. Make a token on the page "Feeds out" and send it as "Authorization: Bearer TOKEN".',
    },
    servers: [{ url }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: Object.fromEntries(
      operations.map(({ path, summary, parameters, answer }) => [
        path,
        {
          get: {
            summary,
            parameters: parameters.map(parameterOf),
            responses: {
              200: content('What was asked for', answer),
              401: content('No token, or one that was closed', errorJson),
              ...(path.includes('{') ? { 404: content('There is none', errorJson) } : {}),
            },
          },
        },
      ]),
    ),
  }
}

function parameterOf({ name, description, values, in: where }: Parameter) {
  return {
    name,
    description,
    in: where ?? 'query',
    required: where === 'path',
    schema: { type: 'string', ...(values === undefined ? {} : { enum: values }) },
  }
}

function content(description: string, schema: z.ZodType) {
  return {
    description,
    content: { 'application/json': { schema: z.toJSONSchema(schema, { io: 'output' }) } },
  }
}
