import type { Bilingual } from '../domain/person.ts'
import type { Playbook } from '../domain/playbook.ts'
import type { Policy } from '../domain/policy.ts'
import { matchQuery, prepare } from '../domain/query.ts'
import { fold, wordsOf } from '../domain/word.ts'
import { labelOf } from './draft.ts'

/** What an answer must not leave with. */
export type GuardRule =
  | 'placeholder-left'
  | 'personal-data'
  | 'health'
  | 'admission'
  | 'promise'
  | 'wrong-language'
  | 'same-text'
  | 'too-long'
  | 'no-disclosure'
  | 'policy-topic'

export interface GuardFinding {
  readonly rule: GuardRule
  /** What in the answer it is about; empty for the answer as a whole. */
  readonly found: string
  readonly message: Bilingual
  /** Blocks an answer that nobody else will read; the others are warned. */
  readonly isBlocking: boolean
}

export interface GuardInput {
  readonly text: string
  /** What the author of the comment published. */
  readonly mentionText: string
  /** ISO 639-1 of the comment; null when unknown. */
  readonly mentionLanguage: string | null
  /** ISO 639-1 as recognised in the answer; null when unknown. */
  readonly answerLanguage: string | null
  readonly playbook: Playbook
  readonly policy: Policy
  /** Answers already posted under the same page. */
  readonly postedBefore: readonly string[]
  readonly maxLength: number | null
  /** Names that say who speaks: the company, the watch. */
  readonly names: readonly string[]
  /** Addresses and numbers of ours that may stand in public. */
  readonly ourContacts: readonly string[]
}

/** Everything that speaks against posting an answer as it stands; empty when it is ready. Pure. */
export function guard(input: GuardInput): readonly GuardFinding[] {
  return [
    ...placeholdersLeft(input),
    ...personalData(input),
    ...health(input),
    ...words(input, 'admission', input.policy.admissionWords, admissionMessage),
    ...words(input, 'promise', input.policy.promiseWords, promiseMessage),
    ...wrongLanguage(input),
    ...sameText(input),
    ...tooLong(input),
    ...noDisclosure(input),
    ...policyTopics(input),
  ]
}

/** Whether an answer may be posted without anyone else reading it. */
export function isHeldBack(findings: readonly GuardFinding[], approval: Playbook['approval']): boolean {
  return (approval === 'responder' || approval === 'none') && findings.some((finding) => finding.isBlocking)
}

/** Which of the words or phrases stand in a text as whole words, whatever their case and accents; as they were written. */
export function wordsFound(text: string, phrases: readonly string[]): string[] {
  const folded = ` ${foldedWords(text)} `
  return phrases.filter((phrase) => {
    const wanted = foldedWords(phrase)
    return wanted !== '' && folded.includes(` ${wanted} `)
  })
}

function foldedWords(text: string): string {
  return wordsOf(text)
    .map((word) => word.folded)
    .join(' ')
}

function finding(rule: GuardRule, found: string, fr: string, en: string, isBlocking = true): GuardFinding {
  return { rule, found, message: { fr, en }, isBlocking }
}

function placeholdersLeft({ text, playbook }: GuardInput): GuardFinding[] {
  const labels = new Set<string>()
  for (const [language, { answers }] of playbook.texts) {
    for (const part of answers.flatMap((answer) => answer.template)) {
      if (part.kind === 'placeholder') labels.add(`[${labelOf(playbook, part.name, language)}]`)
    }
  }
  const left = [...labels].filter((label) => text.includes(label))
  if (/\{\{|\}\}/.test(text)) left.push('{{ }}')
  return left.map((label) =>
    finding('placeholder-left', label, `${label} reste à remplir`, `${label} is still to be filled in`),
  )
}

const addressPattern = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu
const phonePattern = /(?<![\p{L}\p{N}])\+?\d[\d ./()-]{6,18}\d(?![\p{L}\p{N}])/gu
const referencePattern =
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]{0,24}\d{3})[\p{L}\p{N}][\p{L}\p{N}-]{4,24}(?![\p{L}\p{N}])/gu

/** What the author gave away, said again by us; and any address or number that is not ours. */
function personalData({ text, mentionText, ourContacts }: GuardInput): GuardFinding[] {
  const ours = ourContacts.map(compact)
  const given = new Set([
    ...piecesOf(mentionText, addressPattern),
    ...piecesOf(mentionText, phonePattern),
    ...piecesOf(mentionText, referencePattern),
  ])
  const answer = compact(text)
  const repeated = [...given].filter((piece) => answer.includes(piece))
  const foreign = [...piecesOf(text, addressPattern), ...piecesOf(text, phonePattern)].filter(
    (piece) => !isDate(piece),
  )
  return [...new Set([...repeated, ...foreign])]
    .filter((piece) => !ours.some((contact) => contact.includes(piece)))
    .map((piece) =>
      finding(
        'personal-data',
        piece,
        `« ${piece} » : pas de donnée personnelle ni de numéro de dossier en public`,
        `"${piece}": no personal data and no file number in public`,
      ),
    )
}

function piecesOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => compact(match[0]))
}

