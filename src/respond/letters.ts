import { DateTime } from 'luxon'
import type { EvidenceRecord } from '../domain/answer.ts'
import type { Mention } from '../domain/mention.ts'
import type { Person, ReaderLanguage } from '../domain/person.ts'
import type { Letter } from '../domain/playbook.ts'
import { type FilledTemplate, fillTemplate, parseTemplate } from '../domain/template.ts'
import { siteOf } from './draft.ts'

export interface LetterInput {
  readonly kind: Letter
  readonly language: ReaderLanguage
  readonly mention: Mention
  /** First sight first. */
  readonly evidence: readonly EvidenceRecord[]
  readonly company: string
  readonly signer: Person | null
  readonly zone: string
  readonly now: Date
}

export interface LetterDraft extends FilledTemplate {
  readonly title: string
}

/**
 * A letter as a draft, from the facts in the store; what only a person knows is left to fill in. For counsel to read
 * before it leaves: never advice.
 */
export function letterDraft(input: LetterInput): LetterDraft {
  const { title, text } = letters[input.kind][input.language]
  const labels = fieldLabels[input.language]
  return { title, ...fillTemplate(parseTemplate(text), valuesFor(input), (name) => labels[name] ?? name) }
}

function valuesFor({
  mention,
  evidence,
  company,
  signer,
  zone,
  now,
  language,
}: LetterInput): Map<string, string> {
  const { entry } = mention
  const day = (at: Date) =>
    DateTime.fromJSDate(at, { zone }).setLocale(language).toLocaleString(DateTime.DATE_FULL)
  const moment = (at: Date) =>
    DateTime.fromJSDate(at, { zone }).setLocale(language).toLocaleString(DateTime.DATETIME_FULL)
  const [first] = evidence
  const values = new Map([
    ['company', company],
    ['today', day(now)],
    ['site', siteOf(entry.url) || mention.source],
    ['seen', moment(mention.collectedAt)],
    ['quote', entry.text.trim() || (entry.title ?? '')],
    ['author', entry.author ?? (language === 'fr' ? 'auteur non nommé' : 'unnamed author')],
    ['proof', first ? first.sha256 : '-'],
  ])
  if (entry.url !== null) values.set('link', entry.url)
  if (entry.publishedAt !== null) values.set('published', day(entry.publishedAt))
  if (signer !== null) {
    values.set('signer', [signer.name, signer.title].filter(Boolean).join(', '))
    values.set('mail', signer.email)
  }
  return values
}

const fieldLabels: Readonly<Record<ReaderLanguage, Readonly<Record<string, string>>>> = {
  fr: {
    reason: 'motif précis, avec la règle ou la loi',
    facts: 'faits vérifiés',
    passages: 'passages en cause, cités mot pour mot',
    reply: 'texte de la réponse, pas plus long que le passage',
    demand: 'ce qui est demandé, mot pour mot',
    received: 'comment et quand la demande est arrivée',
    editor: 'directeur de la publication, adresse',
    link: 'adresse exacte de la page',
    published: 'date de publication',
    signer: 'nom et fonction',
    mail: 'adresse électronique',
  },
  en: {
    reason: 'precise ground, with the rule or the law',
    facts: 'checked facts',
    passages: 'passages at issue, word for word',
    reply: 'text of the reply, no longer than the passage',
    demand: 'what is demanded, word for word',
    received: 'how and when the demand came',
    editor: 'publisher, address',
    link: 'exact address of the page',
    published: 'date of publication',
    signer: 'name and position',
    mail: 'e-mail address',
  },
}

interface LetterText {
  readonly title: string
  readonly text: string
}

