import { classifyLines, loadClassifier } from '../classify/classify.ts'
import { modelFolder } from '../folder.ts'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'
import { watchSpans } from './watch-spans.ts'

/** `classify`: JSON lines in, verdicts out, in the same order, any size. */
export async function classifyCommand(folder: string, terminal: Terminal): Promise<ExitCode> {
  let broken = 0
  const onBroken = (line: number, reason: string) => {
    broken++
    terminal.err(`line ${line}: ${reason}`)
  }
  for await (const { judgement } of classifyLines(terminal.input, loadClassifier(modelFolder), {
    onBroken,
    spansOf: watchSpans(folder),
  })) {
    const { language, polarity, confidence, sure, scores } = judgement
    await terminal.out(JSON.stringify({ language, polarity, confidence, sure, scores }))
  }
  return broken > 0 ? exitCode.input : exitCode.done
}
