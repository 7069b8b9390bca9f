import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ownProgram } from '../program.ts'

/** What one column of the chart counts. */
export interface ChartColumn {
  readonly mentions: number
  readonly negative: number
}

/** The size it is shown at, in CSS pixels; the PNG has twice as many, for dense screens. */
export const chartSize = { width: 528, height: 150 } as const

const timeLimitMs = 20_000
const picturesKept = 20
const pictures = new Map<string, Buffer>()

/**
 * The columns as a PNG; null when it could not be drawn: a digest leaves without a picture rather than not at all, and
 * has the figures in words. What draws takes 15 MB of memory for as long as it is loaded, for one picture a day, so a
 * process of its own draws and ends.
 */
export function weekChart(columns: readonly ChartColumn[]): Buffer | null {
  const drawn = JSON.stringify(columns.map(({ mentions, negative }) => ({ mentions, negative })))
  const known = pictures.get(drawn)
  if (known) return known
  const { file, flags } = ownProgram('report/draw-week.ts')
  const args = [...flags, fileURLToPath(file), drawn]
  try {
    const picture = execFileSync(process.execPath, args, {
      timeout: timeLimitMs,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    if (pictures.size >= picturesKept) pictures.clear()
    pictures.set(drawn, picture)
    return picture
  } catch {
    return null
  }
}
