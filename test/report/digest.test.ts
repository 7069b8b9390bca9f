import { describe, expect, it } from 'vitest'
import { hourMs, minuteMs } from '../../src/domain/duration.ts'
import type { Person } from '../../src/domain/person.ts'
import { duePeriod } from '../../src/report/digest.ts'

const zones = [
  'Europe/Brussels',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Pacific/Auckland',
]

function person(timezone: string): Person {
  return {
    id: 'ada',
    name: 'Ada',
    email: 'ada@shop.example',
    role: 'owner',
    title: null,
    language: 'en',
    timezone,
    deputy: null,
    quiet: null,
    away: [],
    alerts: true,
    reports: [],
  }
}

/** A store that remembers the last digest, and a clock to move. */
function desk(atMinutes: number, zone: string, firstStartedAt = '2020-01-01T00:00:00Z') {
  let last: { localDate: string; at: Date } | null = null
  return async (now: Date) => {
    const period = await duePeriod({ digest: { at: atMinutes, to: ['ada'] } }, person(zone), {
      store: { lastDigest: async () => last } as never,
      now: () => now,
      firstStartedAt: new Date(firstStartedAt),
      refusedConfig: [],
    })
    if (period) last = { localDate: period.localDate, at: now }
    return period
  }
}

/** Three years: every half hour around the hour of the digest, every six hours otherwise. */
function* instants(minutes: number, zone: string): Generator<Date> {
  const [, hour = '0', minute = '0'] =
    /(\d\d):(\d\d)$/.exec(wallClock(new Date('2026-01-01T00:00:00Z'), zone)) ?? []
  const usual = (2880 + minutes - Number(hour) * 60 - Number(minute)) % 1440
  for (let at = 0; at < 1096 * 1440; at += 30) {
    const apart = Math.abs((at % 1440) - usual)
    const isNear = Math.min(apart, 1440 - apart) <= 90
    if (isNear || at % 360 === 0) yield new Date(Date.parse('2026-01-01T00:00:00Z') + at * minuteMs)
  }
}

/** The wall clock of an instant, `2026-03-29 08:00`, by Intl and not by the code under test. */
function wallClock(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return parts.format(at)
}

describe('the digest of three years', () => {
  it.each([
    ...zones.map((zone) => [zone, '08:00', 480] as const),
    ...zones.slice(0, 4).map((zone) => [zone, '02:30', 150] as const),
  ])('in %s at %s leaves every day at its hour, once', async (zone, hour, minutes) => {
    const ask = desk(minutes, zone, '2026-01-01T00:00:00Z')
    const dates: string[] = []
    const odd: string[] = []
    for (const now of instants(minutes, zone)) {
      const period = await ask(now)
      if (!period) continue
      dates.push(period.localDate)
      const shown = wallClock(now, zone)
      if (shown !== `${period.localDate} ${hour}`) odd.push(shown)
    }

    expect(new Set(dates).size).toBe(dates.length)
    expect(dates.length).toBeGreaterThanOrEqual(1095)
    expect(dates).toEqual([...dates].sort())
    // Only the night that skips the hour itself may show another one: once a year where clocks change by night.
    expect(odd.length).toBeLessThanOrEqual(hour === '02:30' ? 3 : 0)
  })
})

describe('after a stop', () => {
  it('catches up once, and says how late it is', async () => {
    const ask = desk(480, 'Europe/Brussels')
    await ask(new Date('2026-11-18T07:00:00Z'))

    const late = await ask(new Date('2026-11-21T12:30:00Z'))

    expect(late).toMatchObject({
      localDate: '2026-11-21',
      lateMinutes: 330,
      from: new Date('2026-11-18T07:00:00Z'),
    })
    expect(await ask(new Date('2026-11-21T12:31:00Z'))).toBeNull()
  })

  it('of more than twelve hours past its time, leaves it to the next one', async () => {
    const ask = desk(480, 'Europe/Brussels')

    expect(await ask(new Date('2026-11-21T19:30:00Z'))).toBeNull()
    expect((await ask(new Date('2026-11-22T07:00:00Z')))?.localDate).toBe('2026-11-22')
  })

  it('owes nothing for the time before it was first started', async () => {
    const ask = desk(480, 'Europe/Brussels', '2026-11-21T10:00:00Z')

    expect(await ask(new Date('2026-11-21T10:00:10Z'))).toBeNull()
  })

  it('does not send a day twice when the clock is set back', async () => {
    const ask = desk(480, 'Europe/Brussels')
    await ask(new Date('2026-11-21T07:00:00Z'))

    expect(await ask(new Date(Date.parse('2026-11-20T07:00:00Z') + hourMs))).toBeNull()
    expect(await ask(new Date('2026-11-21T07:00:00Z'))).toBeNull()
  })
})
