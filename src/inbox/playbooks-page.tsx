import { exampleCounts } from '../config/examples.ts'
import type { Duration } from '../domain/duration.ts'
import type { ReaderLanguage } from '../domain/person.ts'
import { type Answer, bySeverity, type Playbook } from '../domain/playbook.ts'
import { fillTemplate } from '../domain/template.ts'
import { list, number } from '../notify/mail-formats.ts'
import { fr, frenchSpaces } from '../notify/mail-words.ts'
import { checkTexts } from '../respond/check-texts.ts'
import { labelOf } from '../respond/draft.ts'
import { Icon } from './icons.tsx'
import type { PagesDeps } from './pages-deps.ts'
import { CopyButton, SeverityChip } from './parts.tsx'
import { PageError, type Pages, sendPage } from './routing.tsx'

import type { Visit } from './visit.ts'
import { words } from './words.ts'

const french = {
  title: 'Fiches de réponse',
  lead: fr`Comment on répond, une fiche par genre de commentaire négatif. Ce sont des fichiers du dossier playbooks/ : on les change avec un éditeur de texte, Vigie les relit aussitôt.`,
  back: 'Toutes les fiches',
  file: 'Fichier',
  owner: 'Responsable',
  deputy: 'Remplaçant',
  approval: 'Accord',
  seen: 'À voir en',
  answer: 'À répondre en',
  clock: { day: 'jour et nuit', hours: 'heures ouvrées' },
  signals: 'Signaux',
  examples: 'Exemples qui apprennent à la reconnaître',
  questions: 'À vérifier',
  advice: 'Conseil',
  never: 'À ne jamais écrire',
  answers: 'Réponses préparées',
  main: 'Réponse principale',
  limit: (count: string) => fr`${count} caractères au plus`,
  well: fr`Les textes passent toutes les vérifications.`,
  problems: 'À corriger',
  languages: { fr: 'Français', en: 'Anglais' } as Readonly<Record<string, string>>,
  overlay: fr`S'ajoute aux autres fiches, n'est jamais choisie pour un texte.`,
  units: {
    minute: (count: string, one: boolean) => (one ? `${count} minute` : `${count} minutes`),
    hour: (count: string, one: boolean) => (one ? `${count} heure` : `${count} heures`),
    day: (count: string, one: boolean) => (one ? `${count} jour` : `${count} jours`),
    month: (count: string, _one: boolean) => `${count} mois`,
    year: (count: string, one: boolean) => (one ? `${count} an` : `${count} ans`),
  },
  tickets: 'Ses tickets ouverts',
}

const english: typeof french = {
  title: 'Playbooks',
  lead: 'How we answer, one playbook for each kind of negative comment. They are files in the folder playbooks/: change them with a text editor, Vigie reads them again at once.',
  back: 'All playbooks',
  file: 'File',
  owner: 'Owner',
  deputy: 'Deputy',
  approval: 'Approval',
  seen: 'To see within',
  answer: 'To answer within',
  clock: { day: 'day and night', hours: 'working hours' },
  signals: 'Signals',
  examples: 'Examples that teach to recognise it',
  questions: 'To check',
  advice: 'Advice',
  never: 'Never write',
  answers: 'Prepared answers',
  main: 'Main answer',
  limit: (count) => `${count} characters at most`,
  well: 'The texts pass every check.',
  problems: 'To be mended',
  languages: { fr: 'French', en: 'English' },
  overlay: 'Laid over the other playbooks, never chosen for a text.',
  units: {
    minute: (count, one) => (one ? `${count} minute` : `${count} minutes`),
    hour: (count, one) => (one ? `${count} hour` : `${count} hours`),
    day: (count, one) => (one ? `${count} day` : `${count} days`),
    month: (count, one) => (one ? `${count} month` : `${count} months`),
    year: (count, one) => (one ? `${count} year` : `${count} years`),
  },
  tickets: 'Its open tickets',
}

export const playbookWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>

