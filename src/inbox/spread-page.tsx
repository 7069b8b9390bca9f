import type { Ticket } from '../domain/ticket.ts'
import { oneLine } from '../notify/mail-clean.ts'
import { list, number } from '../notify/mail-formats.ts'
import { spreadChart } from '../report/charts.ts'
import { type Spread, spreadOf } from '../report/spread.ts'
import { Icon } from './icons.tsx'
import { Sized } from './numbers-parts.tsx'
import { numberWords } from './numbers-words.ts'
import type { PagesDeps } from './pages-deps.ts'
import { ExactTime, Table } from './parts.tsx'
import { numberParam, PageError, type Pages, sendPage } from './routing.tsx'
import type { Visit } from './visit.ts'

const mostSpreadTexts = 2000

export function spreadRoutes(app: Pages, deps: PagesDeps): void {
  app.get('/numbers/affair/:id', async (c) => {
    const visit = c.get('visit')
    const ticket = await deps.store.ticket(numberParam(c.req.param('id')))
    if (!ticket) throw new PageError(404)
    const spread = spreadOf(await deps.pagesStore.spreadOf(ticket.id, mostSpreadTexts))
    return sendPage(c, deps, {
      title: numberWords[visit.language].spread.title(ticket.id),
      section: 'numbers',
      body: <SpreadPage visit={visit} ticket={ticket} spread={spread} />,
    })
  })
}

function SpreadPage({
  visit,
  ticket,
  spread,
}: {
  readonly visit: Visit
  readonly ticket: Ticket
  readonly spread: Spread
}) {
  const { language, reading } = visit
  const say = numberWords[language].spread
  const all = numberWords[language]
  return (
    <>
      <p>
        <a href={`/tickets/${ticket.id}`} class="small">
          <Icon name="back" /> {say.back}
        </a>
      </p>
      <h1>{say.title(ticket.id)}</h1>
      <p class="strong">{oneLine(ticket.title, 200)}</p>
      <p class="lead">{say.lead}</p>
      <section class="card pad stack">
        <figure class="chart" role="img" aria-label={say.chart}>
          <Sized draw={(size) => spreadChart(spread, size)} />
        </figure>
        {spread.isCut && <p class="soft small">{say.cut}</p>}
        {spread.unsigned > 0 && <p class="soft small">{say.unsigned(number(spread.unsigned, language))}</p>}
      </section>
      <section class="card pad stack" aria-labelledby="bridges">
        <h2 id="bridges">{say.bridges}</h2>
        {spread.bridges.length === 0 ? (
          <p class="soft">{say.noBridge}</p>
        ) : (
          <ul class="stack">
            {spread.bridges.map(({ author, sites }) => (
              <li>{say.onSites(oneLine(author, 80), list(sites, language))}</li>
            ))}
          </ul>
        )}
      </section>
      <section class="card pad stack" aria-labelledby="who">
        <h2 id="who">{all.authors}</h2>
        <Table
          language={language}
          caption={all.authors}
          head={[all.author, all.texts, say.first]}
          rows={spread.authors.map(({ name, texts, firstAt }) => [
            oneLine(name, 80),
            number(texts, language),
            <ExactTime at={firstAt} reading={reading} />,
          ])}
        />
        <Table
          language={language}
          caption={all.sites}
          head={[all.site, all.texts, say.first]}
          rows={spread.sites.map(({ name, texts, firstAt }) => [
            oneLine(name, 80),
            number(texts, language),
            <ExactTime at={firstAt} reading={reading} />,
          ])}
        />
      </section>
    </>
  )
}
