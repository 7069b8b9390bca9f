import { frenchSpaces } from '../notify/mail-words.ts'
import { Act } from './parts.tsx'
import type { TicketProps } from './ticket-view.ts'
import { ticketWords } from './ticket-words.ts'
import { words } from './words.ts'

/** What to know before a word is written: questions that stay ticked, advice, and what never to say. */
export function Questions({ view, visit }: TicketProps) {
  const { language } = visit
  const say = ticketWords[language].check
  const text = view.playbook?.texts.get(language)
  const questions = text?.questions ?? []
  const spaced = (line: string) => (language === 'fr' ? frenchSpaces(line) : line)
  const isDone = questions.length > 0 && questions.every((_, index) => view.ticks.includes(index))
  return (
    <section class={`card pad stack step ${isDone ? 'done' : ''}`.trim()} aria-labelledby="check">
      <h2 id="check">
        <span class="n">2</span> {say.title}
      </h2>
      {questions.length === 0 ? (
        <p class="soft">{say.none}</p>
      ) : (
        <Act visit={visit} to={`/tickets/${view.ticket.id}/ticks`} data-ticks="">
          <fieldset class="check" disabled={!view.mayWork}>
            <legend class="sr">{say.title}</legend>
            {questions.map((question, index) => (
              <label>
                <input
                  type="checkbox"
                  name="tick"
                  value={String(index)}
                  checked={view.ticks.includes(index)}
                />
                <span>{spaced(question)}</span>
              </label>
            ))}
          </fieldset>
          {view.mayWork && (
            <p class="row small">
              <button type="submit" class="small no-js">
                {words[language].save}
              </button>
              <span class="soft js-only">{say.saved}</span>
            </p>
          )}
        </Act>
      )}
      {text && text.advice !== '' && (
        <details class="plain" open={view.ticks.length === 0}>
          <summary>{say.advice}</summary>
          <p class="pre">{spaced(text.advice)}</p>
        </details>
      )}
      {view.playbook && view.playbook.never.length > 0 && (
        <details class="plain">
          <summary>{say.never}</summary>
          <ul class="never stack">
            {view.playbook.never.map((never) => (
              <li>{spaced(never[language])}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
