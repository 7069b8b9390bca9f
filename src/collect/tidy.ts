import { failure } from './failures.ts'
import {
  CHANNEL_STARTS,
  CHANNEL_WORDS,
  type ChannelField,
  ENTRY_STARTS,
  ENTRY_WORDS,
  type EntryField,
  prefixOf,
  TRANSPARENT,
  type Word,
} from './feed-words.ts'
import { markupReader, type Tag } from './markup.ts'
import { asHtml, asPlain, atomWriting, type Writing } from './text-construct.ts'

export const MOST_ENTRIES = 2000
const LONGEST_TEXT = 1_000_000

export interface TidyFeed {
  /** A strict RSS 2.0 document: every text is HTML in CDATA, every element at most once, no DOCTYPE. */
  readonly xml: string
  /** True when the document had more entries than we read. */
  readonly isCut: boolean
}

/**
 * Turns what sites publish as RSS, RDF, Atom or CDF, broken or not, into one strict shape that any XML parser reads.
 * One pass, linear in the length of the document. Throws `not-a-feed`.
 */
export function tidy(document: string, base: string | null): TidyFeed {
  const source = document.replace(UNWANTED, '')
  const start = rootAt(source)
  if (start === -1) throw failure('not-a-feed', 'no rss, feed or rdf element in the document')
  const reader = feedReader(source, base)
  reader.read(start)
  return { xml: write(reader.channel, reader.entries), isCut: reader.isCut() }
}

/** Forbidden in XML 1.0. */
const UNWANTED = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

const ROOT = /<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)[\s/>]/i

function rootAt(source: string): number {
  const doctype = source.slice(0, 20_000).search(/<!DOCTYPE\s/i)
  const first = source.search(ROOT)
  if (doctype === -1 || doctype > first) return first
  const after = markupReader(source).doctypeEnd(doctype)
  const found = source.slice(after).search(ROOT)
  return found === -1 ? first : after + found
}

type Fields<Field extends string> = Map<Field, { text: string; rank: number }>
interface LinkCandidate {
  readonly url: string
  readonly worth: number
}
interface EntryDraft {
  readonly fields: Fields<EntryField>
  link: LinkCandidate | null
}

interface Open {
  readonly name: string
  readonly role: 'root' | 'channel' | 'entry' | 'other'
  readonly context: Context
  hasText: boolean
}

/** What an element inherits from those around it. */
interface Context {
  readonly namespaces: ReadonlyMap<string, string>
  readonly base: string | null
  readonly language: string | null
  readonly isAtom: boolean
}

