import type { WrittenDraft } from '../domain/answer.ts'
import { openStates } from '../domain/ticket.ts'
import { choice, fromNow, number } from '../notify/mail-formats.ts'
import { frenchSpaces } from '../notify/mail-words.ts'
import type { GuardFinding } from '../respond/guard.ts'
import { Icon } from './icons.tsx'
import { Act, addressWith, CopyButton, Field, OutLink } from './parts.tsx'
import type { Editor, Proposal, TicketProps } from './ticket-view.ts'
import { ticketWords } from './ticket-words.ts'
import type { Visit } from './visit.ts'
import { words } from './words.ts'

interface AnswerProps extends TicketProps {
  readonly query: URLSearchParams
}

/** The answer on its way: written, read by another, posted. */
export function Answer(props: AnswerProps) {
  const { view, visit, deps, query } = props
  const say = ticketWords[visit.language].answer
  const { ticket, editor } = view
  const isOpen = openStates.includes(ticket.state)
  const waits = view.proposed.length > 0 && query.get('from') === null && query.get('answer') === null
  const nameOf = (id: string | null) => (id === null ? '' : (deps.config.people.get(id)?.name ?? id))
  const former = view.drafts.filter(({ state }) => state === 'refused' || state === 'posted')
  return (
    <section
      class={`card pad stack wide step ${ticket.state === 'answered' ? 'done' : ''}`.trim()}
      aria-labelledby="answer"
    >
      <h2 id="answer">
        <span class="n">3</span> {say.title}
      </h2>
      {ticket.approval !== 'none' && isOpen && (
        <p class="soft small">{say.rule(words[visit.language].approval[ticket.approval])}</p>
      )}
      {ticket.answerUrl && (
        <p>
          <OutLink url={ticket.answerUrl}>
            {ticket.answerUrl} <Icon name="link" />
          </OutLink>
        </p>
      )}
      {view.proposed.map((proposal) =>
        proposal.draft.state === 'approved' ? (
          <Approved proposal={proposal} nameOf={nameOf} {...props} />
        ) : (
          <Proposed proposal={proposal} nameOf={nameOf} {...props} />
        ),
      )}
      {isOpen && editor && !waits && <EditorForm editor={editor} {...props} />}
      {isOpen && editor && waits && (
        <details class="plain">
          <summary>{say.another}</summary>
          <EditorForm editor={editor} {...props} />
        </details>
      )}
      {former.length > 0 && <Former drafts={former} nameOf={nameOf} {...props} />}
      {view.letters.length > 0 && (
        <details class="plain">
          <summary>{say.letters}</summary>
          <div class="stack">
            {view.letters.map(({ kind, text }) => (
              <div class="stack">
                <h3>{say.letter[kind]}</h3>
                <pre id={`letter-${kind}`}>{text}</pre>
                <CopyButton of={`letter-${kind}`} visit={visit} />
              </div>
            ))}
          </div>
        </details>
      )}
    </section>
  )
}

