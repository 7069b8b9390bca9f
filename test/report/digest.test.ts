import { describe, expect, it } from 'vitest'
import { hourMs, minuteMs } from '../../src/domain/duration.ts'
import type { NewMessage } from '../../src/domain/message.ts'
import type { Person } from '../../src/domain/person.ts'
import { duePeriod, dueReport } from '../../src/report/digest.ts'
import { openStore } from '../../src/store/open-store.ts'
import { folderWith } from '../helpers/folder.ts'

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

interface Written {
  readonly localDate: string
  readonly at: Date
}

/** A store that remembers the digests, and a clock to move. */
function desk(atMinutes: number, zone: string, firstStartedAt = '2020-01-01T00:00:00Z') {
  const all: Written[] = []
  const latestOf = (digests: readonly Written[]) =>
    digests.reduce<Written | null>(
      (last, one) => (last === null || one.localDate > last.localDate ? one : last),
      null,
    )
  const store = {
    lastDigest: async () => latestOf(all),
    lastDigestUntil: async (_person: string, _kind: string, localDate: string) =>
      latestOf(all.filter((one) => one.localDate <= localDate)),
  }
  return async (now: Date) => {
    const period = await duePeriod({ digest: { at: atMinutes, to: ['ada'] } }, person(zone), {
      store: store as never,
      now: () => now,
      firstStartedAt: new Date(firstStartedAt),
      refusedConfig: [],
    })
    if (period) all.push({ localDate: period.localDate, at: now })
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

describe('after a clock that stood years ahead', () => {
  it('leaves again at its hour once the clock is right, once a day, and tells from the last one before', async () => {
    const ask = desk(480, 'Europe/Brussels')
    await ask(new Date('2026-11-20T07:00:00Z'))
    await ask(new Date('2029-03-04T07:00:00Z'))

    const right = await ask(new Date('2026-11-21T07:00:00Z'))

    expect(right).toMatchObject({ localDate: '2026-11-21', from: new Date('2026-11-20T07:00:00Z') })
    expect(await ask(new Date('2026-11-21T07:01:00Z'))).toBeNull()
    expect((await ask(new Date('2026-11-22T07:00:00Z')))?.from).toEqual(new Date('2026-11-21T07:00:00Z'))
  })

  it('is found so in the real store', async () => {
    const store = openStore({ folder: folderWith({}) })
    const write = (localDate: string, at: Date) =>
      store.recordDigest('ada', 'daily', localDate, mailOf(localDate), at)
    await write('2026-11-20', new Date('2026-11-20T07:00:00Z'))
    await write('2029-03-04', new Date('2029-03-04T07:00:00Z'))
    const now = new Date('2026-11-21T07:00:00Z')

    const period = await duePeriod({ digest: { at: 480, to: ['ada'] } }, person('Europe/Brussels'), {
      store,
      now: () => now,
      firstStartedAt: new Date('2020-01-01T00:00:00Z'),
      refusedConfig: [],
    })

    expect(period).toMatchObject({ localDate: '2026-11-21', from: new Date('2026-11-20T07:00:00Z') })
    expect(await store.lastDigestUntil('ada', 'daily', '2026-11-19')).toBeNull()
    await store.close()
  })

  it('owes the week that a wrong clock had told before its time', async () => {
    const store = openStore({ folder: folderWith({}) })
    await store.recordDigest('ada', 'weekly', '2029-02-26', mailOf('w'), new Date('2029-03-05T07:00:00Z'))

    const period = await dueReport(
      { digest: { at: 480, to: ['ada'] } },
      person('Europe/Brussels'),
      'weekly',
      {
        store,
        now: () => new Date('2026-11-23T07:00:00Z'),
        firstStartedAt: new Date('2020-01-01T00:00:00Z'),
      },
    )

    expect(period?.firstDate).toBe('2026-11-16')
    await store.close()
  })
})

function mailOf(key: string): NewMessage {
  return {
    kind: 'digest',
    ticket: null,
    person: 'ada',
    recipient: 'ada@shop.example',
    messageId: `<${key}@shop.example>`,
    subject: key,
    bytes: Buffer.from(key),
  }
}
