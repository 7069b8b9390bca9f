import type { Step } from './numbers.ts'
import type { Placed, Spread } from './spread.ts'
import { placeSpread } from './spread.ts'
import { drawChart, type Tone, tones } from './svg-chart.ts'

const font = { fontFamily: 'inherit', fontSize: 12 }

/** Charts are drawn for the width they are shown at: a wide one made small could not be read on a phone. */
export type ChartSize = typeof wide | typeof narrow
export const wide = 880
export const narrow = 400

/** Columns of negative, neutral and positive mentions, one above the other. `labels` are what stands beneath. */
export function volumeChart(
  steps: readonly Step[],
  labels: readonly string[],
  size: ChartSize = wide,
): string {
  const every = Math.max(1, Math.ceil(labels.length / (size === wide ? 9 : 4)))
  const series = (['negative', 'neutral', 'positive'] as const).map((polarity) => ({
    type: 'bar',
    stack: 'all',
    barMaxWidth: 36,
    barCategoryGap: steps.length > 40 ? '15%' : '30%',
    data: steps.map((step) =>
      polarity === 'neutral' ? step.neutral + step.unsure + step.unjudged : step[polarity],
    ),
    itemStyle: { color: tones[polarity] },
    silent: true,
  }))
  return drawChart(
    {
      grid: { left: 44, right: 8, top: 12, bottom: 26 },
      xAxis: {
        type: 'category',
        data: [...labels],
        axisTick: { show: false },
        axisLine: { lineStyle: { color: tones.edge } },
        axisLabel: { ...font, color: tones.soft, interval: (index: number) => index % every === 0 },
      },
      yAxis: valueAxis(),
      series,
    },
    { width: size, height: size === wide ? 260 : 220 },
  )
}

/** Horizontal bars, the first on top. */
export function barsChart(
  rows: readonly { readonly label: string; readonly value: number; readonly tone: Tone }[],
): string {
  return drawChart(
    {
      grid: {
        left: 8,
        right: 56,
        top: 4,
        bottom: 4,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      xAxis: { type: 'value', show: false, minInterval: 1 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ label }) => label),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { ...font, fontSize: 13, color: tones.ink, width: 140, overflow: 'truncate' },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 22,
          silent: true,
          data: rows.map(({ value, tone }) => ({
            value,
            itemStyle: { color: tones[tone], borderRadius: [0, 4, 4, 0] },
          })),
          label: { show: true, position: 'right', ...font, fontSize: 13, color: tones.ink },
        },
      ],
    },
    { width: narrow, height: Math.max(60, rows.length * 34 + 8) },
  )
}

/** Mentions by hour of the day, midnight first. */
export function hoursChart(hours: readonly number[]): string {
  return drawChart(
    {
      grid: { left: 40, right: 8, top: 10, bottom: 26 },
      xAxis: {
        type: 'category',
        data: hours.map((_, hour) => `${hour} h`),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: tones.edge } },
        axisLabel: { ...font, color: tones.soft, interval: 3 },
      },
      yAxis: valueAxis(),
      series: [
        {
          type: 'bar',
          silent: true,
          barCategoryGap: '25%',
          data: [...hours],
          itemStyle: { color: tones.main },
        },
      ],
    },
    { width: narrow, height: 190 },
  )
}

/** Who carries an affair through which sites: sites large, those who carry it between sites named and set apart. */
export function spreadChart(spread: Spread, size: ChartSize = wide): string {
  const height = 460
  const placed = placeSpread(spread)
  const largest = Math.max(1, ...placed.map(({ texts }) => texts))
  const isSmall = placed.length <= 25
  const margin = { left: 60, right: 90, top: 40, bottom: 50 }
  const fit = fitted(placed, size - margin.left - margin.right, height - margin.top - margin.bottom)
  const nodes = placed.map((node) => ({
    id: `${node.kind}:${node.name}`,
    name: node.name.length > 28 ? `${node.name.slice(0, 27)}…` : node.name,
    x: node.x,
    y: node.y,
    symbol: node.kind === 'site' ? 'roundRect' : 'circle',
    symbolSize: sizeOf(node, largest),
    itemStyle: {
      color: tones[node.kind === 'site' ? 'main' : node.isBridge ? 'negative' : 'neutral'],
      borderColor: tones.surface,
      borderWidth: 1.5,
    },
    label: {
      show: node.kind === 'site' || node.isBridge || isSmall,
      position: node.kind === 'author' ? 'right' : node.y < 0 ? 'top' : 'bottom',
      ...font,
      fontWeight: node.kind === 'site' ? 'bold' : 'normal',
      color: tones.ink,
      textBorderColor: tones.surface,
      textBorderWidth: 3,
    },
  }))
  const links = spread.links.map(({ author, site, texts }) => ({
    source: `author:${author}`,
    target: `site:${site}`,
    lineStyle: { color: tones.edge, width: Math.min(5, 1 + Math.log2(texts)), opacity: 0.6, curveness: 0 },
  }))
  return drawChart(
    { series: [{ type: 'graph', layout: 'none', silent: true, ...margin, data: [...nodes, ...fit], links }] },
    { width: size, height },
  )
}

/** Two unseen points at the corners of the room, so that one scale holds both ways whatever stands in between. */
function fitted(placed: readonly Placed[], width: number, height: number) {
  const x = Math.max(1, ...placed.map((node) => Math.abs(node.x)))
  const y = Math.max(1, ...placed.map((node) => Math.abs(node.y)))
  const scale = Math.min(width / x, height / y)
  return [-1, 1].map((side) => ({
    id: `corner:${side}`,
    name: '',
    x: (side * width) / scale,
    y: (side * height) / scale,
    symbolSize: 0,
    label: { show: false },
  }))
}

function sizeOf({ kind, texts }: Placed, largest: number): number {
  const share = Math.sqrt(texts / largest)
  return kind === 'site' ? 20 + 26 * share : 9 + 14 * share
}

function valueAxis() {
  return {
    type: 'value',
    minInterval: 1,
    splitNumber: 4,
    axisLabel: { ...font, color: tones.soft },
    splitLine: { lineStyle: { color: tones.line } },
  }
}
