import { describe, expect, it } from 'vitest'
import { recordGiven } from '../../src/collect/given.ts'
import { authorKey } from '../../src/domain/author-key.ts'
import { contentHash } from '../../src/domain/content-hash.ts'
import type { Entry } from '../../src/domain/entry.ts'
import { fullText } from '../../src/domain/relevance.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { triageAll } from '../../src/triage/triage.ts'
import { configOf, folderWith, playbookOf, smallFolder } from '../helpers/folder.ts'

const monday = new Date('2026-11-16T09:00:00Z')
const dispatch =
  'Les clients de la brasserie attendent leurs colis depuis trois semaines et le service ne répond plus, a constaté ' +
  'hier notre journal dans plusieurs villes du pays où les magasins restent fermés sans la moindre explication.'

interface Told extends Partial<Entry> {
  readonly id: string
  readonly text: string
  /** The category the text is given; the ordinary one by default. */
  readonly category?: string
}

const folder = {
  ...smallFolder,
  'playbooks/safety.md': playbookOf('', 'Safety').replace('severity: normal', 'severity: critical'),
  'playbooks/rant.md': playbookOf('', 'Rant'),
}

/** A shop whose category for each text is told in advance. */
function shop() {
  const config = configOf(folderWith(folder))
  const store = openStore({ folder: folderWith({}) })
  const categories = new Map<string, string>()

  /** The number of the ticket that each text opened or joined. */
  async function hear(at: Date, ...texts: readonly Told[]): Promise<(number | undefined)[]> {
    for (const { category, ...told } of texts) {
      categories.set(fullText({ title: null, ...told }), category ?? 'dissatisfied-customer')
      await storeNegative(store, at, told)
    }
    await triageAll(
      {
        watches: new Map(config.watches.map((watch) => [watch.id, watch])),
        playbooks: config.playbooks,
        people: config.people,
        calendar: config.calendar,
        rooms: [],
        groupWaitMs: 0,
      },
      new AbortController().signal,
      {
        store,
        categoriser: {
          categorise: (text) => ({
            ranked: [{ category: categories.get(text) ?? '', probability: 0.95 }],
            harmless: 0.01,
            sure: true,
            reason: { words: [], signals: [], rule: 'told', margin: 1 },
          }),
        },
        now: () => at,
        onFault: (error) => {
          throw error
        },
      },
    )
    const found = await Promise.all(texts.map(({ id }) => ticketOf(store, id)))
    return found
  }

  return { store, hear }
}

async function ticketOf(store: Store, id: string): Promise<number | undefined> {
  for (const ticket of await store.tickets({ states: ['new', 'answered'], limit: 100 })) {
    const members = await store.ticketMentions(ticket.id)
    if (members.some(({ mention }) => mention.entry.id === id)) return ticket.id
  }
  return undefined
}