function feedReader(source: string, base: string | null) {
  const markup = markupReader(source)
  const channel: EntryDraft & { readonly channelFields: Fields<ChannelField> } = {
    fields: new Map(),
    link: null,
    channelFields: new Map(),
  }
  const entries: EntryDraft[] = []
  const stack: Open[] = []
  const openNames = new Map<string, number>()
  const outside: Context = { namespaces: new Map(), base, language: null, isAtom: false }
  let isDone = false
  let isCut = false

  function read(start: number): void {
    let at = start
    while (!isDone) {
      const open = source.indexOf('<', at)
      if (open === -1) break
      noteText(at, open)
      at = step(open)
    }
  }

  function noteText(from: number, to: number): void {
    const top = stack.at(-1)
    if (top && !top.hasText && to > from && source.slice(from, Math.min(to, from + 200)).trim() !== '')
      top.hasText = true
  }

  /** Deals with what stands at a `<` and gives where to go on. */
  function step(open: number): number {
    const next = source[open + 1]
    if (next === '/') return closing(open)
    if (next === '?') return markup.closeEnd(open)
    if (next === '!') return declaration(open)
    const tag = markup.tagAt(open)
    if (tag === null) return open + 1
    return opening(tag)
  }

  function declaration(open: number): number {
    if (source.startsWith('<!--', open)) return orAfter(markup.commentEnd(open), open + 4)
    if (source.startsWith('<![CDATA[', open)) return orAfter(markup.cdataEnd(open), open + 9)
    return markup.doctypeEnd(open)
  }

  function closing(open: number): number {
    const written = markup.nameAt(open + 2)
    const top = stack.at(-1)
    if (written === null || top === undefined) return open + 2
    const name = canonicalName(written, top.context)
    if (openNames.has(name)) popThrough(name)
    return markup.closeEnd(open)
  }

  function opening(tag: Tag): number {
    const context = contextOf(tag, stack.at(-1)?.context ?? outside)
    const name = canonicalName(tag.name, context)
    if (stack.length === 0) return openRoot(tag, name, context)
    if (ENTRY_STARTS.has(name)) return openEntry(tag, name, context)
    const top = stack.at(-1)
    if (top?.role === 'other' && top.hasText && ENTRY_WORDS.has(name)) {
      // A leaf that was never closed: this element stands beside it, not in it.
      pop()
      return opening(tag)
    }
    if (top?.role === 'entry' && ENTRY_WORDS.has(name)) return entryField(tag, name, context)
    if (top?.role === 'channel' && CHANNEL_WORDS.has(name)) return channelField(tag, name, context)
    if (top?.role === 'entry') noteCounts(name, tag)
    if (!tag.isEmpty) push({ name, role: roleOf(name, top), context, hasText: false })
    return tag.end
  }

  function roleOf(name: string, parent: Open | undefined): Open['role'] {
    if (CHANNEL_STARTS.has(name) && parent?.role === 'root') return 'channel'
    return TRANSPARENT.has(name) && parent?.role === 'entry' ? 'entry' : 'other'
  }

  function openRoot(tag: Tag, name: string, context: Context): number {
    const isChannel = CHANNEL_STARTS.has(name)
    const isAtom = name === 'feed'
    push({ name, role: isChannel ? 'channel' : 'root', context: { ...context, isAtom }, hasText: false })
    const href = tag.attributes.get('href')
    if (href) channel.link = { url: resolve(href, context.base), worth: 1 }
    return tag.end
  }

  function openEntry(tag: Tag, name: string, context: Context): number {
    while (stack.length > 1 && stack.at(-1)?.role !== 'channel') pop()
    if (entries.length >= MOST_ENTRIES) {
      isCut = true
      isDone = true
      return tag.end
    }
    const draft: EntryDraft = { fields: new Map(), link: null }
    entries.push(draft)
    markup.beginEntry()
    keep(draft.fields, { field: 'guid', rank: 2 }, tag.attributes.get('rdf:about') ?? '', 'first')
    keep(draft.fields, { field: 'updated', rank: 1 }, tag.attributes.get('lastmod') ?? '', 'first')
    if (context.language) keep(draft.fields, { field: 'language', rank: 1 }, context.language, 'first')
    const href = tag.attributes.get('href') ?? tag.attributes.get('rdf:about')
    if (href) draft.link = { url: resolve(href, context.base), worth: 0 }
    if (!tag.isEmpty) push({ name, role: 'entry', context, hasText: false })
    return tag.end
  }

  function entryField(tag: Tag, name: string, context: Context): number {
    const word = ENTRY_WORDS.get(name)
    const draft = entries.at(-1)
    const inside = insideOf(tag)
    if (!word || !draft) return inside.next
    const text = inside.text
    switch (word.field) {
      case 'title':
        keep(draft.fields, word, asHtml(text, writingOf(tag, context)), 'first')
        break
      case 'summary':
      case 'content':
        keep(draft.fields, word, asHtml(text, writingOf(tag, context)), 'fuller')
        break
      case 'link':
        draft.link = better(draft.link, linkOf(tag, text, context))
        break
      case 'guid':
        keep(draft.fields, word, asPlain(text), 'first')
        if (name === 'guid') guidAsLink(draft, tag, text)
        break
      case 'author':
        keep(draft.fields, word, authorOf(text), 'first')
        break
      default:
        keep(draft.fields, word, asPlain(text).slice(0, 200), word.field === 'comments' ? 'first' : 'last')
    }
    return inside.next
  }

  function channelField(tag: Tag, name: string, context: Context): number {
    const word = CHANNEL_WORDS.get(name)
    const inside = insideOf(tag)
    if (!word) return inside.next
    if (word.field === 'link') {
      channel.link = better(channel.link, linkOf(tag, inside.text, context))
    } else if (word.field === 'title') {
      keep(channel.channelFields, word, asHtml(inside.text, writingOf(tag, context)), 'first')
    } else {
      const spaced = asPlain(inside.text.slice(0, 4000)).replace(/<[^<>]{0,40}>/g, ' ')
      keep(channel.channelFields, word, spaced.trim().replace(/\s+/g, ','), 'first')
    }
    return inside.next
  }

  function insideOf(tag: Tag): { text: string; next: number } {
    if (tag.isEmpty) return { text: '', next: tag.end }
    const { end, next } = markup.insideFrom(tag.end, tag.name, isEdge, isSibling)
    return { text: source.slice(tag.end, Math.min(end, tag.end + LONGEST_TEXT)), next }
  }

  /** Numbers of views and ratings, which Media RSS gives in attributes. */
  function noteCounts(name: string, tag: Tag): void {
    const draft = entries.at(-1)
    if (!draft) return
    const views = name === 'media:statistics' ? tag.attributes.get('views') : undefined
    const likes = name === 'media:starrating' ? tag.attributes.get('count') : undefined
    if (views) keep(draft.fields, { field: 'views', rank: 0 }, views, 'first')
    if (likes) keep(draft.fields, { field: 'likes', rank: 0 }, likes, 'first')
  }

  function push(open: Open): void {
    stack.push(open)
    openNames.set(open.name, (openNames.get(open.name) ?? 0) + 1)
  }

  function pop(): Open | undefined {
    const open = stack.pop()
    if (!open) return undefined
    const left = (openNames.get(open.name) ?? 1) - 1
    if (left === 0) openNames.delete(open.name)
    else openNames.set(open.name, left)
    if (stack.length === 0) isDone = true
    return open
  }

  function popThrough(name: string): void {
    while (stack.length > 0 && pop()?.name !== name);
  }

  return { read, channel, entries, isCut: () => isCut }
}

