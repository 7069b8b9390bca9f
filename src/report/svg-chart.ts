import { type ChartOption, type ChartSize, renderSvg } from './echarts.ts'

/**
 * Colours of a chart are names until it stands on a page: drawn in these tones, then turned into the classes of the
 * stylesheet, so that one drawing serves light, dark and print.
 */
export const tones = {
  ink: '#010101',
  soft: '#020202',
  line: '#030303',
  surface: '#040404',
  edge: '#050505',
  negative: '#060606',
  neutral: '#070707',
  positive: '#080808',
  main: '#090909',
  second: '#0a0a0a',
  third: '#0b0b0b',
  fourth: '#0c0c0c',
} as const

export type Tone = keyof typeof tones

const nameOfTone = new Map<string, Tone>(
  Object.entries(tones).map(([name, colour]) => [colour, name as Tone]),
)
const mostKept = 100
const kept = new Map<string, string>()

/** A chart as an SVG without inline styles, which the pages' policy forbids. What was drawn once is kept. */
export function drawChart(option: ChartOption, size: ChartSize): string {
  const key = JSON.stringify([option, size])
  const known = kept.get(key)
  if (known !== undefined) return known
  const svg = withClasses(renderSvg(option, size, true))
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '')
  kept.set(key, svg)
  return svg
}

function withClasses(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<rect width="\d+" height="\d+" x="0" y="0"[^>]*fill="(?:none|transparent)"[^>]*><\/rect>/, '')
    .replace(
      /<([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g,
      (_, name: string, attributes: string, end: string) => {
        return `<${name}${cleanAttributes(name, attributes)}${end}>`
      },
    )
}

function cleanAttributes(element: string, attributes: string): string {
  const classes: string[] = []
  let rest = ''
  for (const [, name = '', value = ''] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    const tone = nameOfTone.get(value.toLowerCase())
    if ((name === 'fill' || name === 'stroke') && tone !== undefined)
      classes.push(`${name.charAt(0)}-${tone}`)
    else if (name === 'style') rest += fromStyle(value)
    else if (name === 'class' || name.startsWith('ecmeta') || name.startsWith('xmlns')) continue
    else if (element === 'svg' && (name === 'width' || name === 'height' || name === 'baseProfile')) continue
    else rest += ` ${name}="${value}"`
  }
  return classes.length === 0 ? rest : ` class="${classes.join(' ')}"${rest}`
}

/** What ECharts writes as a style stands as well as attributes, which a policy without inline styles lets through. */
function fromStyle(style: string): string {
  let attributes = ''
  for (const [, name = '', value = ''] of style.matchAll(/([\w-]+)\s*:\s*([^;]+)/g)) {
    if (['font-size', 'font-weight', 'text-anchor', 'dominant-baseline'].includes(name))
      attributes += ` ${name}="${value.trim().replace(/"/g, "'")}"`
  }
  return attributes
}