export function playbookRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/playbooks', (c) => {
    const visit = c.get('visit')
    return sendPage(c, deps, {
      title: playbookWords[visit.language].title,
      section: 'playbooks',
      body: <PlaybookList visit={visit} deps={deps} />,
    })
  })

  app.get('/playbooks/:category', (c) => {
    const visit = c.get('visit')
    const playbook = deps.config.playbooks.get(c.req.param('category'))
    if (!playbook) throw new PageError(404)
    return sendPage(c, deps, {
      title: playbook.title[visit.language],
      section: 'playbooks',
      body: <PlaybookPage playbook={playbook} visit={visit} deps={deps} />,
    })
  })
}

interface Props {
  readonly visit: Visit
  readonly deps: PagesDeps
}

function problemsOf(playbook: Playbook, { deps, visit }: Props) {
  const only = { ...deps.config, playbooks: new Map([[playbook.category, playbook]]) }
  return checkTexts(only, visit.reading.now)
}

function PlaybookList({ visit, deps }: Props) {
  const { language } = visit
  const say = playbookWords[language]
  const nameOf = (id: string) => deps.config.people.get(id)?.name ?? id
  return (
    <>
      <div class="page-head">
        <h1>{say.title}</h1>
      </div>
      <p class="lead">{say.lead}</p>
      <ul class="card list">
        {[...deps.config.playbooks.values()].sort(bySeverity).map((playbook) => {
          const problems = problemsOf(playbook, { visit, deps })
          return (
            <li>
              <div class="row between">
                <h2>
                  <a href={`/playbooks/${playbook.category}`}>{playbook.title[language]}</a>
                </h2>
                <SeverityChip severity={playbook.severity} visit={visit} />
              </div>
              <p class="byline">
                <span>{nameOf(playbook.owner)}</span>
                <span>{words[language].approval[playbook.approval]}</span>
                <span>
                  {say.answer} {lengthInWords(playbook.answerWithin, language)},{' '}
                  {playbook.aroundTheClock ? say.clock.day : say.clock.hours}
                </span>
                {problems.length > 0 && (
                  <span class="chip note">
                    <Icon name="warn" /> {say.problems} ({problems.length})
                  </span>
                )}
              </p>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** `4 heures`: as the file says it. */
function lengthInWords({ amount, unit }: Duration, language: ReaderLanguage): string {
  return playbookWords[language].units[unit](number(amount, language), amount === 1)
}

function PlaybookPage({ playbook, visit, deps }: Props & { readonly playbook: Playbook }) {
  const { language } = visit
  const say = playbookWords[language]
  const problems = problemsOf(playbook, { visit, deps })
  const nameOf = (id: string) => deps.config.people.get(id)?.name ?? id
  const languages = [...playbook.texts.keys()].sort((a, b) => Number(b === language) - Number(a === language))
  return (
    <>
      <p>
        <a href="/playbooks" class="small">
          <Icon name="back" /> {say.back}
        </a>
      </p>
      <div class="page-head">
        <h1>{playbook.title[language]}</h1>
        <SeverityChip severity={playbook.severity} visit={visit} />
      </div>
      {playbook.overlay && <p class="soft">{say.overlay}</p>}
      {problems.length === 0 ? (
        <p class="banner good">
          <Icon name="check" /> {say.well}
        </p>
      ) : (
        <div class="banner warn">
          <Icon name="warn" />
          <div>
            <p class="strong">{say.problems}</p>
            <ul lang="en">
              {problems.map(({ key, message }) => (
                <li>
                  {key}: {message}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <section class="card pad">
        <dl class="facts">
          <dt>{say.file}</dt>
          <dd class="mono">playbooks/{playbook.category}.md</dd>
          <dt>{say.owner}</dt>
          <dd>{nameOf(playbook.owner)}</dd>
          {playbook.deputy && (
            <>
              <dt>{say.deputy}</dt>
              <dd>{nameOf(playbook.deputy)}</dd>
            </>
          )}
          <dt>{say.approval}</dt>
          <dd>{words[language].approval[playbook.approval]}</dd>
          <dt>{say.seen}</dt>
          <dd>{lengthInWords(playbook.seenWithin, language)}</dd>
          <dt>{say.answer}</dt>
          <dd>
            {lengthInWords(playbook.answerWithin, language)},{' '}
            {playbook.aroundTheClock ? say.clock.day : say.clock.hours}
          </dd>
          <dt>{say.signals}</dt>
          <dd>
            {list(
              [...playbook.signals].map(
                ([code, signals]) => `${say.languages[code] ?? code} ${signals.length}`,
              ),
              language,
            )}
          </dd>
          <dt>{say.examples}</dt>
          <dd>
            {list(
              [...exampleCounts(playbook, deps.config.exampleFiles)].map(
                ([code, count]) => `${say.languages[code] ?? code} ${count}`,
              ),
              language,
            )}
          </dd>
        </dl>
        <p>
          <a href={`/?category=${playbook.category}`}>{say.tickets}</a>
        </p>
      </section>
      {playbook.never.length > 0 && (
        <section class="card pad stack" aria-labelledby="never">
          <h2 id="never">{say.never}</h2>
          <ul class="never stack">
            {playbook.never.map((never) => (
              <li>{language === 'fr' ? frenchSpaces(never.fr) : never.en}</li>
            ))}
          </ul>
        </section>
      )}
      {languages.map((code) => (
        <PlaybookText playbook={playbook} code={code} visit={visit} />
      ))}
    </>
  )
}

function PlaybookText({
  playbook,
  code,
  visit,
}: {
  readonly playbook: Playbook
  readonly code: string
  readonly visit: Visit
}) {
  const say = playbookWords[visit.language]
  const text = playbook.texts.get(code)
  if (!text) return null
  const spaced = (line: string) => (code === 'fr' ? frenchSpaces(line) : line)
  return (
    <details class="card pad stack wide" open={code === visit.language}>
      <summary>
        <h2>{say.languages[code] ?? code}</h2>
      </summary>
      {text.questions.length > 0 && (
        <div lang={code}>
          <h3>{say.questions}</h3>
          <ul class="stack">
            {text.questions.map((question) => (
              <li>
                <Icon name="check" /> {spaced(question)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {text.advice !== '' && (
        <div>
          <h3>{say.advice}</h3>
          <p class="pre" lang={code}>
            {spaced(text.advice)}
          </p>
        </div>
      )}
      <div class="stack wide">
        {text.answers.map((answer, index) => (
          <PreparedAnswer answer={answer} index={index} playbook={playbook} code={code} visit={visit} />
        ))}
      </div>
    </details>
  )
}

/** A prepared answer with its placeholders shown as the labels a responder sees. */
function PreparedAnswer({
  answer,
  index,
  playbook,
  code,
  visit,
}: {
  readonly answer: Answer
  readonly index: number
  readonly playbook: Playbook
  readonly code: string
  readonly visit: Visit
}) {
  const say = playbookWords[visit.language]
  const { text, gaps } = fillTemplate(answer.template, new Map(), (name) => labelOf(playbook, name, code))
  const pieces: { text: string; isGap: boolean }[] = []
  let at = 0
  for (const gap of gaps) {
    pieces.push(
      { text: text.slice(at, gap.start), isGap: false },
      { text: text.slice(gap.start, gap.end), isGap: true },
    )
    at = gap.end
  }
  pieces.push({ text: text.slice(at), isGap: false })
  const id = `answer-${code}-${index}`
  return (
    <article class="stack">
      <h3>
        {answer.name ?? say.main}{' '}
        {answer.maxLength !== null && (
          <span class="soft small">({say.limit(number(answer.maxLength, visit.language))})</span>
        )}
      </h3>
      <p class="answer" lang={code} id={id}>
        {pieces.map((piece) => (piece.isGap ? <mark>{piece.text}</mark> : piece.text))}
      </p>
      <CopyButton of={id} visit={visit} />
    </article>
  )
}
