import { createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { loadClassifier } from '../classify/classify.ts'
import { evaluate, renderReport } from '../classify/evaluate.ts'
import { linesOf } from '../classify/lines.ts'
import { modelFolder } from '../folder.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

const longestLine = 1_000_000
const brokenShown = 10

/** `evaluate FILE`: the classifier's measured quality on labelled JSON lines; `-` reads standard input. */
export async function evaluateCommand(
  file: string,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const place = path.resolve(terminal.cwd, file)
  if (file !== '-' && !existsSync(place)) {
    terminal.err(
      `${file} is not there: give JSON lines {"text", "label": "negative|neutral|positive", "language"?}`,
    )
    return exitCode.input
  }
  if (file !== '-' && statSync(place).isDirectory()) {
    terminal.err(`${file} is a folder: name a file in it`)
    return exitCode.input
  }
  const input = file === '-' ? terminal.input : createReadStream(place)
  const report = await evaluate(textsOf(input), loadClassifier(modelFolder))
  if (options.json) await terminal.out(JSON.stringify(report))
  else if (report.texts > 0) await terminal.out(renderReport({ ...report, broken: [] }).trimEnd())
  for (const { line, reason } of report.broken.slice(0, brokenShown)) terminal.err(`line ${line}: ${reason}`)
  if (report.broken.length > brokenShown)
    terminal.err(`and ${report.broken.length - brokenShown} or more other lines that cannot be read`)
  if (report.texts === 0) terminal.err(`${file} holds no labelled text`)
  return report.texts === 0 || report.broken.length > 0 ? exitCode.input : exitCode.done
}

/** A line that is too long stands as one that cannot be read. */
async function* textsOf(input: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  for await (const { text } of linesOf(input, longestLine)) yield text ?? '?'
}
