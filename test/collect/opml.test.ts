import { describe, expect, it } from 'vitest'
import { readOpml, writeOpml } from '../../src/collect/opml.ts'

const NOW = new Date('2026-11-22T10:00:00Z')

describe('readOpml', () => {
  it('finds feeds in folders, each once', () => {
    const opml = `<?xml version="1.0"?><opml version="1.0"><body>
      <outline text="Press">
        <outline type="rss" text="Le Courrier" title="Courrier" xmlUrl="https://courrier.example/feed?a=1&amp;b=2"/>
        <outline type="rss" text="Again" XMLURL='https://courrier.example/feed?a=1&amp;b=2'>
      </outline>
      <outline text="Bonnie & Clyde" xmlUrl=https://blog.example/rss>
      <outline text="bad" xmlUrl="javascript:alert(1)"/><outline text="folder only"/>
    </body></opml>`

    expect(readOpml(Buffer.from(opml))).toEqual([
      { url: 'https://courrier.example/feed?a=1&b=2', title: 'Courrier' },
      { url: 'https://blog.example/rss', title: 'Bonnie & Clyde' },
    ])
  })

  it('refuses what is no OPML', () => {
    expect(() => readOpml(Buffer.from('<rss/>'))).toThrow(expect.objectContaining({ code: 'not-a-feed' }))
  })
})

describe('writeOpml', () => {
  it('writes what it reads', () => {
    const feeds = [
      { url: 'https://a.example/?x=1&y="2"', title: 'A < B & "C"\n' },
      { url: 'https://b.example/', title: null },
    ]

    const again = readOpml(Buffer.from(writeOpml('Ours', feeds, NOW)))

    expect(again).toEqual([
      { url: 'https://a.example/?x=1&y="2"', title: 'A < B & "C"' },
      { url: 'https://b.example/', title: 'https://b.example/' },
    ])
  })
})
