import { describe, expect, it } from 'vitest'
import { barsChart, hoursChart, narrow, spreadChart, volumeChart } from '../../src/report/charts.ts'
import { spreadOf } from '../../src/report/spread.ts'

const step = { mentions: 4, negative: 1, neutral: 2, positive: 1, unsure: 0, unjudged: 0 }
const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
const charts = {
  volume: volumeChart([{ from: '2026-11-20', ...step }], ['20 nov.']),
  narrow: volumeChart([{ from: '2026-11-20', ...step }], ['20 nov.'], narrow),
  empty: volumeChart([], []),
  bars: barsChart([{ label: hostile, value: 3, tone: 'main' }]),
  hours: hoursChart(Array.from({ length: 24 }, (_, hour) => hour)),
  spread: spreadChart(
    spreadOf([
      { author: hostile, site: hostile, at: new Date(0) },
      { author: 'Zoé', site: 'forum.example', at: new Date(0) },
    ]),
  ),
  nobody: spreadChart(spreadOf([])),
}

describe.each(Object.entries(charts))('the chart %s', (_name, svg) => {
  it('has no style of its own: the policy would stop it, and dark mode would not reach it', () => {
    expect(svg).not.toMatch(/\sstyle=|<style/)
    expect(svg).not.toMatch(/#0[0-9a-c]0[0-9a-c]0[0-9a-c]/i)
  })

  it('holds no script and no element from a text', () => {
    expect(svg).not.toMatch(/<script|<img|\son\w+=(?!")/i)
    expect(
      [...svg.matchAll(/<([a-z]+)/g)].map((match) => match[1]).filter((name) => !allowed.has(name ?? '')),
    ).toEqual([])
  })

  it('has numbers for every place', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined|e\+\d\d/)
  })
})

const allowed = new Set([
  'svg',
  'g',
  'path',
  'text',
  'tspan',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'defs',
  'clipPath',
])

it('the same figures are drawn once', () => {
  const rows = [{ label: 'one', value: 1, tone: 'main' as const }]

  expect(barsChart(rows)).toBe(barsChart(rows))
})
