import sanitizeHtml from 'sanitize-html'

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Every element of a page, in order, as a parser reads it. */
export function elementsOf(html: string): Element[] {
  const elements: Element[] = []
  sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    // A copy: the sanitizer takes away from its own what it dislikes, and we want to see it.
    onOpenTag: (name, attributes) => elements.push({ name, attributes: { ...attributes } }),
  })
  return elements
}

/** What a person reads: the text of the body, without markup. */
export function readableText(html: string): string {
  const body = html.slice(html.indexOf('<body'))
  const text = sanitizeHtml(body, { allowedTags: [], allowedAttributes: {} })
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

const ownElements = new Set(
  (
    'html head meta title style body div table tbody tr td p span strong em a bdi br h1 h2 h3 ul li mark ' +
    'blockquote img'
  ).split(' '),
)
const ownAttributes = new Set(
  (
    'lang dir charset name content style class role width height cellpadding cellspacing border align valign bgcolor ' +
    'href src alt aria-hidden scope colspan'
  ).split(' '),
)

/** What stands in a page that no mail of ours would write; empty when all is our own. */
export function foreignParts(html: string): string[] {
  return elementsOf(html).flatMap(({ name, attributes }) => {
    if (!ownElements.has(name)) return [`<${name}>`]
    return Object.entries(attributes).flatMap(([key, value]) => {
      if (!ownAttributes.has(key)) return [`<${name} ${key}>`]
      if (key === 'href' && !/^(https?:\/\/|mailto:)/.test(value)) return [`href=${value}`]
      if (key === 'src' && !value.startsWith('cid:')) return [`src=${value}`]
      if (key === 'style' && /url\(|expression|@import|javascript/i.test(value)) return [`style=${value}`]
      return []
    })
  })
}