/** DSA: Regulation (EU) 2022/2065, art. 16. Doubtful review: Code de la consommation, art. L111-7-2. Reply: LCEN, art. 1-1. */
const letters: Readonly<Record<Letter, Readonly<Record<ReaderLanguage, LetterText>>>> = {
  'dsa-notice': {
    fr: {
      title: 'Notification d’un contenu illicite (DSA, article 16)',
      text: `{{ today }}

À l'attention de {{ site }}

Nous vous notifions, sur la base de l'article 16 du règlement (UE) 2022/2065, un contenu que nous estimons illicite.

Adresse exacte : {{ link }}
Auteur affiché : {{ author }}
Publié le : {{ published }}
Vu pour la première fois le : {{ seen }}

Texte en cause :
« {{ quote }} »

Pourquoi ce contenu est illicite : {{ reason! }}

Les faits qui permettent d'en juger : {{ facts! }}

Nous déclarons de bonne foi que les informations et affirmations de cette notification sont exactes et complètes. Merci d'en accuser réception et de nous informer de votre décision et des recours possibles.

{{ signer }}
{{ company }}
{{ mail }}`,
    },
    en: {
      title: 'Notice of illegal content (DSA, article 16)',
      text: `{{ today }}

To {{ site }}

Under article 16 of Regulation (EU) 2022/2065 we notify you of content that we consider illegal.

Exact address: {{ link }}
Author shown: {{ author }}
Published on: {{ published }}
First seen on: {{ seen }}

Text at issue:
"{{ quote }}"

Why this content is illegal: {{ reason! }}

The facts by which to judge: {{ facts! }}

We declare in good faith that the information and allegations in this notice are accurate and complete. Please confirm receipt, and tell us your decision and the ways to contest it.

{{ signer }}
{{ company }}
{{ mail }}`,
    },
  },
  'doubtful-review-report': {
    fr: {
      title: 'Signalement d’un avis douteux',
      text: `{{ today }}

À l'attention de {{ site }}

Nous doutons de l'authenticité de cet avis et demandons sa vérification, comme le prévoit l'article L111-7-2 du Code de la consommation.

Adresse exacte : {{ link }}
Auteur affiché : {{ author }}
Publié le : {{ published }}

Texte de l'avis :
« {{ quote }} »

Motifs du doute : {{ reason! }}

Ce que nos dossiers permettent de dire, sans donnée personnelle : {{ facts! }}

Merci de nous dire si une expérience réelle est établie, à quelle date, et ce que vous décidez. Nous ne demandons pas le retrait d'un avis authentique, même sévère.

{{ signer }}
{{ company }}
{{ mail }}`,
    },
    en: {
      title: 'Report of a doubtful review',
      text: `{{ today }}

To {{ site }}

We doubt that this review is authentic and ask you to verify it.

Exact address: {{ link }}
Author shown: {{ author }}
Published on: {{ published }}

Text of the review:
"{{ quote }}"

Grounds for the doubt: {{ reason! }}

What our files allow us to say, without personal data: {{ facts! }}

Please tell us whether a real experience is established, on what date, and what you decide. We do not ask for the removal of an authentic review, however harsh.

{{ signer }}
{{ company }}
{{ mail }}`,
    },
  },
  'right-of-reply': {
    fr: {
      title: 'Demande de droit de réponse',
      text: `{{ today }}

À {{ editor! }}

Par courrier recommandé avec avis de réception

{{ company }} est nommée ou désignée dans une publication de {{ site }}. Nous demandons l'insertion de la réponse ci-dessous, sur la base de l'article 1-1, III, de la loi n° 2004-575 du 21 juin 2004 pour la confiance dans l'économie numérique.

Référence : {{ link }}, mis en ligne le {{ published }}
Passages en cause : {{ passages! }}

Texte de la réponse :
{{ reply! }}

Cette réponse n'est pas plus longue que le message en cause. Elle doit paraître dans les mêmes conditions que lui, dans les trois jours de la réception de cette demande.

{{ signer }}
{{ company }}
{{ mail }}`,
    },
    en: {
      title: 'Request for a right of reply',
      text: `{{ today }}

To {{ editor! }}

By recorded delivery

{{ company }} is named in a publication of {{ site }}. We ask you to publish the reply below, as the law or the code you follow provides: {{ reason! }}

Reference: {{ link }}, published on {{ published }}
Passages at issue: {{ passages! }}

Text of the reply:
{{ reply! }}

The reply is no longer than the passage at issue. We ask that it appear as prominently as the original.

{{ signer }}
{{ company }}
{{ mail }}`,
    },
  },
  'extortion-report': {
    fr: {
      title: 'Signalement d’une tentative d’extorsion par avis',
      text: `{{ today }}

À l'attention de {{ site }}

Quelqu'un exige de nous un avantage contre le retrait ou l'absence d'avis négatifs. Nous n'avons rien payé, rien promis et n'avons pas engagé de discussion.

Ce qui est demandé : {{ demand! }}
Comment la demande est arrivée : {{ received! }}

Avis ou publication liés : {{ link }}
Auteur affiché : {{ author }}
Publié le : {{ published }}
Texte :
« {{ quote }} »

Copie conservée le {{ seen }}, empreinte SHA-256 {{ proof }}.

Faits établis : {{ facts! }}

Merci d'examiner ces comptes et de conserver les données de connexion pour les autorités.

{{ signer }}
{{ company }}
{{ mail }}`,
    },
    en: {
      title: 'Report of attempted extortion by reviews',
      text: `{{ today }}

To {{ site }}

Someone demands an advantage from us against the removal or the absence of negative reviews. We have paid nothing, promised nothing and entered into no discussion.

What is demanded: {{ demand! }}
How the demand came: {{ received! }}

Reviews or posts concerned: {{ link }}
Author shown: {{ author }}
Published on: {{ published }}
Text:
"{{ quote }}"

Copy kept on {{ seen }}, SHA-256 {{ proof }}.

Established facts: {{ facts! }}

Please examine these accounts and keep the connection data for the authorities.

{{ signer }}
{{ company }}
{{ mail }}`,
    },
  },
}
