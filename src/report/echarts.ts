import { createRequire } from 'node:module'
import type { EChartsCoreOption, init as Init } from 'echarts/core'

export type ChartOption = EChartsCoreOption

export interface ChartSize {
  readonly width: number
  readonly height: number
}

const load = createRequire(import.meta.url)

/**
 * Draws a chart on the server. ECharts is loaded when the first chart is drawn, as its one bundle: a tenth of the time
 * that its modules take one by one, and nothing for a command that draws none.
 */
export function renderSvg(option: ChartOption, size: ChartSize, useViewBox = false): string {
  const { init } = load('echarts/dist/echarts.min') as { readonly init: typeof Init }
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption({ animation: false, backgroundColor: 'transparent', ...option })
    return chart.renderToSVGString({ useViewBox })
  } finally {
    // Without it the process does not end.
    chart.dispose()
  }
}
