import { Resvg } from '@resvg/resvg-js'
import { renderSvg } from './echarts.ts'
import { type ChartColumn, chartSize } from './week-chart.ts'

// On a page of any colour: the PNG is transparent, and both tones stand out on white and on near-black.
const mentionTone = '#8d9aa8'
const negativeTone = '#c2502e'

/**
 * Columns of mentions with the negative ones inside, as a transparent PNG. It holds no letter: a server without fonts
 * would leave them out, and a phone would shrink them. Each column takes an equal share of the width, so that whoever
 * shows it can write the figures beneath.
 */
export function drawWeek(columns: readonly ChartColumn[]): Buffer {
  const svg = chartSvg(columns)
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { loadSystemFonts: false },
  })
  return image.render().asPng()
}

export function chartSvg(columns: readonly ChartColumn[]): string {
  const shownNegative = columns.map(({ mentions, negative }) => Math.min(negative, mentions))
  const option = {
    grid: { left: 0, right: 0, top: 6, bottom: 1 },
    xAxis: [categories(columns.length, mentionTone), categories(columns.length, 'transparent')],
    yAxis: {
      type: 'value',
      min: 0,
      max: Math.max(1, ...columns.map(({ mentions }) => mentions)),
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    series: [
      {
        ...bars(columns.map(({ mentions }) => mentions)),
        barWidth: 36,
        itemStyle: style(mentionTone, 0.5),
      },
      { ...bars(shownNegative), xAxisIndex: 1, barWidth: 18, itemStyle: style(negativeTone, 1) },
    ],
  }
  return renderSvg(option, chartSize)
}

// Two axes over each other: ECharts centres bars of different widths only when each has its own.
function categories(count: number, color: string) {
  return {
    type: 'category' as const,
    data: Array.from({ length: count }, (_, index) => index),
    axisLabel: { show: false },
    axisTick: { show: false },
    axisLine: { lineStyle: { color, width: 1 } },
    position: 'bottom' as const,
  }
}

function bars(data: readonly number[]) {
  return { type: 'bar' as const, data: [...data] }
}

/** Narrower and darker before wider and lighter: told apart without colour too. */
function style(color: string, opacity: number) {
  return { color, opacity, borderRadius: [3, 3, 0, 0] }
}
