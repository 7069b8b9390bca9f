import type { Bilingual } from './person.ts'

export type PlaceholderType = 'text' | 'date' | 'url' | 'email' | 'duration'

/** What may stand between `{{ }}`: its type, its label when empty, and who fills it. */
export interface Placeholder {
  readonly type: PlaceholderType
  readonly label: Bilingual
  /** `vigie` fills it from the mention and the configuration; `person` must. */
  readonly filledBy: 'vigie' | 'person'
}

/** The placeholders every playbook may use. A playbook's `fields` add its own. */
export const placeholders: Readonly<Record<string, Placeholder>> = {
  author: vigie('text', 'auteur', 'author'),
  company: vigie('text', 'société', 'company'),
  watch: vigie('text', 'nom suivi', 'watched name'),
  link: vigie('url', 'lien de la publication', 'link to the post'),
  site: vigie('text', 'site', 'site'),
  date: vigie('date', 'date de la publication', 'date of the post'),
  today: vigie('date', 'date du jour', "today's date"),
  signature: vigie('text', 'signature', 'signature'),
  responder: vigie('text', 'qui répond', 'who answers'),
  checked_fact: person('text', 'fait vérifié', 'checked fact'),
  next_step: person('text', 'ce que nous faisons', 'what we do next'),
  contact: person('text', 'contact privé, avec un rôle', 'private contact, with a role'),
  when: person('text', 'jour et heure de la prochaine nouvelle', 'day and hour of the next word'),
  source_link: person('url', 'lien vers la source', 'link to the source'),
  experience_date: person('date', 'date de la visite ou de la commande', 'date of the visit or order'),
}

function vigie(type: PlaceholderType, fr: string, en: string): Placeholder {
  return { type, label: { fr, en }, filledBy: 'vigie' }
}

function person(type: PlaceholderType, fr: string, en: string): Placeholder {
  return { type, label: { fr, en }, filledBy: 'person' }
}
