import type { ReaderLanguage } from '../domain/person.ts'
import { fr } from './mail-words.ts'

const french = {
  subject: fr`Votre lien pour entrer dans Vigie`,
  intro: fr`Quelqu'un a demandé à entrer dans Vigie avec votre adresse. Si c'est vous, ouvrez ce lien dans le navigateur où vous l'avez demandé, puis appuyez sur le bouton.`,
  open: 'Ouvrir Vigie',
  validity: fr`Le lien sert une fois, pendant quinze minutes.`,
  notYou: fr`Si ce n'est pas vous, ne faites rien : sans le navigateur qui l'a demandé, ce lien n'ouvre rien.`,
}

const english: typeof french = {
  subject: 'Your link into Vigie',
  intro:
    'Somebody asked to enter Vigie with your address. If it was you, open this link in the browser where you asked, then press the button.',
  open: 'Open Vigie',
  validity: 'The link works once, for fifteen minutes.',
  notYou: 'If it was not you, do nothing: without the browser that asked, this link opens nothing.',
}

export const signInWords = { fr: french, en: english } satisfies Record<ReaderLanguage, typeof french>