function compact(text: string): string {
  return fold(text).replace(/[\s./()-]/g, '')
}

function isDate(piece: string): boolean {
  return /^(?:19|20)\d{6}$|^\d{4}(?:19|20)\d{2}$/.test(piece)
}

const healthWords: Readonly<Record<string, readonly string[]>> = {
  fr: [
    'enceinte',
    'grossesse',
    'cancer',
    'diabète',
    'diabétique',
    'dépression',
    'handicap',
    'handicapé',
    'handicapée',
    'opération',
    'traitement',
    'hôpital',
    'urgences',
    'médecin',
    'allergie',
    'allergique',
    'malade',
    'fausse couche',
    'burn-out',
    'autiste',
    'séropositif',
  ],
  en: [
    'pregnant',
    'pregnancy',
    'cancer',
    'diabetes',
    'diabetic',
    'depression',
    'disabled',
    'disability',
    'surgery',
    'treatment',
    'hospital',
    'doctor',
    'allergy',
    'allergic',
    'ill',
    'miscarriage',
    'burnout',
    'autistic',
    'hiv',
  ],
}

/** Health is never repeated, even when the author told it (GDPR art. 9). */
function health({ text, mentionText }: GuardInput): GuardFinding[] {
  const all = Object.values(healthWords).flat()
  const told = wordsFound(mentionText, all)
  return wordsFound(text, told).map((word) =>
    finding(
      'health',
      word,
      `« ${word} » : ne reprenez rien de la santé de quelqu'un, même s'il en parle`,
      `"${word}": repeat nothing about anyone's health, even what they said themselves`,
    ),
  )
}

type WordMessage = (word: string) => Bilingual

function words(
  { text, answerLanguage }: GuardInput,
  rule: GuardRule,
  lists: ReadonlyMap<string, readonly string[]>,
  message: WordMessage,
): GuardFinding[] {
  const list =
    answerLanguage !== null && lists.has(answerLanguage)
      ? (lists.get(answerLanguage) ?? [])
      : [...lists.values()].flat()
  return wordsFound(text, list).map((word) => ({
    rule,
    found: word,
    message: message(word),
    isBlocking: true,
  }))
}

function admissionMessage(word: string): Bilingual {
  return {
    fr: `« ${word} » reconnaît une faute avant que quelqu'un ait vérifié`,
    en: `"${word}" admits a fault before anyone has checked`,
  }
}

function promiseMessage(word: string): Bilingual {
  return {
    fr: `« ${word} » promet ce qui n'est peut-être pas en votre pouvoir`,
    en: `"${word}" promises what may not be in your power`,
  }
}

function wrongLanguage({ answerLanguage, mentionLanguage, playbook }: GuardInput): GuardFinding[] {
  if (answerLanguage === null || mentionLanguage === null || answerLanguage === mentionLanguage) return []
  if (!playbook.texts.has(mentionLanguage)) return []
  return [
    finding(
      'wrong-language',
      answerLanguage,
      `la réponse est en « ${answerLanguage} », le commentaire en « ${mentionLanguage} »`,
      `the answer is in "${answerLanguage}", the comment in "${mentionLanguage}"`,
    ),
  ]
}

/** Readers see a text pasted under every comment for what it is. */
function sameText({ text, postedBefore }: GuardInput): GuardFinding[] {
  const own = foldedWords(text)
  if (!postedBefore.some((posted) => foldedWords(posted) === own)) return []
  return [
    finding(
      'same-text',
      '',
      'le même texte est déjà publié sous cette page',
      'the same text already stands under this page',
    ),
  ]
}

function tooLong({ text, maxLength }: GuardInput): GuardFinding[] {
  const length = [...text].length
  if (maxLength === null || length <= maxLength) return []
  return [
    finding(
      'too-long',
      String(length),
      `${length} caractères, ce canal en prend ${maxLength}`,
      `${length} characters, this channel takes ${maxLength}`,
    ),
  ]
}

function noDisclosure({ text, names }: GuardInput): GuardFinding[] {
  if (names.length === 0 || wordsFound(text, names).length > 0) return []
  return [
    finding(
      'no-disclosure',
      '',
      'la réponse ne dit pas qui parle : signez avec un nom et la société',
      'the answer does not say who speaks: sign with a name and the company',
    ),
  ]
}

function policyTopics({ text, mentionText, policy, playbook }: GuardInput): GuardFinding[] {
  const order = ['none', 'responder', 'owner', 'adviser']
  return policy.needsApproval
    .filter((topic) => order.indexOf(topic.approval) > order.indexOf(playbook.approval))
    .filter((topic) => {
      const target = prepare({ text: `${text}\n${mentionText}` })
      return [...topic.signals.values()].flat().some(({ query }) => matchQuery(query, target).matched)
    })
    .map((topic) =>
      finding(
        'policy-topic',
        topic.topic.en,
        `${topic.topic.fr} : ce sujet demande l'accord ${topic.approval === 'owner' ? 'du responsable' : 'du conseil'}`,
        `${topic.topic.en}: this subject needs the approval of the ${topic.approval}`,
      ),
    )
}
