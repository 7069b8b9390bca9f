import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/collect/feed.ts'

const read = (document: string, baseUrl: string | null = null) =>
  parseFeed(Buffer.from(document), null, baseUrl)
const rss = (item: string, channel = '') =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${channel}${item}</channel></rss>`
const atom = (entry: string, feed = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom">${feed}<entry>${entry}</entry></feed>`
const first = async (document: string, baseUrl: string | null = null) =>
  (await read(document, baseUrl)).entries[0]

const fixtures = new URL('../fixtures/collect/feeds/', import.meta.url)

describe('parseFeed', () => {
  it.each(readdirSync(fixtures).filter((name) => name.includes('.expected.')))('reads %s', async (name) => {
    const expected = JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'))
    const source = name.replace('.expected.json', expected.json ? '.json' : '.xml')

    const feed = await parseFeed(readFileSync(new URL(source, fixtures)), null, null)

    expect(JSON.parse(JSON.stringify(feed))).toMatchObject(expected.feed)
  })

  it('takes the guid, else the canonical address, else the content for identity', async () => {
    const { entries } = await read(
      rss(
        '<item><guid>abc</guid><link>https://a.example/1</link></item>' +
          '<item><link>http://www.a.example/2?utm_source=rss</link></item>' +
          '<item><title>T</title><description>D</description></item>',
      ),
    )

    expect(entries[0]?.id).toBe('abc')
    expect(entries[1]?.id).toBe('a.example/2')
    expect(entries[2]?.id).toMatch(/^sha256:/)
  })

  it('keeps the lines of plain text in JSON', async () => {
    const item = { id: '1', content_text: 'Premier <jour>.\nSuite.\r\n\r\nFin.' }
    const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [item] })
    expect((await first(json))?.text).toBe('Premier <jour>.\nSuite.\nFin.')
  })

  it.each([
    ['of plain text', 'One line\nof the first.\n\n \r\n\tThe second &amp; last.'],
    ['in CDATA', '<![CDATA[One line\nof the first.\n\nThe second &amp; last.]]>'],
  ])('keeps the paragraphs %s, and no other line ends', async (_what, description) => {
    const entry = await first(rss(`<item><description>${description}</description></item>`))

    expect(entry?.text).toBe('One line of the first.\nThe second & last.')
  })

  it('keeps the paragraphs of plain text in Atom', async () => {
    const entry =
      '<entry><id>1</id><content type="text">One &lt;line&gt;\nof it.\n\nThe last.</content></entry>'

    expect((await first(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`))?.text).toBe(
      'One <line> of it.\nThe last.',
    )
  })

  it('lets the tags of HTML part its paragraphs, not its blank lines', async () => {
    const entry = await first(
      rss('<item><description>&lt;b&gt;One&lt;/b&gt;\n\nsentence.</description></item>'),
    )

    expect(entry?.text).toBe('One sentence.')
  })

  it('takes the fuller of content and description', async () => {
    const short = '<description>Short</description>'
    const long = '<content:encoded><![CDATA[<p>The <b>long</b> one</p>]]></content:encoded>'

    expect((await first(rss(`<item>${short}${long}</item>`)))?.text).toBe('The long one')
    expect(
      (
        await first(
          rss(
            `<item><description>The longer of both</description><content:encoded>x</content:encoded></item>`,
          ),
        )
      )?.text,
    ).toBe('The longer of both')
  })

  it.each([
    ['raw markup', '<description>I do <b>not</b> like <i>it</i> at all</description>'],
    [
      'escaped markup',
      '<description>I do &lt;b&gt;not&lt;/b&gt; like &lt;i&gt;it&lt;/i&gt; at all</description>',
    ],
    ['CDATA', '<description><![CDATA[I do <b>not</b> like <i>it</i> at all]]></description>'],
    ['text and CDATA', '<description>I do <![CDATA[<b>not</b>]]> like it at all</description>'],
  ])('keeps every word of %s, in order', async (_what, description) => {
    expect((await first(rss(`<item>${description}</item>`)))?.text).toBe('I do not like it at all')
  })

  it.each([
    [
      'xhtml',
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">I do <b>not</b> like it</div></content>',
    ],
    ['html', '<content type="html">I do &lt;b&gt;not&lt;/b&gt; like it</content>'],
    ['text', '<content type="text">I do not like it</content>'],
    ['base64', `<content type="application/octet-stream">${btoa('I do <b>not</b> like it')}</content>`],
    [
      'Atom 0.3 escaped',
      '<content type="text/html" mode="escaped">I do &lt;b&gt;not&lt;/b&gt; like it</content>',
    ],
  ])('reads Atom content written as %s', async (_what, content) => {
    expect((await first(atom(content)))?.text).toBe('I do not like it')
  })

  it('keeps angle brackets that an Atom text means literally', async () => {
    expect((await first(atom('<title type="text">History of the &lt;blink&gt; tag</title>')))?.title).toBe(
      'History of the <blink> tag',
    )
  })

  it.each([
    ['a bare &', '<item><title>Bonnie & Clyde</title></item>', 'Bonnie & Clyde'],
    ['a bare <', '<item><title>a < b <3</title></item>', 'a < b <3'],
    ['an unknown entity', '<item><title>caf&eacute; &nope;</title></item>', 'café &nope;'],
    ['upper-case tags', '<ITEM><TITLE>One</TITLE></ITEM>', 'One'],
    ['a stray closing tag', '<item></p></div><title>One</title></item>', 'One'],
    ['a category never closed', '<item><category>x<title>One</title></item>', 'One'],
    ['a title never closed', '<item><title>One<link>https://a.example/</link></item>', 'One'],
    ['a comment never closed', '<item><!-- oops <title>One</title></item>', 'One'],
    [
      'CDATA never closed',
      '<item><title><![CDATA[One</title></item><item><title><![CDATA[Two]]></title></item>',
      'One',
    ],
    ['a document cut short', '<item><title>One</title><description>Tw', 'One'],
    ['an item never closed', '<item><title>One</title><item><title>Two</title></item>', 'One'],
    ['control characters', '<item><title>O\u0000n\u0008e</title></item>', 'One'],
  ])('gets over %s', async (_what, items, title) => {
    const { entries } = await read(rss(items))

    expect(entries[0]?.title).toBe(title)
  })

  it.each([
    [
      'a PHP warning before',
      `<br />\n<b>Warning</b>: x in <b>y.php</b>\n${rss('<item><title>One</title></item>')}`,
    ],
    ['a doctype before', `<!DOCTYPE html>${rss('<item><title>One</title></item>')}`],
    ['no version', '<rss><channel><item><title>One</title></item></channel></rss>'],
    ['unquoted attributes', '<rss version=2.0><channel><item><title>One</title></item></channel></rss>'],
    [
      'items outside the channel',
      '<rss version="2.0"><channel></channel><item><title>One</title></item></rss>',
    ],
    [
      'a prefix on everything',
      '<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:entry><atom:title>One</atom:title></atom:entry></atom:feed>',
    ],
    ['junk after', `${rss('<item><title>One</title></item>')}<script>x</script>`],
  ])('reads a feed with %s', async (_what, document) => {
    expect((await first(document))?.title).toBe('One')
  })

  it('makes relative links absolute, by xml:base and by its own address', async () => {
    const based = atom('<link href="b.html"/>', '<link href="./"/>').replace(
      '<entry>',
      '<entry xml:base="/a/">',
    )

    const feed = await read(based, 'https://news.example.org/x/feed')

    expect(feed.link).toBe('https://news.example.org/x/')
    expect(feed.entries[0]?.url).toBe('https://news.example.org/a/b.html')
  })

  it('does not take for its own what belongs to a source or an image', async () => {
    const document = atom('<source><title>Other</title></source><title>Mine</title>', '<title>Feed</title>')
    const image = rss('', '<title>Real</title><image><title>Logo</title></image>')

    expect((await first(document))?.title).toBe('Mine')
    expect((await read(image)).title).toBe('Real')
  })

  it.each([
    ['<author>mail@example.org (Ann Example)</author>', 'Ann Example'],
    ['<author>Ann Example &lt;mail@example.org&gt;</author>', 'Ann Example'],
    ['<author>mail@example.org</author>', 'mail@example.org'],
    ['<dc:creator><![CDATA[Ann Example]]></dc:creator>', 'Ann Example'],
    ['<author><name>Ann Example</name><email>mail@example.org</email></author>', 'Ann Example'],
  ])('finds the name in %s', async (author, name) => {
    expect((await first(rss(`<item><title>T</title>${author}</item>`)))?.author).toBe(name)
  })

  it('hears how often the feed wants to be read', async () => {
    const { hints } = await read(
      rss(
        '',
        '<ttl>90</ttl><skipHours><hour>0</hour><hour>1</hour></skipHours><skipDays><day>Sunday</day></skipDays>' +
          '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>',
      ),
    )

    expect(hints).toEqual({ ttlMinutes: 90, skipHours: [0, 1], skipDays: [0], updateMinutes: 720 })
  })

  it('leaves out empty items and counts them', async () => {
    const feed = await read(rss('<item></item><item/><item><title>One</title></item>'))

    expect(feed.entries).toHaveLength(1)
    expect(feed.skipped).toBe(2)
  })

  it('stops at two thousand entries and says so', async () => {
    const feed = await read(rss('<item><title>x</title></item>'.repeat(3000)))

    expect(feed.entries).toHaveLength(2000)
    expect(feed.skipped).toBe(1)
  })

  it('opens a document that is compressed without saying so', async () => {
    const feed = await parseFeed(gzipSync(rss('<item><title>One</title></item>')), null, null)

    expect(feed.entries[0]?.title).toBe('One')
  })

  it.each([
    ['empty', ''],
    ['empty', '   '],
    ['not-a-feed', '<html><body>Hello</body></html>'],
    ['not-a-feed', 'just words'],
    ['not-a-feed', '{"error": true}'],
    ['not-a-feed', '{broken'],
    ['not-a-feed', '['.repeat(1_000_000)],
  ])('says %s of what is no feed (%#)', async (code, document) => {
    await expect(read(document)).rejects.toMatchObject({ code })
  })
})

describe('parseFeed on what is meant to hurt', () => {
  it('never defines an entity, never opens a file', async () => {
    const document = `<!DOCTYPE z [<!ENTITY a "AAAA"><!ENTITY x SYSTEM "file:///etc/passwd">]>${rss('<item><title>[&a;&x;]</title></item>')}`

    expect((await first(document))?.title).toBe('[&a;&x;]')
  })

  it('is not confused by names that objects have', async () => {
    const entry = await first(
      rss('<item><__proto__>1</__proto__><constructor>c</constructor><title>T</title></item>'),
    )

    expect(entry?.title).toBe('T')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  const MB = 1_000_000
  it.each<[string, () => string]>([
    ['100,000 items', () => rss('<item><title>x</title></item>'.repeat(100_000))],
    ['100,000 items never closed', () => `<rss><channel>${'<item>'.repeat(100_000)}`],
    ['50,000 descriptions never closed', () => rss(`<item>${'<description>'.repeat(50_000)}</item>`)],
    ['50,000 titles never closed, in turn', () => rss(`<item>${'<title>x<link>'.repeat(50_000)}</item>`)],
    ['items with open descriptions', () => rss('<item><description>x <b>y</item>'.repeat(50_000))],
    ['100,000 nested tags', () => rss(`<item>${'<a>'.repeat(100_000)}</item>`)],
    [
      'nested tags and stray closings',
      () => rss(`<item>${'<a>'.repeat(50_000)}${'</zz>'.repeat(50_000)}</item>`),
    ],
    [
      '100,000 CDATA starts',
      () => rss(`<item><description>${'<![CDATA['.repeat(100_000)}</description></item>`),
    ],
    ['100,000 comment starts', () => rss(`<item>${'<!--'.repeat(100_000)}</item>`)],
    ['a quadratic snippet', () => rss(`<item><description>${'a&lt;p'.repeat(100_000)}</description></item>`)],
    ['a 5 MB attribute', () => rss(`<item a="${'x'.repeat(5 * MB)}"><title>T</title></item>`)],
    ['100,000 attributes', () => rss(`<item ${'a="b" '.repeat(100_000)}><title>T</title></item>`)],
    ['quotes never closed', () => rss(`<item>${'<link href="x '.repeat(50_000)}</item>`)],
    ['a 5 MB text', () => rss(`<item><title>${'x'.repeat(5 * MB)}</title></item>`)],
    ['5 MB of spaces', () => rss(`<item><title>${' '.repeat(5 * MB)}</title></item>`)],
    ['5 MB of zeros', () => rss(`<item><title>${'\0'.repeat(5 * MB)}T</title></item>`)],
    [
      '50,000 namespaces',
      () =>
        rss(`<item>${Array.from({ length: 50_000 }, (_, i) => `<a xmlns:n${i}="u${i}">`).join('')}</item>`),
    ],
    ['a million less-than signs', () => rss(`<item><title>${'<'.repeat(MB)}</title></item>`)],
    ['a million ampersands', () => rss(`<item><title>${'&'.repeat(MB)}</title></item>`)],
  ])('reads %s in linear time', async (_what, document) => {
    const bytes = Buffer.from(document())
    const started = performance.now()

    await parseFeed(bytes, null, null).catch(() => null)

    expect(performance.now() - started).toBeLessThan(2500)
  })

  const corpus = '/tmp/corpusB/corpus/hostile'
  it.skipIf(!existsSync(corpus))('reads the hostile files of the shared corpus', async () => {
    for (const name of readdirSync(corpus)) {
      const started = performance.now()

      await parseFeed(readFileSync(`${corpus}/${name}`), null, null)

      expect(performance.now() - started).toBeLessThan(1000)
    }
  })
})