function EditorForm({ editor, view, visit, query }: AnswerProps & { readonly editor: Editor }) {
  const { language } = visit
  const say = ticketWords[language].answer
  const path = `/tickets/${view.ticket.id}`
  const others = view.approvers.filter(({ id }) => id !== visit.person.id)
  const names = choice(
    others.map(({ name }) => name),
    language,
  )
  return (
    <div class="stack wide">
      <Candidates editor={editor} query={query} path={path} visit={visit} />
      <Act
        visit={visit}
        to={`${path}/draft`}
        back={path}
        class="stack wide"
        id="editor"
        data-draft={`${path}/guard`}
        data-writing={`${path}/writing`}
      >
        <input type="hidden" name="name" value={editor.name ?? ''} />
        <input type="hidden" name="language" value={editor.language} />
        {editor.gaps.length > 0 && (
          <fieldset class="stack">
            <legend class="label">{say.fill}</legend>
            <p class="hint">{say.fillHint}</p>
            <div class="grid2">
              {editor.gaps.map(({ name, label, type }) => (
                <Field
                  name={`gap-${name}`}
                  label={label}
                  data-gap={label}
                  autocomplete="off"
                  maxlength={1000}
                  inputmode={type === 'text' ? 'text' : type}
                />
              ))}
            </div>
          </fieldset>
        )}
        <div>
          <label for="text">{say.text}</label>
          <textarea
            id="text"
            name="text"
            class="answer-text"
            lang={editor.language}
            maxlength={20_000}
            rows={12}
          >
            {`\n${editor.text}`}
          </textarea>
          <p class="hint">
            <span data-length="">{number([...editor.text].length, language)}</span>{' '}
            {editor.maxLength === null ? say.characters : say.length(number(editor.maxLength, language))}
          </p>
        </div>
        <div>
          <h3>{say.guard}</h3>
          <ul class="findings" data-findings="" aria-live="polite">
            <Findings findings={editor.findings} visit={visit} />
          </ul>
        </div>
        {editor.others.length > 0 && (
          <fieldset class="check">
            <legend class="label">{say.also}</legend>
            {editor.others.map((draft) => (
              <label>
                <input type="checkbox" name="also" value={String(draft.id)} />
                <span>{draft.name ?? say.main}</span>
              </label>
            ))}
          </fieldset>
        )}
        <div class="row">
          {view.ticket.approval !== 'none' && others.length > 0 && (
            <button type="submit" name="do" value="ask" class={view.mayPostAlone ? '' : 'main'}>
              {say.ask(names)}
            </button>
          )}
          <button type="submit" name="do" value="save">
            <span class="no-js">{say.check}</span>
            <span class="js-only">{say.save}</span>
          </button>
          <CopyButton of="text" visit={visit} />
        </div>
        {view.mayPostAlone && (
          <fieldset class="stack posted">
            <legend class="label">{say.postedTitle}</legend>
            <p class="hint">{say.postedText}</p>
            <div class="fields">
              <Field
                name="url"
                label={say.postedUrl}
                inputmode="url"
                autocomplete="off"
                maxlength={2000}
                placeholder="https://"
              />
              <div class="fit">
                <button type="submit" name="do" value="posted" class="main">
                  {say.posted}
                </button>
              </div>
            </div>
          </fieldset>
        )}
      </Act>
    </div>
  )
}

function Candidates({
  editor,
  query,
  path,
  visit,
}: {
  readonly editor: Editor
  readonly query: URLSearchParams
  readonly path: string
  readonly visit: Visit
}) {
  const say = ticketWords[visit.language].answer
  const spaced = (text: string) => (visit.language === 'fr' ? frenchSpaces(text) : text)
  const link = (changes: Readonly<Record<string, string | null>>) =>
    `${addressWith(query, { from: null, ...changes }, path)}#answer`
  return (
    <div class="row between">
      {editor.candidates.length > 1 && (
        <nav aria-label={say.candidates} class="row">
          {editor.candidates.map((name, index) => (
            <a
              class={`chip ${name === editor.name ? 'on' : ''}`.trim()}
              href={link({ answer: String(index) })}
              aria-current={name === editor.name ? 'true' : undefined}
            >
              {spaced(name ?? say.main)}
            </a>
          ))}
        </nav>
      )}
      {editor.languages.length > 1 && (
        <nav aria-label={say.languages} class="row">
          {editor.languages.map((code) => (
            <a
              class={`chip ${code === editor.language ? 'on' : ''}`.trim()}
              href={link({ lang: code })}
              aria-current={code === editor.language ? 'true' : undefined}
            >
              {say.languageNames[code] ?? code}
            </a>
          ))}
        </nav>
      )}
    </div>
  )
}

function Findings({
  findings,
  visit,
}: {
  readonly findings: readonly GuardFinding[]
  readonly visit: Visit
}) {
  const say = ticketWords[visit.language].answer
  if (findings.length === 0) {
    return (
      <li class="good">
        <Icon name="check" /> {say.ready}
      </li>
    )
  }
  return (
    <>
      {findings.map(({ message, isBlocking }) => (
        <li class={isBlocking ? 'bad' : 'warn'}>
          <Icon name={isBlocking ? 'stop' : 'warn'} /> <span>{message[visit.language]}</span>
        </li>
      ))}
    </>
  )
}

interface ProposalProps extends AnswerProps {
  readonly proposal: Proposal
  readonly nameOf: (id: string | null) => string
}

