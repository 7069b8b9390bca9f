import { describe, expect, it } from 'vitest'
import { chartSize, weekChart } from '../../src/report/week-chart.ts'
import { chartSvg, drawWeek } from '../../src/report/week-drawing.ts'

const week = [12, 8, 15, 3, 0, 9, 1].map((mentions, index) => ({ mentions, negative: index % 3 }))

describe('the chart', () => {
  it('is a PNG at twice its size', () => {
    const png = drawWeek(week)

    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect(png.readUInt32BE(16)).toBe(chartSize.width * 2)
    expect(png.readUInt32BE(20)).toBe(chartSize.height * 2)
    expect(png.length).toBeLessThan(40_000)
  })

  it('draws a column for mentions and one for negatives a day, each centred on its share of the width', () => {
    const bars = [
      ...chartSvg(week).matchAll(/<path d="M([\d.]+) [^"]*" fill="#[^"]*"[^>]*ecmeta_data_index="(\d)"/g),
    ]

    expect(bars).toHaveLength(14)
  })

  it('holds no text: a server may have no fonts', () => {
    expect(chartSvg(week)).not.toContain('<text')
  })

  it('is drawn by a process of its own, that ends', () => {
    expect(weekChart(week)?.equals(drawWeek(week))).toBe(true)
  })

  it('is the same each time', () => {
    expect(drawWeek(week).equals(drawWeek(week))).toBe(true)
  })

  it.each([
    ['nothing', []],
    ['zeros', [{ mentions: 0, negative: 0 }]],
    ['more negatives than mentions', [{ mentions: 1, negative: 9 }]],
    ['millions', [{ mentions: 5_000_000, negative: 1 }]],
  ])('copes with %s', (_, columns) => {
    expect(drawWeek(columns).length).toBeGreaterThan(100)
  })
})
