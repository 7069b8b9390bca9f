import type { Problem } from '../config/problem.ts'
import type { Config } from '../config.ts'
import { localDate } from '../domain/calendar.ts'
import type { Answer, Playbook } from '../domain/playbook.ts'
import type { Policy } from '../domain/policy.ts'
import { fillTemplate } from '../domain/template.ts'
import { labelOf } from './draft.ts'
import { wordsFound } from './guard.ts'

/** What is wrong with the prepared answers themselves: too long for their channel, promising, admitting, out of date. */
export function checkTexts(config: Pick<Config, 'playbooks' | 'policy' | 'calendar'>, now: Date): Problem[] {
  const today = localDate(now, config.calendar.zone)
  const ofPlaybooks = [...config.playbooks.values()].flatMap((playbook) => [
    ...staleReview(fileOf(playbook), playbook, today),
    ...[...playbook.texts].flatMap(([language, text]) =>
      text.answers.flatMap((answer) => answerProblems(playbook, language, answer, config.policy)),
    ),
  ])
  return [...staleReview('playbooks/_policy.md', config.policy, today), ...ofPlaybooks]
}

function staleReview(
  file: string,
  { reviewBy }: Pick<Playbook | Policy, 'reviewBy'>,
  today: string,
): Problem[] {
  if (reviewBy === null || reviewBy >= today) return []
  const message = `was to be read again by ${reviewBy}: read the texts, then set a later date`
  return [{ level: 'warning', file, line: null, column: null, key: 'review-by', message }]
}

function answerProblems(playbook: Playbook, language: string, answer: Answer, policy: Policy): Problem[] {
  const key = `Answer${answer.name === null ? '' : `: ${answer.name}`} {${language}}`
  const report = (message: string): Problem => ({
    level: 'error',
    file: fileOf(playbook),
    line: null,
    column: null,
    key,
    message,
  })
  const { text } = fillTemplate(answer.template, new Map(), (name) => labelOf(playbook, name, language))
  const problems: Problem[] = []
  const length = [...text].length
  if (answer.maxLength !== null && length > answer.maxLength) {
    problems.push(
      report(
        `${length} characters, but its channel takes ${answer.maxLength}: shorten it by ${length - answer.maxLength}`,
      ),
    )
  }
  for (const word of wordsFound(text, policy.admissionWords.get(language) ?? [])) {
    problems.push(
      report(
        `"${word}" admits a fault before anyone has checked: say what was experienced, not who is guilty`,
      ),
    )
  }
  for (const word of wordsFound(text, policy.promiseWords.get(language) ?? [])) {
    problems.push(
      report(`"${word}" promises what may not be in your power: say what you do, not what will come of it`),
    )
  }
  return problems
}

function fileOf(playbook: Playbook): string {
  return `playbooks/${playbook.category}.md`
}