async function storeNegative(
  store: Store,
  at: Date,
  told: Partial<Entry> & Pick<Entry, 'id' | 'text'>,
): Promise<void> {
  const entry = {
    url: `https://site.example/${told.id}`,
    title: null,
    author: null,
    publishedAt: at,
    language: 'fr',
    engagement: null,
    stars: null,
    ...told,
  }
  const canonicalUrl = entry.url?.replace(/^https:\/\/|#.*$/g, '') ?? null
  const match = { spans: [], confirmedBy: [], deniedBy: [], certain: true }
  const given = { entry, canonicalUrl, contentHash: contentHash(entry), match }
  await recordGiven(given, 'shop', 'file', at, store)
  const scores = { negative: 0.95, neutral: 0.03, positive: 0.02 }
  const judgement = { language: 'fr', polarity: 'negative', confidence: 0.95, sure: true, scores } as const
  for (const mention of await store.unjudgedMentions(10)) {
    await store.recordJudgements([{ mention: mention.id, judgement, language: 'fr', at }])
  }
}

const later = (hours: number) => new Date(monday.getTime() + hours * 3_600_000)

describe('one affair is one ticket', () => {
  it('when another paper retells it, days later too', async () => {
    const { hear } = shop()
    const [first, reprint] = await hear(
      monday,
      { id: '1', title: 'Colis bloqués à Namur', text: dispatch, author: 'A. Journaliste' },
      {
        id: '2',
        title: 'La brasserie muette',
        text: `(Belga) ${dispatch} Lire la suite.`,
        author: 'B. Plume',
      },
    )
    const [echo] = await hear(later(30), { id: '3', text: `Revue de presse. ${dispatch}` })

    expect([reprint, echo]).toEqual([first, first])
  })

  it('when a search result gives only its headline', async () => {
    const title = 'La brasserie rappelle trois lots de bière blonde après un contrôle'
    const [first, result] = await shop().hear(
      monday,
      { id: '1', title, text: dispatch, author: 'A. Journaliste' },
      { id: '2', title: `${title} - Le Quotidien`, text: `${title} Le Quotidien`, author: 'Le Quotidien' },
    )

    expect(result).toBe(first)
  })

  it('when a reply stands under the post', async () => {
    const { hear } = shop()
    const [post, reply] = await hear(
      monday,
      {
        id: '1',
        url: 'https://forum.example/t/7',
        author: 'Nina',
        text: 'Toujours pas de nouvelles de ma caisse.',
      },
      {
        id: '2',
        url: 'https://forum.example/t/7#p12',
        author: 'Omar',
        text: 'Pareil ici, aucune réponse non plus.',
      },
    )

    expect(reply).toBe(post)
  })

  it('when one author speaks again, until somebody answered', async () => {
    const { hear, store } = shop()
    const [first, again] = await hear(
      monday,
      { id: '1', author: 'Nina', text: 'Toujours pas de nouvelles de ma caisse de bières.' },
      { id: '2', author: 'Nina', text: 'Troisième courriel sans réponse, je perds patience.' },
    )
    await store.changeTicket(first ?? 0, {
      set: { state: 'answered', answeredAt: later(1) },
      at: later(1),
      who: 'ada',
      what: 'answered',
      detail: {},
    })
    const [afterwards] = await hear(later(2), {
      id: '3',
      author: 'Nina',
      text: 'Votre réponse ne règle rien du tout !',
    })

    expect(again).toBe(first)
    expect(afterwards).not.toBe(first)
  })
})

describe('two affairs are two tickets', () => {
  it.each<[string, Told, Told]>([
    [
      'two customers with one wording',
      { id: '1', author: 'Nina', text: 'Ma commande 812 n’est jamais arrivée et personne ne répond.' },
      { id: '2', author: 'Omar', text: 'Ma commande 977 n’est jamais arrivée et personne ne répond.' },
    ],
    [
      'two reviews under one formal title',
      {
        id: '1',
        author: 'Nina',
        title: 'Avis de client sur la Brasserie Lumen à Namur',
        text: 'Bière éventée, service absent.',
      },
      {
        id: '2',
        author: 'Omar',
        title: 'Avis de client sur la Brasserie Lumen à Namur',
        text: 'Attente d’une heure, addition fausse.',
      },
    ],
    [
      'comments of two people under a page that is nobody’s complaint',
      {
        id: '1',
        url: 'https://place.example/lumen#review-1',
        author: 'Nina',
        text: 'Bière éventée et service absent ce midi.',
      },
      {
        id: '2',
        url: 'https://place.example/lumen#review-2',
        author: 'Omar',
        text: 'Une heure d’attente, puis une addition fausse.',
      },
    ],
    [
      'people without a name of their own',
      { id: '1', author: 'Client anonyme', text: 'Bière éventée et service absent ce midi encore.' },
      { id: '2', author: 'Client anonyme', text: 'Une heure d’attente, puis une addition fausse.' },
    ],
    [
      'what is graver than the ticket that is there',
      { id: '1', author: 'Nina', text: 'Toujours pas de nouvelles de ma caisse de bières.' },
      {
        id: '2',
        author: 'Nina',
        text: 'Une bouteille a explosé dans les mains de mon fils.',
        category: 'safety',
      },
    ],
    [
      'one author on two subjects',
      { id: '1', author: 'Nina', text: 'Toujours pas de nouvelles de ma caisse de bières.' },
      { id: '2', author: 'Nina', text: 'Bande de bons à rien, tous autant que vous êtes.', category: 'rant' },
    ],
  ])('%s', async (_, one, other) => {
    const [first, second] = await shop().hear(monday, one, other)

    expect(first).toBeGreaterThan(0)
    expect(second).toBeGreaterThan(0)
    expect(second).not.toBe(first)
  })
})

describe('who speaks', () => {
  it.each([
    ['Nina D.', 'https://forum.example/t/7', 'author:forum.example:nina d'],
    ['Anonymous', 'https://forum.example/t/7', null],
    ['Le Quotidien', 'https://www.lequotidien.example/a', null],
    ['Nina D.', null, null],
    [null, 'https://forum.example/t/7', null],
  ])('%s at %s is %s', (author, url, key) => {
    const entry = { author, url } as Entry

    expect(authorKey(entry)).toBe(key)
  })
})