function orAfter(end: number, otherwise: number): number {
  return end === -1 ? otherwise : end
}

/** What an entry can never hold: where a text that was never closed must stop. */
function isEdge(name: string): boolean {
  return EDGES.has(localName(name))
}

function isSibling(name: string): boolean {
  return SIBLINGS.has(localName(name))
}

const EDGES = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf'])
const SIBLINGS = new Set(
  (
    'title link guid id description summary content encoded pubdate published updated category author creator ' +
    'enclosure comments'
  ).split(' '),
)

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

/** A name as our tables know it: the prefix by its namespace, else as it is written; lower case. */
function canonicalName(written: string, context: Context): string {
  const lower = written.toLowerCase()
  const colon = lower.indexOf(':')
  const prefix = colon === -1 ? '' : lower.slice(0, colon)
  const local = lower.slice(colon + 1)
  const namespace = context.namespaces.get(prefix)
  const known = namespace === undefined ? null : prefixOf(namespace)
  const canonical = known ?? (prefix === 'rss' || prefix === 'atom' || prefix === 'rdf' ? '' : prefix)
  if (canonical === 'rdf' && local === 'rdf') return 'rdf'
  return canonical === '' ? local : `${canonical}:${local}`
}

function contextOf(tag: Tag, parent: Context): Context {
  if (tag.attributes.size === 0) return parent
  const base = tag.attributes.get('xml:base')
  const language = tag.attributes.get('xml:lang')
  const declared = [...tag.attributes].filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'))
  if (base === undefined && language === undefined && declared.length === 0) return parent
  return {
    ...parent,
    base: base === undefined ? parent.base : resolve(base, parent.base) || parent.base,
    language: language ?? parent.language,
    namespaces: withNamespaces(parent.namespaces, declared),
  }
}

const MOST_NAMESPACES = 64

function withNamespaces(
  known: ReadonlyMap<string, string>,
  declared: readonly (readonly [string, string])[],
) {
  if (declared.length === 0 || known.size > MOST_NAMESPACES) return known
  return new Map([...known, ...declared.map(([key, value]) => [key.slice(6), value] as const)])
}

function writingOf(tag: Tag, context: Context): Writing {
  const type = tag.attributes.get('type')
  const mode = tag.attributes.get('mode')
  if (!context.isAtom && mode === undefined && type === undefined) return 'escaped'
  const writing = atomWriting(type, mode)
  return context.isAtom || writing !== 'unsaid' ? writing : 'escaped'
}

