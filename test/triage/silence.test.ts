import { describe, expect, it } from 'vitest'
import { collectCommand } from '../../src/cli/collect.ts'
import { dayMs, hourMs } from '../../src/domain/duration.ts'
import { openStore } from '../../src/store/open-store.ts'
import { feedOf, folderWith, type Item, smallFolder, writeFiles } from '../helpers/folder.ts'
import { fakeTerminal } from '../helpers/terminal.ts'

const start = new Date('2026-11-18T09:00:00Z')
const later = (ms: number) => new Date(start.getTime() + ms)

/** A folder that is silent about the strike for a day. */
async function silent(over: { watch?: string | null; from?: Date; until?: Date } = {}) {
  const folder = folderWith(smallFolder)
  const store = openStore({ folder })
  await store.addSilence(
    {
      query: 'strike OR grève',
      watch: null,
      from: start,
      until: later(dayMs),
      reason: 'announced',
      who: 'ada',
      ...over,
    },
    start,
  )
  await store.close()
  const items: Item[] = []
  /** Publishes and takes one pass; what it opened, joined and sent. */
  async function say(at: Date, ...said: { text: string; author: string }[]) {
    for (const one of said) items.push({ id: `i${items.length}`, ...one, at: at.toISOString() })
    writeFiles(folder, { 'feeds/shop.xml': feedOf(items) })
    const terminal = fakeTerminal({ now: at })
    await collectCommand(folder, { json: true }, terminal)
    const { mentions, tickets, messages } = JSON.parse(terminal.text())
    return { added: mentions.added, ...tickets, sent: messages.sent }
  }
  return {
    folder,
    say,
    publish: (at: Date, ...texts: string[]) =>
      say(at, ...texts.map((text, index) => ({ text, author: `author ${items.length + index}` }))),
  }
}

const onStrike = [
  'Terrible shop: the strike again, my order never arrived and no refund.',
  'Disappointed by the shop, closed for the strike, I want a refund.',
  'La grève chez Shop, jamais reçu ma commande, je veux un remboursement, déçu.',
]
const other = 'The shop sold me a broken lamp, terrible service, refund refused.'

describe('a silence', () => {
  it('reminds nobody of what it gathered, however late that is', async () => {
    const { folder, publish } = await silent()
    await publish(start, ...onStrike)

    expect(await publish(later(7 * dayMs))).toMatchObject({ opened: 0, sent: 0 })

    const store = openStore({ folder })
    expect((await store.ticketEvents(1)).map(({ what }) => what)).not.toContain('reminded')
    await store.close()
  })

  it('keeps every expected text, gathers them in one ticket and alerts nobody', async () => {
    const { folder, publish } = await silent()

    expect(await publish(start, ...onStrike)).toEqual({ added: 3, opened: 1, joined: 2, sent: 0 })

    const store = openStore({ folder })
    const [ticket] = await store.tickets({ limit: 10 })
    expect(ticket).toMatchObject({ mentionCount: 3, state: 'new' })
    expect(await store.ticketMentions(ticket?.id ?? 0)).toHaveLength(3)
    await store.close()
  })

  it('lets through what speaks of something else', async () => {
    const { publish } = await silent()
    await publish(start, ...onStrike)

    expect(await publish(later(hourMs), other)).toMatchObject({ opened: 1, sent: 1 })
  })

  it('ends at its hour: from then on the same words alert', async () => {
    const { publish } = await silent({ until: later(hourMs) })
    expect(await publish(later(hourMs - 1), onStrike[0] ?? '')).toMatchObject({ opened: 1, sent: 0 })

    const after = await publish(
      later(hourMs),
      'Strike at the shop: rude staff threw my broken vase at me, refund, terrible.',
    )

    expect(after).toMatchObject({ opened: 1, sent: 1 })
  })

  it.each([
    [
      'the same author again',
      'author 0',
      'Still no answer from the shop, my lamp is broken, refund, terrible.',
    ],
    ['the same words again', 'someone', onStrike[0] ?? ''],
  ])('takes in nothing after its end: %s alerts, once', async (_name, author, text) => {
    const { publish, say } = await silent({ until: later(hourMs) })
    await publish(start, onStrike[0] ?? '')

    const after = await say(later(2 * hourMs), { text, author })
    const again = await say(later(2.5 * hourMs), { text: `${text} Still nothing.`, author })

    expect(after).toMatchObject({ opened: 1, joined: 0, sent: 1 })
    expect(again).toMatchObject({ opened: 0, joined: 1, sent: 0 })
  })

  it('takes in nothing that it does not expect, while it lasts', async () => {
    const { publish, say } = await silent()
    await publish(start, onStrike[0] ?? '')

    const unexpected = await say(later(hourMs), { text: other, author: 'author 0' })

    expect(unexpected).toMatchObject({ opened: 1, sent: 1 })
  })

  it('does not hush an affair that people were told of before', async () => {
    const { publish, say } = await silent({ from: later(hourMs) })
    expect(await publish(start, onStrike[0] ?? '')).toMatchObject({ opened: 1, sent: 1 })
    expect(await say(later(hourMs), { text: onStrike[0] ?? '', author: 'author 0' })).toMatchObject({
      joined: 1,
    })

    const more = await say(later(2 * dayMs), { text: other, author: 'author 0' })

    expect(more).toMatchObject({ opened: 0, joined: 1 })
  })

  it('has not begun before its first hour', async () => {
    const { publish } = await silent({ from: later(hourMs) })

    expect(await publish(start, onStrike[0] ?? '')).toMatchObject({ opened: 1, sent: 1 })
  })

  it('of another watch is none of ours', async () => {
    const { publish } = await silent({ watch: 'elsewhere' })

    expect(await publish(start, onStrike[0] ?? '')).toMatchObject({ opened: 1, sent: 1 })
  })
})
