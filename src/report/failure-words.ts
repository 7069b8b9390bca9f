import type { Bilingual, ReaderLanguage } from '../domain/person.ts'

/** What went wrong with a source, by its code, for people. */
const words: Readonly<Record<string, Bilingual>> = {
  dns: { fr: "le nom du site n'existe pas", en: 'the name of the site does not resolve' },
  refused: { fr: 'le site refuse la connexion', en: 'the site refuses the connection' },
  tls: { fr: "le certificat du site n'est pas valable", en: 'the certificate of the site is not valid' },
  timeout: { fr: 'le site met trop de temps à répondre', en: 'the site takes too long to answer' },
  truncated: { fr: "la réponse s'arrête avant la fin", en: 'the answer stops before its end' },
  'too-large': { fr: 'la réponse est trop grande', en: 'the answer is too large' },
  'bad-encoding': { fr: 'la réponse ne peut pas être décompressée', en: 'the answer cannot be decompressed' },
  'bad-url': { fr: "ce n'est pas une adresse http ou https", en: 'this is not an http or https address' },
  'blocked-address': {
    fr: "l'adresse est privée : ajoutez-la à fetch: allow: si elle est à vous",
    en: 'the address is private: add it to fetch: allow: if it is yours',
  },
  'redirect-loop': { fr: 'le site renvoie en rond', en: 'the site redirects in a circle' },
  'too-many-redirects': { fr: 'le site renvoie trop loin', en: 'the site redirects too often' },
  'bad-redirect': {
    fr: 'le site renvoie vers une adresse inutilisable',
    en: 'the site redirects to an unusable address',
  },
  gone: { fr: "le site dit que l'adresse n'existe plus", en: 'the site says the address is gone for good' },
  unauthorized: {
    fr: 'le site demande une clé, ou refuse la nôtre',
    en: 'the site asks for a key, or refuses ours',
  },
  forbidden: { fr: "le site refuse l'accès", en: 'the site refuses us' },
  'http-404': { fr: "la page n'existe pas", en: 'there is no such page' },
  'rate-limited': { fr: 'le site demande de venir moins souvent', en: 'the site asks us to come less often' },
  unavailable: { fr: 'le site est indisponible pour le moment', en: 'the site is unavailable for now' },
  'http-4xx': { fr: 'le site refuse la demande', en: 'the site refuses the request' },
  'http-5xx': { fr: 'le site est en panne', en: 'the site failed' },
  'http-odd': { fr: 'le site répond de façon inattendue', en: 'the site answers in an unexpected way' },
  empty: { fr: 'le document est vide', en: 'the document is empty' },
  'not-a-feed': {
    fr: "ce n'est pas un flux, et la page n'en annonce aucun",
    en: 'not a feed, and the page announces none',
  },
  'parse-timeout': { fr: 'le document est trop long à lire', en: 'the document takes too long to read' },
  'parse-memory': {
    fr: 'le document est trop lourd à lire',
    en: 'the document takes too much memory to read',
  },
  'unexpected-answer': {
    fr: 'le service répond sous une forme inconnue',
    en: 'the service answers in a shape we do not know',
  },
  'service-error': { fr: 'le service signale une erreur', en: 'the service reports an error of its own' },
  'quota-exhausted': { fr: 'le quota de la clé est épuisé', en: 'the allowance of the key is used up' },
  'no-words': {
    fr: 'la recherche ne contient aucun mot que ce service accepte',
    en: 'the query holds no word that this service takes',
  },
  'missing-key': { fr: 'il manque la clé de ce service', en: 'the key of this service is missing' },
  'file-missing': { fr: "le fichier n'existe pas", en: 'there is no such file' },
  'file-outside': {
    fr: 'le fichier est hors du dossier de Vigie',
    en: 'the file is outside the Vigie folder',
  },
  'file-unreadable': { fr: 'le fichier ne peut pas être lu', en: 'the file cannot be read' },
  partly: { fr: 'une partie de cette source ne répond pas', en: 'a part of this source does not answer' },
  mailbox: { fr: 'la boîte aux lettres ne peut pas être lue', en: 'the mailbox cannot be read' },
}

const fault: Bilingual = { fr: 'une erreur de Vigie : voyez le journal', en: 'a fault of Vigie: see the log' }

export function failureInWords(code: string, language: ReaderLanguage): string {
  return (words[code] ?? fault)[language]
}