/** An answer that waits for another's yes. */
function Proposed({ proposal, nameOf, view, visit }: ProposalProps) {
  const { draft, findings } = proposal
  const { language, reading } = visit
  const say = ticketWords[language].answer
  const path = `/tickets/${view.ticket.id}`
  const isOwn = draft.who === visit.person.id
  const hasOthers = view.approvers.some(({ id }) => id !== visit.person.id)
  return (
    <article class="stack">
      <h3>
        {draft.name ?? say.main}{' '}
        <span class="soft small">
          {say.proposed(nameOf(draft.who), fromNow(draft.decidedAt ?? draft.at, reading))}
        </span>
      </h3>
      <p class="answer" lang={draft.language} id={`draft-${draft.id}`}>
        {draft.text}
      </p>
      <ul class="findings">
        <Findings findings={findings} visit={visit} />
      </ul>
      {view.mayPostAlone && isOwn && hasOthers && <p class="soft small">{say.cannotOwn}</p>}
      {view.mayPostAlone && (!isOwn || !hasOthers) && (
        <div class="grid2">
          <Act visit={visit} to={`${path}/approve`} class="stack">
            <input type="hidden" name="draft" value={String(draft.id)} />
            <Field
              name="comment"
              id={`comment-${draft.id}`}
              label={say.comment}
              maxlength={2000}
              autocomplete="off"
            />
            <button type="submit" class="main">
              <Icon name="check" /> {say.approve}
            </button>
          </Act>
          <Act visit={visit} to={`${path}/refuse`} class="stack">
            <input type="hidden" name="draft" value={String(draft.id)} />
            <Field
              name="reason"
              id={`reason-${draft.id}`}
              label={say.reason}
              required
              maxlength={2000}
              autocomplete="off"
            />
            <button type="submit">{say.refuse}</button>
          </Act>
        </div>
      )}
    </article>
  )
}

/** An answer that may be posted: copy it, post it, say where. */
function Approved({ proposal, nameOf, view, visit }: ProposalProps) {
  const { draft } = proposal
  const { language, reading } = visit
  const say = ticketWords[language].answer
  return (
    <article class="stack">
      <h3>
        <span class="chip good">
          <Icon name="check" />{' '}
          {say.approvedBy(nameOf(draft.decidedBy), draft.decidedAt ? fromNow(draft.decidedAt, reading) : '')}
        </span>
      </h3>
      {draft.reason && <p class="soft">{draft.reason}</p>}
      <p class="answer" lang={draft.language} id={`draft-${draft.id}`}>
        {draft.text}
      </p>
      <CopyButton of={`draft-${draft.id}`} visit={visit} />
      {view.mayWork && openStates.includes(view.ticket.state) && (
        <Act visit={visit} to={`/tickets/${view.ticket.id}/posted`} class="stack posted">
          <input type="hidden" name="draft" value={String(draft.id)} />
          <p class="hint">{say.postedText}</p>
          <div class="fields">
            <Field
              name="url"
              id={`url-${draft.id}`}
              label={say.postedUrl}
              inputmode="url"
              autocomplete="off"
              maxlength={2000}
              placeholder="https://"
            />
            <div class="fit">
              <button type="submit" class="main">
                {say.posted}
              </button>
            </div>
          </div>
        </Act>
      )}
    </article>
  )
}

function Former({
  drafts,
  nameOf,
  view,
  visit,
}: AnswerProps & {
  readonly drafts: readonly WrittenDraft[]
  readonly nameOf: (id: string | null) => string
}) {
  const say = ticketWords[visit.language].answer
  const isFresh = drafts.at(-1)?.state === 'refused'
  return (
    <details class="plain" open={isFresh || view.ticket.state === 'answered'}>
      <summary>{say.former}</summary>
      <div class="stack wide">
        {[...drafts].reverse().map((draft) => {
          const when = draft.decidedAt ? fromNow(draft.decidedAt, visit.reading) : ''
          const by = nameOf(draft.decidedBy)
          return (
            <article class="stack">
              <h3>{draft.state === 'posted' ? say.postedBy(by, when) : say.refusedBy(by, when)}</h3>
              {draft.reason && <p class="banner warn">{draft.reason}</p>}
              <p class="answer" lang={draft.language}>
                {draft.text}
              </p>
              {draft.state === 'refused' && view.editor && openStates.includes(view.ticket.state) && (
                <p>
                  <a href={`/tickets/${view.ticket.id}?from=${draft.id}#answer`}>{say.restart}</a>
                </p>
              )}
            </article>
          )
        })}
      </div>
    </details>
  )
}
