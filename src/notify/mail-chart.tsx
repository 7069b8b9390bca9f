import type { ReaderLanguage } from '../domain/person.ts'
import { type ChartColumn, chartSize, weekChart } from '../report/week-chart.ts'
import type { ColumnParts } from './mail-digest-parts.ts'
import { Lines, Table } from './mail-layout.tsx'
import { digestWords } from './mail-words-digest.ts'
import type { Attachment } from './views.ts'

const chartId = 'chart@vigie'

/** The chart as the picture that the HTML shows by `cid:`; none when it could not be drawn: its alternative text has all. */
export function chartAttachments(columns: readonly ChartColumn[]): Attachment[] {
  const content = weekChart(columns)
  return content === null
    ? []
    : [{ filename: 'chart.png', contentType: 'image/png', content, contentId: chartId }]
}

interface ChartProps {
  readonly title: string
  readonly columns: readonly ColumnParts[]
  readonly language: ReaderLanguage
}

/** The picture, and beneath each column its figures: they stay when pictures are switched off. */
export function Chart({ title, columns, language }: ChartProps) {
  const words = digestWords[language]
  return (
    <>
      <p class="muted" style="margin:0 0 14px;font-size:14px;line-height:21px;color:#53606d;">
        <Swatch color="#c3c9d0" />
        &nbsp;{words.weekMentions}
        {'\u2003'}
        <Swatch color="#c2502e" />
        &nbsp;{words.weekNegative}
      </p>
      <img
        src={`cid:${chartId}`}
        width={chartSize.width}
        height={chartSize.height}
        alt={`${title}. ${columns.map(({ told }) => told).join('. ')}.`}
        style="display:block;width:100%;max-width:528px;height:auto;border:0;font-size:14px;line-height:20px;"
      />
      <Table style="table-layout:fixed;">
        <tr>
          {columns.map(({ label }) => (
            <td class="muted" align="center" style={`${cell}padding-top:6px;color:#53606d;`}>
              <Lines text={label.replace(' ', '\n')} />
            </td>
          ))}
        </tr>
        <tr>
          {columns.map(({ mentions }) => (
            <td class="ink" align="center" style={`${cell}padding-top:4px;color:#18212b;`}>
              {mentions}
            </td>
          ))}
        </tr>
        <tr>
          {columns.map(({ negative }) => (
            <td class="late" align="center" style={`${cell}font-weight:600;color:#9a2c0a;`}>
              {negative}
            </td>
          ))}
        </tr>
      </Table>
    </>
  )
}

const cell = 'font-size:13px;line-height:20px;'

function Swatch({ color }: { readonly color: string }) {
  return (
    <span
      aria-hidden="true"
      style={`display:inline-block;width:11px;height:11px;border-radius:3px;background-color:${color};`}
    >
      {' '}
    </span>
  )
}