/** Keeps the better of what is known and what comes: lower rank, then as `rule` says. */
function keep<Field extends string>(
  fields: Fields<Field>,
  word: Word<Field>,
  text: string,
  rule: 'first' | 'last' | 'fuller',
): void {
  if (text.trim() === '') return
  const known = fields.get(word.field)
  if (known !== undefined && known.rank < word.rank) return
  if (known !== undefined && known.rank === word.rank) {
    if (rule === 'first' || (rule === 'fuller' && known.text.length >= text.length)) return
  }
  fields.set(word.field, { text, rank: word.rank })
}

/** RSS writes the address as text, Atom in `href`. An alternate page is worth more than anything else. */
function linkOf(tag: Tag, text: string, context: Context): LinkCandidate | null {
  const href = tag.attributes.get('href')
  const written = href ?? asPlain(text)
  if (written.trim() === '' || written.length > 4000) return null
  const url = resolve(written, context.base)
  if (href === undefined || isBareRssLink(tag, context)) return { url, worth: 3 }
  const rel = (tag.attributes.get('rel') ?? 'alternate').toLowerCase()
  const type = (tag.attributes.get('type') ?? 'text/html').toLowerCase()
  if (rel === 'self' || rel === 'enclosure' || rel === 'related' || rel === 'via') return { url, worth: 0.5 }
  if (rel !== 'alternate') return null
  return { url, worth: type.includes('html') ? 2 : 1 }
}

function isBareRssLink(tag: Tag, context: Context): boolean {
  return !context.isAtom && tag.name.toLowerCase() === 'link' && !tag.attributes.has('rel')
}

/** Among equals RSS takes the last, as other readers do; Atom the first. */
function better(known: LinkCandidate | null, next: LinkCandidate | null): LinkCandidate | null {
  if (next === null) return known
  if (known === null || next.worth > known.worth) return next
  return next.worth === known.worth && next.worth === 3 ? next : known
}

function guidAsLink(draft: EntryDraft, tag: Tag, text: string): void {
  const guid = asPlain(text)
  if (!/^https?:\/\//i.test(guid) || tag.attributes.get('ispermalink')?.toLowerCase() === 'false') return
  draft.link = better(draft.link, { url: guid, worth: 0.7 })
}

/** Atom writes name and address as elements, RSS as `mail@example.org (Name)`; the name is who we answer. */
function authorOf(inside: string): string {
  const short = inside.slice(0, 4000)
  const name = /<(?:\w{1,20}:)?name(?:\s[^<>]{0,200})?>([^<]*)</i.exec(short)?.[1]
  const email = /<(?:\w{1,20}:)?email(?:\s[^<>]{0,200})?>([^<]*)</i.exec(short)?.[1]
  const plain = asPlain(name?.trim() || email?.trim() || (name === undefined ? short : ''))
  return plain.replace(/<(?!\S{1,100}@)[^<>]{0,200}>/g, ' ').trim()
}

/** `href` made absolute where it can be; what is absolute already stays as written. */
function resolve(href: string, base: string | null): string {
  const written = href.trim().replace(/\s+/g, (space) => (space.includes('\n') ? '' : '%20'))
  if (/^[a-z][a-z0-9+.-]{0,20}:/i.test(written) || base === null) return written
  try {
    return new URL(written, base).href
  } catch {
    return written
  }
}

function write(
  channel: { link: LinkCandidate | null; channelFields: Fields<ChannelField> },
  entries: readonly EntryDraft[],
): string {
  const out = ['<?xml version="1.0"?><rss version="2.0"><channel>']
  if (channel.link) out.push(element('link', channel.link.url))
  for (const [field, { text }] of channel.channelFields) out.push(element(field, text))
  for (const entry of entries) {
    out.push('<item>')
    if (entry.link) out.push(element('link', entry.link.url))
    for (const [field, { text }] of entry.fields) out.push(element(ELEMENT_OF[field], text))
    out.push('</item>')
  }
  out.push('</channel></rss>')
  return out.join('')
}

const ELEMENT_OF: Record<EntryField, string> = {
  title: 'title',
  summary: 'description',
  content: 'content:encoded',
  guid: 'guid',
  link: 'link',
  published: 'pubDate',
  updated: 'updated',
  author: 'dc:creator',
  language: 'language',
  comments: 'commentCount',
  views: 'views',
  likes: 'likes',
}

function element(name: string, text: string): string {
  return `<${name}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`
}
