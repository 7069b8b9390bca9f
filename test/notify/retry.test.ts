import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUnreachable, nextAttempt } from '../../src/notify/retry.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const created = new Date('2026-11-22T08:00:00Z')

/** Minutes after its creation at which a message is tried over six days, when every try fails with `code`. */
function triesOverSixDays(code: string): { minutes: number[]; end: string } {
  const minutes = [0]
  let now = created
  while (now.getTime() < created.getTime() + 6 * day) {
    const next = nextAttempt({ code, attempts: minutes.length, createdAt: created, now })
    if ('giveUp' in next) return { minutes, end: next.giveUp }
    now = next.at
    minutes.push((now.getTime() - created.getTime()) / minute)
  }
  return { minutes, end: 'still trying' }
}

describe('a message that no one takes', () => {
  it('is tried after 1, 5, 15 and 30 minutes, 1, 2 and 4 hours, then every 4 hours to the fifth day', () => {
    const { minutes, end } = triesOverSixDays('ECONNECTION')

    const steps = minutes.slice(1).map((at, i) => at - (minutes[i] ?? 0))
    expect(steps.slice(0, 8)).toEqual([1, 5, 15, 30, 60, 120, 240, 240])
    expect(new Set(steps.slice(8, -1))).toEqual(new Set([240]))
    expect(minutes.at(-1)).toBe((5 * day) / minute)
    expect([minutes.length, end]).toEqual([37, 'too-old'])
  })

  it('waits five minutes first when the server greylists', () => {
    const { minutes } = triesOverSixDays('EENVELOPE-450')

    expect(minutes.slice(0, 5)).toEqual([0, 5, 10, 25, 55])
  })

  it('is tried four times an hour while the password is refused, so that no account is locked', () => {
    const { minutes, end } = triesOverSixDays('EAUTH-535')

    expect(minutes.slice(0, 4)).toEqual([0, 15, 30, 45])
    expect(end).toBe('too-old')
  })

  it('is tried once more after a stop of a week, then given up', () => {
    const now = new Date(created.getTime() + 7 * day)

    expect(nextAttempt({ code: 'ESOCKET', attempts: 1, createdAt: created, now })).toEqual({
      giveUp: 'too-old',
    })
  })
})

describe('what follows a failure', () => {
  const at = (minutes: number, pausesTransport = false) => ({
    at: new Date(created.getTime() + minutes * minute),
    pausesTransport,
  })

  it.each([
    ['ESOCKET', at(1)],
    ['EDNS', at(1)],
    ['ETIMEDOUT', at(1)],
    ['EPROTOCOL-421', at(1)],
    ['EPROTOCOL-554', at(15, true)],
    ['EAUTH-454', at(1)],
    ['EAUTH-535', at(15, true)],
    ['ENOAUTH', at(15, true)],
    ['ESENDER-550', at(15, true)],
    ['EENVELOPE-530', at(15, true)],
    ['EENVELOPE-452', at(1)],
    ['EENVELOPE-550', { giveUp: 'bad-address' }],
    ['EPOLICY-554', { giveUp: 'refused-message' }],
    ['EMESSAGE-451', at(1)],
    ['EMESSAGE-552', { giveUp: 'refused-message' }],
    ['bad-address', { giveUp: 'bad-address' }],
    ['outbox-folder', at(1)],
    ['stopped', at(0)],
    ['HTTP-503', at(1)],
    ['HTTP-429', at(1)],
    ['HTTP-404', at(1)],
    ['HTTP-401', at(1)],
    ['HTTP-400', { giveUp: 'refused-message' }],
    ['HTTP', at(1)],
    ['fault', at(1)],
  ])('%s', (code, expected) => {
    expect(nextAttempt({ code, attempts: 1, createdAt: created, now: created })).toEqual(expected)
  })

  it('takes the reply code beside the code as well', () => {
    const failed = { code: 'EENVELOPE', responseCode: 550, attempts: 1, createdAt: created, now: created }

    expect(nextAttempt(failed)).toEqual({ giveUp: 'bad-address' })
  })

  it('respects an instant the other side named, but not beyond the fifth day', () => {
    const failed = { code: 'HTTP-429', attempts: 1, createdAt: created, now: created }

    expect(nextAttempt({ ...failed, retryAt: new Date(created.getTime() + hour) })).toEqual(at(60))
    expect(nextAttempt({ ...failed, retryAt: new Date('2099-01-01') })).toEqual(at((5 * day) / minute))
  })

  it('always lies ahead, within five days, or is the end', () => {
    const instants = fc.integer({ min: 0, max: 10 * day })
    const codes = fc.constantFrom('ESOCKET', 'EAUTH-535', 'EENVELOPE-451', 'HTTP-500', 'odd')
    fc.assert(
      fc.property(codes, fc.nat(200), instants, (code, attempts, age) => {
        const now = new Date(created.getTime() + age)

        const next = nextAttempt({ code, attempts, createdAt: created, now })

        if ('giveUp' in next) return age >= 5 * day
        return next.at > now && next.at.getTime() <= created.getTime() + 5 * day
      }),
    )
  })
})

it.each([
  ['ESOCKET', true],
  ['EAUTH-535', true],
  ['EPROTOCOL-421', true],
  ['ECONNECTION', false],
  ['EENVELOPE-550', false],
  ['EMESSAGE-554', false],
])('%s means that the server cannot be used at all: %s', (code, expected) => {
  expect(isUnreachable(code)).toBe(expected)
})
