import type { ServedSite } from './browser.ts'
import { tell } from './pages-database.ts'

export interface Sample {
  /** A new ticket, one with an answer that waits for approval, one that was answered. */
  readonly fresh: number
  readonly waiting: number
  readonly answered: number
  readonly mention: number
  readonly token: string
  readonly mail: number
  readonly crisis: number
}

/** Something of everything a page can show, made from texts that may be hostile. */
export async function fillSample(served: ServedSite, textAt: (place: number) => string): Promise<Sample> {
  const { store, pages } = served.database
  const now = new Date()
  const desk = served.site.deps.desk
  const told = (id: string, place: number) => ({
    id,
    watch: 'lumen',
    source: 'lumen:file:feeds/samples/reviews.xml',
    collectedAt: now,
    title: textAt(place),
    text: textAt(place + 1),
    author: textAt(place + 2),
    url: `https://example.org/${encodeURIComponent(id)}`,
  })
  const negative = { polarity: 'negative', outcome: 'ticket' } as const
  const open = async (id: string, place: number, category: string) =>
    (
      await tell(store, {
        ...told(id, place),
        ...negative,
        ticket: { category, owner: 'anne', severity: 'high' },
      })
    ).ticket ?? 0
  const fresh = await open('fresh', 0, 'safety')
  const waiting = await open('waiting', 3, 'press')
  const answered = await open('answered', 6, 'dissatisfied-customer')
  for (const [index, id] of ['more', 'most', 'last'].entries()) {
    await desk.merge(await open(id, 9 + index, 'safety'), fresh, 'marc')
  }
  await store.changeTicket(waiting, {
    at: now,
    who: 'vigie',
    what: 'note',
    detail: { text: textAt(13) },
    set: { approval: 'owner' },
  })
  const draft = (text: string) => ({ text, language: 'en', name: null })
  const kept = await desk.saveDraft(waiting, 'marc', draft(`Marc Peeters, Brasserie Lumen. ${textAt(14)}`))
  await store.decideDraft(kept.draft.id, { at: now, who: 'marc', state: 'proposed', reason: textAt(15) })
  await desk.saveDraft(fresh, 'marc', draft(textAt(16)))
  await desk.note(fresh, 'marc', textAt(17))
  await store.recordEvidence({ mention: 1, at: now, kind: 'first-seen', payload: { text: textAt(18) } })
  await store.recordEvidence({ mention: 1, at: now, kind: 'edited', payload: { text: textAt(19) } })
  await desk.posted(answered, 'marc', 'https://example.org/answer?a=1&b="2"', null)
  const read = await tell(store, {
    ...told('read', 20),
    polarity: 'negative',
    sure: false,
    outcome: 'to-read',
  })
  await tell(store, { ...told('good', 23), polarity: 'positive', outcome: 'none' })
  await store.addSilence(
    {
      query: textAt(26),
      watch: 'lumen',
      from: now,
      until: new Date(now.getTime() + 86_400_000),
      reason: textAt(27),
      who: 'marc',
    },
    now,
  )
  await store.recordPollFailure({
    source: { id: 'lumen:file:feeds/samples/press.xml', watch: 'lumen', kind: 'file', definition: '' },
    at: now,
    tookMs: 1,
    nextPollAt: now,
    code: 'timeout',
    message: textAt(28),
    disable: false,
  })
  await served.site.audits.run('Lumen', new AbortController().signal)
  const share = await pages.addShare({
    token: `${'s'.repeat(42)}1`,
    kind: 'newspaper',
    person: 'anne',
    name: textAt(29),
    filter: '',
    createdAt: now,
    endedAt: null,
  })
  const [mail = 0] = await store.recordMessages(
    [
      {
        kind: 'alert',
        ticket: fresh,
        person: 'anne',
        recipient: 'anne@lumen.example',
        messageId: '<sample@lumen.example>',
        subject: textAt(30),
        bytes: Buffer.from(mailOf(textAt(31))),
      },
    ],
    [],
    now,
  )
  const crisis = await openCrisis(served, fresh)
  return { fresh, waiting, answered, mention: read.mention, token: share.token, mail, crisis }
}

/** On top of the inbox, named on every other page, and with a page of its own. */
async function openCrisis(served: ServedSite, ticket: number): Promise<number> {
  const { store } = served.database
  const openedAt = new Date(Date.now() - 1_200_000)
  const leaders = { leader: 'anne', deputy: 'marc' }
  const { id } = await store.openCrisis({ watch: 'lumen', openedAt, reason: [], ...leaders })
  const signs = [
    { kind: 'authors', ticket, authors: 4 },
    { kind: 'press', ticket },
  ]
  const change = { at: openedAt, who: 'vigie', what: 'crisis', set: {} } as const
  await store.changeTicket(ticket, { ...change, detail: { crisis: id, signs } })
  await store.countHeld(id, 2)
  return id
}

function mailOf(text: string): string {
  const html = `<!doctype html><html lang="en"><head><title>Mail</title></head><body><h1 style="color:#111">Mail</h1>${text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')}</body></html>`
  return [
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64'),
    '--b',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(html).toString('base64'),
    '--b--',
  ].join('\r\n')
}

/** Every page there is, over a sample. */
export function everyPage(sample: Sample): string[] {
  return [
    '/',
    '/?tab=answered',
    '/?severity=critical&q=nothing',
    `/tickets/${sample.fresh}`,
    `/tickets/${sample.waiting}`,
    `/tickets/${sample.answered}`,
    '/tickets/999',
    `/crises/${sample.crisis}`,
    '/mentions',
    '/mentions?kind=to-read',
    '/mentions?kind=unrelated',
    `/mentions/${sample.mention}`,
    '/numbers',
    `/numbers/affair/${sample.fresh}`,
    '/sources',
    '/sources/preview?id=lumen%3Afile%3Afeeds%2Fsamples%2Freviews.xml',
    '/playbooks',
    '/playbooks/safety',
    '/outbox',
    `/outbox/${sample.mail}`,
    '/silences',
    '/presence',
    '/presence?name=Lumen',
    '/newspaper',
    `/shared/${sample.token}?day=${new Date().toISOString().slice(0, 10)}`,
    '/out?kind=mentions&filter=kind%3Dnegative',
    '/account',
    '/unsubscribe/anne/secret-of-anne',
  ]
}
