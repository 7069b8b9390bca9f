import { authorKey } from '../domain/author-key.ts'
import { dayMs } from '../domain/duration.ts'
import type { Mention } from '../domain/mention.ts'
import { type Playbook, severities } from '../domain/playbook.ts'
import { fullText } from '../domain/relevance.ts'
import { openStates, type Ticket } from '../domain/ticket.ts'
import type { Store } from '../store/store.ts'
import { isRetold, type StoryPrint, storyPrint } from './story.ts'

type Published = Pick<Mention, 'entry' | 'canonicalUrl' | 'contentHash'>

/** What joins later than this opens its own ticket, unless the first is still open. */
const affairMs = 7 * dayMs
/** Shorter texts ("Nul.") are the same by chance. */
const fewestWords = 6
/** Of the key that gathers what a silence expected. */
export const silencePrefix = 'silence:'
/** How many of a watch's last texts a new one is compared with, and how many of one ticket's. */
const comparedTexts = 300

export interface Affairs {
  /**
   * The ticket that holds a copy: the same words, or the same address under one author. What no silence expects never
   * gets one that was opened under a silence: nobody was told of that.
   */
  copyOf(mention: Mention, keys: readonly string[], now: Date): Promise<Ticket | null>
  /**
   * The ticket of the same affair in other words: a paper's retelling, a reply under the post, the same author again.
   * Never one that is milder than what is said now, nor one opened under a silence: that deserves its own alert.
   */
  kinOf(mention: Mention, playbook: Playbook, now: Date): Promise<Ticket | null>
  /** Tells of a text that opened or joined a ticket since this was made. */
  note(mention: Mention, ticket: Ticket): void
}

/** What belongs together, for one pass: the last texts of a watch are read once. */
export function affairs(
  store: Pick<Store, 'ticket' | 'ticketByKeys' | 'ticketMentions' | 'lastAffairTexts' | 'silencedTickets'>,
): Affairs {
  interface Told {
    readonly print: StoryPrint
    readonly ticket: number
  }
  const told = new Map<string, Told[]>()

  async function toldOf(watch: string, now: Date): Promise<Told[]> {
    const known = told.get(watch)
    if (known) return known
    const texts = await store.lastAffairTexts(watch, new Date(now.getTime() - affairMs), comparedTexts)
    const read = texts.map(({ entry, ticket }) => ({ print: storyPrint(entry), ticket }))
    told.set(watch, read)
    return read
  }

  return {
    async copyOf(mention, keys, now) {
      const ticket = await store.ticketByKeys(mention.watch, keys)
      if (!ticket || !isCurrent(ticket, now)) return null
      if (keys.some((key) => key.startsWith(silencePrefix))) return ticket
      if ((await store.silencedTickets(mention.watch)).has(ticket.id)) return null
      const members = await store.ticketMentions(ticket.id, comparedTexts)
      return members.some((member) => isSameAffair(member.mention, mention)) ? ticket : null
    },

    async kinOf(mention, playbook, now) {
      const silenced = await store.silencedTickets(mention.watch)
      const isHeard = ({ id }: Pick<Ticket, 'id'>) => !silenced.has(id)
      const parent = parentKey(mention)
      const post = parent === null ? null : await store.ticketByKeys(mention.watch, [parent])
      if (post && isHeard(post) && isOpenFor(post, playbook)) return post

      const again = authorKey(mention.entry)
      const before = again === null ? null : await store.ticketByKeys(mention.watch, [again])
      const isMoreOfIt = before?.category === playbook.category && isCurrent(before, now)
      if (before && isMoreOfIt && isHeard(before) && isOpenFor(before, playbook)) return before

      const print = storyPrint(mention.entry)
      const told = (await toldOf(mention.watch, now)).filter(({ ticket }) => isHeard({ id: ticket }))
      const match = told.find((other) => isRetold(print, other.print))
      const story = match ? await store.ticket(match.ticket) : null
      return story && isCurrent(story, now) && isAsGrave(story, playbook) ? story : null
    },

    note(mention, ticket) {
      const known = told.get(mention.watch)
      if (!known || mention.isDrill) return
      known.unshift({ print: storyPrint(mention.entry), ticket: ticket.id })
      known.length = Math.min(known.length, comparedTexts)
    },
  }
}

function isCurrent(ticket: Ticket, now: Date): boolean {
  return now.getTime() - ticket.openedAt.getTime() <= affairMs || openStates.includes(ticket.state)
}

function isOpenFor(ticket: Ticket, playbook: Playbook): boolean {
  return openStates.includes(ticket.state) && isAsGrave(ticket, playbook)
}

function isAsGrave(ticket: Ticket, playbook: Playbook): boolean {
  return severities.indexOf(ticket.severity) >= severities.indexOf(playbook.severity)
}

/**
 * What makes two mentions of a watch copies of one affair: the same words, or the same address. The first key that a
 * ticket holds decides.
 */
export function affairKeys(mention: Published): string[] {
  const keys: string[] = []
  const words = fullText(mention.entry).trim().split(/\s+/, fewestWords)
  if (words.length >= fewestWords) keys.push(`text:${mention.contentHash}`)
  if (mention.canonicalUrl !== null) keys.push(`url:${mention.canonicalUrl}${anchorOf(mention.entry.url)}`)
  return keys
}

/** The key of the post that a comment stands under. */
function parentKey({ entry, canonicalUrl }: Published): string | null {
  return canonicalUrl !== null && anchorOf(entry.url) !== '' ? `url:${canonicalUrl}` : null
}

/** Comments of one page share its address but for the anchor. */
function anchorOf(url: string | null): string {
  const anchor = url?.split('#')[1]
  return anchor !== undefined && /\d/.test(anchor) ? `#${anchor}` : ''
}

/** Two people who each sign their own words under one address are two affairs: reviews of a place share its page. */
export function isSameAffair(
  one: Pick<Mention, 'entry' | 'contentHash'>,
  other: Pick<Mention, 'entry' | 'contentHash'>,
): boolean {
  const authors = [one.entry.author, other.entry.author]
  return authors.includes(null) || authors[0] === authors[1] || one.contentHash === other.contentHash
}
